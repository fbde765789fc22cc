"""The people of an export in the making, and who a row is about."""

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

import attrs

from connectrules.schema.contact import Contact, FromLine
from connectrules.schema.types import canonical, folded
from connectrules.schema.vocabulary import Fact, slot
from connectrules.sources.common.report import Tally

NETWORK = "linkedin"

_SLUG = re.compile(r"/in/([^/?#\s]+)")


def profile(url: str) -> str | None:
    """What `/in/…` in the address of a profile says, in lower case and percent-decoded."""
    found = _SLUG.search(url)
    if not found:
        return None
    text = found[1]
    if "%" not in text:
        return folded(text)
    try:
        return folded(unquote_to_bytes(text).decode())
    except UnicodeDecodeError:
        return folded(text)


slug = lru_cache(maxsize=2**16)(profile)
"""The same, for addresses that come again and again."""


def key(address: str | None, *without: str) -> str:
    """What identifies the profile of that `slug`; where there is none, the texts *without*.

    A slash stands between those, and for one within them `%2F`.
    """
    if address:
        return f"{NETWORK}:{address}"
    told = (canonical(text).replace("%", "%25").replace("/", "%2F") for text in without)
    return f"{NETWORK}:{'/'.join(told)}"


_FIRST = ("key", "name", "url", "company", "position", "emails", "connected_on")
_SAID = tuple(map(slot, _FIRST[1:]))
_BOTH_WAYS = ("follows me", "followed by me", "requested by me", "wants to connect")


@lru_cache
def _said(*missing: bool) -> tuple[str, ...]:
    """What a row of connections says, by slot, where of `_SAID` these are *missing*."""
    said = (name for name, none in zip(_SAID, missing, strict=True) if not none)
    return (*said, *_BOTH_WAYS)


Connection = tuple[str, str, str, str, str, str, datetime.date | str, str, int]
"""A row of the connections: key, name, URL, company, position, e-mail, day, file and line.

It is a plain tuple, for Python's garbage collector passes over those of plain values.
"""


def _fields() -> dict[str, Any]:
    """The fields of a contact in an order to give them without their names."""
    both_ways = ("follows_me", "followed_by_me", "requested_by_me", "wants_to_connect")
    names = (*_FIRST, *both_ways, "origins", *(field.name for field in attrs.fields(Contact)))
    empty: dict[str, Any] = {"other": attrs.Factory(dict), "origins": attrs.Factory(dict)}
    return {name: attrs.field(default=empty.get(name)) for name in names}


@attrs.define(eq=False, repr=False, these=_fields())
class Person(Contact):
    """A contact in the making.

    It can be changed, and becomes the contact itself in the end: a frozen class
    sets its 45 fields by a call each, which takes five times as long.
    """

    # Both back to those of `object`: then Python sets slots without calling anything.
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__

    @staticmethod
    def of(row: Connection) -> "Person":
        """The person that *row* is about."""
        key, name, url, company, position, email, on, file, line = row
        connected, pending = True, False
        said = _said(not name, not url, not company, not position, not email, not on)
        return _person(
            key,
            name or None,
            url or None,
            company or None,
            position or None,
            (email,) if email else None,
            on or None,
            connected,
            connected,
            pending,
            pending,
            FromLine(file, line, said),
        )

    @property
    def connected(self) -> bool:
        """Whether it is a connection; asked before anybody's answers are read."""
        return self.follows_me is True

    def put(self, name: str, value: object, where: str, tally: Tally) -> None:
        """Set the field *name*, unless it has a value; another value is a conflict."""
        if value is None or value == "":
            return
        kept = getattr(self, name)
        if kept is None:
            setattr(self, name, value)
            self._origin(slot(name), where)
        elif kept != value:
            self._conflict(name, kept, value, where, tally)

    def merge(self, row: Connection, tally: Tally) -> None:
        """Put what *row* says, which is about the same person."""
        other = Person.of(row)
        for field in attrs.fields(Contact):
            where = other.origins.get(slot(field.name))
            if where:
                self.put(field.name, other.get(field.name), where, tally)

    def answer(self, fact: Fact, value: object, where: str, tally: Tally) -> None:
        """Set *fact* in the same way."""
        if fact.attribute is not None:
            self.put(fact.attribute, value, where, tally)
            return
        name = fact.slot
        kept = self.other.get(name)
        if kept is None:
            self.other = {**self.other, name: value}  # type: ignore[misc]
            self._origin(name, where)
        elif kept != value:
            self._conflict(name, kept, value, where, tally)

    def get(self, name: str) -> Any:  # noqa: ANN401 - values are of any type
        """The value of the field *name*."""
        return getattr(self, name)

    def contact(self) -> Contact:
        """The finished contact, which can no longer be changed."""
        self.__class__ = Contact  # type: ignore[assignment]
        return self

    def _origin(self, name: str, where: str) -> None:
        if not isinstance(self.origins, dict):
            self.origins = dict(self.origins)  # type: ignore[misc]
        self.origins.setdefault(name, where)

    def _conflict(self, name: str, kept: object, value: object, where: str, tally: Tally) -> None:
        said = slot(name)
        tally.conflict(self.key, said, (kept, self.origins[said]), (value, where))


