// Words of the candidate's, cited for or against an item or a flag. The words can be selected here too, so that it can all
// be done by keyboard.
import { useState } from "react";

import { Choice, Field, Select, TextArea } from "~/ui/Field";
import { api } from "~/wire/api";

import { useDesk } from "./desk";
import { type Span, spanOfPoints, unitInText } from "./points";
import { ReasonSheet } from "./ReasonSheet";

type Props = { turn: number; span: Span | null; target?: string };

export function CiteSheet({ turn: first, span: selected, target: wanted = "" }: Props) {
  const { review, lit } = useDesk();
  const [turn, setTurn] = useState(first);
  const [span, setSpan] = useState(selected);
  const [target, setTarget] = useState(wanted);
  const [side, setSide] = useState<"for" | "against">("for");
  const said = review.room.turns.filter((one) => one.role === "candidate" && one.n !== null);
  const text = said.find((one) => one.n === turn)?.text ?? "";
  const units = span ?? { start: 0, end: text.length };
  const points = spanOfPoints(text, units);
  const quote = points ? [...text].slice(points.start, points.end).join("") : "";
  const isNew = review.other_flags.some((flag) => flag.id === target);
  const isFlag = target !== "" && !target.includes("/");
  return (
    <ReasonSheet
      title={`Cite words of turn ${turn}`}
      description="The level is worked out anew with them."
      action="Cite them"
      chosen={false}
      wide
      ready={target !== "" && points !== null}
      hint="What do these words show that was missed?"
      act={(reason) => ({
        run: () =>
          api.addEvidence(review.session.id, {
            target,
            turn,
            start: points?.start ?? 0,
            end: points?.end ?? 1,
            stands_for: isNew || side === "for",
            reason,
          }),
        done: "Cited",
        judges: true,
      })}
    >
      <Field label="Turn">
        {(bound) => (
          <Select
            {...bound}
            value={turn}
            onChange={(event) => {
              setTurn(Number(event.target.value));
              setSpan(null);
            }}
          >
            {said.map((one) => (
              <option key={one.n} value={one.n ?? 0}>
                {one.n}: {one.text.slice(0, 90)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Words" hint="Select the words that show it, here or in the conversation. Nothing selected means the whole turn.">
        {(bound) => (
          <TextArea
            key={turn}
            {...bound}
            readOnly
            rows={5}
            value={text}
            onSelect={(event) => {
              const { selectionStart, selectionEnd } = event.currentTarget;
              if (selectionStart === selectionEnd) return;
              setSpan({ start: unitInText(text, selectionStart), end: unitInText(text, selectionEnd) });
            }}
          />
        )}
      </Field>
      <p className="-mt-2 text-sm">
        <span className="text-faint">Cited: </span>
        {quote ? <mark className="break-words">{quote}</mark> : <span className="text-bad">Select at least one word.</span>}
      </p>
      <Field label="For what">
        {(bound) => (
          <Select {...bound} value={target} onChange={(event) => setTarget(event.target.value)}>
            <option value="">Choose an item or a flag</option>
            {review.card?.criteria
              .filter((one) => one.weight > 0)
              // What one is at comes first: the list is long.
              .sort((a, b) => Number(lit.has(b.id)) - Number(lit.has(a.id)))
              .map((criterion) => (
                <optgroup key={criterion.id} label={criterion.name}>
                  {criterion.items.map((item) => (
                    <option key={item.id} value={`${criterion.id}/${item.id}`}>
                      {item.text}
                    </option>
                  ))}
                </optgroup>
              ))}
            <optgroup label="Red flags on the card">
              {review.card?.flags.map((flag) => (
                <option key={flag.id} value={flag.id}>
                  {flag.name}
                </option>
              ))}
            </optgroup>
            <optgroup label="Red flags not on the card">
              {review.other_flags.map((flag) => (
                <option key={flag.id} value={flag.id}>
                  {flag.name}
                </option>
              ))}
            </optgroup>
          </Select>
        )}
      </Field>
      {isNew ? (
        <p className="text-sm text-soft">The flag then stands on the card, with these words and your reason.</p>
      ) : (
        <Choice
          label="Which way"
          value={side}
          onChange={setSide}
          options={[
            { value: "for", label: isFlag ? "They show the flag" : "For it" },
            { value: "against", label: isFlag ? "They speak against the flag" : "Against it" },
          ]}
        />
      )}
    </ReasonSheet>
  );
}
