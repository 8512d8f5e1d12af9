"""What the pages tell beside the demos' own cards: the pages draw it, and the search finds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demos.lessons import list_lessons


@dataclass(frozen=True)
class Told:
    """Paragraphs of a page: its address ("" for the home page), its title, and plain texts in which ** is bold."""

    page: str
    title: str
    texts: tuple[str, ...]


PROMISES = (
    ("Nothing leaves this machine", "What you give is looked at in memory and then forgotten. No file is written."),
    ("Two methods, one input", "Classical in orange, deep in blue. Where the simple method wins, the page says so."),
    ("Every figure was measured", "By a command you can run yourself. None was typed in."),
)

COMPARE_LEDE = ("Both kinds of method answer every question here. This table is made from the figures that were "
                "measured for each demo, and it grows with them.")
RULE_OF_THUMB = ("**When is the simple method enough?** When the input is already a short list of numbers or words, when "
                 "examples are few, or when you must be able to check every step. **When is a deep network worth its "
                 "cost?** When the input is a picture, a sound or free text, and there are many examples or a network "
                 "that has already learnt from them.")

HOW_LEDE = "What you give is looked at on this machine, in memory, and then forgotten. This is the way it takes."
HOW_STEPS = (
    ("1. It arrives", "Your browser sends the file to the program on this machine. It is kept in memory, never in a file."),
    ("2. It is decoded", "A process of its own opens it. On Linux it has no network and cannot write a file. It goes by the "
                         "content and not by the name, has limits on size, memory and time, and may break without hurting "
                         "the rest."),
    ("3. Two methods answer", "The classical one and the deep one get the very same numbers: pixels, or loudness 16,000 "
                              "times a second. Only the time they need themselves is counted."),
    ("4. You see why", "For the deep network, the page shows what went through it on its way to the answer."),
    ("5. It is forgotten", "When you close the page, it is gone within half a minute. “Forget me” in the menu does it at "
                           "once. A receipt beside each answer counts what left this machine. The log holds sizes and seconds, "
                           "never a picture, a sound or a word. Answers to our own samples stay in memory, so that nobody "
                           "waits for them twice. The answer to your own stays only while your page holds it. If "
                           "somebody gives the very same file or words in that time, they get that answer, too."),
)

HERE = (
    Told("", "The home page", tuple(f"{title}. {said}" for title, said in PROMISES)),
    Told("how_this_works", "What happens to my picture?",
         (HOW_LEDE, *(f"{title.split('. ')[1]}. {said}" for title, said in HOW_STEPS))),
    Told("ml_vs_dl", "Machine learning or deep learning?",
         (COMPARE_LEDE, *(f"When {part.strip()}" for part in RULE_OF_THUMB.split("**When")[1:]))),
)


def all_told() -> Iterator[Told]:
    """What stands here, and the lessons' texts but for their formulas."""
    yield from HERE
    for lesson in list_lessons():
        yield Told(lesson.page, lesson.question, (lesson.answer, lesson.what_happens, lesson.curious))
