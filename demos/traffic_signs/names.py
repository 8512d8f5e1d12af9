"""The 43 signs of GTSRB by number, in English, and what each belongs to."""

from __future__ import annotations

NAMES = (
    "Speed limit 20", "Speed limit 30", "Speed limit 50", "Speed limit 60", "Speed limit 70", "Speed limit 80",
    "End of speed limit 80", "Speed limit 100", "Speed limit 120", "No overtaking", "No overtaking by lorries",
    "Right of way at the next crossing", "Priority road", "Give way", "Stop", "No vehicles", "No lorries",
    "No entry", "Danger", "Bend to the left", "Bend to the right", "Double bend", "Bumpy road", "Slippery road",
    "Road narrows on the right", "Road works", "Traffic lights", "Pedestrians", "Children", "Cyclists",
    "Ice or snow", "Wild animals", "End of all limits", "Turn right ahead", "Turn left ahead", "Ahead only",
    "Ahead or right", "Ahead or left", "Keep right", "Keep left", "Roundabout", "End of no overtaking",
    "End of no overtaking by lorries")
SIGNS = len(NAMES)
OTHER = SIGNS  # the network's number for "not a sign"
