"""The order in which the focus goes through a card whose parts are made at different times.

Qt follows the order in which widgets were made; the eye, and the voice, follow the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget


def put_before(part: QWidget, control: QWidget) -> None:
    """What can be touched in ``part`` comes right before ``control``."""
    chain([control, *in_chain(part), control])


def put_after(before: QWidget, part: QWidget) -> None:
    """What can be touched in ``part`` comes right after the last such thing in ``before``."""
    chain([*in_chain(before)[-1:], *in_chain(part)])


def put_in_place_of(old: QWidget, new: QWidget) -> None:
    """The buttons of ``new``, in the order ``new`` has them, come where those of ``old`` are."""
    first = next(iter(old.findChildren(QAbstractButton)), None)
    stops = in_chain(new)
    if first is not None and stops:
        chain([stop_before(first), *stops])


def stop_before(control: QWidget, outside: QWidget | None = None) -> QWidget | None:
    """What the focus comes from to ``control``; with ``outside``, to that whole part."""
    before = control.previousInFocusChain()
    while before is not control and not (
        before.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (outside is not None and outside.isAncestorOf(before))
    ):
        before = before.previousInFocusChain()
    return None if before is control else before


def in_chain(widget: QWidget) -> list[QWidget]:
    """What takes the focus in ``widget``, in the order of the focus."""
    inside = {one for one in widget.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus}
    if not inside:
        return []
    first = next(iter(inside))
    for _ in inside:
        before = stop_before(first)
        if before not in inside:
            break
        first = before
    found, at = [first], first.nextInFocusChain()
    while at is not first and len(found) < len(inside):
        if at in inside:
            found.append(at)
        at = at.nextInFocusChain()
    return found


def chain(stops: Sequence[QWidget | None]) -> None:
    """Each comes right after the one before."""
    for one, following in pairwise(stop for stop in stops if stop is not None):
        QWidget.setTabOrder(one, following)
