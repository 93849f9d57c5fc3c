// How a model is set up: which lines go into which file. The page shows them; whoever looks after the server writes them.
import { useState } from "react";

import { CopyButton } from "~/ui/CopyButton";
import { Choice, Field, Select } from "~/ui/Field";
import { Panel } from "~/ui/Page";

import { type Source, SOURCES } from "./setUps";

export function SetUp({ envFile, begin }: { envFile: string; begin: Source }) {
  const [id, setId] = useState(begin);
  const [recipe, setRecipe] = useState("");
  const source = SOURCES.find((one) => one.id === id) ?? SOURCES[0];
  const chosen = source?.recipes.find((one) => one.id === recipe) ?? source?.recipes[0];
  if (!source || !chosen) return null;
  return (
    <Panel title="Set up a model">
      <div className="flex max-w-prose flex-col gap-5">
        <p className="text-soft">
          The server reads these lines when it starts. Write them into{" "}
          <span className="font-mono text-sm wrap-anywhere text-ink">{envFile}</span>, which git ignores, or give them as
          environment variables. Nothing on this page asks for your key, and none ever passes through a browser.
        </p>
        <Choice
          label="Where the model comes from"
          value={id}
          onChange={(next) => {
            setId(next);
            setRecipe("");
          }}
          options={SOURCES.map(({ id, label, about }) => ({ value: id, label, hint: about }))}
        />
        <div className="max-w-72">
          <Field label="Which one">
            {(bound) => (
              <Select {...bound} value={chosen.id} onChange={(event) => setRecipe(event.target.value)}>
                {source.recipes.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <ol className="flex list-decimal flex-col gap-3 pl-5">
          <li>{chosen.first}</li>
          <li>
            Put these lines into the file:
            <Lines text={chosen.lines} label="Copy the lines" />
          </li>
          <li>Start the server anew, then test the model here.</li>
        </ol>
        <details>
          <summary className="text-soft">More lines that may be of use</summary>
          <Lines text={chosen.more} label="Copy these too" />
        </details>
      </div>
    </Panel>
  );
}

function Lines({ text, label }: { text: string; label: string }) {
  return (
    <div className="mt-2 rounded-m border border-line bg-sunken">
      <pre tabIndex={0} aria-label="Lines for the file" role="group" className="overflow-x-auto p-3 font-mono text-sm">
        {text}
      </pre>
      <div className="border-t border-line p-1">
        <CopyButton text={`${text}\n`} label={label} />
      </div>
    </div>
  );
}
