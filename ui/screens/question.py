"""One question: the frame around every kind of answer, and the choices."""

from __future__ import annotations

from datetime import date

from kiosk.procedures import (
    AnswerError,
    AnswerValue,
    Member,
    PartialDate,
    Question,
    QuestionType,
    data_use,
    dump_answer,
    parse_answer,
)
from ui.screens.screen import Look, Nav, Screen
from ui.views import Asking
from ui.widgets.button import SkipLink
from ui.widgets.option import Choice, OptionGroup
from ui.widgets.text import TextLabel
from ui.widgets.text_block import Run, Words
from ui.widgets.why import Notice, WhyPanel

UNKNOWN, NOTHING = "?", "-"
"""The cards « Je ne sais pas » and « Rien de cela »; no option of a pack can have these values (they are
letters and digits)."""
ALONE = frozenset((NOTHING, "aucun", "aucune", "rien"))
"""Answers to « which of these » that exclude the others: a pack may word « nothing of this » itself."""


class QuestionScreen(Screen):
    """Base of the kinds of questions. ``acted("answer", value)``; None = « I do not know »."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look)
        self.view = view
        self.question: Question = view.question
        self.why: WhyPanel | None = None
        self.add_title(self.asked(), self.lead())
        if view.added:
            sentence = self.words.count("question.added", view.added)
            self.column.addWidget(Notice(self.theme, "info-circle", sentence))
            self.say(sentence)

    def belong_to(self, member: str) -> None:
        """Say over the question of whom it is asked: « Enfant 2 »."""
        self.intro.insertWidget(0, TextLabel(self.theme, member, "lead", weight=700))
        self._said.insert(0, f"{member}.")
        self.fit()

    # -- words --------------------------------------------------------------------------------------------

    def pack_text(self, field: str) -> str:
        """A text of the question from the pack, in the person's language."""
        return self.look.pack().text(f"question.{self.question.id}.{field}", self.look.lang)

    def asked(self) -> str:
        """The question, in short words where the person wants them and there are some."""
        easy = self.pack_text("easy") if self.look.easy else ""
        return easy or self.pack_text("text")

    def lead(self) -> str:
        return self.pack_text("lead")

    def skip_words(self) -> str:
        return self.text("question.skip")

    # -- parts --------------------------------------------------------------------------------------------

    def add_skip(self) -> None:
        """The way round the question, where the person may not know."""
        if self.question.unknown_allowed:
            self.skip = SkipLink(self.theme, self.skip_words())
            self.skip.clicked.connect(self.pressed_skip)
            self.column.addWidget(self.skip)
            self.say(self.skip_words() + ".")

    def refusal(self, error: AnswerError) -> str:
        """The pack's own sentence on an answer that it does not take; empty where it has none."""
        return self.look.pack().text(error.say, self.look.lang) if error.say else ""

    def add_why(self) -> None:
        """Why we ask, and what happens to the answer; closed at first."""
        why = self.pack_text("why") or self.view.purpose
        if not self.question.unknown_allowed:
            why = f"{why} {self.text('question.required')}".strip()
        paragraphs: list[tuple[str, Words]] = [("bulb", why)] if why else []
        paragraphs += self._data_use() or [("lock", self.text("question.data"))]
        self.why = WhyPanel(
            self.theme,
            self.text("question.why"),
            self.text("question.why.open"),
            self.text("question.why.close"),
            paragraphs,
            asked=self.heading,
        )
        self.why.toggled.connect(self._why_toggled)
        self.aside.addWidget(self.why)

    def _why_toggled(self, opened: bool) -> None:
        if opened and self.why is not None:
            self.announced.emit(self.why.text())

    def _data_use(self) -> list[tuple[str, Words]]:
        """What the answer is for, what allows to ask, how long it is kept, who receives it (GDPR 13)."""
        use = data_use(self.look.pack(), self.question, self.look.lang)
        lines = (
            ("lock", "purpose", use.purpose),
            ("gavel", "basis", self.text(f"question.basis.{use.basis}") if use.basis else ""),
            ("clock", "kept", use.kept),
            ("user", "recipients", use.recipients),
        )
        return [
            (icon, [Run(self.text(f"question.data.{key}"), 700), Run(f" {self.words.after_colon(value)}")])
            for icon, key, value in lines
            if value
        ]

    def pressed_skip(self) -> None:
        self.acted.emit("answer", None)

    def spoken(self) -> str:
        """The question; and why it is asked, once the person has opened that."""
        said = super().spoken()
        return f"{said}\n{self.why.text()}" if self.why is not None and self.why.opened else said

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("frame.continue"))


