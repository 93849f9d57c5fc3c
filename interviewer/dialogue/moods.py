"""What a turn does besides its content: help wanted, orders given, being stuck, leading on, buzzwords, another language.

Patterns of how people say such things, and counts. Content acts (asks, proposes, decides, …) are read by
`interview/acts.py`; what is here matters to the conversation only and is never evidence.
"""

from __future__ import annotations

import re
import unicodedata

from interviewer.interview.heard import Act
from interviewer.interview.technologies import technologies
from interviewer.interview.words import STOP_WORDS, clauses, tokens

_MOODS: tuple[tuple[Act, str], ...] = (
    (Act.wants_hint, r"\b(?:(?:can|could|may) (?:i|you) (?:get|have|give me) (?:a|another|some) (?:hint|nudge|clue|pointer)|(?:a|any) (?:hint|clue)s?\b.{0,12}\?|give me a (?:hint|clue|nudge)|i need a (?:hint|clue|nudge)|hint please)"),
    (Act.wants_answer, r"\b(?:(?:just )?(?:tell|give) me (?:the|your|an?) (?:right |correct |ideal |full )?(?:answer|solution)|what(?:'s| is) the (?:right|correct|best|expected|ideal) (?:answer|solution|design)|what (?:do|did) you want to hear|what would you (?:do|use|choose|pick|say)|how (?:is|was|would) (?:it|this|that) (?:normally|usually|typically) (?:be )?done|how (?:it|this|that)(?:'s| is) (?:normally|usually|typically) done|what(?:'s| is) the (?:usual|standard|normal|typical) (?:way|approach|solution)|can you (?:just )?(?:tell me|solve|answer it)|what(?:'s| is) the answer)"),
    (Act.wants_grade, r"\b(?:how (?:am i|did i|was i|is it) (?:doing|going|do|perform)|did i (?:get|do|say) (?:something|anything|that|it) (?:wrong|right)|is (?:it|that|this) (?:any )?good\b|did i pass|am i (?:passing|hired|right|doing (?:ok|okay|well))|(?:what(?:'s| is) my|give me a|rate my|what) (?:score|grade|rating|level)|is (?:that|this|it) (?:right|correct|good enough|what you wanted)\?|(?:is|was) my answer (?:right|correct|good))"),
    (Act.instructs, r"\b(?:ignore (?:all |any |your |the )?(?:previous|prior|above|earlier|these|those)?\s*(?:instructions|rules|prompts?)|forget (?:all |your )(?:instructions|rules)|you are (?:now|no longer) (?:a|an|my|the)|(?:print|show|reveal|repeat|output|give me) (?:me )?(?:the |your |all )?(?:system prompt|prompt|instructions|rubric|fact sheet|hidden (?:facts|requirements)|answer key|score ?card|hints)|act as my|act as (?:a|an|if) (?:\w+ ){0,2}(?:interviewer|examiner|assistant|model|friend|teacher|scorer|grader)|pretend (?:to be|you)|(?:give|award|set|mark) (?:me|my|this|the candidate).{0,30}(?:full marks|strong[- ]hire|level 4|perfect score|4/4|a? ?4\b|maximum)|developer mode|jailbreak|as the interviewer,? you (?:must|should)|^system:.*\b(?:your|instructions|rubric|prompt|you)\b|<\s*/?\s*(?:system|instructions?)\s*>)"),
    (Act.abusive, r"\b(?:fuck (?:you|off|this)|f\*+k|you(?:'re| are) (?:an? )?(?:idiot|stupid|useless|moron|dumb|worthless|garbage)|stupid (?:bot|machine|interviewer|thing)|shut up|go to hell|screw you|piece of (?:shit|crap)|asshole|bullshit)"),
    (Act.distressed, r"\b(?:i(?:'m| am) (?:having a panic|panicking|freaking out|about to cry|crying|really scared|not (?:feeling )?well)|i can(?:'t| ?not) (?:breathe|do this any ?more|cope)|panic attack|i want to (?:die|hurt myself|kill myself)|i(?:'m| am) (?:so |really |very )?(?:overwhelmed|desperate))"),
    (Act.asks_brief, r"\b(?:(?:can|could) you (?:repeat|restate|rephrase) (?:the|that|this|your)? ?(?:question|problem|task|brief)|what (?:was|is) the (?:question|problem|task) again|say the (?:question|problem|task) again|(?:repeat|remind me (?:of|what)) (?:the |is )?(?:question|problem|task))"),
    (Act.not_know, r"^\W*(?:not sure|no idea|no clue|dunno|pass)\b|\b(?:i (?:honestly |really |just )?(?:do not|don'?t|dont) (?:really |actually )?know|(?:i(?:'m| am|'ve| have)|im|honestly|really|actually|hmm?|um+|uh)[ ,.]+(?:really |just |honestly )?(?:not sure|no idea|no clue)(?! (?:if|whether) (?:we|you))|i(?:'ve| have) (?:never|no)(?: experience| done| worked| used)?.{0,20}(?:with (?:that|this)|that|this) before|i have no (?:idea|clue)|haven'?t (?:done|used|thought|seen)|can'?t (?:remember|recall)|beats me|you(?:'ve)? got me)"),
    (Act.stuck, r"\b(?:i(?:'m| am) (?:a bit |kind of |totally |completely )?(?:stuck|lost|blocked|blank(?:ing)?)|my mind (?:is|went) blank|i(?:'m| am) not sure (?:how|what|where) to (?:go|do|continue|start|proceed|say)|where (?:do|should) i (?:even )?(?:start|begin)|i (?:can'?t|cannot) (?:think|figure)|don'?t know (?:where|how) to (?:start|go|continue|proceed)|(?:give|ask|have|get|try) (?:me )?an? (?:smaller|easier|simpler) question)"),
    (Act.done, r"(?:\b(?:that'?s (?:it|all|about it|everything|pretty much it|the (?:whole )?design|my (?:design|answer))|i(?:'m| am) (?:done|finished)|i think (?:that'?s (?:it|all)|we(?:'re| are) done|i(?:'m| am) done|i covered)|nothing (?:else|more)|no(?:thing)? more from me|what(?:'s| is| would you like) next|(?:what|where) (?:else )?(?:would|do|should|shall) (?:you|i) (?:want|like)?(?: me)? ?to (?:cover|discuss|see|hear|talk|go|focus|dive)|(?:what|where) should i (?:go|focus|dive|cover)|anything else you|(?:ready|happy) to move on|let'?s move on|we can move on|next (?:part|phase|topic|question)(?: please)?\W*$)|^\W*(?:done|next|that is all|that's all|ok next)\W*$)"),
    (Act.wants_end, r"(?:\b(?:(?:let(?:'?s| us)|(?:can|could|may|shall|should) (?:we|i)|i(?:'d| would) (?:really |now )*(?:like|want|prefer) to|i (?:really |now )*want to|i(?:'m| am)(?: now)?(?= (?:end|stopp|finish)ing)|(?:^|[.!?;]\s*)(?:ok(?:ay)?,? )?we can) (?:please |just )?(?:stop|end|finish|ending|stopping|finishing|wrap up|call it a day|leave it)(?: it| this| the interview| at that)?(?: here| there| now| for today)?(?:,? please)?(?:,? if (?:that'?s|that is|it'?s|you)[^.!?]{0,30})?|i(?:'ve| have)?(?: got| need)? to (?:go|leave|run)(?: now)?|(?:that'?s|this is) enough for (?:today|me)|(?:end|close|stop) (?:the|this|our) (?:interview|session)(?: here| now| there| please)*|end of (?:the |this )?interview|i quit|i(?:'m| am) done with (?:this|the) interview)\s*(?:[.!?;]|,? (?:thanks|thank you|because|sorry)\b|$)|(?:^|[.!?,]\s*)(?:ok(?:ay)?,? )?(?:good ?)?bye\b(?: bye\b)?)"),
    (Act.disputes, r"\b(?:you (?:said|told me|mentioned|gave me) (?!it|to |that we|we).{0,60}(?:before|earlier|ago|just now|minutes|first)|(?:earlier|before|minutes ago|just now),? you (?:said|told|gave)|that(?:'s| is) not what you said|didn'?t you say|you(?:'re| are) contradicting)"),
    (Act.offers_depth, r"\b(?:i (?:could|can) (?:go|dive|get) (?:deeper|into|in depth)|(?:should|shall|do you want me to) (?:i )?(?:go|dive|get) (?:deeper|into)|want me to (?:go|dive|explain|elaborate)|happy to (?:go|dive|expand))"),
    (Act.continues, r"(?:\b(?:let me (?:think|see|draw|start|continue|finish|go on|just|walk|explain|begin|first|write)\b[^.?!]{0,40}|first(?:ly)?|to start with|one (?:second|sec|moment|minute)|hold on|give me a (?:second|sec|minute|moment)|i(?:'ll| will) (?:continue|go on|come to|get to)[^.?!]{0,30}|next i(?:'ll| will)[^.?!]{0,40})\W*$|[:,]\s*$|(?:\.\.\.|…)\s*$|\b(?:shall|should|can) i (?:go on|continue|proceed|move on|carry on)\b)"),
    (Act.needs_time, r"(?:\b(?:i (?:just )?need|give me|let me have|can i (?:have|get)|i(?:'d| would) like|i(?:'ll| will) take) (?:just )?(?:a|one|another|some) (?:few )?(?:second|sec|minute|min|moment|bit|time)s?\b|\blet me think\b|\b(?:one|just a) (?:second|sec|minute|moment)\b|^\W*(?:hold|hang) on\b)"),
    (Act.moves_on, r"\b(?:(?:can|could|shall|should|may) (?:we|i)|let(?:'s| us)|i(?:'d| would) like to|(?:ready|happy|want) to|ok(?:ay)?,? (?:now )?) ?(?:now )?(?:move|moving|go|proceed|jump|skip) (?:on|ahead|over)?,? ?(?:(?:in)?to|with) (?:the )?(?:next (?:part|phase|topic|section|step|bit)|design|architecture|high[- ]level)|\bnext (?:part|phase|section)(?:,? (?:please|pls|now))?\W*$|^\W*(?:(?:ok(?:ay)?|so|right|al ?right)[,\s]+)?(?:let(?:'s| us) move|moving) on\b(?! (?:from|with my))"),
    (Act.off_topic, r"\b(?:(?:what|how)(?:'s| is) (?:the weather|your (?:name|day|weekend|favou?rite))|who (?:made|built|trained|created) you|are you (?:a )?(?:human|real|robot|bot|an? ai|chatgpt)|(?:tell me|know) a joke|what(?:'s| is) the salary|how much (?:does|do) (?:this|you|the) (?:job|position|role|company) pay|when (?:do|will) i hear back)"),
)  # fmt: skip
_PATTERNS = tuple((act, re.compile(pattern, re.I)) for act, pattern in _MOODS)

