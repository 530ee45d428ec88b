"""Whatever lies in a pack's folder: one line of report, never a traceback, a hang, or more than 200 MB."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.cli import main
from kiosk.messages import messages_for
from kiosk.procedures import Pack, PackError, Question, Status, loader, make_plan, next_question
from kiosk.procedures.grammar import ConditionProblem, parse_condition
from kiosk.procedures.library import read_sources
from kiosk.procedures.loader import build_pack
from kiosk.procedures.overlay import compose

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("tests/packs/good", "tests/kiosk/procedures/packs/small", "tests/kiosk/procedures/packs/whole")
PACKS = [read_sources(ROOT / folder) for folder in FOLDERS]
GOOD = PACKS[0]
OVERLAY = read_sources(ROOT / "tests/kiosk/procedures/packs/over")
FEW = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=30)

NASTY = [
    *(
        "\t",
        "\r\n",
        "\r",
        "\0",
        "\x1b",
        "\u2028",
        "\ufeff",
        "\ud800",
        "&a ",
        "*a",
        "!!python/name:os.system ",
    ),
    *(
        "<<: *a",
        "%YAML 1.1\n",
        "---\n",
        "...\n",
        "? ",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "|\n",
        ">\n",
        "'",
        '"',
    ),
    *(
        "#",
        "~",
        "null",
        "yes",
        "0x10",
        "1e9",
        ".inf",
        "9" * 40,
        "-1",
        "2026-02-30",
        "a" * 300,
        "[" * 60,
        "é",
        "ع",
    ),
]
PO = [
    *('msgid ""\n', 'msgstr ""\n', 'msgid_plural "b"\n', 'msgstr[0] "c"\n', "msgstr[99999999999999999] x\n"),
    *('"Plural-Forms: nplurals=999999999; plural=n;\\n"\n', '"Content-Type: text/plain; charset=utf-7\\n"\n'),
    *('"Language: !!\\n"\n', '"POT-Creation-Date: 9999\\n"\n', "#, fuzzy\n", "#~ msgid\n", "#: \u2068a\n"),
    'msgctxt "\\\n',
]
PARTS = [
    *(
        "parti",
        "jour",
        "logement",
        "enfants",
        "loyer",
        "naissance",
        "'locataire'",
        "'x'",
        "7",
        "800.5",
        "true",
    ),
    *(
        " && ",
        " || ",
        " == ",
        " < ",
        " in ",
        " + ",
        " * ",
        " ? ",
        " : ",
        "!",
        "-",
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
    ),
    *(
        "has(",
        "today()",
        "date('2026-02-30')",
        "years_between(",
        "later(jour, 'P9999Y')",
        "later(jour, 'P1M')",
    ),
    *("size(", ".exists(e, ", "e.", "9" * 20),
]


@pytest.fixture(autouse=True, scope="module")
def _known_holidays() -> Iterator[None]:
    """The holidays of a country are worked out once: they are most of the time of a small pack."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("regions_of", "available_timezones"):
            patch.setattr(loader, name, lru_cache(maxsize=32)(getattr(loader, name)))
        yield


def read(sources: dict[str, bytes]) -> Pack | None:
    """The pack, or None where it is refused in one line."""
    return refused(lambda: build_pack(sources, ""))


def refused(build: Callable[[], Pack]) -> Pack | None:
    try:
        return build()
    except PackError as error:
        refusal = error
    for lang in ("en", "fr"):
        sentence = messages_for(lang).sentence(refusal)
        assert "\n" not in sentence, sentence
        assert len(sentence) < 100_000
    return None


@cache
def whole() -> Pack:
    return build_pack(PACKS[2], "")


# -- any bytes, any text -----------------------------------------------------------------------------------

texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=8), max_size=30).map("".join)
anything = st.binary(max_size=300) | texts.map(lambda text: text.encode("utf-8", "surrogatepass"))
files = st.sampled_from([*GOOD, "parameters.yaml", "events/x.yaml", "locales/ar.po"])


@given(file=files, data=anything)
@FEW
def test_any_bytes_in_any_file_are_read_or_refused(file: str, data: bytes) -> None:
    read({**GOOD, file: data})


@given(lines=st.lists(st.sampled_from(PO) | texts, max_size=12))
@FEW
def test_any_lines_of_a_translation_are_read_or_refused(lines: list[str]) -> None:
    read({**GOOD, "locales/en.po": "".join(lines).encode("utf-8", "surrogatepass")})


# -- packs that were damaged -------------------------------------------------------------------------------


def _flip(data: bytes, at: int, other: int) -> bytes:
    at %= max(1, len(data))
    return data[:at] + bytes([other % 256]) + data[at + 1 :]


def _cut(data: bytes, at: int, other: int) -> bytes:
    at, length = at % max(1, len(data)), other % 400
    return data[:at] + data[at + length :]


def _line_again(data: bytes, at: int, other: int) -> bytes:
    lines = data.split(b"\n")
    lines.insert(other % (len(lines) + 1), lines[at % len(lines)])
    return b"\n".join(lines)


