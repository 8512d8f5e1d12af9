"""What judges of texts share: words and their weights, leaving out, tables, changes, the low-rank steps."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from conftest import ROOT
from demos.adapter import SCALE, AdaptedJudge, load_judge
from demos.errors import BadInput
from demos.inputs import TableInput
from demos.linear_words import LinearWords, as_arrays, load_words, terms, tokens
from demos.minilm import MINILM, WIDTH, load_minilm
from demos.table_files import LONGEST_TEXT, MOST_BYTES, MOST_ROWS, Table, read_table
from demos.text_changes import FRIENDLY, befriend, deny, disguise
from demos.text_results import Judged, Words
from demos.two_way import LEFT_OUT_AT_MOST, agreement, by_word, leave_out, strongest, word_spans
from demos.weights import locate

NAMES = ("yes", "no")


def words_of(text: str) -> list[str]:
    return [word for word, _, _ in tokens(text)]


def linear(weights: dict[str, float], bias: float = 0.0, longest: int = 1, rarity: bool = False) -> LinearWords:
    values = np.array(list(weights.values()), np.float32)
    return LinearWords(NAMES, tuple(weights), values, bias, np.ones(len(values), np.float32) if rarity else None, longest)


# --- words and weights ------------------------------------------------------------------------------

def test_a_denial_is_a_word_of_its_own() -> None:
    assert words_of("It isn't good, I can’t say!") == ["it", "is", "n't", "good", "i", "ca", "n't", "say", "!"]
    assert words_of("WIN £1000 now") == ["win", "£", "1000", "now"]
    assert [term for term, _ in terms("not so bad", 2)] == ["not", "so", "bad", "not so", "so bad"]


def test_naive_weights_add_up_and_belong_to_their_words() -> None:
    judge = linear({"good": 2.0, "bad": -3.0}, bias=0.5)
    assert judge.scores(["good, good and bad", "nothing known", ""]).tolist() == [1.5, 0.5, 0.5]
    assert judge.pushes("Good, good and bad!").tolist() == [2, 2, 0, -3]
    assert judge.note("nothing known") and not judge.note("good")
    answer = judge.predict("bad")
    assert answer.names == ("no", "yes") and answer.ids == (0, 1) and answer.scores.sum() == pytest.approx(1)


def test_rare_words_weigh_as_scikit_learn_weighs_them(tmp_path: Path) -> None:
    from safetensors.numpy import save_file
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = ["a fine film", "a dull film", "not a fine film at all", "fine fine music", "dull and long", "it isn't dull"]
    counter = TfidfVectorizer(analyzer=lambda text: [term for term, _ in terms(text, 2)], sublinear_tf=True)
    rows = counter.fit_transform(texts)
    model = LogisticRegression().fit(rows, [1, 0, 0, 1, 0, 1])
    arrays = as_arrays(list(counter.get_feature_names_out()), model.coef_[0], float(model.intercept_[0]), counter.idf_, 2)
    save_file(arrays, tmp_path / "words.safetensors")
    judge = load_words(tmp_path / "words.safetensors", NAMES)
    new = [*texts, "fine, fine, fine and never dull", "unknown words only", "isn't it fine?"]
    assert judge.scores(new) == pytest.approx(model.decision_function(counter.transform(new)), abs=1e-5)
    for text in texts:
        assert judge.bias + judge.pushes(text).sum() == pytest.approx(judge.scores([text])[0], abs=1e-5)


def test_leaving_out_finds_what_each_word_adds() -> None:
    judge = linear({"good": 2.0, "bad": -3.0})
    assert leave_out("good or bad", judge.scores).tolist() == [2, 0, -3]
    long = leave_out("good " * 100, judge.scores)
    assert len(long) == 100 and long.sum() == pytest.approx(200, rel=1e-5)
    asked: list[int] = []

    def count(texts: list[str]) -> np.ndarray:
        asked.append(len(texts))
        return judge.scores(texts)

    leave_out("bad " * 500, count)
    assert asked == [LEFT_OUT_AT_MOST + 1] and leave_out("", judge.scores).shape == (0,)


def test_values_go_to_the_words_they_stand_in() -> None:
    text = "un believ able!"
    assert word_spans(text) == [(0, 2), (3, 9), (10, 15)]
    found = by_word(np.array([9.0, 1, 2, 3, 4, 9]), [(0, 0), (0, 2), (3, 9), (10, 14), (14, 15), (0, 0)], word_spans(text))
    assert found.tolist() == [1, 2, 7]


def test_the_sentences_name_the_words_and_say_when_two_ways_differ() -> None:
    words = ("Good,", "or", "bad!")
    one, two = Words(words, np.array([2.0, 0, -3]), NAMES), Words(words, np.array([4.0, 0, -3]), NAMES)
    assert strongest(one) == "“Good” pushed most towards “yes”; “bad” pushed most towards “no”."
    assert "agree: “bad”" in agreement(one, one) and "differ" in agreement(one, two) and "“Good”" in agreement(one, two)
    assert "hardly moves" in agreement(one, Words(words, np.array([0.05, 0, -0.09]), NAMES))
    nothing = Words(words, np.zeros(3), NAMES)
    assert "No word" in strongest(nothing) and "No single word" in agreement(nothing, one)
    with pytest.raises(ValueError):
        Words(words, np.array([1.0, np.nan, 0]), NAMES)
    with pytest.raises(ValueError):
        Judged(("a",), np.array([1.2]), NAMES)


def test_many_texts_grow_and_end_whole() -> None:
    table = Table(("id", "text"), tuple((str(i), "good" if i % 2 else "bad") for i in range(70)), left_out=3)
    steps = list(linear({"good": 2.0, "bad": -3.0}).many(table))
    assert [round(done, 2) for done, _ in steps] == [0.46, 0.91, 1.0]
    last = steps[-1][1]
    assert last.column == 1 and last.left_out == 3 and (last.shares > 0.5).sum() == 35 and len(steps[0][1].texts) == 32


# --- MiniLM -----------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> AdaptedJudge:
    """MiniLM with random steps and head."""
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(1)
    name = "encoder.layer.0.attention.self.query"
    stored = {f"{name}.A": torch.randn(4, WIDTH) * 0.05, f"{name}.B": torch.randn(WIDTH, 4) * 0.05,
              "head.weight": torch.randn(1, WIDTH), "head.bias": torch.tensor([0.3])}
    path = tmp_path_factory.mktemp("steps") / "steps.safetensors"
    save_file({key: value.half() for key, value in stored.items()}, path)
    return load_judge(locate(MINILM, Path()), path, "cpu", NAMES)


def test_the_steps_are_added_to_their_matrix_and_to_no_other(judge: AdaptedJudge) -> None:
    import torch

    plain = load_minilm(locate(MINILM, Path()), "cpu").network.state_dict()
    changed = {name for name, value in judge.minilm.network.state_dict().items() if not torch.equal(value, plain[name])}
    assert changed == {"encoder.layer.0.attention.self.query.weight"}
    difference = judge.minilm.network.get_submodule("encoder.layer.0.attention.self.query").weight - \
        plain["encoder.layer.0.attention.self.query.weight"]
    assert torch.linalg.matrix_rank(difference, atol=1e-3) == 4 and SCALE == 2


def test_meanings_are_near_for_what_means_the_same() -> None:
    minilm = load_minilm(locate(MINILM, Path()), "cpu")
    cat, kitten, stocks = minilm.meanings(["A cat sits on the mat.", "A kitten is on the rug.", "Stocks fell today."])
    assert cat @ kitten > 0.5 > cat @ stocks + 0.2 and np.linalg.norm(cat) == pytest.approx(1, abs=1e-4)


def test_a_text_is_scored_alike_alone_and_among_others(judge: AdaptedJudge) -> None:
    texts = ["Short.", "A good deal longer than the other one, " * 9, "", "你好 😀", "word " * 900]
    together = judge.scores(texts)
    assert np.isfinite(together).all()
    assert together == pytest.approx([float(judge.scores([text])[0]) for text in texts], abs=2e-3)


def test_what_the_words_push_sums_up_to_the_way_from_hidden_words(judge: AdaptedJudge) -> None:
    text = "A warm funny film that I would see again"  # no marks, and each word is one piece
    assert len(judge.minilm.encode([text])[0].ids) == 9 + 2
    whole, nothing = judge.scores([text, " ".join(["[MASK]"] * 9)])
    pushed = judge.pushes(text)
    assert pushed.shape == (9,) and pushed.sum() == pytest.approx(whole - nothing, rel=0.05, abs=0.05)


def test_a_long_text_says_how_much_was_read(judge: AdaptedJudge) -> None:
    assert judge.note("word " * 200) == "" and "146 of 400 words" in judge.note("word " * 400)
    assert judge.pushes("word " * 400)[254:].tolist() == [0.0] * 146
    assert judge.predict("word " * 400).note


# --- tables -----------------------------------------------------------------------------------------

@pytest.mark.parametrize("raw, columns, texts", [
    (b"text,label\nGood film,1\n\"Bad, really\",0\n", ("text", "label"), ["Good film", "Bad, really"]),
    (b"id;Review\n1;Good\n2;Bad\n", ("id", "Review"), ["Good", "Bad"]),
    (b"a\tb\nx\tthe long one\ny\tanother\n", ("a", "b"), ["the long one", "another"]),
    ("\ufeffsentence\nVery good, I say\n".encode(), ("sentence",), ["Very good, I say"]),
    (b"Good, very good.\nBad, and so on, and on.\n", ("text",), ["Good, very good.", "Bad, and so on, and on."]),
    ("Größe\r\nté\r\n".encode("cp1252"), ("text",), ["Größe", "té"]),
    ("text\tn\nhello\t1\n".encode("utf-16"), ("text", "n"), ["hello"]),
    (b'text\n"two\nlines"\n', ("text",), ["two lines"]),
])
def test_tables_of_many_kinds_are_read(raw: bytes, columns: tuple[str, ...], texts: list[str]) -> None:
    table = read_table(raw)
    assert table.columns == columns and table.texts(table.guess()) == texts and table.nbytes > 0


def test_lines_stay_lines_and_marks_of_control_go() -> None:
    table = TableInput().read("text,label\none\x00\x1b[31m,1\n\u202etwo".encode().replace(b"\x00", b""), form="lines")
    assert table.texts(0) == ["text,label", "one[31m,1", "two"]


@pytest.mark.parametrize("raw", [b"", b" \n\n", b"%PDF-1.7 x", b"PK\x03\x04 xlsx", b"a\x00b", b"\xff\xfe\x00",
                                 b"a," * MOST_BYTES, b"text,n\n , \n"])
def test_what_is_no_list_of_texts_is_refused_in_a_sentence(raw: bytes) -> None:
    with pytest.raises(BadInput) as error:
        read_table(raw)
    assert "Please" in str(error.value) and len(str(error.value)) < 200


def test_long_tables_and_long_cells_are_cut_and_it_is_said() -> None:
    table = read_table(b"text,n\n" + b"word,1\n" * (MOST_ROWS + 20))
    assert len(table.rows) == MOST_ROWS and table.left_out == 20
    assert len(read_table(b"x" * 100_000).texts(0)[0]) == LONGEST_TEXT
    with pytest.raises(BadInput):
        read_table(b"text,empty\none,\ntwo,\n").texts(1)


# --- changes and colours ----------------------------------------------------------------------------

def test_denials_disguises_and_friends() -> None:
    assert deny("The film is good.", 1) == "It is not true that the film is good."
    assert deny("I like it.", 2) == "It is not true that it is not true that I like it."
    assert disguise("Free prize", 100) == "Fr33 pr1z3" and disguise("xyz", 100) == "xyz"
    assert befriend("Win!", 3) == "Win! see you at" and len(FRIENDLY) >= 36
    some = [disguise("a letter to the lost sailors", percent) for percent in (20, 40, 100)]
    assert all(re.sub(r"\d", "", later) in re.sub(r"\d", "", earlier) or len(later) == len(earlier)
               for earlier, later in zip(some, some[1:]))


def luminance(colour: np.ndarray) -> float:
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def rgb(value: str) -> np.ndarray:
    return np.array([int(value[i:i + 2], 16) for i in (0, 2, 4)]) / 255


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("paper, ink", [("FBFAF7", "1C1B19"), ("15171A", "ECE9E2")])
@pytest.mark.parametrize("way", ["for", "against"])
def test_shaded_words_can_be_read_in_both_themes(way: str, paper: str, ink: str) -> None:
    from pages.ui.results import SHADE

    css = (ROOT / "pages/ui/style.css").read_text()
    assert f"#{paper}" in css and f"#{ink}" in css
    shade = rgb(re.search(rf"--{way}: #(\w+)", css)[1])
    assert contrast(SHADE / 100 * shade + (1 - SHADE / 100) * rgb(paper), rgb(ink)) >= 4.5  # WCAG AA


@pytest.mark.parametrize("paper, ink", [("FBFAF7", "1C1B19"), ("F1EFE9", "1C1B19"), ("15171A", "ECE9E2"), ("1F2226", "ECE9E2")])
def test_a_word_the_network_was_not_sure_of_can_be_read(paper: str, ink: str) -> None:
    from pages.ui.style import solid

    assert contrast(rgb(paper), solid(0) * rgb(ink) + (1 - solid(0)) * rgb(paper)) >= 4.5
    assert solid(0) < solid(0.5) < solid(1) == 1


def test_small_weights_are_not_said_to_be_none() -> None:
    from pages.ui.results import megabytes

    assert [megabytes(size) for size in (0.002, 0.025, 0.3, 19, 91.3)] == ["2 kB", "25 kB", "0.3 MB", "19 MB", "91 MB"]


def test_shaded_words_are_escaped_and_faint_ones_stay_plain() -> None:
    from pages.ui.results import words_html

    drawn = words_html(Words(("<b>", "strong", "faint"), np.array([1.0, -2, 0.01]), NAMES))
    assert "<b>" not in drawn and "&lt;b&gt;" in drawn and drawn.count('class="dl-word') == 4
    assert ">faint<" not in drawn and "towards yes" in drawn


def test_a_job_that_ends_while_it_is_drawn_is_drawn_once_more() -> None:
    from pages.ui.asks import settle

    class Ending:
        done, state, partial, place = False, "running", None, 0

        def wait(self, timeout: float) -> bool:
            return self.done

    job, seen = Ending(), []

    def draw(one: Ending) -> None:
        seen.append(one.done)
        one.done = True  # it ends just now

    settle([(job, draw)])
    assert seen == [False, True]


def test_who_waits_far_behind_is_told_now_and_then_and_not_of_each_step() -> None:
    from pages.ui.asks import settle

    class Far:
        done, state, partial, place = False, "waiting", None, 100

        def wait(self, timeout: float) -> bool:
            self.place -= 1
            self.done = self.place < 0
            return self.done

    job, told = Far(), []
    settle([(job, lambda one: told.append(one.place))])
    assert told == [100, -1]
