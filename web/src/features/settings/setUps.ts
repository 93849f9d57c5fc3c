// The lines that set a model up, by where it comes from. They are written into the server's .env by hand: this page
// cannot write there, and a key is never typed into it.

export type Source = "key" | "local" | "other";

/** One way to get a model: what has to be done first, the lines, and further ones that may be of use with it. */
export type Recipe = { id: string; label: string; first: string; lines: string; more: string };

export const SOURCES: readonly { id: Source; label: string; about: string; recipes: readonly Recipe[] }[] = [
  {
    id: "key",
    label: "With a key",
    about: "OpenAI, or any gateway that speaks as OpenAI does. What candidates say is sent there.",
    recipes: [
      {
        id: "openai",
        label: "OpenAI",
        first: "Make a key in your account there; one with a monthly limit is wise.",
        lines: lines("INTERVIEWER_MODEL=gpt-5-mini", "INTERVIEWER_MODEL_KEY=your-key"),
        more: paid("INTERVIEWER_CAREFUL_MODEL=gpt-5"),
      },
      {
        id: "gateway",
        label: "A gateway",
        first: "Take its address, mostly with /v1 at the end, and a name from its list of models.",
        lines: lines(
          "INTERVIEWER_MODEL=name-of-the-model",
          "INTERVIEWER_MODEL_URL=https://gateway.example/v1",
          "INTERVIEWER_MODEL_KEY=your-key",
        ),
        more: paid("INTERVIEWER_CAREFUL_MODEL=name-of-another-model"),
      },
    ],
  },
  {
    id: "local",
    label: "On your own machine",
    about: "No key, and nothing leaves the machine. A model of 8 billion parameters or more holds a conversation best.",
    recipes: [
      local("ollama", "Ollama", "Install Ollama, then: ollama pull llama3.1:8b", "llama3.1:8b", 11434),
      local("lmstudio", "LM Studio", "Load a model and start its server in the Developer tab.", "name-of-the-model", 1234),
      local("llamacpp", "llama.cpp", "Start it with: llama-server -m model.gguf --jinja -c 16384", "any-name", 8080),
      local("vllm", "vLLM", "Start it with: vllm serve name-of-the-model", "name-of-the-model", 8000),
    ],
  },
  {
    id: "other",
    label: "Another provider",
    about: "Any provider that LangChain knows, by a package of its own. What candidates say is sent there.",
    recipes: [
      {
        id: "anthropic",
        label: "Anthropic",
        first: "On the server: .venv/bin/pip install 'interviewer[anthropic]'",
        lines: lines("INTERVIEWER_MODEL=anthropic:claude-sonnet-5", "INTERVIEWER_MODEL_KEY=your-key"),
        more: paid("INTERVIEWER_CAREFUL_MODEL=anthropic:name-of-another-model"),
      },
      {
        id: "google",
        label: "Google",
        first: "On the server: .venv/bin/pip install 'interviewer[google-genai]'",
        lines: lines("INTERVIEWER_MODEL=google_genai:gemini-flash-latest", "INTERVIEWER_MODEL_KEY=your-key"),
        more: paid("INTERVIEWER_CAREFUL_MODEL=google_genai:name-of-another-model"),
      },
    ],
  },
];

/** The source that an address names after its #, else the one with a key. */
export function sourceOf(hash: string): Source {
  return SOURCES.find((one) => one.id === hash)?.id ?? "key";
}

function local(id: string, label: string, first: string, model: string, port: number): Recipe {
  const url = `INTERVIEWER_MODEL_URL=http://127.0.0.1:${port}/v1`;
  const more = lines(
    "# A model that needs longer, in seconds: to its first word, in all, and for the scorecard",
    "INTERVIEWER_MODEL_FIRST_S=20",
    "INTERVIEWER_MODEL_TOTAL_S=60",
    "INTERVIEWER_CAREFUL_TOTAL_S=300",
    "# A second model from elsewhere for the scorecard, with a key of its own; what candidates say is sent there",
    "INTERVIEWER_CAREFUL_MODEL=gpt-5",
    "INTERVIEWER_CAREFUL_URL=https://api.openai.com/v1",
    "INTERVIEWER_CAREFUL_KEY=your-key",
  );
  return { id, label, first, lines: lines(`INTERVIEWER_MODEL=${model}`, url), more };
}

function paid(careful: string): string {
  return lines(
    "# A second, more careful model for the scorecard; it takes the same key",
    careful,
    "# No more than so many tokens a day",
    "INTERVIEWER_MODEL_DAY_TOKENS=2000000",
    "# What a million tokens cost, so that money is counted too; take the figures of your provider",
    "INTERVIEWER_MODEL_PROMPT_PRICE=0.25",
    "INTERVIEWER_MODEL_COMPLETION_PRICE=2.00",
  );
}

function lines(...each: string[]): string {
  return each.join("\n");
}
