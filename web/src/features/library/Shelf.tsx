// The problems, with search and filters; each can be begun at once or after a look at the choices.
import { Link } from "@tanstack/react-router";
import type { Ref } from "react";

import { Empty } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Choice, Switch, TextInput } from "~/ui/Field";
import type { Body } from "~/wire/types";

import { howLong, KINDS, type Problem, tried, usual, type Wanted } from "./problems";

export type ShelfProps = {
  problems: readonly Problem[];
  wanted: Wanted;
  onWanted: (wanted: Wanted) => void;
  searchRef: Ref<HTMLInputElement>;
  interviewer: string;
  /** How an interview begins that is started in one click. */
  likes: Body<"Preferences">;
  /** The problem whose interview is being opened. */
  beginning: string | null;
  onChoose: (problem: Problem) => void;
  onBegin: (problem: Problem) => void;
};

export function Shelf({ problems, wanted, onWanted, searchRef, interviewer, likes, beginning, onChoose, onBegin }: ShelfProps) {
  return (
    <section aria-labelledby="problems" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <div>
          <h2 id="problems" className="font-serif text-2xl">
            Problems
          </h2>
          <p className="mt-1 text-sm text-soft">
            Start begins at once: {usual(likes)}.{" "}
            <Link to="/mine" className="text-accent underline">
              Change
            </Link>
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <div className="w-64 max-w-full">
            <TextInput
              ref={searchRef}
              type="search"
              aria-label="Search the problems"
              placeholder="Search ( / )"
              value={wanted.words}
              onChange={(event) => onWanted({ ...wanted, words: event.target.value })}
            />
          </div>
          <Choice
            label="Kind"
            labelHidden
            value={wanted.kind}
            onChange={(kind) => onWanted({ ...wanted, kind })}
            options={[
              { value: "all", label: "All" },
              { value: "d", label: "Systems" },
              { value: "p", label: "Product" },
              { value: "h", label: "Both" },
            ]}
          />
          <Switch
            label="Not tried yet"
            checked={wanted.untriedOnly}
            onChange={(untriedOnly) => onWanted({ ...wanted, untriedOnly })}
          />
        </div>
      </div>
      {problems.length === 0 ? (
        <Empty title="No problem fits" action={<Button onClick={() => onWanted({ words: "", kind: "all", untriedOnly: false })}>Show all</Button>}>
          Try other words, or take the filters off.
        </Empty>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 2xl:grid-cols-3">
          {problems.map((problem) => (
            <li key={problem.id} className="flex flex-col gap-4 rounded-large border border-line bg-panel p-5">
              <div className="grow">
                <h3 className="font-serif text-xl">{problem.title}</h3>
                <p className="mt-1 text-soft">
                  {KINDS[problem.kind]} · {howLong(problem.minutes, likes.pace)}
                </p>
                <p className="text-sm text-soft">{tried(problem)}</p>
              </div>
              <div className="flex flex-wrap gap-2">
                <Button
                  kind="primary"
                  className="whitespace-normal!"
                  busy={beginning === problem.id}
                  onClick={() => onBegin(problem)}
                  aria-label={`${startWords(interviewer)}: ${problem.title}`}
                >
                  {startWords(interviewer)}
                </Button>
                <Button onClick={() => onChoose(problem)} aria-label={`Choose how: ${problem.title}`}>
                  Choose how
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function startWords(interviewer: string): string {
  return interviewer === "offline" ? "Start with the offline interviewer" : "Start";
}
