"""What ``kiosk.toml`` says, as values: what a town sets for its kiosks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from kiosk.errors import KioskError


@dataclass(eq=False)
class ConfigError(KioskError):
    """A mistake in the configuration file; ``line`` counts from 1."""

    code: ClassVar[str] = "config"
    file: str
    line: int
    problem: str
    allowed: str


Words = Mapping[str, str]
"""A sentence for the citizen by language; the key ``""`` serves every language that has no own one."""

Colours = Mapping[str, Mapping[str, str]]
"""``brand``, ``brandSoft`` or ``thread``, each by theme (``light``, ``dark``, ``soft``) as ``#RRGGBB``."""


@dataclass(frozen=True)
class Town:
    """Who runs the kiosk; ``timezone`` is an IANA name. ``crest`` and ``picture`` are SVG or PNG files."""

    name: str = "Ville de Valmerle"
    place: str = "Hôtel de ville"
    timezone: str = "Europe/Paris"
    crest: Path | None = None
    picture: Path | None = None
    subtitle: Words = field(default_factory=dict)
    """One line under the welcome, in place of ours."""


@dataclass(frozen=True)
class Help:
    """Where a person can get a human being. Empty = not given, and then not promised.

    ``command`` is run to call somebody: its end with status 0 within ``wait_s`` seconds is the
    acknowledgement. Its first word is an absolute path; empty = nobody can be called from the screen.
    """

    phone: str = ""
    hours: Words = field(default_factory=dict)
    desk: Words = field(default_factory=dict)
    command: tuple[str, ...] = ()
    wait_s: int = 20
    urgent: Words = field(default_factory=dict)
    """Numbers for somebody in danger, in the town's words; shown when words of danger are searched for."""


@dataclass(frozen=True)
class Send:
    """Who receives the dossier, what for, and when they answer. Without all three there is no send button."""

    recipient: str
    purpose: Words
    reply_time: Words


@dataclass(frozen=True)
class Screen:
    """The panel as it hangs there, in millimetres: its picture's width and height, the lower edge of the
    picture above the floor, and how far away the eyes are. None = not measured."""

    width_mm: int | None = None
    height_mm: int | None = None
    bottom_mm: int | None = None
    distance_mm: int = 600
    low: bool | None = None
    """The low layout from the start; None = decided from the mounting height."""
    hide_event: bool = False
    """Whether the name of the life event stays off the strip at the top."""


@dataclass(frozen=True)
class Staff:
    """``code``: a salted slow hash (:mod:`kiosk.staff`); "" = this kiosk has no staff menu."""

    code: str = ""


@dataclass(frozen=True)
class About:
    """Who answers for the kiosk, on the page about it. "" = not shown.

    ``contact``: how to reach the operator; ``dpo``: how to reach the data protection officer;
    ``accessibility``: whom to tell that something cannot be used.
    """

    operator: str = ""
    contact: str = ""
    dpo: str = ""
    accessibility: str = ""


@dataclass(frozen=True)
class Config:
    """The whole of ``kiosk.toml``. Times are seconds."""

    town: Town = field(default_factory=Town)
    colours: Colours = field(default_factory=dict)
    screen: Screen = field(default_factory=Screen)
    help: Help = field(default_factory=Help)
    send: Send | None = None
    staff: Staff = field(default_factory=Staff)
    about: About = field(default_factory=About)
    languages: tuple[str, ...] = ("fr", "en")
    pack: str = "fr"
    overlays: tuple[Path, ...] = ()
    events: tuple[str, ...] | None = None
    """Which life events are offered, by id or file name, in this order; None = all that the pack has."""
    printer: str = ""
    idle_s: int = 180
    warning_s: int = 120
    long_idle_s: int = 600
    """In place of ``idle_s`` for who asked for more time."""


def words(texts: Words, lang: str) -> str:
    """The sentence in ``lang``, else the one for every language, else the French one, else "" .

    A town that offers Dutch and wrote only French and English still says why it asks for a dossier.
    """
    return texts.get(lang) or texts.get("") or texts.get("fr", "")
