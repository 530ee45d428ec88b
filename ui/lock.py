"""No way out: what a kiosk takes from keyboard and mouse, and what it does not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

_KEYS = frozenset((QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride))
_MOUSE = frozenset(
    (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
)
_NEVER = frozenset(
    (
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
    )
)
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_HELD = _ALT_GR | Qt.KeyboardModifier.MetaModifier
_KEYS_OF_THE_SYSTEM = frozenset(
    (
        Qt.Key.Key_Menu,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_Print,
        Qt.Key.Key_Copy,
        Qt.Key.Key_Cut,
        Qt.Key.Key_Paste,
        Qt.Key.Key_Undo,
        Qt.Key.Key_Redo,
        Qt.Key.Key_Insert,
    )
)


def is_way_out(event: QEvent) -> bool:
    """Whether the window must not even see this: keys held with Ctrl, Alt or the system's key, keys that
    copy, cut, paste or take back, context menus, every button of a mouse but the first (the middle
    one pastes), drag and drop.

    Letters that a keyboard makes with AltGr, which some report as Ctrl and Alt, pass.
    """
    kind = event.type()
    if kind in _NEVER:
        return True
    if kind in _MOUSE and isinstance(event, QMouseEvent):
        return event.button() is not Qt.MouseButton.LeftButton
    if kind in _KEYS and isinstance(event, QKeyEvent):
        held = event.modifiers() & _HELD
        writes = held == _ALT_GR and event.text().isprintable() and event.text() != ""
        cuts = event.key() == Qt.Key.Key_Delete and bool(
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )
        return cuts or event.key() in _KEYS_OF_THE_SYSTEM or (bool(held) and not writes)
    return False
