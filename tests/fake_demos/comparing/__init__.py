"""A demo that takes two pictures, for the tests of the command line."""

from demos.base import Card, Demo, Method, Sample
from demos.inputs import PictureInput
from demos.results import Text

DEMO = Demo(
    name="comparing", question="Are they the same?", title="Comparing", icon="👀", task="image-feature-extraction",
    summary="Two pictures are compared.",
    inputs=(PictureInput("first", "The first picture"), PictureInput("second", "The second picture")), result=Text,
    methods=(Method("pixels", "Pixel by pixel", "classical", "fake_demos.comparing.pixels"),),
    samples=(Sample("cat", "A cat and itself", {"first": "scikit-image:skimage/data/chelsea.png",
                                                "second": "scikit-image:skimage/data/chelsea.png"}, "scikit-image"),),
    card=Card("nothing", ("everything",), "anything", "none"), order=901)
