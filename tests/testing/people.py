"""Record classes of a user's own, to draw records of."""

import dataclasses
import datetime
import enum
from typing import Literal

import attrs

from connectrules import Count, Vocabulary, fact, phrase
from connectrules.schema.types import Unsure


class Trade(enum.Enum):
    """What somebody does."""

    BAKER = "baker"
    SMITH = 2


@attrs.frozen
class Lead:
    """An attrs class with a field of every kind."""

    name: str
    age: int | None = None
    score: float | None = None
    visits: Count | Unsure | None = None
    met: bool | Unsure | None = None
    trade: Trade | None = None
    size: Literal["small", "large"] | None = None
    seen: datetime.datetime | None = None
    born: datetime.date | None = None
    likes: set[str] | None = None
    tags: tuple[str, ...] | None = None
    notes: list[str] | None = None
    _inner: str | None = attrs.field(default=None, metadata=fact("inner voice"))
    secret: object = attrs.field(default=None, metadata=fact(hidden=True))
    eager: bool = False


@dataclasses.dataclass(frozen=True)
class Guest:
    """A dataclass none of whose fields may be unknown, but for one that may be unsure."""

    key: str = dataclasses.field(metadata=fact(hidden=True))
    friends: Count
    invited: bool | Unsure
    plans: tuple[str, ...] = ()


@attrs.frozen
class Knotted:
    """A class with a field that is no fact, and has to be given."""

    knot: object
    met: bool | None = None


@attrs.frozen
class Required:
    """A class whose fields may be unknown, and are not where nothing is said of them."""

    met: bool | None
    visits: Count | None = 5


@attrs.frozen
class Odd:
    """A class of whom `friends is at least 5` may be read in two ways."""

    friends: Count | None = None
    popular: bool | None = attrs.field(default=None, metadata=fact("friends is at least 5"))


@attrs.frozen
class Taken:
    """A class with names that drawn policies would take."""

    badges: Count | None = None
    a_fine_contact: bool | None = None


@attrs.frozen
class Scored:
    """A class with a number."""

    score: float | None = None


@dataclasses.dataclass(frozen=True)
class Weighed:
    """A class that is made with something that it does not keep."""

    scale: dataclasses.InitVar[int]
    met: bool | None = None


@phrase("came with a {thing:text}")
def came_with(lead: Lead, thing: str) -> bool | None:
    """Whether the lead's tags name it."""
    return None if lead.tags is None else thing in lead.tags


LEADS = Vocabulary.of(Lead, phrases=[came_with])
GUESTS = Vocabulary.of(Guest)
KNOTTED = Vocabulary.of(Knotted)
