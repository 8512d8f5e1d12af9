"""The lessons' pages through Streamlit's harness: what a visitor changes changes what is said."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos.controls import controls
from demos.engine import LocalEngine
from demos.lessons import Lesson, get_lesson, list_lessons
from pages.ui import lesson_words as words
from pages.ui.controls import controls_of


WITH_A_CHOICE = {"layers": ("second", "third")}  # controls of an address that are drawn with another choice only


def told(at: AppTest) -> str:
    return "\n".join(part.value for part in (*at.markdown, *at.info, *at.caption))


def pick(at: AppTest, key: str, value: object) -> AppTest:
    next(group for group in at.button_group if group.key == key).set_value(value).run()
    assert not at.exception
    return at


def name_of(lesson: Lesson) -> str:
    return lesson.name


@pytest.mark.parametrize("lesson", list_lessons(), ids=name_of)
def test_a_lesson_has_its_parts_in_the_one_order(lesson: Lesson, live_engine: LocalEngine) -> None:
    at = open_page(lesson.page)
    assert at.title[0].value == lesson.question and lesson.answer in html(at)
    headers = [header.value for header in at.header]
    assert [header for header in headers if header in (words.TRY_THIS, words.DEEPER, words.FOR_REAL)] == [
        words.TRY_THIS, words.DEEPER, words.FOR_REAL]
    assert {words.WHAT_HAPPENS, words.CURIOUS, words.ENGINEER} == {box.label for box in at.expander}
    takes = controls().get(lesson.page, {})
    assert takes == {**controls_of(at), **{key: takes[key] for key in WITH_A_CHOICE.get(lesson.name, ())}}, "python -m pages.ui.controls"
    assert len(headers) >= 4 or lesson.name == "layers", "there is something to do"


def test_a_neuron_answers_to_its_weights() -> None:
    at = open_page("how_neuron")
    assert "6 × 1 + 2 × 1 + (-5) = **3.00**" in told(at) and "**0.95**. It would go." in told(at)
    at.slider(key="w_sun").set_value(-1.0).run()
    assert "It would rather stay at home." in told(at)
    pick(at, "bend", "relu")
    assert "its answer is **0.00**. It cannot decide." in told(at)
    before = told(at)
    at.toggle(key="learn").set_value(True).run()
    assert "to 19" in told(at) and told(at) != before and not at.exception


def test_a_network_is_built_and_trained_and_forgets() -> None:
    at = open_page("how_layers")
    assert "It has learnt nothing yet" in told(at) and html(at).count("<figure>") == 3
    pick(at, "hidden", 0)
    at.button(key="train").click().run()
    assert "After 400 steps its 3 numbers get" in told(at)
    pick(at, "hidden", 1)
    assert "nothing yet" in told(at), "another network has not learnt what the last one did"
    at.button(key="train").click().run()
    assert "After 400 steps its 13 numbers get **19" in told(at) or "get **200 of 200**" in told(at)
    at.button(key="forget").click().run()
    assert "nothing yet" in told(at) and not at.exception


def test_a_ball_rolls_and_a_training_goes_on_and_stops() -> None:
    at = open_page("how_learning")
    assert "deep valley" in told(at)
    at.slider(key="x").set_value(1.8).run()
    assert "shallow valley" in told(at)
    at.select_slider(key="rate").set_value(0.6).run()
    assert "still on its way" in told(at)
    assert "Step 0:" in told(at)
    at.button(key="go").click().run()
    at.run()
    assert "Step 0:" not in told(at) and at.button(key="go").label == get_lesson("learning").labels["stop"]
    at.button(key="go").click().run()
    stopped = told(at)
    at.run()
    assert told(at) == stopped and at.button(key="go").label == get_lesson("learning").labels["train"]
    at.slider(key="size").set_value(3).run()
    assert "Step 0:" in told(at), "another network begins anew"


@pytest.mark.parametrize("goal", ["0", "1"])
def test_the_step_back_is_told_number_by_number(goal: str) -> None:
    at = pick(open_page("how_learning"), "goal", goal)
    says_each = ("Forward", "How wrong", "Pass the blame", "Blame each weight", "Every weight moves")
    for number, says in enumerate(says_each, start=1):
        at.slider(key="back").set_value(number).run()
        assert says in told(at) and not at.exception


def test_too_much_freedom_is_measured_and_cured() -> None:
    at = open_page("how_overfitting")
    calm = html(at)
    at.slider(key="degree").set_value(12).run()
    assert html(at) != calm
    at.toggle(key="cross").set_value(True).run()
    assert "takes degree **3**" in told(at)
    for key in ("more", "decay", "net_dropout", "net_early", "net_decay", "net_more"):
        at.toggle(key=key).set_value(True).run()
        assert not at.exception


def test_a_window_is_chosen_written_and_a_slip_is_told(live_engine: LocalEngine) -> None:
    at = open_page("how_seeing")
    assert html(at).count('class="dl-view dl-pixels"') == 3
    pick(at, "window", "blur")
    assert at.text_input(key="window_numbers").value.startswith("0.11")
    at.text_input(key="window_numbers").set_value("1, 2, <b>").run()
    assert "A window is nine numbers" in told(at) and "1, 2, <b>" not in html(at) and not at.exception
    at.text_input(key="window_numbers").set_value("0,0,0,0,1,0,0,0,0").run()
    assert "A window is nine numbers" not in told(at)


def test_a_rule_is_beaten_by_what_was_learnt(live_engine: LocalEngine) -> None:
    at = open_page("how_deep_learning")
    assert "5 of 10" in html(at) and "of 30" not in html(at)
    at.toggle(key="tried").set_value(True).run()
    assert "28 of 30" in html(at) and "16 of 30" in html(at) and "gets 28 of 30, your rule 16" in html(at)
    at.text_area(key="rule").set_value("<i>prize</i>, £").run()
    assert not at.exception and "2 of 10" not in html(at)


def test_a_head_is_chosen_and_a_sentence_given(live_engine: LocalEngine) -> None:
    at = open_page("how_attention")
    assert 'looks most at "trophy"' in html(at) and "every order means the same" in html(at)
    pick(at, "which", "before")
    assert 'looks most at "because"' in html(at)
    pick(at, "which", "own")
    assert {box.key for box in at.selectbox} >= {"layer", "head"}
    at.button(key="take_example_song").click().run()
    pick(at, "which", "it")
    assert 'looks most at "song"' in html(at)
    at.text_input(key="sentence").set_value("<script>").run()
    assert not at.exception and not any("<script>" in part.proto.body for part in at.get("html"))
    at.text_input(key="sentence").set_value(" ").run()
    assert get_lesson("attention").labels["nothing"] in told(at)
    at.text_input(key="sentence").set_value("a b c d e f g h i j " * 9).run()
    assert "Please shorten it" in html(at) and not at.exception


def test_a_word_is_read_letter_by_letter_and_gates_are_shown() -> None:
    at = open_page("how_memory")
    assert html(at).count("<figure>") == len("grandmother") and "guessed" in told(at)
    at.text_input(key="word").set_value("<b>🦜").run()
    assert html(at).count("<figure>") == 4 and "another letter" in html(at) and not at.exception
    pick(at, "who", "plain")
    at.text_input(key="word").set_value("").run()
    assert get_lesson("memory").labels["nothing"] in told(at)
    pick(at, "gate", "forget")
    assert "open widest" in html(at)
    pick(at, "cell", "own")
    at.number_input(key="cell_number").set_value(128).run()
    at.text_area(key="memory_text").set_value("x").run()
    assert not at.exception
    before = told(at)
    at.slider(key="fades").set_value(1.1).run()
    assert told(at) != before and not at.exception


def test_dice_fall_where_daring_lets_them_and_pictures_come(live_engine: LocalEngine) -> None:
    at = open_page("how_generating")
    assert "of 16 are read as 3" in html(at) and "it came" in html(at)
    first = html(at)
    at.slider(key="daring").set_value(0.0).run()
    assert "<b>100 %</b>" in html(at), "without daring the dice has one side"
    told_once = html(at).split("dl-story")[1].split("</div>")[0]
    at.button(key="throw").click().run()
    assert html(at).split("dl-story")[1].split("</div>")[0] == told_once, "and every throw tells the same"
    at.slider(key="daring").set_value(2.0).run()
    at.slider(key="piece").set_value(10).run()
    assert html(at) != first and not at.exception
    pick(at, "digit", "7")
    at.slider(key="strict").set_value(0.0).run()
    assert "of 16 are read as 7" in html(at) and "16 of 16" not in html(at)
    at.text_input(key="begin").set_value("<i>\x00🦜").run()
    assert not at.exception and not any("<i>" in part.proto.body for part in at.get("html"))
    at.text_input(key="begin").set_value("").run()
    assert get_lesson("generating").labels["nothing"] in html(at)


def test_a_shortcut_looks_right_until_one_looks() -> None:
    at = open_page("how_blackbox")
    assert html(at).count('class="dl-view dl-pixels"') == 3 and "<b>92</b> of 100" in html(at)
    at.select_slider(key="share").set_value(100).run()
    assert "<b>100</b> of 100" in html(at) and "<b>67</b> of 100" in html(at) and "<b>15</b> of 100" in html(at)
    before = html(at)
    at.toggle(key="mark").set_value(True).run()
    assert html(at) != before and "says: even" in html(at) and not at.exception
    for number in (1, 40):
        at.slider(key="number").set_value(number).run()
        assert not at.exception


def test_what_one_has_leads_to_a_kind_and_each_kind_is_drawn() -> None:
    at = open_page("how_kinds")
    said = get_lesson("kinds").labels
    for have, kind in (("table", "dense"), ("friends", "graph"), ("series", "lstm")):
        pick(at, "have", have)
        assert said[f"{kind}_said"] in html(at)
    assert len(at.code) == 4
    for kind in ("dense", "cnn", "rnn", "lstm", "transformer", "autoencoder", "diffusion", "graph"):
        pick(at, "kind", kind)
        assert html(at).count("dl-drawing") and said[f"{kind}_said"] in html(at)


def test_with_few_examples_the_classical_method_leads_and_products_are_timed(live_engine: LocalEngine) -> None:
    at = open_page("how_data")
    assert "The network is ahead" in told(at)
    at.select_slider(key="count_digits").set_value(50).run()
    assert "The classical method is ahead" in told(at) and not at.exception
    for task in ("spam", "churn", "pictures"):
        pick(at, "task", task)
        assert "examples the classical method gets" in told(at)
    at.button(key="press").click().run()
    assert html(at).count("billion a second") == 4 and "2,048 times 2,048" in html(at)
