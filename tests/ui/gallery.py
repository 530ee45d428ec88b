# ruff: noqa: E501  (sample sentences on one line; the platform is chosen before Qt loads)
"""Pictures of every widget, for looking at: ``python tests/ui/gallery.py OUT [name ...]``.

Offscreen unless QT_QPA_PLATFORM says otherwise. Sample texts only; nothing here is content.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui import accessible
from ui.fonts import load_fonts
from ui.theme import Theme
from ui.widgets.answer_row import Answer, AnswerList
from ui.widgets.button import BigButton, SkipLink
from ui.widgets.countdown import CountdownRing
from ui.widgets.date_field import DateField
from ui.widgets.event_card import ActionCard, EventCard, LanguageCard
from ui.widgets.field import NumberField, TextField
from ui.widgets.focus_ring import FocusRing
from ui.widgets.form_field import FormField
from ui.widgets.frame import FrameFoot, FrameHeader, NavBar, Tools
from ui.widgets.keyboard import KeyboardTexts, ScreenKeyboard
from ui.widgets.keys import NumericPad
from ui.widgets.not_for_you import NotForYou
from ui.widgets.option import Choice, OptionGroup
from ui.widgets.paged import PagedArea
from ui.widgets.picture import Crest, WelcomePicture
from ui.widgets.plan import PlanEntry, PlanView, Row
from ui.widgets.right import RightEntry, RightItem
from ui.widgets.segments import Segments
from ui.widgets.status import StatusCard
from ui.widgets.step_card import StepCard, StepEntry
from ui.widgets.strip import Icon, Strip
from ui.widgets.surface import Bar, CardGrid, Divider, Page
from ui.widgets.tag import Tag
from ui.widgets.take_away import TakeAwayCard
from ui.widgets.text import Caption, Heading, Lead, TextLabel
from ui.widgets.text_block import Run
from ui.widgets.title import TitleBlock
from ui.widgets.why import Notice, WhyPanel

LISTEN = ("Écouter", "Arrêter")
PAGER = ("Remonter", "Voir la suite", "Vous êtes en haut.", "Fin de la liste.", "Haut", "Fin")
Builder = Callable[[Theme], list[QWidget]]


def screen(
    theme: Theme,
    main: list[QWidget],
    *,
    strip: Strip | None = None,
    nav: NavBar | None = None,
    above_nav: QWidget | None = None,
    header: FrameHeader | None = None,
    spacing: int = 18,
) -> Page:
    """A whole page of the kiosk around some widgets."""
    page = Page(theme)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(
        header
        or FrameHeader(
            theme,
            "Ville de Valmerle",
            "Vos démarches, pas à pas",
            Tools(language="Français", language_name="Langue : Français", comfort="Lecture et son"),
        )
    )
    if strip is not None:
        column.addWidget(strip)
    content = QWidget()
    inside = QVBoxLayout(content)
    inside.setContentsMargins(48, 20, 48, 26)
    inside.setSpacing(spacing)
    for widget in main:
        inside.addWidget(widget)
    inside.addStretch(1)
    column.addWidget(PagedArea(theme, content, PAGER), 1)
    if above_nav is not None:
        column.addWidget(above_nav)
    column.addWidget(nav or NavBar(theme, "Retour", "Continuer"))
    column.addWidget(
        FrameFoot(
            theme,
            Tools(
                call="Appeler une personne",
                call_short="Appeler",
                end="Terminer ma session",
                end_short="Terminer",
                hide="Cacher",
            ),
        )
    )
    return page


def choice_page(theme: Theme, multiple: bool = False) -> Page:
    choices = (
        Choice("couple", "Mon époux ou mon épouse", "Aussi : partenaire de PACS", "x-alliances"),
        Choice("parent", "Mon père ou ma mère", icon="old"),
        Choice("enfant", "Mon enfant", icon="user"),
        Choice("famille", "Une autre personne de ma famille", icon="users"),
        Choice("autre", "Une autre personne", "Amie, voisin, personne que j’aidais", "user-heart"),
    )
    group = OptionGroup(theme, choices, chosen=("parent",), listen=LISTEN, multiple=multiple)
    why = WhyPanel(
        theme,
        "Pourquoi cette question ?",
        "Ouvrir",
        "Fermer",
        (
            (
                "bulb",
                [Run("Vos droits en dépendent. ", 700), Run("Une pension existe pour l’époux ou l’épouse.")],
            ),
            (
                "lock",
                [
                    Run("Votre réponse reste ici. ", 700),
                    Run("Elle est effacée de la borne à la fin. Rien n’est envoyé sans votre accord."),
                ],
            ),
        ),
        opened=True,
    )
    title = TitleBlock(theme, "Qui était cette personne pour vous ?", "Une seule réponse.", listen=LISTEN)
    strip = Strip(theme, "candle", "Décès d’un proche", "Étape 3 sur environ 8", step=3, total=8)
    return screen(
        theme, [title, group, SkipLink(theme, "Je ne sais pas, ou je préfère passer"), why], strip=strip
    )


def arabic_page(theme: Theme) -> Page:
    choices = (
        Choice("couple", "زوجي أو زوجتي", "أو شريك بعقد PACS أو المساكنة", "x-alliances"),
        Choice("parent", "أبي أو أمي", icon="old"),
        Choice("enfant", "ابني أو ابنتي", icon="mood-kid"),
    )
    listen = ("استماع", "إيقاف")
    title = TitleBlock(theme, "ما صلة الشخص المتوفى بك؟", "إجابة واحدة فقط.", listen=listen)
    why = WhyPanel(
        theme, "لماذا نطرح هذا السؤال؟", "فتح", "إغلاق", (("bulb", "حقوقك تتوقف على ذلك."),), opened=True
    )
    group = OptionGroup(theme, choices, chosen=("parent",), listen=listen)
    header = FrameHeader(theme, "بلدية فالميرل", "إجراءاتكم خطوة بخطوة", Tools(language="العربية"))
    strip = Strip(theme, "candle", "وفاة أحد الأقارب", "الخطوة 3 من حوالي 8", step=3, total=8)
    return screen(
        theme, [title, group, SkipLink(theme, "لا أعرف، أو أفضّل عدم الإجابة"), why],
        strip=strip, nav=NavBar(theme, "رجوع", "متابعة"), header=header,
    )  # fmt: skip


def welcome_page(theme: Theme) -> Page:
    page = Page(theme)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(WelcomePicture(theme))
    content = QWidget()
    inside = QVBoxLayout(content)
    inside.setContentsMargins(48, 40, 48, 26)
    inside.setSpacing(24)
    inside.addWidget(
        Heading(theme, "Un changement dans votre vie ? Faisons le point ensemble.", role="welcome")
    )
    inside.addWidget(
        Lead(
            theme,
            "Naissance, déménagement… Vous répondez à quelques questions. Vous repartez avec la liste de vos démarches, de vos droits et des dates à respecter.",
        )
    )
    cards = [
        LanguageCard(theme, "Français", "Toucher pour commencer", listen=LISTEN),
        LanguageCard(theme, "English", "Touch to start", listen=("Listen", "Stop")),
        LanguageCard(theme, "العربية", "المس للبدء", rtl=True, listen=("استماع", "إيقاف")),
        LanguageCard(theme, "Українська", "Торкніться, щоб почати", listen=("Слухати", "Стоп")),
    ]
    inside.addWidget(CardGrid(theme, cards))
    inside.addStretch(1)
    column.addWidget(PagedArea(theme, content, PAGER), 1)
    bar = Bar(theme)
    row = QHBoxLayout(bar)
    row.setContentsMargins(32, 20, 32, 20)
    row.addWidget(
        BigButton(theme, "Appeler une personne", icon="headset", role="frame_button", minimum_height=128)
    )
    column.addWidget(bar)
    return page


def events_page(theme: Theme) -> Page:
    events = (
        ("Naissance d’un enfant", "baby-carriage", "rose"), ("Déménagement", "truck", "sage"),
        ("Perte ou changement d’emploi", "briefcase", "sand"), ("Décès d’un proche", "candle", "lilac"),
        ("Mariage ou PACS", "x-alliances", "rose"), ("Entrée à l’école ou en études", "backpack", "sky"),
    )  # fmt: skip
    cards: list[QWidget] = [EventCard(theme, text, icon, tint, listen=LISTEN) for text, icon, tint in events]
    other = ActionCard(
        theme,
        "Autre chose, ou je ne sais pas",
        "Nous cherchons ensemble.",
        icon="help-circle",
        listen=LISTEN,
        chevron=False,
    )
    search = TextField(
        theme,
        "Chercher",
        clear_text="Effacer tout",
        placeholder="Dites-le avec vos mots : « mon père est mort »",
        icon="search",
    )
    title = TitleBlock(theme, "Que se passe-t-il dans votre vie ?", listen=LISTEN)
    nav = NavBar(theme, "Retour", "Reprendre avec mon ticket", forward_icon="ticket", forward_kind="quiet")
    return screen(theme, [title, search, CardGrid(theme, cards), other], nav=nav)


def date_page(theme: Theme) -> Page:
    def describe(parts: tuple[int | None, int | None, int | None]) -> tuple[object, bool]:
        if parts[1] == 11 and parts[0] == 31:
            return "Le 31 novembre n’existe pas. Novembre a 30 jours.", True
        return [Run("Le "), Run("21 novembre", 700), Run("… il manque l’année.")], False

    field = DateField(theme, ("Jour", "Mois", "Année"), describe, value=(21, 11, 202))
    shortcuts = QWidget()
    row = QHBoxLayout(shortcuts)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    for words in ("Aujourd’hui", "Hier", "Avant-hier"):
        row.addWidget(BigButton(theme, words, role="frame_button", minimum_height=100))
    pad = NumericPad(theme, "Effacer", "Case suivante")
    title = TitleBlock(
        theme,
        "Quel jour est-ce arrivé ?",
        "La date du décès. Elle est sur le certificat du médecin.",
        listen=LISTEN,
    )
    strip = Strip(theme, "candle", "Décès d’un proche", "Étape 4 sur environ 8", step=4, total=8)
    why = WhyPanel(theme, "Pourquoi cette question ?", "Ouvrir", "Fermer", (("bulb", "Parce que."),))
    skip = SkipLink(theme, "Je ne connais pas la date exacte")
    page = screen(theme, [title, field, shortcuts, pad, skip, why], strip=strip)
    page.first = field.boxes[2]
    return page


def text_page(theme: Theme) -> Page:
    field = TextField(theme, "Commune", clear_text="Effacer tout", text="Saint-Mar")
    empty = FormField(
        theme,
        "Nom de famille",
        TextField(theme, "Nom de famille", clear_text="Effacer tout", placeholder="Comme sur la carte"),
    )
    number = NumberField(theme, ("Combien d’enfants", "Moins", "Plus"), value=2)
    keyboard = ScreenKeyboard(theme, "fr", KeyboardTexts("Maj", "Effacer", "Espace", "Fermer"))
    title = TitleBlock(theme, "Dans quelle commune ?", "La commune où vous habitez.", listen=LISTEN)
    strip = Strip(theme, "truck", "Déménagement", "Étape 5 sur environ 8", step=5, total=8)
    page = screen(theme, [title, field, empty, number], strip=strip, above_nav=keyboard)
    page.first = field.edit
    return page


def answers_page(theme: Theme) -> Page:
    answers = (
        Answer("a", "users", "Qui était cette personne pour vous ?", "Mon père", "Modifier"),
        Answer("b", "calendar", "Quel jour est-ce arrivé ?", "Samedi 21 novembre 2026", "Modifier"),
        Answer("c", "home", "Où est-ce arrivé ?", "À son domicile, à Valmerle", "Modifier"),
        Answer(
            "d", "heart-handshake", "Touchait-il une aide à domicile ?", "Question passée", "Répondre", True
        ),
    )
    title = TitleBlock(theme, "Tout est juste ?", "Vous pouvez changer chaque réponse.", listen=LISTEN)
    notice = Notice(theme, "lock", "Rien n’est envoyé maintenant. Votre plan est calculé ici, sur la borne.")
    strip = Strip(theme, "candle", "Décès d’un proche", "Étape 8 sur environ 8", step=8, total=8)
    return screen(
        theme, [title, AnswerList(theme, answers, listen=LISTEN), notice],
        strip=strip, nav=NavBar(theme, "Retour", "Voir mon plan", forward_icon="list-check"),
    )  # fmt: skip


def entries() -> list[PlanEntry]:
    rows = (
        Row("map-pin", "Où", "Mairie du lieu de naissance", True),
        Row("files", "Apportez", "Certificat de la sage-femme, livret de famille"),
        Row("user", "Qui", "Un parent, ou une personne présente"),
        Row("coin-euro", "Prix", "Gratuit", True),
    )
    return [
        PlanEntry("a", "legal", "Obligatoire", "Déclarer la naissance", "Avant le vendredi 27 novembre 2026", "4 jours",
                  rows=rows, notes=(("hourglass", "Après cette date, il faut un jugement."),),
                  why=("Pourquoi c’est dans votre liste :", "vous avez répondu « il est né en France ». Loi : Code civil, art. 55, vérifié le 23 novembre 2026."),
                  actions=(("done", "circle-check", "C’est déjà fait"), ("help", "headset", "M’aider à le faire"))),
        PlanEntry("b", "benefit", "Aide perdue après", "Demander la prime à la naissance", "Avant le 30 novembre 2027", "12 mois",
                  unsure="À vérifier avec l’organisme"),
        PlanEntry("c", "free", "Si vous voulez", "Prévenir sa banque et ses assurances", "Quand vous voulez"),
    ]  # fmt: skip


def plan_page(theme: Theme) -> Page:
    title = TitleBlock(
        theme,
        "Votre plan, dans l’ordre",
        "7 démarches, dont 3 obligatoires.",
        listen=("Tout écouter", "Arrêter"),
    )
    details = ("Voir le détail", "Fermer le détail")
    ways = Segments(theme, (("d", "calendar", "Par date"), ("t", "map-pin", "Par déplacement")), "d")
    plan = PlanView(theme, entries(), details, listen=LISTEN)
    right = RightItem(
        theme,
        RightEntry(
            "r",
            "coins",
            "Une aide de la mairie",
            ("CCAS de Valmerle", [Run("À vérifier : ", 700), Run("vos revenus de l’année passée.")]),
            "À vérifier avec l’organisme",
        ),
        details,
        listen=LISTEN,
    )
    strip = Strip(theme, "baby-carriage", "Naissance d’un enfant", "Mon plan")
    reasons = [("Reconnaître l’enfant", "Parce que vous êtes mariés.")]
    more = [
        Divider(theme, token="brand", width=4),
        Heading(theme, "Vous avez peut-être aussi droit à", 2),
        Lead(theme, "D’après vos réponses. L’organisme décide, pas la borne."),
        right,
        NotForYou(theme, "Pas pour vous, d’après vos réponses", details, reasons, listen=LISTEN),
    ]
    return screen(
        theme, [title, ways, plan, *more], strip=strip, nav=NavBar(theme, "Retour", "Emporter mon plan", forward_icon="printer")
    )  # fmt: skip


def errands_page(theme: Theme) -> Page:
    title = TitleBlock(theme, "Vos déplacements", "2 déplacements suffisent.", listen=LISTEN)
    rows = (
        Row("clock", "Horaires", "Du lundi au vendredi, de 9 h à 17 h"),
        Row("list-check", "À faire", "Déclarer la naissance\nChoisir le nom", True, listed=True),
        Row("files", "Apportez", "Certificat de la sage-femme\nLivret de famille (à montrer)", listed=True),
    )
    cards = [
        StepCard(theme, StepEntry("Mairie", rows, 1, when="Au plus tard le 30 novembre 2026"), listen=LISTEN),
        StepCard(theme, StepEntry("Notaire", rows, 2, cover="Un rendez-vous"), ("Voir", "Fermer"), listen=LISTEN),
        StepCard(theme, StepEntry("Sans vous déplacer", (Row("mail", "", "Par courrier"),), icon="home"), listen=LISTEN),
    ]  # fmt: skip
    return screen(theme, [title, *cards])


def take_page(theme: Theme) -> Page:
    made = TakeAwayCard(
        theme,
        "Imprimer",
        "4 pages, en gros caractères. Gratuit.",
        icon="printer",
        tint="sage",
        action_text="Imprimer",
        action_icon="printer",
        listen=LISTEN,
    )
    made.done("Imprimé. C’est en bas.")
    busy = TakeAwayCard(
        theme,
        "Imprimer",
        "4 pages, en gros caractères. Gratuit.",
        icon="printer",
        tint="sand",
        action_text="Imprimer",
        action_icon="printer",
        listen=LISTEN,
    )
    busy.working("Impression en cours…")
    cards: list[QWidget] = [
        made,
        TakeAwayCard(
            theme,
            "Avec un agent",
            "Au guichet, avec ce ticket.",
            icon="users",
            tint="lilac",
            action_text="Prendre un ticket",
            action_icon="ticket",
            listen=LISTEN,
        ),
        busy,
    ]
    title = TitleBlock(
        theme, "Comment voulez-vous emporter votre plan ?", "Vous pouvez en choisir plusieurs.", listen=LISTEN
    )
    return screen(
        theme,
        [title, CardGrid(theme, cards)],
        nav=NavBar(theme, "Retour", "J’ai terminé", forward_icon="check"),
    )


def status_page(theme: Theme) -> Page:
    cards: list[QWidget] = [
        StatusCard(theme, kind, title, text, listen=LISTEN)
        for kind, title, text in (
            ("verified", "Carte lue et vérifiée", "Nous pouvons remplir les champs."),
            ("unverified", "Carte lue, pas encore vérifiée", "Nous n’avons pas pu contrôler cette carte."),
            ("rejected", "Nous ne pouvons pas utiliser cette carte", "Vous pouvez répondre sans carte."),
            ("caution", "L’imprimante n’a plus de papier", "Ce n’est pas votre faute."),
        )
    ]
    tags = QWidget()
    row = QHBoxLayout(tags)
    for kind, words in (
        ("legal", "Obligatoire"),
        ("benefit", "Aide perdue après"),
        ("free", "Si vous voulez"),
        ("check", "À vérifier"),
    ):
        row.addWidget(Tag(theme, kind, words))
    icon = Icon(theme, "lock", 60)
    return screen(theme, [*cards, tags, Caption(theme, "Une petite ligne."), icon, Crest(theme, 108)])


def time_page(theme: Theme) -> Page:
    ring = CountdownRing(theme, 120, lambda _: "secondes", lambda seconds: f"{seconds} secondes")
    ring.set_seconds(82)
    title = TitleBlock(
        theme,
        "Êtes-vous toujours là ?",
        "Prenez votre temps. Touchez le grand bouton et vous reprenez où vous en étiez.",
        listen=LISTEN,
    )
    stay = BigButton(
        theme,
        "Je suis encore là",
        kind="primary",
        icon="hand-stop",
        role="h2" if theme.scale < 2 else "button",
        minimum_height=400,
    )
    return screen(
        theme, [title, ring, TextLabel(theme, "Sans réponse, nous effaçons tout de cette borne."), stay]
    )


def long_words_page(theme: Theme) -> Page:
    long = "Rechtsschutzversicherungsgesellschaften"
    group = OptionGroup(
        theme,
        (
            Choice("a", long, long),
            Choice("b", f"Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson, {long}", icon="home"),
        ),
        chosen=("b",),
        listen=("Anhören", "Stopp"),
        multiple=True,
    )
    title = TitleBlock(theme, long, f"Ein {long} im Satz.", listen=("Anhören", "Stopp"))
    return screen(
        theme,
        [title, group, BigButton(theme, long, icon="check")],
        nav=NavBar(theme, "Zurück", f"{long} weiter"),
    )


PAGES: dict[str, Callable[[Theme], Page]] = {
    "welcome": welcome_page, "events": events_page, "choice": choice_page, "date": date_page, "text": text_page,
    "answers": answers_page, "plan": plan_page, "errands": errands_page, "take": take_page, "status": status_page, "time": time_page,
    "long": long_words_page, "arabic": arabic_page,
}  # fmt: skip


def application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    load_fonts()
    accessible.install()
    return app


def shoot(name: str, theme: Theme, out: Path, size: tuple[int, int] = (1080, 1920)) -> None:
    """Save one picture, with the focus ring on the first control that has something to show."""
    app = application()
    app.setPalette(theme.palette())
    rtl = name == "arabic"
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    page = PAGES[name](theme)
    page.resize(*size)
    ring = FocusRing(page, theme)
    page.show()
    app.processEvents()
    group = page.findChild(OptionGroup)
    first = getattr(page, "first", group.first_focus() if group else None)
    if first is not None:
        page.activateWindow()
        first.setFocus()
        app.processEvents()
        ring.note_keys()
    app.processEvents()
    page.grab().save(str(out / f"{name}-{theme.name}-{round(theme.scale * 100)}.png"))
    page.close()
    page.deleteLater()


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/kiosk-gallery")
    out.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or [
        f"{name}:{look}" for name in PAGES for look in ("light:1", "light:3", "contrast:1")
    ]
    for item in wanted:
        name, look, scale = item.split(":")
        shoot(name, Theme(look, float(scale)), out)


if __name__ == "__main__":
    main()
