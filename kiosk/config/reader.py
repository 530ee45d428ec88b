"""What each section of ``kiosk.toml`` may hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kiosk.config.model import About, Colours, Config, Help, Screen, Send, Staff, Town
from kiosk.config.source import Source, between, one_of

MOST_OVERLAYS = 8
MOST_EVENTS = 60
MOST_WORDS = 32
COLOURS = ("brand", "brandSoft", "thread")
THEMES = ("light", "dark", "soft")
"""The themes that take a town's colours; high contrast never does."""
_SECTIONS = (
    "town",
    "colours",
    "screen",
    "kiosk",
    "help",
    "send",
    "print",
    "time",
    "staff",
    "about",
)


def read_config(path: Path) -> Config:
    """What ``path`` says. Raises ConfigError, FileUnreadable."""
    source, default = Source(path), Config()
    source.only(_SECTIONS)
    source.section("kiosk", {"languages", "pack", "overlays", "events"})
    source.section("print", {"queue"})
    source.section("staff", {"code"})
    idle, warning, long_idle = _times(source, default)
    return Config(
        town=_town(source, default.town),
        colours=_colours(source),
        screen=_screen(source, default.screen),
        help=_help(source, default.help),
        send=_send(source),
        staff=Staff(source.get("staff", "code", default.staff.code, _staff_code)),
        about=_about(source),
        languages=source.get("kiosk", "languages", default.languages, _languages),
        pack=source.get("kiosk", "pack", default.pack, Source.line),
        overlays=source.get("kiosk", "overlays", default.overlays, _overlays),
        events=source.get("kiosk", "events", default.events, _events),
        printer=source.get("print", "queue", default.printer, _queue),
        idle_s=idle,
        warning_s=warning,
        long_idle_s=long_idle,
    )


# -- sections ----------------------------------------------------------------------------------------------


def _town(source: Source, default: Town) -> Town:
    source.section("town", {"name", "place", "timezone", "crest", "picture", "subtitle"})
    return Town(
        name=source.get("town", "name", default.name, Source.line),
        place=source.get("town", "place", default.place, Source.line),
        timezone=source.get("town", "timezone", default.timezone, _timezone),
        crest=source.get("town", "crest", default.crest, _picture),
        picture=source.get("town", "picture", default.picture, _picture),
        subtitle=source.get("town", "subtitle", default.subtitle, Source.words),
    )


def _colours(source: Source) -> Colours:
    given = source.section("colours", COLOURS)
    return {token: _colour(source, "colours", token, given[token]) for token in COLOURS if token in given}


def _screen(source: Source, default: Screen) -> Screen:
    source.section("screen", {"width_mm", "height_mm", "bottom_mm", "distance_mm", "low", "hide_event"})
    side = between(80, 4000, "mm")
    return Screen(
        width_mm=source.get("screen", "width_mm", default.width_mm, side),
        height_mm=source.get("screen", "height_mm", default.height_mm, side),
        bottom_mm=source.get("screen", "bottom_mm", default.bottom_mm, between(0, 2000, "mm")),
        distance_mm=source.get("screen", "distance_mm", default.distance_mm, between(200, 3000, "mm")),
        low=source.get("screen", "low", default.low, Source.flag),
        hide_event=source.get("screen", "hide_event", default.hide_event, Source.flag),
    )


def _help(source: Source, default: Help) -> Help:
    source.section("help", {"phone", "hours", "desk", "command", "wait_s", "urgent"})
    return Help(
        phone=source.get("help", "phone", default.phone, Source.line),
        hours=source.get("help", "hours", default.hours, Source.words),
        desk=source.get("help", "desk", default.desk, Source.words),
        command=source.get("help", "command", default.command, _command),
        wait_s=source.get("help", "wait_s", default.wait_s, between(5, 60, "seconds")),
        urgent=source.get("help", "urgent", default.urgent, Source.words),
    )


def _send(source: Source) -> Send | None:
    keys = ("recipient", "purpose", "reply_time")
    table = source.section("send", keys)
    if "send" not in source:
        return None
    for key in keys:
        if key not in table:
            raise source.error(
                "send", "", f"{key} is missing", "recipient, purpose and reply_time, or no [send]"
            )
    return Send(
        recipient=source.get("send", "recipient", "", Source.line),
        purpose=source.get("send", "purpose", {}, Source.words),
        reply_time=source.get("send", "reply_time", {}, Source.words),
    )


def _about(source: Source) -> About:
    keys = ("operator", "contact", "dpo", "accessibility")
    source.section("about", keys)
    return About(**{key: source.get("about", key, "", Source.line) for key in keys})


