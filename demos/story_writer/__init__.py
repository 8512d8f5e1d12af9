"""Story writer: how a language model writes. A table of five-grams beside small GPTs in three sizes."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, Weights, bundled
from demos.pins import pinned
from demos.story_results import Story
from demos.story_writer.settings import CHOSEN, HEAD, LAYER, SETTINGS, TEXT
from demos.story_writer.words import CARD, CERTAINTY, SAMPLES, SIZE

_HERE = "demos.story_writer"
_LEARNT = "own work; learnt from stories in the public domain in the USA"


def _own(name: str, digest: str, size_mb: float, command: str = "train.py") -> Weights:
    return bundled(name, digest, _LEARNT, size_mb, f"this project's {command}, from old children's stories")


NGRAMS = _own("ngrams", "9cb9d1881a8caf86ad9421bd3c873659b3e4eaf667abaf93be1dfbe622a351e1", 5.1, "train_ngrams.py")
# by size, the largest first
NETWORKS = {
    "large": ("5.8 million", _own("large", "5fd52fecbe5957f1abe0de03f5873969354bda90ee19268c06098cbdc959b5dd", 5.8)),
    "medium": ("1.9 million", _own("medium", "dda3cdcfdbf500ef0d6342eb8f177e8cb2c67d6c37930913eb2c1fa48b591ef6", 1.9)),
    "small": ("300,000", _own("small", "ffb231904e587f8084b1a2e3ff925d41ad7677f1418a32ccf160cd02e6d05aac", 0.32)),
}
CHAT = pinned("HuggingFaceTB/SmolLM2-360M-Instruct", ("config.json", "model.safetensors", "tokenizer.json"),
              name="smollm2-360m-instruct", license="Apache-2.0", size_mb=726,
              source="Hugging Face's SmolLM2 with 360 million weights, taught to chat")

DEMO = Demo(
    name="story_writer",
    question="Which word comes next?",
    title="Language model",
    icon=":material/auto_stories:",
    task="text-generation",
    group="make",
    summary="Begin a story, and a very small language model, taught on old children's stories alone, writes on piece by "
            "piece. You see what it held likely at every step, and can choose otherwise.",
    inputs=(TEXT, *SETTINGS),
    result=Story,
    methods=(
        Method("ngrams", "Table of five pieces in a row", "classical", f"{_HERE}.classical", (NGRAMS,),
               summary="It counted which piece of a word followed which four others in the same stories.",
               certainty=CERTAINTY["ngrams"]),
        *(Method(key, f"GPT with {count} weights", "deep", f"{_HERE}.deep", (row,), summary=SIZE[key],
                 certainty=CERTAINTY["deep"]) for key, (count, row) in NETWORKS.items()),
        Method("smollm2_360m", "SmolLM2 with 360 million weights", "deep", f"{_HERE}.chat", (CHAT,), larger=True,
               summary="Learnt from the web, then to chat: asked for a story, its answer is begun with your words.",
               certainty=CERTAINTY["chat"]),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("forgotten", "modern", "typos"),
    parts=(Part("go_on", (TEXT, CHOSEN, *SETTINGS)), Part("surprise", (TEXT,)), Part("attention", (TEXT, LAYER, HEAD))),
    explained=("classical", "deep"),
    time_limit_s=120,
    bet=Bet("next", "Which word will the network write first?"),
    order=65,
)
