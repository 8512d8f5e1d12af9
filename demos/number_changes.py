"""What "Break it" does to the numbers of a form: asks for more, gives less; the form's own bounds hold."""

from __future__ import annotations

from demos.change import Change


def multiply(value: float, times: float) -> float:
    """So many times the number."""
    return value * times


def add(value: float, much: float) -> float:
    """The number and so much more."""
    return value + much


def take(value: float, much: float) -> float:
    """The number without so much of it."""
    return value - much


def lessen(value: float, percent: float) -> float:
    """The number, smaller by so many per cent."""
    return value * (1 - percent / 100)


NUMBERS = (
    Change("larger_loan", "A larger loan", "number", (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8), "times as much",
           "asking for {strength:g} times as much", multiply, "amount"),
    Change("longer_loan", "A longer loan", "number", (0, 6, 12, 18, 24, 30, 36, 42, 48, 54), "months longer",
           "paid back {strength:g} months later", add, "duration"),
    Change("shorter_loan", "A shorter loan", "number", (0, 4, 8, 12, 16, 20, 24, 30, 36, 44), "months shorter",
           "paid back {strength:g} months sooner", take, "duration"),
    Change("younger", "Somebody younger", "number", (0, 2, 4, 6, 8, 10, 12, 15, 18, 22), "years younger",
           "by somebody {strength:g} years younger", take, "age"),
    Change("newer_customer", "Customer for a shorter time", "number", (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100), "% less time",
           "customer for {strength:g} % less time", lessen, "tenure"),
    Change("older_customer", "Customer for longer", "number", (0, 3, 6, 9, 12, 18, 24, 36, 48, 60), "months more",
           "customer for {strength:g} months more", add, "tenure"),
    Change("smaller_sum", "A smaller sum", "number", (1, 1.5, 2, 3, 5, 8, 12, 20, 40, 80), "times smaller",
           "{strength:g} times smaller", lambda value, times: value / times, "amount"),
    Change("larger_sum", "A larger sum", "number", (1, 1.5, 2, 3, 5, 8, 12, 20, 40, 80), "times larger",
           "{strength:g} times larger", multiply, "amount"),
    Change("nearer_home", "Nearer to the owner's home", "number", (0, 20, 40, 60, 80, 90, 95, 98, 100), "% nearer",
           "{strength:g} % nearer to the owner's home", lessen, "distance"),
    Change("longer_wait", "A longer wait before it", "number", (0, 10, 30, 60, 120, 240, 480, 960, 1920), "minutes longer",
           "after {strength:g} minutes more", add, "minutes"),
)
