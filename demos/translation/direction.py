"""English or Portuguese? A guess from the commonest small words and from accents, so that nobody has to choose."""

from __future__ import annotations

import re

from demos.errors import BadInput
from demos.inputs import ChoiceInput

LANGUAGES = {"en": "English", "pt": "Portuguese"}
DIRECTION = ChoiceInput("direction", "From which language into which?", default="auto", options=(
    ("auto", "Find out"), ("en-pt", "English to Portuguese"), ("pt-en", "Portuguese to English")))

_SMALL = {
    "en": "the of and to is was that it for you he she with on his her are be this have from or by not but what we "
          "they all were my me your had an there him who will would no so i i'm it's don't can do did does if how "
          "when where which at in out up them their our been has very good go get know like just want think see tell "
          "said please hello thanks yes why here now then than more some any one two man woman people time day",
    "pt": "o os um uma de da das dos e é que não em na no nas nos para por com se eu ele ela eles elas nós você vocês "
          "meu minha seu sua dele dela está são foi era ser estar tem tenho ter muito mais mas como quando onde quem "
          "isso isto este esta esse essa aqui ali já ao aos à às pelo pela também sim bem bom boa dia obrigado "
          "obrigada por favor fazer vou vai quero quer pode gosto nunca sempre tudo nada porque então ainda hoje "
          "amanhã casa homem mulher pessoas tempo nao voce esta sao",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_ACCENTS = re.compile("[ãõçáâêéíóôúà]")
_ENGLISH_PAIRS = re.compile(r"th|wh|sh|ck|oo|ee|w|k|y|'")
_PORTUGUESE_ENDS = re.compile(r"(?:[aeo]s?|ão|ões|[aei]r|ou|eu|iu|[aei]m)$")


def evidence(text: str) -> float:
    """How much speaks for English (above 0) or Portuguese (below); 0 where nothing does."""
    score = 0.0
    for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.casefold().replace("’", "'")):
        score += 2.0 * ((word in _WORDS["en"]) - (word in _WORDS["pt"])) - 1.5 * bool(_ACCENTS.search(word))
        score += 0.6 * bool(_ENGLISH_PAIRS.search(word)) - 0.3 * bool(_PORTUGUESE_ENDS.search(word))
    return score


def settle(text: str, direction: str) -> tuple[str, str]:
    """The direction to take, and a sentence where a visitor should know about it. Raises BadInput.

    "auto" goes by the evidence, English where there is none.
    """
    if direction not in ("auto", "en-pt", "pt-en"):
        raise BadInput("The direction is one of auto, en-pt and pt-en. Please choose one of these.")
    score = evidence(text)
    found = "pt-en" if score < 0 else "en-pt"
    if direction == "auto":
        unclear = "" if score else "It was not clear which language this is; it was taken for English."
        return found, unclear
    against = abs(score) >= 3 and found != direction
    looks, chosen = LANGUAGES[found[:2]], LANGUAGES[direction[:2]]
    return direction, f"This looks like {looks}, but {chosen} was chosen." if against else ""


def names(direction: str) -> tuple[str, str]:
    """The two languages' English names, such as ("English", "Portuguese")."""
    first, second = direction.split("-")
    return LANGUAGES[first], LANGUAGES[second]
