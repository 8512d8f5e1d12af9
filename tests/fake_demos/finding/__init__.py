"""A demo that finds bright spots in two pictures, for the tests of boxes, parts and cautions."""

from demos.base import Card, Demo, Method, Part, Sample
from demos.inputs import NumberInput, PictureInput
from demos.results import Boxes

SPOTS = "fake_demos.finding.spots"
CAT = "scikit-image:skimage/data/chelsea.png"
ROCKET = "scikit-image:skimage/data/rocket.jpg"

DEMO = Demo(
    name="finding", question="Where is it bright?", title="Finding", icon=":material/search:", task="object-detection",
    summary="The brightest spots are found.",
    inputs=(PictureInput("first", "The first picture"), PictureInput("second", "The second picture")), result=Boxes,
    methods=(Method("one", "The brightest spot", "classical", SPOTS), Method("more", "Two spots", "deep", SPOTS)),
    samples=(Sample("cat", "A cat and a rocket", {"first": CAT, "second": ROCKET}, "scikit-image", expect="spot"),
             Sample("rocket", "A rocket and a cat", {"first": ROCKET, "second": CAT}, "scikit-image")),
    card=Card("nothing", ("everything",), "anything", "none"), changes=("darkness",),
    parts=(Part("count", (PictureInput(), NumberInput("above", "Brighter than", low=0, high=255, default=120))),),
    caution="Not for anything.", order=902)
