"""The core of the life-event kiosk. No Qt, no network."""

__version__ = "0.1.0"
