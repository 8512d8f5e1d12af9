"""The samples of the chest X-ray page and what a visitor should know before trusting an answer."""

from __future__ import annotations

from demos.base import Card, Sample

CAUTION = "Not for diagnosis: this is a demonstration, and only a doctor can tell."
_MADE = "made up by this project (make_samples.py) from what the X-rays of PneumoniaMNIST have in common, CC BY 4.0"


def _made(name: str, title: str, expect: str, fails: str = "") -> Sample:
    """A made-up X-ray; nobody's chest."""
    return Sample(name, title, {"image": f"samples/{name}.png"}, _MADE, expect, fails)


SAMPLES = (
    _made("normal_1", "Made up from healthy X-rays", "normal"),
    _made("pneumonia_1", "Made up from X-rays with pneumonia", "pneumonia"),
    _made("normal_2", "Another healthy one", "normal"),
    _made("pneumonia_2", "Another one with pneumonia", "pneumonia"),
    _made("normal_3", "A healthy one, turned a little", "normal",
          "The networks say pneumonia, and are very sure; the classical method says normal. Calling healthy chests ill "
          "is their commonest mistake."),
    _made("pneumonia_3", "One with pneumonia, evenly grey", "pneumonia",
          "The networks say normal; the classical method gets it. A missed illness is the mistake that would hurt most."),
    Sample("cat", "A cat, which is no X-ray", {"image": "scikit-image:skimage/data/chelsea.png"},
           "Chelsea, by Stéfan van der Walt, CC0", refused=("hog_svm", "chest_nets")),
)

CARD = Card(
    learnt_from="PneumoniaMNIST: 4,708 chest X-rays of children of one to five years from one hospital in Guangzhou "
                "(Kermany 2018), shrunk by MedMNIST to 28 by 28 squares. Three in four show pneumonia. The samples on "
                "this page are nobody's chest: they were mixed by chance from what those X-rays have in common.",
    weak_at=(
        "It calls healthy chests ill: the networks 13 of 119 without pneumonia, the classical method 19.",
        "It misses illness: the networks 4 of 193 with pneumonia, the classical method 2. Here the simple one is better.",
        "It can be very sure and wrong: of the 250 answers of which the networks were 95 to 100 in 100 sure, 7 were "
        "wrong.",
        "Adults, other hospitals and other illnesses: it knows children's X-rays from one hospital, and two words.",
        "Everything finer than 28 by 28 squares is lost: a thin line or a small shadow is never seen.",
    ),
    never_for="Never use it to decide anything about a person's health. Fever, cough or doubt: ask a doctor.",
    licence="PneumoniaMNIST: CC BY 4.0 (Yang et al. 2023, MedMNIST v2; pictures by Kermany et al. 2018). The weights "
            "and the made-up X-rays are this project's own.",
)
