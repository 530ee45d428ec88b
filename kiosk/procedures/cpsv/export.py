"""Turns a pack into CPSV-AP 3.2 JSON-LD: a flat graph of nodes, in an order that the pack alone decides.

What has confidence D was remembered, not read at its source: a procedure, a rule, a cost or an article of law
with it is left out, because the vocabulary has no way to say "to be checked".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any as Anything

import msgspec

from kiosk.procedures.cpsv.codes import country_address, currency_address, language_address
from kiosk.procedures.model import Deadline, Event, Pack, Procedure
from kiosk.procedures.plan import UNSURE
from kiosk.procedures.tree import questions_in
from kiosk.resources import asset

Node = dict[str, Anything]

OWN_TERMS = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "notation": "skos:notation",
    "phone": "http://data.europa.eu/m8g/telephone",
    "page": {"@id": "http://xmlns.com/foaf/0.1/page", "@type": "@id"},
    "source": {"@id": "http://purl.org/dc/terms/source", "@type": "@id"},
    "title": "http://purl.org/dc/terms/title",
}
"""Terms that the published context lacks."""
DOUBLE = "http://www.w3.org/2001/XMLSchema#double"


class Export(msgspec.Struct, frozen=True):
    """``document``: the JSON-LD. ``services``: how many. ``left_out``: what has confidence D, by its key."""

    document: Node
    services: int
    left_out: tuple[str, ...]


def dump_export(export: Export) -> str:
    """The document as text: the same pack gives the same bytes."""
    return json.dumps(export.document, ensure_ascii=False, indent=1) + "\n"


def export_pack(pack: Pack, events: Iterable[Event], base: str = "") -> Export:
    """The events of ``pack`` as JSON-LD. ``base``: what the addresses of the pack's own things begin with."""
    own = "+".join([pack.id, *(overlay.id for overlay in pack.overlays)])  # a town's offices are no other's
    graph = _Graph(pack, base or f"urn:life-event-kiosk:{own}:")
    for event in events:
        graph.event(event)
    context = json.loads(asset("cpsv-ap", "context.jsonld").read_text("utf-8"))["@context"]
    document = {"@context": {**context, **OWN_TERMS}, "@graph": list(graph.nodes.values())}
    return Export(document, graph.services, tuple(graph.left_out))


