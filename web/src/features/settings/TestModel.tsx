// The test of the model: the server tries it, and each finding is shown as it comes.
import { useEffect, useRef, useState } from "react";

import { announce } from "~/ui/announce";
import { Banner, Tag, type Tone } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Panel } from "~/ui/Page";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";
import type { Body } from "~/wire/types";

type Finding = Body<"ModelCheck">;

const TONES: Record<Finding["state"], Tone> = { ok: "good", note: "warn", wrong: "bad" };

export function TestModel({ onDone }: { onDone: () => void }) {
  const [found, setFound] = useState<readonly Finding[]>([]);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const going = useRef<AbortController | null>(null);
  useEffect(() => () => going.current?.abort(), []);

  async function test() {
    const controller = new AbortController();
    going.current = controller;
    setFound([]);
    setFault(null);
    setBusy(true);
    try {
      let verdict = "";
      await api.testModel((one) => {
        if (controller.signal.aborted) return;
        setFound((before) => [...before, one]);
        if (one.check === "verdict") verdict = one.told;
      }, controller.signal);
      if (verdict) announce(verdict);
      else setFault(new Error("cut off"));
    } catch (error) {
      if (!controller.signal.aborted) setFault(error);
    } finally {
      if (!controller.signal.aborted) {
        setBusy(false);
        onDone();
      }
    }
  }

  const verdict = found.find((one) => one.check === "verdict");
  return (
    <Panel
      title="Test it"
      actions={
        <Button kind="primary" busy={busy} onClick={() => void test()}>
          {found.length > 0 && !busy ? "Test again" : "Test the model"}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-soft">
          The server asks the model two small questions and looks at how it answers: whether it is there, takes the key,
          streams, keeps to a shape, and is quick enough. It costs a few hundred tokens.
        </p>
        {fault !== null && <Banner tone="bad">{faultWords(fault)}</Banner>}
        {found.length > 0 && (
          <ul aria-label="What was found" className="flex flex-col divide-y divide-line">
            {found
              .filter((one) => one !== verdict)
              .map((one, place) => (
                <Line key={place} finding={one} />
              ))}
          </ul>
        )}
        {verdict && (
          <Banner tone={verdict.state === "ok" ? "good" : "warn"} title={verdict.told}>
            {verdict.remedy}
          </Banner>
        )}
      </div>
    </Panel>
  );
}

function Line({ finding }: { finding: Finding }) {
  return (
    <li className="flex items-baseline gap-3 py-2">
      <span className="w-16 shrink-0">
        <Tag tone={TONES[finding.state]}>{finding.state}</Tag>
      </span>
      <div className="min-w-0">
        <p className="break-words">
          {finding.about && <span className="text-soft">{capital(finding.about)}: </span>}
          {finding.told}
        </p>
        {finding.remedy && <p className="text-sm break-words text-soft">{finding.remedy}</p>}
      </div>
    </li>
  );
}

function faultWords(fault: unknown): string {
  return fault instanceof Error && fault.message === "cut off" ? "The test broke off before its end." : words(fault);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
