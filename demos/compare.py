"""Whether an answer still stands when its input was changed: what "Break it" measures."""

from __future__ import annotations

from difflib import SequenceMatcher

import numpy as np

from demos.picture_results import Made
from demos.results import Boxes, Labels, Result, Text, Transcript
from demos.series_results import Life
from demos.text_results import Passages
from demos.story_results import Story
from demos.taste_results import Suggestions

FIRST = 3  # passages that a reader looks at
SAME_PLACE = 0.5  # overlap (intersection over union) from which two boxes count as one


def compare(first: Result | None, now: Result | None) -> tuple[float, bool]:
    """How much of an answer is left, in [0, 1], and whether it still stands.

    For labels: the certainty of the first name now. For words: the share of the first words that are still there in order.
    For stories: how much of the likelihood of the likeliest first pieces they still have. For boxes: the share of the first
    ones found again, with the same name in the same place. For made pictures: how alike they are. For passages: the share
    of the first three still among them. For remaining lives: how near the guess is. For suggestions: the share of the list
    that is still in it. Labels and passages stand while the first one is the same, a remaining life while it is between
    the first low and high guess, all else while that is at least half.
    """
    if first is None or now is None:
        return 0.0, first is now
    if isinstance(first, Labels) and isinstance(now, Labels):
        scores = dict(zip(now.names, map(float, now.scores)))
        return scores.get(first.names[0], 0.0), now.names[0] == first.names[0]
    if isinstance(first, Story) and isinstance(now, Story):
        kept = _likely_still(first, now) if first.pieces and now.pieces else float(first.text == now.text)
        return kept, kept >= 0.5
    if isinstance(first, (Text, Transcript)) and isinstance(now, (Text, Transcript)):
        before, after = _words(first.text), _words(now.text)
        if not before:
            return float(not after), not after
        blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        return _by_half(sum(block.size for block in blocks) / len(before))
    if isinstance(first, Life) and isinstance(now, Life):
        return first.kept(now)
    if isinstance(first, Made) and isinstance(now, Made):
        return _by_half(first.alike(now))
    if isinstance(first, Boxes) and isinstance(now, Boxes):
        return _by_half(_found_again(first, now) if first.names else float(not now.names))
    if isinstance(first, Suggestions) and isinstance(now, Suggestions):
        return _by_half(len({*first.items} & {*now.items}) / max(len(first.items), 1))
    if isinstance(first, Passages) and isinstance(now, Passages):
        if not first.numbers:
            return float(not now.numbers), not now.numbers
        kept = len({*first.numbers[:FIRST]} & {*now.numbers[:FIRST]}) / len(first.numbers[:FIRST])
        return kept, now.numbers[:1] == first.numbers[:1]
    raise TypeError(f"no comparison for {type(first).__name__}")


def _likely_still(first: Story, now: Story) -> float:
    """The share of the likelihood of the first story's likeliest next pieces that they have now, each at most its own."""
    before, after = ({number: own for number, _, own, _ in story.pieces[0].likeliest} for story in (first, now))
    return sum(min(own, after.get(number, 0.0)) for number, own in before.items()) / max(sum(before.values()), 1e-9)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c == "'" else " " for c in text.casefold()).split()


def _found_again(first: Boxes, now: Boxes) -> float:
    """The share of the first boxes that have a partner now, each partner used once."""
    left = list(range(len(now.names)))
    found = 0
    for box, name in zip(first.xyxy, first.names):
        partner = next((i for i in left if now.names[i] == name and overlap(box, now.xyxy[i]) >= SAME_PLACE), None)
        if partner is not None:
            left.remove(partner)
            found += 1
    return found / len(first.names)


def overlap(first: np.ndarray, second: np.ndarray) -> float:
    """Intersection over union of two boxes `(4,)` x0 y0 x1 y1; 0 where they do not meet."""
    low, high = np.maximum(first[:2], second[:2]), np.minimum(first[2:], second[2:])
    both = float(np.prod(np.clip(high - low, 0, None)))
    either = float(np.prod(first[2:] - first[:2]) + np.prod(second[2:] - second[:2])) - both
    return both / either if either > 0 else 0.0


def _by_half(kept: float) -> tuple[float, bool]:
    """How much is left, and that the answer stands while this is at least half."""
    return kept, kept >= 0.5
