"""Observables that a pattern in one clause cannot tell: sums, paths through the parts, and how people answer.

Each detector looks at the whole interview as read and gives sightings in the candidate's own words. They are named
in criteria.yaml by `detector`. Like signs they hold a share of doubt, which is their `p`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from interviewer.interview.quantities import quantities
from interviewer.interview.rubric import Kind
from interviewer.interview.words import Span, stems
from interviewer.scoring.interview_reading import Exchange, InterviewReading
from interviewer.scoring.signs import Reading, is_inventory, quote_at, raw_quote


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where an observable shows: the turn as read, the raw span that shows it, and how sure that is."""

    reading: Reading
    span: Span
    p: float


Detector = Callable[[InterviewReading], Iterator[Sighting]]

OPENING_WORDS = 240
"""How much of the candidate's talk counts as the opening, in words."""
LEAST_RATE = 50
"""A rate below this many a second sizes nothing."""
WINDOW = 420
"""A path through the parts is told within so many characters."""


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(text.split())})\b", re.IGNORECASE)


_PERSON = re.compile(
    r"\b(?:users?|people|persons?|somebody|anybody|buyers?|sellers?|riders?|drivers?|viewers?|uploaders?|creators?|clickers?|readers?|followers?"
    r"|visitors?|guests?|customers?|marketers?|owners?|shoppers?|friends?|family|passengers?|couriers?|she|he|her|him|audiences?|who (?:is|are|uses|creates|posts)"
    r"|the public|anonymous|pupils|home ?page|phones?|mobile|screens?|apps?)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:wants?|needs?|cares?|sees?|shown|looks? for|opens?|taps?|pays?|buys?|pastes?|choose|chooses|can they|can he|do they|edit(?:ing)?|features?|in scope"
    r"|aliases|expiry|stats|blocks?|private|comments?|posting|following|follow|likes?|guests?|account|offline|signal|catalogue|clips|live|pictures|picked for me|goes to|own word|journey|problem are we solving)\b",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    r"\b(?:latency|ms|milli\w*|how (?:many|much|big|large|fat|fast|quick\w*|often|old|long|late|strict)|size|volume|traffic|throughput|peak|reads?|writes?|per second|a second"
    r"|stale|staleness|old|los[et]|lost|disappears?|down|available|availability|uptime|durab\w+|retention|order(?:ing)?|region|regions|zones?|sites?|data cent\w+|delay|budget|worse|dead"
    r"|consisten\w+|wrong|safe|reachable|fails?|gone|cut|target|keep)\b",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"\b(?:database|postgres|mysql|redis|cassandra|kafka|queue|replicas?|shards?|partitions?|cdn|cache|servers?|nodes?|primary|leader|index|log|workers?|hash|token|ttl|gateway|broker|s3|object storage|bytes|gb|tb)\b",
    re.IGNORECASE,
)


def recognises_kind(interview: InterviewReading) -> Iterator[Sighting]:
    """The opening is on the side that the kind of problem calls for: people, load and guarantees, or both."""
    opening, words = [], 0
    for reading in interview.own:
        if not any(is_inventory(reading.text[low:high]) for low, high in reading.lines):
            opening.append(reading)
        words += len(reading.turn.text.split())
        if words >= OPENING_WORDS:
            break
    people = [(reading, match) for reading in opening for match in _frames(_PERSON, _WISH, reading)]
    system = [
        (reading, match)
        for reading in opening
        for match in _SYSTEM.finditer(reading.text)
        if _asking_or_figured(reading, match)
    ]
    persons, systems = (
        len({m.group().lower() for _, m in people}),
        len({m.group().lower() for _, m in system}),
    )
    kind = interview.transcript.kind
    right = {
        Kind.distributed: systems >= 2 and systems >= persons,
        Kind.product: persons >= 2,
        Kind.hybrid: persons >= 1 and systems >= 1 and persons + systems >= 4,
    }[kind]
    shown = system if kind is Kind.distributed else people
    if right and shown:
        reading, match = shown[0]
        yield Sighting(reading, quote_at(reading, match.start(), match.end()), 0.75)


