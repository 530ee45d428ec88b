"""The listen buttons: one voice, which stops at any touch or key, and which button is speaking."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.widgets.listen import ListenButton

if TYPE_CHECKING:
    from accessibility.speech import Speaker


class Voice(QObject):
    """Owned by the window, which tells it of every touch and key."""

    _over = Signal(int, str)
    failed = Signal()
    """The voice could not be heard: the screen says so in words."""

    def __init__(self, build: Callable[[], Speaker]) -> None:
        super().__init__()
        self._build = build
        self._building = threading.Lock()
        self._built: Speaker | None = None
        self._button: ListenButton | None = None
        self._turn = 0
        self._speaking = False
        self._cut: ListenButton | None = None
        self._over.connect(self._ended)

    @property
    def _speaker(self) -> Speaker:
        """Built when it is first needed."""
        with self._building:
            if self._built is None:
                self._built = self._build()
            return self._built

    def languages(self) -> frozenset[str]:
        """The languages that have a voice. May wait: not on the screen's thread."""
        return self._speaker.voices()

    @property
    def speaking(self) -> bool:
        return self._speaking

    def listen(self, text: str, lang: str, button: ListenButton | None) -> None:
        """Read ``text``; a touch on the button that was just cut only stops."""
        if button is not None and button is self._cut:
            self._cut = None
            return
        self.stop()
        self._turn += 1
        turn = self._turn
        self._speaking = True
        self._button = button
        if button is not None:
            button.set_speaking(True)
        # The outcome comes on the voice's thread: the signal brings it here.
        self._speaker.say(text, lang, on_done=lambda outcome: self._over.emit(turn, outcome))

    def stop(self) -> None:
        """Silence at once."""
        if self._speaking:
            self._speaker.stop()
            self._silent()

    def close(self) -> None:
        """Silence, and the end of whatever runs for the voice."""
        if self._built is not None:
            self._built.close()

    def _silent(self) -> None:
        self._speaking = False
        if self._button is not None and isValid(self._button):
            self._button.set_speaking(False)
        self._button = None

    def _ended(self, turn: int, outcome: str) -> None:
        if turn == self._turn and self._speaking:
            self._silent()
            if outcome == "failed":
                self.failed.emit()

    def touched(self, widget: QWidget | None) -> None:
        """A finger came down on ``widget``, or a key (None): silence. That button's click then only stops."""
        self._cut = self._button if self._speaking and widget is not None and widget is self._button else None
        self.stop()
