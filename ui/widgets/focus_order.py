"""The order in which the focus goes through a card whose parts are made at different times.

Qt follows the order in which widgets were made; the eye, and the voice, follow the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget


def put_before(part: QWidget, control: QWidget) -> None:
    """The buttons of ``part``, made last, come right before ``control``."""
    stops = part.findChildren(QAbstractButton)
    _chain([_stop_before(control), *stops, control])


def put_in_place_of(old: QWidget, new: QWidget) -> None:
    """The buttons of ``new``, in the order ``new`` has them, come where those of ``old`` are."""
    first = next(iter(old.findChildren(QAbstractButton)), None)
    stops = _in_chain(new)
    if first is not None and stops:
        _chain([_stop_before(first), *stops])


def _stop_before(control: QWidget) -> QWidget | None:
    before = control.previousInFocusChain()
    while before is not control and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    return None if before is control else before


def _in_chain(widget: QWidget) -> list[QWidget]:
    """The buttons of ``widget`` in the order of the focus."""
    buttons = widget.findChildren(QAbstractButton)
    if not buttons:
        return []
    found, at = [], buttons[0]
    for _ in range(len(buttons) * 50):
        if at in buttons:
            found.append(at)
        at = at.nextInFocusChain()
        if at is buttons[0] or len(found) == len(buttons):
            break
    return found


def _chain(stops: Sequence[QWidget | None]) -> None:
    for one, following in pairwise(stop for stop in stops if stop is not None):
        QWidget.setTabOrder(one, following)
