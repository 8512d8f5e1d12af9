"""The samples of teaching sounds and what a visitor should know before trusting an answer."""

from __future__ import annotations

from demos.base import Card, Sample

_MADE = "made by this project's synthesiser"
_SPEAKER = "spoken by Kokoro, a synthetic voice"
_NOISES, _WORDS, _WHISTLES = ({"taught": key} for key in ("noises", "words", "whistles"))

SUMMARY = ("Clap, whistle or say a word a few times, press Teach, and try a new one: a method with measures made for sounds, and a "
           "network that has seen a million photos and never heard a thing.")

SAMPLES = (
    Sample("bell", "A bell", {"audio": "samples/bell.flac", **_NOISES}, _MADE, expect="bell"),
    Sample("stop", "The word “stop”", {"audio": "samples/stop.flac", **_WORDS}, _SPEAKER, expect="stop"),
    Sample("up", "A whistle that rises", {"audio": "samples/up.flac", **_WHISTLES}, _MADE, expect="up"),
    Sample("falling", "A whistle that falls", {"audio": "samples/falling.flac", **_WHISTLES}, _MADE, expect="down",
           fails="The classical method says “up”: it keeps means and spreads, and those are much the same either way."),
    Sample("rising", "Another whistle that rises", {"audio": "samples/rising.flac", **_WHISTLES}, _MADE, expect="up",
           fails="The network says “down” and is very sure of it; the classical method is right. It learnt from photos, in which "
                 "it seldom matters which way a line slopes."),
    Sample("yes", "The word “yes” in a voice that was not taught", {"audio": "samples/yes.flac", **_WORDS}, _SPEAKER, expect="yes",
           fails="The classical method says “go”, the network “no”. Twelve examples by other voices do not tell them what makes a "
                 "“yes” in every voice."),
    Sample("tune", "A tune, where words were taught", {"audio": "samples/tune.flac", **_WORDS}, _MADE, expect="none of these",
           fails="The classical method says “stop” rather than “none of these”: its measures put the tune not far from that word."),
)

CERTAINTY = {
    "classical": "The certainties were fitted on other things than yours, and “none of these” is among them.",
    "deep": "The certainties were fitted on other things than yours, and “none of these” is among them.",
}

CARD = Card(
    learnt_from="What you teach: your own sounds, for this visit only. The deep method draws a sound as a picture and measures it with "
                "EfficientNet-Lite0, which learnt from ImageNet's 1.28 million photos and from no sound; the classical measures were "
                "thought out by people. How strict both are, how sure they sound, and when they say “none of these” was chosen on "
                "lessons with twelve words by synthetic voices and eight made-up noises: so that 1 in 10 sounds of taught things "
                "is refused.",
    weak_at=(
        "Voices that were not taught: of 80 words by other synthetic voices the network named 47 of 80 rightly, the classical "
        "method 43. Whoever will ask should teach, too. A speech recogniser has heard thousands of voices; these two have not.",
        "Up and down: of 60 whistles that rise, fall or stay the network named 43 rightly, the classical method 37. Both add up what "
        "they find over the whole second, so when it was counts for little.",
        "Strangers that are alike: asked about words that were not taught, the network said “none of these” to 9 in 100, the classical "
        "method to 18. Of quite other sounds it was 70 and 28 in 100.",
        "Everything was measured on made-up noises and synthetic voices. Real rooms and microphones differ more.",
        "Few sounds: with three of each it may have learnt the hum of the room. Move about, and teach another thing in the same room.",
    ),
    never_for="Do not use what was taught in a minute to wait for an alarm or a cry for help, to judge an engine, or to tell who speaks.",
    licence="EfficientNet-Lite: Apache-2.0. The ready-made words were spoken by Kokoro (Apache-2.0) and by espeak-ng (GPL 3, which "
            "does not reach what it speaks). The noises are this project's own.",
)
