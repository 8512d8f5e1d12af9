"""Suggestions from ratings: which film next? EASE beside an autoencoder, older ways, and a wish in words."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, bundled
from demos.inputs import NumberInput, TextInput
from demos.minilm import MINILM
from demos.recommendation.catalogue import CATALOGUE
from demos.recommendation.rated import FilmsInput
from demos.recommendation.card import BY_COUNT, BY_FORM, BY_NEARNESS, BY_NETWORK, BY_WISH, CARD, SAMPLES
from demos.recommendation.words import WISH_LABEL
from demos.taste_results import Suggestions

_HERE, _FREE = "demos.recommendation", "this project's own numbers; learnt from MovieLens: no commercial use without permission"
_LEARNT = "Learnt by this project from MovieLens latest-small"

FILMS = bundled("films", "47003df69509e8e4a22e12506c336b36b17540d77906212a16de856205126632", _FREE, 0.02, f"{_LEARNT}: which films, and by how many each was liked")
EASE = bundled("ease", "5c0a151d2e79a9c2e7f23a831a586466efab6b8dff816a37bd94a87443d0b816", _FREE, 1.73, f"{_LEARNT}: EASE's factors")
NEIGHBOURS = bundled("neighbours", "9c6160b2b523e257b7922e703238e150def44a1a1359f595c5a5eb3fa2076ace", _FREE, 0.23, f"{_LEARNT}: each film's twenty nearest")
NETWORK = bundled("network", "e00bad780b049a395fbce71da59f2eb2a82af763554b7560ca68a3c9c29bd70a", _FREE, 2.95, f"{_LEARNT}: the autoencoder and its map")
MEANINGS = bundled("meanings", "0b952d9c3d684b927a27e94df9156f0fcdbe745714d7685d113b1d6c1ddf756f", "as this project", 2.88, "What MiniLM makes of each film's description")

LIKED = FilmsInput(help="IMDb ids with commas between them, each with its stars, such as tt0111161:4.5")
SURPRISE = NumberInput("surprise", "How much surprise", low=0, high=1, default=0)
WISH = TextInput("wish", WISH_LABEL, max_chars=200)

DEMO = Demo(
    name="recommendation",
    question="Which film next?",
    title="Recommender system",
    icon=":material/movie:",
    task="other",
    group="numbers",
    summary="Rate a few films, and two methods suggest more: one solved in a single step, the other a network. You see which "
            "of your films pulled each suggestion up, and how to get out of your bubble.",
    inputs=(LIKED, SURPRISE),
    result=Suggestions,
    methods=(
        Method("ease", "EASE, solved in one step", "classical", f"{_HERE}.classical", (CATALOGUE, FILMS, EASE),
               summary="For each pair of films one number: what liking the one says of the other, all other films taken into "
                       "account. A formula gives all of them at once.", certainty=BY_FORM),
        Method("neighbours", "Item neighbours", "classical", f"{_HERE}.neighbours", (CATALOGUE, FILMS, NEIGHBOURS),
               summary="Two films are near where the same people like both.", certainty=BY_NEARNESS),
        Method("popular", "Popularity", "classical", f"{_HERE}.popular", (CATALOGUE, FILMS),
               summary="What most people liked, the same for everybody.", certainty=BY_COUNT),
        Method("network", "Autoencoder", "deep", f"{_HERE}.deep", (CATALOGUE, FILMS, NETWORK),
               summary="A network squeezes what you liked into 256 numbers and unfolds them into a score for each film.",
               certainty=BY_NETWORK),
        Method("described", "MiniLM, a wish in words", "deep", f"{_HERE}.describing", (CATALOGUE, FILMS, MEANINGS, MINILM),
               summary="No ratings: your words are held against title, genres, director and year.", inputs=(WISH,),
               larger=True, certainty=BY_WISH),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("lost_ratings", "blockbusters", "wrong_way_round"),
    parts=(Part("bubble", (LIKED,)), Part("map", (LIKED,))),
    explained=("classical", "deep"),
    bet=Bet("next", "Which of these films will the network put first?"),
    order=130,
)
