"""Fields that each have a name, and say for themselves what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt

from kiosk.procedures import AnswerError, AnswerValue, parse_answer
from ui.screens.keyboard_dock import KeyboardDock
from ui.screens.links import LinkedScreen
from ui.screens.screen import Look
from ui.views import Asking
from ui.widgets.field import TextField
from ui.widgets.form_field import FormField

Wrong = tuple[FormField, str]
"""A field, and what is wrong in it."""


class FormScreen(LinkedScreen):
    """``acted("answer", value)`` once every field is right. Parts that are hidden are neither judged nor
    read aloud."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        self.dock = KeyboardDock(self)
        self.keyboard = self.dock.keyboard
        self.forms: list[FormField] = []

    # -- parts --------------------------------------------------------------------------------------------

    def form(
        self, label: str, text: str = "", *, hint: str = "", longest: int = 100, bare: bool = False
    ) -> FormField:
        """A field of at most ``longest`` signs that the keyboard writes into; not yet on the page. ``bare``:
        what stands above it says what to write."""
        field = TextField(
            self.theme,
            f"{label}. {hint}" if hint else label,
            clear_text=self.text("text.clear"),
            text=text,
            longest=longest,
            private=self.question.private,
        )
        made = FormField(self.theme, "" if bare else label, field, hint)
        self.dock.serve(field)
        field.changed.connect(lambda _: self.refuse(made, ""))
        field.entered.connect(lambda: self._entered(made))
        self.forms.append(made)
        return made

    # -- what is wrong ------------------------------------------------------------------------------------

    def refuse(self, form: FormField, sentence: str) -> None:
        """Say under a field what is wrong in it; nothing takes it back."""
        if sentence != form.refused:
            form.refuse(sentence)
            self.fit()
        self.settled()

    def refuse_all(self, wrong: Iterable[Wrong]) -> bool:
        """Say under each field what is wrong and go to the first; False where nothing is."""
        found = list(wrong)
        for form, sentence in found:
            self.refuse(form, sentence)
        if found:
            self.go_to(found[0][0])
        return bool(found)

    def go_to(self, form: FormField) -> None:
        """Put the focus into a field, and the field with its sentence into sight."""
        form.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        for pane in self.panes:
            pane.show_whole(form)

    def offer(self, raw: object, form: FormField, otherwise: str) -> None:
        """Give the answer, if the engine takes it."""
        try:
            value: AnswerValue = parse_answer(self.question, raw, today=self.look.today)
        except AnswerError as error:
            self.refuse_all([(form, self.refusal(error) or otherwise)])
        else:
            self.acted.emit("answer", value)

    def _shown(self) -> list[FormField]:
        return [form for form in self.forms if form.isVisibleTo(self)]

    def _entered(self, form: FormField) -> None:
        """Enter goes to the next field, and on from the last."""
        shown = self._shown()
        after = shown[shown.index(form) + 1 :] if form in shown else []
        if after:
            self.go_to(after[0])
        else:
            self.forward()

    # -- for the voice ------------------------------------------------------------------------------------

    def said_page(self) -> list[str]:
        """What is read of the page below its title."""
        said: list[str] = []
        for form in self._shown():
            said += [form.field.edit.accessibleName() + ".", form.refused]
        return said

    def spoken(self) -> str:
        """The question, its fields and what is wrong in them, the ways round it; why, once it is open."""
        said = [super().spoken(), *self.said_page(), *self.said_links()]
        if self.why is not None and self.why.opened:
            said.append(self.why.text())
            said[0] = said[0].removesuffix(f"\n{self.why.text()}")
        return "\n".join(text for text in said if text)
