"""Words and marks of a sentence for the classical method, and a sentence made of words again."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?:https?://|www\.)[^\s<>"”]*[^\s<>"”.,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[@#]\w+|</?[A-Za-z][^<>]*>"""
    r"""|\S{100,}|\.{2,}|-{2,}|[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+|\d[\d.,:/-]*\d|\d|[^\W\d_]+(?:['’-][^\W\d_]+)*|\S""")
_CLOSING, _OPENING = frozenset(".,;:!?)]}%…»”’"), frozenset("([{«“‘$€£¿¡")
_ALIKE = str.maketrans("’‘“”", "''\"\"")
# what Portuguese always writes as one word
_JOINED = {("de", "o"): "do", ("de", "a"): "da", ("de", "os"): "dos", ("de", "as"): "das", ("em", "o"): "no",
           ("em", "a"): "na", ("em", "os"): "nos", ("em", "as"): "nas", ("em", "um"): "num", ("em", "uma"): "numa",
           ("por", "o"): "pelo", ("por", "a"): "pela", ("por", "os"): "pelos", ("por", "as"): "pelas", ("a", "o"): "ao",
           ("a", "os"): "aos", ("a", "a"): "à", ("a", "as"): "às"}


def tokens(sentence: str) -> list[str]:
    """Words, numbers, addresses and single marks, in order."""
    return _TOKEN.findall(sentence)


def plain(token: str) -> str:
    """How a token is looked up: small letters, plain quotes."""
    return token.translate(_ALIKE).lower()


def sentence(words: list[str], capital: bool) -> str:
    """The words with spaces where they belong; `capital` for a large first letter."""
    text, inside, glued = "", False, True
    for word in words:
        quote = word == '"'
        closes = word in _CLOSING or (quote and inside)
        text += ("" if glued or closes else " ") + word
        glued = word in _OPENING or (quote and not inside)
        inside ^= quote
    first = re.search(r"[^\W\d_]", text)
    if capital and first:
        text = text[:first.start()] + text[first.start()].upper() + text[first.end():]
    return text


def joined(words: list[str]) -> list[str]:
    """Portuguese words with "de o" written as "do", and so on."""
    made: list[str] = []
    for word in words:
        both = _JOINED.get((made[-1].lower(), word.lower())) if made else None
        made[-1:] = [both] if both else [*made[-1:], word]
    return made
