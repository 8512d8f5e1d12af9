"""The pages of sentiment and spam in a real browser: words written, words shaded, a list of texts from upload to chart."""

from __future__ import annotations

import pytest

from browsing import Watched, drawn


@pytest.mark.parametrize("name, text, answer, word", [
    ("sentiment", "The ending was terrible ![x](http://a.example/x.png)", "negative", "terrible"),
    ("spam", "Claim your free prize now, text WIN to 00000", "spam", "prize")])
def test_words_are_written_and_judged_and_shaded(watched: Watched, name: str, text: str, answer: str,
                                                 word: str) -> None:
    page = watched.open_demo(name)
    drawn(page)  # a box that has just come takes the sample's words once more
    page.locator("textarea").first.fill(text)
    page.get_by_role("button", name="Ask both methods").first.click()
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')", timeout=30_000)
    for family in ("classical", "deep"):
        assert page.inner_text(f".dl-card.{family} .dl-answer >> nth=0") == answer
        page.wait_for_selector(f".dl-card.{family} .dl-word:has-text('{word}')", timeout=30_000)
    drawn(page)  # while it is drawn, what the sample's words weighed may still stand there
    assert page.locator(".dl-text").count() == 4 and page.locator(".dl-text img").count() == 0


def test_a_hard_sentence_is_pressed_and_taken_up(watched: Watched) -> None:
    page = watched.open_demo("sentiment")
    page.get_by_text("Negation", exact=True).click()
    page.wait_for_selector(".dl-told:has-text('Of these 8 sentences')", timeout=30_000)
    page.get_by_role("button", name="It is not bad.").click()
    page.wait_for_function("document.querySelector('textarea').value === 'It is not bad.'")
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')", timeout=30_000)


def test_a_file_of_texts_is_uploaded_and_counted(watched: Watched) -> None:
    page = watched.open_demo("sentiment")
    rows = "".join(f"{n},{'a lovely evening' if n % 3 else 'a dull waste of time'}\n" for n in range(90))
    page.locator("input[type=file]").last.set_input_files(
        {"name": "reviews.csv", "mimeType": "text/csv", "buffer": f"id,review\n{rows}".encode()})
    page.wait_for_selector(".dl-told:has-text('60 of 90 are “positive”')", timeout=60_000)
    assert "The two differ on 0." in page.inner_text(".dl-told >> nth=-1")
    page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg")
    page.wait_for_selector("[data-testid=stDataFrame]")