_BUZZ = re.compile(
    r"\b(?:cloud[- ]native|event[- ]driven|micro-?services?|cqrs|event sourcing|serverless|service mesh|horizontally scal\w+|auto-?scal\w+|highly available|fault[- ]tolerant|scalable|seamless\w*|robust|cutting[- ]edge|best[- ]in[- ]class|"
    r"synerg\w+|leverag\w+|ai[- ]powered|blockchain|big data|data lake|zero[- ]trust|reactive|polyglot|domain[- ]driven|ddd|hexagonal|saga pattern|circuit breakers?|eventual(?:ly)? consisten\w+|kubernetes|containeri[sz]ed|orchestrat\w+|real[- ]time|enterprise[- ]grade)\b",
    re.I,
)
_MECHANISM = re.compile(
    r"\b(?:because|so that|which means|then|when|if|until|each|every|per|key(?:ed)?|index\w*|row|column|id|hash|write[s]?|read[s]?|look[s]? up|send[s]?|return[s]?|store[s]?|check[s]?|\d+)\b",
    re.I,
)
RAMBLING_WORDS = 260
SHORT_WORDS = 45
LONG_SENTENCE = 60
ENOUGH_LETTERS = 40
SOME_LETTERS = 4
SOME_SHARE = 0.25


def moods(text: str) -> tuple[Act, ...]:
    """The moods of a turn, in the order of the list above; several may hold."""
    found = [act for act, pattern in _PATTERNS if _holds(act, pattern, text[:20_000])]
    if Act.instructs in found and Act.wants_answer in found:
        found.remove(Act.wants_answer)
    if is_buzzwords(text):
        found.append(Act.buzzwords)
    if _rambles(text):
        found.append(Act.rambles)
    if other_language(text):
        found = [Act.other_language]
    return tuple(found)


