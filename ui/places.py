"""Where in a visit a person can be."""

from __future__ import annotations

from enum import Enum, auto


class Place(Enum):
    """Where in the visit the person is."""

    ATTRACT = auto()
    EVENTS = auto()
    SEARCH = auto()
    FOR_WHOM = auto()
    UPDATED = auto()
    TOLD = auto()
    ASKING = auto()
    CHECK = auto()
    PLAN = auto()
    ERRANDS = auto()
    ASSIST = auto()
    TAKE_AWAY = auto()
    SEND = auto()
    SAVED = auto()
    THANKS = auto()


class Over(Enum):
    """A page that covers the visit and gives it back untouched."""

    LANGUAGE = auto()
    COMFORT = auto()
    ABOUT = auto()
    STAFF = auto()
    HELP = auto()
    END = auto()
    IDLE = auto()
    RESUME = auto()
    OUT_OF_ORDER = auto()
