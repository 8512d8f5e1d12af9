"""The search in a real browser: a question to a passage whose link works, a map, a text and a PDF of one's own."""

from __future__ import annotations

import text_makers as makers
from browsing import Watched, upload


def test_a_question_leads_to_a_passage_whose_link_opens_the_page_at_its_place(watched: Watched) -> None:
    page = watched.open_demo("search")
    page.locator("textarea").first.fill("Can I have a legal contract translated? <img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Ask both methods").first.click()
    link = page.locator(".dl-card.deep a[href^='translation#']").first
    link.wait_for(timeout=60_000)
    page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg", timeout=60_000)
    assert page.locator(".dl-card img").count() == 0
    with page.context.expect_page() as opened:
        link.click()
    other = opened.value
    other.wait_for_selector("#before-you-trust-it", timeout=60_000)
    assert other.url.endswith("/translation#before-you-trust-it") and "Say it in another language" in other.inner_text("h1")


def test_a_link_to_the_glossary_opens_at_the_word(watched: Watched) -> None:
    page = watched.open_demo("search")
    page.locator("textarea").first.fill("What is dropout?")
    page.get_by_role("button", name="Ask both methods").first.click()
    page.wait_for_selector(".dl-card.classical a[href='glossary?term=dropout']", timeout=60_000)
    page.goto(f"{watched.home}/glossary?term=dropout")
    page.wait_for_selector(".dl-glossary .chosen#dropout", timeout=60_000)
    page.locator("input[type=text]").fill("softmax")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.dl-glossary .entry').length === 2")
    page.locator(".dl-glossary #softmax a[href='image_recognition']").click()
    page.wait_for_selector("h1:has-text('What is in this picture?')", timeout=60_000)


def test_a_text_and_a_pdf_are_uploaded_and_answered(watched: Watched) -> None:
    page = watched.open_demo("search")
    page.get_by_label("Your question to this text").fill("May my dog come along?")
    page.keyboard.press("Enter")  # a box of one line keeps its words to itself until then
    upload(page, "rules.txt", b"We open at ten.\n\nPets must wait outside, beside a bowl of water.", "text/plain")
    page.wait_for_selector(".dl-own .dl-card.deep:has-text('Pets must wait outside')", timeout=60_000)
    page.wait_for_selector(".dl-own .dl-card.classical:has-text('Nothing found')")
    upload(page, "rules.pdf", makers.pdf("We open at ten.", "Dogs may come along on a lead."), "application/pdf")
    page.wait_for_selector(".dl-own .dl-card.deep .dl-answer:has-text('Page 2')", timeout=60_000)
    page.wait_for_selector(".dl-own .dl-card.classical:has-text('Dogs may come along')")
