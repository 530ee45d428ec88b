from __future__ import annotations

import gc

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from ui import accessible
from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.countdown import CountdownRing
from ui.widgets.field import DigitBox, TextField
from ui.widgets.option import CheckMark, Choice, OptionGroup, RadioMark
from ui.widgets.status import StatusCard
from ui.widgets.strip import ThreadProgress
from ui.widgets.text import Heading, TextLabel

Role = QAccessible.Role


def role_and_name(widget: QWidget) -> tuple[QAccessible.Role, str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.role(), interface.text(QAccessible.Text.Name)


def built(theme: Theme) -> list[tuple[QWidget, QAccessible.Role, str]]:
    choice = Choice("a", "Mon enfant", "Mineur")
    radio = OptionGroup(theme, [choice])
    check = OptionGroup(theme, [choice], multiple=True)
    field = TextField(theme, "Nom de famille", clear_text="Effacer tout")
    built.kept = [radio, check, field]  # type: ignore[attr-defined]  # parents must outlive the check
    return [
        (Heading(theme, "Une question"), Role.Heading, "Une question"),
        (TextLabel(theme, "Un texte"), Role.StaticText, "Un texte"),
        (BigButton(theme, "Continuer"), Role.Button, "Continuer"),
        (radio.cards[0].mark, Role.RadioButton, "Mon enfant. Mineur"),
        (check.cards[0].mark, Role.CheckBox, "Mon enfant. Mineur"),
        (ThreadProgress(theme, 3, 8, "Étape 3 sur environ 8"), Role.ProgressBar, "Étape 3 sur environ 8"),
        (DigitBox(theme, "Jour", 2), Role.EditableText, "Jour"),
        (field.edit, Role.EditableText, "Nom de famille"),
        (
            StatusCard(theme, "caution", "Plus de papier", "Rien n’est perdu."),
            Role.AlertMessage,
            "Plus de papier. Rien n’est perdu.",
        ),
        (
            CountdownRing(theme, 120, lambda _: "secondes", lambda s: f"{s} secondes"),
            Role.Clock,
            "120 secondes",
        ),
    ]


def test_each_painted_widget_says_its_role_and_name(theme: Theme) -> None:
    for widget, role, name in built(theme):
        assert role_and_name(widget) == (role, name), type(widget).__name__


def test_the_state_of_an_answer_is_told(theme: Theme) -> None:
    group = OptionGroup(theme, [Choice("a", "Oui"), Choice("b", "Non")], chosen=("b",))
    states = [QAccessible.queryAccessibleInterface(card.mark).state().checked for card in group.cards]
    assert states == [0, 1] or states == [False, True]


@pytest.mark.parametrize("kind", [RadioMark, CheckMark])
def test_marks_are_real_buttons_underneath(kind: type) -> None:
    assert issubclass(kind, QWidget)


def test_changed_words_change_the_name(theme: Theme) -> None:
    label = TextLabel(theme, "Avant")
    assert role_and_name(label)[1] == "Avant"
    label.set_text("Après")
    assert role_and_name(label)[1] == "Après"


def test_pages_leave_no_interface_behind(theme: Theme) -> None:
    before = accessible.kept_interfaces()
    for number in range(50):
        page = QWidget()
        Heading(theme, f"Question {number}", parent=page)
        role_and_name(page.children()[0])
        page.deleteLater()
        del page
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert accessible.kept_interfaces() <= before
