"""The files that only add to people: messages, endorsements, recommendations and notes."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator

import attrs

from connectrules.schema.suggestions import meant
from connectrules.schema.types import YesNo, canonical
from connectrules.schema.vocabulary import Fact
from connectrules.sources.common.columns import Columns
from connectrules.sources.common.report import NOTE, FileTally, Tally
from connectrules.sources.linkedin import dates
from connectrules.sources.linkedin.layout import RECOMMENDATIONS_GIVEN, Sheet
from connectrules.sources.linkedin.people import People, Person, full_name, slug

_NOBODY = "about nobody known"
_SEVERAL = "a name of several people"
_COMMAS_IN_A_NAME = 4


@attrs.define
class Gathered:
    """What the files of an export add to.

    Attributes:
        people: Everybody.
        columns: The facts that notes may answer.
        tally: The report in the making.
        seen: Where it shows that somebody has been in touch, by key.
        messages: The file of messages that was read, if one was.
        counted: The fields that count rows, and the first file of each.
        doubtful: For each of them, the keys of those about whom rows could not
            be told apart.
    """

    people: People
    columns: Columns
    tally: Tally
    seen: dict[str, str] = attrs.field(factory=dict)
    messages: str | None = None
    counted: dict[str, str] = attrs.field(factory=dict)
    doubtful: dict[str, set[str]] = attrs.field(factory=lambda: defaultdict(set))

    def settle(self) -> None:
        """Once all files are read, say what follows where they do not mention somebody."""
        for field, where in self.counted.items():
            for person in self.people:
                if person.get(field) is None and person.key not in self.doubtful[field]:
                    person.put(field, 0, where, self.tally)
        if not self.seen and not self.messages:
            return
        doubtful = set[str]().union(*self.doubtful.values())
        for person in self.people:
            seen = self.seen.get(person.key)
            if seen:
                person.put("has_interacted", value=True, where=seen, tally=self.tally)
            elif self.messages and person.key not in doubtful:
                person.put("has_interacted", value=False, where=self.messages, tally=self.tally)


@attrs.define
class _Counts:
    """How often rows of one sort are about each person."""

    field: str
    sheet: Sheet
    counted: FileTally
    into: Gathered
    numbers: Counter[str] = attrs.field(factory=Counter)
    doubtful: set[str] = attrs.field(factory=set)

    def add(self, found: list[Person], line: int) -> None:
        """Count a row about *found*, who are one, or several of whom one is meant."""
        if len(found) == 1:
            self.numbers[found[0].key] += 1
            self.into.seen.setdefault(found[0].key, self.sheet.file.where(line))
        else:
            self.doubtful.update(person.key for person in found)

    def row(self, found: list[Person], line: int) -> None:
        """Count a row that is about *found* alone, or say why it is not used."""
        if len(found) != 1:
            self.counted.skipped[_SEVERAL if found else _NOBODY] += 1
        self.add(found, line)

    def settle(self) -> None:
        """Give everybody their number; who is not mentioned gets none yet."""
        where = self.sheet.file.name
        self.into.counted.setdefault(self.field, where)
        self.into.doubtful[self.field] |= self.doubtful
        for person in self.into.people:
            if person.key in self.numbers and person.key not in self.doubtful:
                person.put(self.field, self.numbers[person.key], where, self.into.tally)


@attrs.define
class _LastDays:
    """The last day of a message with each person; a date that cannot be read is kept as it is."""

    days: dict[str, tuple[datetime.date, int]] = attrs.field(factory=dict)
    unread: dict[str, tuple[str, int]] = attrs.field(factory=dict)

    def add(self, found: list[Person], written: str, line: int) -> None:
        """Take in a message with *found*."""
        day = dates.stamped(written)
        for person in found if len(found) == 1 else ():
            if day is None:
                self.unread.setdefault(person.key, (written, line))
            elif person.key not in self.days or self.days[person.key][0] < day:
                self.days[person.key] = (day, line)

    def settle(self, sheet: Sheet, into: Gathered, doubtful: set[str]) -> None:
        """Give everybody their day, where it is known."""
        for person in into.people:
            last = self.unread.get(person.key) or self.days.get(person.key)
            if last and person.key not in doubtful:
                person.put("last_message_on", last[0], sheet.file.where(last[1]), into.tally)


def read_messages(sheet: Sheet, owners: frozenset[str], into: Gathered, counted: FileTally) -> None:
    """Count the messages from and to each person; *owners* are the slugs of the owner."""
    people = into.people
    sent = _Counts("messages_sent", sheet, counted, into)
    received = _Counts("messages_received", sheet, counted, into)
    last = _LastDays()
    for line, cells in sheet.rows(*_MESSAGE):
        sender, url, to, urls, date, message_draft, conversation_draft = cells
        counted.rows += 1
        if message_draft.lower() in _DRAFT or conversation_draft.lower() in _DRAFT:
            counted.skipped["a draft"] += 1
        elif not url:
            counted.skipped["no sender, as in what is sponsored"] += 1
        elif slug(url) in owners:
            about = list(_recipients(people, urls, to))
            for found in about:
                sent.add(found, line)
                last.add(found, date, line)
            if all(len(found) != 1 for found in about):
                counted.skipped[_SEVERAL if about else _NOBODY] += 1
        else:
            found = people.at(url, sender)
            received.row(found, line)
            last.add(found, date, line)
    into.messages = into.messages or sheet.file.name
    sent.settle()
    received.settle()
    last.settle(sheet, into, sent.doubtful | received.doubtful)


_MESSAGE = (
    "FROM",
    "SENDER PROFILE URL",
    "TO",
    "RECIPIENT PROFILE URLS",
    "DATE",
    "IS MESSAGE DRAFT",
    "IS CONVERSATION DRAFT",
)
_DRAFT = frozenset({"yes", "true", "1"})


def _recipients(people: People, urls: str, to: str) -> Iterator[list[Person]]:
    """Those known to whom a message went, each as `People.at` finds them."""
    by_name = not urls
    for url in filter(None, urls.split(",")):
        found = people.at(url, "")
        if found:
            yield found
        by_name = by_name or not found
    if by_name:
        for name in _names(people, to):
            called = people.called(name)
            # Those with an address have been found by it, or are not meant.
            found = [each for each in called if not people.addressed(each)] if urls else called
            if found:
                yield found


def _names(people: People, to: str) -> Iterator[str]:
    """The names in *to* that somebody has; a name may itself hold the comma between them."""
    parts = to.split(", ")
    start = 0
    while start < len(parts):
        for end in range(min(start + _COMMAS_IN_A_NAME + 1, len(parts)), start, -1):
            name = ", ".join(parts[start:end])
            if people.called(name):
                yield name
                start = end
                break
        else:
            start += 1


def owner_by_name(sheet: Sheet, people: People, name: str) -> str | None:
    """The slug of the owner, called *name*, from what they sent; None where not for sure."""
    if not name or people.called(name):
        return None
    wanted = canonical(name)
    slugs = {
        slug(url)
        for _, (sender, url) in sheet.rows("FROM", "SENDER PROFILE URL")
        if url and canonical(sender) == wanted
    }
    return slugs.pop() if len(slugs) == 1 else None


def read_endorsements(sheet: Sheet, into: Gathered, counted: FileTally) -> None:
    """Count the accepted endorsements from each person, or to them."""
    given = sheet.has("Endorsee Public Url")
    who = "Endorsee" if given else "Endorser"
    field = "endorsements_given" if given else "endorsements_received"
    counts = _Counts(field, sheet, counted, into)
    columns = (f"{who} First Name", f"{who} Last Name", f"{who} Public Url", "Endorsement Status")
    for line, (first, last, url, status) in sheet.rows(*columns):
        counted.rows += 1
        if status.upper() != "ACCEPTED":
            counted.skipped["not accepted"] += 1
        else:
            counts.row(into.people.at(url, full_name(first, last)), line)
    counts.settle()


def read_recommendations(sheet: Sheet, into: Gathered, counted: FileTally) -> None:
    """Count the recommendations, whose people have a name and a company but no address."""
    given = sheet.kind == RECOMMENDATIONS_GIVEN
    field = "recommendations_given" if given else "recommendations_received"
    counts = _Counts(field, sheet, counted, into)
    for line, (first, last, company) in sheet.rows("First Name", "Last Name", "Company"):
        counted.rows += 1
        called = into.people.called(full_name(first, last))
        place = canonical(company)
        there = [each for each in called if canonical(each.get("company") or "") == place]
        if len(there) == 1 or not called:
            counts.row(there, line)
        else:
            counted.skipped["a name at another company, or of several people"] += 1
            counts.doubtful.update(each.key for each in called)
    counts.settle()


def read_notes(sheet: Sheet, into: Gathered, counted: FileTally) -> None:
    """Keep the notes; a line ``#would recommend`` or ``#not would recommend`` is an answer."""
    kept: dict[str, list[str]] = defaultdict(list)
    places: dict[str, tuple[Person, str]] = {}
    names = ("Connection First Name", "Connection Last Name", "Connection Profile URL", "Note")
    unknown = 0
    for line, (first, last, url, note) in sheet.rows(*names):
        counted.rows += 1
        where = sheet.file.where(line)
        found = into.people.at(url, full_name(first, last))
        if len(found) != 1:
            counted.skipped[_SEVERAL if found else _NOBODY] += 1
            continue
        person = found[0]
        rest = []
        for text in note.splitlines():
            answer = _answer(text, into.columns)
            if answer:
                person.answer(*answer, where, into.tally)
                continue
            rest.append(text)
            if text.lstrip().startswith("#"):
                unknown += not _told(text, where, into)
        kept[person.key].append("\n".join(rest).strip())
        places.setdefault(person.key, (person, where))
    for person, where in places.values():
        person.put(NOTE, "\n\n".join(filter(None, kept[person.key])), where, into.tally)
    if unknown:
        noun = "line that begins" if unknown == 1 else "lines that begin"
        into.tally.note(f"`{sheet.file.name}`: {unknown} {noun} with `#` and no yes/no fact")


def _answer(text: str, columns: Columns) -> tuple[Fact, bool] | None:
    tag = text.strip()
    if not tag.startswith("#"):
        return None
    said = canonical(tag[1:])
    for name, value in ((said, True), (said.removeprefix("not "), False)):
        fact = columns.fact(name)
        if fact and isinstance(fact.type, YesNo):
            return fact, value
    return None


def _told(text: str, where: str, into: Gathered) -> bool:
    """Tell what a tag was meant to be, if that is clear; the note's own words stay private."""
    said = canonical(text.strip()[1:]).removeprefix("not ")
    facts = (fact.name for fact in into.columns.facts.values() if isinstance(fact.type, YesNo))
    fact = meant(said, facts)
    if fact:
        into.tally.note(
            f"`{where}`: a line that begins with `#` is no fact, did you mean `{fact}`?"
        )
    return fact is not None
