"""Makes the sentence pairs that the classical method learns from: `python -m demos.translation.pairs DATA PAIRS`.

No large set of English and Portuguese sentences that people translated is at hand, so the Portuguese side is written
by the deep method itself. DATA is a folder that holds `pd_children_stories/stories.jsonl.xz` (training part),
`imdb.jsonl.xz` and `sms_spam/SMSSpamCollection`. Whole sentences of 3 to 16 words are drawn from each with the seed,
none twice. PAIRS is a text file, a pair a line with a tab between; what is there already is kept, so that the run can
be stopped and taken up again.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

SEED = 0
WANTED = {"stories": 34_000, "reviews": 22_000, "messages": 4_000}
MADE = 53_000  # of them are translated: as many as the time allowed
WORDS = range(3, 17)
WHOLE = re.compile(r"[A-Z][A-Za-z0-9 ,;:'’.!?-]*[.!?]")  # a capital first, a mark last, nothing odd between


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """Every text of the three sources: the source's name, and the text."""
    with lzma.open(data / "pd_children_stories" / "stories.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from (("stories", row["text"]) for row in map(json.loads, lines) if row["split"] == "train")
    with lzma.open(data / "imdb.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from (("reviews", re.sub(r"<br ?/?>", "\n", json.loads(line)["text"])) for line in lines)
    for line in (data / "sms_spam" / "SMSSpamCollection").read_text("utf-8").splitlines():
        kind, _, text = line.partition("\t")
        if kind == "ham":
            yield "messages", text


def sentences(data: Path) -> list[str]:
    """The English sentences, in the order in which they are to be translated; the same on every call."""
    from sentencex import segment

    found: dict[str, dict[str, None]] = {name: {} for name in WANTED}
    for source, text in texts(data):
        for part in re.split(r'["“”\n()]+', text):  # what people say stands between such marks
            for sentence in map(str.strip, segment("en", part)):
                if len(sentence.split()) in WORDS and WHOLE.fullmatch(sentence):
                    found[source][" ".join(sentence.replace("’", "'").split())] = None
    chance = random.Random(SEED)
    drawn = [one for name, wanted in WANTED.items()
             for one in chance.sample(list(found[name]), min(wanted, len(found[name])))]
    drawn = list(dict.fromkeys(drawn))
    chance.shuffle(drawn)
    return drawn


def main(data: Path, target: Path) -> None:
    """Translate what is not yet there, and add it line by line."""
    from demos import demo_folder
    from demos.translation import EN_PT
    from demos.translation.engine import Engine
    from demos.weights import locate

    engine = Engine(locate(EN_PT, demo_folder("translation")))
    wanted = sentences(data)[:MADE]
    done = target.read_bytes() if target.exists() else b""
    have = done.count(b"\n")
    target.write_bytes(done[:done.rfind(b"\n") + 1])  # a line that was cut off is written again
    print(f"{len(wanted):,} sentences, {have:,} there already", file=sys.stderr)
    with target.open("a", encoding="utf-8") as out:
        for number, english in enumerate(wanted[have:], start=have + 1):
            portuguese = " ".join(engine.translate(english).split())
            out.write(f"{english}\t{portuguese}\n")
            if number % 1000 == 0:
                out.flush()
                print(f"{number:,}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
