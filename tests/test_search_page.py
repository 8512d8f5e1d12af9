"""The page of the search: passages with links, words shaded, the map, a text of one's own."""

from __future__ import annotations

import json
import re

import pytest

import text_makers as makers
from app_pages import html, open_page
from conftest import ROOT
from demos import get_demo
from demos.search.corpus import collect
from pages.ui import search_words as said
from pages.ui.search import islands, map_chart

pytestmark = pytest.mark.usefixtures("live_engine")
DEMO = get_demo("search")


def test_both_methods_show_passages_that_link_to_their_pages() -> None:
    at = open_page("search")
    drawn = html(at)
    assert drawn.count('class="dl-passages"') >= 1 and drawn.count('class="dl-text"') == 4
    links = set(re.findall(r'href="([^"#?]+)[#?"]', drawn))
    assert links and all(link == "./" or (ROOT / "pages" / f"{link}.py").exists() for link in links)
    assert "alike in meaning" in drawn and 'rel="noopener"' in drawn
    at.text_area[0].set_value("What is <i>dropout</i>?").run()
    raw = "\n".join(element.proto.body for element in at.get("html"))
    assert "Glossary: dropout" in raw and "<i>dropout" not in raw and not at.exception


def test_the_map_shows_every_passage_and_nothing_that_was_written() -> None:
    at = open_page("search")
    at.text_area[0].set_value("Where is <b>my</b> question?").run()
    chart = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert len(chart["data"][0]["x"]) == len(collect()) and "<b>my</b>" not in json.dumps(chart)
    assert [trace["name"] for trace in chart["data"] if trace.get("showlegend") is not False][-1] == said.ASKED
    assert "Sentiment analysis" in json.dumps(chart["layout"]["annotations"])


def test_a_pasted_text_is_searched_by_both() -> None:
    at = open_page("search")
    at.button(key="own_example_search").click().run()
    assert at.text_area(key="own_text_search").value == said.EXAMPLE_TEXT
    drawn = html(at).split("dl-own")[1]
    assert "All other pets have to wait outside" in drawn and "6 passages searched" in drawn
    at.text_area(key="own_text_search").set_value("Only <b>this</b> sentence.").run()
    raw = "\n".join(element.proto.body for element in at.get("html"))
    assert "&lt;b&gt;this" in raw and not at.exception


def test_an_uploaded_pdf_is_searched_and_a_locked_one_is_declined_in_words() -> None:
    at = open_page("search")
    at.text_input(key="own_question_search").set_value("When may I come?").run()
    at.file_uploader[0].upload("rules.pdf", makers.pdf("No dogs.", "We open at nine in the morning."), "application/pdf").run()
    assert "Page 2" in html(at) and "We open at nine" in html(at)
    at.file_uploader[0].upload("x.pdf", makers.locked(makers.pdf("No."), "secret"), "application/pdf").run()
    assert "without a password" in html(at) and not at.exception


def test_the_map_marks_what_shared_words_find() -> None:
    from demos.engine import InlineEngine

    engine = InlineEngine()
    asked = {"text": "What is dropout?"}
    found = engine.submit("search", "minilm", asked, want="part", change="map").result().result
    shared = engine.submit("search", "bm25", asked).result().result
    with_words, without = map_chart(found, shared), map_chart(found, None)
    assert len(with_words.data) == len(without.data) + 1
    assert {"Sentiment analysis", "Machine translation"} <= {*islands(found)}
