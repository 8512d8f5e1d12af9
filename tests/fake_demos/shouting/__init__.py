"""A demo that writes text in capitals, for the tests of the command line."""

from demos.base import Card, Demo, Method, Sample, Weights, WeightsFile
from demos.inputs import ChoiceInput, NumberInput, TextInput
from demos.results import Text

VOICE = "fake_demos.shouting.voices"
FAR = Weights("far-voice", "hub", (WeightsFile("config.json", "", ("config.json",)),), "MIT", 3.0, "nowhere",
              "nobody/far-voice")

DEMO = Demo(
    name="shouting", question="How loud can it be said?", title="Shouting", icon="📢", task="text2text-generation",
    summary="Words become capitals.", inputs=(TextInput(max_chars=200),), result=Text,
    methods=(Method("rule", "A rule", "classical", VOICE),
             Method("voice", "A voice", "deep", VOICE,
                    inputs=(NumberInput("marks", "Exclamation marks", low=0, high=5, default=1),
                            ChoiceInput("mood", "Mood", options=(("glad", "Glad"), ("sad", "Sad"))))),
             Method("named", "Shouts a name first", "deep", VOICE, inputs=(TextInput("who", "A name"),)),
             Method("far", "From the hub", "deep", VOICE, weights=(FAR,))),
    samples=(Sample("hello", "A greeting", {"text": "hello there"}, "made for the tests", expect="Hello, there"),
             Sample("lost", "What it gets wrong", {"text": "hello"}, "made for the tests", expect="goodbye",
                    fails="The voice cannot do this.")),
    card=Card("nothing", ("everything",), "anything", "none"), order=900)