def _holds(act: Act, pattern: re.Pattern[str], text: str) -> bool:
    """Whether the mood is there; being lost is the turn's mood only where little else was said, or where it ends so."""
    if act in (Act.needs_time, Act.moves_on) and len(text.split()) > SHORT_WORDS // 2:
        return False
    if act not in (Act.not_know, Act.stuck, Act.wants_end):
        return pattern.search(text) is not None
    short = len(text.split()) <= SHORT_WORDS
    return any(short or match.start() > 0.75 * len(text) for match in pattern.finditer(text))


def is_buzzwords(text: str) -> bool:
    """Whether names stand in place of a mechanism: three or more, and hardly a verb that does anything."""
    names = {match.group().lower() for match in _BUZZ.finditer(text)} | {
        name.lower() for name, *_ in technologies(text)
    }
    words = len(text.split())
    mechanisms = len(_MECHANISM.findall(text))
    return len(names) >= 3 and mechanisms <= max(1, words // 25) and words <= 160


def other_language(text: str) -> bool:
    """Whether the turn is in another language than English: few of its words are English function words, or its letters are not Latin."""
    letters = [char for char in text if char.isalpha()]
    if not letters:  # no word at all, only little pictures
        return any(unicodedata.category(char) == "So" for char in text) and not any(map(str.isdigit, text))
    if len(letters) < ENOUGH_LETTERS:
        return _is_short_and_foreign(text, letters)
    if sum(char.isascii() for char in letters) / len(letters) < 0.6:
        return True
    words = [token.text for token in tokens(text[:4000]) if token.text.isalpha()]
    if len(words) < 12:
        return _is_short_and_foreign(text, letters)
    if any(name for name in technologies(text)) and len(words) < 20:
        return False
    return sum(word in STOP_WORDS for word in words) / len(words) < 0.08 and _foreign(words) > 0.15


_FOREIGN = frozenset(
    "de la el los las un una que y en es por para con no se le les des du et est une dans pour qui sur pas nous vous der die das und ist nicht ein eine ich wir sie mit auf für von zu den dem"
    " il lo di che per sono non della con si um uma os as do da em não com mais e o och att det som på en är för av ett jag vi i ja nie się jest na do że to w z".split()
)


_GREETS = frozenset(
    "hola gracias entiendo comprendo perdón español castellano puedo puede quiero usaría haría pero qué cómo cuál bonjour merci comprends français je peux voudrais mais c'est hallo danke verstehe deutsch kann können"
    " möchte würde aber olá obrigado obrigada entendo português posso mas ciao grazie capisco italiano posso vorrei ma cześć dziękuję rozumiem ahoj nerozumím privet spasibo".split()
)
"""Words of content that a short message in another language is likely to hold."""


_SHARED = frozenset("a am an as do he in me no on so was will".split())
"""Small words of English that are words of other languages too."""


def _is_short_and_foreign(text: str, letters: list[str]) -> bool:
    """Whether a message too short for shares is in another language: none of its words is one of English's small ones."""
    if len(letters) >= SOME_LETTERS and sum(char < "\u0250" for char in letters) < len(letters) / 2:
        return True
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    if len(words) < 2 or any(word in STOP_WORDS and word not in _FOREIGN | _SHARED for word in words):
        return False
    told = [word for word in words if word in _GREETS or word in _FOREIGN and word not in STOP_WORDS]
    odd = any(char in "¿¡" or char.isalpha() and not char.isascii() for char in text)
    return len(told) >= (1 if odd else 2) and len(told) >= SOME_SHARE * len(words)


def _foreign(words: list[str]) -> float:
    return sum(word in _FOREIGN for word in words) / len(words)


def _rambles(text: str) -> bool:
    words = len(text.split())
    if words < RAMBLING_WORDS:
        return False
    sentences = {clause.sentence for clause in clauses(text)}
    return words / len(sentences) > LONG_SENTENCE or words > 3 * RAMBLING_WORDS
