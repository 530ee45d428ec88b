"""What becomes of an answer (GDPR article 13): the question's own words, else those of the pack."""

from __future__ import annotations

import msgspec

from kiosk.procedures.model import LegalBasis, Pack, Question


class DataUse(msgspec.Struct, frozen=True):
    """What the answer is for, on which basis, how long it is kept, who receives it; empty = not said."""

    purpose: str
    basis: LegalBasis | None
    kept: str
    recipients: str


def data_use(pack: Pack, question: Question, lang: str) -> DataUse:
    """The data use of a question in ``lang``. An older pack may say nothing of it."""

    def text(key: str) -> str:
        own = pack.text(f"question.{question.id}.data.{key}", lang)
        return own or pack.text(f"pack.data.{key}", lang)

    return DataUse(text("purpose"), question.basis or pack.basis, text("kept"), text("recipients"))
