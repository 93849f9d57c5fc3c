"""Whether somebody speaks English, by the small words: of English, and of the languages next likely in an interview.

Terse English has few small words of its own ("Cache: Redis, TTL 60 s"), so their absence proves nothing; what proves
another language is another script, or more small words of others than of English.
"""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.interview.words import STOP_WORDS, tokens

LEAST_LETTERS = 200
"""With fewer letters nothing is said of the language."""
LATIN_SHARE = 0.6
"""Share of Latin letters below which it is another script."""
SMALL_SHARE = 0.08
"""Share of words that are small words of another language from which it may be that one."""

_OTHERS = {
    "German": "der die das und ist nicht ein eine einen einem den dem des mit für auf von zu zum zur wir ich es sich auch wie wenn dann oder aber nach bei noch nur kann muss haben hat werden wird sind",
    "Spanish": "el la los las un una unos y de del que en es por para con se lo su sus al como pero más si cuando entonces hay muy este esta esto son está tiene puede cada",
    "French": "le la les un une des et de du que qui dans est pour avec se ce cette ces il elle nous je on au aux par sur pas plus mais ou où si donc alors comme sont être faire peut",
    "Portuguese": "o os as um uma e de do da dos das que em é para com se no na nos nas por como mas mais ou quando então isso este esta são está tem pode cada eu nós",
    "Italian": "il lo la i gli le un una e di del della dei che in è per con si al come ma più o se quando allora questo questa sono ha può ogni non anche poi",
    "Dutch": "de het een en van ik je is dat die niet op te zijn met voor maar om ook als dan er aan bij naar wordt kan moet hebben heeft wij we hoe wat deze dit of",
    "Polish": "i w na z do że nie się jest to jak ale po co tak za od przez dla czy by są może mamy jeśli gdy więc oraz",
    "Turkish": "ve bir bu için ile de da ne çok daha gibi ama sonra kadar var yok olarak her olan ben biz değil mi eğer",
    "Swedish": "och att det i en ett är som på för av med den till inte om har jag vi de så kan men från eller vid ska",
    "Danish": "og det i en et er som på for av af med den til ikke om jeg vi de så kan men fra eller ved hvis skal har",
    "Finnish": "ja on ei se että kun niin ovat mutta jos sitten tai myös joka mikä hän me minä ole sen voi kuinka eli",
    "Hungarian": "a az és hogy nem is egy van meg de ha mert vagy csak még már akkor ez azt lesz kell minden mi",
    "Romanian": "și de la în nu că este un o pe cu ce din mai pentru se sunt dar sau dacă care apoi ar fi va le",
    "Czech": "a v na z do že ne se je to jak ale po co tak za od pro aby jsou může když nebo si bych",
    "Indonesian": "yang dan di ke dari untuk dengan ini itu tidak adalah akan pada kita saya bisa ada atau juga jika karena setiap oleh",
    "Vietnamese": "và là của có không cho được các một những tôi thì với để trong này khi sẽ nếu đến người từ ra",
    "Hindi": "hai hain ka ki ke ko se mein main aur ek yeh woh kya nahi hum toh bhi kar karna hoga hota agar phir matlab liye wala taaki jaye",
}  # fmt: skip
_SHARED = frozenset({"a", "i", "o", "e", "v", "z", "s", "c", "d", "y"})
_SMALL = {name: frozenset(words.split()) - STOP_WORDS - _SHARED for name, words in _OTHERS.items()}


def is_other_language(texts: Iterable[str]) -> bool:
    """Whether the texts together are in another language than English; False where too little was said to tell."""
    words = [token.text.lower() for text in texts for token in tokens(text)]
    letters = [char for word in words for char in word if char.isalpha()]
    if len(letters) < LEAST_LETTERS:
        return False
    if sum(char < "\N{LATIN SMALL LETTER TURNED DELTA}" for char in letters) < LATIN_SHARE * len(letters):
        return True
    english = sum(word in STOP_WORDS for word in words)
    foreign = max(sum(word in small for word in words) for small in _SMALL.values())
    return foreign >= SMALL_SHARE * len(words) and foreign > english
