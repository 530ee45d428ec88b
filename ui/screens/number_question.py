"""A whole number: minus, the number, plus, and a pad. A sum: the amount, and a pad with a decimal sign."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from kiosk.procedures import dump_answer
from kiosk.procedures.bounds import bounds
from ui.screens.screen import Look
from ui.screens.typed_question import TypedScreen
from ui.views import Asking
from ui.widgets.field import NumberField, SumField
from ui.widgets.keys import NumericPad

_LARGEST = 999_999


class PadScreen(TypedScreen):
    """One field above a pad of digits."""

    field: NumberField | SumField
    pad: NumericPad

    def add_pad(self) -> None:
        """The field, its pad, and what stands below them."""
        self.field.changed.connect(lambda _: self.settled())
        self.pad.target = self.field.box
        self.add_typing(self.field, self.pad)
        self.add_skip()
        self.add_why()
        self.finish()

    def field_focus(self) -> QWidget:
        return self.field.box

    def written(self) -> object:
        return self.field.box.text()

    def write(self, state: object) -> None:
        self.field.box.setText(str(state))


class NumberScreen(PadScreen):
    """``acted("answer", int)``."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        low, high = bounds(self.question, look.today)
        self.low = int(low) if isinstance(low, int) else 0
        self.high = int(high) if isinstance(high, int) else _LARGEST
        value = view.value if isinstance(view.value, int) and not isinstance(view.value, bool) else None
        texts = (self.pack_text("text"), self.text("number.less"), self.text("number.more"))
        self.add_about()
        self.field = NumberField(look.theme, texts, value=value, low=self.low, high=self.high)
        self.pad = NumericPad(look.theme, self.text("number.erase"))
        self.add_pad()

    def given(self) -> object:
        return self.field.value()

    def missing(self) -> str:
        return self.text("number.missing")

    def otherwise(self) -> str:
        return self.text("number.range", low=self.low, high=self.high)


class MoneyScreen(PadScreen):
    """``acted("answer", Decimal)``."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        comma = self.text("money.comma")
        value = dump_answer(view.value).replace(".", comma) if isinstance(view.value, Decimal) else ""
        currency = self.words.currency(self.question.unit or "EUR")
        self.add_about()
        self.field = SumField(look.theme, self.pack_text("text"), comma, currency, text=value)
        self.pad = NumericPad(
            look.theme, self.text("number.erase"), comma=(comma, self.text("money.comma.name"))
        )
        self.add_pad()

    def given(self) -> object:
        """An amount begun with the decimal sign, or ending with it, is what people mean by it."""
        text = self.field.box.text().replace(self.text("money.comma"), ".").strip(".")
        return text or None

    def missing(self) -> str:
        return self.text("money.missing")

    def otherwise(self) -> str:
        low, high = bounds(self.question, self.look.today)
        if not isinstance(low, Decimal) or not isinstance(high, Decimal):
            return self.text("text.refused.money")
        unit = self.question.unit or "EUR"
        return self.text("money.range", low=self.words.money(low, unit), high=self.words.money(high, unit))
