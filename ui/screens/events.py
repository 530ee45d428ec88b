"""What is happening in the person's life."""

from __future__ import annotations

from kiosk.procedures import Event
from ui.screens.screen import Look, Screen
from ui.views import Events
from ui.widgets.event_card import ActionCard, EventCard
from ui.widgets.surface import CardGrid

_FEW = 4


class EventsScreen(Screen):
    """One touch on a card opens the event."""

    def __init__(self, look: Look, view: Events) -> None:
        super().__init__(look)
        self.add_title(
            self.text("events.title"), self.text("events.lead.again" if view.again else "events.lead")
        )
        self.entry.addWidget(self._search())
        pack, lang = look.pack(), look.lang
        cards = []
        few = len(view.events) <= _FEW
        for event in view.events:
            title = pack.text(f"event.{event.slug}.title", lang)
            lead = pack.text(f"event.{event.slug}.lead", lang)
            card = (
                self._card(event, title, lead)
                if few
                else EventCard(look.theme, title, event.icon, event.tint, listen=look.listen)
            )
            card.pressed_card.connect(lambda event=event: self.acted.emit("event", event.id))
            self.hear(card.listen, f"{title}.\n{lead}")
            self.say(title + ".")
            cards.append(card)
        self.column.addWidget(CardGrid(look.theme, cards, columns=1 if few else 2))
        self.column.addWidget(self._other())
        self.finish()

    def _card(self, event: Event, title: str, lead: str) -> ActionCard:
        """Where there is room: the whole width, with what the event covers."""
        tint = f"tint{event.tint.capitalize()}" if event.tint else "panel"
        return ActionCard(
            self.theme,
            title,
            lead,
            icon=event.icon,
            listen=self.look.listen,
            tint=tint,
            tile=132,
            picture=84,
            least=188,
        )

    def _search(self) -> ActionCard:
        """It looks like the field that it leads to."""
        title = self.text("events.search")
        card = ActionCard(
            self.theme, title, icon="search", listen=self.look.listen, border="brand", chevron=False
        )
        card.pressed_card.connect(lambda: self.acted.emit("search", None))
        self.hear(card.listen, title)
        self.say(f"{title}.")
        return card

    def _other(self) -> ActionCard:
        title, sub = self.text("events.other"), self.text("events.other.sub")
        return self.action(title, sub, "help", icon="help-circle")
