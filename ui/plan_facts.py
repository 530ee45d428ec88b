"""What is known of a procedure, in the words of the screen: where, when open, by phone, with which papers."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.messages import Messages
from kiosk.procedures import Office, PlanChannel, PlanDocument, PlanItem, TripPaper
from ui.widgets.plan_rows import Row
from ui.widgets.text_block import Run, Words

CHANNEL_ICONS = {"desk": "building-community", "post": "mail", "phone": "headset", "online": "world"}


def rows(words: Messages, item: PlanItem) -> tuple[Row, ...]:
    """Label and value of everything that can be known before going there."""
    found = [*office_rows(words, item)]
    if item.documents:
        listed = "\n".join(document(words, paper) for paper in item.documents)
        found.append(Row("files", words.text("plan.bring"), listed, listed=True))
    if item.who:
        found.append(Row("user", words.text("plan.who"), item.who))
    price = cost(words, item)
    if price:
        found.append(Row("coin-euro", words.text("plan.cost"), price, True))
    found += [channel_row(words, channel) for channel in item.channels]
    return tuple(found)


def office_rows(words: Messages, item: PlanItem) -> Iterator[Row]:
    """Where, with what is known of each office: several that may do are named in one line while no more is
    known of the others than their names."""
    if item.office is None:
        return
    others = item.other_offices
    apart = item.every_office or any(office.address or office.hours for office in others)
    named = (item.office, *(() if apart else others))
    name = words.text("plan.or").join(
        name_within(words, office, first=office is item.office) for office in named
    )
    spoken_of = {channel.phone for channel in item.channels}
    yield _place_row(words.text("plan.where"), item.office, name)
    yield from open_rows(words, item.office, phone=item.office.phone not in spoken_of)
    if item.every_office and others and not any(office.address or office.hours for office in others):
        listed = "\n".join(office.name for office in others)
        yield Row("map-pin", words.text("plan.also"), listed, strong=True, listed=True)
    elif apart:
        for office in others:
            label = words.text("plan.also" if item.every_office else "plan.or.else")
            yield _place_row(label, office, office.name)
            yield from open_rows(words, office, phone=office.phone not in spoken_of)


def _place_row(label: str, office: Office, name: str) -> Row:
    more = "".join(f"\n{part}" for part in (office.address, office.note) if part)
    place: Words = [Run(name, 700), Run(more)] if more else name
    return Row("map-pin", label, place, strong=not more)


def open_rows(words: Messages, office: Office, *, phone: bool = True) -> Iterator[Row]:
    """When an office is open, and its number."""
    if office.hours:
        yield Row("clock", words.text("plan.hours"), office.hours)
    if office.phone and phone:
        yield Row("headset", words.text("plan.channel.phone"), office.phone, True)


def channel_row(words: Messages, channel: PlanChannel) -> Row:
    """One way to do it: at a desk, by post, by phone, on the web."""
    told = channel.text or channel.phone
    if channel.phone and channel.text:
        told = labelled(words, channel.text, channel.phone)
    address = site(channel.url)
    if address and address not in told:
        told = f"{told} ({address})" if told else address
    icon = CHANNEL_ICONS.get(channel.kind, "route")
    return Row(icon, words.text(f"plan.channel.{channel.kind}"), told)


def facts(words: Messages, item: PlanItem) -> list[tuple[str, str]]:
    """Where, with which papers and at what cost, in one line each."""
    offices = (item.office, *item.other_offices) if item.office is not None else ()
    if item.every_office:
        named, also = (", ".join(map(placed, part)) for part in (offices[:1], offices[1:]))
    else:
        also = ""
        named = words.text("plan.or").join(
            placed(office, name_within(words, office, first=office is item.office)) for office in offices
        )
    papers = ", ".join(document(words, paper) for paper in item.documents)
    known = (
        ("plan.where", named),
        ("plan.also", also),
        ("plan.bring", papers),
        ("plan.who", item.who),
        ("plan.cost", cost(words, item)),
    )
    return [(words.text(label), value) for label, value in known if value]


def name_within(words: Messages, office: Office, *, first: bool) -> str:
    """« Votre CAF ou votre MSA »: the possessive (of any gender) is small inside the line."""
    begins_small = not first and office.name.partition(" ")[0] in words.text("plan.your").split()
    return words.after_colon(office.name) if begins_small else office.name


def placed(office: Office, name: str = "") -> str:
    """An office in one line, with its address where it is known."""
    name = name or office.name
    return f"{name} ({office.address})" if office.address else name


def document(words: Messages, paper: PlanDocument) -> str:
    """A paper, whether it comes home again, and how many copies stay there."""
    title = paper.title
    if paper.shown:
        title = words.text("plan.shown", title=title)
    elif paper.copies > 1:
        title = words.text("plan.left", title=title, n=paper.copies)
    title = f"{title}. {paper.note}" if paper.note else title
    return title if paper.certain else words.text("plan.perhaps", what=title)


def trip_paper(words: Messages, paper: TripPaper) -> str:
    """A paper of a whole trip: some copies may stay, one may come home again."""
    title = paper.title
    if paper.shown:
        title = words.text("plan.shown", title=title)
    elif paper.copies > 1:
        title = words.text("plan.copies", title=title, n=paper.copies)
    if paper.later:
        title = words.text("paper.trips.later", title=title)
    return title if paper.certain else words.text("plan.perhaps", what=title)


def cost(words: Messages, item: PlanItem) -> str:
    """What it costs; empty where nobody knows."""
    if item.cost is None:
        return item.cost_text
    return words.money(item.cost.amount, item.cost.currency) if item.cost.amount else words.text("plan.free")


def sourced(words: Messages, item: PlanItem) -> str:
    """Where this was read, by name, and when; empty without a source."""
    sources = item.sources_read
    if not sources:
        return ""
    day = words.short_date(max(source.checked for source in sources))
    names = dict.fromkeys(filter(None, (source.title or site(source.url) for source in sources)))
    if not names:
        return words.text("plan.source", date=day)
    return words.text("plan.source.named", source=", ".join(names), date=day)


def site(url: str) -> str:
    """The host of an address, as one types it."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]


def labelled(words: Messages, label: str, value: str) -> str:
    """« Label : value »."""
    return words.text("plan.labelled", label=label, value=value)


def row_said(row: Row) -> str:
    """A line of a card, for the voice."""
    return f"{row.label}. {plain(row.value)}" if row.label else plain(row.value)


def plain(text: Words) -> str:
    """The words without their weights."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


def closed(text: str) -> str:
    """With the stop that makes the voice pause, once, also at the end of each line."""
    return "\n".join(line if line.endswith((".", "?", "!")) else f"{line}." for line in text.split("\n"))
