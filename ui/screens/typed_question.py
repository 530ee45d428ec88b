"""What is common to questions whose answer is written; answers to touch come first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.procedures import AnswerError, AnswerValue, parse_answer
from ui.screens.question import QuestionScreen
from ui.screens.screen import Look
from ui.views import Asking
from ui.widgets.option import Choice, OptionGroup

OTHER = "*"
"""The card « Une autre réponse », which brings the field."""


class TypedScreen(QuestionScreen):
    """``acted("answer", value)`` once the engine accepts what was touched or written."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        self.about: OptionGroup | None = None
        self._typing: tuple[QWidget, ...] = ()

    # -- for the kinds of questions -----------------------------------------------------------------------

    def given(self) -> object:
        """What is written, as a JSON value; None while it is empty."""
        raise NotImplementedError

    def field_focus(self) -> QWidget:
        """Where one writes."""
        raise NotImplementedError

    def missing(self) -> str:
        """What to say while nothing is written."""
        raise NotImplementedError

    def otherwise(self) -> str:
        """What to say of a refusal where the pack has no sentence."""
        raise NotImplementedError

    def written(self) -> object:
        """The field as it stands, to be put back by :meth:`write`."""
        raise NotImplementedError

    def write(self, state: object) -> None:
        """Put back what :meth:`written` gave."""
        raise NotImplementedError

    # -- parts --------------------------------------------------------------------------------------------

    def add_about(self) -> None:
        """The answers to touch, and the way to an exact one; nothing where the pack has none."""
        if not self.question.about:
            return
        values = [str(value) for value in self.question.about]
        choices = [Choice(value, self.pack_text(f"about.{n}.text")) for n, value in enumerate(values)]
        choices.append(Choice(OTHER, self.text(f"about.other.{self.question.type}"), icon="pencil"))
        self.about = OptionGroup(
            self.theme, choices, chosen=self._chosen_about(values), listen=self.look.listen
        )
        for choice, card in zip(choices, self.about.cards, strict=True):
            self.hear(card.listen, f"{choice.text}.")
            self.say(f"{choice.text}.")
        self.about.changed.connect(self._about_chosen)
        self.column.addWidget(self.about)

    def _chosen_about(self, values: list[str]) -> tuple[str, ...]:
        if not self.view.answered or self.view.value is None:
            return ()
        for value, raw in zip(values, self.question.about, strict=True):
            if parse_answer(self.question, raw) == self.view.value:
                return (value,)
        return (OTHER,)

    def add_typing(self, *parts: QWidget) -> None:
        """The field and what writes into it; unseen until they are asked for, where there is another way."""
        self._typing = parts
        for part in parts:
            if part.parent() is None:
                self.column.addWidget(part)
        self._show_typing(self.about is None or self.about.value() == OTHER)

    def _show_typing(self, shown: bool) -> None:
        for part in self._typing:
            part.setVisible(shown)

    def _about_chosen(self, chosen: object) -> None:
        self.settled()
        self._show_typing(chosen == OTHER)
        self.paged.fit()
        if chosen == OTHER:
            self.paged.show_whole(self._typing[-1])
            self.paged.show_whole(self._typing[0])
        else:
            self.acted.emit("leaning", self._touched())

    def _touched(self) -> AnswerValue:
        """The answer of the card that is chosen."""
        chosen = self.about.value() if self.about is not None else None
        raw = next((value for value in self.question.about if str(value) == chosen), None)
        return None if raw is None else parse_answer(self.question, raw, today=self.look.today)

    # -- for the window -----------------------------------------------------------------------------------

    def state(self) -> object:
        return (self.about.value() if self.about is not None else None), self.written()

    def restore(self, state: object) -> None:
        chosen, written = state
        if self.about is not None and chosen is not None:
            self.about.set_value([chosen])
        self.write(written)

    def forward(self) -> None:
        chosen = self.about.value() if self.about is not None else OTHER
        if chosen is None:
            key = "question.choose.skip" if self.question.unknown_allowed else "question.choose"
            self.complain(self.text(key), self.about.first_focus() if self.about is not None else None)
            return
        if chosen != OTHER:
            self.acted.emit("answer", self._touched())
            return
        raw = self.given()
        if raw is None:
            self.complain(self.missing(), self.field_focus())
            return
        try:
            value = parse_answer(self.question, raw, today=self.look.today)
        except AnswerError as error:
            self.complain(self.refusal(error) or self.otherwise(), self.field_focus())
        else:
            self.acted.emit("answer", value)
