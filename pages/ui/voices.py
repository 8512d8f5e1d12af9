"""Voices to be heard and kept: under the duel what both methods say, and "Say it", where any text is read out."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from demos.base import Demo, Method
from demos.drawn import spectrogram
from demos.media import as_wav
from demos.results import Sound
from demos.voice_results import Speech, Spoken
from demos.voice_translation import words as said
from demos.voice_translation.recording import SAID_IN, TO_SAY, VOICE
from pages.ui import words
from pages.ui.asks import Asked, Given, ask_part, settle
from pages.ui.images import data_uri
from pages.ui.place import Place
from pages.ui.results import seconds

FAMILIES = ("classical", "deep")


class Voices:
    """Under the duel: each method's voice, its words to be copied, drawn once when its answer is whole.

    The cards above are drawn anew as answers grow, and a player drawn anew would fall silent.
    """

    def __init__(self, parent: Any) -> None:
        self.sides = dict(zip(FAMILIES, parent.columns(2, gap="medium")))
        self.drawn: set[str] = set()

    def draw(self, jobs: dict[str, Asked]) -> None:
        """Draw what is whole and not drawn yet."""
        for family, job in jobs.items():
            if family not in self.drawn and job.done and job.error is None:
                self.drawn.add(family)
                with self.sides[family]:
                    keep(job.result(0).result, family)


def keep(spoken: Spoken, family: str) -> None:
    """A player, the sound as a file, and the words of each stage."""
    if not spoken.heard.text:
        return
    if spoken.sound is not None:
        player(spoken.sound, family, said.VOICE_OF.format(who=words.WHO[family], language=spoken.languages[1]),
               f"answer_{family}")
    with st.popover(said.COPY, width="content"):
        for title, text in ((spoken.languages[0], spoken.heard.text), (said.ENGLISH, spoken.english),
                            (spoken.languages[1], spoken.text)):
            if text:
                st.caption(title)
                st.code(text, language=None, wrap_lines=True)


def player(sound: Sound, family: str, title: str, key: str) -> None:
    """Play a sound, and save it as a WAV file."""
    wav = as_wav(sound.samples, sound.rate)
    st.html(f'<div><span class="dl-dot {family}"></span>{escape(title)}</div>')
    with st.container(key=f"voice_{key}"):
        st.audio(wav, format="audio/wav", alt=title)
    st.download_button(said.SAVE, wav, file_name=said.FILE.format(family=family), mime="audio/wav", key=f"save_{key}",
                       on_click="ignore", icon=":material/download:")


def draw_say_it(demo: Demo, classical: Method, deep: Method, _: Given) -> None:
    """Any text read out by both voices, with how they pronounce it and a picture of the sound."""
    say_it(demo, {"classical": classical, "deep": deep})


@st.fragment
def say_it(demo: Demo, methods: dict[str, Method]) -> None:
    """A text box, a few texts that are hard to read, both voices; each press redraws this part of the page alone."""
    st.header(said.SAY_IT, anchor=False)
    st.caption(said.SAY_CAPTION)
    box = f"say_{demo.name}"
    st.session_state.setdefault(box, said.TRY_SAYING[0][1])
    st.session_state.setdefault(f"{box}_language", "en")
    with st.container(horizontal=True, gap="small"):
        for number, (title, text, language) in enumerate(said.TRY_SAYING):
            st.button(title, key=f"{box}_{number}", on_click=_write, args=(box, text, language))
    text = st.text_area(TO_SAY.label, key=box, height=110, help=TO_SAY.help)
    st.caption(said.COUNTER.format(count=len(text.strip()), most=TO_SAY.max_chars))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        language = st.radio(SAID_IN.label, [code for code, _ in SAID_IN.options], format_func=dict(SAID_IN.options).get,
                            key=f"{box}_language", horizontal=True)
        voice = st.selectbox(said.DEEP_VOICE, [key for key, _ in VOICE.options], format_func=dict(VOICE.options).get,
                             key=f"{box}_voice", help=VOICE.help, width=260)
        pressed = st.button(said.SPEAK, key=f"{box}_go", type="primary", icon=":material/play_arrow:")
    if pressed:
        st.session_state[f"{box}_asked"] = True
    if st.session_state.get(f"{box}_asked"):
        _answers(demo, methods, {"text": text, "language": language, "voice": voice})


def _write(box: str, text: str, language: str) -> None:
    st.session_state[box], st.session_state[f"{box}_language"] = text, language
    st.session_state[f"{box}_asked"] = True


def _answers(demo: Demo, methods: dict[str, Method], inputs: dict[str, Any]) -> None:
    """Both voices, each in its own column as it comes."""
    jobs = {family: ask_part(demo.name, methods[family].key, "say", inputs) for family in FAMILIES}
    sides = dict(zip(FAMILIES, st.columns(2, gap="large")))
    waiting = {family: Place(side) for family, side in sides.items()}
    drawn: set[str] = set()

    def draw(_: Asked) -> None:
        for family, job in jobs.items():
            if job.error is not None:
                waiting[family].draw("info", str(job.error))
            elif not job.done:
                waiting[family].draw("caption", words.WORKING)
            elif family not in drawn:
                drawn.add(family)
                waiting[family].draw("caption", said.TOOK.format(seconds=seconds(job.result(0).seconds)))
                with sides[family]:
                    draw_speech(job.result(0).result, family)

    settle([(job, draw) for job in jobs.values()])


def draw_speech(speech: Speech, family: str) -> None:
    """The voice, its phonemes and its picture."""
    player(speech.sound, family, said.READS[family], f"say_{family}")
    st.html(f'<div class="dl-phonemes {family}" lang="und-fonipa">{escape(speech.phonemes)}</div>')
    st.caption(said.PHONEMES_SAID[family])
    picture = data_uri(spectrogram(speech.picture.values), side=max(600, min(1600, speech.picture.values.shape[1])))
    st.html(f'<img class="dl-mel" src="{picture}" alt="{escape(words.MEL_ALT)}">')
    st.caption(said.MEL_SAID[family])
