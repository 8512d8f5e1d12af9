"""Semantic search: which passage answers this question? Shared words beside MiniLM, over the dashboard's own texts."""

from __future__ import annotations

from demos.base import Demo, Method, Part, bundled
from demos.inputs import DocumentInput, TextInput
from demos.minilm import MINILM
from demos.search.words import BY_MEANING, BY_WORDS, CARD, SAMPLES
from demos.text_results import Passages

_HERE = "demos.search"
_QUESTION = TextInput(label="Your question", help="In plain English, at most 300 characters.", max_chars=300)

PASSAGES = bundled("passages", "bbf36138eca1b76dbe83c2d2ed3fbdacc2dcdc84a0472188a0adba6a2e37acc7", "own work", 1.27,
                   "this project's build.py: the meanings of the dashboard's own passages")

DEMO = Demo(
    name="search",
    question="Where is that explained?",
    title="Semantic search",
    icon=":material/search:",
    task="sentence-similarity",
    group="say",
    summary="Ask this dashboard in your own words: one method looks for the words that you used, the other for what you "
            "mean. Every answer links to the page it comes from. Below, you can search in a text of your own.",
    inputs=(_QUESTION,),
    result=Passages,
    methods=(
        Method("bm25", "BM25, by shared words", "classical", f"{_HERE}.classical", (),
               "Each passage gets points for the words that it, or a question written beside it, shares with yours: more for rare "
               "words, fewer in long passages. It has learnt nothing.", certainty=BY_WORDS),
        Method("minilm", "MiniLM, by meaning", "deep", f"{_HERE}.deep", (MINILM, PASSAGES),
               "A network of six layers turns every passage, the questions written beside it and yours into 384 numbers each. "
               "Where they point the same way, the meanings are alike.", certainty=BY_MEANING),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("typos", "synonyms", "order"),
    parts=(Part("map", (_QUESTION,)), Part("own", (DocumentInput(), _QUESTION)), Part("heads", (_QUESTION,)),
           Part("orders", (_QUESTION,))),
    explained=("classical", "deep"),
    time_limit_s=120,
    order=76,
)
