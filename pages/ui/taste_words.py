"""The words of the film page that are drawn by its own parts."""

LIKED_BY, HARDLY_LIKED = "liked by {count:,} of {people:,}", "liked by fewer than two of {people:,}"
FIRST_INFO = "{year} · {by}{genres}"
NO_GENRE = "no genre known"
KNOWN = "On average a film of this list was liked by {share} in 100 of the {people:,} people learnt from."
NEW = "new"
STARS = "{title}: {stars:g} of 5 stars"

ADD = "Add a film and rate it"
TYPE = "Type a part of its title"
ADD_HELP = "The {count:,} films that at least two of the {people:,} people learnt from liked, the best known first."
RATED = "{title} ({count})"
EMPTY = "Start with an empty list"
FORGET = "Forget this film"
STARS_OF = "Your stars for {title}"
FEW = "{count} more to go: the lists change from three rated films on."
NONE_LIKED = "Please give at least one film four or five stars: suggestions start from what you like."
MOST_HERE = "These are as many as this page takes; the command line takes more."
YOUR_RATINGS = "Your own ratings"
RATING_HOW = "Four and five stars count as liked. What you rated lower only stays out of the lists."

SIMPLER = "What do simpler methods say?"
SIMPLER_CAPTION = "The same ratings, given to the two oldest ways to suggest something."
SIMPLER_SAID = {
    "neighbours": "It adds up, for each film, how many of those who liked your films liked that one too.",
    "popular": "It says the same to everybody: what most people liked. Only the films you rated are missing."}
MEASURED = "By measure: {sentence}."

MAP = "The map of films"
MAP_CAPTION = ("The network keeps 256 numbers for each film. Here they are squeezed into a plane, so that films which it holds "
               "for alike lie near each other. You are the star.")
ALL_FILMS, RATED_FILMS, SUGGESTED_FILMS, YOU = "the {count} best known films", "you rated these", "it suggests these", "you"
MAP_SAID = ("Nearest to your star lie {titles}. What the network suggests need not lie close by: a plane keeps only the "
            "coarsest of 256 numbers.")

BUBBLE = "Out of the bubble"
BUBBLE_CAPTION = ("A list that fits too well shows more and more of the same. Move the slider: each next film must then be less "
                  "like those you liked and those already on the list, in genre, director and decade.")
SLIDER = "How much surprise?"
SAME, SURPRISE = "more of the same", "surprise me"
BETWEEN = "{percent} %"
WELL_KNOWN, VARIED = "How well known<br>(liked by so many in 100)", "How varied<br>(0: all alike, 100: nothing in common)"
BUBBLE_SAID = ("At this place the network's twenty films are liked by {known} in 100 people on average (unmoved: {known_first}) "
               "and their variety is {varied} of 100 (unmoved: {varied_first}). {new} of its twenty films are new.")

WISH = "Or describe it"
WISH_CAPTION = ("No ratings at all: MiniLM, a small network for English sentences, holds your wish against title, genres, director "
                "and year of every film that somebody rated. It has not seen them, so words about how a film feels often miss.")
WISH_TRY = ("slow space film, nothing violent", "a cartoon about toys for small children", "black-and-white detective story",
            "a war film without romance")
WISH_LABEL = "What do you feel like watching?"
