"""The samples of the picture maker, what a visitor should know before trusting it, and the words of the page's own parts."""

from __future__ import annotations

from demos.base import Card, Sample

_OURS = "A number, chosen by this project: the pictures come out of it"


def _sample(key: str, title: str, what: str, seed: int, fails: str = "") -> Sample:
    return Sample(key, title, {"what": what, "seed": seed}, _OURS, fails=fails)


SAMPLES = (
    _sample("three", "Sixteen threes", "3", 1),
    _sample("creatures", "Small creatures", "creature", 5),
    _sample("fives", "Fives", "5", 3,
            "2 of 16 by the classical method are read as 5, and the other 14 as 8: what is blurred looks like an 8 to the "
            "reader. 16 of 16 by the network are read as 5."),
    _sample("sevens", "Sevens", "7", 2,
            "11 of 16 by the classical method are read as 7, and 15 of 16 by the network: one of them is read as 9."),
    _sample("fours", "Fours", "4", 4,
            "9 of 16 by the classical method are read as 4, and 15 of 16 by the network: one of them is read as 7."),
    _sample("floors", "Walls and floors", "wall or floor", 3),
    _sample("weapons", "Weapons", "weapon", 4,
            "Of the network's sixteen we could name about eleven; the others are handles and blades that do not belong "
            "together. The classical method's are all nearly the same stick, in a fog."),
)

CARD = Card(
    learnt_from="Digits: 40,000 of MNIST's hand-written digits, 28 by 28 pixels, grey. Small creatures and things: 1,829 "
                "tiles of the game Dungeon Crawl Stone Soup, 32 by 32 pixels, painted by its players. Both methods learnt "
                "from the same pictures. The digits are read by a small network that learnt from 15,000 other digits and "
                "draws nothing.",
    weak_at=(
        "Of 1,000 digits on request the network drew 13 that are read as another, most often a 4.",
        "Of the classical method's 1,000 digits 387 are read as another, nearly all as 8. The reader is strict: it takes what "
        "is blurred for an 8, where you may still see what was meant.",
        "Creatures: of the sixteen of the sample “Small creatures” we could name about five. The network has learnt colours, "
        "outlines and shadows, but hardly what a body is. Floors, books and bottles come out best.",
        "Learnt by heart: 39 of its 1,000 digits and 9 of its 200 tiles are very near to one that it learnt from; of real "
        "pictures that it never saw, 5 in 100 are as near. A plain dark floor is soon like another one.",
        "Asked more loudly its pictures become alike, and asked five times as loudly tiles begin to glare.",
        "It knows ten digits and five kinds of small things, and nothing else in the world; no picture is larger than 32 by 32 "
        "pixels.",
    ),
    never_for="Do not use pictures that were made as proof of anything: not of a signature, not of a place, not of an event.",
    licence="MNIST (LeCun, Cortes and Burges): usually given as CC BY-SA 3.0. Dungeon Crawl tiles: CC0. SD-Turbo: Stability "
            "AI Community License, and nobody checks what it draws. The weights of both methods are this project's own.",
)

PARTS = {"more_steps": "The same noise with more steps", "walk": "A walk between two pictures"}
TRY = "Play with the noise"
TRY_CAPTION = "Nothing but the noise decides which picture comes out. So it can be kept and drawn with more care, or changed bit by bit."
MORE_SAID = ("Each column is the same four noises. With one step the network has to jump, and lands on a blur; with more steps "
             "it can look again on the way. After a while more steps change nothing.")
WALK_TO = "Walk to the picture of seed"
WALK_SAID = ("The first and the last are pictures of two seeds. Between them the noise is changed bit by bit, and every noise on "
             "the way gives a picture of its own: the network has not stored pictures, it knows how to get to one from anywhere.")
PLACE = "Place {caption}"
NO_PARTS = "This part is for the network of this project: choose it above."