def _times(source: Source, default: Config) -> tuple[int, int, int]:
    """``idle_s``, ``warning_s``, ``long_idle_s``: asking for more time never gives less."""
    source.section("time", {"idle_s", "warning_s", "long_idle_s"})
    idle = source.get("time", "idle_s", default.idle_s, between(30, 1800, "seconds"))
    # ACCESSIBILITY row 41: at least 20 s to answer the warning.
    warning = source.get("time", "warning_s", default.warning_s, between(20, 600, "seconds"))
    longest = max(default.long_idle_s, idle)
    return idle, warning, source.get("time", "long_idle_s", longest, between(idle, 3600, "seconds"))


# -- values ------------------------------------------------------------------------------------------------


def _timezone(source: Source, section: str, key: str, value: Any) -> str:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError, TypeError):
        # Listing all zones takes up to 140 ms: every start would pay for it.
        return one_of(available_timezones())(source, section, key, value)
    return str(value)


def _picture(source: Source, section: str, key: str, value: Any) -> Path:
    from kiosk.config.pictures import LARGEST, refused

    path = source.below(section, key, value)
    if problem := refused(path):
        allowed = f"a drawing (SVG) or a PNG picture of at most {LARGEST // 1024} KiB"
        raise source.error(section, key, f"{key}: {problem}", allowed)
    return path


def _colour(source: Source, section: str, key: str, value: Any) -> dict[str, str]:
    """``brand = "#0F4A54"`` is the light theme's; ``{ light = "…", dark = "…", soft = "…" }`` names each."""
    table = {"light": value} if isinstance(value, str) else value
    whole = isinstance(table, dict) and "light" in table and set(table) <= set(THEMES)
    if not whole or not all(_is_colour(colour) for colour in table.values()):
        allowed = '"#0F4A54" or { light = "#0F4A54", dark = "#93D3D6", soft = "#0E353C" }'
        raise source.error(section, key, f"{key} is not a colour", allowed)
    return {theme: table[theme].upper() for theme in THEMES if theme in table}


def _is_colour(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("#[0-9A-Fa-f]{6}", value) is not None


def _command(source: Source, section: str, key: str, value: Any) -> tuple[str, ...]:
    allowed = f'a list of at most {MOST_WORDS} words, an absolute path first: ["/usr/local/bin/appel"]'
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_WORDS:
        raise source.error(section, key, f"{key} is not a list of words", allowed)
    found = tuple(source.line(section, key, word) for word in value)
    if not found[0].startswith("/"):
        raise source.error(section, key, f"{found[0][:80]!r} is not an absolute path", allowed)
    return found


def _staff_code(source: Source, section: str, key: str, value: Any) -> str:
    from kiosk.staff import is_sealed

    if not isinstance(value, str) or not is_sealed(value):
        raise source.error(section, key, "not a sealed staff code", "the line that `kiosk staff code` prints")
    return value


def _queue(source: Source, section: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_.-]{1,127}", value) or value[0] == "-":
        raise source.error(section, key, "not a printer queue's name", "letters, digits, _ . -")
    return value


def _languages(source: Source, section: str, key: str, value: Any) -> tuple[str, ...]:
    from kiosk.catalogues import is_offered, languages

    if not isinstance(value, list) or not value or not all(is_offered(item) for item in value):
        allowed = f"a list of {', '.join(languages())}"
        raise source.error(section, key, "a language that is not offered", allowed)
    return tuple(dict.fromkeys(value))


def _events(source: Source, section: str, key: str, value: Any) -> tuple[str, ...]:
    """Whether the pack has them is seen when it is loaded (:mod:`kiosk.white_label`)."""
    allowed = f'a list of at most {MOST_EVENTS} life events, each once: ["naissance", "deces"]'
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_EVENTS:
        raise source.error(section, key, f"{key} is no list of life events", allowed)
    found = tuple(source.line(section, key, item) for item in value)
    if len(set(found)) < len(found):
        raise source.error(section, key, "a life event stands twice", allowed)
    return found


def _overlays(source: Source, section: str, key: str, value: Any) -> tuple[Path, ...]:
    """Folders; a relative one is below that of the file."""
    allowed = f'a list of at most {MOST_OVERLAYS} folders that hold overlay.yaml: ["/etc/kiosk/valmerle"]'
    if not isinstance(value, list) or len(value) > MOST_OVERLAYS:
        raise source.error(section, key, f"{key} is no list of folders", allowed)
    found = tuple(source.below(section, key, item) for item in value)
    for folder in found:
        if not _is_file(folder / "overlay.yaml"):
            raise source.error(section, key, f"no overlay in {str(folder)[:200]!r}", allowed)
    if len(set(found)) < len(found):
        raise source.error(section, key, "an overlay stands twice", allowed)
    return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False
