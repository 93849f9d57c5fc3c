// Made from the server's own description by `make types`; not to be edited by hand.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A search certificate: what was owed was looked for in these turns and not found. */
        Absent: {
            /** @default  */
            id: string;
            /** @default [] */
            nearest_misses: components["schemas"]["NearestMiss"][];
            observer: string;
            opportunity: components["schemas"]["Opportunity"];
            p: number;
            /**
             * @default absent
             * @constant
             */
            polarity: "absent";
            searched_turns: number[];
            subject: string;
            window: [
                string,
                string
            ];
        };
        /** @description The message is durable (P8); `dup` where it had been before (P9). */
        Ack: {
            cmid: string;
            dup: boolean;
            seq: number;
            /**
             * @default ack
             * @constant
             */
            t: "ack";
        };
        /** @description The i-th sentence, from 0, of an answer on its way. */
        AgentChunk: {
            attempt: number;
            i: number;
            text: string;
            turn: string;
        };
        /**
         * @description The answer, whole; it replaces all chunks. `state` is the session with the clock as it runs from here. `stood_in` is
         *     True where the offline interviewer said it since no answer of the model's could be used.
         */
        AgentFinal: {
            attempt: number;
            by: string;
            cut_off: boolean;
            state: components["schemas"]["SessionState"];
            /** @default false */
            stood_in: boolean;
            text: string;
            turn: string;
        };
        /** @description Agreement over all interviews that a coach has levelled: pooled, the asking coach's own, and by criterion. */
        Agreement: {
            blind_sessions: number;
            criteria: components["schemas"]["AgreementRow"][];
            mine: components["schemas"]["AgreementRow"];
            pooled: components["schemas"]["AgreementRow"];
            rubric_versions: string[];
            sessions: number;
        };
        /**
         * @description Coach against scorer on one criterion (or all): n pairs, quadratic kappa with a 95 % interval, exact, within one,
         *     and the coach's mean less the scorer's. None where n is too small to say. `grid[i][j]` counts pairs with the scorer at
         *     i + 1 and the coach at j + 1.
         */
        AgreementRow: {
            bias: number | null;
            criterion: string;
            exact: number | null;
            grid: [
                number,
                number,
                number,
                number
            ][];
            high: number | null;
            kappa: number | null;
            low: number | null;
            n: number;
            name: string;
            within_one: number | null;
        };
        /** @description A number with its unit. */
        Amount: {
            unit: string;
            value: number;
        };
        /**
         * @description One scored interview in somebody's history: levels by criterion, None where it was not assessed, and how many
         *     items were met unprompted of those met.
         */
        AttemptShown: {
            levels: {
                [key: string]: number | null;
            };
            met: number;
            session: components["schemas"]["SessionShown"];
            unprompted: number;
        };
        /**
         * @description How much evidence levels 2, 3 and 4 take, in items' worth, fitted on labelled interviews (scoring.md 1.8).
         *
         *     An item shown beyond doubt and unprompted is worth one, a doubtful one its share. `fault` is what a red flag of the
         *     criterion weighs against it, by how sure it is; `margin` how far the evidence may be off either way. `usual` is the
         *     evidence of an interview in the middle, and `spread` how far interviews lie from it.
         */
        Bars: {
            /** @default 0 */
            fault: number;
            four: number;
            /** @default 0.5 */
            margin: number;
            /** @default 0 */
            spread: number;
            three: number;
            two: number;
            /** @default 0 */
            usual: number;
        };
        /** @description A heartbeat with the last seq there is (P17). */
        Beat: {
            head: number;
            /**
             * @default hb
             * @constant
             */
            t: "hb";
        };
        /** @description A board: an Excalidraw scene, or text (Mermaid, ASCII) as `{"type": "text", "text": …}`, with its revision. */
        Board: {
            rev: number;
            scene: {
                [key: string]: unknown;
            };
        };
        /** @description A board that can still be looked at: its revision, when it was saved, and the turn it was said with. */
        BoardMoment: {
            /** Format: date-time */
            at: string;
            rev: number;
            turn: number | null;
        };
        /** @description The board was stored under this revision. */
        BoardSaved: {
            rev: number;
        };
        /** @description What the interviewer sees on the board at a revision. */
        BoardSeen: {
            links: components["schemas"]["LinkSeen"][];
            lint: components["schemas"]["OddSeen"][];
            parts: components["schemas"]["PartSeen"][];
            rev: number;
        };
        /** @description The revision under which a board was stored. */
        BoardStored: {
            rev: number;
        };
        /** @description A message of the candidate's, stored. */
        CandidateMessage: {
            board_rev: number | null;
            body: string;
            cmid: string | null;
        };
        /**
         * @description Everything the card's page shows: the card with a coach's changes applied, the conversation that its quotes point
         *     into, what the candidate thought beforehand, what is contested, comments shared with them, and earlier attempts.
         */
        CardPage: {
            boards: components["schemas"]["BoardMoment"][];
            card: components["schemas"]["Scorecard"];
            comments: components["schemas"]["CommentShown"][];
            contests: components["schemas"]["ContestShown"][];
            earlier: components["schemas"]["SessionShown"][];
            issued: components["schemas"]["Scorecard"];
            rating: components["schemas"]["Rating"] | null;
            retry: components["schemas"]["RetryCompared"] | null;
            room: components["schemas"]["Room"];
            session: components["schemas"]["SessionShown"];
        };
        /** @description One act of a coach's, as the log has it: what kind, on what, from what to what, why, who and when. */
        Change: {
            /** Format: date-time */
            at: string;
            by: string;
            /** @enum {string} */
            kind: "override" | "evidence_added" | "evidence_dropped" | "flag_settled" | "dismissed";
            /** @default  */
            quote: string;
            reason: string;
            target: string;
            /** @default  */
            to: string;
            turn: number | null;
            /** @default  */
            was: string;
        };
        ClientFrame: components["schemas"]["Hello"] | components["schemas"]["Msg"] | components["schemas"]["Heartbeat"] | components["schemas"]["Sign"];
        /** @description A coach's comment, pinned to a turn or on the whole; `line` is the contested line that it answers. */
        CommentShown: {
            /** Format: date-time */
            at: string;
            by: string;
            line: string | null;
            shared: boolean;
            text: string;
            turn: number | null;
        };
        /** @description Two cards side by side, `earlier` before `session`. Lost is only what there was an opportunity for; flags by name. */
        Comparison: {
            criteria: components["schemas"]["CriterionCompared"][];
            earlier: string;
            flags_gone: string[];
            flags_new: string[];
            gained: string[];
            lost: string[];
            session: string;
        };
        /** @description How the interview was held; it is stamped on every card. */
        Conditions: {
            /** @default 1 */
            attempt: number;
            /** @default 0 */
            hints: number;
            minutes: number | null;
            mode: string | null;
            pace: string | null;
        };
        /** @description A line of the card that one holds to be wrong, and why. */
        Contest: {
            line: string;
            reason: string;
        };
        /** @description A contested line, as it stands. */
        ContestShown: {
            /** Format: date-time */
            at: string;
            by: string;
            line: string;
            reason: string;
        };
        /** @description A correction of an earlier message, named by its seq. */
        Correction: {
            body: string;
            of_seq: number;
        };
        /**
         * @description Who raised it: the candidate, an answer to an open question or probe, after a hint with something added, or an echo.
         * @enum {string}
         */
        Credit: "unprompted" | "asked" | "hinted" | "echo";
        /** @description One criterion of two cards: levels before and after, and the items (texts) gained and lost. */
        CriterionCompared: {
            after: number | null;
            before: number | null;
            gained: string[];
            id: string;
            lost: string[];
            name: string;
        };
        /** @description A criterion by name, in the rubric's order. */
        CriterionName: {
            id: string;
            name: string;
        };
        /**
         * @description One criterion. `why_not_next` names the cheapest missing item on the way to the next level; `rest` is how the others
         *     stand beside what is usual, towards which this one was drawn, and `bars` what each level took (levels.py), so that a
         *     coach's change is weighed as the card was.
         */
        CriterionResult: {
            bars: components["schemas"]["Bars"] | null;
            /** @default [] */
            capped_by: string[];
            id: string;
            interval: [
                1 | 2 | 3 | 4,
                1 | 2 | 3 | 4
            ] | null;
            /** @default [] */
            items: components["schemas"]["ItemResult"][];
            level: (1 | 2 | 3 | 4) | null;
            name: string;
            path: string;
            /** @default 0 */
            rest: number;
            unassessed: string | null;
            weight: number;
            why_not_next: string | null;
        };
        /** @description A sum of the candidate's, recomputed. `ratio` is claimed / recomputed; None where nothing could be recomputed. */
        EstimateResult: {
            claimed: components["schemas"]["Amount"];
            end: number;
            /** @default  */
            formula: string;
            ratio: number | null;
            recomputed: components["schemas"]["Amount"] | null;
            start: number;
            text: string;
            turn: number;
            /** @enum {string} */
            verdict: "ok" | "off" | "unchecked";
        };
        EvAgentChunk: {
            data: components["schemas"]["AgentChunk"];
            /**
             * @default agent.chunk
             * @constant
             */
            kind: "agent.chunk";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        EvAgentFinal: {
            data: components["schemas"]["AgentFinal"];
            /**
             * @default agent.final
             * @constant
             */
            kind: "agent.final";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        EvBoardRead: {
            data: components["schemas"]["BoardSeen"];
            /**
             * @default board.read
             * @constant
             */
            kind: "board.read";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        EvBoardSaved: {
            data: components["schemas"]["BoardSaved"];
            /**
             * @default board.saved
             * @constant
             */
            kind: "board.saved";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        EvCandidateMessage: {
            data: components["schemas"]["CandidateMessage"];
            /**
             * @default candidate.message
             * @constant
             */
            kind: "candidate.message";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        EvCorrection: {
            data: components["schemas"]["Correction"];
            /**
             * @default correction
             * @constant
             */
            kind: "correction";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        /** @description Public events after a seq; the same frames that a socket sends. */
        Events: {
            epoch: string;
            head: number;
            items: (components["schemas"]["EvCandidateMessage"] | components["schemas"]["EvTurnStarted"] | components["schemas"]["EvAgentChunk"] | components["schemas"]["EvTurnRestarted"] | components["schemas"]["EvAgentFinal"] | components["schemas"]["EvTurnFailed"] | components["schemas"]["EvBoardSaved"] | components["schemas"]["EvBoardRead"] | components["schemas"]["EvHintGiven"] | components["schemas"]["EvCorrection"] | components["schemas"]["EvSessionState"])[];
        };
        EvHintGiven: {
            data: components["schemas"]["HintShown"];
            /**
             * @default hint.given
             * @constant
             */
            kind: "hint.given";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        EvSessionState: {
            data: components["schemas"]["SessionState"];
            /**
             * @default session.state
             * @constant
             */
            kind: "session.state";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        EvTurnFailed: {
            data: components["schemas"]["TurnLost"];
            /**
             * @default turn.failed
             * @constant
             */
            kind: "turn.failed";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        EvTurnRestarted: {
            data: components["schemas"]["TurnBegunAnew"];
            /**
             * @default turn.restarted
             * @constant
             */
            kind: "turn.restarted";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        EvTurnStarted: {
            data: components["schemas"]["TurnBegun"];
            /**
             * @default turn.started
             * @constant
             */
            kind: "turn.started";
            seq: number;
            /**
             * @default ev
             * @constant
             */
            t: "ev";
            /** Format: date-time */
            ts: string;
        };
        /** @description Whether the candidate had a fair interview. */
        Fairness: {
            /** @default {} */
            minutes_by_topic: {
                [key: string]: number;
            };
            /** @default [] */
            not_offered: string[];
            /** @default [] */
            offered: components["schemas"]["Offer"][];
            /** @default 0 */
            our_failed_turns: number;
        };
        /**
         * @description Whether the candidate had a fair interview: what was offered and when, what never was, where the minutes went, hints,
         *     our own failed or cut turns, those in which the offline interviewer stood in for a model, and how often another move than the first in rank was picked.
         */
        FairnessShown: {
            cut_off_turns: number;
            failed_turns: number;
            hints: components["schemas"]["OfferShown"][];
            minutes_by_phase: components["schemas"]["MinutesOn"][];
            minutes_by_topic: components["schemas"]["MinutesOn"][];
            not_offered: string[];
            offered: components["schemas"]["OfferShown"][];
            picked_against_rank: number;
            restarted_turns: number;
            stood_in_turns: number;
        };
        /** @description A red flag by name. */
        FlagName: {
            id: string;
            name: string;
        };
        /** @description A red flag. `stated` False means possible: shown apart and quieter. `severity` is as weighed here and at this level. */
        FlagResult: {
            advice: string;
            base_severity: number;
            confidence: number;
            criterion: string;
            evidence: string[];
            how: ("self" | "probed" | "hinted") | null;
            id: string;
            name: string;
            root: string | null;
            settled: components["schemas"]["Settlement"] | null;
            severity: number;
            source: string[];
            stated: boolean;
            /** @enum {string} */
            status: "confirmed" | "recovered";
            turns: number[];
            why: string;
        };
        /** @description A transcript to be scored: text as pasted, or turns. What is not said is guessed from the text, or asked for. */
        ForScoring: {
            candidate: string | null;
            kind: ("d" | "p" | "h") | null;
            level: ("mid" | "senior" | "staff") | null;
            /** @default transcript.txt */
            name: string;
            plan: string | null;
            scenario: string | null;
            text: string | null;
            turns: components["schemas"]["GivenTurn"][] | null;
        };
        /** @description A turn of somebody else's interview. */
        GivenTurn: {
            minute: number | null;
            /** @enum {string} */
            role: "interviewer" | "candidate";
            text: string;
        };
        /** @description The client's answer to a heartbeat: how far it has applied (P17). */
        Heartbeat: {
            after: number;
            /** @constant */
            t: "hb";
        };
        /** @description The first frame of a client (P3). */
        Hello: {
            after: number;
            /** @default null */
            epoch: string | null;
            /** @constant */
            t: "hello";
            ticket: string;
            /** @constant */
            v: 1;
        };
        /** @description A hint was given: its rung on the ladder, and how many are left on this topic. */
        HintShown: {
            left: number;
            rung: number;
        };
        /** @description Scored interviews, oldest first, with the criteria's names. */
        History: {
            criteria: components["schemas"]["CriterionName"][];
            fix: components["schemas"]["OpenFix"] | null;
            items: components["schemas"]["AttemptShown"][];
        };
        /**
         * @description One yes/no observable: its state, who raised it, and the rows it rests on. `you` is its text as it is said to the
         *     candidate, to follow on "You" or "I did not hear you"; "" on older cards.
         */
        ItemResult: {
            credit: components["schemas"]["Credit"] | null;
            /** @default [] */
            evidence: string[];
            id: string;
            p: number | null;
            /** @enum {string} */
            state: "met" | "not_met" | "not_observable" | "disputed";
            text: string;
            /** @enum {string} */
            tier: "must" | "good" | "rare";
            /** @default  */
            you: string;
        };
        /** @description How many topics the candidate opened, of all that came up. Shown, not scored. */
        LeadShare: {
            of: number;
            opened_by_candidate: number;
        };
        /** @description An arrow on the board; `bound` is False where one end hangs loose, and that end is empty. */
        LinkSeen: {
            bound: boolean;
            from: string;
            label: string;
            to: string;
        };
        /**
         * @description Who is signed in, and what they should know of the installation: who interviews, where words are kept, who sees
         *     them.
         */
        Me: {
            coaches: string[];
            data_folder: string;
            interviewer: string;
            person: components["schemas"]["Person"];
            version: string;
        };
        /** @description The message is durable, under this seq. */
        MessageStored: {
            cmid: string;
            dup: boolean;
            seq: number;
        };
        /** @description How many minutes of the interview went to something. */
        MinutesOn: {
            minutes: number;
            name: string;
        };
        /**
         * @description What was spent today (UTC) and what may be; None is no limit. Money is in the currency of the prices, and counted
         *     only where those are `priced`.
         */
        ModelBudget: {
            /** @default 0 */
            calls: number;
            /** @default 0 */
            money: number;
            most_money: number | null;
            most_money_each: number | null;
            most_tokens: number | null;
            most_tokens_each: number | null;
            /** @default false */
            priced: boolean;
            /** @default 0 */
            tokens: number;
        };
        /**
         * @description A line of the test. `check` stays the same for programs; the last one is `verdict`. `about` is which model it is
         *     about, where there are several: fast, careful, fallback, or two of them.
         */
        ModelCheck: {
            /** @default  */
            about: string;
            check: string;
            /** @default  */
            remedy: string;
            /** @enum {string} */
            state: "ok" | "note" | "wrong";
            told: string;
        };
        /**
         * @description A model that is set up: what it is there for, its name, the host that it answers at, and whether there is a key for
         *     it. `local` is one on the server itself, so that nothing leaves it.
         */
        ModelSeat: {
            host: string;
            key: boolean;
            local: boolean;
            name: string;
            roles: ("talk" | "evidence" | "stand-in")[];
        };
        /**
         * @description Who interviews: `offline`, or a model by its name. All else is for coaches and admins alone, who may test it.
         *
         *     `off` tells what keeps a model that is set up from being called: the setting, or the switch `interviewer model off`.
         *     `env_file` is where settings are kept.
         */
        ModelShown: {
            budget: components["schemas"]["ModelBudget"] | null;
            /** @default  */
            env_file: string;
            /** @default offline */
            interviewer: string;
            /** @default  */
            key_stays: string;
            /** @default false */
            may_test: boolean;
            /**
             * @default
             * @enum {string}
             */
            off: "" | "setting" | "switch";
            /** @default [] */
            seats: components["schemas"]["ModelSeat"][];
        };
        /** @description What the interviewer did in a turn and why: the move's kind, its reasons, and what came close. */
        MoveShown: {
            kind: string;
            /** @default director */
            picked_by: string;
            /** @default [] */
            reasons: string[];
            /** @default [] */
            runners_up: string[];
            /** @default  */
            topic: string;
            turn: number;
        };
        /** @description A message; `cmid` is minted once per act of the user's and kept for every retry (P7). */
        Msg: {
            /** @default null */
            board_rev: number | null;
            body: string;
            cmid: string;
            /** @constant */
            t: "msg";
        };
        /** @description The message was not stored. Only `rate` and `unavailable` are retried, after `retry_ms` (P10). */
        Nack: {
            cmid: string;
            /** @enum {string} */
            code: "rate" | "too_long" | "closed" | "invalid" | "conflict" | "unavailable";
            /** @default null */
            retry_ms: number | null;
            /**
             * @default nack
             * @constant
             */
            t: "nack";
        };
        /** @description The closest thing said where something was looked for and not found. */
        NearestMiss: {
            quote: string;
            turn: number;
            why: string;
        };
        /** @description A line of the hidden sheet that nobody asked for. */
        NeverAsked: {
            fact: string;
            say: string;
        };
        /** @description A board to be stored; the revision it was made from goes in `If-Match`. */
        NewBoard: {
            scene: {
                [key: string]: unknown;
            };
        };
        /**
         * @description A comment, pinned to a turn or on the whole; the candidate reads it only where it is shared. `line` is the contested
         *     line that it answers.
         */
        NewComment: {
            line: string | null;
            /** @default false */
            shared: boolean;
            text: string;
            turn: number | null;
        };
        /** @description Words of a turn, by character offsets, for or against an item (`criterion/item`) or a flag. */
        NewEvidence: {
            end: number;
            reason: string;
            /** @default true */
            stands_for: boolean;
            start: number;
            target: string;
            turn: number;
        };
        /** @description A message without a socket; the rules of `cmid` are the same (P9). */
        NewMessage: {
            board_rev: number | null;
            body: string;
            cmid: string;
        };
        /**
         * @description A change of a criterion's level (1 to 4, None for not assessed) or of an item's state ("met", "not_met",
         *     "not_observable"). Item targets are `criterion/item`.
         */
        NewOverride: {
            reason: string;
            target: string;
            to: number | string | null;
        };
        /** @description The candidate's turn of a finished interview to take up again. */
        NewRetry: {
            turn: number;
        };
        /** @description How somebody wants to be interviewed. `minutes` are spoken minutes; the typed pace gives half as much again. */
        NewSession: {
            /**
             * @default senior
             * @enum {string}
             */
            level: "mid" | "senior" | "staff";
            minutes: (15 | 30 | 45 | 60) | null;
            /**
             * @default practice
             * @enum {string}
             */
            mode: "practice" | "mock";
            /**
             * @default typed
             * @enum {string}
             */
            pace: "spoken" | "typed";
            persona: string | null;
            plan: string | null;
            scenario: string;
            seed: number | null;
        };
        /** @description Which stream a socket may follow; `internal` is for coaches. */
        NewTicket: {
            /**
             * @default public
             * @enum {string}
             */
            stream: "public" | "internal";
        };
        /** @description Something odd on the board, such as a loose arrow or an unlabelled box. */
        OddSeen: {
            kind: string;
            label: string;
            part: string;
        };
        /** @description Something that the interview offered, and in which turn. */
        Offer: {
            minute: number | null;
            turn: number;
            what: string;
        };
        /** @description Something that the interview offered, and when. */
        OfferShown: {
            minute: number | null;
            turn: number;
            what: string;
        };
        /** @description The one open fix: what it is, where it comes from, and the drill that goes with it on another problem. */
        OpenFix: {
            drill: string | null;
            /** @default  */
            note_to_self: string;
            session: string;
            text: string;
        };
        /** @description Whether there was a chance: how much the candidate said in the window, and whether we asked (in which turns). */
        Opportunity: {
            asked_by_interviewer: boolean;
            /** @default [] */
            asked_in: number[];
            candidate_words: number;
        };
        /** @description A coach's change: `target` is a criterion or flag id. The issued value stays in place. */
        Override: {
            at: string;
            by: string;
            from: unknown;
            reason: string;
            target: string;
            to: unknown;
        };
        /** @description A coach's own levels by criterion id; None is "not assessed". */
        OwnLevels: {
            levels: {
                [key: string]: (1 | 2 | 3 | 4) | null;
            };
        };
        /** @description A box on the board as the interviewer sees it; `role` is empty where it is unknown. */
        PartSeen: {
            id: string;
            label: string;
            role: string;
        };
        /** @description An account of this installation. */
        Person: {
            id: string;
            name: string;
            roles: ("candidate" | "coach" | "admin")[];
        };
        /** @description A phase of the plan, with the moment at which it should be over if the clock runs on. */
        PhaseShown: {
            /** Format: date-time */
            ends_at: string;
            id: string;
            name: string;
        };
        /** @description A phase of a plan. */
        PlanPhase: {
            id: string;
            minutes: number;
            name: string;
        };
        /** @description All plans. */
        Plans: {
            items: components["schemas"]["PlanShown"][];
            next: string | null;
        };
        /** @description A plan that an interview can follow, with minutes a phase when spoken. */
        PlanShown: {
            id: string;
            name: string;
            phases: components["schemas"]["PlanPhase"][];
            why: string;
        };
        /** @description Something to fix or to keep: text, what it rests on, and what a stronger answer would have said here. */
        Point: {
            evidence: string[];
            /** @default  */
            example: string;
            refs: string[];
            text: string;
        };
        /** @description How somebody likes the room: theme, how answers are announced to a screen reader, single-key shortcuts. */
        Preferences: {
            /**
             * @default whole
             * @enum {string}
             */
            announce: "whole" | "sentence" | "off";
            /**
             * @default senior
             * @enum {string}
             */
            level: "mid" | "senior" | "staff";
            /**
             * @default practice
             * @enum {string}
             */
            mode: "practice" | "mock";
            /**
             * @default typed
             * @enum {string}
             */
            pace: "spoken" | "typed";
            /** @default true */
            single_keys: boolean;
            /**
             * @default system
             * @enum {string}
             */
            theme: "system" | "light" | "dark";
        };
        /** @description Something that may be lost (P15): the interviewer is thinking, or waits for the candidate to finish. */
        Presence: {
            /** @enum {string} */
            kind: "thinking" | "waiting";
            on: boolean;
            /**
             * @default eph
             * @constant
             */
            t: "eph";
        };
        /** @description An error (RFC 9457, application/problem+json). `type` is stable; `detail` is for people. */
        Problem: {
            /** @default  */
            detail: string;
            /** @default [] */
            errors: {
                [key: string]: unknown;
            }[];
            /** @default  */
            instance: string;
            status: number;
            title: string;
            type: string;
        };
        /** @description Evidence in the candidate's own words: `quote` is `turn`'s raw text from `start` to `end` (code points, end exclusive). */
        Quoted: {
            /** @default  */
            context: string;
            /** @default unprompted */
            credit: components["schemas"]["Credit"];
            end: number;
            /** @default  */
            id: string;
            observer: string;
            p: number;
            /** @enum {string} */
            polarity: "supports" | "against";
            quote: string;
            source_turn: number | null;
            start: number;
            subject: string;
            turn: number;
        };
        /** @description How many messages may be sent at once, and how many a second in the long run. */
        Rate: {
            burst: number;
            per_s: number;
        };
        /** @description How one thinks it went, said before the card is shown. */
        Rating: {
            /** @default  */
            best: string;
            /**
             * @default
             * @enum {string}
             */
            level: "" | "mid" | "senior" | "staff" | "below";
            /** @default  */
            next_time: string;
            /** @default  */
            worst: string;
        };
        /** @description Why. */
        Reason: {
            reason: string;
        };
        /** @description A moment taken up again: both answers, and what the second shows that the first did not (item texts). */
        RetryCompared: {
            after: string;
            before: string;
            gained: string[];
            lost: string[];
            question: string;
            session: string;
            turn: number;
        };
        /**
         * @description The coach's page of one interview. While `hidden` (blind first), `card` and `issued` are None: criteria come with
         *     names only, so that one's own levels are one's own.
         */
        Review: {
            boards: components["schemas"]["BoardMoment"][];
            card: components["schemas"]["Scorecard"] | null;
            changes: components["schemas"]["Change"][];
            comments: components["schemas"]["CommentShown"][];
            contests: components["schemas"]["ContestShown"][];
            criteria: components["schemas"]["CriterionName"][];
            fairness: components["schemas"]["FairnessShown"];
            hidden: boolean;
            issued: components["schemas"]["Scorecard"] | null;
            moves: components["schemas"]["MoveShown"][];
            other_flags: components["schemas"]["FlagName"][];
            own: {
                [key: string]: number | null;
            };
            rating: components["schemas"]["Rating"] | null;
            room: components["schemas"]["Room"];
            session: components["schemas"]["SessionShown"];
        };
        /** @description The room at `seq`: the session's state, the conversation in order, what is on the board and what was last hinted. */
        Room: {
            board: components["schemas"]["BoardSeen"] | null;
            /** @default 0 */
            board_rev: number;
            hint: components["schemas"]["HintShown"] | null;
            /** @default 0 */
            seq: number;
            state: components["schemas"]["SessionState"] | null;
            /** @default [] */
            turns: components["schemas"]["TurnShown"][];
        };
        /** @description Which rubric the card was made by; `version` is sha256:… over its files. */
        RubricRef: {
            name: string;
            version: string;
        };
        /** @description All problems. */
        Scenarios: {
            items: components["schemas"]["ScenarioShown"][];
            next: string | null;
        };
        /** @description A problem on the lobby's shelf, with how one's own attempts at it went. `plans` are those that suit it. */
        ScenarioShown: {
            /** @default 0 */
            attempts: number;
            best: number | null;
            /** @default  */
            difficulty: string;
            id: string;
            /** @enum {string} */
            kind: "d" | "p" | "h";
            last_at: string | null;
            last_session: string | null;
            minutes: number;
            plan: string;
            plans: string[];
            title: string;
        };
        /** @description Everything the candidate and the coach get. `disputes` are the items and flags on which observers differ. */
        Scorecard: {
            by: string[];
            /** @default [] */
            capped_by: string[];
            /**
             * @default {
             *       "hints": 0,
             *       "attempt": 1
             *     }
             */
            conditions: components["schemas"]["Conditions"];
            criteria: components["schemas"]["CriterionResult"][];
            decided_most: components["schemas"]["Point"] | null;
            /** @default [] */
            disputes: string[];
            estimates: components["schemas"]["EstimateResult"][];
            evidence: (components["schemas"]["Quoted"] | components["schemas"]["Absent"])[];
            /**
             * @default {
             *       "offered": [],
             *       "not_offered": [],
             *       "our_failed_turns": 0,
             *       "minutes_by_topic": {}
             *     }
             */
            fairness: components["schemas"]["Fairness"];
            fix_first: components["schemas"]["Point"][];
            flags: components["schemas"]["FlagResult"][];
            /** @default  */
            indicative_why: string;
            /** @default  */
            key: string;
            /** @enum {string} */
            kind: "d" | "p" | "h";
            lead_share: components["schemas"]["LeadShare"] | null;
            /** @enum {string} */
            level: "mid" | "senior" | "staff";
            /** @default [] */
            never_asked: components["schemas"]["NeverAsked"][];
            /** @default [] */
            notes: string[];
            overall: number | null;
            /** @default [] */
            overrides: components["schemas"]["Override"][];
            plan: string;
            /** @enum {string} */
            recommendation: "strong-no-hire" | "no-hire" | "lean-no-hire" | "lean-hire" | "hire" | "strong-hire" | "not-assessed";
            /** @default true */
            recommendation_indicative: boolean;
            rubric: components["schemas"]["RubricRef"];
            scenario: string | null;
            /**
             * @default 1
             * @constant
             */
            schema: 1;
            session: string;
            strengths: components["schemas"]["Point"][];
            title: string | null;
        };
        /** @description The card of a transcript that was handed in, with its turns as they were read; nothing of it is kept. */
        Scored: {
            card: components["schemas"]["Scorecard"];
            room: components["schemas"]["Room"];
        };
        ServerFrame: components["schemas"]["Welcome"] | components["schemas"]["Ack"] | components["schemas"]["Nack"] | (components["schemas"]["EvCandidateMessage"] | components["schemas"]["EvTurnStarted"] | components["schemas"]["EvAgentChunk"] | components["schemas"]["EvTurnRestarted"] | components["schemas"]["EvAgentFinal"] | components["schemas"]["EvTurnFailed"] | components["schemas"]["EvBoardSaved"] | components["schemas"]["EvBoardRead"] | components["schemas"]["EvHintGiven"] | components["schemas"]["EvCorrection"] | components["schemas"]["EvSessionState"]) | components["schemas"]["Beat"] | components["schemas"]["Presence"];
        /** @description Interviews, the one with the latest event first; `next` is the cursor of what follows, None at the end. */
        SessionPage: {
            items: components["schemas"]["SessionShown"][];
            next: string | null;
        };
        /**
         * @description An interview in a list. `minutes` are those that were chosen, for a spoken one; `lasted` is how many of the candidate's
         *     were used, once it is over. `overall` and `recommendation` stand once there is a card; both are those that hold now.
         *     `contested` counts lines that wait for an answer; `looked_at` tells a coach that they have seen the card.
         */
        SessionShown: {
            attempt: number;
            candidate: string;
            candidate_id: string;
            /** @default 0 */
            contested: number;
            /** @default false */
            dismissed: boolean;
            id: string;
            /** @enum {string} */
            kind: "d" | "p" | "h";
            /** Format: date-time */
            last_at: string;
            lasted: number | null;
            left_s: number | null;
            /** @enum {string} */
            level: "mid" | "senior" | "staff";
            /** @default false */
            looked_at: boolean;
            minutes: number;
            /** @enum {string} */
            mode: "practice" | "mock";
            overall: number | null;
            /** @enum {string} */
            pace: "spoken" | "typed";
            phase: string | null;
            plan: string;
            recommendation: string | null;
            retry_of: string | null;
            /** @default false */
            reviewed: boolean;
            scenario: string;
            /** @enum {string} */
            scorecard: "none" | "pending" | "ready";
            /** Format: date-time */
            started_at: string;
            /** @enum {string} */
            state: "open" | "paused" | "ended";
            title: string;
            why: string | null;
        };
        /**
         * @description A session as its candidate may see it, whole. `now` is the moment it was true; while `running` is False the clock
         *     stands, and what is left is `ends_at` less `now`.
         */
        SessionState: {
            /** @default 1 */
            attempt: number;
            by: string;
            /** Format: date-time */
            ends_at: string;
            hints_left: number;
            level: string;
            /** @enum {string} */
            mode: "practice" | "mock";
            /** Format: date-time */
            now: string;
            pace: string;
            phase: string;
            phases: components["schemas"]["PhaseShown"][];
            /** @default false */
            rated: boolean;
            retry_of: string | null;
            running: boolean;
            scenario: string;
            /** @enum {string} */
            scorecard: "none" | "pending" | "ready";
            /** @enum {string} */
            state: "open" | "paused" | "ended";
            title: string;
            why: string | null;
        };
        /** @description A coach's word on a flag. */
        Settlement: {
            at: string;
            by: string;
            reason: string;
        };
        /** @description A word on a flag, with its reason. */
        Settling: {
            reason: string;
            /** @enum {string} */
            to: "confirmed" | "recovered" | "dropped";
        };
        /** @description Something that may be lost: the candidate is typing, is drawing, or wants to hold the floor (P15). */
        Sign: {
            /** @enum {string} */
            kind: "typing" | "drawing" | "hold";
            on: boolean;
            /** @constant */
            t: "eph";
        };
        /** @description The one-time code of a sign-in or invite link. */
        SignIn: {
            code: string;
        };
        /** @description A session folded at `seq`: what a client needs to begin anew from there (P5). */
        Snapshot: {
            epoch: string;
            room: components["schemas"]["Room"];
            seq: number;
            session: string;
        };
        /** @description A session's state after an act on it. */
        StateShown: {
            state: components["schemas"]["SessionState"];
        };
        /** @description A ticket for one socket, good once and for half a minute. */
        Ticket: {
            expires_in: number;
            ticket: string;
        };
        /** @description The interviewer began to think about a turn. */
        TurnBegun: {
            attempt: number;
            turn: string;
        };
        /** @description Chunks of lower attempts are void. */
        TurnBegunAnew: {
            attempt: number;
            turn: string;
        };
        /** @description A turn that could not be answered for a defect of ours; saying something asks again. */
        TurnLost: {
            reason_code: string;
            turn: string;
        };
        /**
         * @description A line of the conversation. `n` counts finished lines from 1 in the order of the transcript, None while an answer
         *     is still on its way; `state` is "done", "speaking" or "failed".
         */
        TurnShown: {
            /** Format: date-time */
            at: string;
            /** @default 1 */
            attempt: number;
            board_rev: number | null;
            by: string | null;
            cmid: string | null;
            /** @default [] */
            corrections: string[];
            /** @default false */
            cut_off: boolean;
            n: number | null;
            phase: string | null;
            /** @enum {string} */
            role: "candidate" | "interviewer";
            seq: number;
            /**
             * @default done
             * @enum {string}
             */
            state: "done" | "speaking" | "failed";
            /** @default false */
            stood_in: boolean;
            text: string;
            turn: string | null;
        };
        /**
         * @description The answer to a hello (P4). `head` is the last seq there is, `hb` the heartbeat in seconds, `max` the longest body
         *     in bytes, `win` how many messages may wait for their ack; `now` is the server's clock.
         */
        Welcome: {
            conn: string;
            epoch: string;
            hb: number;
            head: number;
            max: number;
            /** Format: date-time */
            now: string;
            rate: components["schemas"]["Rate"];
            /**
             * @default welcome
             * @constant
             */
            t: "welcome";
            win: number;
        };
        /** @description What is asked for by control: the next phase, or to come to the close with its two questions. */
        Wish: {
            /** @enum {string} */
            wish: "next" | "close";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
