"""What a record class lets a policy speak of."""

import collections.abc
import dataclasses
import datetime
import enum
import pickle
import typing
from typing import Annotated, Any, ClassVar, Literal, Optional

import attrs
import pytest

from connectrules import UNSURE, Contact, Count, Policy, Vocabulary, VocabularyError, fact
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    Unsure,
    YesNo,
)
from connectrules.schema.vocabulary import Fact, fact_type, slot


class Stage(enum.Enum):
    """Choices by value."""

    NEW = "New"
    OPEN = "Open"


class Size(enum.IntEnum):
    """Choices by name."""

    VERY_SMALL = 1
    LARGE = 2


class Alike(enum.Enum):
    """Choices that a policy could not tell apart."""

    LOWER = "a"
    UPPER = "A"


class Empty(enum.Enum):
    """No choices."""


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (bool, YesNo()),
        (int, Number()),
        (float, Number()),
        (str, Text()),
        (datetime.date, Date()),
        (datetime.datetime, Date()),
        (Count, CountType()),
        (Annotated[bool, "a note"], YesNo()),
        (Annotated[bool | None, "a note"], YesNo()),
        (Annotated[Count, "a note"], CountType()),
        (Literal["a", "B"], OneOf(("a", "B"))),
        (Literal["a", None], OneOf(("a",))),  # noqa: PYI061 - people write it
        (Literal["a", UNSURE], OneOf(("a",))),
        (Stage, OneOf(("New", "Open"))),
        (Size, OneOf(("very small", "large"))),
        (list[str], TextList()),
        (tuple[str, ...], TextList()),
        (set[str], TextList()),
        (frozenset[str], TextList()),
        (collections.abc.Sequence[str], TextList()),
        (typing.List[str], TextList()),  # noqa: UP006 - the old spelling
        (Literal["a", 1], None),
        (Literal["a", "A"], None),
        (Alike, None),
        (Empty, None),
        (list[int], None),
        (list, None),
        (tuple[str, str], None),
        (dict[str, str], None),
        (bytes, None),
        (complex, None),
        (object, None),
        (Any, None),
        (None, None),
        (int | str, None),
        (collections.abc.Iterator[str], None),
    ],
)
def test_types(annotation: Any, expected: FactType | None) -> None:  # noqa: ANN401
    """Each annotation is one type of fact, or no fact; gaps in it change nothing."""
    assert fact_type(annotation) == expected
    if annotation is not None:
        assert fact_type(Optional[annotation]) == expected  # noqa: UP045 - the old spelling
        assert fact_type(typing.Union[annotation, Unsure, None]) == expected  # noqa: UP007
        assert fact_type(typing.Union[annotation, Literal[UNSURE], None]) == expected  # noqa: UP007


@attrs.define
class Person:
    """A record with slots, to be inherited from."""

    key: str = attrs.field(metadata=fact(hidden=True))
    met_in_person: "bool | None" = None


