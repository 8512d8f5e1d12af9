"""A demo whose files break the program that reads them, each in its own way."""

from fake_demos.breaking.files import BadFile

from demos.base import Card, Demo, Method, Sample
from demos.results import Text

DEMO = Demo(
    name="breaking", question="What breaks?", title="Breakage", icon="🧨", task="text-generation",
    summary="Reading goes wrong here on purpose.", inputs=(BadFile(),), result=Text,
    methods=(Method("one", "One", "classical", "fake_demos.breaking.files"),
             Method("two", "Two", "deep", "fake_demos.breaking.files")),
    samples=(Sample("well", "A good file", {"file": "well.bin"}, "made for the tests"),),
    card=Card("nothing", ("everything",), "anything", "none"), time_limit_s=10.0)
