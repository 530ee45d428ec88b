"""A human being: called from here where the town has set that up, and where else to find one."""

from __future__ import annotations

from ui import views
from ui.screens.covers import Cover, fact
from ui.screens.screen import Look, Nav
from ui.views import Call
from ui.widgets.button import BigButton
from ui.widgets.event_card import ActionCard
from ui.widgets.status import StatusCard

_STATES = {
    Call.CALLING: ("waiting", "hourglass"),
    Call.COMING: ("done", "user-check"),
    Call.NOBODY: ("caution", "user-off"),
}


class HelpScreen(Cover):
    """Where a person is, whether one comes, and how the kiosk works. Promises nothing that is not set up."""

    def __init__(
        self, look: Look, view: views.AskForHelp, *, title: str = "help.title", lead: str = ""
    ) -> None:
        super().__init__(look)
        self.call = view.call
        kept = "help.lead" if view.has_answers else "help.lead.none"
        self.add_title(self.text(title), self.text(lead or kept))
        if view.call is not Call.NONE:
            self._add_call(view)
        use = self.text("help.use.text")
        if look.voiced:
            use = f"{use} {self.text('help.use.listen')}"
        desk = view.desk or self.text("help.desk.default", place=view.place)
        for icon, label, value in (
            ("user", "help.desk", desk),
            ("headset", "help.phone", view.phone),
            ("clock", "help.hours", view.hours),
            ("info-circle", "help.use", use if self.framed else ""),
        ):
            if value:
                self.column.addWidget(fact(self, icon, self.text(label), value))
                self.say(f"{self.text(label)}. {value}")
        if self.framed:
            self._add_about()
        self.finish()

    def _add_call(self, view: views.AskForHelp) -> None:
        """How the call stands, in words; nothing turns or blinks while it runs."""
        kind, icon = _STATES[view.call]
        title = self.text(f"help.{view.call}")
        text = self.text(f"help.{view.call}.sub", seconds=view.wait_s, place=view.place)
        self.column.addWidget(StatusCard(self.theme, kind, title, text, icon=icon))
        self.say(f"{title}. {text}")
        if view.call is Call.NOBODY:
            again = BigButton(self.theme, self.text("help.again"), icon="headset", role="option")
            again.clicked.connect(lambda: self.acted.emit("call_again", None))
            self.column.addWidget(again)

    def _add_about(self) -> None:
        title = self.text("attract.about")
        card = ActionCard(self.theme, title, icon="info-circle", listen=self.look.listen)
        card.pressed_card.connect(lambda: self.acted.emit("about", None))
        self.hear(card.listen, title)
        self.column.addWidget(card)

    def nav(self) -> Nav | None:
        return Nav(None, self.text("help.close"), "arrow-right")

    def forward(self) -> None:
        self.acted.emit("go_on", None)


class OutOfOrderScreen(HelpScreen):
    """The kiosk cannot do its job now: where to go instead."""

    framed = False

    def __init__(self, look: Look, view: views.OutOfOrder) -> None:
        super().__init__(look, view.help, title="out.title", lead="out.lead")

    def nav(self) -> Nav | None:
        return None
