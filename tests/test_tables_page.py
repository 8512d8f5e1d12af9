"""The pages of tables through Streamlit's harness: the form, the pushes, the ways, all methods, chances, groups."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos import demo_folder, get_demo, list_demos
from demos.base import Demo
from demos.credit_decision.words import TOLD
from demos.engine import LocalEngine
from demos.figures import MOST, parted, read_figures
from demos.tabular_outcomes import MEASURES, Outcomes, evened, treated
from demos.tabular_results import Pushes, Tree, Ways
from pages.ui import table_words as said
from pages.ui import words
from pages.ui.card import told_first
from pages.ui.fairness import apart, equal_in_words
from pages.ui.table_view import pushes_html, signed, tree_html, ways_html

CREDIT, CHURN = get_demo("credit_decision"), get_demo("customer_churn")


@pytest.fixture(scope="module")
def credit(live_engine: LocalEngine) -> AppTest:
    return open_page("credit_decision")


@pytest.fixture(scope="module")
def churn(live_engine: LocalEngine) -> AppTest:
    return open_page("customer_churn")


def press(page: AppTest, key: str) -> None:
    next(button for button in page.button if button.key == key).click().run()
    assert not page.exception


def test_a_page_shows_all_its_parts_in_order(credit: AppTest) -> None:
    drawn = html(credit)
    assert [h.value for h in credit.header] == [words.WHY, words.BREAK, TOLD.ways, said.METHODS, said.HONEST, TOLD.fair, words.CARD]
    assert "Here classical wins by measure" in drawn and words.ONLY_YOU_OF["number"] in drawn
    assert drawn.count('class="dl-pushes"') == 2 and drawn.count('class="dl-ways"') == 2 and drawn.count('class="dl-tree"') == 1
    assert all(method.title in drawn for method in CREDIT.methods) and TOLD.promises in drawn
    assert "Current account here: up to “below 0 DM”?" in drawn and "kept" not in said.METHODS_CAPTION


def test_the_form_asks_for_everything_under_its_headings(credit: AppTest) -> None:
    groups = list(dict.fromkeys(item.group for item in CREDIT.inputs))
    assert [box.label for box in credit.expander][:3] == groups == ["The loan", "Money", "Work and home"]
    asked = {w.label for w in (*credit.selectbox, *credit.slider, *credit.radio)}
    assert {item.label for item in CREDIT.inputs} <= asked


def test_an_applicant_fills_the_form_and_one_answer_is_changed(credit: AppTest) -> None:
    press(credit, "sample_credit_decision_student")
    assert credit.slider(key="number_credit_decision_amount").value == 1500
    assert credit.selectbox(key="choice_credit_decision_purpose").value == "television"
    credit.slider(key="number_credit_decision_duration").set_value(60).run()
    credit.selectbox(key="choice_credit_decision_status").set_value("below").run()
    assert not credit.exception and words.YOUR_OWN["choice"] in [caption.value for caption in credit.caption]
    assert credit.slider(key="number_credit_decision_amount").value == 1500, "the other answers stay"
    assert html(credit).count(">does not pay back</div>") >= 2
    assert "Current account here: below 0 DM" in html(credit)
    press(credit, "sample_credit_decision_shop")
    assert credit.slider(key="number_credit_decision_duration").value == 48


def test_the_bar_of_what_would_have_changed_it_moves(credit: AppTest) -> None:
    bar = credit.slider(key="ways_bar_credit_decision")
    bar.set_value(20).run()
    assert html(credit).count("The model already says “pays back”") == 2
    bar.set_value(90).run()
    assert not credit.exception and html(credit).count("The model already says") == 0
    bar.set_value(50).run()


def test_break_it_asks_for_more_and_says_how_much_it_is_now(credit: AppTest) -> None:
    press(credit, "sample_credit_decision_student")
    group = next(group for group in credit.button_group if group.key == "break_credit_decision")
    group.set_value("A larger loan").run()
    assert not credit.exception and "Amount: 4,500 DM" in html(credit) and "asking for 3 times as much" in html(credit)
    group.set_value("Somebody younger").run()
    assert not credit.exception and "Age: 18 years" in html(credit)
    press(credit, "sample_credit_decision_shop")


def test_a_threshold_moves_both_groups_and_one_share_is_made_equal(credit: AppTest) -> None:
    before = html(credit)
    assert "up to 25 years old" in before and "points apart" in before
    credit.slider(key="threshold_credit_decision").set_value(80).run()
    assert not credit.exception and html(credit) != before and said.ONE_BAR.format(bar=80) in html(credit)
    credit.selectbox(key="even_credit_decision").set_value("chosen").run()
    assert "older than 25: from 80 in 100" in html(credit) and "Equal within two points: how many get the loan" in html(credit)
    credit.toggle(key="blind_credit_decision_Loans, by age").set_value(True).run()
    assert not credit.exception
    credit.radio(key="groups_credit_decision").set_value("Incomes, by sex").run()
    assert not credit.exception and "women" in html(credit) and TOLD.groups[1].measures[1] in html(credit)
    credit.selectbox(key="whose_credit_decision_Incomes, by sex").set_value("network").run()
    assert not credit.exception


def test_a_curve_for_each_method_that_is_chosen(credit: AppTest) -> None:
    def names() -> list[str]:
        charts = [json.loads(chart.proto.spec) for chart in credit.get("plotly_chart")]
        return [line.get("name", "") for chart in charts for line in chart["data"] if line.get("showlegend", True)]

    first = names()
    assert CREDIT.method("boosting").title in first and CREDIT.method("tree").title not in first
    group = next(group for group in credit.button_group if group.key == "honest_credit_decision")
    group.set_value([method.title for method in CREDIT.methods]).run()
    assert not credit.exception and {method.title for method in CREDIT.methods} <= set(names())
    group.set_value([]).run()
    assert not credit.exception


def test_answers_that_cannot_go_together_get_a_sentence_and_the_page_lives(churn: AppTest) -> None:
    assert not churn.exception and html(churn).count('class="dl-ways"') == 2
    churn.selectbox(key="choice_customer_churn_internet").set_value("none").run()
    churn.selectbox(key="choice_customer_churn_lines").set_value("none").run()
    assert not churn.exception and html(churn).count("A customer has a telephone line, or internet, or both.") == 4
    press(churn, "sample_customer_churn_faithful")
    assert churn.radio(key="choice_customer_churn_security").value == "yes" and html(churn).count(">stays</div>") >= 2
    assert "alone explain the monthly price" in html(churn)


# --- drawings ---------------------------------------------------------------------------------------

def test_what_comes_from_outside_is_escaped_in_every_drawing() -> None:
    bad = "<img src=x>"
    pushes = Pushes((bad, "b"), (bad, "b"), (bad, "b"), [0.25, -0.05], 0.5, 0.7, bad)
    ways = Ways((((bad, bad, bad, bad),),), [0.6], 0.4, 0.5, bad)
    tree = Tree((bad, "", ""), (1, -1, -1), (2, -1, -1), [0.5, 0.2, 0.8], (4, 2, 2), (0, 1), bad)
    for drawn in (pushes_html(pushes), ways_html(ways), tree_html(tree)):
        assert "<img" not in drawn and "&lt;img" in drawn
    assert ways_html(Ways((), [], 0.4, 0.5, "good", f"{bad} no")) == "<p>&lt;img src=x&gt; no</p>"


def test_pushes_go_to_either_side_and_small_ones_stand_together() -> None:
    many = Pushes(tuple("abcdefghijkl"), tuple("abcdefghijkl"), tuple("ABCDEFGHIJKL"),
                  [0.3, -0.1, *[0.01] * 8, 0.002, 0.002], 0.2, 0.484, "good")
    drawn = pushes_html(many)
    assert drawn.count('class="for"') == 8 and drawn.count('class="against"') == 1 and "4 other answers together" in drawn
    assert 'style="left:25.0%;width:75.0%"' in drawn and 'style="left:0.0%;width:25.0%"' in drawn
    assert (signed(0.12), signed(-0.031), signed(0.001)) == ("+12", "−3", "0")
    nothing = Pushes(("a",), ("a",), ("a",), [0.0], 0.5, 0.5, "good")
    assert 'class="for"' not in pushes_html(nothing) and pushes_html(nothing).count("50 in 100") == 2


def test_only_the_path_stands_out_in_the_tree() -> None:
    tree = Tree(("first?", "second?", "", "", ""), (1, 3, -1, -1, -1), (2, 4, -1, -1, -1), [0.5, 0.6, 0.3, 0.9, 0.4],
                (10, 6, 4, 3, 3), (0, 1, 4), "good")
    drawn = tree_html(tree)
    assert drawn.count('<li class="on">') == 3 and drawn.count("<li>") == 2
    assert "<i>No:</i>40 in 100 “good” (of 3)" in drawn


def test_a_share_is_made_equal_by_a_threshold_of_its_own() -> None:
    counts = (((4, *[0] * 24, 3, *[0] * 24), (1, *[0] * 24, 2, *[0] * 24)), ((2, *[0] * 39, 4, *[0] * 9), (1, *[0] * 39, 5, *[0] * 9)))
    one = Outcomes("made up", "m", "sex", ("women", "men"), counts, "", {"date": "", "note": ""})
    assert evened(one, 0.7, "chosen")[1] == 0.7
    for measure in MEASURES:
        before = [abs(getattr(g, measure) - getattr(treated(one, (0.7, 0.7))[1], measure)) for g in treated(one, (0.5, 0.7))]
        after = treated(one, evened(one, 0.7, measure))
        assert abs(getattr(after[0], measure) - getattr(after[1], measure)) <= before[0] + 1e-9
    women, men = treated(one, (0.5, 0.7))
    assert women.held == pytest.approx(0.4) and men.held == pytest.approx(5 / 9)
    assert treated(one, (1.0, 1.0))[0].held is None and apart(treated(one, (1.0, 1.0)), "held") is None
    assert evened(one, 1.0, "held") == (1.0, 1.0), "nobody to be equal with"
    groups = replace(TOLD.groups[0])
    assert equal_in_words(groups, treated(one, (0.02, 0.02))) != said.EQUAL_ALL
    assert equal_in_words(groups, (women, women)) == said.EQUAL_ALL


def test_many_figures_are_parted_and_none_is_lost() -> None:
    figures = read_figures(demo_folder("credit_decision"))
    first, others = parted(figures)
    assert len(figures) > MOST and sorted(map(repr, (*first, *others))) == sorted(map(repr, figures))
    assert {f.metric for f in first} == {"accuracy", "pairs_ordered"} and {f.method for f in first} == {m.key for m in CREDIT.methods}
    assert parted(figures[:3]) == (figures[:3], [])


@pytest.mark.parametrize("demo", list_demos(), ids=lambda demo: demo.name)
def test_a_card_tells_few_figures_first_of_both_families_and_folds_the_others(demo: Demo) -> None:
    first, others = told_first(demo)
    families = {method.key: method.family for method in demo.methods}
    assert len(first) <= 9 and {families.get(figure.method) for figure in first} >= {"classical", "deep"}
    kept = [figure for figure in read_figures(demo_folder(demo.name)) if not figure.metric.startswith("right_when")]
    assert sorted(map(repr, (*first, *others))) == sorted(map(repr, kept))
