"""What a sensitive life event or procedure is called where others can read (docs/adr/058-sensitive.md)."""

from __future__ import annotations

from kiosk.messages import messages_for
from kiosk.procedures.model import Pack


def shown_event(pack: Pack, event: str, lang: str) -> str:
    """The title of the event of this id; its neutral name if it is sensitive."""
    head = next(one for one in pack.heads if one.id == event)
    if head.sensitive:
        return _neutral(pack, f"event.{head.slug}", lang)
    return pack.text(f"event.{head.slug}.title", lang)


def neutral_procedure(pack: Pack, procedure: str, lang: str) -> str:
    """The neutral name of a sensitive procedure."""
    return _neutral(pack, f"procedure.{procedure}", lang)


def _neutral(pack: Pack, at: str, lang: str) -> str:
    """Its own, else that of the pack, else ours: an older pack may have none."""
    own = pack.text(f"{at}.neutral", lang) or pack.text("pack.neutral", lang)
    return own or messages_for(lang).text("procedures.neutral")
