"""What "Break it" does to a text beside typing errors: denies, disguises, adds, forgets and swaps words."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")
DENIAL = "It is not true that"
LOOK_ALIKES = str.maketrans("aeiostlbgAEIOSTLBG", "431057189431057189")
FRIENDLY = ("see you at home tonight, mum is cooking and we are all waiting for you, so come soon and tell us how your "
            "day was, and we can go for a walk later if you are not too tired").split()

# none of them is in a story of 1928
MODERN = ("laptop", "internet", "smartphone", "website", "astronaut", "selfie", "robot", "email", "playlist", "skateboard",
          "computer", "helicopter")


def some(places: Iterable[T], percent: float) -> list[T]:
    """So many per cent of the places, drawn by chance; a larger share holds those of a smaller one."""
    order = list(places)
    random.Random(0).shuffle(order)
    return order[:max(0, math.ceil(percent / 100 * len(order)))]


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
    letters = list(text)
    for i in some([i for i, letter in enumerate(text) if letter != letter.translate(LOOK_ALIKES)], percent):
        letters[i] = letters[i].translate(LOOK_ALIKES)
    return "".join(letters)


def befriend(text: str, words: float) -> str:
    """The text with so many words after it that friends write."""
    return " ".join([text, *FRIENDLY[:round(words)]]) if words > 0 else text


def forget(text: str, percent: float) -> str:
    """The text without so many per cent of its words, from the beginning on; the last word always stays."""
    words = re.findall(r"\S+\s*", text)
    return "".join(words[min(math.ceil(percent / 100 * len(words)), len(words) - 1):]) if percent > 0 and words else text


def modernise(text: str, percent: float) -> str:
    """So many per cent of the words of four letters and more replaced by words of today.

    A stronger change keeps what a weaker one replaced.
    """
    places = [found.span() for found in re.finditer(r"[^\W\d_]{4,}", text)]
    for number in sorted(some(range(len(places)), percent), reverse=True):
        begin, end = places[number]
        word = MODERN[number % len(MODERN)]
        text = text[:begin] + (word.capitalize() if text[begin].isupper() else word) + text[end:]
    return text
