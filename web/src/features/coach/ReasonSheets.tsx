// The acts on a card that a coach must give a reason for, each with its own choice above the reason.
import { useState } from "react";

import { Choice, Switch } from "~/ui/Field";
import { api } from "~/wire/api";
import type { Body } from "~/wire/types";

import { useDesk } from "./desk";
import { LEVELS, levelOfKey } from "./ownLevels";
import { ReasonSheet } from "./ReasonSheet";
import { itemState, level, lineOf, SETTLINGS } from "./words";

const KEPT = "The candidate reads it beside the line it changes.";

export function DropSheet({ evidence, quote }: { evidence: string; quote: string }) {
  const { review } = useDesk();
  return (
    <ReasonSheet
      title="Drop this evidence"
      description="The level is worked out anew without it. The card as issued stays on record."
      action="Drop it"
      danger
      hint={KEPT}
      act={(reason) => ({ run: () => api.dropEvidence(review.session.id, evidence, reason), done: "Dropped", judges: true })}
    >
      <blockquote className="border-l-2 border-strong pl-3 break-words text-soft">{quote}</blockquote>
    </ReasonSheet>
  );
}

export function SettleSheet({ flag }: { flag: string }) {
  const { review } = useDesk();
  const [to, setTo] = useState<Body<"Settling">["to"]>("confirmed");
  const name = review.issued ? lineOf(review.issued, flag, review.card?.flags).name : flag;
  return (
    <ReasonSheet
      title={`Settle: ${name}`}
      action="Settle it"
      chosen={false}
      hint={KEPT}
      act={(reason) => ({ run: () => api.settleFlag(review.session.id, flag, { to, reason }), done: "Settled", judges: true })}
    >
      <Choice label="Your word on it" value={to} onChange={setTo} options={SETTLINGS} />
    </ReasonSheet>
  );
}

export function LevelSheet({ criterion }: { criterion: string }) {
  const { review } = useDesk();
  const found = review.card?.criteria.find((one) => one.id === criterion);
  const now = found?.level === null || found === undefined ? "none" : String(found.level);
  const own = review.own[criterion];
  // Whoever changes a level mostly wants their own.
  const [to, setTo] = useState<string>(own === undefined ? now : String(own ?? "none"));
  const chosen = levelOfKey(to === "none" ? "0" : to) ?? null;
  return (
    <ReasonSheet
      title={`${found?.name ?? "Level"}: change the level`}
      description={`It stands at ${level(found?.level)}. A level you set holds, whatever the items say.`}
      action="Change it"
      chosen={to !== now}
      ready={to !== now}
      hint={KEPT}
      act={(reason) => ({
        run: () => api.override(review.session.id, { target: criterion, to: chosen, reason }),
        done: "The level is changed", judges: true,
      })}
    >
      <Choice
        label="New level"
        value={to}
        onChange={setTo}
        options={LEVELS.map((one) => ({ value: one.value, label: one.value === "none" ? "Not assessed" : one.sign }))}
      />
    </ReasonSheet>
  );
}

type ItemTo = "met" | "not_met" | "not_observable";

export function ItemSheet({ target, to: first }: { target: string; to: ItemTo }) {
  const { review } = useDesk();
  const [to, setTo] = useState<ItemTo>(first);
  const item = review.card?.criteria
    .flatMap((one) => one.items.map((item) => ({ id: `${one.id}/${item.id}`, item })))
    .find((one) => one.id === target)?.item;
  return (
    <ReasonSheet
      title="Change an item"
      action="Change it"
      ready={item?.state !== to}
      hint={KEPT}
      act={(reason) => ({ run: () => api.override(review.session.id, { target, to, reason }), done: "The item is changed", judges: true })}
    >
      <p className="text-soft">
        {item?.text} It stands at: {item ? itemState(item.state).toLowerCase() : "unknown"}.
      </p>
      <Choice
        label="What holds"
        value={to}
        onChange={setTo}
        options={(["met", "not_met", "not_observable"] as const).map((state) => ({ value: state, label: itemState(state) }))}
      />
    </ReasonSheet>
  );
}

export function CommentSheet({ turn, shared: first }: { turn: number | null; shared: boolean }) {
  const { review } = useDesk();
  const [shared, setShared] = useState(first);
  return (
    <ReasonSheet
      title={turn === null ? "A note on the whole" : `A comment on turn ${turn}`}
      label="Your words"
      action="Keep it"
      act={(words) => ({
        run: () => api.comment(review.session.id, { text: words, turn, line: null, shared }),
        done: "Kept",
      })}
    >
      <Switch
        label="Share it with the candidate"
        checked={shared}
        onChange={setShared}
        hint={shared ? "They read it on their card." : "Only coaches read it."}
      />
    </ReasonSheet>
  );
}

type AnswerProps = { line: string; turn: number | null; name: string; reason: string };

/** An answer to a contested line, which the candidate always reads. */
export function AnswerSheet({ line, turn, name, reason }: AnswerProps) {
  const { review } = useDesk();
  return (
    <ReasonSheet
      title="Answer the candidate"
      description={name}
      label="Your answer"
      hint="They read it on their card. The line then waits for nobody."
      action="Answer"
      act={(words) => ({
        run: () => api.comment(review.session.id, { text: words, turn, line, shared: true }),
        done: "Answered",
      })}
    >
      <blockquote className="border-l-2 border-strong pl-3 break-words whitespace-pre-wrap text-soft">{reason}</blockquote>
    </ReasonSheet>
  );
}

export function DismissSheet() {
  const { review } = useDesk();
  return (
    <ReasonSheet
      title="Dismiss this interview as invalid"
      description="It then counts in no trend and in no agreement. The candidate keeps the card. This cannot be taken back."
      action="Dismiss it"
      danger
      act={(reason) => ({ run: () => api.dismiss(review.session.id, reason), done: "Dismissed" })}
    />
  );
}
