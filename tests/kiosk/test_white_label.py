"""What of a town's settings is judged beside the design and the content: colours, and life events."""

from __future__ import annotations

from pathlib import Path

import pytest

from accessibility.contrast import BRANDED, check_brand
from kiosk.cli import main
from kiosk.config import Config, ConfigError, load_config
from kiosk.messages import messages_for
from kiosk.procedures import Pack, find_pack, load_pack
from kiosk.white_label import check_events, load_town
from ui.course import offered

PACK = load_pack(find_pack("fr"), Path(__file__).parents[2] / "data" / "test-packs")


def written(folder: Path, text: str) -> Path:
    path = folder / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_one_line_of_colour_gives_every_theme_a_readable_one(tmp_path: Path) -> None:
    config = load_town(written(tmp_path, '[colours]\nbrand = "#1B3A6B"\n'))
    assert set(config.colours) == {"brand", "brandSoft"}
    assert set(config.colours["brand"]) == set(BRANDED)
    assert check_brand(config.colours) == ()


def test_without_colours_the_shipped_ones_stay(tmp_path: Path) -> None:
    assert load_town(written(tmp_path, "")).colours == {}
    assert load_town(None) == Config()


REFUSED = [
    ('[colours]\nbrand = "#88AACC"\n', 2, ("brand #88AACC", "surface", "2.4", "light", "7")),
    ('[colours]\n\nthread = "#FFE9A8"\n', 3, ("thread #FFE9A8", "bg", "light", "3")),
    ('[colours]\nbrandSoft = "#777777"\n', 2, ("brandSoft #777777", "light")),
    ('[colours]\nbrand = { light = "#1B3A6B", dark = "#1B3A6B" }\n', 2, ("brand #1B3A6B", "dark")),
]


@pytest.mark.parametrize(("text", "line", "words"), REFUSED)
def test_a_pale_colour_is_told_with_line_pair_ratio_and_a_value_that_passes(
    tmp_path: Path, text: str, line: int, words: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_town(written(tmp_path, text))
    assert caught.value.line == line
    sentence = messages_for("en").sentence(caught.value)
    for word in words:
        assert word in sentence, sentence
    token, theme = caught.value.allowed.split(":")[0].split(".")
    proposed = caught.value.allowed.rsplit(" ", 1)[1]
    config = load_config(written(tmp_path, text))
    mended = {**config.colours, token: {**config.colours[token], theme: proposed}}
    inline = "".join(
        f"{name} = {{ " + ", ".join(f'{key} = "{value}"' for key, value in values.items()) + " }\n"
        for name, values in mended.items()
    )
    load_town(written(tmp_path, "[colours]\n" + inline))


def test_the_doctor_tells_a_pale_colour_before_anything_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, '[colours]\nbrand = "#88AACC"\n')
    assert main(["doctor", "--config", str(file), "--data", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "kiosk.toml" in told
    assert "#88AACC" in told
    assert told.count("\n") == 1


def slugs(pack: Pack, chosen: tuple[str, ...] | None) -> list[str]:
    return [head.slug for head in offered(pack, chosen)]


def test_a_town_chooses_its_life_events_and_their_order() -> None:
    every = slugs(PACK, None)
    assert len(every) > 1
    assert slugs(PACK, tuple(reversed(every))) == list(reversed(every))
    one = next(head for head in PACK.heads if head.slug == every[-1])
    assert slugs(PACK, (one.id, one.slug, one.id.replace(".", "/"))) == [one.slug]


def test_a_life_event_that_the_pack_does_not_have_is_told_with_those_it_has(tmp_path: Path) -> None:
    file = written(tmp_path, f'[kiosk]\npack = "fr"\nevents = ["{PACK.heads[0].slug}", "mariage"]\n')
    config = load_config(file)
    with pytest.raises(ConfigError) as caught:
        check_events(config, file, PACK)
    assert caught.value.line == 3
    assert "mariage" in caught.value.problem
    assert PACK.heads[0].slug in caught.value.allowed
    check_events(Config(), None, PACK)
