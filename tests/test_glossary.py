"""The glossary: enough entries, in plain words, each with an address and a page where it is met."""

from __future__ import annotations

import re
from statistics import mean

import pytest

from app_pages import html, open_page
from conftest import ROOT
from demos.glossary import Entry, entries, matching
from grades import grade
from pages.ui.glossary import entries_html

TERMS = ("neuron", "layer", "weight", "activation", "softmax", "loss", "gradient descent", "backpropagation", "learning rate",
         "epoch", "batch", "overfitting", "regularisation", "dropout", "convolution", "filter", "pooling", "attention",
         "transformer", "token", "embedding", "RNN", "LSTM", "diffusion", "autoencoder", "SVM", "HOG", "TF-IDF", "naive Bayes",
         "BM25", "precision", "recall", "AUC", "calibration", "SHAP", "Grad-CAM")


def test_there_are_enough_and_the_words_of_the_field_are_among_them() -> None:
    assert len(entries()) >= 120
    assert {*TERMS} <= {entry.term for entry in entries()}
    assert len({entry.slug for entry in entries()}) == len(entries()) == len({entry.says for entry in entries()})


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.slug)
def test_an_entry_is_short_plain_and_linked(entry: Entry) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", entry.slug) and entry.says[0].isupper() and entry.says.endswith(".")
    assert 1 <= len(re.findall(r"[.?!](?=\s|$)", entry.says)) <= 4 and len(entry.says) <= 300
    assert grade(entry.says) <= 8, f"grade {grade(entry.says):.1f}"
    assert entry.pages and all((ROOT / "pages" / f"{page}.py").exists() for page in entry.pages)


def test_on_the_whole_it_is_easy_reading() -> None:
    assert mean(grade(entry.says) for entry in entries()) < 5


def test_a_word_is_found_by_its_beginning_its_other_names_and_its_meaning() -> None:
    assert matching("overf")[0].term == "overfitting" and matching("  ReLU ")[0].term == "activation function"
    assert "backpropagation" in [entry.term for entry in matching("passed back")]
    assert matching("") == entries() and matching("qqq") == ()


def test_every_entry_has_an_anchor_and_working_links() -> None:
    drawn = entries_html(entries(), "dropout")
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}
    for entry in entries():
        assert f'id="{entry.slug}"' in drawn and f'href="glossary?term={entry.slug}"' in drawn
    linked = set(re.findall(r'href="([a-z0-9_]+)"', drawn))
    assert linked and linked <= pages and drawn.count('class="entry chosen"') == 1


def test_the_page_filters_and_opens_at_a_word() -> None:
    at = open_page("glossary")
    assert html(at).count('class="entry') == len(entries())
    at.text_input(key="glossary_wanted").set_value("gradient desc").run()
    assert html(at).count('class="entry') == 1 and 'id="gradient-descent"' in html(at)
    at.text_input(key="glossary_wanted").set_value("<b>qqq").run()
    assert html(at).count('class="entry') == 0 and "<b>qqq" in at.text[0].value and not at.exception
    at.text_input(key="glossary_wanted").set_value("").run()
    at.query_params["term"] = "softmax"
    at.run()
    assert 'class="entry chosen" id="softmax"' in html(at)
