"""What the clips of real voices say in English, translated for this project from their transcripts.

The clips and transcripts are Picovoice's test recordings for Leopard and Cheetah (Apache-2.0) and are not part of this
project. One of the 17 clips in other languages than English is left out, since its transcript makes no sense.
"""

from __future__ import annotations

FOREIGN = (  # file, code of its language, English
    ("cheetah/test_es_norm.wav", "es", "My favourite number is 268."),
    ("cheetah/test_de.wav", "de", "The advertisement gives a false impression."),
    ("cheetah/test_de_norm.wav", "de", "My favourite number is 268."),
    ("cheetah/test_fr.wav", "fr", "The two others are situated on the shore of the Yellow Sea."),
    ("cheetah/test_fr_norm.wav", "fr", "My favourite number is 3061."),
    ("cheetah/test_it.wav", "it", "From the pass one climbs to the summit along the south ridge."),
    ("cheetah/test_it_norm.wav", "it", "My favourite number is 26."),
    ("cheetah/test_pt.wav", "pt", "A group of children is walking in a river near the river bank."),
    ("cheetah/test_pt_norm.wav", "pt", "How about 607?"),
    ("leopard/test_es.wav", "es", "The sands are whitish, of medium grain, and very few people go there."),
    ("leopard/test_de.wav", "de", "The room behind this portal was used as a mortuary."),
    ("leopard/test_fr.wav", "fr", "Under the Consulate he became conservator of waters and forests and general "
                                  "councillor."),
    ("leopard/test_it.wav", "it", "Some of his songs, or rather rhythms, were also born on the radio."),
    ("leopard/test_ja.wav", "ja", "Judgemental knowledge of objective reality is established."),
    ("leopard/test_ko.wav", "ko", "Dodging this way and that, he walked along the side of the road."),
    ("leopard/test_pt.wav", "pt", "An old fox cannot learn any trade."),
)
