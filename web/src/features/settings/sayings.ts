// What is said about the model that interviews: its part, its costs, and why it is silent.
import type { Body } from "~/wire/types";

type Seat = Body<"ModelSeat">;
type Budget = Body<"ModelBudget">;

const PARTS: Record<Seat["roles"][number], string> = {
  talk: "leads the talk",
  evidence: "looks for evidence in what was said",
  "stand-in": "stands in where another does not answer",
};

const WOULD: Record<Seat["roles"][number], string> = {
  talk: "lead the talk",
  evidence: "look for evidence in what was said",
  "stand-in": "stand in where another does not answer",
};

/** "leads the talk, and looks for evidence in what was said"; while models are off, what it is set up to do. */
export function partOf(seat: Seat, off = false): string {
  const parts = seat.roles.map((role) => (off ? WOULD : PARTS)[role]).join(", and ");
  return off ? `is set up to ${parts}` : parts;
}

/** Why no model is asked although one is set up; empty where it is asked. */
export function whyOff(off: Body<"ModelShown">["off"]): string {
  switch (off) {
    case "setting":
      return "Models are switched off by INTERVIEWER_MODEL_OFF in the server’s settings.";
    case "switch":
      return "Models are switched off. On the server, “interviewer model on” switches them on.";
    default:
      return "";
  }
}

/** What was spent today and what may be, a sentence each. */
export function spending(budget: Budget): string[] {
  const money = budget.priced ? `, ${amount(budget.money)} by the prices set` : "";
  const today = `Today: ${number(budget.tokens)} tokens in ${calls(budget.calls)}${money}.`;
  const limits = [
    budget.most_tokens !== null && `${number(budget.most_tokens)} tokens a day`,
    budget.most_money !== null && `${amount(budget.most_money)} a day`,
    budget.most_tokens_each !== null && `${number(budget.most_tokens_each)} tokens an interview`,
    budget.most_money_each !== null && `${amount(budget.most_money_each)} an interview`,
  ].filter(Boolean);
  return [today, limits.length > 0 ? `At most ${limits.join(", ")}. Beyond that the offline interviewer goes on.` : "No limit is set."];
}

function calls(n: number): string {
  return n === 1 ? "one call" : `${number(n)} calls`;
}

function number(n: number): string {
  return n.toLocaleString("en-GB");
}

function amount(n: number): string {
  return n.toFixed(2);
}
