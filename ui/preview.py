"""A pack in the real kiosk while somebody writes it: each saved change is on the screen a moment later."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from kiosk.config import Config
from kiosk.errors import KioskError
from kiosk.messages import messages_for
from kiosk.procedures import Pack, PackError, load_pack
from kiosk.procedures.library import composed_hash, hash_of, read_sources
from kiosk.supervisor import WIPED
from kiosk.visit import Resumed, Visit, begin_event, carry_over
from ui.application import Application
from ui.theme import Theme
from ui.widgets.surface import Bar
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from accessibility.speech import Speaker
    from kiosk.procedures import Plan

SETTLED_MS = 120
"""Editors write a file in several steps: the pack is read once nothing has changed for so long."""
LONGEST_FAULT = 400
FOLDERS = ("", "events", "aids", "locales")


class Rehearsal:
    """Behind the screen of a preview (``ui.bridge.Backstage``): nothing is kept, sent or printed."""

    demonstration = True

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today

    def open(self, on_received: Callable[[str], None], on_online: Callable[[bool], None]) -> None:
        """Nothing to open."""

    def new_visit(self, lang: str) -> Visit:
        from kiosk.paper.case_code import new_case_code

        return Visit(lang=lang, today=self._today(), case_code=new_case_code().text)

    def found_draft(self) -> Resumed | None:
        return None

    def save_draft(self, _visit: Visit) -> None:
        """Nothing is kept."""

    def alive(self) -> None:
        """Nobody waits for a sign of life."""

    def forget(self) -> None:
        """Nothing was kept."""

    def recipient(self) -> str | None:
        return None

    def send(self, _visit: Visit, _plan: Plan) -> str:
        raise RuntimeError("a preview sends nothing")

    def print_plan(self, _visit: Visit, _plan: Plan) -> bool:
        raise RuntimeError("a preview prints nothing")

    def close(self) -> None:
        """Nothing to close."""


class Watch(QObject):
    """Reads a pack after each change, on a thread of its own. ``folders``: the pack's, then those of the
    overlays over it; ``pack``: what it was."""

    read = Signal(object)
    """The Pack, whole and sound enough to load."""
    refused = Signal(object)
    """The PackError that says what is wrong."""

    def __init__(self, folders: Sequence[Path], pack: Pack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders, self._pack = tuple(folders), pack
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="pack")
        self._watcher = QFileSystemWatcher(self)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._read)
        self._watcher.directoryChanged.connect(self._touched)
        self._watcher.fileChanged.connect(self._touched)
        self._look()
        self._touched()  # the folder may have changed since the pack was read

    def _look(self) -> None:
        """Watch every file and folder there is: one that was replaced is another than was watched."""
        places = [folder / name for folder in self._folders for name in FOLDERS]
        folders = [place for place in places if place.is_dir()]
        files = [path for folder in folders for path in folder.iterdir() if path.suffix in (".yaml", ".po")]
        wanted = {str(path) for path in (*folders, *files)}
        seen = {*self._watcher.files(), *self._watcher.directories()}
        if gone := list(seen - wanted):
            self._watcher.removePaths(gone)
        if new := list(wanted - seen):
            self._watcher.addPaths(new)

    def _touched(self) -> None:
        self._settled.start()

    def _read(self) -> None:
        self._look()

        def work() -> None:
            try:
                if composed_hash([hash_of(read_sources(f)) for f in self._folders]) != self._pack.hash:
                    self._pack = load_pack(self._folders[0], overlays=self._folders[1:])
                self.read.emit(self._pack)
            except PackError as error:
                self.refused.emit(error)
            except OSError as error:
                reason = error.strerror or type(error).__name__
                self.refused.emit(PackError(str(self._folders[0]), 0, 0, reason, "a folder that can be read"))

        self._reader.submit(work)

    def close(self) -> None:
        """Look no more."""
        self._settled.stop()
        self._watcher.deleteLater()
        self._reader.shutdown(wait=True, cancel_futures=True)


class Banner(Bar):
    """What is wrong with the pack, above everything else, until it is mended."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "bottom", "claySoft")
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 18, 48, 18)
        self.words = TextLabel(theme, "", "caption", colour="ink")
        column.addWidget(self.words)
        self.hide()

    def tell(self, text: str) -> None:
        """Show the problem; empty = there is none any more."""
        self.words.set_text(text)
        self.setVisible(bool(text))


def shortened(text: str) -> str:
    """What fits above a screen that is still of use: a refusal may list every question of the pack."""
    return text if len(text) <= LONGEST_FAULT else f"{text[:LONGEST_FAULT]}…"


class Preview(QObject):
    """The application on the last pack that loaded, a watch on its folders, and the banner."""

    renewed = Signal()
    """What the folder holds now is on the screen, or the banner says why not."""

    def __init__(
        self,
        folders: Sequence[Path],
        pack: Pack,
        config: Config,
        speaker: Callable[[], Speaker],
        today: Callable[[], date],
        *,
        windowed: bool,
        size: tuple[int, int] | None,
    ) -> None:
        self.app = Application(
            config,
            lambda: self.pack,
            lambda: Rehearsal(today),
            speaker,
            demonstration=True,
            windowed=windowed,
            size=size,
        )
        super().__init__()
        self.pack = pack
        self.banner = Banner(self.app.window.theme)
        self.app.window.layout().insertWidget(0, self.banner)
        self.watch = Watch(folders, pack, self)
        self.watch.read.connect(self._renew)
        self.watch.refused.connect(self._refuse)
        self.app.over.connect(self._over)

    def start(self, event: str, lang: str) -> None:
        """Show the welcome screen, or the first question of ``event`` (its id) at once."""
        self.app.start()
        if event:
            self.app.flow.choose_language(lang)
            self.app.flow.choose_event(event)
            self.app.flow.for_whom(other=False)

    def run(self, event: str, lang: str) -> int:
        """Stay until the window is closed; the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.app.qt.quit())
        self.start(event, lang)
        status = self.app.qt.exec()
        self.close()
        return status

    def close(self) -> None:
        """No more looking; the window's clock stopped."""
        self.watch.close()
        self.app.close()

    def _over(self, status: int) -> None:
        """The end of a visit leads back to the welcome screen: there is nothing to wipe."""
        if status != WIPED:
            self.app.qt.exit(status)

    def _renew(self, pack: Pack) -> None:
        old, self.pack = self.pack, pack
        self.banner.tell("")
        if pack.hash != old.hash:
            flow = self.app.flow
            self.app.window.forget_pages()
            if flow.visit is None:
                self.app.window.show_current()
            else:
                flow.renew(*_carried(flow.visit, flow.question, old, pack))
        self.renewed.emit()

    def _refuse(self, error: KioskError) -> None:
        self.banner.tell(shortened(messages_for(self.app.flow.lang).sentence(error)))
        self.renewed.emit()


def _carried(visit: Visit, question: str, old: Pack, new: Pack) -> tuple[Visit, str]:
    """The visit and the question under the new pack; a pack with another id starts with nothing."""
    if old.id != new.id:
        return begin_event(Visit(visit.lang, visit.today, visit.case_code), ""), ""
    number = old.questions[question].number if question in old.questions else 0
    now = next((found.id for found in new.questions.values() if found.number == number), "")
    return carry_over(visit, old, new), now
