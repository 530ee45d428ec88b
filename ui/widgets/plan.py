"""The plan as a thread: dates, and one card for each procedure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygon
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.focus_order import put_before, put_in_place_of
from ui.widgets.listen import ListenButton
from ui.widgets.opener import Opener
from ui.widgets.plan_rows import Row, ask_box, fact_line, note_line, why_box
from ui.widgets.press import drag_area
from ui.widgets.surface import draw_box
from ui.widgets.tag import Tag
from ui.widgets.text import Caption, Heading, TextLabel
from ui.widgets.text_block import Run, Words
from ui.widgets.touch_card import TouchCard

_GUTTER = 78  # from the thread's side to the cards
_NODE = 42

Action = tuple[str, str, str]
"""Key, icon, words."""


@dataclass(frozen=True)
class PlanEntry:
    """One procedure, in the screen's words.

    ``kind``: legal, benefit, free (node and tag). ``date`` and ``length`` stand over the card; ``loss``: what
    is lost after it; ``rows`` inside; ``cover`` is the title while the card is closed, empty = the same, and
    hides the summary too; ``why`` is ``(title, words)``, ``quote`` gives the answers behind it, ``proof`` the
    law and the sources, both small and last; ``ask`` is ``(title, questions)``; ``notes`` are
    ``(icon, words)`` lines (rules, other deadlines); ``unsure`` is « À vérifier avec l’organisme » or empty;
    ``undo``: what takes « done » back, None = not done; it stands on the closed card too.
    """

    key: str
    kind: str
    tag: str
    title: str
    date: str
    length: str = ""
    summary: str = ""
    loss: str = ""
    rows: tuple[Row, ...] = ()
    notes: tuple[tuple[str, Words], ...] = ()
    why: tuple[str, str] | None = None
    quote: Callable[[], str] | None = None
    proof: str = ""
    ask: tuple[str, tuple[str, ...]] | None = None
    unsure: str = ""
    actions: tuple[Action, ...] = ()
    undo: Action | None = None
    cover: str = ""


class PlanItem(QWidget):
    """Date line and card. The whole closed card opens; ``toggled(key, bool)``, ``action(key, action)``,
    ``listen_pressed(key)``."""

    toggled = Signal(str, bool)
    action = Signal(str, str)
    listen_pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        entry: PlanEntry,
        detail_texts: tuple[str, str],
        *,
        opened: bool = False,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.entry = entry
        self.buttons: dict[str, BigButton] = {}
        self._inside: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(10)
        self.date_line = TextLabel(theme, _date_words(entry, theme), "body", colour="ink")
        column.addWidget(self.date_line)
        self.card = TouchCard(theme, parent=self)
        column.addWidget(self.card)
        self._column = QVBoxLayout(self.card)
        self._column.setContentsMargins(26, 22, 26, 14)
        self._column.setSpacing(12)
        self.heading = Heading(theme, entry.cover or entry.title, 2, role="option")
        self._under_cover: list[QWidget] = []
        self.listen: ListenButton | None = None
        self._column.addLayout(self._top(listen))
        undo = self._button(entry.undo) if entry.undo is not None else None
        if undo is not None:
            self._column.addWidget(undo)
        self.opener = Opener(theme, entry.cover or entry.title, *detail_texts, parent=self.card)
        self.opener.clicked.connect(self.toggle)
        self._column.addWidget(self.opener)
        self._below: QWidget = undo or self.opener  # what the details stand over
        self.card.touched.connect(self._card_touched)  # the closed card is one target
        if opened:
            self._set_opened(True)

    @property
    def opened(self) -> bool:
        """Whether the details show."""
        return self.opener.opened

    def toggle(self) -> None:
        """Open or close the details."""
        self._set_opened(not self.opened)
        area = drag_area(self)
        if area is not None:
            area.fit()
            area.show_whole(self.date_line if self.opened else self)
        self.toggled.emit(self.entry.key, self.opened)

    def _top(self, listen: tuple[str, str] | None) -> QBoxLayout:
        theme, entry = self.theme, self.entry
        words = QVBoxLayout()
        words.setSpacing(10)
        words.addLayout(self._tags())
        words.addWidget(self.heading)
        if entry.summary:
            words.addWidget(self._veiled(TextLabel(theme, entry.summary, "body", colour="inkSoft")))
        if entry.loss:
            line = QWidget(self.card)
            line.setLayout(note_line(theme, "hourglass", entry.loss))
            line.layout().setContentsMargins(0, 0, 0, 0)
            words.addWidget(self._veiled(line))
        down = QBoxLayout.Direction.TopToBottom if theme.stacked else QBoxLayout.Direction.LeftToRight
        top = QBoxLayout(down)
        top.setSpacing(16)
        top.addLayout(words, 1)
        if listen is not None:
            self.listen = ListenButton(
                theme, *listen, item=entry.cover or entry.title, flat=not theme.stacked, parent=self.card
            )
            self.listen.set_narrow()
            self.listen.clicked.connect(lambda: self.listen_pressed.emit(entry.key))
            if theme.stacked:
                top.addWidget(self.listen)
            else:
                top.addWidget(self.listen, 0, Qt.AlignmentFlag.AlignTop)
        return top

    def _tags(self) -> QBoxLayout:
        theme, entry = self.theme, self.entry
        beside = not theme.one_column and not entry.unsure
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        tags = QBoxLayout(way)
        tags.setSpacing(10)
        tags.addWidget(Tag(theme, "done" if entry.undo else entry.kind, entry.tag))
        if entry.unsure:
            tags.addWidget(Tag(theme, "check", entry.unsure))
        if beside:
            tags.addStretch(1)
        return tags

    def _veiled(self, widget: QWidget) -> QWidget:
        """What a closed card of a sensitive procedure does not show."""
        if self.entry.cover:
            widget.hide()
            self._under_cover.append(widget)
        return widget

    def _set_opened(self, opened: bool) -> None:
        if opened and self._inside is None:
            self._inside = self._details()
            self._column.insertWidget(1, self._inside)
            put_before(self._inside, self._below)
        if self._inside is not None:
            self._inside.setVisible(opened)
        if self.entry.cover:
            self.heading.set_text(self.entry.title if opened else self.entry.cover)
            for widget in self._under_cover:
                widget.setVisible(opened)
        self.opener.set_opened(opened)
        # A stale hidden height would leave a gap until the next event.
        self._column.invalidate()

    def _details(self) -> QWidget:
        theme, entry = self.theme, self.entry
        inside = QWidget(self.card)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for row in entry.rows:
            column.addLayout(fact_line(theme, row))
        for icon, words in entry.notes:
            column.addLayout(note_line(theme, icon, words))
        if entry.why is not None:
            column.addWidget(why_box(theme, *entry.why))
        if entry.actions:
            column.addLayout(self._actions())
        if entry.ask is not None:
            column.addWidget(ask_box(theme, *entry.ask))
        for words in (entry.quote() if entry.quote is not None else "", entry.proof):
            if words:
                column.addWidget(Caption(theme, words))
        return inside

    def _actions(self) -> QBoxLayout:
        way = QBoxLayout.Direction.TopToBottom if self.theme.one_column else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(way)
        row.setSpacing(14)
        for action in self.entry.actions:
            row.addWidget(self._button(action), 1)
        return row

    def _button(self, action: Action) -> BigButton:
        key, icon, words = action
        button = BigButton(
            self.theme,
            words,
            kind="quiet",
            icon=icon,
            role="frame_button",
            minimum_height=92,
            name=f"{words}, {self.entry.cover or self.entry.title}",
            parent=self.card,
        )
        button.clicked.connect(lambda: self.action.emit(self.entry.key, key))
        self.buttons[key] = button
        return button

    def _card_touched(self) -> None:
        if not self.opened:
            self.opener.click()


def _date_words(entry: PlanEntry, theme: Theme) -> list[Run]:
    words = [Run(entry.date, 700)]
    if entry.length:
        words.append(Run(f"\n{entry.length}" if theme.one_column else f"\u2003{entry.length}"))
    return words


class PlanView(QWidget):
    """The thread and its items. ``detail_texts`` = (« Voir le détail », « Fermer le détail »).

    ``opened`` holds the keys open at first (None: the first one). Signals as :class:`PlanItem`.
    """

    toggled = Signal(str, bool)
    action = Signal(str, str)
    listen_pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        entries: Sequence[PlanEntry],
        detail_texts: tuple[str, str],
        *,
        opened: frozenset[str] | None = None,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.items: list[PlanItem] = []
        self._detail_texts, self._listen = detail_texts, listen
        # A spacer, not a margin: Qt turns layouts round for Arabic, but never their margins.
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addSpacing(54 if theme.stacked else _GUTTER)
        self._column = column = QVBoxLayout()
        column.setSpacing(0)
        column.addSpacing(8)  # the first node is taller than its line
        beside.addLayout(column, 1)
        for index, entry in enumerate(entries):
            shown = index == 0 if opened is None else entry.key in opened
            item = self._item(entry, shown)
            column.addWidget(item)
            self.items.append(item)

    def _item(self, entry: PlanEntry, opened: bool) -> PlanItem:
        item = PlanItem(
            self.theme, entry, self._detail_texts, opened=opened, listen=self._listen, parent=self
        )
        item.toggled.connect(self.toggled)
        item.action.connect(self.action)
        item.listen_pressed.connect(self.listen_pressed)
        return item

    def renew(self, entry: PlanEntry) -> PlanItem:
        """Show one procedure anew, folded, in its place; the item that does so now."""
        place = next(n for n, item in enumerate(self.items) if item.entry.key == entry.key)
        old, new = self.items[place], self._item(entry, opened=False)
        self._column.replaceWidget(old, new)
        self.items[place] = new
        put_in_place_of(old, new)
        old.hide()
        old.deleteLater()
        new.show()
        self.update()
        return new

    def snap_tops(self) -> list[QWidget]:
        """Where the pager may stop."""
        return list(self.items)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.items:
            return
        small = self.theme.stacked
        centre = 18 if small else 27
        x = centre if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - centre
        nodes = [self._node_y(item) for item in self.items]
        painter.setPen(QPen(self.theme.colour("thread"), 6))
        painter.drawLine(x, nodes[0], x, self.height())
        visible = event.rect()  # type: ignore[attr-defined]
        for item, y in zip(self.items, nodes, strict=True):
            if visible.top() - _NODE <= y <= visible.bottom() + _NODE:
                size = 32 if small else _NODE
                draw_node(painter, self.theme, item.entry.kind, QPoint(x, y), size)
                if item.entry.undo:
                    draw_done(painter, self.theme, item.entry.kind, QPoint(x, y), size)

    def _node_y(self, item: PlanItem) -> int:
        line = item.date_line
        first = min(line.height(), line.block().one_line())
        return item.y() + line.y() + first // 2


def draw_node(painter: QPainter, theme: Theme, kind: str, at: QPoint, size: int) -> None:
    """Square (legal), diamond (benefit), dashed circle (free): told apart without colour."""
    half = size // 2
    box = QRect(at.x() - half, at.y() - half, size, size)
    if kind == "legal":
        draw_box(painter, box, theme.colour("clay"), theme.colour("clay"), 2, 8)
    elif kind == "benefit":
        painter.setPen(QPen(theme.colour("caution"), 5))
        painter.setBrush(theme.colour("cautionSoft"))
        reach = half + 6
        painter.drawPolygon(
            QPolygon(
                [at + QPoint(0, -reach), at + QPoint(reach, 0), at + QPoint(0, reach), at + QPoint(-reach, 0)]
            )
        )
    else:
        pen = QPen(theme.colour("line"), 5)
        pen.setDashPattern([1.6, 1.1])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(box)


def draw_done(painter: QPainter, theme: Theme, kind: str, at: QPoint, size: int) -> None:
    """A check in the node of what is done, they say."""
    box = QRect(at.x() - size // 2, at.y() - size // 2, size, size).adjusted(4, 4, -4, -4)
    token = {"legal": "onClay", "benefit": "caution"}.get(kind, "ink")
    draw_icon(painter, box, "check", theme.hex(token))
