"""Plan, take-away, answers, progress, status and countdown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.answer_row import Answer, AnswerList
from ui.widgets.countdown import CountdownRing
from ui.widgets.event_card import EventCard, LanguageCard
from ui.widgets.frame import FrameFoot, FrameHeader, NavBar, Tools
from ui.widgets.paged import PagedArea
from ui.widgets.picture import WelcomePicture
from ui.widgets.plan import PlanEntry, PlanView, Row, draw_node
from ui.widgets.status import StatusCard
from ui.widgets.strip import Strip, ThreadProgress
from ui.widgets.take_away import TakeAwayCard
from ui.widgets.text import Heading, TextLabel

LEFT = Qt.MouseButton.LeftButton
LISTEN = ("Écouter", "Arrêter")
DETAIL = ("Voir le détail", "Fermer le détail")


def entry(key: str, kind: str = "legal") -> PlanEntry:
    return PlanEntry(
        key,
        kind,
        "Obligatoire",
        f"Démarche {key}",
        "Avant le 5 décembre 2026",
        rows=(Row("map-pin", "Où", "Mairie"),),
        why=("Pourquoi :", "vous avez répondu oui."),
        unsure="À vérifier avec l’organisme",
        actions=(("done", "circle-check", "C’est déjà fait"),),
    )


def all_text(widget: QWidget) -> str:
    labels = widget.findChildren(TextLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(widget))


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme) -> PlanView:
    view = PlanView(theme, [entry(key) for key in "abc"], DETAIL, listen=LISTEN)
    area_content = QWidget()
    column = QVBoxLayout(area_content)
    column.addWidget(view)
    area = PagedArea(theme, area_content, ("Haut", "Suite", "En haut.", "Fin.", "Haut", "Fin"))
    qtbot.addWidget(area)
    area.resize(1080, 1400)
    area.show()
    view.area = area  # type: ignore[attr-defined]  # keeps it alive
    return view


def test_the_first_card_is_open_and_the_others_closed(plan: PlanView) -> None:
    assert [item.opened for item in plan.items] == [True, False, False]
    assert "Mairie" in all_text(plan.items[0])
    assert "Mairie" not in all_text(plan.items[1])


def test_the_whole_closed_card_opens_but_its_listen_zone_does_not(plan: PlanView, qtbot: QtBot) -> None:
    item = plan.items[1]
    heard: list[str] = []
    plan.listen_pressed.connect(heard.append)
    assert item.listen is not None
    QTest.mouseClick(item.listen, LEFT)
    assert (heard, item.opened) == (["b"], False)
    with qtbot.waitSignal(plan.toggled) as told:
        QTest.mouseClick(item.card, LEFT, pos=QPoint(item.card.width() // 2, 20))
    assert told.args == ["b", True]


def test_dragging_the_plan_by_a_closed_card_opens_nothing(plan: PlanView) -> None:
    plan.area.resize(1080, 700)  # type: ignore[attr-defined]
    item = plan.items[1]
    plan.area.show_whole(item)  # type: ignore[attr-defined]
    before = plan.area.offset()  # type: ignore[attr-defined]
    start = QPoint(item.card.width() // 2, 20)
    QTest.mousePress(item.card, LEFT, pos=start)
    for _ in range(4):
        QTest.mouseMove(item.card, start + QPoint(0, 30))
    QTest.mouseRelease(item.card, LEFT, pos=start)
    assert plan.area.offset() < before  # type: ignore[attr-defined]
    assert not item.opened


def test_the_opener_says_what_it_opens(plan: PlanView) -> None:
    assert plan.items[1].opener.accessibleName() == "Voir le détail, Démarche b"
    plan.items[1].opener.click()
    assert plan.items[1].opener.accessibleName() == "Fermer le détail, Démarche b"


def test_actions_name_their_procedure(plan: PlanView, qtbot: QtBot) -> None:
    names = [b.accessibleName() for b in plan.items[0].findChildren(QWidget) if b.accessibleName()]
    assert "C’est déjà fait, Démarche a" in names


def test_titles_are_headings_and_unsure_facts_are_marked(plan: PlanView) -> None:
    assert isinstance(plan.items[0].heading, Heading)
    tags = [tag.text for tag in plan.items[0].findChildren(QWidget) if type(tag).__name__ == "Tag"]
    assert tags == ["Obligatoire", "À vérifier avec l’organisme"]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_thread_runs_beside_the_cards_in_both_directions(
    qtbot: QtBot, theme: Theme, qapp: QApplication, direction: Qt.LayoutDirection
) -> None:
    qapp.setLayoutDirection(direction)
    view = PlanView(theme, [entry("a")], DETAIL)
    qtbot.addWidget(view)
    view.resize(984, 900)
    view.show()
    place = view.items[0].geometry()
    free = place.left() if direction == Qt.LayoutDirection.LeftToRight else view.width() - 1 - place.right()
    assert free >= 60


def test_the_three_nodes_differ_in_shape(theme: Theme) -> None:
    pictures = []
    for kind in ("legal", "benefit", "free"):
        picture = QImage(80, 80, QImage.Format.Format_Grayscale8)
        picture.fill(255)
        painter = QPainter(picture)
        draw_node(painter, theme, kind, QPoint(40, 40), 42)
        painter.end()
        # Shape alone: what is not the paper.
        pictures.append(
            frozenset(
                (x, y) for x in range(80) for y in range(80) if picture.pixelColor(x, y) != QColor("white")
            )
        )
    square, diamond, circle = pictures
    assert len(square ^ diamond) > 300
    assert len(square ^ circle) > 300
    assert len(diamond ^ circle) > 300


def test_a_take_away_card_says_what_became_of_it(qtbot: QtBot, theme: Theme) -> None:
    card = TakeAwayCard(
        theme,
        "Imprimer",
        "4 pages.",
        icon="printer",
        tint="sage",
        action_text="Imprimer",
        action_icon="printer",
    )
    qtbot.addWidget(card)
    card.resize(484, 500)
    card.show()
    with qtbot.waitSignal(card.pressed_card):
        QTest.mouseClick(card.button, LEFT)
    card.working("Un instant.")
    assert (card.result(), card.button.isVisible()) == ("Un instant.", False)
    card.done("Imprimé. C’est en bas.")
    assert (card.result(), card.button.isVisible()) == ("Imprimé. C’est en bas.", True)
    assert "Un instant" not in all_text(card)


def test_each_answer_can_be_heard_and_changed(qtbot: QtBot, theme: Theme) -> None:
    rows = [
        Answer("q1", "users", "Qui\u00a0?", "Mon père", "Modifier"),
        Answer("q2", "home", "Où\u00a0?", "Question passée", "Répondre", True),
    ]
    answers = AnswerList(theme, rows, listen=LISTEN)
    qtbot.addWidget(answers)
    changed: list[str] = []
    answers.change_pressed.connect(changed.append)
    answers.rows[1].change.click()
    assert changed == ["q2"]
    assert answers.rows[1].change.accessibleName() == "Répondre, Où\u00a0?"
    assert answers.rows[0].listen is not None
    assert "Mon père" in answers.rows[0].listen.accessibleName()


@pytest.mark.parametrize(
    ("step", "total", "dots"),
    [(1, 8, (8, 1)), (8, 8, (8, 8)), (9, 8, (9, 9)), (1, 40, (12, 1)), (40, 40, (12, 12)), (1, 1, (1, 1))],
)
def test_the_thread_never_draws_more_than_twelve_dots(
    theme: Theme, step: int, total: int, dots: tuple[int, int]
) -> None:
    assert ThreadProgress(theme, step, total, "Étape").dots() == dots


def test_progress_never_goes_back_as_steps_go_on(theme: Theme) -> None:
    places = [ThreadProgress(theme, step, 30, "Étape").dots()[1] for step in range(1, 31)]
    assert places == sorted(places)


def test_the_strip_is_spoken_whole_even_when_only_the_step_is_shown() -> None:
    strip = Strip(Theme(scale=2.0), "candle", "Décès", "Étape 3 sur environ 8", step=3, total=8)
    assert strip.event.accessible_name() == "Décès. Étape 3 sur environ 8"


def test_the_countdown_speaks_three_times_only(qtbot: QtBot, theme: Theme) -> None:
    ring = CountdownRing(theme, 121, lambda _: "secondes", lambda seconds: f"Il reste {seconds} secondes")
    qtbot.addWidget(ring)
    spoken: list[int] = []
    ring.spoken.connect(spoken.append)
    ended: list[bool] = []
    ring.ended.connect(lambda: ended.append(True))
    for seconds in range(120, -1, -1):
        ring.set_seconds(seconds)
    assert (spoken, ended) == ([120, 60, 20], [True])
    assert ring.accessibleName() == "Il reste 20 secondes"


@pytest.mark.parametrize("kind", ["verified", "unverified", "rejected"])
def test_card_results_differ_without_colour(qtbot: QtBot, kind: str) -> None:
    def grey(of: str) -> QImage:
        card = StatusCard(Theme("contrast"), of, "Carte")
        qtbot.addWidget(card)
        card.resize(600, 200)
        return card.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)

    others = {"verified", "unverified", "rejected"} - {kind}
    assert all(grey(kind) != grey(other) for other in others)


def test_the_header_leaves_out_what_does_not_exist_yet(theme: Theme) -> None:
    header = FrameHeader(theme, "Ville de Valmerle", "", Tools(language="Français"))
    assert header.comfort is None
    assert header.language is not None


def test_short_words_show_and_the_name_stays_long(theme: Theme) -> None:
    words = Tools(
        call="Appeler une personne",
        call_short="Appeler",
        end="Terminer ma session",
        end_short="Terminer",
        short=True,
    )
    foot = FrameFoot(Theme(scale=2.0), words)
    assert (foot.call.words(), foot.call.accessibleName()) == ("Appeler", "Appeler une personne")
    assert FrameFoot(theme, Tools(call="Appeler une personne")).end is None


def test_navigation_tells_back_from_forward(qtbot: QtBot, theme: Theme) -> None:
    nav = NavBar(theme, "Retour", "Continuer")
    qtbot.addWidget(nav)
    assert nav.back is not None
    assert nav.forward is not None
    with qtbot.waitSignal(nav.forward_pressed):
        nav.forward.click()
    with qtbot.waitSignal(nav.back_pressed):
        nav.back.click()
    assert NavBar(theme, None, "Commencer").back is None


def test_event_and_language_cards_open_in_one_touch(qtbot: QtBot, theme: Theme) -> None:
    for card in (
        EventCard(theme, "Déménagement", "truck", "sage"),
        LanguageCard(theme, "العربية", "المس للبدء", rtl=True),
    ):
        qtbot.addWidget(card)
        with qtbot.waitSignal(card.pressed_card):
            card.button.click()


def test_the_picture_gives_its_room_away_in_the_contrast_theme(qtbot: QtBot) -> None:
    assert WelcomePicture(Theme("contrast")).heightForWidth(1080) == 0
    assert WelcomePicture(Theme()).heightForWidth(1080) == 560
