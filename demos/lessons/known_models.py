"""Sizes of known models, what they learnt from and what the training took, each with its source.

Energy and carbon dioxide stand here as the source says them; sources count differently, as the lesson tells.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """One model: how many weights it has, what it learnt from, energy and carbon dioxide of its training as its source says."""

    name: str
    year: int
    weights: float
    read: str
    energy: str
    carbon: str
    source: str


STRUBELL = "Strubell, Ganesh and McCallum 2019, arXiv:1906.02243"
PATTERSON = "Patterson et al. 2021, arXiv:2104.10350"
LUCCIONI = "Luccioni, Viguier and Ligozat 2022, arXiv:2211.02001"
MODELS = (
    Known("Our story writer, largest", 2026, 5.8e6, "4.9 million words of children's stories", "", "", "this project, see its page"),
    Known("AlexNet", 2012, 60e6, "1.2 million pictures", "", "", "Krizhevsky, Sutskever and Hinton 2012, NeurIPS"),
    Known("MiniLM, used here", 2020, 22.7e6, "1.2 billion pairs of sentences", "", "", "Wang et al. 2020, arXiv:2002.10957; the model's card"),
    Known("Whisper base, used here", 2022, 74e6, "680,000 hours of speech", "", "", "Radford et al. 2022, arXiv:2212.04356"),
    Known("BERT base", 2018, 110e6, "3.3 billion words", "1.5 MWh, estimated", "0.65 t", f"Devlin et al. 2018, arXiv:1810.04805; {STRUBELL}"),
    Known("Transformer, big", 2017, 213e6, "4.5 million pairs of sentences", "0.2 MWh, estimated", "0.09 t",
          f"Vaswani et al. 2017, arXiv:1706.03762; {STRUBELL}"),
    Known("BERT large", 2018, 340e6, "3.3 billion words", "", "", "Devlin et al. 2018, arXiv:1810.04805"),
    Known("Meena", 2020, 2.6e9, "40 billion words of talk", "232 MWh", "96 t", f"Adiwardana et al. 2020, arXiv:2001.09977; {PATTERSON}"),
    Known("T5, largest", 2019, 11e9, "about 1,000 billion tokens", "86 MWh", "47 t", f"Raffel et al. 2019, arXiv:1910.10683; {PATTERSON}"),
    Known("LLaMA, largest", 2023, 65e9, "1,400 billion tokens", "449 MWh, estimated", "173 t", "Touvron et al. 2023, arXiv:2302.13971"),
    Known("Llama 2, largest", 2023, 70e9, "2,000 billion tokens", "", "291 t, estimated", "Touvron et al. 2023, arXiv:2307.09288"),
    Known("GPT-3", 2020, 175e9, "300 billion tokens", "1,287 MWh, estimated", "552 t", f"Brown et al. 2020, arXiv:2005.14165; {PATTERSON}"),
    Known("BLOOM", 2022, 176e9, "366 billion tokens", "433 MWh, measured", "25 t; 50.5 t with the making of machines", LUCCIONI),
    Known("Gopher", 2021, 280e9, "300 billion tokens", "1,066 MWh", "352 t", f"Rae et al. 2021, arXiv:2112.11446; {LUCCIONI}"),
    Known("Llama 3.1, largest", 2024, 405e9, "15,600 billion tokens", "", "8,930 t, estimated", "Llama team 2024, arXiv:2407.21783; the model's card"),
    Known("GShard, largest", 2020, 600e9, "25 billion pairs of sentences", "24 MWh", "4.3 t", f"Lepikhin et al. 2020, arXiv:2006.16668; {PATTERSON}"),
)


def powers(weights: float) -> float:
    """Where a count of weights stands on a scale in powers of ten, from 0 at a million to 1 at ten million millions."""
    from math import log10

    return (log10(weights) - 6) / 7
