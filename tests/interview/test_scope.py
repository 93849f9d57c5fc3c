"""Whether a speaker stands behind their words: tables of sentences in many voices, and properties of any text."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewer.interview.scope import Scope, read, scope_at, scope_of
from interviewer.interview.words import clauses

ASSERTED = ""

# sentence, the words looked at, the flags that must hold for them and no other of the six
SPANS = [
    # plain proposals and statements
    ("I would use Redis for the sessions.", "Redis", ASSERTED),
    ("I'd put a queue between the two.", "queue", ASSERTED),
    ("We'd keep the totals in Postgres.", "Postgres", ASSERTED),
    ("Let's go with a log per partition.", "log", ASSERTED),
    ("i think i would use kafka for this", "kafka", ASSERTED),
    ("The client sends an id and the server keeps it for a day.", "id", ASSERTED),
    ("Three replicas, one per zone.", "replicas", ASSERTED),
    ("Users in Postgres. Photos in a bucket.", "Postgres", ASSERTED),
    ("Stock I put in one row, with condition.", "row", ASSERTED),
    ("Not only Redis but also the disk holds it.", "Redis", ASSERTED),
    ("No doubt the cache helps here.", "cache", ASSERTED),
    ("It can't work without a queue.", "queue", ASSERTED),
    ("I would never run it without a replica.", "replica", ASSERTED),
    ("No more than three retries with jitter.", "jitter", ASSERTED),
    ("Reads are eventually consistent, and that's fine for likes.", "eventually consistent", ASSERTED),
    ("Two seconds later the worker retries.", "worker", ASSERTED),
    ("The answer comes a moment later from the replica.", "replica", ASSERTED),
    # conditions about failure are design
    ("If the leader dies, a follower takes over.", "follower", ASSERTED),
    ("If Redis is down we read from the database.", "database", ASSERTED),
    ("When the buffer is full, the oldest lines are dropped.", "oldest lines", ASSERTED),
    ("If the key exists already, the server answers with the first result.", "first result", ASSERTED),
    ("Should the phone lose signal, the app resends with the same id.", "same id", ASSERTED),
    ("When a machine joins, only a part of the ring moves.", "ring", ASSERTED),
    ("if the user press two times, is charged once", "charged once", ASSERTED),
    # negated
    ("There is no cache in front of it.", "cache", "negated"),
    ("The server does not keep state between calls.", "state", "negated"),
    ("Nothing waits on the replica.", "replica", "negated"),
    ("It works without a lock.", "lock", "negated"),
    ("We never delete rows.", "rows", "negated"),
    ("Nobody reads the old log.", "old log", "negated"),
    ("the api doesnt check tokens", "tokens", "negated"),
    ("Neither the cache nor the index is durable.", "index", "negated"),
    ("There isn't any retry in the client.", "retry", "negated"),
    ("Orders cannot be lost.", "lost", "negated"),
    ("The gateway no longer holds a session.", "session", "negated"),
    ("A transaction is not needed there.", "transaction", "negated rejected"),
    ("No locks, no queues, no workers.", "workers", "negated"),
    ("The service hardly uses memory.", "memory", "negated"),
    ("it fails to keep the order", "order", "negated"),
    # a negation ends where its clause does
    ("We don't cache prices, but the pages are cached.", "cached", ASSERTED),
    ("There is no lock because the row has a version.", "version", ASSERTED),
    ("It does not block, so readers see the old copy.", "old copy", ASSERTED),
    ("No queue, just a table.", "table", ASSERTED),
    ("We do not lock; the write carries a version.", "version", ASSERTED),
    ("It doesn't scale, however the replica does.", "replica", ASSERTED),
    ("The page never shows the price, and the cart reads from the primary.", "primary", ASSERTED),
    ("not everything is strict, we relax it for likes", "relax", ASSERTED),
    # rejected before the words
    ("I would not start with microservices.", "microservices", "negated rejected"),
    ("I wouldn't use a graph database here.", "graph database", "negated rejected"),
    ("There's no need for Kafka.", "Kafka", "negated rejected"),
    ("We don't need sharding yet.", "sharding", "negated rejected"),
    ("we dont need kubernetes for this", "kubernetes", "negated rejected"),
    ("I'd use a table instead of a queue.", "queue", "rejected"),
    ("I'd use a table instead of a queue.", "table", ASSERTED),
    ("Rather than a broker, I'd poll.", "broker", "rejected"),
    ("Rather than a broker, I'd poll.", "poll", ASSERTED),
    ("instead of kafka we use postgres", "kafka", "rejected"),
    ("instead of kafka we use postgres", "postgres", ASSERTED),
    ("I decided against two-phase commit.", "two-phase commit", "rejected"),
    ("I'd avoid a distributed lock.", "distributed lock", "rejected"),
    ("I'd skip the service mesh.", "service mesh", "rejected"),
    ("I'm not going to shard on day one.", "shard", "negated rejected"),
    ("I would hold off on a second region.", "second region", "rejected"),
    ("I'm not convinced by CRDTs for stock.", "CRDTs", "negated rejected"),
    ("Why would I put Kafka in front of ten writes a second?", "Kafka", "rejected question"),
    ("I ruled out polling.", "polling", "rejected"),
    ("We will not use blockchain.", "blockchain", "negated rejected"),
    ("I don't think we need a search engine.", "search engine", "negated rejected"),
    ("I'd rather not introduce a second store.", "second store", "negated rejected"),
    ("We needn't replicate across oceans.", "oceans", "negated rejected"),
    ("it makes no sense to shard, there's no reason to add shards", "shards", "negated rejected"),
    ("I leave the recommendations out.", "recommendations", "rejected"),
    # rejected after the words
    ("Kafka is overkill for this.", "Kafka", "rejected"),
    ("A service mesh would be too much here.", "service mesh", "rejected"),
    ("Microservices are premature at this size.", "Microservices", "rejected"),
    ("MD5 of the URL is a bad idea.", "MD5", "rejected"),
    ("Kafka I wouldn't use.", "Kafka", "rejected"),
    ("Sharding we don't need.", "Sharding", "rejected"),
    ("LIKE in Postgres does not work with typing errors.", "LIKE", "rejected"),
    ("Elasticsearch isn't worth it.", "Elasticsearch", "rejected"),
    ("A lock buys us nothing.", "lock", "rejected"),
    ("Kafka would work, but it's overkill.", "Kafka", "rejected"),
    ("You could shard by user, but that's too early.", "shard", "rejected"),
    ("A graph database? No.", "graph database", "rejected question"),
    ("Two regions? Not needed.", "Two regions", "rejected question"),
    ("Postgres for this is nicer to query, and I'd be running it by hand within months, so no.", "Postgres", "rejected"),
    ("A single box is not enough.", "single box", "rejected"),
    ("- hash of the address: no. Two shops may share one.", "hash", "rejected"),
    ("Most people would shard this on day one; nothing in these sums asks for it.", "shard", "quoted rejected"),
    ("One option is a random code. You look if it's free. Soon all are taken, I would not go there.", "random code", "rejected"),
    ("We made it a table. I would not go there with a queue.", "table", ASSERTED),
    ("i do not want the ring i take fixed slots", "ring", "negated rejected"),
    ("i do not want the ring i take fixed slots", "fixed slots", ASSERTED),
    ("The two halves need not meet.", "halves", ASSERTED),
    ("The full slices turn down writes.", "writes", ASSERTED),
    # hypothetical
    ("If we ever needed ordering, we could put Kafka in front.", "Kafka", "hypothetical"),
    ("If we ever needed ordering, we could put Kafka in front.", "ordering", "hypothetical"),
    ("Later we might use Redis.", "Redis", "hypothetical"),
    ("We might add a cache later.", "cache", "hypothetical"),
    ("If the load grew tenfold I'd shard by user.", "shard", "hypothetical"),
    ("Down the road we could split the service.", "split", "hypothetical"),
    ("In version two we would add search.", "search", "hypothetical"),
    ("I could have used a queue.", "queue", "hypothetical"),
    ("Maybe we add a second region.", "second region", "hypothetical"),
    ("if traffic doubles then we go for sharding", "sharding", "hypothetical"),
    ("If I had more time I'd draw the sharding.", "sharding", "hypothetical"),
    ("We could shard it if we outgrew one machine.", "shard", "hypothetical"),
    ("Once we outgrow the box, we split by tenant.", "split", "hypothetical"),
    ("In theory a CRDT would merge these.", "CRDT", "hypothetical"),
    ("We can always add replicas.", "replicas", "hypothetical"),
    ("If the business asks for it, a second store comes in.", "second store", "hypothetical"),
    ("I'm not sure whether Kafka fits.", "Kafka", "hypothetical"),
    ("One day we move this to Cassandra.", "Cassandra", "hypothetical"),
    ("If we used Cassandra we would lose the joins.", "Cassandra", "hypothetical"),
    ("We could shard if needed, but for now one primary is plenty.", "one primary", ASSERTED),
    ("They may be wrong for a few seconds.", "wrong", ASSERTED),
    ("The later write wins, and I keep the older row.", "later write", ASSERTED),
    ("A neighbour is told and delivers later.", "delivers", ASSERTED),
    ("If I have to choose, the cart comes first.", "cart", ASSERTED),
    # past work
    ("At my last company we used Kafka.", "Kafka", "past"),
    ("We used Cassandra at my previous job.", "Cassandra", "past"),
    ("In my old team the queue was RabbitMQ.", "RabbitMQ", "past"),
    ("I have used Cassandra before.", "Cassandra", "past"),
    ("I've built a feed like this on Redis.", "Redis", "past"),
    ("Years ago I ran MySQL with four shards.", "shards", "past"),
    ("At my last place we ran Kafka. It fell over every week.", "fell over", "past"),
    ("At my last place we ran Kafka, so here I'd use it too.", "use it", ASSERTED),
    ("when i worked in a bank we had oracle", "oracle", "past"),
    ("Where I worked, deploys went out in waves.", "waves", "past"),
    ("In my experience people abandon the cart there.", "abandon", "past"),
    ("Back at the bank, the ledger was append-only.", "append-only", "past"),
    ("in my company we use mongo for everything", "mongo", "past"),
    ("We once lost a region for a day.", "region", "past"),
    ("In a former role I operated a ring of forty nodes.", "ring", "past"),
    ("At my old bank it went like this: take a number, then wait.", "take a number", "past"),
    ("Money goes back when the seller confirms.", "Money", ASSERTED),
    ("That was the point of it in the first place.", "point", ASSERTED),
    ("I tuned one once. Levelled files rewrite a byte ten times.", "rewrite", ASSERTED),
    # said by others
    ("You said a second of staleness is fine.", "staleness", "quoted"),
    ("As you mentioned, carts are strict.", "strict", "quoted"),
    ("The vendor claims exactly-once delivery.", "exactly-once", "quoted"),
    ("People always go cluster, cluster, cluster.", "cluster", "quoted"),
    ("'exactly once' is what it says on the box", "exactly once", "quoted"),
    ("The page says “always available” in bold.", "always available", "quoted"),
    ("According to the docs the write is atomic.", "atomic", "quoted"),
    ("Some would say you need microservices.", "microservices", "quoted"),
    ("They say Redis Cluster is strongly consistent, but I'd test that.", "test", ASSERTED),
    ("I read that Cassandra loses updates.", "loses updates", "quoted"),
    ("Everyone reaches for Kafka.", "Kafka", "quoted"),
    ("the blog said: shard early", "shard early", "quoted"),
    ("It's the users' data and it isn't ours.", "data", ASSERTED),
    ("The node asks according to the ring.", "ring", ASSERTED),
    ("I put read copies in each region.", "read copies", ASSERTED),
    # questions
    ("How many users do we have?", "users", "question"),
    ("Do we need ordering?", "ordering", "question"),
    ("Is search in scope, or only the feed?", "feed", "question"),
    ("how many writes a second do you expect", "writes", "question"),
    ("okay so do we need to support video", "video", "question"),
    ("I'd like to know how strict the counts are.", "strict", "question"),
    ("Can I assume one region.", "one region", "question"),
    ("We hold the money or only pass to seller?", "money", "question"),
    ("If the link is cut, would they rather have an error?", "link", "question"),
    ("So that's a gigabyte a second, right?", "gigabyte", ASSERTED),
    ("It goes to S3, okay?", "S3", ASSERTED),
    ("What I'd do is keep a log.", "log", ASSERTED),
    ("Could you tell me whether guests may buy?", "guests", "question"),
    ("We keep ten million rows, is that fine?", "ten million rows", ASSERTED),
    ("Have the client retry with the same key.", "same key", ASSERTED),
]  # fmt: skip


def _flags(scope: Scope) -> set[str]:
    return {
        name
        for name in ("negated", "hypothetical", "past", "quoted", "question", "rejected")
        if getattr(scope, name)
    }


@pytest.mark.parametrize(("sentence", "words", "flags"), SPANS)
def test_words_carry_the_scope_their_clause_gives_them(sentence: str, words: str, flags: str) -> None:
    start = sentence.index(words)
    assert _flags(scope_at(sentence, start, start + len(words))) == set(flags.split())


# a clause whole: sentence, the clause by a word in it, the flag, whether it holds
CLAUSES = [
    ("Actually, no, the count is per day.", "Actually", "corrected", True),
    ("Wait, I should have said gigabytes.", "gigabytes", "corrected", True),
    ("Scratch that, it is thirty terabytes.", "Scratch", "corrected", True),
    ("Ha, hang on.", "hang", "corrected", True),
    ("Old posters hang on walls for years.", "posters", "corrected", False),
    ("For baskets this is good enough.", "baskets", "conceded", False),
    ("hold on i miscounted", "miscounted", "corrected", True),
    ("Let me correct the peak.", "peak", "corrected", True),
    ("On second thought, two copies.", "second thought", "corrected", True),
    ("sorry i meant per second", "per second", "corrected", True),
    ("It is actually quite small.", "small", "corrected", False),
    ("We wait for two of three acknowledgements.", "wait", "corrected", False),
    ("The correct total is kept by one row.", "total", "corrected", False),
    ("You're right, the retry would charge twice.", "right", "conceded", True),
    ("Good catch.", "catch", "conceded", True),
    ("Fair point, it breaks there.", "Fair", "conceded", True),
    ("That is a real gap in my design.", "gap", "conceded", True),
    ("I hadn't considered clock skew.", "clock", "conceded", True),
    ("Then what I promised does not hold.", "promised", "conceded", True),
    ("The right replica answers.", "replica", "conceded", False),
    ("Good, so the core is a log.", "Good", "conceded", False),
]


@pytest.mark.parametrize(("sentence", "word", "flag", "holds"), CLAUSES)
def test_a_clause_shows_second_thoughts(sentence: str, word: str, flag: str, holds: bool) -> None:
    at = sentence.index(word)
    clause = next(clause for clause in clauses(sentence) if clause.start <= at < clause.end)
    assert getattr(scope_of(clause, sentence), flag) is holds


def test_only_what_is_asserted_is_plain() -> None:
    assert scope_at("I would use Redis.", 12, 17).plain
    assert not scope_at("I would not use Redis.", 16, 21).plain


def test_nothing_stands_in_an_empty_text() -> None:
    assert read("").scopes == ()
    assert scope_at("", 0, 0) == Scope()


@given(st.text(), st.integers(0, 60), st.integers(0, 60))
@example("not '", 4, 5)
@example("if 'a' \ud800", 3, 9)
def test_any_text_has_scopes_and_the_same_ones_each_time(text: str, start: int, length: int) -> None:
    reading = read(text)
    assert len(reading.scopes) == len(reading.clauses)
    assert scope_at(text, start, start + length) == reading.scope_at(start, start + length)


@pytest.mark.parametrize("unit", ["not ", "'a ", "i would not ", "if we ever ", "(", "no, ", "a"])
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        read.cache_clear()  # what it kept would be told at once
        began = time.perf_counter()
        read(text)
        return time.perf_counter() - began

    seconds(1_000)
    most = 24 * max(min(seconds(10_000) for _ in range(2)), 0.002)
    # Another process on the machine may slow one of them.
    assert any(seconds(80_000) < most for _ in range(2)), most


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("At my old shop the rule went like this: three copies, since a disk died each week.", "a disk died"),
        ("In my previous team we did it this way, one writer per table, so nobody waited.", "nobody waited"),
        ("At my last job we kept three copies, one abroad. That was another company, though.", "one abroad"),
    ],
)
def test_a_story_of_another_job_goes_on_to_the_end_of_its_sentence(text: str, words: str) -> None:
    at = text.index(words)
    assert scope_at(text, at, at + len(words)).past


def test_a_story_ends_where_the_speaker_turns_to_this_design() -> None:
    text = "At my last job it went like this: three copies everywhere, but here I'd keep two."
    at = text.index("keep two")
    assert not scope_at(text, at, at + 8).past


@pytest.mark.parametrize(
    "after", ["I'm not proposing it.", "I haven't decided anything.", "But we aren't there."]
)
def test_what_is_disclaimed_afterwards_was_supposed_as_a_whole(after: str) -> None:
    text = f"One could imagine a copy in each region, so reads stay close. {after}"
    at = text.index("reads stay close")
    assert scope_at(text, at, at + 5).hypothetical


def test_a_disclaimer_takes_nothing_back_that_was_said_of_this_design() -> None:
    text = "We keep a copy in each region. I haven't decided who writes."
    assert scope_at(text, 3, 9).plain
