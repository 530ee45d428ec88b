"""What all screens share: a title that is read first, paged columns, perhaps a dock, one signal out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.messages import Messages
from ui.layout import Layout
from ui.screens.panes import Pane, TopPane, intro_theme
from ui.theme import Theme
from ui.widgets.event_card import ActionCard
from ui.widgets.listen import ListenButton
from ui.widgets.paged import PagedArea
from ui.widgets.status import StatusCard
from ui.widgets.text import Heading
from ui.widgets.title import TitleBlock

if TYPE_CHECKING:
    from kiosk.procedures import Pack
    from ui.views import View

MARGIN, TOP, GAP = 48, 26, 18
_LEFT, _RIGHT = 836, 1084
"""Shares of the two panes in landscape, their margins included (DESIGN-UI 3.2)."""


@dataclass(frozen=True)
class Look:
    """What a screen needs to draw and word itself. ``voiced`` = this language can be heard; ``easy`` = the
    person wants short sentences."""

    theme: Theme
    words: Messages
    today: date
    pack: Callable[[], Pack]
    voiced: bool
    layout: Layout = field(default_factory=Layout)
    easy: bool = False

    @property
    def lang(self) -> str:
        return self.words.lang

    @property
    def listen(self) -> tuple[str, str] | None:
        """The words of a listen button, or None without a voice."""
        return (self.words.text("listen.start"), self.words.text("listen.stop")) if self.voiced else None

    @property
    def pager(self) -> tuple[str, str, str, str, str, str]:
        keys = ("up", "down", "top", "end", "top.short", "end.short")
        up, down, top, end, top_short, end_short = (self.words.text(f"pager.{key}") for key in keys)
        return up, down, top, end, top_short, end_short


@dataclass(frozen=True)
class Nav:
    """The two big buttons under a screen; None leaves one out."""

    back: str | None
    forward: str | None
    forward_icon: str = "arrow-right"
    forward_kind: str = "primary"
    back_icon: str = "arrow-left"


class Screen(QWidget):
    """Base of all. ``acted(name, value)`` is a step of the flow; ``heard(text, button)`` asks the voice.

    A page has three parts: ``intro`` (the title), ``column`` (what is answered or read) and ``aside`` (why
    we ask). They follow one another; in landscape the first and the last stand at the left; in the low
    layout the first stands above what can be touched.
    """

    acted = Signal(str, object)
    heard = Signal(str, object)
    announced = Signal(str)
    """What has changed on the page while the person was on it: spoken where pages are read aloud."""
    framed = True
    """Whether the frame's language button and foot stand around it."""
    coverable = True
    """Whether this page is kept as it is while another covers it; the covers themselves are not."""
    bare = False
    """Whether the page draws to its edges."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.theme = look.theme
        self.words = look.words
        self.heading: Heading | None = None
        self._said: list[str] = []
        self._told = ""
        self._complaint: StatusCard | None = None
        self.intro, self.column, self.aside = _column(), _column(), _column()
        self.panes: list[PagedArea] = []
        self._top: TopPane | None = None

    @property
    def entry(self) -> QVBoxLayout:
        """Where a field goes whose pad or keyboard stands in the column: beside it in landscape."""
        beside = self.look.layout.two_panes(self.theme.scale)
        return self.intro if beside else self.column

    # -- for the subclasses -------------------------------------------------------------------------------

    def text(self, key: str, **values: object) -> str:
        """A sentence of the interface in the person's language."""
        return self.words.text(key, **values)

    def add_title(self, title: str, lead: str = "", *, role: str = "h1", listen: str = "") -> TitleBlock:
        """The title, read first; its button reads the whole screen and is worded ``listen`` if given."""
        words = self.look.listen
        if words and listen:
            words = (listen, words[1])
        low = self.look.layout.low
        theme = intro_theme(self.look.layout, self.theme, title, lead, role) if low else self.theme
        block = TitleBlock(theme, title, lead, listen=None if low else words, role=role)
        if low and words:
            # Nothing in the upper part can be touched: its button comes first below.
            block.listen = ListenButton(self.theme, *words, item=title, row=True)
            self.column.addWidget(block.listen)
        self.heading = block.heading
        self.say(title)
        self.say(lead)
        self.hear(block.listen, self.spoken)
        self.intro.addWidget(block)
        return block

    def finish(self, dock: QWidget | None = None) -> None:
        """Close the columns, page them, and put ``dock`` (a keyboard) under the answers."""
        layout = self.look.layout
        if layout.low:
            self._finish_low(dock)
        elif layout.two_panes(self.theme.scale) and self.column.count() and not self.bare:
            self._finish_beside(dock)
        else:
            self._outer = _bare(QVBoxLayout(self))
            self.paged = self._pane(self.intro, self.column, self.aside)
            self._outer.addWidget(self.paged, 1)
            if dock is not None:
                self._outer.addWidget(dock)

    def _finish_low(self, dock: QWidget | None) -> None:
        self._outer = _bare(QVBoxLayout(self))
        self._top = TopPane(self.theme, self.look.layout, self.intro)
        self._outer.addWidget(self._top)
        self.paged = self._pane(self.column, self.aside)
        self._outer.addWidget(self.paged, 1)
        if dock is not None:
            self._outer.addWidget(dock)

    def _finish_beside(self, dock: QWidget | None) -> None:
        self._outer = _bare(QHBoxLayout(self))
        left = self._pane(self.intro, self.aside, gap=28)
        self.paged = self._pane(self.column, gap=28, first=True)
        self._outer.addWidget(left, _LEFT)
        right = _bare(QVBoxLayout())
        right.addWidget(self.paged, 1)
        if dock is not None:
            right.addWidget(dock)
        self._outer.addLayout(right, _RIGHT)

    def _pane(self, *parts: QVBoxLayout, gap: int = 0, first: bool = False) -> PagedArea:
        """``gap``: half the room between two panes; ``first``: it is at this pane's beginning."""
        margin = 0 if self.bare else MARGIN
        before, after = (gap, margin) if first else (margin, gap or margin)
        content = Pane(parts, before, after, 0 if self.bare else TOP)
        # A panel that lies has room at the side of one list, and little above and below.
        beside = self.look.layout.landscape and not gap
        margins = (before or MARGIN, after or MARGIN)
        pane = PagedArea(self.theme, content, self.look.pager, margins, beside=beside)
        self.panes.append(pane)
        return pane

    def say(self, *texts: str) -> None:
        """Add to what the screen's listen button reads."""
        self._said += [text for text in texts if text]

    def hear(self, button: ListenButton | None, text: str | Callable[[], str]) -> None:
        """Let a listen button read ``text``, or what it gives at that moment."""
        if button is not None:
            button.clicked.connect(lambda: self.heard.emit(text if isinstance(text, str) else text(), button))

    def action(
        self, title: str, sub: str, step: str, value: object = None, *, aloud: bool = True, **style: object
    ) -> ActionCard:
        """A card that leads on by one touch: ``acted(step, value)``. It can be heard, and with ``aloud`` is
        part of what the page says. ``style``: as for the card."""
        said = f"{title}. {sub}"
        card = ActionCard(self.theme, title, sub, listen=self.look.listen, **style)
        card.pressed_card.connect(lambda: self.acted.emit(step, value))
        self.hear(card.listen, said)
        if aloud:
            self.say(said)
        return card

    def complain(self, sentence: str, focus: QWidget | None = None) -> None:
        """Say under the title what is missing or wrong, and go to where it can be put right."""
        self.tell(sentence)
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, sentence: str, *, aloud: bool = True) -> None:
        """Show a sentence under the title; an earlier one goes."""
        self.settled()
        if aloud:
            self.announced.emit(sentence)
        self._told = sentence
        self._complaint = StatusCard(self.theme, "caution", sentence, icon="info-circle")
        if self._top is not None:
            self.column.insertWidget(0, self._complaint)
        else:
            self.intro.insertWidget(1, self._complaint)
        self.fit()
        # Once it has its place, and last: where not all fits, it says why a touch did nothing.
        QTimer.singleShot(0, self, self._show_complaint)

    def _show_complaint(self) -> None:
        if self._complaint is not None:
            for pane in self.panes:
                pane.show_whole(self._complaint)

    def fit(self) -> None:
        """Something on the page has another height now."""
        for pane in self.panes:
            pane.fit()

    def settled(self) -> None:
        """What was missing or wrong is put right: the sentence under the title goes."""
        self._told = ""
        if self._complaint is not None:
            self._complaint.setParent(None)
            self._complaint.deleteLater()
            self._complaint = None

    # -- for the window -----------------------------------------------------------------------------------

    def nav(self) -> Nav | None:
        """The big buttons; None = no bar."""
        return Nav(self.text("frame.back"), None)

    def forward(self) -> None:
        """« Continuer » was pressed."""

    def back(self) -> bool:
        """« Retour » was pressed; True when the screen has dealt with it."""
        return False

    def follow(self, _view: View) -> bool:
        """Show what has changed on this very page instead of building it anew; False = build."""
        return False

    def same_page(self, _new: Screen) -> bool:
        """Whether ``_new``, of the same class, shows this very page with something changed on it."""
        return False

    def news(self) -> QWidget | None:
        """On the same page anew: what has changed on it, for the focus to tell."""
        return None

    def lay_out(self) -> None:
        """Work out every place and height now, unseen, so that showing the page only paints it."""
        self._outer.activate()
        self.fit()
        for pane in self.panes:
            pane.content.layout().activate()

    def moved(self) -> None:
        """The page begins at another height of the display."""
        if self._top is not None:
            self._top.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved()

    def set_seconds(self, seconds: int) -> None:
        """A page that counts down shows how many seconds are left."""

    def state(self) -> object:
        """What the person has entered and not yet confirmed; None = nothing worth keeping."""
        return None

    def restore(self, state: object) -> None:
        """Put back what :meth:`state` gave: the same screen in another language or look."""

    def spoken(self) -> str:
        """The whole screen, for the voice."""
        said = [*self._said[:1], self._told, *self._said[1:]]
        return "\n".join(text for text in said if text)

    def first_focus(self) -> QWidget | None:
        """Where the focus arrives: the title, so that a screen reader says where the person is."""
        return self.heading


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(GAP)
    return column


def _bare(layout: Any) -> Any:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout
