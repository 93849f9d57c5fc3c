// Who interviews, where the words are kept and who may read them: said before anything is.
import type { Body } from "~/wire/types";

/** A list of names as people say it: "Mara", "Mara and Ivo", "Mara, Ivo and Lin". */
export function named(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

export function Keeping({ me }: { me: Body<"Me"> }) {
  const offline = me.interviewer === "offline";
  return (
    <section aria-labelledby="keeping">
      <h3 id="keeping" className="font-medium">
        Who is there, and what is kept
      </h3>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5 text-soft">
        <li>
          {offline
            ? "The offline interviewer: rules and written lines, no language model. Nothing you say leaves the machine that it runs on, unless a model is switched on meanwhile: that one is sent the whole interview."
            : `The interviewer is ${me.interviewer}. What you say is sent to it.`}
        </li>
        <li>
          Your words, your board and the card are kept{" "}
          {me.data_folder ? (
            <>
              in <span className="font-mono text-sm break-all">{me.data_folder}</span>
            </>
          ) : (
            "by whoever runs this interviewer"
          )}
          , until you delete them.
        </li>
        <li>
          {me.coaches.length > 0
            ? `${named(me.coaches)} ${me.coaches.length === 1 ? "coaches" : "coach"} here and can read every interview.`
            : "Today nobody but you and the owner of this installation can read them. A coach who joins later can read them too."}
        </li>
      </ul>
    </section>
  );
}
