from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.option import Choice, OptionGroup

LEFT = Qt.MouseButton.LeftButton
CHOICES = [Choice("a", "Oui", "Une petite ligne", "check"), Choice("b", "Non"), Choice("c", "Peut-être")]


def shown(qtbot: QtBot, group: OptionGroup) -> OptionGroup:
    qtbot.addWidget(group)
    group.resize(984, 500)
    group.show()
    group.activateWindow()
    qtbot.waitUntil(group.isActiveWindow)
    return group


def test_one_answer_replaces_another_and_touching_it_again_keeps_it(qtbot: QtBot, theme: Theme) -> None:
    group = shown(qtbot, OptionGroup(theme, CHOICES))
    given: list[object] = []
    group.changed.connect(given.append)
    for index in (0, 2, 2):
        QTest.mouseClick(group.cards[index].mark, LEFT)
    assert given == ["a", "c"]
    assert group.value() == "c"
    assert [card.mark.isChecked() for card in group.cards] == [False, False, True]


def test_several_answers_come_in_the_order_shown_and_can_be_taken_back(qtbot: QtBot, theme: Theme) -> None:
    group = shown(qtbot, OptionGroup(theme, CHOICES, multiple=True))
    for index in (2, 0, 1, 1):
        QTest.mouseClick(group.cards[index].mark, LEFT)
    assert group.value() == ("a", "c")


def test_the_whole_width_of_the_card_answers(qtbot: QtBot, theme: Theme) -> None:
    group = shown(qtbot, OptionGroup(theme, CHOICES))
    mark = group.cards[1].mark
    QTest.mouseClick(mark, LEFT, pos=mark.rect().bottomRight() - mark.rect().topLeft() * 2)
    assert group.value() == "b"


def test_listening_does_not_answer(qtbot: QtBot, theme: Theme) -> None:
    group = shown(qtbot, OptionGroup(theme, CHOICES, listen=("Écouter", "Arrêter")))
    heard: list[str] = []
    group.listen_pressed.connect(heard.append)
    listen = group.cards[1].listen
    assert listen is not None
    QTest.mouseClick(listen, LEFT)
    assert (heard, group.value()) == (["b"], None)


def test_no_voice_means_no_listen_button(theme: Theme) -> None:
    assert all(card.listen is None for card in OptionGroup(theme, CHOICES).cards)


def test_arrows_move_without_answering_and_space_answers(qtbot: QtBot, theme: Theme) -> None:
    group = shown(qtbot, OptionGroup(theme, CHOICES, chosen=("a",)))
    group.cards[0].mark.setFocus()
    QTest.keyClick(group.cards[0].mark, Qt.Key.Key_Down)
    assert group.value() == "a"
    assert group.cards[1].mark.hasFocus()
    QTest.keyClick(group.cards[1].mark, Qt.Key.Key_Space)
    assert group.value() == "b"


def test_every_option_can_be_reached_by_tab_even_after_an_answer(qtbot: QtBot, theme: Theme) -> None:
    group = shown(qtbot, OptionGroup(theme, CHOICES, chosen=("b",), listen=("Écouter", "Arrêter")))
    QTest.mouseClick(group.cards[2].mark, LEFT)
    for card in group.cards:
        assert card.mark.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_choosing_moves_nothing(qtbot: QtBot, theme: Theme) -> None:
    group = shown(qtbot, OptionGroup(theme, CHOICES))
    before = [card.geometry() for card in group.cards]
    QTest.mouseClick(group.cards[1].mark, LEFT)
    qtbot.waitUntil(lambda: group.value() == "b")
    assert [card.geometry() for card in group.cards] == before


def test_coming_back_focuses_the_chosen_answer(theme: Theme) -> None:
    group = OptionGroup(theme, CHOICES, chosen=("b",))
    assert group.first_focus() is group.cards[1].mark
    none_chosen = OptionGroup(theme, CHOICES)
    assert none_chosen.first_focus() is none_chosen.cards[0].mark


def test_the_listen_button_says_stop_while_it_speaks(theme: Theme) -> None:
    group = OptionGroup(theme, CHOICES, listen=("Écouter", "Arrêter"))
    listen = group.cards[0].listen
    assert listen is not None
    assert listen.accessibleName() == "Écouter, Oui"
    listen.set_speaking(True)
    assert (listen.words(), listen.accessibleName()) == ("Arrêter", "Arrêter, Oui")


def test_from_200_percent_the_listen_zone_is_a_row_under_the_answer(qtbot: QtBot) -> None:
    group = OptionGroup(Theme(scale=2.0), CHOICES, listen=("Écouter", "Arrêter"))
    qtbot.addWidget(group)
    group.resize(984, 1400)
    group.show()
    card = group.cards[0]
    assert card.listen is not None
    assert card.listen.y() >= card.mark.geometry().bottom()
    assert card.listen.width() > 900
