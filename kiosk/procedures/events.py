"""Reads one life event: its procedures with conditions, deadlines, papers, channels and sources."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from kiosk.procedures.concepts import Texts, read_source
from kiosk.procedures.counting import Counting, DeadlineKind, Reach, ReachesBack, Roll, Rule
from kiosk.procedures.deadlines import OPEN_HOURS
from kiosk.procedures.fields import CONFIDENCE, DOTTED_ID, LONGEST_TEXT, Fields, read_text
from kiosk.procedures.grammar import ConditionProblem, parse_condition
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.model import (
    Body,
    Channel,
    CompetentBody,
    Cost,
    Dated,
    Deadline,
    Document,
    Event,
    Output,
    Paper,
    Prior,
    Procedure,
    Question,
    QuestionType,
)
from kiosk.procedures.outcomes import Effort, settle
from kiosk.procedures.rules import RULES, check_counting, read_rule, spelled
from kiosk.procedures.tree import All, Expr
from kiosk.procedures.yaml_text import Mapping, Scalar, Yaml

EVENT_KEYS = "id title lead search icon tint sensitive neutral questions procedures"
PROCEDURE_KEYS = (
    "id title summary condition because not_because decides bodies every_body who deadlines documents gives "
    "after cost amount channels no_other_channel form form_confidence law official_page sensitive neutral "
    "sources confidence notes"
)
DEADLINE_KEYS = (
    "kind when from add before end_of_month_after nth_weekday_before next_year day_of_month counting roll "
    "text lost_if_late law confidence opens hour reaches_back"
)
Node = TypeVar("Node")
CHANNELS = ("desk", "post", "phone", "online")
MOST_PROCEDURES, MOST_QUESTIONS, MOST_DEADLINES = 200, 200, 20


@dataclass(frozen=True)
class Shared:
    """What an event may refer to, and where its texts go. ``checked`` stands in for today in the check."""

    pack: str
    questions: Map[str, Question]
    bodies: Map[str, Body]
    documents: Map[str, Document]
    parameters: Map[str, tuple[Dated, ...]]
    checked: date
    texts: Texts
    effort: Effort = field(default_factory=Effort)


def read_event(node: Mapping, slug: str, shared: Shared) -> Event:
    """The event of ``events/SLUG.yaml``. Raises PackError."""
    fields = Fields(node, f"event {slug}", EVENT_KEYS)
    name = fields.need_word("id")
    if name != f"{shared.pack}.{slug}":
        raise fields.at("id").error(
            f"the id of this event is {name!r}", f"{shared.pack}.{slug}, after the file's name"
        )
    for key in ("title", "lead"):
        shared.texts[f"event.{slug}.{key}"] = fields.text(key)
    fields.need("search")
    shared.texts[f"event.{slug}.search"] = ", ".join(fields.words("search"))
    read_neutral(fields, f"event.{slug}", shared.texts)
    order = _event_questions(fields, shared)
    reader = Procedures({name: shared.questions[name] for name in order}, name, shared)
    items = fields.items("procedures")
    if not 1 <= len(items) <= MOST_PROCEDURES or len(order) > MOST_QUESTIONS:
        raise fields.at("procedures").error(
            "the event has none or too much",
            f"1 to {MOST_PROCEDURES} procedures, at most {MOST_QUESTIONS} questions",
        )
    procedures = tuple(reader.read(item) for item in items)
    _check_order(procedures, fields)
    return Event(
        id=name,
        slug=slug,
        questions=order,
        procedures=procedures,
        icon=fields.need_word("icon"),
        tint=fields.word("tint"),
        sensitive=fields.flag("sensitive", False),
    )


def _event_questions(fields: Fields, shared: Shared) -> tuple[str, ...]:
    fields.need("questions")
    found = []
    for place, name in fields.placed_words("questions"):
        if name not in shared.questions:
            raise place.error(f"the pack has no question {name!r}", ", ".join(shared.questions))
        found.append(name)
    return tuple(found)


def read_neutral(fields: Fields, at: str, texts: Texts) -> None:
    """What a sensitive thing is called where others can read."""
    if "neutral" not in fields:
        return
    if not fields.flag("sensitive", False):
        raise fields.at("neutral").error(f"{fields.what} is not sensitive", "sensitive: true, or no neutral")
    texts[f"{at}.neutral"] = fields.text("neutral")


def knotted(waits: Map[Node, Set[Node]]) -> list[Node]:
    """What is left when all that waits for nothing left is taken away, over and over: circles, and what waits
    for them."""
    left = dict(waits)
    while ready := [name for name, others in left.items() if not others & left.keys()]:
        for name in ready:
            del left[name]
    return list(left)


def _check_order(procedures: tuple[Procedure, ...], fields: Fields) -> None:
    """Each ``after`` names another procedure of the event, and no procedure waits for itself."""
    waits = {one.id: {prior.id for prior in one.after} for one in procedures}
    for name, priors in waits.items():
        for prior in priors - waits.keys():
            raise fields.at("procedures").error(
                f"{name} comes after {prior!r}, which is no procedure of the event", ", ".join(waits)
            )
    left = knotted(waits)
    if left:
        raise fields.at("procedures").error(
            f"{', '.join(left)} wait for each other", "no circle of procedures that come after one another"
        )


class Procedures:
    """Reads the procedures of one event. ``event``: what their ids start with."""

    def __init__(self, questions: Map[str, Question], event: str, shared: Shared) -> None:
        self._questions = questions
        self._event = event
        self._shared = shared
        self._seen: set[str] = set()

    def read(self, node: Yaml) -> Procedure:
        fields = Fields(node, "procedure", PROCEDURE_KEYS)
        name = fields.identifier("id", DOTTED_ID)
        if not name.startswith(f"{self._event}.") or name in self._seen:
            raise fields.at("id").error(f"the procedure id {name!r}", f"{self._event}.NAME, each once")
        self._seen.add(name)
        fields.what = f"procedure {name}"
        self._texts(fields, name)
        condition = self._condition(fields, "condition", None)
        cost, amount = self._cost(fields, name), self._amount(fields, name)
        return Procedure(
            id=name,
            bodies=self._bodies(fields, condition),
            sources=tuple(read_source(item) for item in self._needed(fields, "sources")),
            confidence=fields.one_of("confidence", CONFIDENCE),
            condition=condition,
            deadlines=tuple(
                self._deadline(item, f"{name}.deadline.{n}", condition) for n, item in self._some(fields)
            ),
            documents=self._documents(fields, name, condition),
            cost=cost,
            amount=amount,
            channels=self._channels(fields, name),
            form=fields.word("form"),
            form_confidence=fields.one_of("form_confidence", CONFIDENCE, ""),
            law=fields.words("law"),
            official_page=fields.word("official_page"),
            sensitive=fields.flag("sensitive", False),
            every_body=fields.flag("every_body", False),
            gives=self._outputs(fields),
            after=self._priors(fields),
        )

    def _texts(self, fields: Fields, name: str) -> None:
        for key in ("title", "summary"):
            self._shared.texts[f"procedure.{name}.{key}"] = fields.text(key)
        for key in ("because", "not_because", "decides", "who", "no_other_channel"):
            self._text(fields, key, f"procedure.{name}.{key}")
        read_neutral(fields, f"procedure.{name}", self._shared.texts)
        if "notes" in fields:
            fields.text("notes")

    def _text(self, fields: Fields, key: str, at: str) -> None:
        node = fields.get(key)
        if node is not None:
            self._shared.texts[at] = read_text(node, f"{fields.what}, {key}", LONGEST_TEXT)

    @staticmethod
    def _needed(fields: Fields, key: str) -> list[Yaml]:
        found = fields.items(key)
        if not found:
            raise fields.at(key).error(f"{fields.what} lacks {key!r}", "one or more")
        return found

    @staticmethod
    def _some(fields: Fields) -> list[tuple[int, Yaml]]:
        found = list(enumerate(fields.items("deadlines")))
        if len(found) > MOST_DEADLINES:
            raise fields.at("deadlines").error(
                f"{fields.what} has too many deadlines", f"at most {MOST_DEADLINES}"
            )
        return found

    def _condition(self, fields: Fields, key: str, outer: Expr | None) -> Expr | None:
        node = fields.get(key)
        if node is None:
            return None
        text = node.value if isinstance(node, Scalar) else None
        if isinstance(text, bool):
            text = str(text).lower()
        if not isinstance(text, str):
            raise node.place.error(f"{fields.what}, {key} must be a condition", "a text in quotes")
        try:
            tree = parse_condition(text, self._questions, self._shared.questions)
            whole = tree if outer is None else All((outer, tree))
            settle(whole, {}, self._shared.questions, self._shared.checked, self._shared.effort)
        except ConditionProblem as problem:
            raise node.place.error_inside(problem.offset, problem.problem, problem.allowed) from None
        except TooManyCases:
            raise node.place.error(
                "the condition has too many cases", "fewer questions or values in it"
            ) from None
        return tree

    def _bodies(self, fields: Fields, condition: Expr | None) -> tuple[CompetentBody, ...]:
        self._needed(fields, "bodies")
        found: list[CompetentBody] = []
        for item in self._entries(fields, "bodies", "id when"):
            name = self._known(item, self._shared.bodies, "bodies.yaml")
            if any(name == other.id for other in found):
                raise item.at("id").error(f"{name!r} stands twice in bodies", "each once")
            found.append(CompetentBody(name, self._condition(item, "when", condition)))
        return tuple(found)

    def _outputs(self, fields: Fields) -> tuple[Output, ...]:
        return tuple(
            Output(self._known(item, self._shared.documents, "documents.yaml"), item.flag("later", False))
            for item in self._entries(fields, "gives", "id later")
        )

    def _priors(self, fields: Fields) -> tuple[Prior, ...]:
        return tuple(
            Prior(item.identifier("id", DOTTED_ID), item.flag("later", False))
            for item in self._entries(fields, "after", "id later")
        )

    @staticmethod
    def _entries(fields: Fields, key: str, known: str) -> list[Fields]:
        """The items of a list of ids, each of which may be a mapping with an id and more."""
        return [
            Fields(
                Mapping(node.place, {"id": node}, {"id": node.place}) if isinstance(node, Scalar) else node,
                f"{fields.what}, {key}",
                known,
            )
            for node in fields.items(key)
        ]

    @staticmethod
    def _known(fields: Fields, table: Map[str, object], file: str) -> str:
        name = fields.need_word("id")
        if name not in table:
            raise fields.at("id").error(f"{file} has no {name!r}", ", ".join(table))
        return name

    def _documents(self, fields: Fields, name: str, condition: Expr | None) -> tuple[Paper, ...]:
        found = []
        for n, item in enumerate(self._entries(fields, "documents", "id copies when note shown")):
            self._text(item, "note", f"procedure.{name}.document.{n}.note")
            found.append(
                Paper(
                    id=self._known(item, self._shared.documents, "documents.yaml"),
                    copies=item.whole("copies", 1, 99, 1),
                    when=self._condition(item, "when", condition),
                    shown=item.flag("shown", False),
                )
            )
        return tuple(found)

    def _cost(self, fields: Fields, name: str) -> Cost | None:
        node = fields.get("cost")
        if node is None:
            return None
        cost = Fields(node, f"cost of {name}", "amount currency text confidence")
        confidence = cost.one_of("confidence", CONFIDENCE, "")
        self._text(cost, "text", f"procedure.{name}.cost")
        if "amount" in cost:
            return Cost(cost.amount("amount"), cost.need_word("currency"), confidence)
        cost.text("text")
        return Cost(None, "", confidence)

    def _amount(self, fields: Fields, name: str) -> str:
        node = fields.get("amount")
        if node is None:
            return ""
        amount = Fields(node, f"amount of {name}", "parameter text")
        parameter = amount.need_word("parameter")
        if parameter not in self._shared.parameters:
            raise amount.at("parameter").error(
                f"parameters.yaml has no {parameter!r}", ", ".join(self._shared.parameters)
            )
        self._text(amount, "text", f"procedure.{name}.amount")
        return parameter

    def _channels(self, fields: Fields, name: str) -> tuple[Channel, ...]:
        found = []
        for n, node in enumerate(fields.items("channels")):
            channel = Fields(node, f"channel of {name}", "kind text url phone")
            self._text(channel, "text", f"procedure.{name}.channel.{n}.text")
            if not {"text", "url", "phone"} & set(channel.node.items):
                raise channel.place.error("the channel says nothing", "text, url or phone")
            found.append(Channel(channel.one_of("kind", CHANNELS), channel.url("url"), channel.word("phone")))
        return tuple(found)

    def _deadline(self, node: Yaml, key: str, condition: Expr | None) -> Deadline:
        fields = Fields(node, "deadline", DEADLINE_KEYS)
        self._shared.texts[f"procedure.{key}.text"] = fields.text("text")
        self._text(fields, "lost_if_late", f"procedure.{key}.lost_if_late")
        when = self._condition(fields, "when", condition)
        anchor = self._anchor(fields)
        rule = read_rule(fields)
        if (rule is None) != (not anchor):
            raise fields.place.error(
                "the deadline has from without a rule, or a rule without from", ", ".join(RULES)
            )
        counting = fields.enum("counting", Counting, Counting.DAY_AFTER)
        roll = fields.enum("roll", Roll, Roll.NONE) if "roll" in fields else Roll.NONE
        check_counting(fields, rule, counting)
        return Deadline(
            kind=fields.enum("kind", DeadlineKind),
            when=when,
            anchor=anchor,
            rule=rule,
            counting=counting,
            roll=roll,
            spelled=spelled(fields, anchor, counting, roll) if rule else "",
            law=fields.words("law"),
            confidence=fields.one_of("confidence", CONFIDENCE, ""),
            opens=self._opens(fields, anchor),
            hour=self._hour(fields, counting),
            reaches_back=self._reaches_back(fields, anchor),
        )

    @staticmethod
    def _opens(fields: Fields, anchor: str) -> Rule | None:
        if "opens" not in fields:
            return None
        rule = read_rule(Fields(fields.need("opens"), "opens", " ".join(RULES)))
        if rule is None or not anchor:
            raise fields.at("opens").error("a window opens by a rule, from the same day", ", ".join(RULES))
        return rule

    def _hour(self, fields: Fields, counting: Counting) -> str:
        name = fields.word("hour")
        question = self._questions.get(name)
        if name and (
            counting not in OPEN_HOURS
            or question is None
            or (question.type, question.minimum, question.maximum) != (QuestionType.NUMBER, 0, 23)
        ):
            raise fields.at("hour").error(
                f"{name!r} gives no hour to this rule", "counting: open_hours, and a number from 0 to 23"
            )
        return name

    @staticmethod
    def _reaches_back(fields: Fields, anchor: str) -> ReachesBack | None:
        if "reaches_back" not in fields:
            return None
        inner = Fields(fields.need("reaches_back"), "reaches_back", "months by")
        if not anchor:
            raise fields.at("reaches_back").error("nothing to reach back to", "from: a date question")
        return ReachesBack(inner.whole("months", 0, 120), inner.enum("by", Reach, Reach.CALENDAR))

    def _anchor(self, fields: Fields) -> str:
        name = fields.word("from")
        question = self._questions.get(name)
        if name and name != "today" and (question is None or question.type is not QuestionType.DATE):
            dates = [q.id for q in self._questions.values() if q.type is QuestionType.DATE]
            raise fields.at("from").error(f"{name!r} is no date of this event", ", ".join(["today", *dates]))
        return name
