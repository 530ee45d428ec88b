"""kiosk.toml: every mistake names its file and line, and says what is allowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.config import Config, ConfigError, Help, Screen, load_config, words
from kiosk.errors import FileUnreadable, KioskError
from kiosk.messages import messages_for
from kiosk.staff import seal


def written(folder: Path, text: str) -> Path:
    path = folder / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_embedded_defaults_hold_and_nothing_can_be_sent() -> None:
    config = load_config(None)
    assert config == Config()
    assert config.send is None
    assert config.languages == ("fr", "en")


def test_a_kiosk_may_offer_arabic(tmp_path: Path) -> None:
    found = load_config(written(tmp_path, '[kiosk]\nlanguages = ["fr", "ar"]\n'))
    assert found.languages == ("fr", "ar")


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    config = load_config(
        written(
            tmp_path,
            """
            [town]
            name = "Ville d’Essai"
            timezone = "Indian/Reunion"
            subtitle = { fr = "Une minute suffit", en = "One minute is enough" }
            [colours]
            brand = "#1b3a6b"
            thread = { light = "#B5710A", dark = "#F0B548" }
            [screen]
            width_mm = 597
            height_mm = 336
            bottom_mm = 700
            low = false
            hide_event = true
            [kiosk]
            languages = ["en", "fr"]
            events = ["deces", "fr/naissance"]
            [help]
            command = ["/usr/local/bin/appel", "--hall"]
            wait_s = 30
            [print]
            queue = "accueil"
            [time]
            idle_s = 60
            warning_s = 30
            long_idle_s = 900
            [about]
            operator = "Ville d’Essai, service numérique"
            contact = "01 23 45 67 89"
            dpo = "dpo@essai.example"
            accessibility = "accessibilite@essai.example"
            [send]
            recipient = "mairie"
            purpose = { fr = "Préparer votre rendez-vous", en = "Prepare your appointment" }
            reply_time = "5 jours"
            """,
        )
    )
    assert config.town.name == "Ville d’Essai"
    assert config.languages == ("en", "fr")
    assert config.printer == "accueil"
    assert (config.idle_s, config.warning_s) == (60, 30)
    assert config.long_idle_s == 900
    assert words(config.town.subtitle, "en") == "One minute is enough"
    assert config.colours == {
        "brand": {"light": "#1B3A6B"},
        "thread": {"light": "#B5710A", "dark": "#F0B548"},
    }
    assert config.screen == Screen(597, 336, 700, low=False, hide_event=True)
    assert config.events == ("deces", "fr/naissance")
    assert config.help == Help(command=("/usr/local/bin/appel", "--hall"), wait_s=30)
    assert config.about.operator == "Ville d’Essai, service numérique"
    assert config.about.dpo == "dpo@essai.example"
    assert config.send is not None
    assert words(config.send.purpose, "en") == "Prepare your appointment"
    assert words(config.send.reply_time, "en") == "5 jours"
    assert words(config.send.purpose, "nl") == words(config.send.purpose, "fr") != ""


MISTAKES = [
    ('[town]\nname = ""\n', 2, "name"),
    ("[town]\nname = 3\n", 2, "name"),
    ('[town]\n\ntimezone = "Europe/Pariss"\n', 3, "timezone"),
    ('[town]\nnom = "x"\n', 2, "nom"),
    ('[town]\ntimezone = "../UTC"\n', 2, "timezone"),
    ('[town]\ntimezone = "Europe"\n', 2, "timezone"),
    ('[town]\ntimezone = ""\n', 2, "timezone"),
    ("[town]\ntimezone = 1\n", 2, "timezone"),
    ('[kiosk]\nlanguages = ["../fr"]\n', 2, "language"),
    ("[kiosk]\nlanguages = [2]\n", 2, "language"),
    ('[ville]\nname = "x"\n', 1, "ville"),
    ('town = "x"\n', 1, "town"),
    ('[kiosk]\nlanguages = ["fr", "xx"]\n', 2, "language"),
    ("[kiosk]\nlanguages = []\n", 2, "language"),
    ('[print]\nqueue = "-o raw"\n', 2, "queue"),
    ("[time]\nidle_s = 5\n", 2, "idle_s"),
    ("[time]\nwarning_s = 19\n", 2, "warning_s"),
    ("[time]\nidle_s = true\n", 2, "idle_s"),
    ('[send]\nrecipient = "mairie"\n', 1, "purpose"),
    ('[town]\nname = "x\n', 2, "TOML"),
    ('# ok\n[send]\npurpose = {}\nrecipient = "x"\nreply_time = "x"\n', 3, "purpose"),
    ("[town]\nsubtitle = {}\n", 2, "subtitle"),
    ('[town]\ncrest = "none.svg"\n', 2, "none.svg"),
    ('[town]\npicture = "."\n', 2, "picture"),
    ("[colours]\nink = 1\n", 2, "ink"),
    ('[colours]\n\nbrand = "navy"\n', 3, "brand"),
    ('[colours]\nbrand = "#12345"\n', 2, "brand"),
    ('[colours]\nbrand = { dark = "#93D3D6" }\n', 2, "brand"),
    ('[colours]\nbrand = { light = "#123456", contrast = "#123456" }\n', 2, "brand"),
    ('[colours]\nbrand = { light = "#123456", dark = [] }\n', 2, "brand"),
    ("[screen]\nwidth_mm = 79\n", 2, "width_mm"),
    ("[screen]\nheight_mm = 33.6\n", 2, "height_mm"),
    ("[screen]\nbottom_mm = -1\n", 2, "bottom_mm"),
    ("[screen]\ndistance_mm = 100\n", 2, "distance_mm"),
    ('[screen]\nlow = "yes"\n', 2, "low"),
    ("[screen]\nhide_event = 1\n", 2, "hide_event"),
    ('[help]\ncommand = "/bin/true"\n', 2, "command"),
    ("[help]\ncommand = []\n", 2, "command"),
    ('[help]\ncommand = ["appel"]\n', 2, "absolute"),
    ('[help]\ncommand = ["/bin/true", 3]\n', 2, "command"),
    (f"[help]\ncommand = {['/bin/true'] * 33}\n", 2, "command"),
    ("[help]\nwait_s = 4\n", 2, "wait_s"),
    ("[help]\nwait_s = 61\n", 2, "wait_s"),
    ('[staff]\ncode = "402913"\n', 2, "kiosk staff code"),
    ('[staff]\ncode = "$scrypt$ln=30,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$' + "A" * 43 + '"\n', 2, "staff code"),
    ("[kiosk]\nevents = []\n", 2, "events"),
    ('[kiosk]\nevents = "naissance"\n', 2, "events"),
    ('[kiosk]\nevents = ["naissance", "naissance"]\n', 2, "twice"),
    ("[time]\nlong_idle_s = 179\n", 2, "long_idle_s"),
    ("[time]\nidle_s = 900\nlong_idle_s = 600\n", 3, "long_idle_s"),
    ('[about]\ndpo = ""\n', 2, "dpo"),
    ('[about]\nphone = "1"\n', 2, "phone"),
    ('town.name = ""\n', 1, "name"),
    ('\ntown = { name = "x", place = 3 }\n', 2, "place"),
]


@pytest.mark.parametrize(("text", "line", "word"), MISTAKES)
def test_a_mistake_is_told_in_one_line_with_its_place(
    tmp_path: Path, text: str, line: int, word: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, text))
    assert caught.value.line == line
    sentence = messages_for("en").sentence(caught.value)
    assert "\n" not in sentence
    assert word in sentence
    assert "kiosk.toml" in sentence
    assert caught.value.allowed


def test_who_asks_for_more_time_never_gets_less(tmp_path: Path) -> None:
    assert load_config(written(tmp_path, "[time]\nidle_s = 1200\n")).long_idle_s == 1200
    assert load_config(written(tmp_path, "[time]\nidle_s = 60\n")).long_idle_s == 600


def test_a_sealed_staff_code_is_taken_as_it_was_printed(tmp_path: Path) -> None:
    sealed = seal("402913")
    assert load_config(written(tmp_path, f'[staff]\ncode = "{sealed}"\n')).staff.code == sealed
    assert load_config(written(tmp_path, "")).staff.code == ""


def test_a_missing_file_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        load_config(tmp_path / "none.toml")


def test_bytes_that_are_not_text_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes(b"# a\n# \xff\n")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert caught.value.line == 2


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load_config(written(tmp_path, "#" * 300_000))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(raw=st.binary(max_size=200) | st.text(alphabet='[]="\n{}abtownsend.,1 ', max_size=80).map(str.encode))
def test_no_file_makes_anything_but_a_configuration_or_a_clear_error(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes(raw)
    assert outcome(path)


SECTIONS = {
    "town": ("name", "place", "timezone", "crest", "picture", "subtitle"),
    "colours": ("brand", "brandSoft", "thread"),
    "screen": ("width_mm", "height_mm", "bottom_mm", "distance_mm", "low", "hide_event"),
    "kiosk": ("languages", "pack", "overlays", "events"),
    "help": ("phone", "hours", "desk", "command", "wait_s"),
    "send": ("recipient", "purpose", "reply_time"),
    "print": ("queue",),
    "time": ("idle_s", "warning_s", "long_idle_s"),
    "staff": ("code",),
    "about": ("operator", "contact", "dpo", "accessibility"),
}
TEXT = st.sampled_from(["#123456", "fr", "light", "/bin/true", "..", "/", "x" * 500, "$scrypt$"]) | st.text(
    max_size=12
)
ONE = TEXT | st.integers() | st.floats() | st.booleans() | st.dates()
VALUE = (
    ONE
    | st.lists(ONE, max_size=3)
    | st.dictionaries(TEXT, ONE, max_size=3)
    | st.lists(st.lists(ONE, max_size=2), max_size=2)
)
FILES = st.fixed_dictionaries(
    {},
    optional={
        name: VALUE | st.fixed_dictionaries({}, optional=dict.fromkeys(keys, VALUE))
        for name, keys in SECTIONS.items()
    },
)


def as_toml(value: object) -> str:
    """A value as TOML writes it, tables in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(key))} = {as_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, bool | str):
        return json.dumps(value).replace("\x7f", "\\u007f")
    return str(value)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=FILES, headed=st.booleans())
def test_no_values_make_anything_but_a_configuration_or_a_clear_error(
    tmp_path: Path, table: dict[str, object], headed: bool
) -> None:
    text = ""
    for name, section in table.items():
        if headed and isinstance(section, dict):
            text += f"[{name}]\n" + "".join(
                f"{json.dumps(str(key))} = {as_toml(one)}\n" for key, one in section.items()
            )
        else:
            text = f"{name} = {as_toml(section)}\n" + text
    path = tmp_path / "kiosk.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    found = outcome(path)
    assert isinstance(found, Config) or ("\n" not in found and "line 0" not in found)


def outcome(path: Path) -> Config | str:
    try:
        return load_config(path)
    except KioskError as error:
        return messages_for("en").sentence(error)
