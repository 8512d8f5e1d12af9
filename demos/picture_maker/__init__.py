"""Image generation: make a picture that nobody has drawn. Gaussian mixtures beside a flow out of the noise."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, bundled
from demos.inputs import NumberInput
from demos.picture_maker.asked import HOW_MANY, SEED, STRICTNESS, WHAT
from demos.picture_maker.hub import FEW_STEPS, FILES, PROMPT
from demos.picture_maker.words import CARD, SAMPLES
from demos.picture_results import Made
from demos.pins import pinned

_HERE = "demos.picture_maker"
_LEARNT = {"digits": "own work; learnt from MNIST, usually given as CC BY-SA 3.0 (cite LeCun et al. 1998)",
           "tiles": "own work; learnt from Dungeon Crawl Stone Soup's tiles, CC0"}

DIGITS = bundled(
    "digits", "dde5c97766d3de411e938af46d595bf10b2227fe4fa35737b70c602ca48ec9b7", _LEARNT["digits"], 2.27,
    "this project's train.py, from MNIST")
TILES = bundled(
    "tiles", "55b77daf36be59f8408c6aea3928c72a12b44d64aae20d126ad4d7ef8f3064ea", _LEARNT["tiles"], 3.97,
    "this project's train.py, from Dungeon Crawl's tiles")
DIGITS_MIXTURE = bundled(
    "digits_mixture", "e0d8426f6391603729501b232309346f33abdf0c3a55b48ffd2a6e7e10f05eb0", _LEARNT["digits"], 1.39,
    "this project's train_classical.py, from MNIST")
TILES_MIXTURE = bundled(
    "tiles_mixture", "41ac2c0684cd29f3a5035f9d4f021395833907d2c48a84c900c0a9059fe9fcd9", _LEARNT["tiles"], 0.72,
    "this project's train_classical.py, from Dungeon Crawl's tiles")
READER = bundled(
    "reader", "84e9e354ba29424c8c0ed4fbe43ac7b504279a62d27578cbc43dd27c8a655a92", _LEARNT["digits"], 0.42,
    "this project's train_reader.py: reads the digits that were made, and draws nothing")
TURBO = pinned("stabilityai/sd-turbo", FILES, name="sd-turbo", license="Stability AI Community License", size_mb=2580,
               source="Stability AI's SD-Turbo, learnt from pictures of the web and the words beside them")

DEMO = Demo(
    name="picture_maker",
    question="Make a picture that nobody has drawn",
    title="Image generation",
    icon=":material/palette:",
    task="unconditional-image-generation",
    group="make",
    summary="Choose what shall be drawn and a number: two methods make sixteen small pictures of it, and you watch them come "
            "out of the noise.",
    inputs=(WHAT, SEED),
    result=Made,
    methods=(
        Method("mixtures", "Clouds of pictures, by principal components", "classical", f"{_HERE}.classical",
               (DIGITS_MIXTURE, TILES_MIXTURE, READER),
               "It learnt in which hundred directions pictures differ most, and which values lie together in clouds. It "
               "draws one point of a cloud and adds the directions up, all pixels at once.",
               certainty="It mixes what it has seen, so its pictures look like several laid over each other."),
        Method("flow", "A flow out of the noise, learnt by this project", "deep", f"{_HERE}.deep",
               (DIGITS, TILES, READER),
               "Two small networks, one for digits and one for tiles. They learnt from which noise which picture would "
               "come, and take each noise there step by step.", inputs=(HOW_MANY, STRICTNESS),
               certainty="It has not stored pictures: it says for every pixel which way to go."),
        Method("sd_turbo", "SD-Turbo, with your own words", "deep", f"{_HERE}.hub", (TURBO,),
               "A network of 2023 with 1.3 billion weights that draws anything you can write down. On a processor it takes "
               "a minute or so.", inputs=(PROMPT, FEW_STEPS), larger=True,
               certainty="It draws what such pictures on the web looked like, true or not."),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("fewer_steps", "quieter", "louder"),
    parts=(Part("more_steps", (WHAT, SEED)),
           Part("walk", (WHAT, NumberInput("first", "First seed", low=0, high=9999, default=1),
                         NumberInput("last", "Last seed", low=0, high=9999, default=2)))),
    time_limit_s=300,
    bet=Bet("amount", "How many of the network's sixteen will be read as the digit that was asked for?", high=16,
            near=1),
    order=90,
)
