"""What "Break it" does to a text beside typing errors: denies it, disguises its letters, adds friendly words."""

from __future__ import annotations

import math
import random

DENIAL = "It is not true that"
LOOK_ALIKES = str.maketrans("aeiostlbgAEIOSTLBG", "431057189431057189")
FRIENDLY = ("see you at home tonight, mum is cooking and we are all waiting for you, so come soon and tell us how your "
            "day was, and we can go for a walk later if you are not too tired").split()


def deny(text: str, times: float) -> str:
    """The text denied so many times over: "It is not true that ..."; twice is no denial any more."""
    if times <= 0:
        return text
    first, _, rest = text.partition(" ")
    # a word that is written large for itself, such as a name or "I", cannot be told from the start of a sentence
    small = first if first.isupper() else first[:1].lower() + first[1:]
    inner = f"{small} {rest}".strip()
    return f"{DENIAL} {f'{DENIAL[0].lower()}{DENIAL[1:]} ' * (round(times) - 1)}{inner}"


def disguise(text: str, percent: float) -> str:
    """So many per cent of the letters that have a look-alike among the digits, replaced: "fr33 pr1ze".

    A stronger change keeps what a weaker one replaced.
    """
    places = [i for i, letter in enumerate(text) if letter != letter.translate(LOOK_ALIKES)]
    random.Random(0).shuffle(places)
    letters = list(text)
    for i in places[:math.ceil(percent / 100 * len(places))]:
        letters[i] = letters[i].translate(LOOK_ALIKES)
    return "".join(letters)


def befriend(text: str, words: float) -> str:
    """The text with so many words after it that friends write."""
    return " ".join([text, *FRIENDLY[:round(words)]]) if words > 0 else text
