"""What all screens share: a title that is read first, a paged column, perhaps a dock, one signal out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.messages import Messages
from ui.theme import Theme
from ui.widgets.listen import ListenButton
from ui.widgets.paged import PagedArea
from ui.widgets.status import StatusCard
from ui.widgets.text import Heading
from ui.widgets.title import TitleBlock

if TYPE_CHECKING:
    from kiosk.procedures import Pack

MARGIN, TOP, GAP = 48, 26, 18


@dataclass(frozen=True)
class Look:
    """What a screen needs to draw and word itself. ``voiced`` = this language can be heard."""

    theme: Theme
    words: Messages
    today: date
    pack: Callable[[], Pack]
    voiced: bool

    @property
    def lang(self) -> str:
        return self.words.lang

    @property
    def listen(self) -> tuple[str, str] | None:
        """The words of a listen button, or None without a voice."""
        return (self.words.text("listen.start"), self.words.text("listen.stop")) if self.voiced else None

    @property
    def pager(self) -> tuple[str, str, str, str]:
        up, down, top, end = (self.words.text(f"pager.{key}") for key in ("up", "down", "top", "end"))
        return up, down, top, end


@dataclass(frozen=True)
class Nav:
    """The two big buttons under a screen; None leaves one out."""

    back: str | None
    forward: str | None
    forward_icon: str = "arrow-right"
    forward_kind: str = "primary"
    back_icon: str = "arrow-left"


class Screen(QWidget):
    """Base of all. ``acted(name, value)`` is a step of the flow; ``heard(text, button)`` asks the voice."""

    acted = Signal(str, object)
    heard = Signal(str, object)
    framed = True
    """Whether the frame's language button and foot stand around it."""
    coverable = True
    """Whether this page is kept as it is while another covers it; the covers themselves are not."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.theme = look.theme
        self.words = look.words
        self.heading: Heading | None = None
        self._said: list[str] = []
        self._told = ""
        self._complaint: StatusCard | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._outer = outer
        self._content = QWidget()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(MARGIN, TOP, MARGIN, TOP)
        self.column.setSpacing(GAP)

    # -- for the subclasses -------------------------------------------------------------------------------

    def text(self, key: str, **values: object) -> str:
        """A sentence of the interface in the person's language."""
        return self.words.text(key, **values)

    def add_title(self, title: str, lead: str = "", *, role: str = "h1", listen: str = "") -> TitleBlock:
        """The title, read first; its button reads the whole screen and is worded ``listen`` if given."""
        words = self.look.listen
        if words and listen:
            words = (listen, words[1])
        block = TitleBlock(self.theme, title, lead, listen=words, role=role)
        self.heading = block.heading
        self.say(title)
        self.say(lead)
        if block.listen is not None:
            button = block.listen
            button.clicked.connect(lambda: self.heard.emit(self.spoken(), button))
        self.column.addWidget(block)
        return block

    def finish(self, dock: QWidget | None = None) -> None:
        """Close the column, page it, and put ``dock`` (a keyboard) under it."""
        self.column.addStretch(1)
        self.paged = PagedArea(self.theme, self._content, self.look.pager)
        self._outer.addWidget(self.paged, 1)
        if dock is not None:
            self._outer.addWidget(dock)

    def say(self, *texts: str) -> None:
        """Add to what the screen's listen button reads."""
        self._said += [text for text in texts if text]

    def hear(self, button: ListenButton | None, text: str | Callable[[], str]) -> None:
        """Let a listen button read ``text``, or what it gives at that moment."""
        if button is not None:
            button.clicked.connect(lambda: self.heard.emit(text if isinstance(text, str) else text(), button))

    def complain(self, sentence: str, focus: QWidget | None = None) -> None:
        """Say under the title what is missing or wrong, and go to where it can be put right."""
        self.tell(sentence)
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, sentence: str) -> None:
        """Show a sentence under the title; an earlier one goes."""
        self.settled()
        self._told = sentence
        self._complaint = StatusCard(self.theme, "caution", sentence, icon="info-circle")
        self.column.insertWidget(1, self._complaint)
        self.paged.fit()
        self.paged.show_whole(self._complaint)

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

    def same_page(self, _new: Screen) -> bool:
        """Whether ``_new``, of the same class, shows this very page with something changed on it."""
        return False

    def lay_out(self) -> None:
        """Work out every place and height now, unseen, so that showing the page only paints it."""
        self._outer.activate()
        self.paged.fit()
        self.column.activate()

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
