"""The people of an export in the making, and who a row is about."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

import attrs

from connectrules.schema.contact import Contact
from connectrules.schema.types import canonical, folded
from connectrules.schema.vocabulary import Fact
from connectrules.sources.common.report import Tally

NETWORK = "linkedin"

_SLUG = re.compile(r"/in/([^/?#\s]+)")


@lru_cache(maxsize=2**16)
def slug(url: str) -> str | None:
    """What `/in/…` in the address of a profile says, in lower case and percent-decoded."""
    found = _SLUG.search(url)
    if not found:
        return None
    try:
        return folded(unquote_to_bytes(found[1]).decode())
    except UnicodeDecodeError:
        return folded(found[1])


def key(address: str | None, *without: str) -> str:
    """What identifies the profile of that `slug`; where there is none, the texts *without*.

    A slash stands between those, and for one within them `%2F`.
    """
    if address:
        return f"{NETWORK}:{address}"
    told = (canonical(text).replace("%", "%25").replace("/", "%2F") for text in without)
    return f"{NETWORK}:{'/'.join(told)}"


@attrs.define(eq=False)
class Person:
    """A contact in the making.

    Attributes:
        key: What will identify it.
        addressed: Whether its key comes from the address of its profile.
        connected: Whether it is a connection.
    """

    key: str
    addressed: bool
    connected: bool = False
    _fields: dict[str, Any] = attrs.field(factory=dict)
    _other: dict[str, Any] = attrs.field(factory=dict)
    _origins: dict[str, str] = attrs.field(factory=dict)

    def put(self, name: str, value: object, where: str, tally: Tally) -> None:
        """Set the field *name*, unless it has a value; another value is a conflict."""
        self._set(self._fields, name, value, where, tally)

    def put_all(self, values: Mapping[str, object], where: str, tally: Tally) -> None:
        """Set fields as `put` does, all of them found at one place."""
        if self._fields:
            for name, value in values.items():
                self.put(name, value, where, tally)
        else:
            self._fields = {n: v for n, v in values.items() if v or v not in (None, "")}
            self._origins = dict.fromkeys(self._fields, where)

    def answer(self, fact: Fact, value: object, where: str, tally: Tally) -> None:
        """Set *fact* in the same way."""
        if fact.attribute is None:
            self._set(self._other, fact.slot, value, where, tally)
        else:
            self._set(self._fields, fact.attribute, value, where, tally)

    def get(self, name: str) -> Any:  # noqa: ANN401 - values are of any type
        """The value of the field *name*."""
        return self._fields.get(name)

    def contact(self) -> Contact:
        """The finished contact."""
        return Contact(key=self.key, other=self._other, origins=self._origins, **self._fields)

    def _set(
        self, values: dict[str, Any], name: str, value: object, where: str, tally: Tally
    ) -> None:
        if value is None or value == "":
            return
        kept = values.setdefault(name, value)
        if kept is value:
            self._origins.setdefault(name, where)
        elif kept != value:
            said = name.replace("_", " ")
            tally.conflict(self.key, said, (kept, self._origins[name]), (value, where))


@attrs.define(eq=False)
class People:
    """Everybody an export speaks of, by key, in the order they were met."""

    _by_key: dict[str, Person] = attrs.field(factory=dict)
    _by_name: dict[str, list[Person]] = attrs.field(factory=lambda: defaultdict(list))
    _met: list[tuple[str, Person]] = attrs.field(factory=list)

    def __iter__(self) -> Iterator[Person]:
        """Everybody."""
        return iter(self._by_key.values())

    def meet(self, identity: str, name: str, *, addressed: bool) -> Person:
        """The person with that key, made if need be."""
        person = self._by_key.get(identity)
        if person is None:
            person = self._by_key[identity] = Person(identity, addressed)
            self._met.append((name, person))
        return person

    def called(self, name: str) -> list[Person]:
        """Everybody of that name."""
        # Names are looked into once somebody is asked for by name: most need never be.
        for met, person in self._met:
            self._by_name[canonical(met)].append(person)
        self._met.clear()
        return self._by_name.get(canonical(name), []) if name else []

    def at(self, url: str, name: str) -> list[Person]:
        """Whom a row is about that gives a profile's address and a name.

        Several where the address is of no use and the name is that of several;
        only one of them is meant, and nobody can say which.
        """
        found = slug(url)
        if found is None:
            return self.called(name)
        person = self._by_key.get(f"{NETWORK}:{found}")
        if person:
            return [person]
        return [each for each in self.called(name) if not each.addressed]


def full_name(*parts: str) -> str:
    """A name of its parts."""
    return " ".join(filter(None, parts))
