"""How a contender looks while it is measured: text size, theme, direction of the writing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """``scale`` 1 to 3, a theme of the kiosk, and a language: ``ar`` is drawn from the right."""

    name: str
    scale: float = 1.0
    theme: str = "light"
    lang: str = "fr"


USUAL = Look("usual")
LOOKS = {
    look.name: look
    for look in (
        USUAL,
        Look("large", scale=3.0),
        Look("arabic", lang="ar"),
        Look("dark", theme="dark"),
        Look("contrast", theme="contrast"),
        Look("soft", theme="soft"),
    )
}
