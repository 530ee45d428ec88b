"""The published JSON forms (docs/schemas): the question that ``kiosk ask`` prints, and the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any as Anything

from kiosk.procedures.bounds import bounds
from kiosk.procedures.data_use import data_use
from kiosk.procedures.model import Pack, Question
from kiosk.procedures.plan_values import (
    Errands,
    Office,
    Plan,
    PlanDeadline,
    PlanItem,
    Sum,
    TripPaper,
)


def question_to_json(
    pack: Pack, question: Question, lang: str, today: date, purpose: str
) -> dict[str, Anything]:
    """``question`` of the contract; ``questions`` for groups only, ``options`` empty but for choices.
    ``purpose``: why it is asked, where the pack does not say so itself."""
    at = f"question.{question.id}"
    low, high = (_bound(end) for end in bounds(question, today))
    found: dict[str, Anything] = {
        "id": question.id,
        "type": question.type.value,
        "text": pack.text(f"{at}.text", lang),
        "easy": pack.text(f"{at}.easy", lang) or None,
        "why": pack.text(f"{at}.why", lang) or purpose,
        "options": [
            {"value": value, "text": pack.text(f"option.{question.id}.{value}.text", lang)}
            for value in question.values
        ],
        "unknown_allowed": question.unknown_allowed,
        "min": low,
        "max": high,
        "about": [
            {"value": value, "text": pack.text(f"{at}.about.{n}.text", lang)}
            for n, value in enumerate(question.about)
        ],
        "valid": [pack.text(f"{at}.valid.{n}.say", lang) for n in range(len(question.valid))],
        "data": _data_use(pack, question, lang),
        "from_card": question.from_card or None,
    }
    if question.questions:
        found["questions"] = [
            question_to_json(pack, pack.questions[n], lang, today, purpose) for n in question.questions
        ]
    return found


def _data_use(pack: Pack, question: Question, lang: str) -> dict[str, str | None]:
    use = data_use(pack, question, lang)
    return {
        "purpose": use.purpose or None,
        "basis": use.basis.value if use.basis else None,
        "kept": use.kept or None,
        "recipients": use.recipients or None,
    }


def plan_to_json(plan: Plan) -> dict[str, Anything]:
    """``plan`` of the contract, with the fields beside it that fronts use."""
    return {
        "pack": plan.pack,
        "pack_version": plan.pack_version,
        "pack_hash": plan.pack_hash,
        "checked": plan.checked.isoformat(),
        "event": plan.event.replace(".", "/", 1),
        "title": plan.title,
        "today": plan.today.isoformat(),
        "lang": plan.lang,
        "procedures": [_item(item) for item in plan.procedures],
        "errands": _errands(plan.errands),
    }


def _bound(end: int | Decimal | date | None) -> int | str | None:
    if isinstance(end, Decimal):
        return format(end, "f")
    return end.isoformat() if isinstance(end, date) else end


def _item(item: PlanItem) -> dict[str, Anything]:
    marks = {"local": item.local, "every_office": item.every_office}
    return {key: True for key, holds in marks.items() if holds} | {
        "id": item.id,
        "title": item.title,
        "summary": item.summary,
        "status": item.status.value,
        "because": item.because,
        "decides": item.decides or None,
        "deadline": _deadline(item.deadline) if item.deadline else None,
        "other_deadlines": [_deadline(deadline) for deadline in item.other_deadlines],
        "documents": [
            {
                "id": paper.id,
                "title": paper.title,
                "copies": paper.copies,
                "note": paper.note or None,
                "certain": paper.certain,
                "shown": paper.shown,
            }
            for paper in item.documents
        ],
        "office": _office(item.office) if item.office else None,
        "other_offices": [_office(office) for office in item.other_offices],
        "cost": _sum(item.cost),
        "cost_text": item.cost_text or None,
        "amount": _sum(item.amount),
        "amount_text": item.amount_text or None,
        "who": item.who or None,
        "channels": [
            {"kind": way.kind, "text": way.text or None, "url": way.url or None, "phone": way.phone or None}
            for way in item.channels
        ],
        "no_other_channel": item.no_other_channel or None,
        "form": item.form or None,
        "law": list(item.law),
        "sources": [
            {"url": source.url or None, "title": source.title or None, "checked": source.checked.isoformat()}
            for source in item.sources
        ],
        "confidence": item.confidence,
        "sensitive": item.sensitive,
    }


def _errands(errands: Errands) -> dict[str, Anything]:
    return {
        "trips": [
            {
                "office": _office(trip.office),
                "procedures": list(trip.procedures),
                "by": trip.by.isoformat() if trip.by else None,
                "bring": [
                    _counted(paper) | {"certain": paper.certain, "shown": paper.shown} for paper in trip.bring
                ],
                "get": [_counted(paper) | {"later": paper.later} for paper in trip.get],
            }
            for trip in errands.trips
        ],
        "from_home": list(errands.from_home),
        "first": list(errands.first),
        "papers": [_counted(paper) | {"later": paper.later} for paper in errands.papers],
    }


def _counted(paper: TripPaper) -> dict[str, Anything]:
    return {"id": paper.id, "title": paper.title, "copies": paper.copies}


def _deadline(deadline: PlanDeadline) -> dict[str, Anything]:
    return {
        "date": deadline.date.isoformat() if deadline.date else None,
        "earliest": deadline.earliest,
        "at": deadline.at.isoformat() if deadline.at else None,
        "precision": deadline.precision,
        "text": deadline.text,
        "kind": deadline.kind.value,
        "rule": deadline.rule or None,
        "lost_if_late": deadline.lost_if_late or None,
        "passed": deadline.passed,
        "certain": deadline.certain,
        "law": list(deadline.law),
        "confidence": deadline.confidence,
        "opens": deadline.opens.isoformat() if deadline.opens else None,
        "paid_from": deadline.paid_from.isoformat() if deadline.paid_from else None,
    }


def _office(office: Office) -> dict[str, Anything]:
    return {
        "id": office.id,
        "name": office.name,
        "address": office.address or None,
        "hours": office.hours or None,
        "phone": office.phone or None,
        "url": office.url or None,
        "note": office.note or None,
    }


def _sum(value: Sum | None) -> dict[str, str] | None:
    return {"amount": format(value.amount, "f"), "currency": value.currency} if value else None
