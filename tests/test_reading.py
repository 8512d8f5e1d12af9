"""The pages to be read: whole texts in plain words, sources for what was not measured here, links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

import pytest

from app_pages import html, open_page
from conftest import ROOT
from demos import demo_folder, get_demo, list_demos
from demos.figures import comparable, read_figures
from demos.reading import FOLDER, PARTS, Question, Topic, measured, page, read_questions, read_topics
from demos.reading.asking import asked
from demos.reading.citing import cited, plain, sources
from grades import grade
from pages.ui.energy import TEA_JOULES, tea
from pages.ui.reading import figures_html, marked, pages_here, questions_html

QUESTIONS = page("questions").questions
TOPICS = [(name, topic) for name in PARTS for topic in page(name).topics]
NAMES = [f"{name}-{topic.slug}" for name, topic in TOPICS]


def sentences(text: str) -> int:
    return len(re.findall(r"[.?!](?=\s|$)", text))


# --- texts ----------------------------------------------------------------------------------------

def test_all_that_was_asked_for_is_there() -> None:
    assert [topic.title for topic in page("where_used").topics] == [
        "Health", "Finance", "Transport", "Retail", "Entertainment", "Manufacturing", "Education", "Customer service",
        "Security", "Science"]
    assert len(page("limits").topics) >= 8 and len(QUESTIONS) >= 45
    for things in (QUESTIONS, *(page(name).topics for name in PARTS)):
        assert len({one.slug for one in things}) == len(things)


@pytest.mark.parametrize(("name", "topic"), TOPICS, ids=NAMES)
def test_a_topic_is_plain_has_sources_and_leads_to_pages(name: str, topic: Topic) -> None:
    assert topic.icon.startswith(":material/") and cited(" ".join(topic.parts.values()))
    for part, text in topic.parts.items():
        assert text.endswith((".", "]")) or text.endswith("?"), part
        assert sentences(plain(text)) <= 6 and grade(plain(text)) <= 8, f"{part}: grade {grade(plain(text)):.1f}"
    lead_somewhere(topic.pages)
    for figure in topic.figures:
        assert measured(figure).sentence() in figures_html((figure,)).replace("&#x27;", "'")


def lead_somewhere(pages: tuple[str, ...]) -> None:
    """Every address is a page; a sample in it is one of the demo's."""
    assert pages
    for where in pages:
        address, _, sample = where.partition("?sample=")
        assert (ROOT / "pages" / f"{address}.py").exists() and address in pages_here(), where
        assert not sample or sample in [one.key for one in get_demo(address).samples], where


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.slug)
def test_a_question_has_a_short_plain_answer_and_a_page(one: Question) -> None:
    assert one.asks.endswith("?") and re.fullmatch(r"[a-z0-9-]+", one.slug)
    assert 2 <= sentences(plain(one.says)) <= 5 and len(one.says) < 400
    assert grade(plain(one.says)) <= 8, f"grade {grade(plain(one.says)):.1f}"
    lead_somewhere(one.pages)


def test_on_the_whole_it_is_easy_reading() -> None:
    assert mean(grade(plain(one.says)) for one in QUESTIONS) < 5
    assert mean(grade(plain(text)) for _, topic in TOPICS for text in topic.parts.values()) < 6


def test_every_source_is_used_named_in_full_and_none_is_missing() -> None:
    used = {name for one in QUESTIONS for name in cited(one.says)}
    used |= {name for _, topic in TOPICS for text in topic.parts.values() for name in cited(text)}
    assert used == set(sources())
    for name, said in sources().items():
        year = name[-4:]
        assert f" {year}: " in said, f"{name}: the year is missing"
        assert not re.search(r"https?:|<|\[", said)


def test_every_mark_is_a_source() -> None:
    texts = [one.says for one in QUESTIONS] + [text for _, topic in TOPICS for text in topic.parts.values()]
    assert not [text for text in texts if "[" in plain(text) or "]" in plain(text)]


def test_what_the_words_claim_was_measured() -> None:
    """Two answers name a winner without its figure."""
    for demo, metric in (("spam", "accuracy"), ("credit_decision", "pairs_ordered")):
        rows = read_figures(demo_folder(demo))
        classical, deep = comparable(rows, get_demo(demo).method("classical").key, get_demo(demo).method("deep").key) or (None, None)
        assert classical and deep and classical.metric in (metric, "accuracy") and classical.value > deep.value


@pytest.mark.parametrize(("name", "old", "new", "says"), [
    ("where_used", "### What goes wrong", "### What?", "What goes wrong"),
    ("limits", "pages: ", "page: ", "pages"),
    ("limits", "### What people do\n", "### What people do\n\n## Next\n", "is empty|must be"),
    ("where_used", "# Where", "Where", "title"),
    ("questions", "pages: ", "page: ", "pages")])
