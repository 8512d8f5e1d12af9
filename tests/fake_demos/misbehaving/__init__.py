"""A demo that does what its text says: echo, crash, hang, stall or run out of memory."""

from demos.base import Card, Demo, Method, Sample
from demos.inputs import TextInput
from demos.results import Text

DEMO = Demo(
    name="misbehaving", question="What goes wrong?", title="Misbehaviour", icon="💥", task="text-generation",
    summary="Things go wrong here on purpose.", inputs=(TextInput(),), result=Text,
    methods=(Method("one", "One", "classical", "fake_demos.misbehaving.ways"),
             Method("two", "Two", "deep", "fake_demos.misbehaving.ways"),
             Method("broken", "Broken", "deep", "fake_demos.misbehaving.missing")),
    samples=(Sample("hello", "A greeting", {"text": "echo hello"}, "made for the tests"),),
    card=Card("nothing", ("everything",), "anything", "none"), time_limit_s=2.0)
