"""Why it said so: what the model looked at, on this very input."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos.drawn import draw
from demos.jobs import Answer
from demos.picture_results import Made
from demos.results import Labels, Spectrogram, Transcript, View
from demos.series_results import Effects, Gates
from demos.tabular_results import Pushes, Tree
from demos.taste_results import Pulls
from demos.teach_it.results import Nearest
from demos.text_results import Alignment, Words
from pages.ui import words
from pages.ui.asks import Asked
from pages.ui.images import bytes_uri
from pages.ui.made_view import made_view
from pages.ui.markup import Markup
from pages.ui.results import bars, details_html, gloss_html
from pages.ui.sound_view import sound_view

OWN_CARD = (Words, Pulls, Pushes, Tree, Effects, Gates, Nearest)  # views that stand in a card of their method, drawn by details_html


def draw_why(place: st.delta_generator.DeltaGenerator, job: Asked, answer: Answer | None, family: str = "deep") -> None:
    """The views of an answer that has come, or the sentence why there are none."""
    with place:
        if job.error is not None:
            st.info(str(job.error))
        else:
            views = job.result(0).views
            spectrograms = [view for view in views if isinstance(view.result, Spectrogram)]
            pictures = pictures_of(views)
            if answer and isinstance(answer.result, Made):
                made_view(answer.result, key="made_view")
            for view in spectrograms:
                heard = getattr(answer.result, "heard", answer.result) if answer else None
                sound_view(view, heard if isinstance(heard, Transcript) else None)
            for view in views:
                if isinstance(view.result, Alignment):
                    st.html(f'<div class="dl-view dl-card deep flat"><b>{escape(view.title)}</b>{gloss_html(view.result)}'
                            f"<span>{escape(view.sentence)}</span></div>")
            for view in views:
                if isinstance(view.result, OWN_CARD):
                    st.html(f'<section class="dl-view dl-card {family} flat"><div class="dl-kind"><b>'
                            f"{escape(words.FAMILY[family])}:</b> {escape(view.title)}</div>{details_html(view.result, family, None)}"
                            f"<span>{escape(view.sentence)}</span></section>")
            if pictures:
                st.html(Markup(_kept_html(job, pictures)))
            for view in views:
                if isinstance(view.result, Labels):
                    rows = list(zip(view.result.names, map(float, view.result.scores)))[:5]
                    st.html(f'<div class="dl-view dl-card deep" style="min-height:0;max-width:34rem">'
                            f'<b>{escape(view.title)}</b>{bars(rows)}<span>{escape(view.sentence)}</span></div>')


def pictures_of(views: list[View]) -> list[View]:
    """Those views that are plain pictures."""
    return [view for view in views if not isinstance(view.result, (Spectrogram, Labels, Alignment, *OWN_CARD))]


def _kept_html(job: Asked, views: list[View]) -> str:
    """The pictures of the last answer, made once in a session: each rerun of the page shows them again."""
    kept = st.session_state.get("_views")
    if kept is None or kept[0] is not job:
        kept = st.session_state["_views"] = (job, views_html(views))
    return kept[1]


def views_html(views: list[View]) -> str:
    """Pictures in a row that wraps, each with its name and its one sentence."""
    figures = "".join(
        f'<figure class="dl-view"><img{" class=cells" if file.cells else ""} src="{bytes_uri(file.data, file.mime)}" '
        f'alt="{escape(view.title)}: {escape(view.sentence)}">'
        f"<figcaption><b>{escape(view.title)}</b><span>{escape(view.sentence)}</span></figcaption></figure>"
        for view in views if (file := draw(view)))
    return f'<div class="dl-views{" few" if len(views) < 3 else ""}">{figures}</div>'
