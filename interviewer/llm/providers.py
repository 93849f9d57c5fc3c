"""Providers that LangChain knows, by the word before the colon of a model's name: `anthropic:claude-…`.

A word that is nearly one of them is one misspelt. It is told then and not taken for something else: a key would go to the
wrong place.
"""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches

PROVIDERS = frozenset(
    "anthropic anthropic_bedrock azure_ai azure_openai baseten bedrock bedrock_converse cohere deepseek fireworks "
    "google_anthropic_vertex google_genai google_vertexai groq huggingface ibm litellm meta mistralai nvidia ollama "
    "openrouter perplexity together upstage xai".split()
)
"""What stands before the colon in a name that LangChain is asked for."""
OWN = frozenset({"openai", "ft"})
"""What stands before a colon in names of OpenAI's own: `openai:gpt-5-mini`, and the `ft:` of a model tuned there."""
MISSPELT = 0.92
"""So like a provider a word is one misspelt. Names of Ollama's are less like one: `llama3:8b`, `mistral:7b`."""


def names_provider(name: str) -> bool:
    """Whether a name begins with a provider of LangChain's, though it be misspelt: it goes to nobody else then."""
    word, colon, _ = name.partition(":")
    return bool(colon) and (word in PROVIDERS or _likeness(word, nearest_provider(word)) >= MISSPELT)


def nearest_provider(word: str) -> str:
    """The known provider that a word is most like; empty where it is like none."""
    near = get_close_matches(_plain(word), sorted({*PROVIDERS, "openai"}), n=1, cutoff=0.6)
    return near[0] if near else ""


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, _plain(word), _plain(other)).ratio() if word != "openai" else 0.0


def _plain(word: str) -> str:
    return word.strip().lower().replace("-", "_").replace(" ", "_")
