"""The answers given, one row each, every one changeable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.listen import ListenButton
from ui.widgets.strip import Icon
from ui.widgets.surface import Card, Divider
from ui.widgets.text import TextLabel


@dataclass(frozen=True)
class Answer:
    """One row: ``key`` comes back in the signals; ``passed`` draws the answer as not given (« Question
    passée »)."""

    key: str
    icon: str
    question: str
    answer: str
    change_text: str  # Modifier, or Répondre
    passed: bool = False


class _Given(TextLabel):
    """The answer; underlined with dashes when the question was passed."""

    def __init__(self, theme: Theme, text: str, passed: bool) -> None:
        super().__init__(theme, text, "option", weight=400 if passed else 700)
        self._passed = passed

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width) + (6 if self._passed else 0)

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)
        if self._passed:
            painter = QPainter(self)
            pen = QPen(self.theme.colour("line"), 3)
            pen.setDashPattern([2, 1.5])
            painter.setPen(pen)
            wide = min(self.block().natural_width(), self.width())
            start = self.width() - wide if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0
            painter.drawLine(start, self.height() - 3, start + wide, self.height() - 3)


class AnswerRow(QWidget):
    """Icon, question, answer, listen, change; ``narrow``: what is touched stands under the words, as it does
    from 150 % on."""

    def __init__(
        self,
        theme: Theme,
        answer: Answer,
        listen: tuple[str, str] | None,
        *,
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.answer = answer
        under = theme.one_column or narrow
        down = QBoxLayout.Direction.TopToBottom if under else QBoxLayout.Direction.LeftToRight
        outer = QBoxLayout(down, self)
        outer.setContentsMargins(6, 18, 6, 18)
        outer.setSpacing(20)
        lead = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        lead.setSpacing(24)
        if not theme.stacked:
            lead.addWidget(Icon(theme, answer.icon, 46))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(TextLabel(theme, answer.question, "caption", colour="inkSoft"))
        words.addWidget(_Given(theme, answer.answer, answer.passed))
        words.addStretch(1)
        lead.addLayout(words, 1)
        outer.addLayout(lead, 1)
        across = QBoxLayout.Direction.TopToBottom if theme.scale >= 2.5 else QBoxLayout.Direction.LeftToRight
        acts = QBoxLayout(across)
        acts.setSpacing(20)
        self.listen: ListenButton | None = None
        if listen is not None:
            item = f"{answer.question} {answer.answer}"
            self.listen = ListenButton(theme, *listen, item=item, flat=not theme.stacked, parent=self)
            self.listen.set_narrow()
            acts.addWidget(self.listen)
        self.change = BigButton(
            theme,
            answer.change_text,
            kind="quiet",
            icon="pencil",
            role="frame_button",
            minimum_height=92,
            name=f"{answer.change_text}, {answer.question}",
            parent=self,
        )
        if not under:
            self.change.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        acts.addWidget(self.change, 1 if under else 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addLayout(acts)


class AnswerList(Card):
    """All rows in one card. Signals ``change_pressed(key)``, ``listen_pressed(key)``."""

    change_pressed = Signal(str)
    listen_pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        answers: Sequence[Answer],
        *,
        listen: tuple[str, str] | None = None,
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 8, 28, 8)
        column.setSpacing(0)
        self.rows: list[AnswerRow] = []
        for index, answer in enumerate(answers):
            if index:
                column.addWidget(Divider(theme))
            row = AnswerRow(theme, answer, listen, narrow=narrow, parent=self)
            row.change.clicked.connect(lambda _=False, key=answer.key: self.change_pressed.emit(key))
            if row.listen is not None:
                row.listen.clicked.connect(lambda _=False, key=answer.key: self.listen_pressed.emit(key))
            column.addWidget(row)
            self.rows.append(row)

    def snap_tops(self) -> list[QWidget]:
        """Where the pager may stop."""
        return list(self.rows)
