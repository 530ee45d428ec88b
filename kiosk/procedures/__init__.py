"""Packs, interview and plan: procedures as data, and pure functions of (pack, event, answers, today)."""

from __future__ import annotations

from kiosk.procedures.answers import dump_answer, dump_answers, parse_answer, parse_answers
from kiosk.procedures.answers_file import read_answers
from kiosk.procedures.changes import (
    Fate,
    Fated,
    PackChange,
    Reason,
    change_words,
    classify_change,
    without_earlier,
)
from kiosk.procedures.counting import DeadlineKind
from kiosk.procedures.data_use import DataUse, data_use
from kiosk.procedures.errors import AnswerError, AnswersFileError, EventNotFound, PackError, PackNotFound
from kiosk.procedures.forms import plan_to_json, question_to_json
from kiosk.procedures.interview import (
    Answers,
    known_already,
    next_question,
    outcome_questions,
    relevant_answers,
)
from kiosk.procedures.library import find_pack, is_compiled, load_compiled, load_pack
from kiosk.procedures.model import Event, EventHead, Option, Pack, Question, QuestionType
from kiosk.procedures.neutral import neutral_procedure, shown_event
from kiosk.procedures.plan import make_plan
from kiosk.procedures.plan_values import (
    Errands,
    Office,
    Plan,
    PlanChannel,
    PlanDeadline,
    PlanDocument,
    PlanItem,
    PlanSource,
    Status,
    Sum,
    Trip,
    TripPaper,
)
from kiosk.procedures.reasons import Outcome, Purpose, answer_words, explain_outcome, explain_question
from kiosk.procedures.values import Address, AnswerValue, Member, Name, PartialDate

__all__ = [
    "Address",
    "AnswerError",
    "AnswerValue",
    "Answers",
    "AnswersFileError",
    "DataUse",
    "DeadlineKind",
    "Errands",
    "Event",
    "EventHead",
    "EventNotFound",
    "Fate",
    "Fated",
    "Member",
    "Name",
    "Office",
    "Option",
    "Outcome",
    "Pack",
    "PackChange",
    "PackError",
    "PackNotFound",
    "PartialDate",
    "Plan",
    "PlanChannel",
    "PlanDeadline",
    "PlanDocument",
    "PlanItem",
    "PlanSource",
    "Purpose",
    "Question",
    "QuestionType",
    "Reason",
    "Status",
    "Sum",
    "Trip",
    "TripPaper",
    "answer_words",
    "change_words",
    "classify_change",
    "data_use",
    "dump_answer",
    "dump_answers",
    "explain_outcome",
    "explain_question",
    "find_pack",
    "is_compiled",
    "known_already",
    "load_compiled",
    "load_pack",
    "make_plan",
    "neutral_procedure",
    "next_question",
    "outcome_questions",
    "parse_answer",
    "parse_answers",
    "plan_to_json",
    "question_to_json",
    "read_answers",
    "relevant_answers",
    "shown_event",
    "without_earlier",
]
