"""What an editor should mend in a pack that loads. ``kiosk pack check`` prints it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kiosk.procedures.model import Event, Pack, Procedure


class Finding(msgspec.Struct, frozen=True):
    """One problem. ``line`` 0 = the whole file; ``rule`` names the check."""

    rule: str
    file: str
    line: int
    problem: str


def check_pack(pack: Pack) -> tuple[Finding, ...]:
    """Everything found, in order of events and procedures; empty for a clean pack."""
    return tuple(_findings(pack))


def _findings(pack: Pack) -> Iterator[Finding]:
    for event in pack.events.values():
        for procedure in event.procedures:
            yield from _procedure(pack, event, procedure)
        yield from _unused(event)
    yield from _translations(pack)


def _file(event: Event) -> str:
    return f"events/{event.slug}.yaml"


def _procedure(pack: Pack, event: Event, procedure: Procedure) -> Iterator[Finding]:
    def found(rule: str, problem: str) -> Finding:
        return Finding(rule, _file(event), 0, f"{procedure.id}: {problem}")

    at = f"procedure.{procedure.id}"
    if not procedure.channels:
        yield found("channel-missing", "no way to do it is given")
    elif all(way.kind == "online" for way in procedure.channels) and not pack.has_text(
        f"{at}.no_other_channel", pack.source_lang
    ):
        yield found("online-only", "online is the only way; a sourced no_other_channel is needed")
    if procedure.condition is not None:
        for key in ("because", "not_because", "decides"):
            if not pack.has_text(f"{at}.{key}", pack.source_lang):
                yield found("reason-missing", f"it has a condition but no {key}")
    late = [source for source in procedure.sources if source.checked > pack.checked]
    if late:
        yield found(
            "source-date", f"a source was checked on {late[0].checked}, after the pack ({pack.checked})"
        )


def _unused(event: Event) -> Iterator[Finding]:
    """A question that nothing reads would never be asked."""
    from kiosk.procedures.tree import questions_in

    used: set[str] = set()
    for procedure in event.procedures:
        used |= {deadline.anchor for deadline in procedure.deadlines}
        trees = [
            procedure.condition,
            *(d.when for d in procedure.deadlines),
            *(d.when for d in procedure.documents),
        ]
        used |= {name for tree in trees if tree is not None for name in questions_in(tree)}
    for name in event.questions:
        if name not in used:
            yield Finding("question-unused", _file(event), 0, f"{name}: no procedure of the event reads it")


def _translations(pack: Pack) -> Iterator[Finding]:
    for flaw in pack.flaws:
        yield Finding("translation", flaw.file, flaw.line, flaw.problem)
    source = pack.texts[pack.source_lang]
    for lang in pack.languages[1:]:
        for key in source:
            if not pack.has_text(key, lang):
                yield Finding("translation-missing", f"locales/{lang}.po", 0, key)