_person: Callable[..., Person] = Person


@attrs.define(eq=False)
class People:
    """Everybody an export speaks of, by key, in the order they were met.

    Whoever no other row speaks of stays the row they were met in: in a network of
    many those are most, and so take less memory.
    """

    _by_key: dict[str, Person | Connection] = attrs.field(factory=dict)
    _by_name: dict[str, list[str]] = attrs.field(factory=lambda: defaultdict(list))
    _met: list[str] = attrs.field(factory=list)
    _names: list[str] = attrs.field(factory=list)
    _without_address: set[str] = attrs.field(factory=set)

    def __iter__(self) -> Iterator[Person]:
        """Everybody."""
        return map(self._person, self._by_key)

    def contacts(self) -> Iterator[Contact]:
        """Everybody, finished."""
        for found in self._by_key.values():
            person = Person.of(found) if isinstance(found, tuple) else found
            yield person.contact()

    def known(self, identity: str) -> Person | None:
        """The person with that key."""
        return self._person(identity) if identity in self._by_key else None

    def add(self, found: Person | Connection, name: str, *, addressed: bool) -> None:
        """Add somebody whose key is new and may come from the address of their profile."""
        key = found[0] if isinstance(found, tuple) else found.key
        self._by_key[key] = found
        self._met.append(key)
        self._names.append(name)
        if not addressed:
            self._without_address.add(key)

    def addressed(self, person: Person) -> bool:
        """Whether the key of *person* comes from the address of their profile."""
        return person.key not in self._without_address

    def called(self, name: str) -> list[Person]:
        """Everybody of that name."""
        # Names are looked into once somebody is asked for by name: most need never be.
        for met, identity in zip(self._names, self._met, strict=True):
            self._by_name[canonical(met)].append(identity)
        self._names.clear()
        self._met.clear()
        return list(map(self._person, self._by_name.get(canonical(name), []))) if name else []

    def _person(self, identity: str) -> Person:
        found = self._by_key[identity]
        if isinstance(found, tuple):
            # The key is there already, so that those who go over all keys may go on.
            found = self._by_key[identity] = Person.of(found)
        return found

    def at(self, url: str, name: str) -> list[Person]:
        """Whom a row is about that gives a profile's address and a name.

        Several where the address is of no use and the name is that of several;
        only one of them is meant, and nobody can say which.
        """
        found = slug(url)
        if found is None:
            return self.called(name)
        person = self.known(f"{NETWORK}:{found}")
        if person:
            return [person]
        return [each for each in self.called(name) if not self.addressed(each)]


def full_name(first: str, last: str) -> str:
    """A name of its parts."""
    return f"{first} {last}" if first and last else first or last
