"""Taking the plan home: paper, and sending where the town has set it up."""

from __future__ import annotations

from ui.screens.screen import Look, Nav, Screen
from ui.views import Progress, TakeAway
from ui.widgets.event_card import ActionCard
from ui.widgets.listen import ListenButton
from ui.widgets.status import StatusCard
from ui.widgets.surface import CardGrid
from ui.widgets.take_away import TakeAwayCard
from ui.widgets.why import Notice


class TakeAwayScreen(Screen):
    """``acted("print", None)``, ``acted("open_send", None)``; no card for what cannot be done here."""

    def __init__(self, look: Look, view: TakeAway, recipient: str, whole_plan: str) -> None:
        super().__init__(look)
        self.add_title(self.text("takeaway.title"), self.text("takeaway.lead"))
        cards = []
        if view.printing is not None:
            cards.append(self._print_card(view.printing))
        else:
            title, text = self.text("takeaway.print.none"), self.text("takeaway.print.none.text")
            self.column.addWidget(StatusCard(look.theme, "caution", title, text, icon="printer-off"))
            self.say(title, text)
        if view.sending is not None:
            cards.append(self._send_card(view.sending, recipient))
        self.column.addWidget(CardGrid(look.theme, cards, spacing=18))
        if look.voiced:
            self.column.addWidget(self._listen_card(whole_plan))
        if view.others:
            self.column.addWidget(self._other_card(view.printing))
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("takeaway.continue"), "check")

    def same_page(self, _new: Screen) -> bool:
        return True

    def forward(self) -> None:
        self.acted.emit("thanks", None)

    def _print_card(self, progress: Progress) -> TakeAwayCard:
        title, text = self.text("takeaway.print"), self.text("takeaway.print.text")
        again = progress is Progress.FAILED
        action = self.text("takeaway.print.again" if again else "takeaway.print")
        card = TakeAwayCard(
            self.theme,
            title,
            text,
            icon="printer",
            tint="sage",
            action_text=action,
            action_icon="printer",
            listen=self.look.listen,
        )
        card.pressed_card.connect(lambda: self.acted.emit("print", None))
        outcome = ""
        if progress is not Progress.READY:
            outcome = self.text(f"takeaway.print.{progress}")
            show = {Progress.BUSY: card.working, Progress.DONE: card.done, Progress.FAILED: card.failed}
            show[progress](outcome)
        spoken = f"{title}. {text} {outcome}"
        self.hear(card.listen, spoken)
        self.say(spoken)
        return card

    def _send_card(self, progress: Progress, recipient: str) -> TakeAwayCard:
        title, text = self.text("takeaway.send"), self.text("takeaway.send.text", recipient=recipient)
        kept = progress is Progress.DONE
        card = TakeAwayCard(
            self.theme,
            title,
            self.text("takeaway.send.done", recipient=recipient) if kept else text,
            icon="mail",
            tint="sky",
            action_text=self.text("takeaway.send.see" if kept else "takeaway.send.open"),
            action_icon="circle-check" if kept else "arrow-right",
            listen=self.look.listen,
        )
        card.pressed_card.connect(lambda: self.acted.emit("open_send", None))
        self.hear(card.listen, f"{title}. {text}")
        self.say(f"{title}. {text}")
        return card

    def _other_card(self, printing: Progress | None) -> ActionCard:
        """Another life event in the same visit; what is not on paper yet would be left behind."""
        title, sub = self.text("takeaway.other"), self.text("takeaway.other.sub")
        if printing in (Progress.READY, Progress.FAILED):
            sub = f"{self.text('takeaway.other.first')} {sub}"
        card = ActionCard(self.theme, title, sub, icon="route", listen=self.look.listen)
        card.pressed_card.connect(lambda: self.acted.emit("other_event", None))
        self.hear(card.listen, f"{title}. {sub}")
        self.say(f"{title}. {sub}")
        return card

    def _listen_card(self, whole_plan: str) -> Notice:
        sentence = self.text("takeaway.listen")
        notice = Notice(self.theme, "volume", sentence)
        button = ListenButton(self.theme, *(self.look.listen or ("", "")), item=self.text("plan.strip"))
        notice.layout().addWidget(button)
        self.hear(button, whole_plan)
        self.say(sentence)
        return notice
