"""The record that comes ready-made, and answers beside it."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from connectrules.errors import ContactError
from connectrules.schema.quick import quickly_made
from connectrules.schema.types import Count, Unsure
from connectrules.schema.vocabulary import BESIDE, fact, slot

_YesNo = bool | Unsure | None
_Count = Count | Unsure | None
_Text = str | Unsure | None
_Texts = Sequence[str] | Unsure | None
_Date = datetime.date | Unsure | None

_HIDDEN = fact(hidden=True)
_ASKED = fact(asked=True)


class FromLine(Mapping[str, str]):
    """Origins of values that were all found on one line.

    They are written out when somebody asks: a network has many, and few are seen.
    """

    __slots__ = ("_file", "_line", "_names")

    def __init__(self, file: str, line: int, names: tuple[str, ...]) -> None:
        """The values *names*, by their slots, stand on *line* of *file*."""
        self._file, self._line, self._names = file, line, names

    def __getitem__(self, name: str) -> str:
        """The place of *name*."""
        if name in self._names:
            return f"{self._file}:{self._line}"
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._names)

    def __repr__(self) -> str:
        """What a dict of them shows."""
        return repr(dict(self))


def _by_slot(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if type(values) is FromLine:
        return values
    return {slot(name): value for name, value in values.items()}


def _beside(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """*values* by slot; none of them may be a field's, where nobody would look for it."""
    found = _by_slot(values)
    if found and not _FIELDS.keys().isdisjoint(found):
        name = next(each for each in found if each in _FIELDS)
        msg = f"`{name}` is a field of Contact, not of `other`: write `{_FIELDS[name]}=`"
        raise ContactError(msg, contact="contact", code="CR501", fact=name)
    return found


@quickly_made
@attrs.frozen(kw_only=True)
class Contact:
    """A contact, as social networks know them.

    Everything but the key may be unknown (None) or `UNSURE`; missing never means
    no, zero or empty.

    Attributes:
        key: ``network:stable-id``, such as ``linkedin:ada-example``; no fact.
        followers: As reported by the network; so are all counts.
        would_recommend: Only a person can answer it; so with `met_in_person`,
            `would_have_a_drink_with`, `would_do_business_with` and
            `shares_my_values`.
        note: The user's private note: no fact, and never shown.
        other: Values of a policy's FACT and ASK names that have no field here,
            by their name, said or as an attribute. A field's name among them raises
            ContactError.
        origins: Where a value came from, by its name in the same way.
    """

    key: str = attrs.field(metadata=_HIDDEN)
    name: _Text = None
    url: _Text = None
    handle: _Text = None
    company: _Text = None
    position: _Text = None
    headline: _Text = None
    bio: _Text = None
    country: _Text = None
    industry: _Text = None
    emails: _Texts = None
    labels: _Texts = None
    groups: _Texts = None
    values: _Texts = None
    topics: _Texts = None
    follows_me: _YesNo = None
    followed_by_me: _YesNo = None
    requested_by_me: _YesNo = None
    wants_to_connect: _YesNo = None
    came_with_a_note: _YesNo = None
    connected_on: _Date = None
    account_created_on: _Date = None
    last_active_on: _Date = None
    last_message_on: _Date = None
    followers: _Count = None
    following: _Count = None
    posts: _Count = None
    mutual_connections: _Count = None
    messages_sent: _Count = None
    messages_received: _Count = None
    endorsements_given: _Count = None
    endorsements_received: _Count = None
    recommendations_given: _Count = None
    recommendations_received: _Count = None
    has_interacted: _YesNo = None
    is_a_bot: _YesNo = None
    met_in_person: _YesNo = attrs.field(default=None, metadata=_ASKED)
    would_have_a_drink_with: _YesNo = attrs.field(default=None, metadata=_ASKED)
    would_recommend: _YesNo = attrs.field(default=None, metadata=_ASKED)
    would_do_business_with: _YesNo = attrs.field(default=None, metadata=_ASKED)
    shares_my_values: _YesNo = attrs.field(default=None, metadata=_ASKED)
    note: str | None = attrs.field(default=None, repr=False, metadata=_HIDDEN)
    other: Mapping[str, Any] = attrs.field(factory=dict, converter=_beside, hash=False)
    origins: Mapping[str, str] = attrs.field(
        factory=dict, converter=_by_slot, eq=False, hash=False, repr=False
    )

    def _repr_pretty_(self, printer: Any, _cycle: object) -> None:  # noqa: ANN401 - of others
        """What is known alone, where values are printed in full, as notebooks do; no note."""
        known = {
            field.name: value
            for field in attrs.fields(Contact)
            if field.repr and (value := getattr(self, field.name)) is not None and value != {}
        }
        printer.text(f"Contact({', '.join(f'{name}={value!r}' for name, value in known.items())})")


_FIELDS = {
    slot(field.name): field.name for field in attrs.fields(Contact) if field.name not in BESIDE
}


class Answers(Mapping[str, Any]):
    """Answers about one contact that know where they came from.

    Any mapping from sentences to values will do as answers; this one also keeps,
    in *origins*, where each value stands, by the same sentences.
    """

    def __init__(self, values: Mapping[str, Any], origins: Mapping[str, str]) -> None:
        self._values = dict(values)
        self.origins = dict(origins)

    def __getitem__(self, sentence: str) -> Any:  # noqa: ANN401 - values are of any type
        """The value of *sentence*."""
        return self._values[sentence]

    def __iter__(self) -> Iterator[str]:
        """The sentences answered."""
        return iter(self._values)

    def __len__(self) -> int:
        """How many sentences are answered."""
        return len(self._values)

    def __repr__(self) -> str:
        """The answers, without their origins."""
        return f"Answers({self._values!r})"
