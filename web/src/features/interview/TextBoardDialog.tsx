// Drawing by words: the way for whoever uses the keyboard alone or a screen reader, and quick for everybody.
import { useState } from "react";

import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Field, TextArea } from "~/ui/Field";

import { useDraft } from "./drafts";

interface Props {
  session: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Draws the text; throws where it cannot be read. */
  onDraw: (text: string) => Promise<void>;
}

export function TextBoardDialog({ session, open, onOpenChange, onDraw }: Props) {
  const [text, setText] = useDraft(`board-text:${session}`);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function draw() {
    setBusy(true);
    setFault(null);
    try {
      await onDraw(text);
      onOpenChange(false);
    } catch {
      setFault("This could not be drawn. Try one line a path: Client -> API -> Database");
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Draw by text"
      description="One line a path. Draw again after a change, and it takes the place of what was drawn from text before."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={text.trim() === ""} onClick={() => void draw()}>
            Draw
          </Button>
        </>
      }
    >
      <Field label="The drawing" hint="Arrows as ->, a label after a colon. Mermaid works as well." error={fault}>
        {(bound) => (
          <TextArea
            {...bound}
            rows={9}
            className="font-mono"
            spellCheck={false}
            placeholder={"Client -> Load balancer -> API\nAPI -> Cache: reads\nAPI -> Database: writes"}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void draw();
            }}
          />
        )}
      </Field>
    </Dialog>
  );
}
