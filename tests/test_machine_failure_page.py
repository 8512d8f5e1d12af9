"""The machine page through Streamlit's own test harness, with the real engine behind it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from conftest import sample_input
from demos.engine import LocalEngine
from demos.machine_failure import DEMO
from demos.machine_failure import words as said
from pages.ui import words


@pytest.fixture(scope="module")
def page(live_engine: LocalEngine) -> AppTest:
    return open_page(DEMO.name)


def chart(page: AppTest, number: int) -> dict[str, Any]:
    return json.loads(page.get("plotly_chart")[number].proto.spec)


def test_the_page_shows_both_guesses_the_reasons_the_gates_and_what_is_rare(page: AppTest) -> None:
    assert not page.exception and not page.error
    drawn = html(page)
    assert drawn.count('class="dl-life"') == 2 and drawn.count("Eight times in ten it should be between") == 4
    assert 'class="dl-gates"' in drawn and drawn.count("open to") == 6 and 'class="dl-pushes"' in drawn
    assert [h.value for h in page.header] == [words.WHY, words.BREAK, said.PLAY, said.FORECAST, said.RARE, words.CARD]
    assert "there it runs until it breaks" in drawn and "off by" in drawn and "0 of 339" in drawn


def test_a_life_is_played_flight_by_flight_and_ends_where_the_engine_did(page: AppTest) -> None:
    page.button(key=f"sample_{DEMO.name}_twenty").click().run()
    figure = chart(page, 0)
    assert 30 <= len(figure["frames"]) <= 40 and len(figure["layout"]["sliders"][0]["steps"]) == len(figure["frames"])
    truth = next(trace for trace in figure["data"] if trace.get("name") == said.REALLY)
    assert truth["y"][1] == 0 and truth["x"][1] == 215
    assert [button["label"] for button in figure["layout"]["updatemenus"][0]["buttons"]] == ["Play", "Pause"]


def test_what_it_costs_chooses_the_alarm(page: AppTest) -> None:
    def threshold() -> float:
        line = next(trace for trace in chart(page, 0)["data"] if trace.get("name") == said.ALARM_LINE)
        return line["y"][0]

    before = threshold()
    page.select_slider(key=f"early_{DEMO.name}").set_value(50).run()
    page.select_slider(key=f"late_{DEMO.name}").set_value(10).run()
    assert not page.exception and threshold() < before
    assert "flights are wasted" in html(page) and "flights before its end" in html(page)


def test_an_engine_of_ones_own_is_read_and_played_without_its_end(page: AppTest) -> None:
    mine = b"".join(sample_input(DEMO, "last").splitlines(keepends=True)[:70])
    page.file_uploader(key=f"upload_{DEMO.name}_engine").upload("mine.txt", mine, "text/plain").run()
    assert not page.exception and "Your engine" in html(page)
    assert not any(trace.get("name") == said.REALLY for trace in chart(page, 0)["data"])
    page.file_uploader(key=f"upload_{DEMO.name}_engine").upload("bad.txt", b"not an engine", "text/plain").run()
    assert not page.exception and "26 numbers" in html(page)
    page.button(key=f"sample_{DEMO.name}_twenty").click().run()


def test_a_series_is_forecast_and_the_winner_is_said(page: AppTest) -> None:
    page.button(key=f"series_go_{DEMO.name}").click().run()
    assert any(said.CHOOSE_ONE in info.value for info in page.info)
    rows = "\n".join(f"2020-{n // 28 + 1:02d}-{n % 28 + 1:02d};{[5, 9, 4, 7, 20, 31, 2][n % 7]},5" for n in range(90))
    page.file_uploader(key=f"series_file_{DEMO.name}").upload("sales.csv", rows.encode(), "text/csv").run()
    drawn = html(page)
    assert not page.exception and "It seems to repeat every 7 values." in drawn and "on the held-back end" in drawn
    assert drawn.count("LSTM trained on the spot") >= 1 and "Exponential smoothing" in drawn
    page.file_uploader(key=f"series_file_{DEMO.name}").upload("bad.csv", b"a,b\nx,y\n" * 50, "text/csv").run()
    assert not page.exception and "no column of numbers" in html(page)
