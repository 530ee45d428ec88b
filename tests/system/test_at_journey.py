"""A whole visit through assistive technology: what is there, what it is called, where the focus is."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.hub_process import HubProcess, kiosk
from tests.system.screen import Citizen, Desktop, Kiosk, Node, desktop, until

pytestmark = pytest.mark.system

CONFIG = """
[town]
name = "Ville de Valmerle"
[send]
recipient = "agency"
purpose = { fr = "Préparer votre rendez-vous", en = "Prepare your appointment" }
reply_time = { fr = "Sous 5 jours, au guichet", en = "Within 5 days, at the desk" }
"""
CONTROLS = frozenset(
    (
        "push button",
        "radio button",
        "check box",
        "toggle button",
        "text",
        "entry",
        "combo box",
        "link",
        "slider",
    )
)
FRAME = {
    "fr": ("Retour", "Demander de l’aide", "Langue\u00a0: Français", "Terminer ma session"),
    "en": ("Back", "Ask for help", "Language: English", "End my session"),
}
CHECK = {"fr": "Tout est juste\u00a0?", "en": "Is everything right?"}
ON = {"fr": "Continuer", "en": "Continue"}


@pytest.fixture(scope="module")
def screen() -> Iterator[Desktop]:
    with desktop() as shown:
        yield shown


class Journey:
    """A visit in one language that looks closely at every screen it comes to."""

    def __init__(self, screen: Desktop, citizen: Citizen, lang: str, album: str) -> None:
        self.screen, self.citizen, self.lang, self.album = screen, citizen, lang, album
        self.pictures = 0

    def arrives(self, name: str, *, without: tuple[str, ...] = (), focus: str = "heading") -> list[Node]:
        """Checks the screen that is shown and takes its picture; its tree."""
        self.pictures += 1
        self.screen.picture(f"{self.album}-{self.pictures:02}-{name}")
        tree = self.citizen.tree()
        headings = [node for node in tree if node["role"] == "heading"]
        assert headings, f"{name}: no heading in the tree"
        assert headings[0]["name"], name
        focused = [node for node in tree if "focused" in node["states"]]
        assert [node["role"] for node in focused] == [focus], (name, focused)
        if focus == "heading":
            assert focused == headings[:1], name
        self._named(name, tree)
        names = [node["name"] for node in tree]
        for part in FRAME[self.lang]:
            assert (part in names) == (part not in without), f"{name}: {part!r} in {names}"
        return tree

    def _named(self, name: str, tree: list[Node]) -> None:
        for node in tree:
            if node["role"] in CONTROLS:
                assert node["name"].strip(), f"{name}: a {node['role']} without a name"
            if "focusable" in node["states"]:
                assert node["role"] in CONTROLS | {"heading"}, f"{name}: {node}"
            if node["role"] in ("label", "heading"):
                assert "error." not in node["name"], node

    def answers(self, prefer: tuple[str, ...] = ()) -> list[str]:
        """Every question until the check; ``prefer`` are options to take where they are offered."""
        asked: list[str] = []
        while (title := self.citizen.title()) != CHECK[self.lang]:
            assert title not in asked, f"asked twice: {title}"
            asked.append(title)
            tree = self.arrives(f"question-{len(asked):02}")
            self.citizen.answers_one(tree, prefer)
            self.citizen.goes_on(ON[self.lang])
        return asked


def test_in_french_a_birth_from_the_first_touch_to_the_wipe(screen: Desktop, tmp_path: Path) -> None:
    borne = Kiosk(screen, tmp_path / "data")
    citizen = borne.start_with_citizen()
    try:
        citizen.sees("Démonstration\u00a0: rien n’est envoyé")
        visit = Journey(screen, citizen, "fr", "naissance")
        visit.arrives("accueil", without=("Retour", "Langue\u00a0: Français", "Terminer ma session"))
        assert citizen.begins("Français. Toucher pour commencer") == "Que se passe-t-il dans votre vie\u00a0?"
        visit.arrives("evenements")
        look_at_the_covers(visit)

        citizen.goes_on(card(citizen, "Un enfant naît"))
        visit.arrives("pour-qui", without=("Continuer",))
        citizen.goes_on(card(citizen, "Pour moi"))
        asked = visit.answers(prefer=("Non, pas encore", "Le père, ou l’autre parent"))
        assert len(asked) > 5

        visit.arrives("verifier")
        change_one_answer(visit, asked[-1])

        assert citizen.goes_on("Voir mon plan") == "Votre plan, dans l’ordre"
        visit.arrives("plan")
        assert "Déclarer la naissance" in citizen.reads()
        citizen.goes_on("Emporter mon plan")
        visit.arrives("emporter")
        assert "Envoyer" not in citizen.names()
        assert citizen.goes_on("J’ai terminé") == "Vous avez terminé sur la borne."
        visit.arrives("merci")

        old = borne.pid
        citizen.press("Tout effacer et terminer")
        borne.new_pid(old)
        citizen.attach()
        citizen.sees("Français. Toucher pour commencer")
    finally:
        citizen.close()
        borne.stop()
    assert not list(screen.home.rglob("*")), "the kiosk wrote outside its data folder"


def card(citizen: Citizen, title: str) -> str:
    return next(n["name"] for n in citizen.of_role("push button") if n["name"].startswith(title))


def look_at_the_covers(visit: Journey) -> None:
    """Language, help and the end can be opened from anywhere and give the visit back."""
    citizen = visit.citizen
    before = citizen.title()
    assert citizen.goes_on("Langue\u00a0: Français") == "Choisissez votre langue"
    visit.arrives("langue")
    assert citizen.goes_on("Retour") == before
    assert citizen.goes_on("Demander de l’aide") == "Demander de l’aide"
    visit.arrives("aide", without=("Retour",))
    assert citizen.goes_on("Revenir à ma page") == before
    assert citizen.goes_on("Terminer ma session") == "Tout effacer et terminer\u00a0?"
    visit.arrives("fin", without=("Retour",))
    assert citizen.goes_on("Non, je continue") == before


def change_one_answer(visit: Journey, question: str) -> None:
    """Change the last answer to another option and come straight back; the others stay."""
    citizen = visit.citizen
    before = citizen.names()
    assert citizen.goes_on(f"Modifier, {question}") == question
    visit.arrives("modifier")
    options = [n["name"] for n in citizen.of_role("radio button")]
    [kept] = [name for name in citizen.chosen() if name in options]
    other = next(name for name in options if name != kept)
    citizen.press(other)
    until(lambda: citizen.chosen() == [other], 5, f"only {other!r} chosen")
    title = citizen.goes_on("Continuer")
    while title != CHECK["fr"]:  # another answer may need one question more
        citizen.answers_one(citizen.tree())
        title = citizen.goes_on("Continuer")
    visit.arrives("verifier-encore")
    now = citizen.names()
    assert other in now
    assert [n for n in before if n.startswith("Modifier, ")][:3] == [
        n for n in now if n.startswith("Modifier, ")
    ][:3]


def test_in_english_a_move_is_sent_to_the_hub(screen: Desktop, tmp_path: Path) -> None:
    kiosk("tenant", "init", tmp_path / "tenant", "--name", "Ville de Valmerle")
    hub = HubProcess(tmp_path)
    hub.start()
    config = tmp_path / "kiosk.toml"
    config.write_text(CONFIG, encoding="utf-8")
    borne = Kiosk(screen, hub.enrol("hall"), config)
    citizen = borne.start_with_citizen()
    try:
        citizen.sees("English. Touch to start")
        visit = Journey(screen, citizen, "en", "move")
        assert citizen.begins("English. Touch to start") == "What is happening in your life?"
        visit.arrives("events")
        citizen.goes_on(card(citizen, "I am moving"))
        citizen.goes_on(card(citizen, "For me"))
        assert len(visit.answers()) > 5
        visit.arrives("check")
        citizen.goes_on("See my plan")
        visit.arrives("plan")
        citizen.goes_on("Take my plan with me")
        visit.arrives("take-away")
        title = citizen.goes_on(next(n for n in citizen.names() if n.startswith("See what would be sent")))
        assert title == "Do you want to send your file?"
        visit.arrives("send")
        for promise in ("Prepare your appointment", "Within 5 days, at the desk", "Ville de Valmerle"):
            assert promise in citizen.reads()
        assert citizen.goes_on("I agree, send") == "It is saved."
        citizen.sees("Received by the town’s server.", seconds=30)
        visit.arrives("saved")
        assert len(hub.stored()) == 1
        citizen.goes_on("Next")
        assert citizen.goes_on("I have finished") == "You have finished at the kiosk."
        visit.arrives("thanks")
        old = borne.pid
        citizen.press("Erase everything and end")
        borne.new_pid(old)
        citizen.attach()
        citizen.sees("Français. Toucher pour commencer")
    finally:
        citizen.close()
        borne.stop()
        hub.kill(signal.SIGTERM)
