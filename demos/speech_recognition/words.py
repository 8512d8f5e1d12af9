"""The samples of speech recognition and what a visitor should know before trusting an answer."""

from __future__ import annotations

from demos.base import Card, Sample

_KOKORO = "Spoken by Kokoro-82M (Apache-2.0), a synthetic voice"


def _spoken(name: str, title: str, text: str, fails: str = "") -> Sample:
    return Sample(name, title, {"audio": f"samples/{name}.flac"}, _KOKORO, text, fails)


SAMPLES = (
    _spoken("weather", "A clear sentence (synthetic voice)",
            "The weather is beautiful today, so we are going for a walk in the park."),
    _spoken("museum", "Ten seconds of a story (synthetic voice)",
            "When we arrived at the museum, the doors were still closed. We sat down under a tree, drank a "
            "cup of coffee, and talked about the pictures that we wanted to see first."),
    _spoken("street", "Beside a noisy street (synthetic voice)",
            "Please meet me at the station at half past seven, and bring your umbrella.",
            fails="PocketSphinx loses words: it never learnt what a street does to a voice."),
    _spoken("portuguese", "In Portuguese (synthetic voice)",
            "Bom dia! Hoje vamos aprender como os computadores entendem a nossa voz.",
            fails="PocketSphinx writes English words: it has no others to choose from."),
    _spoken("names", "Names, and words that sound alike (synthetic voice)",
            "Siobhan and Nguyen paid two pounds, two pence, to sail to the Isle of Wight, where the knight "
            "wrote right.",
            fails="Whisper base misspells Siobhan and takes the knight for a night: it writes what it has "
                  "met most often."),
    Sample("tune", "A little tune without words (made by computer)", {"audio": "samples/tune.flac"},
           "Made by this project: plucked tones, nobody speaks"),
)

CARD = Card(
    learnt_from="Whisper: 680,000 hours of recordings from the web with the text that came with them, two "
                "thirds of it English. PocketSphinx: a model of US English published in 2015.",
    weak_at=(
        "Names and words that sound alike: it writes the spelling that it has met most often.",
        "Languages of which little was on the web: the fewer hours it heard, the more words are wrong.",
        "Several people at once, strong noise, and voices that it met rarely, such as those of children.",
        "It can write fluent sentences that nobody said. Silence and music are held back before they reach "
        "it, and that guard can fail too.",
    ),
    never_for="Do not use it as a record of what somebody said: not in court, not at the doctor's, not for "
              "minutes that nobody checks.",
    licence="Whisper: MIT. PocketSphinx: BSD. Silero VAD, which finds the speech: MIT. Kokoro, the voice of "
            "the samples: Apache-2.0.",
)
