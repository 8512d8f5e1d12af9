"""Says a text in other words, or in another order: what "Break it" does to a question."""

from __future__ import annotations

import math
import random
import re

from demos.text_changes import some

# word and another word for it; written by the project, in forms that people use when they ask
_PAIRS = """
picture:photograph pictures:photographs photo:snapshot photos:snapshots image:picture images:pictures film:movie
find:locate finds:locates found:located look:glance looks:glances see:notice sees:notices seen:noticed show:display
shows:displays word:term words:terms text:writing texts:writings sentence:phrase sentences:phrases letter:character
computer:machine computers:machines machine:computer program:software programme:software network:net networks:nets
learn:study learns:studies learnt:studied learned:studied learning:studying taught:instructed teach:instruct
mistake:blunder mistakes:blunders error:slip errors:slips wrong:mistaken right:correct correct:right fail:go_astray
fails:goes_astray mean:signify means:signifies meaning:sense guess:estimate guesses:estimates sure:certain
certain:sure certainty:confidence good:fine best:finest better:superior bad:poor worse:poorer big:large large:big
small:little little:small quick:fast fast:quick quickly:fast slow:sluggish old:aged new:recent many:numerous
often:frequently seldom:rarely sometimes:occasionally always:invariably never:at_no_time begin:start begins:starts
start:begin starts:begins end:finish stop:halt use:employ uses:employs used:employed using:employing make:create
makes:creates made:created give:hand gives:hands take:grab takes:grabs get:obtain gets:obtains keep:retain
keeps:retains kept:retained need:require needs:require want:wish_for wants:wishes_for trust:rely_on believe:trust
judge:assess judges:assesses answer:reply answers:replies question:query questions:queries ask:enquire doctor:physician
doctors:physicians ill:sick illness:disease healthy:well child:kid children:kids man:gentleman woman:lady people:folk
person:human persons:humans face:countenance faces:countenances voice:speech speech:talk say:state says:states
said:stated speak:talk speaks:talks hear:listen_to write:jot writes:jots written:jotted read:peruse car:automobile
cars:automobiles road:street street:road sign:marker signs:markers dog:hound cat:feline house:home film:movie
film's:movie's review:critique reviews:critiques message:note messages:notes mail:post spam:junk tumour:growth
head:skull lung:chest example:instance examples:instances number:figure numbers:figures part:piece parts:pieces
kind:sort kinds:sorts way:manner place:spot places:spots thing:object things:objects help:aid helps:aids
difference:distinction change:alteration changes:alterations happen:occur happens:occurs jump:leap jumps:leaps
lazy:idle wonder:ask_oneself wonders:asks_itself anybody:anyone somebody:someone nobody:no_one noticed:spotted
notice:spot fool:trick fooled:tricked hide:conceal hidden:concealed forget:lose_track_of rely:depend heart:memory
lane:strip called:named call:name heap:pile weigh:balance random:arbitrary chance:luck whole:entire
"""
SYNONYMS = {word: other.replace("_", " ") for word, other in (pair.split(":") for pair in _PAIRS.split())}


def reword(text: str, percent: float) -> str:
    """So many per cent of the words for which another one is known, replaced by that; capitals stay.

    A stronger change keeps what a weaker one replaced.
    """
    found = [match for match in re.finditer(r"[\w']+", text) if match[0].casefold() in SYNONYMS]
    for number in sorted(some(range(len(found)), percent), reverse=True):
        match = found[number]
        other = SYNONYMS[match[0].casefold()]
        other = other[0].upper() + other[1:] if match[0][0].isupper() else other
        text = text[:match.start()] + other + text[match.end():]
    return text


def reorder(text: str, percent: float) -> str:
    """So many per cent of the words moved to each other's places, at least two where there are two; none is lost.

    Words keep the marks that are written to them. A stronger change moves the words of a weaker one too.
    """
    words = text.split(" ")
    count = max(2, math.ceil(percent / 100 * len(words))) if percent > 0 else 0
    places = list(range(len(words)))
    random.Random(0).shuffle(places)
    moved = sorted(places[:count])
    for place, origin in zip(moved, [*moved[1:], *moved[:1]]):  # each takes the next one's place, so each one moves
        words[place] = text.split(" ")[origin]
    return " ".join(words)
