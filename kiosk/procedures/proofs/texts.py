"""Checks of the words: same meaning in every language, easy texts, plain sentences, no "done"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any as Anything

from kiosk.procedures.model import Pack
from kiosk.procedures.proofs import words
from kiosk.procedures.proofs.findings import Finding, Severity
from kiosk.procedures.proofs.places import Places

TELLING = ("procedure.", "event.")
"""What tells a person what to do; questions ask what is done, papers say when they are needed."""
NOT_SENTENCES = ("search", "address", "hours", "phone")
"""Last parts of keys whose texts are no sentences."""


def check_texts(pack: Pack, places: Places) -> Iterator[Finding]:
    """Everything about texts, source first, then each translation."""
    lang = pack.source_lang
    for key, text in pack.texts[lang].items():
        yield from _plain(key, text, lang, places.of(key))
    for question in pack.questions.values():
        key = f"question.{question.id}.easy"
        if not pack.has_text(key, lang):
            problem = f"{question.id} has no easy text"
            yield _found(
                "easy-missing",
                places.of(key),
                problem,
                {"text": pack.text(f"question.{question.id}.text", lang)},
            )
    for flaw in pack.flaws:
        kind = next((k for k in ("stale", "fuzzy") if f" is {k}" in flaw.problem), "")
        rule = f"translation-{kind}" if kind else "translation"
        yield _found(rule, (flaw.file, flaw.line), flaw.problem, {"entry": flaw.problem.partition(" ")[0]})
    for other in pack.languages[1:]:
        yield from _translation(pack, other, places)


def _found(
    rule: str, place: tuple[str, int], problem: str, witness: dict[str, Anything], warning: bool = False
) -> Finding:
    severity = Severity.WARNING if warning else Severity.ERROR
    return Finding(rule, severity, place[0], place[1], problem, witness)


def _plain(key: str, text: str, lang: str, place: tuple[str, int]) -> Iterator[Finding]:
    if key.endswith(NOT_SENTENCES):
        return
    for sentence in words.long_sentences(text):
        count = len(sentence.split())
        yield _found(
            "sentence-long", place, f"{key}: a sentence of {count} words", {"text": sentence}, warning=True
        )
    hard = words.hard_words(text, lang)
    if hard:
        advice = ", ".join(f"{word} → {plain}" for word, plain in hard.items())
        yield _found("word-hard", place, f"{key}: {advice}", {"words": hard}, warning=True)
    claim = words.claim_of_done(text, lang) if key.startswith(TELLING) else ""
    if claim and not key.endswith(("not_because", "decides", "because")):
        yield _found("done-claim", place, f"{key} says that an act is done: {claim!r}", {"text": text})


def _translation(pack: Pack, lang: str, places: Places) -> Iterator[Finding]:
    flawed = {
        flaw.problem.partition(" ")[0] for flaw in pack.flaws if flaw.file.endswith(f"locales/{lang}.po")
    }
    local = pack.local_texts
    for key, text in pack.texts[pack.source_lang].items():
        if not pack.has_text(key, lang):
            if key not in flawed and not (key in local and key.endswith(".address")):
                problem = f"{key} has no text in {lang}"
                yield _found(
                    "translation-missing", places.of(key), problem, {"text": text}, warning=key in local
                )
            continue
        translated = pack.text(key, lang)
        place = places.of(f"{lang}:{key}")
        yield from _plain(key, translated, lang, place)
        if not key.endswith(NOT_SENTENCES):
            yield from _alike(key, (text, pack.source_lang), (translated, lang), place)


def _alike(
    key: str, source: tuple[str, str], other: tuple[str, str], place: tuple[str, int]
) -> Iterator[Finding]:
    """Numbers, dates and negations of a text and its translation."""
    witness: dict[str, Anything] = {source[1]: source[0], other[1]: other[0]}
    lost = _only_in(source, other), _only_in(other, source)
    if any(lost):
        differ = [format(number, "f") for number in sorted(lost[0] | lost[1])]
        problem = f"{key}: {', '.join(differ)} stands in one language only"
        yield _found("numbers-differ", place, problem, witness | {"numbers": differ})
    days, others = words.dates(*source), words.dates(*other)
    if days is not None and others is not None and days != others:
        differ = [f"{month:02}-{day:02}" for day, month in sorted(days ^ others)]
        yield _found(
            "dates-differ",
            place,
            f"{key}: {', '.join(differ)} in one language only",
            witness | {"days": differ},
        )
    for one, two in ((source, other), (other, source)):
        if words.denies(*one, strongly=True) and words.denies(*two) is False:
            yield _found("negation-differs", place, f"{key}: only the {one[1]} text says no", witness)


def _only_in(one: tuple[str, str], other: tuple[str, str]) -> set[Anything]:
    """Numbers in digits of one text that the other has neither in digits nor in words."""
    return words.numbers(*one) - words.numbers(*other) - words.spelled_numbers(*other)
