"""A person in front of the kiosk, for tests: reads what is shown, touches what has these words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.application import Application
from ui.screens.screen import Screen
from ui.widgets.tag import Tag
from ui.widgets.text import TextLabel


class Citizen:
    """Touches go through the native window, as a finger's do; nothing is called behind the screen's back."""

    def __init__(self, app: Application, qtbot: QtBot) -> None:
        self.app, self.qtbot = app, qtbot
        self.window = app.window

    @property
    def screen(self) -> Screen:
        shown = self.window.screen_widget
        assert shown is not None
        return shown

    def reads(self) -> str:
        """All text on the display, the frame's too, in one string."""
        labels = [label.text() for label in self.window.findChildren(TextLabel) if label.isVisible()]
        labels += [tag.accessible_name() for tag in self.window.findChildren(Tag) if tag.isVisible()]
        buttons = [button.accessibleName() for button in self.buttons()]
        return "\n".join([*labels, *buttons])

    def title(self) -> str:
        heading = self.screen.heading
        assert heading is not None
        return heading.text()

    def buttons(self) -> list[QAbstractButton]:
        """Every control that is there, on this page of the list or further down."""
        self.app.qt.processEvents()
        return [button for button in self.window.findChildren(QAbstractButton) if button.isVisible()]

    def touch(self, words: str) -> None:
        """Touch the control with these words; page down to it first if need be."""
        self.touch_at(self._control(words))

    def begin(self, event: str) -> None:
        """Touch a life event, and answer what is asked before its first question."""
        self.touch(event)
        if any(button.accessibleName().startswith("Pour moi") for button in self.buttons()):
            self.touch("Pour moi")

    def touch_at(self, widget: QWidget) -> None:
        paged = getattr(self.screen, "paged", None)
        if paged is not None and paged.isAncestorOf(widget):
            paged.show_whole(widget)
        centre = widget.mapTo(self.window, QPoint(widget.width() // 2, min(widget.height() // 2, 40)))
        assert self.window.rect().contains(centre), f"{widget.accessibleName()!r} is off the display"
        name, before = widget.accessibleName(), visible_windows()
        QTest.mouseClick(self.window.windowHandle(), Qt.MouseButton.LeftButton, pos=centre)
        self.app.qt.processEvents()
        assert visible_windows() <= before, f"a touch on {name!r} opened another window"

    def _control(self, words: str) -> QAbstractButton:
        exact = [button for button in self.buttons() if button.accessibleName() == words]
        near = [button for button in self.buttons() if button.accessibleName().startswith(words)]
        found = exact or near
        assert found, f"no control {words!r}; there are: {[b.accessibleName() for b in self.buttons()]}"
        return found[0]

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.windowHandle(), key)
        self.app.qt.processEvents()

    def type_date(self, day: int, month: int, year: int) -> None:
        """With the pad on the screen, digit by digit; the boxes move on by themselves."""
        self.touch_at(self.window.findChild(QLineEdit))
        for digit in f"{day:02}{month:02}{year}":
            self.touch(digit)

    def waits_for(self, condition: Callable[[], bool], timeout: int = 10_000) -> None:
        self.qtbot.waitUntil(condition, timeout=timeout)

    def sees(self, words: str, timeout: int = 10_000) -> None:
        """Waits until these words are on the display."""
        self.waits_for(lambda: words in self.reads(), timeout)


def visible_windows() -> set[QWidget]:
    return {top for top in QApplication.topLevelWidgets() if top.isVisible()}
