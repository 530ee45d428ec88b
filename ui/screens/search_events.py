"""Find a life event by one's own words. What is typed is looked at, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.procedures import EventHead
from ui.screens.keyboard_dock import KeyboardDock
from ui.screens.screen import GAP, Look, Nav, Screen
from ui.search import LONGEST, find_events
from ui.views import SearchEvents
from ui.widgets.event_card import ActionCard
from ui.widgets.field import TextField
from ui.widgets.focus_order import put_before
from ui.widgets.status import StatusCard
from ui.widgets.text import Caption


class SearchEventsScreen(Screen):
    """``acted("event", id)``. At most four life events and « Autre chose »; words of danger show none."""

    def __init__(self, look: Look, view: SearchEvents) -> None:
        super().__init__(look)
        self.view = view
        self.add_title(self.text("search.title"), self.text("search.lead"))
        self.field = TextField(
            look.theme,
            self.text("search.title"),
            clear_text=self.text("text.clear"),
            longest=LONGEST,
            private=True,
        )
        self.entry.addWidget(self.field)
        self.dock = KeyboardDock(self)
        self.dock.serve(self.field)
        self.hint = Caption(look.theme, "")
        self.column.addWidget(self.hint)
        self._found = QWidget()
        self._cards = QVBoxLayout(self._found)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(GAP)
        self.column.addWidget(self._found)
        self._else = self._other()
        self.column.addWidget(self._else)
        self._shown: tuple[object, ...] = ()
        self._said_now: list[str] = []
        self.field.changed.connect(self._look_for)
        self.finish(dock=self.dock.keyboard)
        self._look_for("")

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), None)

    def spoken(self) -> str:
        hint = [self.hint.text()] if self.hint.text() else []
        return "\n".join([super().spoken(), *hint, *self._said_now, self._else_said])

    def state(self) -> object:
        return self.field.text()

    def restore(self, state: object) -> None:
        self.field.edit.setText(str(state))

    # -- what fits ----------------------------------------------------------------------------------------

    def _look_for(self, query: str) -> None:
        pack, lang = self.look.pack(), self.look.lang
        heads = {head.id: head for head in self.view.events}
        found = find_events(query, pack, lang, [(head.id, head.slug) for head in self.view.events])
        self.hint.set_text(self._hint(query, bool(found.events), found.danger))
        self.hint.setVisible(bool(self.hint.text()))
        shown = (found.danger, *found.events)
        if shown != self._shown:
            self._shown = shown
            self._said_now = []
            if found.danger:
                self._show(self._person())
            else:
                self._show([self._event(heads[event]) for event in found.events])
        self.fit()

    def _hint(self, query: str, some: bool, danger: bool) -> str:
        if danger or len(query.strip()) < 2:  # one letter says nothing yet
            return ""
        return self.text("search.touch.event" if some else "search.none")

    def _show(self, parts: Sequence[QWidget]) -> None:
        while self._cards.count():
            old = self._cards.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for part in parts:
            self._cards.addWidget(part)
        put_before(self._found, self._else.button)
        self._found.setVisible(bool(parts))

    def _event(self, head: EventHead) -> ActionCard:
        pack, lang, at = self.look.pack(), self.look.lang, f"event.{head.slug}"
        title, lead = pack.text(f"{at}.title", lang), pack.text(f"{at}.lead", lang)
        tint = f"tint{head.tint.capitalize()}" if head.tint else "panel"
        card = ActionCard(self.theme, title, icon=head.icon, listen=self.look.listen, tint=tint)
        card.pressed_card.connect(lambda: self.acted.emit("event", head.id))
        self.hear(card.listen, f"{title}.\n{lead}")
        self._said_now.append(f"{title}.")
        return card

    def _person(self) -> list[QWidget]:
        """One calm line, a person, and what the town has written for this."""
        title, sub = self.text("search.person"), self.view.urgent
        card = StatusCard(self.theme, "waiting", title, sub, icon="heart-handshake")
        ask = ActionCard(
            self.theme,
            self.text("search.person.ask"),
            icon="headset",
            listen=self.look.listen,
            border="brand",
        )
        ask.pressed_card.connect(lambda: self.acted.emit("help", None))
        self.hear(ask.listen, self.text("search.person.ask"))
        self._said_now += [title, sub, self.text("search.person.ask")]
        return [card, ask]

    def _other(self) -> ActionCard:
        title, sub = self.text("events.other"), self.text("events.other.sub")
        self._else_said = f"{title}. {sub}"
        return self.action(title, sub, "help", aloud=False, icon="help-circle")
