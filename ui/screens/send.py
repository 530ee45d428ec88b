"""Sending a dossier: what, to whom, what for; then what was kept and what remains to be done."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.covers import fact
from ui.screens.screen import Look, Nav, Screen
from ui.views import Progress, Saved, SendConsent
from ui.widgets.status import StatusCard
from ui.widgets.surface import Card, Divider
from ui.widgets.text import Caption
from ui.widgets.text_block import Run, Words, lead_in
from ui.widgets.tile import DoneBadge
from ui.widgets.why import icon_lines


class SendScreen(Screen):
    """The agreement is one touch on words that say what it does; ``acted("send", None)``."""

    def __init__(self, look: Look, view: SendConsent) -> None:
        super().__init__(look)
        self.view = view
        self._failed: QWidget | None = None
        self.add_title(self.text("send.title"), self.text("send.lead"))
        if view.progress is Progress.FAILED:
            sentence = self.text("send.failed" if view.printable else "send.failed.note")
            card = StatusCard(look.theme, "rejected", sentence, icon="device-floppy")
            self._failed = card.heading
            self.column.addWidget(card)
            self.say(sentence)
        facts = []
        for icon, label, value in (
            ("building-community", "send.to", view.recipient),
            ("route", "send.purpose", view.purpose),
            ("clock", "send.reply", view.reply_time),
            ("files", "send.what", self.text("send.what.text")),
            ("list-check", "send.not", self.text("send.not.text")),
        ):
            if value:
                facts.append(fact(self, icon, self.text(label), value))
                self.say(f"{self.text(label)}. {value}")
        self.column.addWidget(_on_one_card(self, facts))
        self.finish()

    def nav(self) -> Nav | None:
        busy = self.view.progress is Progress.BUSY
        again = self.view.progress is Progress.FAILED
        words = self.text("send.busy" if busy else "send.again" if again else "send.agree")
        return Nav(self.text("frame.back"), words, "hourglass" if busy else "mail")

    def same_page(self, _new: Screen) -> bool:
        return True

    def news(self) -> QWidget | None:
        return self._failed

    def forward(self) -> None:
        if self.view.progress is not Progress.BUSY:
            self.acted.emit("send", None)


class SavedScreen(Screen):
    """Durable here, with or without a line: the same page. Says what was prepared and what remains; never
    that an act is done."""

    def __init__(self, look: Look, view: Saved) -> None:
        super().__init__(look)
        if not look.theme.stacked and not look.layout.low:
            self.intro.addWidget(DoneBadge(look.theme))
        self.add_title(self.text("saved.title"), self.text("saved.lead", recipient=view.recipient))
        key = "saved.received" if view.received else "saved.sending" if view.online else "saved.here"
        lines = [("device-floppy", self.text(key))]
        if view.reply_time:
            lines.append(("mail", self.text("saved.reply", when=self.words.after_colon(view.reply_time))))
        lines.append(("list-check", self.text("saved.remains")))
        self.column.addWidget(icon_lines(look.theme, [(icon, _led(text)) for icon, text in lines]))
        self.say(*(sentence for _, sentence in lines))
        # The code opens what the town answers: it is shown, and never read on a loudspeaker.
        text = self.text("saved.code.text" if view.printable else "saved.code.note")
        code = fact(self, "ticket", self.text("saved.code"), view.case_code)
        self.column.addWidget(_on_one_card(self, [code, Caption(look.theme, text)], lines=False))
        self.say(text)
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("saved.continue"))

    def same_page(self, _new: Screen) -> bool:
        return True

    def forward(self) -> None:
        self.acted.emit("take_away", None)


def _led(text: str) -> Words:
    first, rest = lead_in(text)
    return [Run(f"{first} ", 700), Run(rest)] if first else rest


def _on_one_card(screen: Screen, parts: list[QWidget], *, lines: bool = True) -> Card:
    card = Card(screen.theme)
    column = QVBoxLayout(card)
    column.setContentsMargins(28, 14, 28, 18)
    column.setSpacing(6)
    for n, part in enumerate(parts):
        if n and lines:
            column.addWidget(Divider(screen.theme))
        column.addWidget(part)
    return card
