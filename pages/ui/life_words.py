"""The words of drawings about a machine's life."""

BAND = "Eight times in ten it should be between {low:.0f} and {high:.0f} flights."
NONE_LEFT, MOST_LEFT = "0", "{most:.0f} or more"
LESS, MORE = "flights taken off", "flights added"
GATE = "What it {name}"
OPEN = "open to {share:.0f} in 100 on average"
GIVEN_OUT, GIVEN_OUT_SAID = "What the cells give out", "from −1 (dark) to 1 (bright)"
FLIGHT = "flight {number}"
CURVES = ("{title}: {flights:.0f} flights. Each curve is a sensor, in steps of its own noise: how far it is from "
          "where it began.")