def _word_moved(data: bytes, at: int, other: int) -> bytes:
    """One word of the file in place of another: most of what comes out is YAML, much of it a pack."""
    words = data.split(b" ")
    words[at % len(words)] = words[other % len(words)]
    return b" ".join(words)


def _nasty(data: bytes, at: int, other: int) -> bytes:
    at %= max(1, len(data))
    return data[:at] + NASTY[other % len(NASTY)].encode("utf-8", "surrogatepass") + data[at:]


def _windows(data: bytes, _at: int, _other: int) -> bytes:
    return data.replace(b"\n", b"\r\n")


def _utf16(data: bytes, _at: int, _other: int) -> bytes:
    return data.decode("utf-8", "replace").encode("utf-16")


DAMAGES: list[Callable[[bytes, int, int], bytes]] = [
    _flip, _cut, _line_again, _word_moved, _word_moved, _nasty, _windows, _utf16,
]  # fmt: skip
numbers = st.integers(0, 10**6)
damages = st.lists(st.tuples(numbers, st.sampled_from(DAMAGES), numbers, numbers), min_size=1, max_size=3)


def damaged(sources: dict[str, bytes], how: list[tuple[int, Callable, int, int]]) -> dict[str, bytes]:
    found = dict(sources)
    for file, damage, at, other in how:
        name = sorted(found)[file % len(found)]
        found[name] = damage(found[name], at, other)
    return found


@given(pack=st.sampled_from(PACKS), how=damages)
@FEW
def test_a_damaged_pack_is_read_or_refused(pack: dict[str, bytes], how: list) -> None:
    read(damaged(pack, how))


@given(pack=st.sampled_from(PACKS), one=numbers, other=numbers)
@FEW
def test_swapped_files_are_read_or_refused(pack: dict[str, bytes], one: int, other: int) -> None:
    names = sorted(pack)
    a, b = names[one % len(names)], names[other % len(names)]
    read({**pack, a: pack[b], b: pack[a]})


@given(how=damages)
@FEW
def test_a_damaged_overlay_is_read_or_refused(how: list) -> None:
    refused(lambda: compose(whole(), damaged(OVERLAY, how), "", "over"))


# -- the command -------------------------------------------------------------------------------------------


