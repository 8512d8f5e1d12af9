"""What a visitor should know before trusting a list of films: the samples, the card, and how sure each method is."""

from __future__ import annotations

from demos.base import Card, Sample
from demos.recommendation.visitors import VISITORS

BY_FORM = "Its scores say which film fits better, not how well you will like one."
BY_NETWORK = "Its scores rank the films; how well you will like one they do not say."
BY_NEARNESS = "Two films liked by few people may be near by accident."
BY_COUNT = "It knows nothing of you."
BY_WISH = "Near in words is not the same as what you meant."
FAILS = {  # by the visitor's key: what goes wrong with their list
    "family": "Among the network's twenty films for somebody who watches with children stand “The Silence of the Lambs”, with its "
              "murders, and “The Shawshank Redemption”: films that nearly everybody liked creep into every list.",
    "space": "In both lists only 9 of 20 are science fiction. “American Beauty” is the sixth in both: the same people liked it, "
             "though it has neither space nor robots.",
    "classics": "Who likes films from before 1960 gets 4 of them among twenty from EASE, 8 from the network. Neither method knows "
                "what all five have in common.",
    "far": "The network's first film, “A Very Long Engagement”, was liked by 2 of 494 people: it comes from the director of "
           "“Amélie”. Of the other nineteen, most are American.",
}

SAMPLES = tuple(Sample(one.key, one.title, {"liked": one.rated, "surprise": 0.0},
                       "Invented by this project: nobody's real ratings", fails=FAILS.get(one.key, "")) for one in VISITORS)

CARD = Card(
    learnt_from="MovieLens latest-small, on a copy without every tenth person: what 494 people rated, and of their films the "
                "2,861 that the catalogue knows and at least two of them liked. The network learnt as a pupil: a teacher, EASE "
                "with directors, actors and genres added, said what made-up mixtures of these people would like. Started from "
                "chance and given the 494 people alone, it stayed behind EASE. Most of its lead is what it knows of the "
                "films' makers: its teacher, a formula too, did as well where that was tried.",
    weak_at=(
        "Dislikes: a film with one or two stars only stays out of the list. That you hated it changes nothing else.",
        "What is new or rare: the catalogue ends in 2014, the ratings in 2018, and of its 17,470 films 14,609 can never be "
        "suggested, since fewer than two of the 494 people liked them.",
        "Whose taste it is: these are 494 people who chose to rate films on a website, and nobody knows who they are.",
        "Wishes in words: no plot is known, so titles decide. “A film about the sea” finds first “The Salton Sea”, a thriller, "
        "and “slow space film, nothing violent” has “Leprechaun 4: In Space”, a horror film, in second place.",
    ),
    never_for="Do not use it to judge people by what they watch, and do not take a film that is missing for a bad one: a film "
              "that fewer than two of 494 people liked cannot come, however good it is.",
    licence="Ratings: MovieLens latest-small (Harper and Konstan 2015, doi:10.1145/2827872), for research; no commercial use "
            "without permission of the GroupLens group of the University of Minnesota, which does not endorse this page. The "
            "ratings are not part of this project, but what was learnt from them is used under the same terms. Film catalogue: "
            "Wikidata (CC0), as packaged with bokeh-sampledata. MiniLM: Apache-2.0.",
)
