"""Answers to choose from: one card per option, with its own listen zone beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.listen import ListenButton
from ui.widgets.press import Pressable, TallMemo
from ui.widgets.surface import Card, Divider, draw_box
from ui.widgets.text_block import TextBlock

_MARK = 48
_TILE = 76
_LEAST = 116


@dataclass(frozen=True)
class Choice:
    """One option: ``value`` is given back by the group; ``sub`` is the small line; ``icon`` a Tabler name."""

    value: str
    text: str
    sub: str = ""
    icon: str = ""


class _Mark(TallMemo, Pressable):
    """The answer itself: mark, picture, words; drawn by hand, real radio or check button underneath."""

    least = _LEAST

    def _set_up(self, theme: Theme, choice: Choice) -> None:
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._drawn_on = False
        self.set_choice(choice)

    def set_choice(self, choice: Choice) -> None:
        """Show another answer."""
        self.choice = choice
        self._blocks: tuple[TextBlock, TextBlock | None] | None = None
        self._talls = None
        self.setAccessibleName(f"{choice.text}. {choice.sub}" if choice.sub else choice.text)
        self.updateGeometry()
        self.update()

    @property
    def ring_widget(self) -> QWidget:
        return self.parentWidget()

    def hitButton(self, where: QPoint) -> bool:
        return self.rect().contains(where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        group = self.parentWidget().parentWidget()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and isinstance(group, OptionGroup):
            # Qt would also choose the answer it moves to: moving must not answer.
            group.step(self.parentWidget(), 1 if event.key() == Qt.Key.Key_Down else -1)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if not self.isChecked():
                self.click()
            return
        super().keyPressEvent(event)

    def _texts(self) -> tuple[TextBlock, TextBlock | None]:
        on = self.isChecked()
        if (
            self._blocks is None
            or self._drawn_on != on
            or self._blocks[0].direction != self.layoutDirection()
        ):
            direction = self.layoutDirection()
            # One layout width for both states: bold words must not wrap differently when chosen.
            main = TextBlock(
                self.theme, self.choice.text, "option", weight=700 if on else 600, direction=direction
            )
            sub = None
            if self.choice.sub:
                sub = TextBlock(self.theme, self.choice.sub, "caption", direction=direction)
            self._blocks, self._drawn_on = (main, sub), on
        return self._blocks

    @property
    def _mark_px(self) -> int:
        return self.theme.icon(_MARK)

    def _text_x(self) -> int:
        x = 22 + self._mark_px + 20
        if self.choice.icon and not self.theme.stacked:
            x += round(_TILE * self.theme.frame_scale) + 20
        return x

    def _bold_height(self, width: int) -> int:
        """Room for the chosen (bold) words, so that choosing moves nothing."""
        main = self._texts()[0]
        if self._drawn_on or main.natural_width() * 1.1 < width:
            return main.height(width)
        return TextBlock(self.theme, self.choice.text, "option", weight=700).height(width)

    def _tall(self, width: int) -> int:
        room = width - self._text_x() - 16
        main, sub = self._texts()
        tall = max(main.height(room), self._bold_height(room)) + (sub.height(room) if sub else 0) + 28
        return max(self.least, tall)

    def sizeHint(self) -> QSize:
        return QSize(self._text_x() + 400, self.least)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._text_x() + 60, self.least)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        theme, on = self.theme, self.isChecked()
        _fill, words, icon = theme.selected if on else ("surface", "ink", "brand")
        top = theme.stacked
        size = self._mark_px
        mark = self._at(22, 20 if top else (self.height() - size) // 2, size, size)
        self._draw_mark(painter, mark, on)
        if self.choice.icon and not theme.stacked:
            side = round(_TILE * theme.frame_scale)
            tile = self._at(22 + size + 20, (self.height() - side) // 2, side, side)
            inverted = on and theme.contrast
            fill = theme.colour("brand" if inverted else "surface" if on else "panel")
            edge = theme.colour("onBrand" if inverted else "line") if theme.contrast else None
            draw_box(painter, tile, fill, edge, 3, 16)
            inner = tile.adjusted(13, 13, -13, -13)
            draw_icon(painter, inner, self.choice.icon, theme.hex(icon))
        self._draw_words(painter, words, on)

    def _draw_words(self, painter: QPainter, words: str, on: bool) -> None:
        main, sub = self._texts()
        room = self.width() - self._text_x() - 16
        tall = main.height(room) + (sub.height(room) if sub else 0)
        y = (self.height() - tall) // 2
        painter.setPen(self.theme.colour(words))
        main.draw(painter, self._at(self._text_x(), y, room, main.height(room)))
        if sub:
            soft = words if on and self.theme.contrast else "inkSoft"
            painter.setPen(self.theme.colour(soft))
            sub.draw(painter, self._at(self._text_x(), y + main.height(room), room, sub.height(room)))

    def _draw_mark(self, painter: QPainter, box: QRect, on: bool) -> None:
        theme = self.theme
        inverted = on and theme.contrast
        fill = "onBrand" if inverted else "brand" if on else "surface"
        edge = "onBrand" if inverted else "brand" if on else "line"
        radius = box.width() / 2 if isinstance(self, QRadioButton) else 12
        draw_box(painter, box, theme.colour(fill), theme.colour(edge), 4, radius)
        if on:
            check = "brand" if inverted else "onBrand"
            draw_icon(painter, box.adjusted(8, 8, -8, -8), "check", theme.hex(check))

    def _at(self, x: int, y: int, width: int, height: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, y, width, height))


class RadioMark(_Mark, QRadioButton):
    """Role RadioButton."""

    def __init__(self, theme: Theme, choice: Choice, parent: QWidget) -> None:
        QRadioButton.__init__(self, parent)
        self._set_up(theme, choice)

    def nextCheckState(self) -> None:
        self.setChecked(True)  # the group unchecks the others; a second touch keeps the answer


class CheckMark(_Mark, QCheckBox):
    """Role CheckBox."""

    def __init__(self, theme: Theme, choice: Choice, parent: QWidget) -> None:
        QCheckBox.__init__(self, parent)
        self._set_up(theme, choice)


class OptionCard(Card):
    """A choice and its listen zone, as two siblings. ``mark`` is the button, ``listen`` may be None."""

    def __init__(
        self,
        theme: Theme,
        choice: Choice,
        *,
        multiple: bool = False,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self.choice = choice
        self.mark: QAbstractButton = (CheckMark if multiple else RadioMark)(theme, choice, self)
        self.listen: ListenButton | None = None
        down = QBoxLayout.Direction.TopToBottom if theme.stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(down, self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(0)
        row.addWidget(self.mark, 1)
        if listen is not None:
            self.listen = ListenButton(theme, *listen, item=choice.text, flat=True, parent=self)
            row.addWidget(Divider(theme, upright=not theme.stacked, inset=16))
            row.addWidget(self.listen)
        self.mark.toggled.connect(self._follow)

    def set_choice(self, choice: Choice) -> None:
        """Show another answer on this card."""
        self.choice = choice
        self.mark.set_choice(choice)
        if self.listen is not None:
            self.listen.set_item(choice.text)

    @property
    def inverted(self) -> bool:
        """Whether the card is drawn in reverse (contrast theme, chosen)."""
        return self.theme.contrast and self.mark.isChecked()

    def _follow(self, on: bool) -> None:
        self.fill = self.theme.selected[0] if on else "surface"
        self.border = "brand" if on else "line"
        self.border_width = 6 if on else 2
        self.update()


class OptionGroup(QWidget):
    """All options of a question. ``changed`` gives the chosen value (radio) or the tuple of values (check).

    ``listen`` = (« Écouter », « Arrêter ») or None when the language has no voice; ``listen_pressed(value)``.
    ``alone``: values that exclude all others (« Rien de cela »), check boxes only.
    """

    changed = Signal(object)
    listen_pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[Choice],
        *,
        multiple: bool = False,
        chosen: Sequence[str] = (),
        listen: tuple[str, str] | None = None,
        position_text: Callable[[int, int], str] | None = None,
        alone: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.multiple = multiple
        self._alone = alone
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.cards: list[OptionCard] = []
        for index, choice in enumerate(choices):
            card = OptionCard(theme, choice, multiple=multiple, listen=listen, parent=self)
            if choice.value in chosen:
                card.mark.setChecked(True)
            if position_text:
                card.mark.setAccessibleDescription(position_text(index + 1, len(choices)))
            card.mark.toggled.connect(lambda on, card=card: self._toggled(card, on))
            if card.listen is not None:
                card.listen.clicked.connect(
                    lambda _=False, value=choice.value: self.listen_pressed.emit(value)
                )
            column.addWidget(card)
            self.cards.append(card)

    def value(self) -> str | tuple[str, ...] | None:
        """The chosen value (radio; None if none) or values in the order shown (check)."""
        values = tuple(card.choice.value for card in self.cards if card.mark.isChecked())
        if self.multiple:
            return values
        return values[0] if values else None

    def set_value(self, chosen: Sequence[str]) -> None:
        """Choose from code; emits ``changed`` as a touch would."""
        for card in self.cards:
            card.mark.setChecked(card.choice.value in chosen)

    def first_focus(self) -> QWidget:
        """The chosen answer, else the first one."""
        return next((card.mark for card in self.cards if card.mark.isChecked()), self.cards[0].mark)

    def snap_tops(self) -> list[QWidget]:
        """Where the pager may stop."""
        return list(self.cards)

    def step(self, card: QWidget, by: int) -> None:
        """Move the focus to the next or previous option without choosing it."""
        index = self.cards.index(card) + by
        if 0 <= index < len(self.cards):
            reason = Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason
            self.cards[index].mark.setFocus(reason)

    def _toggled(self, card: OptionCard, on: bool) -> None:
        if not self.multiple:
            if not on:
                return
            for other in self.cards:
                if other is not card and other.mark.isChecked():
                    other.mark.setChecked(False)
        elif on:
            self._exclude(card)
        self.changed.emit(self.value())

    def _exclude(self, card: OptionCard) -> None:
        """« Rien de cela » takes the other answers back, and any other answer takes it back."""
        lonely = card.choice.value in self._alone
        for other in self.cards:
            if other is not card and other.mark.isChecked() and (lonely or other.choice.value in self._alone):
                other.mark.setChecked(False)
