"""What this kiosk is, what happens to what one says to it, and who can use it; all of it can be heard."""

from __future__ import annotations

from ui.screens.covers import Cover, fact
from ui.screens.screen import Look, Nav
from ui.views import ShowAbout
from ui.widgets.button import SkipLink
from ui.widgets.text import Body, Heading

_PARTS = (("kiosk", 2), ("data", 5), ("access", 5))
"""The chapters, and how many sentences each has."""


class AboutScreen(Cover):
    """About, the data notice (GDPR art. 13) and the accessibility statement."""

    def __init__(self, look: Look, view: ShowAbout) -> None:
        super().__init__(look)
        self.add_title(self.text("about.title"), listen=self.text("listen.all"))
        about = view.about
        who = {
            "kiosk": (("building-community", "operator", about.operator or view.town),),
            "data": (("mail", "contact", about.contact), ("shield-check", "dpo", about.dpo)),
            "access": (("mail", "accessibility", about.accessibility),),
        }
        for name, sentences in _PARTS:
            self._part(name, sentences)
            for symbol, label, value in who[name]:
                if value:
                    self.column.addWidget(fact(self, symbol, self.text(f"about.{label}"), value))
                    self.say(f"{self.text(f'about.{label}')}. {value}")
        if view.staff:
            door = SkipLink(look.theme, self.text("staff.door"), icon="lock")
            door.clicked.connect(lambda: self.acted.emit("staff", None))
            self.column.addWidget(door)
        self.finish()

    def _part(self, name: str, sentences: int) -> None:
        title = self.text(f"about.{name}.title")
        self.column.addWidget(Heading(self.theme, title, 2))
        self.say(f"{title}.")
        for number in range(1, sentences + 1):
            sentence = self.text(f"about.{name}.{number}")
            self.column.addWidget(Body(self.theme, sentence))
            self.say(sentence)

    def nav(self) -> Nav | None:
        return Nav(None, self.text("about.close"), "arrow-right")

    def forward(self) -> None:
        self.acted.emit("go_on", None)
