"""What a method says of one payment in the game: the chance, whether the card is blocked, and why."""

from __future__ import annotations

from dataclasses import dataclass

from demos.results import Result


@dataclass(frozen=True)
class Verdict(Result):
    """The chance in [0, 1] that a payment is a thief's, the bar from which it is stopped, and reasons, the strongest first.

    A reason is a sentence without its stop, and by how much it moved the chance.
    """

    chance: float
    bar: float
    reasons: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        if not (0 <= self.chance <= 1 and 0 < self.bar < 1):
            raise ValueError("a chance is in [0, 1]")

    @property
    def stopped(self) -> bool:
        """Whether the card is blocked here."""
        return self.chance >= self.bar
