"""The pages to be read in a real browser: a question is found, a link opens its page, a topic leads to a demo at a sample."""

from __future__ import annotations

from browsing import Watched


def test_a_question_is_found_and_links_open_their_pages(watched: Watched) -> None:
    page = watched.page
    page.goto(f"{watched.home}/questions?ask=does-it-think")
    page.wait_for_selector(".dl-glossary .chosen#does-it-think", timeout=60_000)
    page.get_by_label("Find a question").fill("energy take")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.dl-glossary .entry:not(.chosen)').length < 5")
    entry = page.locator(".dl-glossary .entry#how-much-energy-does-it-take")
    entry.locator("summary").click()
    assert "BLOOM" in entry.locator(".dl-sources li").first.inner_text()
    entry.locator("a[href='limits']").click()
    page.wait_for_selector("h1:has-text('What it cannot do, and what it costs')", timeout=60_000)
    page.locator(".dl-topics a[href='#it-makes-things-up']").click()
    assert page.url.endswith("#it-makes-things-up")
    page.get_by_role("link", name="Where is it used?").first.click()
    page.wait_for_selector("h2#science", state="attached", timeout=60_000)
    page.get_by_role("link", name="What does this word mean?").or_(page.get_by_role("link", name="Glossary")).first.wait_for()
    assert page.locator("[data-testid=stMain] a:has-text('Which film next?')").count() >= 1