class ChoiceScreen(QuestionScreen):
    """Yes or no, one of several, several of several. Touching selects; « Continuer » goes on."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        self.multiple = self.question.type is QuestionType.CHOICES
        choices = self._choices()
        self.group = OptionGroup(
            look.theme,
            choices,
            multiple=self.multiple,
            chosen=self._chosen(),
            listen=look.listen,
            alone=ALONE,
        )
        for choice, card in zip(choices, self.group.cards, strict=True):
            said = f"{choice.text}. {choice.sub}" if choice.sub else f"{choice.text}."
            self.hear(card.listen, said)
            self.say(said)
        self.group.changed.connect(lambda _: self.settled())
        self.group.changed.connect(lambda _chosen: self.acted.emit("leaning", self.value()))
        self.column.addWidget(self.group)
        if self.question.type is not QuestionType.YES_NO:
            self.add_skip()
        self.add_why()
        self.finish()

    def lead(self) -> str:
        own = self.pack_text("lead")
        if own or self.question.type is QuestionType.YES_NO:
            return own
        return self.text(
            "question.several" if self.question.type is QuestionType.CHOICES else "question.single"
        )

    def _choices(self) -> list[Choice]:
        if self.question.type is QuestionType.YES_NO:
            found = [Choice("yes", self.text("question.yes"), icon="check")]
            found.append(Choice("no", self.text("question.no"), icon="x"))
            if self.question.unknown_allowed:
                found.append(Choice(UNKNOWN, self.text("question.unknown"), icon="help-circle"))
            return found
        pack, lang, at = self.look.pack(), self.look.lang, f"option.{self.question.id}"
        found = [
            Choice(
                option.value,
                pack.text(f"{at}.{option.value}.text", lang),
                pack.text(f"{at}.{option.value}.sub", lang),
                option.icon,
            )
            for option in self.question.options
        ]
        if self.multiple and ALONE.isdisjoint(self.question.values):
            found.append(Choice(NOTHING, self.text("question.nothing"), icon="x"))
        return found

    def _chosen(self) -> tuple[str, ...]:
        if not self.view.answered:
            return ()
        value = self.view.value
        if self.question.type is QuestionType.YES_NO:
            return ("yes" if value is True else "no" if value is False else UNKNOWN,)
        if isinstance(value, tuple):
            return tuple(str(item) for item in value) or (NOTHING,)
        return (value,) if isinstance(value, str) else ()

    def value(self) -> AnswerValue:
        """The answer that is selected; None for « I do not know » and for nothing."""
        chosen = self.group.value()
        if self.question.type is QuestionType.YES_NO:
            return {"yes": True, "no": False}.get(str(chosen))
        return () if chosen == (NOTHING,) else chosen or None

    def state(self) -> object:
        return self.group.value()

    def restore(self, state: object) -> None:
        self.group.set_value([state] if isinstance(state, str) else list(state or ()))

    def forward(self) -> None:
        chosen = self.group.value()
        if not chosen:
            key = "question.choose.skip" if self.question.unknown_allowed else "question.choose"
            self.complain(self.text(key), self.group.first_focus())
            return
        value = self.value()
        try:
            if value is not None:
                parse_answer(self.question, dump_answer(value), today=self.look.today)
        except AnswerError as error:
            self.complain(self.refusal(error) or self.text("question.choose"), self.group.first_focus())
        else:
            self.acted.emit("answer", value)


def question_screen(look: Look, view: Asking) -> Screen:
    """The screen for the kind of the question."""
    kind = view.question.type
    if kind in (QuestionType.YES_NO, QuestionType.CHOICE, QuestionType.CHOICES):
        return ChoiceScreen(look, view)
    from importlib import import_module

    module, name = _SCREENS.get(kind, ("text_question", "TextScreen"))
    made: Screen = getattr(import_module(f"ui.screens.{module}"), name)(look, view)
    return made


_SCREENS = {
    QuestionType.DATE: ("date_question", "DateScreen"),
    QuestionType.NUMBER: ("number_question", "NumberScreen"),
    QuestionType.MONEY: ("number_question", "MoneyScreen"),
    QuestionType.NAME: ("name_question", "NameScreen"),
    QuestionType.ADDRESS: ("address_question", "AddressScreen"),
    QuestionType.COUNTRY: ("country_question", "CountryScreen"),
    QuestionType.GROUP: ("group_question", "GroupScreen"),
}
"""Kinds of questions -> module and class of their screen; each is imported when it is first asked."""


def member_name(look: Look, question: Question, number: int) -> str:
    """What a member of a group is called, counted from 0: « Enfant 1 »."""
    name = look.pack().text(f"question.{question.id}.member", look.lang)
    words = look.words
    if not name:
        return words.text("group.member", n=number + 1)
    return words.text("group.named", name=name, n=number + 1)


def answer_words(look: Look, question: Question, value: AnswerValue) -> str:
    """An answer as a person reads it; empty for a question that was passed."""
    from kiosk.procedures import answer_words as engine_words

    if value is None:
        return ""
    if isinstance(value, bool):
        return look.words.text("question.yes" if value else "question.no")
    if isinstance(value, PartialDate):
        return capital(partial_date_words(look, value.year, value.month, value.day))
    pack, at = look.pack(), f"option.{question.id}"
    if question.type is QuestionType.CHOICE:
        return pack.text(f"{at}.{value}.text", look.lang)
    if question.type is QuestionType.CHOICES and isinstance(value, tuple):
        chosen = [pack.text(f"{at}.{item}.text", look.lang) for item in value]
        return look.words.text("procedures.list").join(chosen) or look.words.text("question.nothing")
    if question.type is QuestionType.GROUP and isinstance(value, tuple):
        return _members_words(look, question, value)
    return engine_words(pack, question, value, look.lang)


def capital(words: str) -> str:
    """As words stand at the beginning of a line."""
    return words[:1].upper() + words[1:]


def _members_words(look: Look, question: Question, members: tuple[Member, ...]) -> str:
    """« Enfant 1 : Léa, mardi 12 mars 2019 », one line each."""
    colon = look.words.text("group.colon")
    lines = [
        f"{member_name(look, question, number)}{colon}{member_words(look, member)}"
        for number, member in enumerate(members)
    ]
    return "\n".join(lines) or look.words.text("group.none")


def member_words(look: Look, member: Member) -> str:
    """What was answered of one of a group: « Léa, mardi 12 mars 2019, Oui »."""
    words = []
    for name, value in member.answers:
        question = look.pack().questions[name]
        if isinstance(value, PartialDate):  # it begins with a capital only where it stands alone
            words.append(partial_date_words(look, value.year, value.month, value.day))
        elif isinstance(value, bool | int):  # « oui » and « 3 » say nothing alone
            asked = look.pack().text(f"question.{name}.text", look.lang)
            words.append(f"{asked} {answer_words(look, question, value)}")
        else:
            words.append(answer_words(look, question, value))
    return look.words.text("procedures.list").join(filter(None, words))


def partial_date_words(look: Look, year: int, month: int | None, day: int | None) -> str:
    """« lundi 23 novembre 2026 », « novembre 2026 » or « 2026 »."""
    if month is None:
        return str(year)
    if day is None:
        return look.words.month(date(year, month, 1))
    return look.words.date(date(year, month, day))
