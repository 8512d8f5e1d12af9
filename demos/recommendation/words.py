"""The sentences of the film page: what is said of ratings that cannot be used, of lists, reasons and the map."""

from __future__ import annotations

NONE_RATED = "No film was rated yet. Please rate at least one film with four or five stars; three or more give a better list."
MANY_RATED = "These are too many films. Please give at most {most:,}."
NO_ID = ("A film is given by its IMDb id, such as tt0111161, several with commas between them. Please check the ids; a "
         "film's id stands in the address of its IMDb page.")
DOUBTFUL_STARS = "Stars go from 0.5 to 5, such as tt0111161:4.5; a film without stars counts as liked. Please check them."
NONE_KNOWN = ("None of these films is in the catalogue, which holds 17,470 films first shown from 1940 to 2014. Please "
              "choose others.")
SOME_UNKNOWN = "{lost:,} of the {count:,} films are not in the catalogue and do not count."
NOTHING_LIKED = ("None of these films was liked. Please give at least one film four or five stars: suggestions start from "
                 "what you like.")
NOT_LEARNT = ("Fewer than two of the {people:,} people whose ratings were learnt from liked any of these films, so nothing "
              "is known of who likes them. Please add a better known one, or describe what you wish for.")
SOME_NOT_LEARNT = ("{lost:,} of the {count:,} films you liked were liked by fewer than two of the {people:,} people learnt "
                   "from; they do not count.")

PULLS = "What pulled it up"
PULLS_BY_SIMILARITY = ("Each film you liked adds to each suggestion what the method holds of the two together; these "
                       "numbers add up to its score. A bar is the share of one film.")
PULLS_BY_LEAVING_OUT = ("The network was asked again without each film you liked: the bar says how far the suggestion then "
                        "falls. These numbers need not add up.")
NOT_VIOLENT = "What follows “no”, “not”, “nothing” or “without” counts against a film: {against}."
WISH_LABEL = "What do you feel like watching?"
NO_WISH = "Nothing was wished for yet. Please write a few words, such as: a slow film about space, nothing violent."
