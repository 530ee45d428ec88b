"""A few words, with the keyboard on the screen; the engine judges what was written."""

from __future__ import annotations

from kiosk.procedures import AnswerError, QuestionType, parse_answer
from ui.screens.question import QuestionScreen
from ui.screens.screen import Look
from ui.views import Asking
from ui.widgets.field import TextField
from ui.widgets.keyboard import KeyboardTexts, ScreenKeyboard


class TextScreen(QuestionScreen):
    """``acted("answer", text)`` once the engine accepts it."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        value = "" if view.value is None else str(view.value)
        self.field = TextField(
            look.theme,
            self.pack_text("text"),
            clear_text=self.text("text.clear"),
            text=value,
            private=self.question.private,
        )
        self.field.changed.connect(lambda _: self.settled())
        self.column.addWidget(self.field)
        self.add_skip()
        self.add_why()
        texts = KeyboardTexts(
            **{
                key: self.text(f"keyboard.{key}")
                for key in ("shift", "erase", "space", "close", "digits", "letters")
            }
        )
        self.keyboard = ScreenKeyboard(look.theme, look.lang, texts)
        self.keyboard.target = self.field.edit
        self.keyboard.begin(not value)
        self.keyboard.close_pressed.connect(lambda: self._show_keyboard(False))
        self.field.touched.connect(lambda: self._show_keyboard(True))
        self.field.entered.connect(self.forward)
        self.finish(dock=self.keyboard)

    def _show_keyboard(self, shown: bool) -> None:
        self.keyboard.setVisible(shown)
        self.paged.fit()

    def state(self) -> object:
        return self.field.text()

    def restore(self, state: object) -> None:
        self.field.edit.setText(str(state))

    def forward(self) -> None:
        text = self.field.text().strip()
        if self.question.type is QuestionType.MONEY:
            text = text.replace(",", ".")  # a decimal comma, as on every French bill
        if not text:
            self.complain(self.text("text.missing"), self.field.edit)
            return
        try:
            value = parse_answer(self.question, text, today=self.look.today)
        except AnswerError:
            self.complain(self.text(f"text.refused.{self.question.type}"), self.field.edit)
        else:
            self.acted.emit("answer", value)
