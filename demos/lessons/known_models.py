"""Sizes of known models, what they learnt from and what the training took, each with its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """One model: how many weights it has, what it learnt from, the energy of its training as its source says it."""

    name: str
    year: int
    weights: float
    read: str
    energy: str
    source: str


MODELS = (
    Known("Our story writer, largest", 2026, 5.8e6, "4.9 million words of children's stories", "", "this project, see its page"),
    Known("AlexNet", 2012, 60e6, "1.2 million pictures", "", "Krizhevsky, Sutskever and Hinton 2012, NeurIPS"),
    Known("MiniLM, used here", 2020, 22.7e6, "1.2 billion pairs of sentences", "", "Wang et al. 2020, arXiv:2002.10957; the model's card"),
    Known("Whisper base, used here", 2022, 74e6, "680,000 hours of speech", "", "Radford et al. 2022, arXiv:2212.04356"),
    Known("BERT large", 2018, 340e6, "3.3 billion words", "", "Devlin et al. 2018, arXiv:1810.04805"),
    Known("GPT-3", 2020, 175e9, "300 billion tokens", "1,287 MWh, estimated",
          "Brown et al. 2020, arXiv:2005.14165; Patterson et al. 2021, arXiv:2104.10350"),
    Known("BLOOM", 2022, 176e9, "366 billion tokens", "433 MWh, measured", "Luccioni, Viguier and Ligozat 2022, arXiv:2211.02001"),
    Known("Llama 3.1, largest", 2024, 405e9, "15,600 billion tokens", "", "Llama team 2024, arXiv:2407.21783"),
)


def powers(weights: float) -> float:
    """Where a count of weights stands on a scale in powers of ten, from 0 at a million to 1 at ten million millions."""
    from math import log10

    return (log10(weights) - 6) / 7
