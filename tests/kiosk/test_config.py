"""kiosk.toml: every mistake names its file and line, and says what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.config import Config, ConfigError, load_config, words
from kiosk.errors import FileUnreadable, KioskError
from kiosk.messages import messages_for


def written(folder: Path, text: str) -> Path:
    path = folder / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_embedded_defaults_hold_and_nothing_can_be_sent() -> None:
    config = load_config(None)
    assert config == Config()
    assert config.send is None
    assert config.languages == ("fr", "en")


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    config = load_config(
        written(
            tmp_path,
            """
            [town]
            name = "Ville d’Essai"
            timezone = "Indian/Reunion"
            [kiosk]
            languages = ["en", "fr"]
            [print]
            queue = "accueil"
            [time]
            idle_s = 60
            warning_s = 30
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
    assert config.send is not None
    assert words(config.send.purpose, "en") == "Prepare your appointment"
    assert words(config.send.reply_time, "en") == "5 jours"
    assert words(config.send.purpose, "nl") == words(config.send.purpose, "fr") != ""


MISTAKES = [
    ('[town]\nname = ""\n', 2, "name"),
    ("[town]\nname = 3\n", 2, "name"),
    ('[town]\n\ntimezone = "Europe/Pariss"\n', 3, "timezone"),
    ('[town]\nnom = "x"\n', 2, "nom"),
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


def outcome(path: Path) -> Config | str:
    try:
        return load_config(path)
    except KioskError as error:
        return messages_for("en").sentence(error)
