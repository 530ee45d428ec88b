"""Taking the plan home: paper, and sending where the town has set it up; and what to do when it fails."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.screens.screen import Look, Nav, Screen
from ui.views import Progress, TakeAway
from ui.widgets.event_card import ActionCard
from ui.widgets.listen import ListenButton
from ui.widgets.status import StatusCard
from ui.widgets.surface import CardGrid
from ui.widgets.take_away import TakeAwayCard
from ui.widgets.text import Heading
from ui.widgets.text_block import Run, lead_in
from ui.widgets.why import Notice


class TakeAwayScreen(Screen):
    """``acted("print", None)``, ``acted("open_send", None)``, ``acted("help", None)``; no card for what
    cannot be done here. A printer that does not answer takes the page: what is kept, and the ways on."""

    def __init__(self, look: Look, view: TakeAway, recipient: str, whole_plan: str) -> None:
        super().__init__(look)
        self.view = view
        self._paper: TakeAwayCard | None = None
        self._recipient, self._whole_plan = recipient, whole_plan
        if view.printing is Progress.FAILED:
            self._no_paper()
        else:
            self._ways_home()
        if view.others:
            self.column.addWidget(self._other_card(view.printing))
        self.finish()

    def nav(self) -> Nav | None:
        if self.view.printing is Progress.FAILED:
            return Nav(self.text("frame.back"), self.text("takeaway.unprinted"))
        return Nav(self.text("frame.back"), self.text("takeaway.continue"), "check")

    def same_page(self, new: Screen) -> bool:
        failed = Progress.FAILED
        return isinstance(new, TakeAwayScreen) and (self.view.printing is failed) is (
            new.view.printing is failed
        )

    def news(self) -> QWidget | None:
        return self._paper.told if self._paper is not None else None

    def forward(self) -> None:
        self.acted.emit("thanks", None)

    # -- paper, sending, listening ------------------------------------------------------------------------

    def _ways_home(self) -> None:
        view = self.view
        self.add_title(self.text("takeaway.title"), self.text("takeaway.lead"))
        cards = []
        if view.printing is not None:
            self._paper = self._print_card(view.printing)
            cards.append(self._paper)
        else:
            title, text = self.text("takeaway.print.none"), self.text("takeaway.print.none.text")
            self.column.addWidget(StatusCard(self.theme, "caution", title, text, icon="printer-off"))
            self.say(title, text)
        if view.sending is not None:
            cards.append(self._send_card(view.sending))
        if cards:
            self.column.addWidget(CardGrid(self.theme, cards, columns=min(2, len(cards)), spacing=18))
        if self.look.voiced:
            self.column.addWidget(self._listen_card())

    def _print_card(self, progress: Progress) -> TakeAwayCard:
        title, text = self.text("takeaway.print"), self.text("takeaway.print.text")
        card = TakeAwayCard(
            self.theme,
            title,
            text,
            icon="printer",
            tint="sage",
            action_text=self.text("takeaway.print.more" if progress is Progress.DONE else "takeaway.print"),
            action_icon="printer",
            listen=self.look.listen,
        )
        card.pressed_card.connect(lambda: self.acted.emit("print", None))
        outcome = ""
        if progress is not Progress.READY:
            outcome = self.text(f"takeaway.print.{progress}")
            {Progress.BUSY: card.working, Progress.DONE: card.done}[progress](outcome)
        spoken = f"{title}. {text} {outcome}"
        self.hear(card.listen, spoken)
        self.say(spoken)
        return card

    def _send_card(self, progress: Progress) -> TakeAwayCard:
        title, text = self.text("takeaway.send"), self.text("takeaway.send.text", recipient=self._recipient)
        kept = progress is Progress.DONE
        card = TakeAwayCard(
            self.theme,
            title,
            text,
            icon="mail",
            tint="sky",
            action_text=self.text("takeaway.send.see" if kept else "takeaway.send.open"),
            action_icon="eye" if kept else "arrow-right",
            listen=self.look.listen,
        )
        if kept:
            text = self.text("takeaway.send.done", recipient=self._recipient)
            card.done(text)
        card.pressed_card.connect(lambda: self.acted.emit("open_send", None))
        self.hear(card.listen, f"{title}. {text}")
        self.say(f"{title}. {text}")
        return card

    def _listen_card(self) -> Notice:
        sentence = self.text("takeaway.listen")
        ask, offer = lead_in(sentence)
        notice = Notice(self.theme, "headphones", [Run(f"{ask} "), Run(offer, 700)])
        button = ListenButton(self.theme, *(self.look.listen or ("", "")), item=self.text("plan.strip"))
        notice.add(button)
        self.hear(button, self._whole_plan)
        self.say(sentence)
        return notice

    # -- no paper -----------------------------------------------------------------------------------------

    def _no_paper(self) -> None:
        title, text = self.text("takeaway.failed"), self.text("takeaway.print.failed")
        if self.look.layout.low:
            self.add_title(title, text)  # as large as the upper part allows; nothing there can be touched
        else:
            listen = self.look.listen
            card = StatusCard(self.theme, "caution", title, text, icon="printer-off", listen=listen)
            self.heading = card.heading
            self.say(title, text)
            self.hear(card.listen, self.spoken)
            self.intro.addWidget(card)
        kept, where = self.text("takeaway.failed.kept"), self.text("takeaway.failed.where")
        self.column.addWidget(Notice(self.theme, "circle-check", [Run(f"{kept} ", 700), Run(where)]))
        ways = self.text("takeaway.failed.ways")
        self.column.addWidget(Heading(self.theme, ways, 2))
        self.say(kept, where, ways)
        self._way("printer", "takeaway.print.again", "takeaway.failed.again", "print")
        if self.view.sending is not None:
            kept_already = self.view.sending is Progress.DONE
            words = "takeaway.send.see" if kept_already else "takeaway.send"
            self._way("mail", words, "takeaway.failed.send", "open_send", recipient=self._recipient)
        self._way(
            "headset",
            "frame.call" if self.view.callable else "frame.help",
            "takeaway.failed.person",
            "help",
        )
        if self.look.voiced:
            self.column.addWidget(self._listen_card())

    def _way(self, icon: str, title: str, sub: str, step: str, **values: object) -> None:
        words, more = self.text(title), self.text(sub, **values)
        self.column.addWidget(self.action(words, more, step, icon=icon))

    # -- another life event -------------------------------------------------------------------------------

    def _other_card(self, printing: Progress | None) -> ActionCard:
        """Another life event in the same visit; what is not on paper yet would be left behind."""
        title, sub = self.text("takeaway.other"), self.text("takeaway.other.sub")
        if printing in (Progress.READY, Progress.FAILED):
            sub = f"{self.text('takeaway.other.first')} {sub}"
        return self.action(title, sub, "other_event", icon="route")
