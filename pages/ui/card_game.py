"""What the fraud page has beside the template: the visitor as the thief, payment by payment; then as the bank (card_rule.py)."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos.base import Demo, Method
from demos.fraud_game import game_words as said
from demos.fraud_game.features import SHOP_WORDS
from demos.fraud_game.moment import MOST, WHO, Theft, whose
from demos.fraud_game.payments import SHOPS
from demos.fraud_game.people import Person
from demos.fraud_game.verdict import Verdict
from demos.fraud_game.words import ago
from pages.ui import words
from pages.ui.asks import Asked, Given, ask_part, settle
from pages.ui.card_rule import draw_bank
from pages.ui.place import Place
from pages.ui.rows import rows_table

EUROS = (1, 2, 5, 10, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1200, 1500)
FAR = (0, 5, 20, 50, 100, 300, 1000, 3000, 9000)
WAITS = {1: "1 minute", 5: "5 minutes", 15: "15 minutes", 30: "half an hour", 60: "1 hour", 120: "2 hours", 240: "4 hours",
         480: "8 hours", 720: "12 hours", 1440: "a day", 2880: "two days"}
SHOWN = 5  # of the customer's own payments
KEY, BEST = "thief", "thief_best"


def draw_game(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Everything between "Break it" and the card."""
    draw_thief(demo, {"classical": demo.method("classical"), "deep": demo.method("deep")})
    draw_bank(demo)


def thefts() -> tuple[Theft, ...]:
    """The payments that this visitor has made with the copied card."""
    return st.session_state.setdefault(KEY, ())


def forget() -> None:
    """Start anew with the same customer or another."""
    st.session_state[KEY] = ()


def pay(theft: Theft) -> None:
    """Make one more payment."""
    st.session_state[KEY] = (*thefts(), theft)[:MOST]


@st.fragment
def draw_thief(demo: Demo, methods: dict[str, Method]) -> None:
    """The choices on the left, what came of them on the right; each press redraws this part of the page alone."""
    st.header(said.PLAY, anchor=False)
    st.caption(said.PLAY_CAPTION)
    left, right = st.columns([1, 1.7], gap="large")
    with left:
        customer = st.selectbox(said.VICTIM, list(WHO), format_func=WHO.get, key="thief_customer", on_change=forget)
        person = whose(customer)
        st.html(own_html(WHO[customer].split(",")[0], person))
        theft = choose()
        buttons, when = st.container(horizontal=True), st.empty()
    with right:
        score, log = Place(), Place()
    jobs = {family: judged(demo, method, customer) for family, method in methods.items()}
    settle([(job, lambda _: None) for row in jobs.values() for job in row])
    found = {family: verdicts(row) for family, row in jobs.items()}
    over = ended(found)
    with buttons:
        # a disabled button in the strong colour would be dark on dark
        st.button(said.PAY, type="secondary" if over else "primary", icon=":material/credit_card:", key="thief_pay", on_click=pay,
                  args=(theft,), disabled=bool(over))
        st.button(said.ANEW, icon=":material/undo:", key="thief_anew", on_click=forget, disabled=not thefts())
    time = person.time[-1] + (sum(one.minutes for one in thefts()) + theft.minutes) / 60
    when.caption(over or said.CLOCK.format(clock=clock(time), left=MOST - len(thefts())))
    score.html(score_html(found))
    if thefts():
        log.html(log_html(found, next((str(job.error) for row in jobs.values() for job in row if job.error), "")))


def own_html(name: str, person: Person) -> str:
    """The owner's last payments, the newest last; the clock stands beside those of the last day."""
    rows = []
    for time, euros, place, km in list(zip(person.time, person.amount, person.shop, person.distance))[-SHOWN:]:
        shop, before = SHOPS[int(place)], person.time[-1] - time
        where = "" if shop == "online" else said.HOME_KM.format(km=f"{km:,.0f}")
        when = ago(before) if before >= 24 else said.AT.format(clock=clock(time))
        rows.append(f"<li>{euros:,.0f} €, {SHOP_WORDS[shop]}{where} <i>{when}</i></li>")
    return f'<div class="dl-owner"><b>{escape(said.LAST_ONES.format(name=name))}</b><ul>{"".join(rows)}</ul></div>'


