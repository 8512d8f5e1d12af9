"""A demo whose larger model lies on the small hub of the tests."""

from hub_server import ROW

from demos.base import Card, Demo, Method, Sample
from demos.inputs import TextInput
from demos.results import Text

DEMO = Demo(
    name="fetching", question="What is far away?", title="Fetching", icon=":material/download:", task="text-generation",
    summary="The larger model is downloaded first.", inputs=(TextInput(),), result=Text,
    methods=(Method("near", "Near", "classical", "fake_demos.fetching.far"),
             Method("small", "Small", "deep", "fake_demos.fetching.far"),
             Method("far", "Far", "deep", "fake_demos.fetching.far", (ROW,), larger=True)),
    samples=(Sample("hello", "A greeting", {"text": "hello"}, "made for the tests"),),
    card=Card("nothing", ("everything",), "anything", "none"))
