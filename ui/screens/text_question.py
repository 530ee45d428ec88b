"""A few words, with the keyboard on the screen; the engine judges what was written."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.screens.keyboard_dock import KeyboardDock
from ui.screens.links import LinkedScreen
from ui.screens.screen import Look
from ui.screens.typed_question import TypedScreen
from ui.views import Asking
from ui.widgets.field import TextField


class TextScreen(LinkedScreen, TypedScreen):
    """``acted("answer", text)`` once the engine accepts it."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        self.add_about()
        value = "" if view.value is None else str(view.value)
        self.field = TextField(
            look.theme,
            self.pack_text("text"),
            clear_text=self.text("text.clear"),
            text=value,
            private=self.question.private,
        )
        self.field.changed.connect(lambda _: self.settled())
        self.dock = KeyboardDock(self)
        self.keyboard = self.dock.keyboard
        self.dock.serve(self.field)
        self.field.entered.connect(self.forward)
        self.entry.addWidget(self.field)
        if self.about is None:
            self.add_links()
            self.say(*self.said_links())
        else:  # there is room: the keyboard comes only when it is asked for
            self.add_skip()
            self.add_why()
        self.finish(dock=self.keyboard)
        self.add_typing(self.keyboard, self.field)

    def given(self) -> object:
        return self.field.text().strip() or None

    def field_focus(self) -> QWidget:
        return self.field.edit

    def missing(self) -> str:
        return self.text("text.missing")

    def otherwise(self) -> str:
        return self.text(f"text.refused.{self.question.type}")

    def written(self) -> object:
        return self.field.text()

    def write(self, state: object) -> None:
        self.field.edit.setText(str(state))
