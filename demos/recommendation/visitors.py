"""Six ready-made visitors: invented by the project, each with a handful of films rated, by IMDb id."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Visitor:
    """Somebody to try: a key, what they are called on the page, and ratings as `read_rated` reads them."""

    key: str
    title: str
    rated: str


VISITORS = (
    Visitor("space", "Loves space and robots", "tt0083658:5,tt0078748:5,tt0062622:5,tt0088247:4,tt0133093:5"),
    Visitor("family", "Watches with the children", "tt0114709:5,tt0110357:5,tt0266543:5,tt0126029:4,tt0317705:4"),
    Visitor("crime", "Gangsters and bad luck", "tt0068646:5,tt0099685:5,tt0110912:5,tt0116282:5,tt0114369:4"),
    Visitor("classics", "Films from before 1960", "tt0034583:5,tt0047396:5,tt0053125:5,tt0033467:4,tt0050083:5"),
    Visitor("romance", "Romance, please, and no blood",
            "tt0098635:5,tt0108160:5,tt0125439:4,tt0332280:5,tt0110912:2,tt0102926:1"),
    Visitor("far", "Films from everywhere", "tt0211915:5,tt0317248:5,tt0190332:5,tt0118799:5,tt0364569:4"),
)