def write(folder: Path, sources: dict[str, bytes]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def check(folder: Path) -> int:
    """``kiosk pack check --json``: JSON on standard output, at most one line on standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["pack", "check", str(folder), "--json", "--today", "2026-11-24"])
    assert err.getvalue().count("\n") == (1 if code == 2 else 0), err.getvalue()
    if out.getvalue():
        report = json.loads(out.getvalue())
        assert report["sound"] is (code == 0)
        assert all("\n" not in finding["problem"] for finding in report.get("findings", ()))
    return code


@given(pack=st.sampled_from(PACKS[:2]), how=damages)
@settings(FEW, max_examples=8)
def test_a_damaged_pack_is_checked_to_its_end_or_refused(tmp_path_factory, pack, how) -> None:
    assert check(write(tmp_path_factory.getbasetemp() / "fuzz", damaged(pack, how))) in (0, 1, 2)


# -- conditions --------------------------------------------------------------------------------------------

conditions = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)


@cache
def questions() -> dict[str, Question]:
    return dict(build_pack(GOOD, "").questions)


@given(text=conditions | st.text(max_size=60))
@settings(FEW, max_examples=100)
def test_any_text_is_a_condition_or_is_refused_at_its_place(text: str) -> None:
    try:
        parse_condition(text, questions())
    except ConditionProblem as problem:
        refusal = problem
    else:
        return
    assert 0 <= refusal.offset <= len(text)
    assert "\n" not in refusal.problem


COMPARED = ["enfants * 37 - loyer", "loyer + 2 * enfants", "enfants", "years_between(naissance, jour)"]
facts = st.tuples(
    st.sampled_from(COMPARED), st.sampled_from(["<", ">=", "==", "!="]), st.integers(-5, 4000)
).map(lambda part: "{} {} {}".format(*part)) | st.sampled_from(
    ["parti", "has(loyer)", "logement in ['locataire', 'heberge']", "later(naissance, 'P18Y') <= jour"]
)
joined = st.recursive(
    facts,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda p: "({} {} {})".format(*p))
        | inner.map(lambda p: f"!({p})")
    ),
    max_leaves=6,
)


def with_condition(condition: str) -> dict[str, bytes]:
    written = b"logement == 'locataire' && !parti"
    return {**GOOD, "events/logis.yaml": GOOD["events/logis.yaml"].replace(written, condition.encode())}


@given(condition=joined)
@settings(FEW, max_examples=4)
def test_any_condition_is_proved_or_the_check_says_that_it_gives_up(tmp_path_factory, condition: str) -> None:
    assert check(write(tmp_path_factory.getbasetemp() / "proved", with_condition(condition))) in (0, 1, 2)


def test_a_condition_that_not_knowing_makes_too_large_asks_all_and_may_apply() -> None:
    pack = read(with_condition("later(naissance, 'P18Y') <= jour && enfants * 37 - loyer < 0"))
    assert pack
    event, today = pack.event("logis"), date(2026, 11, 24)
    answers: dict[str, None] = {}
    while question := next_question(pack, event, answers, today):
        answers[question.id] = None
    assert {"jour", "naissance", "enfants", "loyer"} <= answers.keys()
    plan = make_plan(pack, event, answers, today, "fr")
    assert {item.id: item.status for item in plan.procedures}["gg.logis.conge"] is Status.MAYBE


# -- hostile files, in a process whose memory is measured --------------------------------------------------

BODY, PO_FILE, EVENT = "bodies.yaml", "locales/en.po", "events/logis.yaml"


def many(entry: bytes, times: int) -> bytes:
    return b"".join(entry % n for n in range(times))


def condition_begins(with_: bytes) -> bytes:
    return GOOD[EVENT].replace(b'"logement ==', b'"' + with_ + b"logement ==")


HOSTILE: dict[str, tuple[str, bytes]] = {
    "ten megabytes": (BODY, b"a" * 10_000_000),
    "nested ten thousand deep": (BODY, b"[\n" * 10_000),
    "nested by dashes": (BODY, b"".join(b" " * n + b"- \n" for n in range(1_000))),
    "billion laughs": (
        BODY,
        b"a: &a0 [x]\n" + b"".join(b"b%d: &a%d [*a%d]\n" % (n, n, n) for n in range(999)),
    ),
    "a circle of anchors": (BODY, b"a: &a [*a]"),
    "merge keys": (BODY, b"a: {name: A}\nb:\n  <<: *a\n"),
    "one value too many": (BODY, many(b"k%d: {name: a}\n", 34_000)),
    "empty lines": (BODY, b'a: "' + b"\n" * 500_000 + b'"'),
    "tabs": (BODY, b"mairie:\n\tname: A"),
    "two byte order marks": (BODY, b"\xef\xbb\xbf\xef\xbb\xbfmairie: {name: A}"),
    "sixteen bits": (BODY, "mairie: {name: A}".encode("utf-16")),
    "zeros": (BODY, b"\0" * 100_000),
    "half a pair": (BODY, b'mairie: {name: "\\ud800"}'),
    "a key twice": (BODY, b"mairie: {name: A}\nmairie: {name: B}"),
    "another YAML": (BODY, b"%YAML 1.1\n---\nmairie: {name: A}"),
    "a billion plurals": (
        PO_FILE,
        b'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1000000000; plural=0;\\n"\n\n'
        b'msgctxt "a"\nmsgid "b"\nmsgid_plural "c"\nmsgstr[0] "d"\n',
    ),
    "many strangers": (PO_FILE, many(b'msgctxt "k%d"\nmsgid "b"\nmsgstr "c"\n\n', 40_000)),
    "one long line": (PO_FILE, b'msgid "' + b"a" * 1_900_000),
    "a condition of brackets": (EVENT, condition_begins(b"(" * 900)),
    "a condition of nots": (EVENT, condition_begins(b"!" * 900 + b"parti || ")),
    "large factors": (
        EVENT,
        GOOD[EVENT].replace(b"loyer > 800", b"999999999999999 * " * 60 + b"loyer > 800"),
    ),
}
MEASURED = """
import pathlib, re, resource, sys
from kiosk.cli import main
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
for folder in sys.argv[1:]:
    code = main(["pack", "check", folder])
    # Not ru_maxrss: that of the process which started this one would count too.
    peak = re.search(r"VmHWM:\\s+([0-9]+)", pathlib.Path("/proc/self/status").read_text())[1]
    sys.stderr.write(f"END {code} {int(peak) // 1024}\\n")
"""
MOST_MEGABYTES = 200


def test_hostile_files_get_one_line_each_and_little_memory(tmp_path: Path) -> None:
    folders = []
    for n, (file, data) in enumerate(HOSTILE.values()):
        folders.append(str(write(tmp_path / str(n), {**GOOD, file: data})))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *folders], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    reports = done.stderr.split("END ")
    assert len(reports) == len(HOSTILE) + 1, done.stderr[-2_000:]
    said, ends = reports[0], []
    for name, report in zip(HOSTILE, reports[1:], strict=True):
        end, _, after = report.partition("\n")
        code, peak = map(int, end.split())
        ends.append((name, code, said, peak))
        said = after
    for name, code, words, peak in ends:
        assert code in (1, 2), name
        assert words.count("\n") == (code == 2), (name, words)
        assert peak < MOST_MEGABYTES, f"{name}: {peak} MB"


@pytest.mark.parametrize("name", ["bodies.yaml", "events/logis.yaml", "locales/en.po"])
def test_a_folder_a_pipe_or_a_broken_link_in_place_of_a_file_is_refused(tmp_path: Path, name: str) -> None:
    makes: list[Callable[[Path], None]] = [
        Path.mkdir,
        os.mkfifo,
        lambda path: path.symlink_to("nowhere"),
        lambda path: path.symlink_to("/etc/passwd"),
    ]
    for make in makes:
        folder = write(tmp_path / "pack", GOOD)
        (folder / name).unlink()
        make(folder / name)
        assert check(folder) == 2
