"""A person's name: family name and given names, as on their papers."""

from __future__ import annotations

from kiosk.procedures import Name
from ui.screens.form import FormScreen
from ui.screens.screen import Look
from ui.views import Asking

_PARTS = ("family", "given")


class NameScreen(FormScreen):
    """``acted("answer", Name)``."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        value = view.value if isinstance(view.value, Name) else None
        self.parts = {}
        for part in _PARTS:
            form = self.form(self.text(f"name.{part}"), getattr(value, part, ""))
            self.parts[part] = form
            self.entry.addWidget(form)
        self.add_links()
        self.finish(dock=self.keyboard)

    def lead(self) -> str:
        return super().lead() or self.text("name.hint")

    def forward(self) -> None:
        written = {part: form.field.text().strip() for part, form in self.parts.items()}
        missing = [
            (self.parts[part], self.text(f"name.{part}.missing")) for part in _PARTS if not written[part]
        ]
        if not self.refuse_all(missing):
            self.offer(written, self.parts["family"], self.text("text.refused.text"))

    def state(self) -> object:
        return tuple(form.field.text() for form in self.parts.values())

    def restore(self, state: object) -> None:
        for form, text in zip(self.parts.values(), state, strict=True):
            form.field.edit.setText(text)
