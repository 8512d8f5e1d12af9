"""The load program's own parts: what it reads off a page, how it counts, and that its visitors do speak to the app."""

from __future__ import annotations

import asyncio

import pytest

from bench.__main__ import shown
from bench.load import own_picture, pictures
from bench.load_rows import Log, crowd_rows, hall_rows, near
from bench.peers.__main__ import right, rows, spoken
from bench.peers.apps import OURS, PICTURES, SPEECH, App, Turn
from bench.visitor import Seen, Visitor, read
from demos.jobs import Answer
from demos.results import Labels
from pages.ui.asks import Failed, Given, digest
from pages.ui.duel import duel_html


class Waits(Failed):
    """A job that waits, as a page sees it."""

    def __init__(self, left: float) -> None:
        self.error, self.done, self.partial, self.fraction, self.place = None, False, None, 0.0, 3
        self.estimate_s, self.state, self.units = left, "waiting", None


class Done(Failed):
    """A job with an answer."""

    def __init__(self, name: str) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.answer = Answer(Labels((name, "other"), (0.9, 0.1)), 0.02, "cpu")

    def result(self, timeout: float | None = None) -> Answer:
        return self.answer


def drawn(job: Failed, given: Given) -> str:
    from demos import get_demo

    demo = get_demo("image_recognition")
    return duel_html(demo, demo.method("classical"), demo.method("deep"), {"classical": job, "deep": job}, given)


def test_what_a_visitor_reads_off_the_real_page() -> None:
    from demos.errors import Busy
    from demos.waiting import FULL

    mine, seen = Given({}, digest({"image": b"mine"}), "mine"), Seen()
    name = mine.digest[:16]
    read("<style>.dl-duel {}</style>", name, 0.1, seen)
    read(drawn(Waits(4.0), mine), name, 0.2, seen)
    assert seen.told == 0.2 and seen.estimate == (0.2, 4.0) and not seen.answer
    read(drawn(Done("tabby"), Given({}, "sample:cat", "a cat")), name, 0.3, seen)
    assert not seen.answer and seen.digests == {"sample:cat"}, "somebody else's input"
    read(drawn(Done("tabby"), mine), name, 4.2, seen)
    assert seen.answer == 4.2 and seen.said == "tabby" and name in seen.digests
    spoken = Seen()
    read('<div class="dl-duel" data-input="1"><section class="dl-card deep"><div class="dl-answer long"><span style="">It&#x27;s</span>\n'
         "<span>fine.</span></div></section></div>", "1", 0.5, spoken)
    assert spoken.said == "It's\nfine."
    assert near([seen]) == [1.0] and near([Seen(estimate=(0.0, 1.0), answer=4.0)]) == [0.0]
    full = Seen()
    read(drawn(Failed(Busy(FULL.format(count=300, seconds=61, wait=35))), mine), name, 0.1, full)
    assert "about 35 seconds" in full.refused and not full.failed and not full.answer


def test_pictures_are_new_to_everybody_and_their_answers_known() -> None:
    import random

    assert len(pictures()) == 24 and all(answer for _, answer in pictures())
    chance = random.Random(1)
    given = [own_picture(chance)[0] for _ in range(50)]
    assert len(set(given)) == 50


def test_the_table_has_every_goal() -> None:
    log = Log()
    log.seen["light"] = [Seen(whole=0.1 * n) for n in range(1, 21)]
    log.seen["picture"] = [Seen(told=0.2, answer=1.0, estimate=(0.2, 0.7), whole=1.2)] * 3
    log.seen["browser"] = [Seen(whole=1.0)]
    full = {"taken": 20, "refused": 180, "refusal_s": 0.01, "work_s": 61.0, "normal_s": 2.0}
    found = {one["title"]: one["median"] for one in [*hall_rows(log, "50 visitors"), *crowd_rows({5: [100, 120], 50: [110, 108]}, full)]}
    assert found["The same against 5 without a pause"] == pytest.approx(1.0)
    assert found["50 visitors: pages without a model, to their end, 19 of 20 within"] == pytest.approx(1.995)
    nothing = [*hall_rows(Log(), "1 visitor"), *crowd_rows({5: [0.0], 50: [0.0]}, full)]
    assert {one["median"] for one in nothing if one["unit"] == "s"} >= {0.0}, "nothing came"
    assert any("within half of the truth, of 3" in title for title in found)
    assert [shown(value) for value in (0.01234, 12.345, 1234.5)] == ["0.0123", "12.3", "1,234"]


@pytest.mark.browser
def test_a_visitor_without_a_browser_gets_the_answer_to_its_own_picture(server) -> None:
    import random

    data, answer = own_picture(random.Random(3))

    async def visit() -> Seen:
        visitor = Visitor(server.url)
        await visitor.connect()
        light = await visitor.open("how_kinds")
        assert light.first and light.whole
        sample = await visitor.open("image_recognition", "sample=cat", "sample:cat")
        assert sample.answer and sample.said
        seen = await visitor.upload("image_recognition", data, "mine.bin", digest({"image": data})[:16])
        await visitor.close()
        return seen

    seen = asyncio.run(visit())
    assert seen.said == answer and 0 < seen.told <= seen.answer <= seen.whole and not seen.failed


def test_apps_beside_each_other_are_compared_turn_by_turn() -> None:
    ours, theirs = (App(name, "", 0, light=[0.1, 0.2]) for name in (OURS, "Gradio"))
    for app, rates in ((ours, (300.0, 100.0)), (theirs, (100.0, 100.0))):
        app.turns[PICTURES, 8] = [Turn(rate, 5.0) for rate in rates]
    found = {one["title"]: one for one in rows([ours, theirs])}
    assert found["8 visitors, pictures, this project against Gradio"]["median"] == 2.0, "a turn against the one that followed it"
    assert found["8 visitors without a pause, Gradio: pictures a minute"]["median"] == 100
    assert found["Pictures a processor second, this project, 8 visitors"]["median"] == 5
    assert not [title for title in found if "32" in title], "what was not asked is not told"


def test_an_answer_of_each_app_is_looked_at() -> None:
    ours, gradio, stock = (App(name, "", 0) for name in (OURS, "Gradio", "Streamlit"))
    assert right(ours, PICTURES, Seen(said="tabby"), "tabby") and not right(ours, PICTURES, Seen(said="fox"), "tabby")
    assert right(gradio, PICTURES, Seen(said="tabby cat"), "tabby") and not right(gradio, PICTURES, Seen(), "tabby")
    assert right(stock, SPEECH, Seen(whole=1.0), spoken()) and not right(stock, SPEECH, Seen(), spoken())
    for app in (ours, gradio):
        assert right(app, SPEECH, Seen(said=f" {spoken()}"), spoken()) and not right(app, SPEECH, Seen(said="Thank you."), spoken())