def _frames(one: re.Pattern[str], other: re.Pattern[str], reading: Reading) -> Iterator[re.Match[str]]:
    for match in one.finditer(reading.text):
        if other.search(reading.text, max(0, match.start() - 60), min(len(reading.text), match.end() + 60)):
            yield match


def _asking_or_figured(reading: Reading, match: re.Match[str]) -> bool:
    low, high = max(0, match.start() - 80), match.end() + 80
    around = reading.text[low:high]
    return "?" in around or any(char.isdigit() for char in around) or reading.spoken


def both_sides(interview: InterviewReading) -> Iterator[Sighting]:
    """A sentence in which what a person needs settles what the machine does, in an interview that treats both."""
    persons = sum(1 for reading in interview.own if len(list(_frames(_PERSON, _WISH, reading))) >= 2)
    machines = sum(
        1
        for reading in interview.own
        if len({m.group().lower() for m in _MACHINE.finditer(reading.text)}) >= 3
    )
    if persons < 3 or machines < 3:
        return
    for reading in interview.own:
        for match in _REASON.finditer(reading.text):
            around = reading.text[max(0, match.start() - 160) : match.end() + 160]
            if (
                _PERSON.search(around)
                and _WISH.search(around)
                and (_MACHINE.search(around) or _SYSTEM.search(around))
            ):
                yield Sighting(reading, quote_at(reading, match.start(), match.end()), 0.7)
                return


_REASON = re.compile(
    r"\b(?:so|because|since|that.s why|which must|must|otherwise|therefore)\b", re.IGNORECASE
)


# ------------------------------------------------------------------------------------------------------------- sums


def everyday_rate(interview: InterviewReading) -> Iterator[Sighting]:
    """A rate by time that the candidate worked out and that is not far off, or one they brought in themselves."""
    for one in interview.sums:
        unit = str(one.estimate.claimed.unit)
        if not one.estimate.flagged and unit.endswith(("/s", "/day", "/h", "/min")):
            sure = 0.85 if one.estimate.verdict == "ok" else 0.6
            yield Sighting(one.reading, Span(one.estimate.start, one.estimate.end), sure)
    told: set[float] = set()
    for reading in interview.readings:
        for quantity in quantities(reading.turn.text):
            if reading.turn.role == "interviewer":
                told.add(quantity.si)
            elif (
                str(quantity.unit) in ("1/s", "B/s") and quantity.si >= LEAST_RATE and quantity.si not in told
            ):
                yield Sighting(reading, raw_quote(reading, quantity.start, quantity.end), 0.55)


def storage_size(interview: InterviewReading) -> Iterator[Sighting]:
    """An amount of data that the candidate worked out and that is not far off."""
    for one in interview.sums:
        unit = str(one.estimate.claimed.unit)
        if not one.estimate.flagged and unit.startswith("B") and not unit.endswith("/s"):
            yield Sighting(
                one.reading,
                Span(one.estimate.start, one.estimate.end),
                0.85 if one.estimate.verdict == "ok" else 0.6,
            )


def shows_working(interview: InterviewReading) -> Iterator[Sighting]:
    """Two sums or more with their inputs said, recomputed and found sound."""
    sound = [one for one in interview.sums if one.estimate.verdict == "ok" and len(one.estimate.inputs) >= 2]
    if len(sound) >= 2:
        for one in sound[:3]:
            yield Sighting(one.reading, Span(one.estimate.start, one.estimate.end), 0.8)


# ------------------------------------------------------------------------------------------------------------ paths

