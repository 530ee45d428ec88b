"""A crest is looked through before anything draws it: what is taken, and what is not."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.config import ConfigError, load_config
from kiosk.config.pictures import LARGEST, refused

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
CREST = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- a lion -->
{HEAD}
  <title>Valmerle</title>
  <style>.l {{ fill: url(#shade) }}</style>
  <defs>
    <linearGradient id="shade"><stop offset="0" stop-color="#123456"/></linearGradient>
    <g id="lion"><path class="l" d="M0 0h9v9z"/></g>
  </defs>
  <use href="#lion"/><use xlink:href="#lion" transform="scale(-1 1)"/>
  <rect width="3" height="3" style="fill: url( '#shade' )"/>
</svg>"""


def chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png(wide: int = 2, high: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2))
        + chunk(b"IEND", b"")
    )


def told(folder: Path, content: bytes | str) -> str:
    path = folder / "crest"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return refused(path)


@pytest.mark.parametrize("content", [CREST, png(), png(4096, 2048), f"{HEAD}</svg>"], ids=range(4))
def test_a_plain_drawing_and_a_plain_picture_are_taken(tmp_path: Path, content: bytes | str) -> None:
    assert told(tmp_path, content) == ""


NOT_TAKEN = {
    "a program": f"{HEAD}<script>alert(1)</script></svg>",
    "a program at a click": f'{HEAD}<rect onclick="x()"/></svg>',
    "a page": f"{HEAD}<foreignObject/></svg>",
    "a picture from elsewhere": f'{HEAD}<image href="https://example.org/a.png"/></svg>',
    "a link": f'{HEAD}<a href="https://example.org"/></svg>',
    "a part of another file": f'{HEAD}<use href="other.svg#x"/></svg>',
    "a file by another spelling": f'{HEAD}<use xlink:href=" file:///etc/passwd"/></svg>',
    "a colour from elsewhere": f'{HEAD}<rect fill="url(https://example.org/#a)"/></svg>',
    "a colour from elsewhere, in quotes": f"{HEAD}<rect style='fill: url( \"//example.org\" )'/></svg>",
    "a sheet from elsewhere": f"{HEAD}<style>@import 'a.css';</style></svg>",
    "an escape in a sheet": f"{HEAD}<style>.a {{ fill: \\75rl(x) }}</style></svg>",
    "a movement": f'{HEAD}<animate attributeName="href" to="x"/></svg>',
    "a document type": f'<!DOCTYPE svg SYSTEM "http://example.org/svg.dtd">{HEAD}</svg>',
    "an entity": f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}<text>&a;</text></svg>',
    "a sheet by instruction": f'<?xml-stylesheet href="a.css"?>{HEAD}</svg>',
    "a base": f'{HEAD[:-1]} xml:base="https://example.org/"></svg>',
    "repetition of repetition": f'{HEAD}<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>',
    "too deep": HEAD + "<g>" * 100 + "</g>" * 100 + "</svg>",
    "too many parts": HEAD + "<g/>" * 20_001 + "</svg>",
    "another document": "<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "no name space": "<svg></svg>",
    "half a drawing": HEAD,
    "text": "a lion",
    "nothing": "",
    "UTF-16": CREST.encode("utf-16"),
    "a photograph": b"\xff\xd8\xff\xe0JFIF",
    "half a picture": png()[:-9],
    "a picture with a wrong sum": png()[:-1] + b"x",
    "a picture that never ends": png()[:-12],
    "a picture without content": b"\x89PNG\r\n\x1a\n",
    "a huge picture": png(4097, 1),
    "a picture of too many points": png(4096, 4096),
    "an empty picture": png(0, 5),
    "too large": b"\x89PNG\r\n\x1a\n" + bytes(LARGEST),
}


@pytest.mark.parametrize("content", NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_what_could_do_more_than_draw_itself_is_not_taken(tmp_path: Path, content: bytes | str) -> None:
    assert told(tmp_path, content)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=80).map(lambda raw: b"\x89PNG\r\n\x1a\n" + raw) | st.binary(max_size=80))
def test_no_bytes_do_anything_but_being_refused(tmp_path: Path, content: bytes) -> None:
    assert told(tmp_path, content)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(CREST) - 1), text=st.text(alphabet="<>&;\"'/#\\ \0aü", max_size=3))
def test_a_changed_drawing_is_taken_or_refused(tmp_path: Path, at: int, text: str) -> None:
    assert isinstance(told(tmp_path, CREST[:at] + text + CREST[at + 1 :]), str)


def test_a_crest_is_looked_for_beside_the_file_and_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[town]\nname = "Valmerle"\ncrest = "crest.svg"\npicture = "hall.png"\n')
    (tmp_path / "crest.svg").write_text(CREST)
    (tmp_path / "hall.png").write_bytes(png())
    town = load_config(file).town
    assert (town.crest, town.picture) == (tmp_path / "crest.svg", tmp_path / "hall.png")
    (tmp_path / "hall.png").write_text(f"{HEAD}<script/></svg>")
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert caught.value.line == 4
    assert "<script>" in caught.value.problem