class _Graph:
    """Collects the nodes of one export by address; a node that several services share stands once."""

    def __init__(self, pack: Pack, base: str) -> None:
        self.nodes: dict[str, Node] = {}
        self.services = 0
        self.left_out: list[str] = []
        self._pack = pack
        self._base = base
        self._exported: set[str] = set()

    # -- nodes

    def _put(self, kind: str | list[str], name: str, fields: Mapping[str, Anything]) -> str:
        """Adds a node unless it is there. ``name``: an address, or what follows the base. Empty fields and
        fields of None are dropped."""
        address = name if "://" in name else self._base + name
        if address not in self.nodes:
            kept = {key: value for key, value in fields.items() if value not in (None, [], "")}
            self.nodes[address] = {"@id": address, "@type": kind, **kept}
        return address

    def _words(self, key: str) -> list[Node]:
        """The text in each language that has it."""
        return [
            {"@value": texts[key], "@language": lang}
            for lang, texts in self._pack.texts.items()
            if key in texts
        ]

    def _code(self, table: str, value: str) -> str:
        """A value of a list of ours, as a concept."""
        return self._put("Concept", f"{table}/{value}", {"notation": value})

    def _location(self) -> str:
        return self._put("Location", country_address(self._pack.country, self._base), {})

    # -- events and services

    def event(self, event: Event) -> None:
        key = f"event.{event.slug}"
        sure = [procedure for procedure in event.procedures if procedure.confidence != UNSURE]
        self.left_out += [f"procedure.{p.id}" for p in event.procedures if p.confidence == UNSURE]
        self._exported = {procedure.id for procedure in sure}
        address = self._put(
            ["Event", "LifeEvent"],
            f"event/{event.id}",
            {
                "Event.identifier": event.id,
                "Event.name": self._words(f"{key}.title"),
                "Event.description": self._words(f"{key}.lead"),
                "Event.hasRelatedService": [f"{self._base}service/{procedure.id}" for procedure in sure],
            },
        )
        for procedure in sure:
            self._service(procedure, address, f"{key}.search")

    def _service(self, procedure: Procedure, event: str, search: str) -> None:
        self.services += 1
        pack, key, at = self._pack, f"procedure.{procedure.id}", f"service/{procedure.id}"
        bodies = [self._body(body.id) for body in procedure.bodies]
        evidences = list(dict.fromkeys(self._evidence(paper.id) for paper in procedure.documents))
        language = self._put("LinguisticSystem", language_address(pack.source_lang, self._base), {})
        sources = dict.fromkeys(source.url for source in procedure.sources if source.url)
        fields = {
            "PublicService.identifier": procedure.id,
            "PublicService.name": self._words(f"{key}.title"),
            "PublicService.description": self._words(f"{key}.summary"),
            "PublicService.keyword": self._keywords(search),
            "PublicService.language": [language],
            "PublicService.spatial": [self._location()],
            "PublicService.isGroupedBy": [event],
            "PublicService.hasCompetentAuthority": bodies,
            "PublicService.contactPoint": self._contacts(procedure),
            "PublicService.hasInput": evidences,
            "PublicService.produces": [self._output(output.id) for output in procedure.gives],
            "PublicService.requires": [
                f"{self._base}service/{prior.id}" for prior in procedure.after if prior.id in self._exported
            ],
            "PublicService.holdsRequirement": self._requirement(procedure, evidences),
            "PublicService.follows": self._rules(procedure),
            "PublicService.hasLegalResource": self._laws(key, procedure.law),
            "PublicService.hasCost": self._cost(procedure),
            "PublicService.hasChannel": self._channels(procedure, bodies[0]),
            "PublicService.hasParticipation": self._participation(procedure),
            "source": list(sources),
        }
        self._put("PublicService", at, fields)

    def _keywords(self, key: str) -> list[Node]:
        return [
            {"@value": word, "@language": row["@language"]}
            for row in self._words(key)
            for word in dict.fromkeys(part.strip() for part in row["@value"].replace("،", ",").split(","))
            if word
        ]

    # -- offices

    def _body(self, name: str) -> str:
        key = f"body.{name}"
        address = self._words(f"{key}.address")
        located = address and self._put("Address", f"address/{name}", {"Address.fullAddress": address})
        return self._put(
            ["PublicOrganization", "Organization"],  # the owner of a channel must be both
            f"body/{name}",
            {
                "PublicOrganization.preferredLabel": self._words(f"{key}.name"),
                "PublicOrganization.spatial": [self._location()],
                "Agent.address": [located] if located else None,
            },
        )

    def _contacts(self, procedure: Procedure) -> list[str]:
        found = []
        for competent in procedure.bodies:
            body = self._pack.bodies[competent.id]
            hours = self._words(f"body.{body.id}.hours")
            if not (body.phone or body.url or hours):
                continue
            opening = hours and self._put(
                "TemporalEntity", f"hours/{body.id}", {"TemporalEntity.description": hours}
            )
            fields = {
                "ContactPoint.hasTelephone": [body.phone] if body.phone else None,
                "ContactPoint.contactPage": [self._put("Document", body.url, {})] if body.url else None,
                "ContactPoint.openingHours": [opening] if opening else None,
            }
            found.append(self._put("ContactPoint", f"contact/{body.id}", fields))
        return found

    def _channels(self, procedure: Procedure, owner: str) -> list[str]:
        return [
            self._put(
                "Channel",
                f"channel/{procedure.id}.{n}",
                {
                    "Channel.identifier": f"{procedure.id}.channel.{n}",
                    "Channel.type": self._code("channel-type", channel.kind),
                    "Channel.description": self._words(f"procedure.{procedure.id}.channel.{n}.text"),
                    "Channel.ownedBy": [owner],
                    "phone": channel.phone,
                    "page": [self._put("Document", channel.url, {})] if channel.url else None,
                },
            )
            for n, channel in enumerate(procedure.channels)
        ]

    def _participation(self, procedure: Procedure) -> list[str]:
        """Who usually does it."""
        who = self._words(f"procedure.{procedure.id}.who")
        if not who:
            return []
        name = f"{procedure.id}.who"
        agent = self._put("Agent", f"agent/{name}", {"Agent.identifier": name, "Agent.name": who})
        fields = {
            "Participation.identifier": name,
            "Participation.description": who,
            "Participation.role": [self._code("role", "applicant")],
            "Participation.hasParticipant": agent,
        }
        return [self._put("Participation", f"participation/{name}", fields)]

    # -- papers

    def _evidence(self, name: str) -> str:
        return self._paper("Evidence", name)

    def _output(self, name: str) -> str:
        return self._paper("Output", name)

    def _paper(self, kind: str, name: str) -> str:
        fields = {
            f"{kind}.identifier": name,
            f"{kind}.name": self._words(f"document.{name}.title"),
            f"{kind}.description": self._words(f"document.{name}.note"),
        }
        return self._put(kind, f"{kind.lower()}/{name}", fields)

    # -- conditions, rules, law, cost

    def _requirement(self, procedure: Procedure, evidences: list[str]) -> list[str]:
        """Whom it concerns, in the pack's words, or else the questions that decide it."""
        if procedure.condition is None:
            return []
        words = self._words(f"procedure.{procedure.id}.because")
        if not words:
            asked = [f"question.{name}.text" for name in questions_in(procedure.condition)]
            words = [
                {"@value": " ".join(texts[key] for key in asked), "@language": lang}
                for lang, texts in self._pack.texts.items()
                if all(key in texts for key in asked)
            ]
        fields = {
            "Requirement.identifier": f"{procedure.id}.condition",
            "Requirement.name": words,
            "Requirement.hasSupportingEvidence": evidences,
        }
        return [self._put("Requirement", f"requirement/{procedure.id}", fields)]

    def _rules(self, procedure: Procedure) -> list[str]:
        found = []
        for n, deadline in enumerate(procedure.deadlines):
            key = f"procedure.{procedure.id}.deadline.{n}"
            if deadline.confidence == UNSURE:
                self.left_out.append(key)
            else:
                found.append(self._rule(deadline, key, f"{procedure.id}.deadline.{n}"))
        return found

    def _rule(self, deadline: Deadline, key: str, name: str) -> str:
        late = {row["@language"]: row["@value"] for row in self._words(f"{key}.lost_if_late")}
        said = self._words(f"{key}.text")
        fields = {
            "Rule.identifier": name,
            "Rule.name": said,
            "Rule.description": [
                {**row, "@value": " ".join([row["@value"], late.get(row["@language"], "")]).strip()}
                for row in said
            ],
            "Rule.type": self._code("deadline-kind", deadline.kind),
            "Rule.implements": self._laws(key, deadline.law),
        }
        return self._put("Rule", f"rule/{name}", fields)

    def _laws(self, key: str, articles: Iterable[str]) -> list[str]:
        found = []
        for article in articles:
            if article.endswith("(D)"):
                self.left_out.append(f"{key}.law: {article}")
            else:
                title = {"@value": article, "@language": self._pack.source_lang}
                found.append(self._put("LegalResource", f"law/{_path(article)}", {"title": title}))
        return found

    def _cost(self, procedure: Procedure) -> list[str]:
        cost = procedure.cost
        if cost is None:
            return []
        name = f"{procedure.id}.cost"
        if cost.confidence == UNSURE:
            self.left_out.append(f"procedure.{name}")
            return []
        fields: Node = {
            "Cost.identifier": name,
            "Cost.description": self._words(f"procedure.{name}"),
        }
        if cost.amount is not None:
            fields["Cost.hasValue"] = {"@value": str(cost.amount), "@type": DOUBLE}
            currency = currency_address(cost.currency, self._base)
            fields["Cost.currency"] = self._put("Concept", currency, {"notation": cost.currency})
        return [self._put("Cost", f"cost/{procedure.id}", fields)]


def _path(text: str) -> str:
    """The text as a part of an address."""
    from urllib.parse import quote

    return quote(text.replace(" ", "-"), safe="")
