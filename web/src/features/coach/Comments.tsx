// What coaches have noted, private or shared with the candidate.
import { Tag } from "~/ui/Banner";
import { moment } from "~/ui/format";
import type { Body } from "~/wire/types";

import { useDesk } from "./desk";
import { lineOf } from "./words";

export function CommentLine({ comment }: { comment: Body<"CommentShown"> }) {
  const { issued } = useDesk().review;
  return (
    <div className="mt-2 rounded-small border border-line bg-info-wash px-3 py-2 text-sm">
      {comment.line && issued && <p className="text-soft">On what was contested: {lineOf(issued, comment.line).name}</p>}
      <p className="break-words whitespace-pre-wrap">{comment.text}</p>
      <p className="mt-1 flex flex-wrap items-center gap-2 text-soft">
        {comment.by}, {moment(comment.at)}
        <Tag tone={comment.shared ? "good" : "none"}>{comment.shared ? "Shared with the candidate" : "Private"}</Tag>
      </p>
    </div>
  );
}

/** All comments, those on the whole first, then by turn. */
export function Notes() {
  const { review, goTo, open } = useDesk();
  const onTurns = review.comments.filter((comment) => comment.turn !== null).sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0));
  const onAll = review.comments.filter((comment) => comment.turn === null);
  const { rating } = review;
  return (
    <div>
      <button
        type="button"
        className="min-h-8 text-accent underline"
        onClick={() => open({ kind: "comment", turn: null, shared: false })}
      >
        Add a note on the whole
      </button>
      {onAll.map((comment) => (
        <CommentLine key={`${comment.at}${comment.by}`} comment={comment} />
      ))}
      {onTurns.map((comment) => (
        <div key={`${comment.at}${comment.by}${comment.turn}`} className="mt-3">
          <button type="button" className="min-h-6 text-sm text-accent underline" onClick={() => goTo(comment.turn ?? 1)}>
            Turn {comment.turn}
          </button>
          <CommentLine comment={comment} />
        </div>
      ))}
      {review.comments.length === 0 && <p className="mt-2 text-soft">Nothing is noted yet.</p>}
      {rating && (
        <section className="mt-5 border-t border-line pt-3">
          <h3 className="font-medium">What the candidate thought, before the card</h3>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
            {[
              ["Best", rating.best],
              ["Worst", rating.worst],
              ["Level", rating.level],
              ["Next time", rating.next_time],
            ].map(([name, said]) => (
              <div key={name} className="contents">
                <dt className="text-soft">{name}</dt>
                <dd className="break-words">{said || "–"}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}
