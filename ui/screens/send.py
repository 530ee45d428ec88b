"""Sending a dossier: what, to whom, what for; then what was kept and what remains to be done."""

from __future__ import annotations

from ui.screens.covers import fact
from ui.screens.screen import Look, Nav, Screen
from ui.views import Progress, Saved, SendConsent
from ui.widgets.status import StatusCard
from ui.widgets.why import Notice


class SendScreen(Screen):
    """The agreement is one touch on words that say what it does; ``acted("send", None)``."""

    def __init__(self, look: Look, view: SendConsent) -> None:
        super().__init__(look)
        self.view = view
        self.add_title(self.text("send.title"))
        if view.progress is Progress.FAILED:
            sentence = self.text("send.failed" if view.printable else "send.failed.note")
            self.column.addWidget(StatusCard(look.theme, "rejected", sentence, icon="device-floppy"))
            self.say(sentence)
        for icon, label, value in (
            ("building-community", "send.to", view.recipient),
            ("route", "send.purpose", view.purpose),
            ("clock", "send.reply", view.reply_time),
            ("files", "send.what", self.text("send.what.text")),
            ("list-check", "send.not", self.text("send.not.text")),
        ):
            self.column.addWidget(fact(self, icon, self.text(label), value))
            self.say(f"{self.text(label)}. {value}")
        self.finish()

    def nav(self) -> Nav | None:
        busy = self.view.progress is Progress.BUSY
        again = self.view.progress is Progress.FAILED
        words = self.text("send.busy" if busy else "send.again" if again else "send.agree")
        return Nav(self.text("frame.back"), words, "hourglass" if busy else "mail")

    def forward(self) -> None:
        if self.view.progress is not Progress.BUSY:
            self.acted.emit("send", None)


class SavedScreen(Screen):
    """Durable here. Says what was prepared and what remains; never that an act is done."""

    def __init__(self, look: Look, view: Saved) -> None:
        super().__init__(look)
        self.add_title(self.text("saved.title"), self.text("saved.lead", recipient=view.recipient))
        key = "saved.received" if view.received else "saved.sending" if view.online else "saved.here"
        lines = [("device-floppy", self.text(key))]
        if view.reply_time:
            lines.append(("mail", self.text("saved.reply", when=self.words.after_colon(view.reply_time))))
        lines.append(("list-check", self.text("saved.remains")))
        for icon, sentence in lines:
            self.column.addWidget(Notice(look.theme, icon, sentence))
            self.say(sentence)
        # The code opens what the town answers: it is shown, and never read on a loudspeaker.
        self.column.addWidget(fact(self, "ticket", self.text("saved.code"), view.case_code))
        text = self.text("saved.code.text" if view.printable else "saved.code.note")
        self.column.addWidget(Notice(look.theme, "lock", text))
        self.say(text)
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("saved.continue"))

    def forward(self) -> None:
        self.acted.emit("take_away", None)
