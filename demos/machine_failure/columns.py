"""The columns of an engine's record: 26 numbers a flight, as NASA's C-MAPSS data set orders them (Saxena et al. 2008).

Column 1 is the engine's number, 2 the flight, 3 to 5 how it was flown, 6 to 26 the 21 sensors. Fourteen sensors change
in the course of a life; the other seven stay as they are at sea level and are not used.
"""

from __future__ import annotations

WIDTH = 26  # numbers a flight
FIRST_SENSOR = 5  # the column of sensor 1, from 0
WINDOW = 30  # flights that a network looks at
CAP = 125  # flights: further ahead nobody can see, so more than this counts as this
LEAST = 10  # flights of a record without which nothing can be said

# sensor number -> (name, unit)
SENSORS = {
    1: ("Fan inlet temperature", "°R"), 2: ("Low-pressure compressor outlet temperature", "°R"),
    3: ("High-pressure compressor outlet temperature", "°R"), 4: ("Turbine outlet temperature", "°R"),
    5: ("Fan inlet pressure", "psia"), 6: ("Bypass duct pressure", "psia"),
    7: ("High-pressure compressor outlet pressure", "psia"), 8: ("Fan speed", "rpm"), 9: ("Core speed", "rpm"),
    10: ("Engine pressure ratio", ""), 11: ("Static pressure behind the compressor", "psia"),
    12: ("Fuel flow by pressure", "pps/psi"), 13: ("Corrected fan speed", "rpm"), 14: ("Corrected core speed", "rpm"),
    15: ("Bypass ratio", ""), 16: ("Fuel-air ratio of the burner", ""), 17: ("Bleed enthalpy", ""),
    18: ("Fan speed asked for", "rpm"), 19: ("Corrected fan speed asked for", "rpm"),
    20: ("High-pressure turbine cooling air", "lbm/s"), 21: ("Low-pressure turbine cooling air", "lbm/s")}
USED = (2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21)
NAMES = tuple(SENSORS[number][0] for number in USED)
