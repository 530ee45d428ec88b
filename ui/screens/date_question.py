"""A date: three boxes, shortcuts, a pad; month or year alone where the day is not known."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.procedures import AnswerError, PartialDate, parse_answer
from kiosk.procedures.bounds import bounds
from ui.screens.question import QuestionScreen, partial_date_words
from ui.screens.screen import Look, Screen
from ui.views import Asking
from ui.widgets.button import BigButton
from ui.widgets.date_field import DateField
from ui.widgets.keys import NumericPad

Parts = tuple[int | None, int | None, int | None]
_NEXT = {"day": "month", "month": "year"}


class DateScreen(QuestionScreen):
    """Errors appear in the line under the boxes, in words; nothing is refused by a dialog."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        low, high = bounds(self.question, look.today)
        self.low = low if isinstance(low, date) else date(1900, 1, 1)
        self.high = high if isinstance(high, date) else date(2100, 12, 31)
        value = view.value if isinstance(view.value, PartialDate) else None
        self.precision = value.precision if value else self.question.precision
        self._insisted = False
        names = tuple(self.text(f"date.{part}") for part in ("day", "month", "year"))
        parts: Parts = (value.day, value.month, value.year) if value else (None, None, None)
        self.field = DateField(look.theme, names, self._describe, value=parts, precision=self.precision)
        self.entry.addWidget(self.field)
        if self.question.precision == "day":
            self.entry.addWidget(self._shortcuts())
        self.pad = NumericPad(look.theme, self.text("date.erase"), self.text("date.next"))
        self.pad.target = self.field.first_focus()
        self.pad.next_pressed.connect(self.field.next_box)
        self.field.box_changed.connect(self._aim)
        self.column.addWidget(self.pad)
        self.add_skip()
        self.add_why()
        self.finish()

    # -- the boxes ----------------------------------------------------------------------------------------

    def _aim(self, box: int) -> None:
        self.pad.target = (self.field.boxes)[box]

    def _shortcuts(self) -> QWidget:
        """The days people mean most often, those that the question allows."""
        today = self.look.today
        near = [
            ("date.today", 0),
            ("date.yesterday", -1),
            ("date.before_yesterday", -2),
            ("date.tomorrow", 1),
        ]
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        allowed = [(key, today + timedelta(days)) for key, days in near]
        for key, day in [(key, day) for key, day in allowed if self.low <= day <= self.high][:3]:
            button = BigButton(self.theme, self.text(key), role="frame_button", minimum_height=100)
            button.clicked.connect(lambda _=False, day=day: self._fill(day))
            row.addWidget(button, 1)
        return line

    def _fill(self, day: date) -> None:
        self.precision = "day"
        self.field.set_precision("day")
        self.field.set_value((day.day, day.month, day.year))

    # -- words --------------------------------------------------------------------------------------------

    def _describe(self, parts: Parts) -> tuple[str, bool]:
        """The line under the boxes: the date in words, what is missing, or what is wrong."""
        found = self._read(parts)
        if isinstance(found, str):
            return found, True
        if found is not None:
            words = partial_date_words(self.look, found.year, found.month, found.day)
            key = "date.is" if found.day else "date.is_partial" if found.month else "date.is_year"
            return self.text(key, date=words), False
        key = {"day": "date.missing", "month": "date.missing.month"}.get(self.precision, "date.missing.year")
        return self.text(key), self._insisted

    def _read(self, parts: Parts) -> PartialDate | str | None:
        """The date, a sentence on what is wrong, or None while something is missing."""
        day, month, year = parts
        if month is not None and not 1 <= month <= 12:
            return self.text("date.month_invalid")
        if day is not None and not 1 <= day <= 31:
            return self.text("date.day_range")
        if day is not None and month is not None:
            days = calendar.monthrange(year if year and year >= 1000 else 2000, month)[1]
            if day > days:
                name = self.words.month_name(month)
                return self.text("date.day_invalid", day=day, month=name, days=days)
        wanted = {"day": (day, month, year), "month": (month, year), "year": (year,)}[self.precision]
        if any(part is None for part in wanted) or year is None or year < 1000:
            return None
        if not 1900 <= year <= 2100:
            return self.text("date.year_invalid")
        found = PartialDate(year, month, day if self.precision == "day" else None)
        try:
            parse_answer(self.question, str(found), today=self.look.today)
        except AnswerError as error:
            return self.refusal(error) or self._out_of_bounds(found)
        return found

    def _out_of_bounds(self, found: PartialDate) -> str:
        if found.first > self.high:
            return self.text("date.too_late", date=self.words.short_date(self.high))
        return self.text("date.too_early", date=self.words.short_date(self.low))

    def skip_words(self) -> str:
        if self.precision == "year":
            return self.text("question.skip")
        return self.text("date.unsure.day" if self.precision == "day" else "date.unsure.month")

    def pressed_skip(self) -> None:
        """First ask for less: month and year, then the year; then pass."""
        if self.precision == "year":
            super().pressed_skip()
            return
        self.precision = _NEXT[self.precision]
        self._insisted = False
        self.field.set_precision(self.precision)
        self.field.refresh()
        self.skip.set_words(self.skip_words())
        self.pad.target = self.field.first_focus()
        self.field.first_focus().setFocus()
        self.paged.fit()

    def state(self) -> object:
        return self.precision, self.field.value()

    def restore(self, state: object) -> None:
        self.precision, value = state
        self.field.set_precision(self.precision)
        self.field.set_value(value)

    def forward(self) -> None:
        found = self._read(self.field.value())
        if isinstance(found, PartialDate):
            self.acted.emit("answer", found)
            return
        self._insisted = True
        self.field.alert()
        self.field.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def spoken(self) -> str:
        """The question, then the date so far or what is missing, then the ways round it."""
        said = Screen.spoken(self).split("\n")
        if self.question.unknown_allowed:
            said.pop()
        if not (self.question.private and isinstance(self._read(self.field.value()), PartialDate)):
            said.append(self._describe(self.field.value())[0])
        if self.question.unknown_allowed:
            said.append(self.skip_words() + ".")
        if self.why is not None and self.why.opened:
            said.append(self.why.text())
        return "\n".join(said)
