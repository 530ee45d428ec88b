"""What Qt does not tell assistive technology about our painted widgets.

A widget class names its role in ``accessible_role``; it may add ``accessible_name()``, ``accessible_value()``
and ``accessible_description()``. Everything else keeps Qt's own interface.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_Text = QAccessible.Text
_SOURCES = {
    _Text.Name: "accessible_name",
    _Text.Value: "accessible_value",
    _Text.Description: "accessible_description",
}
# Qt keeps only a C++ pointer: Python must own the object until its widget is destroyed.
_alive: dict[int, QAccessibleWidget] = {}
_installed: list[bool] = []


class _PaintedInterface(QAccessibleWidget):
    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role, widget.accessibleName())

    def text(self, kind: QAccessible.Text) -> str:
        # Through object(), not a saved reference: that would keep the page alive for ever.
        source = getattr(self.object(), _SOURCES.get(kind, ""), None)
        return str(source()) if source is not None else super().text(kind)


def _factory(_key: str, thing: QObject) -> QAccessibleInterface | None:
    role = getattr(type(thing), "accessible_role", None)
    if role is None or not isinstance(thing, QWidget):
        return None
    made = _PaintedInterface(thing, role)
    key = id(thing)
    _alive[key] = made
    thing.destroyed.connect(lambda: _alive.pop(key, None))
    return made


def install() -> None:
    """Call once, after the application is made and before the first widget is shown."""
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed.append(True)


def kept_interfaces() -> int:
    """How many interfaces are alive (a leak check)."""
    return len(_alive)
