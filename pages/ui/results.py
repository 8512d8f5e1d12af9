"""One drawing for each kind of answer, as HTML. All that comes from outside is escaped."""

from __future__ import annotations

from html import escape

from demos.jobs import Look
from demos.picture_results import Made, png_uri
from demos.results import Boxes, Labels, Match, Ranking, Result, Transcript
from demos.samples import said
from demos.series_results import Effects, Gates, Life
from demos.story_results import Story, Surprise
from demos.tabular_results import Pushes, Tree
from demos.teach_it.results import Nearest
from demos.taste_results import Pulls, Suggestions
from demos.text_results import Alignment, Passages, Translation, Words
from demos.voice_results import Spoken
from pages.ui import words
from pages.ui.found import counted, found_html
from pages.ui.life_view import effects_html, gates_html, life_html
from pages.ui.nearest import nearest_html
from pages.ui.passages import passages_html, title_html
from pages.ui.style import solid
from pages.ui.table_view import pushes_html, tree_html
from pages.ui.taste import pulls_html, suggestions_html

SHOWN = 5  # bars in a card
FIRST_WORDS = 20  # of a story, where it stands for all of it


def seconds(value: float) -> str:
    """'0.2 ms', '0.015 s', '1.9 s', '1 min 20 s': as many digits as mean something."""
    if 0 < value < 0.00095:
        return f"{max(1000 * value, 0.1):.1f} ms"
    if value < 0.095:
        return f"{value:.3f} s"
    if value < 9.95:
        return f"{value:.1f} s"
    return f"{value:.0f} s" if value < 60 else f"{int(value // 60)} min {int(value % 60)} s"


def megabytes(value: float) -> str:
    """'25 kB', '0.3 MB', '19 MB'."""
    if 0 < value < 0.095:
        return f"{1000 * value:.0f} kB"
    return f"{value:.1f} MB" if value < 9.5 else f"{value:.0f} MB"


def headline(result: Result) -> str:
    """The answer in a few words."""
    if isinstance(result, Boxes):
        return counted(result)
    if isinstance(result, Story):
        some = result.text.split()
        return " ".join(some[:FIRST_WORDS]) + (" …" if len(some) > FIRST_WORDS else "") or words.NOTHING["Story"]
    return said(result) or words.NOTHING[type(result).__name__]


def answer_html(result: Result) -> str:
    """The big plain answer of a card, with bars or shades below it."""
    match result:
        case Transcript() if result.text:
            return f'<div class="dl-answer long">{_shaded(result)}</div>'
        case Spoken() if result.heard.text:
            return f'<div class="dl-answer long lines">{escape(result.text or result.heard.text)}</div>'
        case Passages() if result.items:
            return f'<div class="dl-answer long">{title_html(result, 0)}</div>'
        case Translation():
            return f'<div class="dl-answer long lines">{escape(result.text)}</div>'
        case Story():
            return (f'<div class="dl-answer long lines dl-story"><span class="begun">{escape(result.start)}</span>'
                    f"{escape(result.text)}</div>")
        case _:
            text = headline(result)
            return f'<div class="dl-answer{" long" if len(text) > 60 else ""}">{escape(text)}</div>'


def details_html(result: Result, family: str, look: Look | None) -> str:
    """What stands under the answer: bars for what has several candidates, boxes over the picture."""
    match result:
        case Match():
            pairs = zip((look, *look.others), (result.first, result.second)) if look else ()
            drawn = "".join(found_html(one, {family: boxes}, small=True) for one, boxes in pairs)
            return f'<div class="dl-pair">{drawn}</div>{scale_html(result)}'
        case Boxes():
            return found_html(look, {family: result}) if look else ""
        case Labels():
            return bars(list(zip(result.names, map(float, result.scores)))[:SHOWN])
        case Passages():
            return passages_html(result, family)
        case Suggestions():
            return suggestions_html(result)
        case Pulls():
            return pulls_html(result)
        case Ranking():
            return bars(list(zip(result.items, map(float, result.scores)))[:SHOWN])
        case Made():
            return made_html(result)
        case Spoken():
            return chain_html(result)
        case Translation(alignment=Alignment() as alignment):
            return gloss_html(alignment)
        case Words():
            return words_html(result)
        case Pushes():
            return pushes_html(result)
        case Life():
            return life_html(result)
        case Effects():
            return effects_html(result)
        case Gates():
            return gates_html(result)
        case Tree():
            return tree_html(result)
        case Nearest():
            return nearest_html(result)
    return ""


def made_html(made: Made) -> str:
    """The finished pictures with square pixels, each with what it was read as; those misread are marked."""
    cells = []
    for number, picture in enumerate(made.pictures):
        name = made.names[number] if made.names else ""
        read = words.READ_AS.format(name=name) if name else ""
        under = f'<figcaption{" class=other" if name != made.asked else ""}>{escape(read)}</figcaption>' if read else ""
        cells.append(f'<figure><img src="{png_uri(picture)}" alt="{escape(read)}">{under}</figure>')
    said_ = words.MADE_ALT.format(says=made.says, count=len(made.pictures))
    few = " one" if len(made.pictures) == 1 else ""
    return f'<div class="dl-made{few}" role="group" aria-label="{escape(said_)}">{"".join(cells)}</div>'


