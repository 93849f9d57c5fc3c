// The names by which the pages speak of what goes over the wire. All of them come from the server's own description
// (schema.d.ts, made by `make types`); nothing is defined twice.
import type { components } from "./schema";

type Schemas = components["schemas"];
/** Any body by its name in the server's description: `Body<"Review">`. */
export type Body<Name extends keyof Schemas> = Schemas[Name];

/** What must be given of a body that has defaults for the rest. */
export type Given<Name extends keyof Schemas, Needed extends keyof Schemas[Name]> = Pick<Schemas[Name], Needed> &
  Partial<Schemas[Name]>;

export type Room = Body<"Room">;
export type TurnShown = Body<"TurnShown">;
export type SessionState = Body<"SessionState">;
export type BoardSeen = Body<"BoardSeen">;
export type Snapshot = Body<"Snapshot">;
export type SessionShown = Body<"SessionShown">;
export type Scorecard = Body<"Scorecard">;

export type FromServer = Body<"ServerFrame">;
/** An event of the public stream; `kind` tells which. */
export type Ev = Extract<FromServer, { t: "ev" }>;
export type Welcome = Body<"Welcome">;
export type NackCode = Body<"Nack">["code"];
export type Sign = Body<"Sign">;