def test_a_broken_file_says_where_it_is_wrong(tmp_path: Path, name: str, old: str, new: str, says: str) -> None:
    text = (FOLDER / f"{name}.md").read_text()
    assert old in text
    mine = tmp_path / f"{name}.md"
    mine.write_text(text.replace(old, new, 1))
    with pytest.raises(ValueError, match=says) as caught:
        (read_questions if name == "questions" else read_topics)(mine)
    assert f"{name}.md" in str(caught.value)


def test_a_figure_that_was_not_measured_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such figure"):
        measured("spam bayes accuracy on the moon")


# --- finding --------------------------------------------------------------------------------------

def test_a_question_is_found_by_its_words_in_any_order_and_by_its_answer() -> None:
    assert asked("job")[0].asks == "Will it take my job?" == asked("Will it take my job")[0].asks
    assert asked("face MY")[0].asks == "Does it know my face?"
    assert "How much energy does it take?" in [one.asks for one in asked("data cent")]
    assert asked("") == QUESTIONS == asked("  ?! ") and asked("qqq") == () == asked("energy qqq")
    assert asked("the") and asked("is it fair")[0].asks == "Is it fair?"


# --- drawing --------------------------------------------------------------------------------------

def test_marks_become_numbers_and_nothing_else_becomes_html() -> None:
    assert marked("A <b> claim [turing1950]. Another [searle1980], again [turing1950].", ["turing1950", "searle1980"]) == (
        "A &lt;b&gt; claim<sup>1</sup>. Another<sup>2</sup>, again<sup>1</sup>.")


def test_every_question_has_an_address_and_working_links() -> None:
    drawn = questions_html(QUESTIONS, QUESTIONS[3].slug)
    for one in QUESTIONS:
        assert f'id="{one.slug}"' in drawn and f'href="questions?ask={one.slug}"' in drawn
    linked = set(re.findall(r'href="([a-z0-9_]+)"', drawn))
    assert linked <= {path.stem for path in (ROOT / "pages").glob("*.py")} and len(linked) > 20
    assert drawn.count('class="entry chosen"') == 1 and drawn.count("<h2") == len({one.group for one in QUESTIONS})
    assert "<h2" not in questions_html(QUESTIONS[:3])


def test_a_cup_of_tea() -> None:
    assert round(TEA_JOULES) == 83_720
    assert (tea(1 / 2000), tea(0.12), tea(3)) == ("1/2,000", "12 in 100", "3.0 times")


def test_every_demo_is_met_on_the_pages() -> None:
    named = {where.split("?")[0] for _, topic in TOPICS for where in topic.pages} | {where for one in QUESTIONS for where in one.pages}
    assert {demo.name for demo in list_demos()} <= named


# --- pages ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", PARTS)
def test_a_page_draws_every_topic_with_its_links(name: str) -> None:
    at = open_page(name)
    topics = page(name).topics
    assert [header.value for header in at.header] == [f"{topic.icon} {topic.title}" for topic in topics]
    drawn, links = html(at), [link.proto.label for link in at.get("page_link")]
    assert len(links) == sum(len(topic.pages) for topic in topics)
    assert drawn.count('class="dl-sources"') == len(topics) and drawn.count('class="dl-measured"') == sum(bool(topic.figures) for topic in topics)


def test_energy_is_counted_from_answers_and_watts(monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page("limits")
    assert not at.slider and any("Nothing was answered" in caption.value for caption in at.caption)
    monkeypatch.setattr("pages.ui.energy.worked", lambda: [("spam", "bayes", 0.5), ("spam", "minilm", 2.0), ("spam", "minilm", 1.0)])
    at.run()
    assert any("2 answers, 3.00 seconds, **90.0 joules**" in one.value for one in at.markdown)
    at.slider(key="watts").set_value(100).run()
    assert any("1 answers, 0.50 seconds, **50.0 joules**" in one.value for one in at.markdown)


def test_the_page_of_questions_filters_and_opens_at_a_question() -> None:
    at = open_page("questions")
    assert html(at).count('class="entry') == len(QUESTIONS)
    at.text_input(key="questions_wanted").set_value("take job").run()
    assert html(at).count('class="entry') == 1 and 'id="will-it-take-my-job"' in html(at)
    at.text_input(key="questions_wanted").set_value("<b>qqq").run()
    assert html(at).count('class="entry') == 0 and "<b>qqq" in at.text[0].value and not at.exception
    at.text_input(key="questions_wanted").set_value("").run()
    at.query_params["ask"] = "does-it-think"
    at.run()
    assert 'class="entry chosen" id="does-it-think"' in html(at)