_PART = _words(
    "balancers? gateways? servers? services? workers? consumers? producers? brokers? queues? kafka sqs rabbit\\w* kinesis streams? topics? logs? caches? redis memcached? "
    "cdn edge pops? prox(?:y|ies) sidecars? routers? coordinator leaders? followers? primary replicas? standby master namenode nodes? shards? partitions? databases? "
    "postgres mysql cassandra dynamo\\w* scylla\\w* buckets? s3 storage index(?:er)? agents? collectors? evaluators? notifiers? schedulers? relay outbox registry librar(?:y|ies) "
    "clients? phones? apps? devices? sockets? tables? disks? memory rows? machines? owners? neighbours? producers? dns resolvers?"
)
_FLOW = _words(
    "appends? writes? wrote reads? sends? sent puts? publish\\w* picks? pulls? pushes returns? answers? acks? acknowledg\\w+ commits? inserts? deletes? looks? "
    "checks? stores? uploads? forwards? replicates? passes hands? lands? drops? fetch\\w* ask asks batch\\w* ships? flush\\w* hashes redirects? goes takes? "
    "caches? merges? marks? updates? assigns? produces? consumes? serves? routes? gives? compares? cuts? keeps? holds? tells? reaches gets falls? adds?"
)
_ROLE = re.compile(
    r"^\W{0,3}(?:\w+ ){0,2}?(?:for|holds?|keeps?|stores?|does|do|takes?|serves?|owns?|reads?|writes?|checks?|decides?|pulls?|picks?|sends?|appends?|answers?|maps?|merges?|knows?"
    r"|computes?|watch(?:es)?|counts?|routes?|gives?|gets?|that|which|where|with|leads?|asks?|absorbs?|makes?|says?|who|makes?|builds?|fills?|publish\w*|subtracts?|hands?|owns)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:event backbone|choreograph\w*|bounded contexts?|fabric|topology|elasticity|paradigm|synerg\w*|cloud[- ]native|mesh|data gravity|self-heal\w*|convergence|converging|reactive|leverag\w*|holistic|seamless\w*|best of breed|event-driven|correlation|optimiser)\b",
    re.IGNORECASE,
)


def end_to_end_flow(interview: InterviewReading) -> Iterator[Sighting]:
    """A stretch of talk in which one thing passes through several parts, each doing something to it."""
    for reading in interview.own:
        span = _path(reading)
        if span is not None:
            yield Sighting(reading, span, 0.75)


