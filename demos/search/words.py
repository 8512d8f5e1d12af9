"""The samples of the search, what a visitor should know before trusting an answer, and the words of its own parts."""

from __future__ import annotations

from pathlib import Path

from demos.base import Card, Sample
from demos.figures import read_figures

QUESTION = "Your question"
NO_SHARED_WORD = "None of the words that you wrote is in any passage."
NOTHING_NEAR = "Nothing here fits well: perhaps the answer is not among these texts."
LEFT_OUT = "Only the first {read:,} passages are searched; {count:,} more were left out."
BY_WORDS_HOW = "Each word that stands in the passage adds to its score, a rare one more."
SHARED_WORDS = ("The passage that it put first. Shaded are the words that it shares with your question; those of the questions "
                "that we wrote beside it count too.")
LEFT_OUT_HOW = "Your question was read again without each word; the shade is how much nearer the word brings it."
PASSAGE_HOW = "The passage that it put first, read again without each word in turn."
BY_QUESTION = "It was found by “{question}”, a question that we wrote beside it."
BY_WORDS = "Its points count shared words; they say nothing of whether the passage answers."
BY_MEANING = "Its score says how alike the meanings are, not whether the passage is true or answers."
_OURS = "written for this page by the project"


def _sample(key: str, text: str, expect: str, fails: str = "") -> Sample:
    return Sample(key, text, {"text": text}, _OURS, expect, fails)


SAMPLES = (
    _sample("save", "How long do you keep my photo?", "What happens to my picture?"),
    _sample("dropout", "What is dropout?", "Glossary: dropout"),
    _sample("kids", "Is face recognition less reliable for kids?", "Face verification: where it fails"),
    _sample("contract", "May I use the translation for a contract?", "Machine translation: never use it for",
            "The network puts the licences first: a question that we wrote beside them, about translations in a business, is "
            "nearer to yours. The classical method finds the one passage that holds “contract”."),
    _sample("name", "Who is Kermany?", "Medical image classification",
            "The network has never met this name and finds nothing that fits. The classical method compares letters, and finds "
            "both passages that hold it."),
    _sample("heart", "What is it called when a network memorises its training material and then does badly elsewhere?",
            "Glossary: overfitting",
            "Neither finds “overfitting”: the entry says “learning by heart”, and here that is too far from “memorises” for the "
            "network; it goes after “training” and “network”."),
    _sample("colour", "Which colour represents the neural network?", "The home page",
            "Neither finds the sentence “Classical in orange, deep in blue”: both go after “neural network”, which is everywhere."),
)

def _count(method: str, metric: str, which: str) -> str:
    """How many of how many, as evaluate.py counted last."""
    found = next((f for f in read_figures(Path(__file__).parent)
                  if (f.method, f.metric) == (method, metric) and f.data.endswith(which)), None)
    return f"{found.value * found.items:.0f} of {found.items}" if found else "not yet counted"


def _both(which: str) -> str:
    """The hits of both methods."""
    return (f"the network has the answer among its first three for {_count('minilm', 'hit_in_three', which)}, the classical "
            f"method for {_count('bm25', 'hit_in_three', which)}.")


CARD = Card(
    learnt_from="BM25 learnt nothing: it counts. MiniLM learnt from a billion pairs of English sentences that belong "
                "together, such as questions and their answers on the web, and was not changed here. Beside most passages of "
                "this dashboard we wrote a question or two that they answer, without a look at the questions by which both "
                "methods are measured. Both search these too.",
    weak_at=(
        f"Questions in other words than the texts': {_both('questions in other words')} Many answers stand further down.",
        f"Riddles that avoid the texts' words wherever they can: {_both('avoid the texts’ words')}",
        "Where the question holds the word itself, counting is nearly as good. Asked “What is …?” for each entry of the "
        f"glossary, {_both('each entry of the glossary')}",
        "Rare names and numbers: the network cannot look up what it has never met.",
        "A “not”: asked when the classical method is not better, both put the same passage first as without the “not”.",
        "It cannot say “I do not know” by itself. With a limit set by us it said that nothing fits for "
        f"{_count('minilm', 'said_nothing_fits', 'beside the subject')} questions beside the subject.",
        "Any language but English.",
    ),
    never_for="Do not take the first passage for the truth: a search finds what sounds like your question, also where it is "
              "wrong. For health, law and money, read the whole source.",
    licence="MiniLM: Apache-2.0. bm25s: MIT. Snowball's stems and pypdf: BSD. The passages are this dashboard's own words.",
)