@attrs.frozen(slots=False)
class Lead(Person):
    """An attrs class without slots."""

    registry: ClassVar[int] = 5
    worth: "Optional[float]" = None  # noqa: UP045 - the old spelling
    stage: Stage | None = None
    _score: float | None = None
    recruits: bool | None = attrs.field(
        default=None, metadata=fact("is a recruiter", question="Is {name} a recruiter?")
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Guest:
    """A dataclass."""

    temporary: dataclasses.InitVar[int]
    visits: Count = 0
    likes: tuple[str, ...] = ()
    loud: bool | None = dataclasses.field(default=None, metadata=fact(asked=True))
    table: bytes = b""


def test_attrs_class() -> None:
    """Fields are facts, inherited ones too, with slots or without."""
    vocabulary = Vocabulary.of(Lead)

    assert vocabulary.facts == {
        "met in person": Fact("met in person", YesNo(), "met_in_person"),
        "worth": Fact("worth", Number(), "worth"),
        "stage": Fact("stage", OneOf(("New", "Open")), "stage"),
        "score": Fact("score", Number(), "_score"),
        "is a recruiter": Fact(
            "is a recruiter", YesNo(), "recruits", "Is {name} a recruiter?", asked=True
        ),
    }
    assert vocabulary.hidden == {"key": "the field `key` of `Lead` is set aside"}
    assert vocabulary.record is Lead
    assert not vocabulary.keeps_other


def test_dataclass() -> None:
    """A dataclass does as well."""
    vocabulary = Vocabulary.of(Guest)

    assert vocabulary.facts == {
        "visits": Fact("visits", CountType(), "visits"),
        "likes": Fact("likes", TextList(), "likes"),
        "loud": Fact("loud", YesNo(), "loud", asked=True),
    }
    assert vocabulary.hidden == {
        "table": "the field `table` of `Guest` is of a type that no fact has"
    }


def test_the_contact_that_comes_ready_made() -> None:
    """Its mappings beside the fields are no facts, and it keeps values of other facts."""
    vocabulary = Vocabulary.of(Contact)

    assert vocabulary.keeps_other
    assert {"other", "origins", "key", "note"}.isdisjoint(vocabulary.facts)
    assert set(vocabulary.hidden) == {"key", "note"}
    assert [each.name for each in vocabulary.facts.values() if each.asked] == [
        "met in person",
        "would have a drink with",
        "would recommend",
        "would do business with",
        "shares my values",
    ]


def test_fields_that_only_sound_like_the_mappings() -> None:
    """`other` and `origins` of another type are facts like any."""

    @attrs.frozen
    class Traveller:
        other: str | None = None
        origins: tuple[str, ...] | None = None

    vocabulary = Vocabulary.of(Traveller)
    policy = Policy.parse('other is "x" AND origins include "Leeds"', vocabulary=vocabulary)

    assert not vocabulary.keeps_other
    assert set(vocabulary.facts) == {"other", "origins"}
    assert policy.decide(Traveller("X", ("leeds",))).value == "connect"
    assert policy.judge(Traveller("X")).ask == ("origins",)


def test_a_mapping_that_may_be_missing() -> None:
    """Records without their mapping `other` know nothing of its facts."""

    @attrs.frozen
    class Loose:
        other: dict[str, object] | None = None

    text = "FACT is loud: yes/no\nCONNECT WHEN is loud\nOTHERWISE DECLINE"
    policy = Policy.parse(text, vocabulary=Vocabulary.of(Loose))

    assert Vocabulary.of(Loose).keeps_other
    assert policy.judge(Loose({"is loud": True})).decision.value == "connect"
    assert policy.judge(Loose()).ask == ("is loud",)


def _class(**fields: Any) -> type:  # noqa: ANN401 - what attrs makes fields of
    return attrs.make_class("Made", fields)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (5, "a vocabulary is made of a class, and `5` is none"),
        (int, "`int` is neither an attrs class nor a dataclass"),
        (
            _class(a_b=attrs.field(type=bool), A_B=attrs.field(type=bool)),
            "`Made.A_B` and `Made.a_b` are both said `A B`: give one another name with `fact(…)`",
        ),
        (
            _class(age=attrs.field(type=int, metadata=fact(question="How old?"))),
            "`Made.age` has a question but is not yes/no",
        ),
        (
            _class(x=attrs.field(type=bool, metadata=fact('says "hi"'))),
            '`Made.x` cannot be said `says "hi"`: a name is words',
        ),
        (
            _class(_=attrs.field(type=bool, alias="it")),
            "`Made._` cannot be said ``: a name is words",
        ),
    ],
)
def test_what_is_no_record(record: Any, message: str) -> None:  # noqa: ANN401
    """A class that cannot be spoken of is refused, and the message says what is wrong."""
    with pytest.raises(VocabularyError) as raised:
        Vocabulary.of(record)

    assert str(raised.value) == message


def test_an_annotation_that_cannot_be_read() -> None:
    """A name that is not there is an error of the vocabulary."""

    @attrs.frozen
    class Broken:
        friend: "Missing"  # type: ignore[name-defined]  # noqa: F821 - the point

    with pytest.raises(VocabularyError) as raised:
        Vocabulary.of(Broken)

    assert str(raised.value) == (
        "the annotations of `Broken` cannot be read: name 'Missing' is not defined"
    )


def test_declaring() -> None:
    """FACT lines add to a vocabulary, or take the place of what is said alike."""
    more = Vocabulary.of(Guest).declaring(Fact("Visits", Number()), Fact("is new", YesNo()))

    assert more.facts["visits"] == Fact("Visits", Number())
    assert set(more.facts) == {"visits", "likes", "loud", "is new"}
    assert set(Vocabulary.of(Guest).facts) == {"visits", "likes", "loud"}


def test_plain_data() -> None:
    """A vocabulary is comparable, hashable and picklable."""
    vocabulary = Vocabulary.of(Guest)

    assert vocabulary == Vocabulary.of(Guest)
    assert len({vocabulary, Vocabulary.of(Guest)}) == 1
    assert pickle.loads(pickle.dumps(vocabulary)) == vocabulary  # noqa: S301 - our own


def test_names_of_facts() -> None:
    """A fact is found under its name, said or as an attribute."""
    each = Fact("Doesn’t_Reply  Soon", YesNo())

    assert each.key == "doesn't_reply soon"
    assert each.slot == slot("doesn't reply soon") == slot("Doesn’t_Reply_Soon")
