"""A date in three boxes, with the date in words under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.field import DigitBox
from ui.widgets.keys import Key
from ui.widgets.strip import Icon
from ui.widgets.text import TextLabel
from ui.widgets.text_block import Words

PRECISIONS = ("day", "month", "year")
Parts = tuple[int | None, int | None, int | None]


class _DayBox(DigitBox):
    def is_full(self, text: str) -> bool:
        return len(text) == 2 or text in tuple("456789")


class _MonthBox(DigitBox):
    def is_full(self, text: str) -> bool:
        return len(text) == 2 or text in tuple("23456789")


class DateField(QWidget):
    """``names``: « Jour », « Mois », « Année ». ``describe((day, month, year))`` gives the live line: words
    and whether they are an error. Signals ``changed((day, month, year))``, ``box_changed(int)`` (0 day, 1
    month, 2 year).

    Put a :class:`~ui.widgets.keys.NumericPad` under it and connect its ``next_pressed`` to :meth:`next_box`.
    """

    changed = Signal(object)
    box_changed = Signal(int)

    def __init__(
        self,
        theme: Theme,
        names: Sequence[str],
        describe: Callable[[Parts], tuple[Words, bool]],
        *,
        value: Parts = (None, None, None),
        precision: str = "day",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._by_itself = -1  # the box that took over from a full one
        self._at = -1  # the box that is written into, where the focus is on a key of the pad
        self.boxes: tuple[DigitBox, DigitBox, DigitBox] = (
            _DayBox(theme, names[0], 2, self),
            _MonthBox(theme, names[1], 2, self),
            DigitBox(theme, names[2], 4, self),
        )
        self._labels = [TextLabel(theme, name, "body", weight=600) for name in names]
        row = QHBoxLayout()
        row.setSpacing(20)
        self._columns: list[QWidget] = []
        for box, label, stretch in zip(self.boxes, self._labels, (282, 282, 380), strict=True):
            holder = QWidget(self)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            column.addWidget(label)
            column.addWidget(box)
            row.addWidget(holder, stretch)
            self._columns.append(holder)
        self._icon = Icon(theme, "calendar", 42)
        self.live = TextLabel(theme, "", "lead", colour="ink")
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.live, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(18)
        outer.addLayout(row)
        outer.addLayout(line)
        for index, box in enumerate(self.boxes):
            box.textEdited.connect(lambda _text: self._edited())
            box.filled.connect(lambda index=index: self._handed_over(index + 1))
            box.emptied_back.connect(lambda index=index: self._go(index - 1))
        self.precision = precision
        self.set_precision(precision)
        self.set_value(value)

    def value(self) -> Parts:
        """Day, month, year as written; None for an empty box or one that this precision leaves out."""
        parts = [int(box.text()) if box.text() else None for box in self.boxes]
        for index in range(PRECISIONS.index(self.precision)):
            parts[index] = None
        return parts[0], parts[1], parts[2]

    def set_value(self, value: Parts) -> None:
        """Fill the boxes (a shortcut such as « Aujourd’hui »); emits ``changed``."""
        for box, part, width in zip(self.boxes, value, (2, 2, 4), strict=True):
            box.setText("" if part is None else f"{part:0{width}d}")
        self._edited()

    def set_precision(self, precision: str) -> None:
        """Ask for the whole date, for month and year, or for the year."""
        self.precision = precision
        for column, holder in enumerate(self._columns):
            holder.setVisible(column >= PRECISIONS.index(precision))
        self.refresh()

    def first_focus(self) -> DigitBox:
        """The first empty box, else the first shown."""
        shown = [box for box, holder in zip(self.boxes, self._columns, strict=True) if not holder.isHidden()]
        return next((box for box in shown if not box.text()), shown[0])

    def next_box(self) -> None:
        """Go to the next box; from the last one to the first."""
        at = next((i for i, box in enumerate(self.boxes) if box.hasFocus()), self._at)
        by_itself, self._by_itself = self._by_itself, -1
        if at == by_itself and not self.boxes[at].text():
            return  # the focus had already come here: « next » meant this box
        self._go(at + 1 if at + 1 < 3 else PRECISIONS.index(self.precision))

    def refresh(self) -> None:
        """Write the live line again."""
        words, wrong = self._describe(self.value())
        self.live.set_text(words, "clay" if wrong else "ink")
        self._icon.name = "info-circle" if wrong else "calendar"
        self._icon.token = "clay" if wrong else "brand"
        self._icon.update()

    def alert(self) -> None:
        """Say what the live line says to assistive technology at once."""
        self.refresh()
        QAccessible.updateAccessibility(QAccessibleEvent(self.live, QAccessible.Event.Alert))

    def _edited(self) -> None:
        self.refresh()
        self.changed.emit(self.value())

    def _handed_over(self, index: int) -> None:
        self._go(index)
        self._by_itself = index

    def _go(self, index: int) -> None:
        if PRECISIONS.index(self.precision) <= index < 3:
            self._at = index
            # Who walks over the keys of the pad stays there: the boxes are a long way back.
            if not isinstance(QApplication.focusWidget(), Key):
                self.boxes[index].setFocus(Qt.FocusReason.OtherFocusReason)
            self.box_changed.emit(index)
