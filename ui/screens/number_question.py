"""A whole number: minus, the number, plus, and a pad."""

from __future__ import annotations

from kiosk.procedures.bounds import bounds
from ui.screens.question import QuestionScreen
from ui.screens.screen import Look
from ui.views import Asking
from ui.widgets.field import NumberField
from ui.widgets.keys import NumericPad

_LARGEST = 999_999


class NumberScreen(QuestionScreen):
    """``acted("answer", int)``."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        low, high = bounds(self.question, look.today)
        self.low = int(low) if isinstance(low, int) else 0
        self.high = int(high) if isinstance(high, int) else _LARGEST
        value = view.value if isinstance(view.value, int) and not isinstance(view.value, bool) else None
        texts = (self.pack_text("text"), self.text("number.less"), self.text("number.more"))
        self.field = NumberField(look.theme, texts, value=value, low=self.low, high=self.high)
        self.field.changed.connect(lambda _: self.settled())
        self.column.addWidget(self.field)
        self.pad = NumericPad(look.theme, self.text("number.erase"))
        self.pad.target = self.field.box
        self.column.addWidget(self.pad)
        self.add_skip()
        self.add_why()
        self.finish()

    def state(self) -> object:
        return self.field.box.text()

    def restore(self, state: object) -> None:
        self.field.box.setText(str(state))

    def forward(self) -> None:
        value = self.field.value()
        if value is None:
            self.complain(self.text("number.missing"), self.field.box)
        elif not self.low <= value <= self.high:
            self.complain(self.text("number.range", low=self.low, high=self.high), self.field.box)
        else:
            self.acted.emit("answer", value)
