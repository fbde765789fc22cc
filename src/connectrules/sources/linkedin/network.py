"""Connections and invitations: the files that make people, and the owner's own profile."""

import attrs

from connectrules.schema.contact import Contact
from connectrules.sources.common.report import FileTally, Tally
from connectrules.sources.linkedin import dates
from connectrules.sources.linkedin.layout import Sheet
from connectrules.sources.linkedin.people import (
    NETWORK,
    People,
    Person,
    full_name,
    key,
    profile,
    slug,
)

ME = "me"
"""The key of an owner whose profile's address is not known."""


def read_connections(sheet: Sheet, people: People, tally: Tally, counted: FileTally) -> None:
    """Make a person of each row but the hidden members'."""
    here: set[str] = set()
    resaved = sheet.resaved
    file = sheet.file.name
    columns = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position")
    for line, cells in sheet.rows(*columns, "Connected On"):
        first, last, url, email, company, position, on = cells
        counted.rows += 1
        name, found = full_name(first, last), profile(url)
        if not name and not found:
            counted.skipped["a hidden member" if on and not any(cells[:-1]) else "no name"] += 1
            continue
        day = dates.connected(on)
        resaved = resaved or ("-" in on and dates.by_spreadsheet(on))
        if found:
            identity = f"{NETWORK}:{found}"
        else:
            identity = key(None, name, company, day.isoformat() if day else on)
        row = (identity, name, url, company, position, email, day or on, file, line)
        known = people.known(identity)
        if known is None:
            people.add(row, name, addressed=found is not None)
        else:
            known.merge(row, tally)
            if identity in here:
                counted.skipped["repeats an earlier row"] += 1
        here.add(identity)
    if resaved:
        tally.note(f"`{sheet.file.name}` was saved again by a spreadsheet")


@attrs.frozen
class _Invitation:
    url: str
    name: str
    own_url: str
    incoming: bool
    sent_at: str


def _invitation(cells: list[str]) -> _Invitation | None:
    sender, receiver, at, _, direction, inviter, invitee = cells
    match direction.upper():
        case "INCOMING":
            return _Invitation(inviter, sender, invitee, incoming=True, sent_at=at)
        case "OUTGOING":
            return _Invitation(invitee, receiver, inviter, incoming=False, sent_at=at)
        case _:
            return None


def read_invitations(
    sheet: Sheet, people: People, tally: Tally, counted: FileTally, *, pending_known: bool
) -> frozenset[str]:
    """Tell what is pending, and make a person of whoever is not known yet.

    Args:
        sheet: The invitations.
        people: Everybody; the connections are among them.
        tally: The report in the making.
        counted: The part of it about this file.
        pending_known: Whether the connections were read, so that invitations to
            and from others must be pending.

    Returns:
        The slugs of the owner's profile.
    """
    owners: set[str] = set()
    noted: dict[str, tuple[Person, bool, str]] = {}
    columns = ("From", "To", "Sent At", "Message", "Direction")
    for line, cells in sheet.rows(*columns, "inviterProfileUrl", "inviteeProfileUrl"):
        counted.rows += 1
        where = sheet.file.where(line)
        found = _invitation(cells)
        if found is None:
            counted.skipped["neither incoming nor outgoing"] += 1
            continue
        owner = slug(found.own_url)
        if owner:
            owners.add(owner)
        if not found.name and not slug(found.url):
            counted.skipped["no name"] += 1
            continue
        known = people.at(found.url, found.name)
        if len(known) > 1:
            counted.skipped["a name of several people"] += 1
            continue
        person = known[0] if known else _invited(found, people, where, tally)
        if found.incoming:
            _, before, place = noted.get(person.key, (person, False, where))
            noted[person.key] = (person, before or bool(cells[3]), place if before else where)
        if pending_known and not person.connected:
            pending = "wants_to_connect" if found.incoming else "requested_by_me"
            person.put(pending, value=True, where=where, tally=tally)
    for person, with_note, where in noted.values():
        person.put("came_with_a_note", with_note, where, tally)
    return frozenset(owners)


def _invited(found: _Invitation, people: People, where: str, tally: Tally) -> Person:
    day = dates.sent(found.sent_at)
    address = slug(found.url)
    identity = key(address, found.name, "", day.isoformat() if day else found.sent_at)
    person = people.known(identity)
    if person is None:
        person = Person(key=identity)
        people.add(person, found.name, addressed=address is not None)
    person.put("name", found.name, where, tally)
    person.put("url", found.url, where, tally)
    return person


def read_profile(sheet: Sheet, me: Person, tally: Tally, counted: FileTally) -> None:
    """Fill the owner's record."""
    columns = ("First Name", "Last Name", "Headline", "Summary", "Industry")
    for line, (first, last, headline, summary, industry) in sheet.rows(*columns):
        counted.rows += 1
        where = sheet.file.where(line)
        me.put("name", full_name(first, last), where, tally)
        me.put("headline", headline, where, tally)
        me.put("bio", summary, where, tally)
        me.put("industry", industry, where, tally)


def owner(me: Person, owners: frozenset[str]) -> Contact:
    """The owner's record, known by their profile where that is one."""
    contact = me.contact()
    if len(owners) != 1:
        return contact
    (found,) = owners
    return attrs.evolve(contact, key=f"{NETWORK}:{found}")