def chain_html(spoken: Spoken) -> str:
    """The stages from the sound to the voice, each with what came out of it and its seconds, as far as they have come."""
    took, (here, there) = dict(spoken.seconds), spoken.languages
    made = spoken.sound and words.VOICE_MADE.format(seconds=f"{len(spoken.sound.samples) / spoken.sound.rate:.1f} s")
    way = words.FROM_INTO.format(first=here, second=there) if here != there else words.NOT_TRANSLATED
    middle = f"{words.IN_ENGLISH.format(text=spoken.english)} " if spoken.english else ""
    rows = (("sound", words.RECORDED.format(seconds=f"{spoken.recorded_s:.1f} s")),
            ("words", f"{escape(here)}: {_shaded(spoken.heard)}" if spoken.heard.text else ""),
            ("translation", escape(f"{way} {middle}".strip()) if "translation" in took else ""), ("voice", made or ""))
    cells = "".join(f'<li class="{"done" if said_ else "open"}"><b>{words.STAGES[key]}</b><span>{said_ or "…"}</span>'
                    f'<i>{seconds(took[key]) if key in took else ""}</i></li>' for key, said_ in rows)
    return f'<ol class="dl-chain">{cells}</ol>'


def gloss_html(alignment: Alignment) -> str:
    """Each word of the answer with the words it came from under it, fainter where that is less sure."""
    said_ = (f'<span class="pair"><b>{escape(word)}</b><i style="opacity:{solid(sure):.2f}" '
             f'title="{percent(sure)}">{escape(origin) or words.FROM_NOTHING}</i></span>'
             if word else "<br>" for rows in alignment.sentences for word, origin, sure in (*rows, ("", "", 0.0)))
    return f'<div class="dl-gloss">{"".join(said_)}</div>'


FAINT, SHADE = 0.06, 60  # share of the strongest below which a word stays plain; per cent of colour at the strongest
LEAST_SCALE = 0.5  # log-odds: where no word weighs even this much, none is shown as strong


def words_html(result: Words) -> str:
    """A text whose words are shaded by how much they pushed, with a line under them that says which way."""
    most = max(LEAST_SCALE, float(abs(result.weights).max(initial=0)))
    spans = []
    for word, weight in zip(result.words, result.weights / most):
        way = 0 if weight > 0 else 1
        spans.append(escape(word) if abs(weight) < FAINT else
                     f'<span class="dl-word {("for", "against")[way]}" style="--p:{SHADE * abs(weight):.0f}%" '
                     f'title="{escape(words.TOWARDS.format(name=result.names[way]))}">{escape(word)}</span>')
    key = " ".join(f'<span class="dl-word {way}" style="--p:{SHADE}%">{escape(words.TOWARDS.format(name=name))}</span>'
                   for way, name in zip(("for", "against"), result.names))
    return f'<div class="dl-text">{" ".join(spans)}</div><div class="dl-text-key">{key}</div>'


MOST_BITS = 14  # from which on a word is shaded fully: one guess in 16,000


def surprise_html(result: Surprise) -> str:
    """A text whose words are shaded by how little they were expected, each with its bits."""
    spans = []
    for word, bits in zip(result.words, map(float, result.bits)):
        space = word[:len(word) - len(word.lstrip())]
        spans.append(f'{escape(space)}<span class="dl-bits" style="--p:{min(bits / MOST_BITS, 1) * SHADE:.0f}%">'
                     f"{escape(word.strip())}<i>{bits:.0f}</i></span>" if word.strip() else escape(word))
    return f'<div class="dl-text lines">{"".join(spans)}</div>'


def scale_html(match: Match) -> str:
    """The distance as a mark on a line, with the threshold between "same" and "different"."""
    longest = max(2 * match.threshold, 1.15 * match.distance)
    at, limit = (100 * value / longest for value in (match.distance, match.threshold))
    said_ = words.DISTANCE.format(distance=match.distance, threshold=match.threshold)
    return (f'<div class="dl-scale" role="img" aria-label="{escape(said_)}"><div class="same" style="width:{limit:.1f}%">'
            f'</div><div class="limit" style="left:{limit:.1f}%"></div><div class="mark" style="left:{at:.1f}%"></div>'
            f'</div><div class="dl-ends"><span>{words.ALIKE}</span><span>{words.UNLIKE}</span></div>'
            f'<div class="dl-sure">{escape(said_)}</div>')


def bars(rows: list[tuple[str, float]]) -> str:
    """Names with bars scaled to the largest, and the share in words beside each."""
    most = max([share for _, share in rows] + [1e-9])
    cells = "".join(
        f'<div class="row"><div class="name">{escape(name)}</div>'
        f'<div class="track"><div class="bar" style="width:{100 * max(share, 0) / most:.1f}%"></div></div>'
        f'<div class="share">{percent(share)}</div></div>' for name, share in rows)
    return f'<div class="dl-bars">{cells}</div>'


def percent(share: float) -> str:
    """'39 %'; what is too small to count is 'under 1 %' rather than nothing."""
    return f"{100 * share:.0f} %" if share >= 0.01 else "< 1 %"


def in_counts(share: float) -> str:
    """'about 52 in 100'; what is nearly all or nothing stays nearly."""
    if 0.01 <= share <= 0.99:
        return f"about {100 * share:.0f} in 100"
    return "more than 99 in 100" if share > 0.5 else "fewer than 1 in 100"


def _shaded(transcript: Transcript) -> str:
    """The words, fainter where the model was less sure."""
    if not transcript.words:
        return escape(transcript.text)
    spans = []
    for word in transcript.words:
        sure = 1.0 if word.probability is None else word.probability
        title = "" if word.probability is None else f' title="{percent(word.probability)} sure"'
        spans.append(f'<span style="opacity:{solid(sure):.2f}"{title}>{escape(word.text)}</span>')
    return " ".join(spans)
