"""Everything that ``kiosk pack check`` finds in a pack that loads."""

from __future__ import annotations

import time
from collections.abc import Iterator
from collections.abc import Sequence as Several
from datetime import date
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import Any as Anything

import msgspec

from kiosk.procedures.errors import inside
from kiosk.procedures.library import hash_of, named, read_sources
from kiosk.procedures.loader import build_pack
from kiosk.procedures.model import Pack
from kiosk.procedures.overlay import compose
from kiosk.procedures.proofs.asking import check_asking
from kiosk.procedures.proofs.findings import Finding, Severity
from kiosk.procedures.proofs.longest import Longest, longest_interview
from kiosk.procedures.proofs.places import Places
from kiosk.procedures.proofs.sources import check_sources
from kiosk.procedures.proofs.texts import check_texts
from kiosk.procedures.yaml_text import Mapping, Scalar, Sequence, read_yaml

PATIENCE = 25
"""Questions in one visit; beyond, people leave."""
MOST_FINDINGS = 5_000


class Report(msgspec.Struct, frozen=True):
    """What was found on ``today``. ``proved``: False without z3: then nothing was proved."""

    pack: Pack
    today: date
    findings: tuple[Finding, ...]
    longest: dict[str, Longest]
    proved: bool

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the pack."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def counts(self) -> dict[str, int]:
        """How much the pack holds."""
        pack = self.pack
        return {
            "events": len(pack.events),
            "procedures": sum(len(event.procedures) for event in pack.events.values()),
            "questions": len(pack.questions),
            "texts": len(pack.texts[pack.source_lang]),
            "languages": len(pack.languages),
        }

    def certificate(self) -> dict[str, Anything] | None:
        """What a clean and proved pack may carry; None for any other."""
        if self.errors or not self.proved:
            return None
        return {
            "schema": "pack-certificate/1",
            "pack": self.pack.id,
            "version": self.pack.version,
            "sha256": self.pack.hash,
            "overlays": [
                {"id": overlay.id, "version": overlay.version, "sha256": overlay.hash}
                for overlay in self.pack.overlays
            ],
            "date": self.today.isoformat(),
            "counts": self.counts,
            "warnings": len(self.findings),
            "longest_interview": {name: found.questions for name, found in self.longest.items()},
        }


def check_folder(folder: Path, today: date, overlays: Several[Path] = ()) -> Report:
    """The report on the pack in ``folder``, with the overlays over it. Raises PackError, UnknownNode,
    ProofFailed."""
    sources = read_sources(folder)
    pack = build_pack(sources, hash_of(sources))
    over: dict[str, dict[str, bytes]] = {}
    for name, overlay in named(overlays).items():
        with inside(name):
            over[name] = read_sources(overlay)
        pack = compose(pack, over[name], hash_of(over[name]), name)
    places = Places(sources, over)
    longest = {event.id: longest_interview(pack, event, today) for event in pack.events.values()}
    listed = _may_apply(sources)
    proved = find_spec("z3") is not None
    found = chain(
        _listed(pack, listed, places),
        _lengths(pack, longest, places),
        _proofs(pack, places, today, listed) if proved else (),
        check_asking(pack, places, today),
        check_sources(pack, places, today),
        check_texts(pack, places),
    )
    first = list(islice(found, MOST_FINDINGS))
    if next(found, None) is not None:
        problem = f"more than {MOST_FINDINGS} findings: these first"
        first.append(Finding("too-many", Severity.ERROR, "pack.yaml", 1, problem, {}))
    return Report(pack, today, tuple(sorted(first, key=_place)), longest, proved)


def _place(finding: Finding) -> tuple[bool, str, int, str]:
    return finding.severity is not Severity.ERROR, finding.file, finding.line, finding.rule


def _proofs(pack: Pack, places: Places, today: date, listed: frozenset[str]) -> Iterator[Finding]:
    from kiosk.procedures.proofs.outcomes import prove_event
    from kiosk.procedures.proofs.prover import PATIENCE_S

    until = time.monotonic() + PATIENCE_S
    for event in pack.events.values():
        yield from prove_event(pack, event, places, today, listed, until)
    yield from _unread(pack, places)


def _unread(pack: Pack, places: Places) -> Iterator[Finding]:
    """A question, a body or a paper that no event uses."""
    events = pack.events.values()
    procedures = [procedure for event in events for procedure in event.procedures]
    inner = {name for question in pack.questions.values() for name in question.questions}
    used = {f"question.{name}" for event in events for name in event.questions}
    used |= {f"question.{name}" for name in inner}
    used |= {f"body.{body.id}" for procedure in procedures for body in procedure.bodies}
    used |= {f"body.{body}" for document in pack.documents.values() for body in document.given_by}
    used |= {f"document.{paper.id}" for procedure in procedures for paper in procedure.documents}
    used |= {f"document.{paper.id}" for procedure in procedures for paper in procedure.gives}
    have = [f"question.{name}" for name in pack.questions] + [f"body.{name}" for name in pack.bodies]
    for key in [*have, *(f"document.{name}" for name in pack.documents)]:
        if key not in used:
            file, line = places.of(key)
            yield Finding("not-used", Severity.WARNING, file, line, f"{key}: no event uses it", {"key": key})


def _may_apply(sources: dict[str, bytes]) -> frozenset[str]:
    """Procedures that the pack lists as ones that may stay open."""
    head: Mapping = read_yaml(sources["pack.yaml"].decode("utf-8-sig"), "pack.yaml")
    node = head.items.get("may_apply")
    items = node.items if isinstance(node, Sequence) else []
    return frozenset(item.written for item in items if isinstance(item, Scalar))


def _listed(pack: Pack, listed: frozenset[str], places: Places) -> Iterator[Finding]:
    known = {procedure.id for event in pack.events.values() for procedure in event.procedures}
    for name in sorted(listed - known):
        file, line = places.of("pack.may_apply")
        problem = f"may_apply lists {name!r}, which is no procedure"
        yield Finding("may-apply-unknown", Severity.ERROR, file, line, problem, {"procedure": name})


def _lengths(pack: Pack, longest: dict[str, Longest], places: Places) -> Iterator[Finding]:
    for event in pack.events.values():
        found = longest[event.id]
        if found.questions > PATIENCE:
            file, line = places.of(f"event.{event.slug}.questions")
            words = "" if found.exact else "up to "
            problem = f"{event.id}: an interview can take {words}{found.questions} questions"
            yield Finding("interview-long", Severity.WARNING, file, line, problem, {"path": list(found.path)})
