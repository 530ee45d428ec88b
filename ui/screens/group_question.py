"""A question that is asked of several, each child in turn: the list of them, and one question a page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.procedures import Member
from kiosk.procedures.values import MOST_MEMBERS
from ui.roster import Roster
from ui.screens.question import QuestionScreen, capital, member_name, member_words, question_screen
from ui.screens.screen import Look, Nav, Screen
from ui.views import Asking
from ui.widgets.button import BigButton
from ui.widgets.member_card import MemberCard
from ui.widgets.option import Choice, OptionGroup
from ui.widgets.why import Notice

NOBODY = "-"


class GroupScreen(Screen):
    """``acted("answer", members)``. Shows one page at a time: the list, or a question about one member.

    What comes next is :class:`ui.roster.Roster`'s to say; the page is a screen like any other.
    """

    page: QuestionScreen

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look)
        self.view = view
        self.question = view.question
        members = tuple(one for one in view.value if isinstance(one, Member)) if view.value else ()
        self.roster = Roster(self.question.questions, members)
        self.nobody = view.answered and view.value == ()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._make_page()

    # -- pages --------------------------------------------------------------------------------------------

    def _make_page(self) -> None:
        at = self.roster.at
        if at is None:
            page: QuestionScreen = MembersPage(self.look, self.view, self.roster, self.nobody)
        else:
            page = question_screen(self.look, self._asking())
            page.belong_to(member_name(self.look, self.question, at))
        page.acted.connect(self._acted)
        page.heard.connect(self.heard)
        self._outer.addWidget(page)
        self.page = page
        self.heading, self.panes, self.paged = page.heading, page.panes, page.paged

    def _asking(self) -> Asking:
        roster = self.roster
        question = self.look.pack().questions[roster.asked]
        return replace(
            self.view,
            question=question,
            answered=roster.is_given(),
            value=roster.value(),
            added=0,
            purpose="",
        )

    def _turn_to(self, roster: Roster) -> None:
        """Show another page: its title is read first."""
        self.roster = roster
        old = self.page
        self._outer.removeWidget(old)
        old.setParent(None)
        self._make_page()
        self.page.show()
        self.page.lay_out()
        focus = self.page.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        old.deleteLater()

    def _acted(self, name: str, value: object) -> None:
        roster = self.roster
        if name == "answer" and roster.at is None:
            self.acted.emit("answer", value)
        elif name == "answer":
            self.nobody = False
            self._turn_to(roster.answer(value))
        elif name == "add":
            self._turn_to(roster.add())
        elif name == "change_member":
            self._turn_to(roster.change(int(str(value))))
        elif name == "remove":
            self._turn_to(roster.remove(int(str(value))))
        elif name == "put_back":
            self._turn_to(roster.put_back())

    # -- for the window: the page's own ---------------------------------------------------------------------

    def nav(self) -> Nav | None:
        return self.page.nav()

    def forward(self) -> None:
        self.page.forward()

    def back(self) -> bool:
        if self.page.back():
            return True
        if self.roster.at is None:
            return False
        self._turn_to(self.roster.back())
        return True

    def tell(self, sentence: str) -> None:
        self.page.tell(sentence)

    def settled(self) -> None:
        self.page.settled()

    def lay_out(self) -> None:
        self._outer.activate()
        self.page.lay_out()

    def moved(self) -> None:
        self.page.moved()

    def state(self) -> object:
        chosen = self.page.nobody() if isinstance(self.page, MembersPage) else self.nobody
        return self.roster, chosen, self.page.state()

    def restore(self, state: object) -> None:
        roster, self.nobody, inside = state
        self._turn_to(roster)
        if inside is not None:
            self.page.restore(inside)

    def spoken(self) -> str:
        return self.page.spoken()

    def first_focus(self) -> QWidget | None:
        return self.page.first_focus()


class MembersPage(QuestionScreen):
    """Who is on the list. ``acted``: ``add``, ``change_member``, ``remove``, ``put_back``, ``answer``."""

    def __init__(self, look: Look, view: Asking, roster: Roster, nobody: bool) -> None:
        super().__init__(look, view)
        self.roster = roster
        self.group: OptionGroup | None = None
        for number, member in enumerate(roster.members):
            self.column.addWidget(self._card(number, member))
        if roster.removed is not None:
            self._add_undo(roster.removed[0])
        self._add_adding()
        if not roster.members:
            self._add_nobody(nobody)
        self.add_skip()
        self.add_why()
        self.finish()

    def _card(self, number: int, member: Member) -> MemberCard:
        title = member_name(self.look, self.question, number)
        words, aloud = _told_of(self.look, member)
        card = MemberCard(
            self.theme,
            title,
            words,
            self.question.icon or "user",
            (self.text("check.change"), self.text("group.remove")),
            self.look.listen,
        )
        card.change_pressed.connect(lambda: self.acted.emit("change_member", number))
        card.remove_pressed.connect(lambda: self.acted.emit("remove", number))
        said = f"{title}. {aloud}."
        self.hear(card.listen, said)
        self.say(said)
        return card

    def _add_undo(self, number: int) -> None:
        sentence = self.text("group.removed", member=member_name(self.look, self.question, number))
        self.column.addWidget(Notice(self.theme, "info-circle", sentence))
        self.say(sentence)
        undo = BigButton(
            self.theme, self.text("group.back"), kind="quiet", icon="history", role="frame_button"
        )
        undo.clicked.connect(lambda: self.acted.emit("put_back", None))
        self.column.addWidget(undo)

    def _add_adding(self) -> None:
        if self.roster.full:
            self.column.addWidget(Notice(self.theme, "info-circle", self.text("group.full", n=MOST_MEMBERS)))
            self.add = None
            return
        name = member_name(self.look, self.question, len(self.roster.members))
        words = self.text("group.add", member=name)
        self.add = BigButton(self.theme, words, icon="plus", minimum_height=116)
        self.add.clicked.connect(lambda: self.acted.emit("add", None))
        self.column.addWidget(self.add)
        self.say(f"{words}.")

    def _add_nobody(self, chosen: bool) -> None:
        words = self.text("group.none")
        self.group = OptionGroup(
            self.theme,
            [Choice(NOBODY, words, icon="x")],
            multiple=True,
            chosen=(NOBODY,) if chosen else (),
            listen=self.look.listen,
        )
        self.group.changed.connect(lambda _: self.settled())
        self.hear(self.group.cards[0].listen, f"{words}.")
        self.say(f"{words}.")
        self.column.addWidget(self.group)

    def nobody(self) -> bool:
        """Whether the person says that there is none."""
        return self.group is not None and bool(self.group.value())

    def forward(self) -> None:
        if self.roster.members or self.nobody():
            self.acted.emit("answer", self.roster.members)
        else:
            self.complain(self.text("group.missing"), self.add)


def _told_of(look: Look, member: Member) -> tuple[str, str]:
    """What was answered of a member: as it is read, and as it is said aloud without what is private."""
    asked = look.pack().questions
    aloud = Member(tuple((name, value) for name, value in member.answers if not asked[name].private))
    passed = look.words.text("check.skipped")
    return capital(member_words(look, member) or passed), member_words(look, aloud) or passed
