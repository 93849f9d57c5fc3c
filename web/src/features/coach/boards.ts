// The boards of an interview: which turn each belongs to, and a stored one as a list: what its boxes say and what its arrows join, for those who do not need the picture.

import type { Body, TurnShown } from "~/wire/types";

/** By turn number the board it was said with, at the turns by which it had changed. */
export function boardsByTurn(boards: readonly Body<"BoardMoment">[], turns: readonly TurnShown[]): Map<number, number> {
  const found = new Map<number, number>();
  let last: number | undefined;
  for (const turn of turns) {
    if (turn.n === null) continue;
    const named = boards.find((one) => turn.role === "candidate" && one.rev === turn.board_rev)?.rev;
    const rev = boards.findLast((one) => one.turn === turn.n)?.rev ?? named;
    if (rev !== undefined && rev !== last) found.set(turn.n, rev);
    last = rev ?? last;
  }
  return found;
}

export type Listed = {
  parts: string[];
  links: string[];
  /** A board that was written, not drawn. */
  text: string | null;
};

type Shape = Record<string, unknown>;

/** The parts and links of a scene (Excalidraw, or text). Unlabelled boxes and loose ends are named as such. */
export function listed(scene: Record<string, unknown>): Listed {
  if (typeof scene["text"] === "string") return { parts: [], links: [], text: scene["text"] };
  const shapes = (Array.isArray(scene["elements"]) ? (scene["elements"] as Shape[]) : []).filter((one) => !one["isDeleted"]);
  const labels = new Map<unknown, string>();
  for (const shape of shapes) {
    if (shape["type"] === "text" && shape["containerId"]) labels.set(shape["containerId"], wordsOf(shape));
  }
  const boxes = shapes.filter((shape) => ["rectangle", "ellipse", "diamond"].includes(String(shape["type"])));
  const names = new Map(boxes.map((box) => [box["id"], labels.get(box["id"]) || "a box without a label"]));
  const notes = shapes.filter((shape) => shape["type"] === "text" && !shape["containerId"]).map((note) => `Note: ${wordsOf(note)}`);
  const links = shapes
    .filter((shape) => shape["type"] === "arrow" || shape["type"] === "line")
    .map((arrow) => {
      const said = labels.get(arrow["id"]);
      return `${end(arrow["startBinding"], names)} → ${end(arrow["endBinding"], names)}${said ? `, “${said}”` : ""}`;
    });
  return { parts: [...names.values(), ...notes], links, text: null };
}

function wordsOf(shape: Shape): string {
  return String(shape["originalText"] ?? shape["text"] ?? "").replaceAll(/\s+/g, " ").trim();
}

function end(binding: unknown, names: ReadonlyMap<unknown, string>): string {
  const bound = (binding as { elementId?: unknown } | null | undefined)?.elementId;
  return names.get(bound) ?? "a loose end";
}
