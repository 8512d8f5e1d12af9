"""Which kind of method to begin with, for what somebody has: rules of thumb with their reasons and a demo that shows each."""

from __future__ import annotations

from dataclasses import dataclass

from pages.ui import compare_words as said


@dataclass(frozen=True)
class Advice:
    """What to begin with, why, and the demo whose figures show it; `family` colours it."""

    title: str
    family: str
    reasons: tuple[str, ...]
    demo: str


def advise(kind: str, count: str, explain: str, hardware: str) -> Advice:
    """The advice for one choice of each of `KINDS`, `COUNTS`, `EXPLAINS` and `HARDWARES`."""
    reasons = [said.REASONS["table_many" if count == "many" else "table"] if kind == "table"
               else said.REASONS["text" if kind == "text" else "senses"]]
    if kind != "table" and count == "few":
        reasons.append(said.REASONS["few"])
    if explain == "yes":
        reasons.append(said.REASONS["explain"])
    if hardware != "laptop":
        reasons.append(said.REASONS[hardware])
    plain_text = kind == "text" and (explain == "yes" or hardware == "small" or count != "many")
    if kind == "table" or plain_text:
        return Advice(said.CLASSICAL, "classical", tuple(reasons), "customer_churn" if kind == "table" else "spam")
    demo = {"picture": "teach_it" if count == "few" else "image_recognition", "sound": "speech_recognition",
            "text": "sentiment"}[kind]
    return Advice(said.BUILD_ON if count != "many" else said.DEEP, "deep", tuple(reasons), demo)