def clock(hours: float) -> str:
    """'18:05'."""
    minutes = round(60 * hours) % (24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def choose() -> Theft:
    """What the thief will do next."""
    amount = st.select_slider(said.HOW_MUCH, EUROS, value=200, format_func=lambda one: f"{one:,} €", key="thief_amount")
    shop = st.selectbox(said.WHERE, list(SHOP_WORDS), index=4, format_func=SHOP_WORDS.get, key="thief_shop")
    online = shop == "online"
    distance = st.select_slider(said.HOW_FAR, FAR, value=20, format_func=lambda one: f"{one:,} km", key="thief_distance",
                                disabled=online)
    minutes = st.select_slider(said.HOW_LONG, list(WAITS), value=60, format_func=WAITS.get, key="thief_wait")
    return Theft(float(amount), float(minutes), shop, 0.0 if online else float(distance))


def judged(demo: Demo, method: Method, customer: str) -> list[Asked]:
    """The verdict on each payment, asked one after the other until the card is blocked."""
    jobs: list[Asked] = []
    lines = [theft.line() for theft in thefts()]
    for count in range(1, len(lines) + 1):
        job = ask_part(demo.name, method.key, "judge", {"customer": customer, "series": "\n".join(lines[:count])})
        jobs.append(job)
        job.wait(10)
        if not job.done or job.error is not None or job.result(0).result.stopped:
            break
    return jobs


def verdicts(jobs: list[Asked]) -> list[Verdict]:
    """The verdicts that have come."""
    return [job.result(0).result for job in jobs if job.done and job.error is None]


def loot(found: list[Verdict]) -> tuple[float, int]:
    """Euros and payments that got through."""
    through = [theft.amount for theft, verdict in zip(thefts(), found) if not verdict.stopped]
    return sum(through), len(through)


def ended(found: dict[str, list[Verdict]]) -> str:
    """Why no payment can be made any more; "" while one can."""
    if all(row and row[-1].stopped for row in found.values()):
        return said.OVER["both"]
    return said.OVER["ten"] if len(thefts()) >= MOST else ""


def score_html(found: dict[str, list[Verdict]]) -> str:
    """What got past each method, and this visitor's best."""
    best = st.session_state.setdefault(BEST, {"classical": 0.0, "deep": 0.0})
    cards = []
    for family, row in found.items():
        euros, count = loot(row)
        best[family] = max(best[family], euros)
        state = said.NO_PAYMENT if not row else said.SCORE.format(
            count=said.COUNT[count == 1].format(count=count), end=said.ENDED if row[-1].stopped else said.GOES_ON)
        cards.append(f'<section class="dl-card {family} flat"><div class="dl-kind"><b>{words.FAMILY[family]}</b></div>'
                     f'<div class="dl-answer">{euros:,.0f} €</div><div class="dl-sure">{escape(state)}</div></section>')
    told = said.BEST.format(**{family: f"{euros:,.0f}" for family, euros in best.items()})
    return f'<div class="dl-duel" id="thief-score">{"".join(cards)}</div><p class="dl-sure">{escape(told)}</p>'


def log_html(found: dict[str, list[Verdict]], error: str) -> str:
    """Each payment with both verdicts and their reasons."""
    if error:
        return f'<div class="dl-told" role="alert">{escape(error)}</div>'
    rows = []
    for number, theft in enumerate(thefts()):
        where = SHOP_WORDS[theft.shop] + ("" if theft.shop == "online" else f", {theft.distance:,.0f} km")
        what = f"<b>{theft.amount:,.0f} €</b>, {where}, {said.WAITED.format(wait=WAITS.get(int(theft.minutes), ''))}"
        rows.append((str(number + 1), what, *(verdict_html(row, number) for row in found.values())))
    bars = {family: row[0].bar for family, row in found.items() if row}
    note = said.BLOCKS_FROM.format(**{family: f"{100 * bar:.0f}" for family, bar in bars.items()}) if len(bars) == 2 else ""
    return rows_table(said.LOG_HEAD, rows) + f'<p class="dl-sure">{escape(note)}</p>'


def verdict_html(row: list[Verdict], number: int) -> str:
    """One verdict with its reasons."""
    if number >= len(row):
        return f'<span class="dl-sure">{said.AFTER}</span>'
    one = row[number]
    chance = f"{100 * one.chance:.0f}" if one.chance >= 0.01 else said.UNDER
    head = (said.STOPPED if one.stopped else said.THROUGH).format(chance=chance)
    why = "; ".join(said.WHY_LINE.format(reason=reason, points=100 * points) for reason, points in one.reasons)
    return (f'<span class="{"dl-stopped" if one.stopped else "dl-through"}">{escape(head)}</span>'
            f'<br><span class="dl-small">{escape(why)}</span>')
