"""The same few orders in the languages next likely in an interview: to drop the instructions, to show what is hidden, to
give marks.

Stems of words in three sets, compared without accents. Two of them have to meet in one sentence that is not English, so
that a design told in another language is no order.
"""

from __future__ import annotations

import re
import unicodedata

from interviewer.interview.disguises import undressed
from interviewer.interview.words import STOP_WORDS

_DROP = (
    "ignorier|vergiss|ignor|oublie|olvida|dimentica|esque[cç]a|negeer|vergeet|zignoruj|zapomnij|игнор|забудь|忽略|无视|無視|忘れ|忘记"
    "|무시|잊어|تجاهل|انس|अनदेखा|भूल|yok say|unut|bo qua|quen|abaikan|lupakan"
)
_RULES = (
    "anweisung|instruktion|regeln|vorgaben|instruction|consigne|regles|instruccion|reglas|istruzion|regole|instruco|regras|instructies|regels"
    "|instrukcj|zasad|инструкц|указани|правил|指令|指示|规则|ルール|지시|규칙|تعليمات|قواعد|निर्देश|नियम|talimat|kural|chi dan|huong dan|instruksi|perintah"
)
_GIVE = (
    r"\bzeig|verrat|\bgib\b|\bnenn|montre|revele|affiche|donne|muestra|revela|\bdame\b|mostra|rivela|dammi|mostre|\btoon\b|\bgeef\b|pokaz|ujawnij|podaj"
    "|покажи|раскрой|выведи|дай|告诉|显示|给我|输出|表示|教え|見せ|보여|알려|공개|اعرض|اكشف|أعط|दिखा|बता|दो|goster|acikla|cho toi|hien thi|tiet lo|tampilkan|berikan"
)
_HIDDEN = (
    r"systemprompt|prompt|versteckt|geheim|bewertung|hochste stufe|punktzahl|grille|\bcaches?\b|secrete?s?\b|note maximale|puntuacion|ocult|escondid|nascost|punteggio"
    "|verborgen|hoogste score|ukryt|punkt|промпт|скрыт|балл|оценк|隐藏|提示词|分数|評価|プロンプト|隠|採点|시스템|숨겨|채점|점수|مخفي|نقاط|الموجه|छिपे|अंक|प्रॉम्प्ट"
    "|gizli|puan|istem|diem cao|tersembunyi|nilai"
)
_MOST_ENGLISH = 0.25
# in the same letters as what they are compared with, where some of Cyrillic count as Latin
_DROPS, _OF_RULES, _GIVES, _OF_HIDDEN = (
    re.compile(undressed(stems)) for stems in (_DROP, _RULES, _GIVE, _HIDDEN)
)


def is_foreign_order(said: str) -> bool:
    """Whether a sentence in normal form is such an order in another language than English."""
    words = said.split()
    if not words or sum(word in STOP_WORDS for word in words) > _MOST_ENGLISH * len(words):
        return False
    plain = _without_accents(said)
    if _DROPS.search(plain) and _OF_RULES.search(plain):
        return not plain.isascii() or _is_not_english(words)
    return bool(_GIVES.search(plain) and _OF_HIDDEN.search(plain))


def _is_not_english(words: list[str]) -> bool:
    return sum(word in STOP_WORDS for word in words) < 0.15 * len(words)


def _without_accents(said: str) -> str:
    apart = unicodedata.normalize("NFD", said.replace("ı", "i").replace("đ", "d"))
    if apart.isascii():
        return apart
    # Devanagari and Arabic write vowels as marks, which belong to the word
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", apart))
