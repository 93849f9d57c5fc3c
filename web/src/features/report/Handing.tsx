// The form that takes a transcript: pasted, dropped or chosen as a file, with what cannot be guessed from it.
import { useRef, useState } from "react";

import { announce } from "~/ui/announce";
import { Banner } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Field, Select, TextArea, TextInput } from "~/ui/Field";
import type { Body } from "~/wire/types";

type Given = Partial<Body<"ForScoring">>;
type Props = {
  scenarios: readonly Body<"ScenarioShown">[];
  busy: boolean;
  /** Why it could not be scored. */
  fault: string | null;
  onScore: (given: Given) => void;
  /** Something of what is handed in was changed, so an earlier fault says nothing any more. */
  onChange: () => void;
};

const MOST_BYTES = 400_000;
const PASTED = "transcript.txt";
const ENDINGS = [".txt", ".md", ".json"];

export function Handing({ scenarios, busy, fault, onScore, onChange }: Props) {
  const [text, setText] = useState("");
  const [name, setName] = useState(PASTED);
  const [scenario, setScenario] = useState("");
  const [level, setLevel] = useState("");
  const [candidate, setCandidate] = useState("");
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);

  async function take(chosen: File | undefined) {
    if (!chosen) return;
    onChange();
    if (!ENDINGS.some((ending) => chosen.name.toLowerCase().endsWith(ending))) {
      setRefused("Only text can be read: a .txt, .md or .json file.");
    } else if (chosen.size > MOST_BYTES) {
      setRefused("This file is too long. An interview of an hour is about 60 KB; 400 KB is the most.");
    } else {
      const read = await chosen.text();
      if (!read.trim()) setRefused("This file is empty.");
      else if (read.includes("\u0000")) setRefused("This file is not text. Save it as plain text first.");
      else {
        setRefused(null);
        setName(chosen.name);
        setText(read);
        announce(`Read from ${chosen.name}`);
      }
    }
  }

  return (
    <form
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!text.trim()) {
          setRefused("Paste a transcript first, or choose a file.");
          return;
        }
        onScore({
          text,
          name,
          ...(scenario ? { scenario } : {}),
          ...(level ? { level: level as NonNullable<Given["level"]> } : {}), // one of the options below
          ...(candidate.trim() ? { candidate: candidate.trim() } : {}),
        });
      }}
    >
      <div
        className={`rounded-large border border-dashed p-4 ${over ? "border-accent bg-accent-wash" : "border-strong/60"}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <Field
          label="The transcript"
          hint="Each turn begins with a name, such as “Interviewer: …” and “Candidate: …”. You can also drop a file here."
          error={refused}
        >
          {(bound) => (
            <TextArea
              {...bound}
              rows={12}
              className="font-mono text-sm"
              value={text}
              spellCheck={false}
              onChange={(event) => {
                setText(event.target.value);
                setName(PASTED);
                setRefused(null);
                onChange();
              }}
            />
          )}
        </Field>
        <div className="mt-3">
          <input
            ref={file}
            type="file"
            accept=".txt,.md,.json"
            className="sr-only"
            tabIndex={-1}
            aria-label="A transcript as a file"
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = ""; // the same file can be chosen again, after it was mended
            }}
          />
          <Button size="s" onClick={() => file.current?.click()}>
            Choose a file
          </Button>
          {name !== PASTED && text && <span className="ml-3 text-sm text-soft">From {name}</span>}
        </div>
      </div>
      <div className="grid gap-5 sm:grid-cols-3">
        <Field label="Problem" hint="If it is one of these.">
          {(bound) => (
            <Select {...bound} value={scenario} onChange={(event) => setScenario(event.target.value)}>
              <option value="">Another, or I don’t know</option>
              {scenarios.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Level" hint="To be held against.">
          {(bound) => (
            <Select {...bound} value={level} onChange={(event) => setLevel(event.target.value)}>
              <option value="">As it says, else senior</option>
              <option value="mid">Mid</option>
              <option value="senior">Senior</option>
              <option value="staff">Staff</option>
            </Select>
          )}
        </Field>
        <Field label="Who is the candidate?" hint="The name before the turns.">
          {(bound) => <TextInput {...bound} value={candidate} maxLength={80} onChange={(event) => (setCandidate(event.target.value), onChange())} />}
        </Field>
      </div>
      {fault && (
        <Banner tone="bad" title="It could not be scored yet.">
          {fault}
        </Banner>
      )}
      <div>
        <Button type="submit" kind="primary" busy={busy}>
          Score it
        </Button>
      </div>
    </form>
  );
}