def _path(reading: Reading) -> Span | None:
    for clause in range(len(reading.starts)):
        low = reading.starts[clause]
        stretch = reading.text[low : low + WINDOW]
        parts = {m.group().lower().rstrip("s") for m in _PART.finditer(stretch)}
        doings = {m.group().lower()[:4] for m in _FLOW.finditer(stretch)}
        if len(parts) >= 4 and len(doings) >= 4 and not _VAGUE.search(stretch):
            end = max(m.end() for pattern in (_PART, _FLOW) for m in pattern.finditer(stretch))
            return quote_at(reading, low, low + min(end, WINDOW // 2))
    return None


def parts_with_roles(interview: InterviewReading) -> Iterator[Sighting]:
    """At least four different parts, each followed by what it does."""
    found: dict[str, tuple[Reading, int, int]] = {}
    for reading in interview.own:
        for match in _PART.finditer(reading.text):
            if _ROLE.match(reading.text[match.end() : match.end() + 40]) and not _VAGUE.search(
                reading.text, match.start(), match.end() + 80
            ):
                found.setdefault(match.group().lower().rstrip("s"), (reading, match.start(), match.end()))
    if len(found) >= 5:
        for reading, start, end in list(found.values())[:3]:
            yield Sighting(reading, quote_at(reading, start, end), 0.7)


_TAP = _words(
    "opens? taps? sees? pays? finds? types? pastes? scrolls? search\\w* picks? chooses? waits? watch\\w* uploads? receives? tracks? books? returns? cancels? prints? presses "
    "posts? publish\\w* follows? shows? shown gets? sends? looks? drags? books? requests? accepts? rates? joins? refresh\\w* clicks? shares? reads? abandon tries carries"
)


def journey(interview: InterviewReading) -> Iterator[Sighting]:
    """A stretch in which people, not machines, do four things or more one after the other."""
    for reading in interview.own:
        for clause in range(len(reading.starts)):
            low = reading.starts[clause]
            stretch = reading.text[low : low + WINDOW]
            taps = {m.group().lower()[:4] for m in _TAP.finditer(stretch)}
            people = len(_PERSON.findall(stretch))
            machines = len(_MACHINE.findall(stretch))
            if (
                len(taps) >= 4
                and people >= 3
                and people > machines
                and not reading.text[low : low + WINDOW].count("?")
            ):
                yield Sighting(reading, quote_at(reading, low, low + min(len(stretch), WINDOW // 2)), 0.7)
                break


# ---------------------------------------------------------------------------------------------------------- answers

_EVADES = re.compile(
    r"\b(?:i (?:don.?t|do not|wouldn.?t) (?:like|want) to guess|(?:it )?depends (?:on|really)|(?:not|nothing) (?:a lot|much|really)\W|i think we.?re (?:good|fine)"
    r"|(?:wouldn.?t|would not) (?:hang|worry|overthink|burn|bother|spend)|(?:somebody|someone) else.?s?\b|another (?:squad|team|group)"
    r"|(?:front-?end|web|moderation|product|finance|data|pm|mobile|design|platform|other) (?:squad|folks|people|team|layer|side|guys)(?:.?s)? (?:can|would|will|world|comes?|sorts?|decides?|handles?|owns?)"
    r"|(?:product|they|pms?|ops) can (?:settle|decide|sort)|will get there|i.?ll get to that|leave (?:that|this|it) to|it (?:just )?scales|scales? (?:by itself|automatically)|you just (?:add|tune|buy)"
    r"|the (?:app|client|framework|library|cloud) (?:just )?(?:handles|takes care|does that)|details? later|something like that|in the nature of|not my (?:area|side|part)|nothing (?:really )?(?:breaks|gives|to add))\b",
    re.IGNORECASE,
)
_ASKED_AGAIN = re.compile(
    r"\b(?:i (?:lost|couldn.?t follow|could not follow|didn.?t follow|don.?t follow|didn.?t get)|concretely|same question|let me (?:narrow|step in|stop you|repeat|rephrase|ask again)"
    r"|(?:isn.?t|is not|wasn.?t|not) what i(?:.?m| am| was)? (?:after|asked|asking|looking)|all the same|please (?:settle|answer|stay)|(?:put|leave|set) .{0,40} aside|belongs? to another team"
    r"|let me give you .{0,20}anyway|once more|back to (?:my|the) question|you haven.?t (?:said|answered|told)|but (?:which|what|where|how) (?:exactly|precisely|then|do|does|is)\b)",
    re.IGNORECASE,
)


def answers_the_question(interview: InterviewReading) -> Iterator[Sighting]:
    """Most questions are met by their subject; few are evaded or have to be put twice."""
    asked = [one for one in interview.exchanges if one.question and len(stems(one.asked)) >= 3]
    if len(asked) < 3:
        return
    missed = sum(1 for one in asked if _EVADES.search(one.said[:400]))
    again = sum(1 for one in asked if _ASKED_AGAIN.search(one.asked))
    if missed + again > 0.25 * len(asked):
        return
    best = max(
        asked,
        key=lambda one: (len(stems(one.asked) & stems(one.answer[0].text[:300])), -one.answer[0].turn.n),
    )
    yield Sighting(best.answer[0], _opening(best.answer[0]), 0.7)


def _opening(reading: Reading) -> Span:
    return quote_at(reading, 0, min(len(reading.text), 60)) if reading.text.strip() else Span(0, 0)


_MECHANISM = re.compile(
    r"\b(?:if|when|until|after|before|once|then|unless)\b.{4,140}\b(?:reject\w*|refus\w*|retri\w*|elect\w*|promot\w*|expire\w*|drops?|delet\w+|append\w*|commit\w*|merg\w+|copies|moves?|writes?|reads?|version|"
    r"takes over|catch\w*|replay\w*|returns?|increment\w*|invalidat\w+|waits?|gets? the|fetch\w*|skips?|fails?|answers?)\b",
    re.IGNORECASE,
)


def goes_below_names(interview: InterviewReading) -> Iterator[Sighting]:
    """In a good share of the longer turns the candidate says what happens, under which condition, with figures."""
    long = [reading for reading in interview.own if len(reading.turn.text.split()) >= 45]
    deep = []
    for reading in long:
        match = _MECHANISM.search(reading.text)
        if (
            match
            and not _VAGUE.search(reading.text)
            and re.search(r"\d|\b(?:two|three|one|five|ten|second)\b", reading.text)
        ):
            deep.append((reading, match))
    if len(deep) >= 4 and len(deep) >= 0.5 * len(long):
        for reading, match in deep[:3]:
            yield Sighting(reading, quote_at(reading, match.start(), match.end()), 0.75)


_CHALLENGE = re.compile(
    r"\b(?:comfortable|are you sure|why (?:that|this|not|these|make|write|any|would|do you|is it)|^why\b|why\b.{0,60}\?|what made you|would you (?:go over|run|reconsider)|did you (?:consider|weigh|think)|have merit|already exist"
    r"|suppose|but (?:what|if|then|how|they|that|you|it|the)|though\b|rather than|i change my mind|here.?s a change|change of plan|new (?:requirement|wish)|now (?:asks?|wants?)|same question|what does (?:that|each|it)|has happened"
    r"|modified|would be waiting|and how many|which (?:server|machine)|cost you|they (?:have|need|tell|say)|i lost|twice)\b",
    re.IGNORECASE,
)
_YIELDS = re.compile(
    r"\b(?:you(?:.?re| are) right|fair(?: point| enough)?|good (?:catch|point|question)|point taken|(?:that.?s|that is|it.?s) on me|i (?:was|am) wrong|(?:was|is) (?:wrong|lazy|careless|sloppy|a mistake|an oversight)"
    r"|i (?:missed|overlooked|forgot|skated|skipped|glossed|hadn.?t|did(?:n.?t| not) (?:see|say|think|consider|account))|no longer (?:holds|works|true)|is void|(?:doesn.?t|does not|won.?t) (?:hold|work|fly)"
    r"|then,? no|what i.?ve described is wrong|i was missing|let me (?:see|think|redo|fix|correct)|i (?:take|took) (?:that|it) back|i must correct|i.?d have to (?:change|add)|hm+|ah\b|no,? wait|oh,? right"
    r"|that (?:changes|breaks|kills)|then i.?d|correct,|sorry|true,|yes,? that.?s (?:a problem|bad|wrong)|agreed)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:so|then|instead|therefore|now|i.?d|i would|we.?d|i take|i give|let.?s|must|becomes?|has to|make it|switch|add|mint\w*|second table|for carts|strict|keep both|goes? to|own full)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:i.?d (?:leave|keep) (?:it|the one|that|this|things)|i(?:.?d| would)? keep (?:it )?(?:like this|as it is|it)|i(?:.?d)? (?:stay|stick) with (?:it|that|my)|so i stay|i (?:would|will) not go back|no need to (?:change|add)"
    r"|nah\b|i.?m not (?:bending|changing|adding)|(?:i )?do(?:n.?t| not) want to (?:complicate|change)|(?:is|it.?s|that.?s) (?:sufficient|good enough|fine as it is)|as i (?:said|already said)|like i said|that.?s (?:already )?(?:covered|what i have|the whole point)"
    r"|yeah,? exactly|i.?d rather (?:buy|keep|not)|(?:there.?s|there is) (?:only )?one right way|that (?:never|doesn.?t|won.?t) happen|(?:won.?t|doesn.?t) happen in practice)\b",
    re.IGNORECASE,
)
_FASHION = re.compile(
    r"\b(?:netflix|uber|google|amazon|discord|linkedin|facebook|everyone (?:uses|does)|everybody (?:uses|does|knows)|every (?:developer|engineer|company)|reference architecture|best practice|industry standard|what (?:you|people|everybody) use"
    r"|always worked|never had (?:a )?problem|at (?:my|our) (?:last|old|previous)|where i worked|nobody (?:ever )?got (?:fired|in trouble)|battle[- ]tested|proven technology|state of the art)\b",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"\b(?:because|since|otherwise|so that|which means|that.?s why|the reason|if (?:i|it|we|they|all|order|that)|costs?|price|loses?|pay|but)\b",
    re.IGNORECASE,
)


def takes_feedback(interview: InterviewReading) -> Iterator[Sighting]:
    """Pushed on something, the candidate grants it and changes the design, more often than not."""
    taken: list[Sighting] = []
    refused = 0
    for one in _challenged(interview):
        first = one.answer[0]
        head = first.text[:220]
        if _REFUSES.search(one.said):
            refused += 1
            continue
        match = _YIELDS.search(head)
        if match and _CHANGES.search(one.said[match.end() :]):
            taken.append(Sighting(first, quote_at(first, match.start(), match.end()), 0.75))
    if len(taken) > refused:
        yield from taken[:3]


def defends_under_challenge(interview: InterviewReading) -> Iterator[Sighting]:
    """Challenged, the candidate answers with a reason and a figure or a second option, not with who else does it."""
    held: list[Sighting] = []
    dodged = 0
    for one in _challenged(interview):
        first = one.answer[0]
        if _FASHION.search(one.said) or _REFUSES.search(one.said):
            dodged += 1
            continue
        reasons = list(_CARRIES.finditer(first.text))
        if len(reasons) >= 2 and re.search(
            r"\d|\b(?:two|three|half|twice|ten|hundred|thousand)\b", first.text
        ):
            held.append(Sighting(first, quote_at(first, reasons[0].start(), reasons[0].end()), 0.7))
    if len(held) > dodged:
        yield from held[:3]


def _challenged(interview: InterviewReading) -> Iterator[Exchange]:
    for one in interview.exchanges[1:]:
        if _CHALLENGE.search(one.asked):
            yield one


_STRAYS = re.compile(
    r"\b(?:oh before|before i forget|speaking of|by the way|btw|going back to that|i should(?:.?ve| have) said|actually,? before that|lol|haha|where was i|funny story|back in the day|reminds me|long story|off topic"
    r"|fun fact|little known|interesting(?:ly)? (?:bit|part|detail)|the nice (?:part|bit|thing)|i had a (?:vp|boss|vendor|colleague)|oh and)\b",
    re.IGNORECASE,
)
LONGEST_TURN = 230


def keeps_to_the_point(interview: InterviewReading) -> Iterator[Sighting]:
    """Turns are of bearable length, strays are rare, and the interviewer need not pull them back."""
    turns = [reading for reading in interview.own if len(reading.turn.text.split()) >= 12]
    questions = sum(1 for one in interview.exchanges if len(stems(one.asked)) >= 3)
    if len(turns) < 4 or questions < 3:
        return
    strays = sum(1 for reading in turns if _STRAYS.search(reading.text))
    long = sum(1 for reading in turns if len(reading.turn.text.split()) > LONGEST_TURN)
    pulled = sum(1 for one in interview.exchanges if _ASKED_AGAIN.search(one.asked))
    evaded = sum(1 for one in interview.exchanges if _EVADES.search(one.said[:400]))
    if strays + long + pulled + evaded <= 0.2 * len(turns):
        best = min(turns, key=lambda reading: abs(len(reading.turn.text.split()) - 80))
        yield Sighting(best, _opening(best), 0.65)


DETECTORS: dict[str, Detector] = {
    one.__name__: one
    for one in (
        recognises_kind,
        both_sides,
        everyday_rate,
        storage_size,
        shows_working,
        end_to_end_flow,
        parts_with_roles,
        journey,
        answers_the_question,
        goes_below_names,
        takes_feedback,
        defends_under_challenge,
        keeps_to_the_point,
    )
}
"""Detectors by the name that criteria.yaml gives them."""
