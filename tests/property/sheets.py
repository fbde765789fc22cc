"""Random policies with tables of contacts, in every type that a column may have."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any, cast

import attrs
import pyarrow as pa
from hypothesis import strategies as st

from connectrules import UNSURE
from tests.framed.tables import NUMBER
from tests.property.model import Case, Fact, Join, Kind, Not, Rule, Rules
from tests.property.sentences import sentences
from tests.property.strategies import HELD, UNFIT, case
from tests.property.universe import FACTS

NUMBERS: Sequence[Any] = (
    *(0, 1, 2, 3, 4, 5, 6, 7, 10, 100, 500, 5_000, -1, -128, 255),
    *(2**31, 2**53, 2**53 + 1, 2**63 - 1, -(2**63), 2**64 - 1),
)
REALS: Sequence[Any] = (
    *(-0.0, 0.0, 1.0, 2.0, 2.25, 2.5, 3.0, 5.0, 7.0, 10.0, 500.0, 5_000.0, -1.0, -3.5),
    *(2.0**53, 2.0**53 + 2, 1e300, 5e-324, float("inf"), float("-inf")),
    *(float("nan"), float("nan")),
)
DECIMALS = tuple(map(Decimal, ("0.00", "1.00", "2.25", "2.50", "5.00", "10.00", "-1.00", "500.00")))
DAYS: Sequence[Any] = tuple(
    day for day in HELD[Kind.DATE] if not isinstance(day, datetime.datetime)
)
_ZONE = datetime.timezone(datetime.timedelta(hours=5, minutes=30))


def _whole(low: int, high: int) -> list[Any]:
    return [each for each in NUMBERS if low <= each <= high]


def _moments(zone: datetime.tzinfo | None) -> list[Any]:
    clocks = (datetime.time(0, 0), datetime.time(3, 4, 5), datetime.time(23, 59, 59))
    return [datetime.datetime.combine(day, clock, zone) for day in DAYS for clock in clocks]


_NUMERIC: Mapping[pa.DataType, Sequence[Any]] = {
    pa.int8(): _whole(-128, 127),
    pa.int16(): _whole(-(2**15), 2**15 - 1),
    pa.int32(): _whole(-(2**31), 2**31 - 1),
    pa.int64(): _whole(-(2**63), 2**63 - 1),
    pa.uint8(): _whole(0, 255),
    pa.uint16(): _whole(0, 2**16 - 1),
    pa.uint32(): _whole(0, 2**32 - 1),
    pa.uint64(): _whole(0, 2**64 - 1),
    pa.float32(): [each for each in REALS if not 1e38 < abs(each) < 1e301 and each != 5e-324],
    pa.float64(): REALS,
    pa.decimal128(20, 2): DECIMALS,
}
_TEXTS = (*HELD[Kind.TEXT], *(text for text in UNFIT[Kind.ONE_OF] if isinstance(text, str)))
_LISTS = (
    *(list(cast("Iterable[str]", each)) for each in HELD[Kind.LIST]),
    ["wit", None],
    [None],
    ["", "craft"],
)
_WRITTEN: Mapping[Kind, Mapping[pa.DataType, Sequence[Any]]] = {
    Kind.YES_NO: {pa.bool_(): (True, False)},
    Kind.COUNT: _NUMERIC,
    Kind.NUMBER: _NUMERIC,
    Kind.TEXT: {
        pa.string(): _TEXTS,
        pa.large_string(): _TEXTS,
        pa.dictionary(pa.int32(), pa.string()): _TEXTS,
    },
    Kind.ONE_OF: {
        pa.string(): (*HELD[Kind.ONE_OF], "enemy", ""),
        pa.dictionary(pa.int8(), pa.string()): (*HELD[Kind.ONE_OF], "enemy"),
    },
    Kind.DATE: {
        pa.date32(): DAYS,
        pa.timestamp("us"): _moments(None),
        pa.timestamp("ns"): _moments(None),
        pa.timestamp("us", tz="UTC"): _moments(datetime.UTC),
        pa.timestamp("ms", tz="Asia/Kolkata"): _moments(_ZONE),
    },
    Kind.LIST: {
        pa.list_(pa.string()): _LISTS,
        pa.large_list(pa.large_string()): _LISTS,
    },
}
"""The types of columns for each kind of fact, and values in them that fit the fact, and others."""

KINDS = tuple(fact for fact in FACTS if fact.kind is not Kind.PHRASE)
_OFTEN: Mapping[Kind, int] = {
    Kind.YES_NO: 3,
    Kind.COUNT: 4,
    Kind.NUMBER: 4,
    Kind.TEXT: 8,
    Kind.ONE_OF: 2,
    Kind.DATE: 6,
    Kind.LIST: 8,
}
"""How often a kind is drawn, so that all operators come about alike."""


@attrs.frozen
class Sheet:
    """A policy and a table.

    Attributes:
        rules: The policy.
        me: What is known of the owner.
        today: The day.
        columns: The types of the facts' columns, and what they hold.
        answers: Answers, by the contact's key.
        cut: Where the table is cut in two chunks.
    """

    rules: Rules
    me: Mapping[str, object]
    today: datetime.date
    columns: Mapping[str, tuple[pa.DataType, Sequence[Any]]]
    answers: Mapping[str, Mapping[str, object]]
    cut: int

    @property
    def table(self) -> pa.Table:
        """The table: of two chunks, the second of which begins inside its memory."""
        columns = {name: pa.array(values, kind) for name, (kind, values) in self.columns.items()}
        whole = pa.table(columns)
        return pa.concat_tables([whole.slice(0, self.cut), whole.slice(self.cut)])


@st.composite
def sheets(draw: st.DrawFn, size: int = 25, *, wider: bool = False) -> Sheet:
    """Policies about a few facts, each with a table of up to *size* rows and answers."""
    drawn: Case = draw(_drawn(wider=wider) | _crowded(wider=wider))
    rows = draw(st.sampled_from((0, 1, size, size, size, size)))
    columns: dict[str, tuple[pa.DataType, Sequence[Any]]] = {
        NUMBER: (pa.int64(), range(rows)),
        "key": (pa.string(), [f"key {n % 9}" if n % 10 else None for n in range(rows)]),
    }
    # Values are drawn by a generator of their own: so many would take hypothesis long.
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311 - nothing is kept secret
    for fact in drawn.rules.facts():
        kinds = _WRITTEN[fact.kind]
        kind = random.choice([*kinds, *kinds, pa.null(), None])
        if kind is not None:
            name = draw(st.sampled_from((fact.name, fact.name.replace(" ", "_"))))
            values = kinds.get(kind, ())
            columns[name] = (
                kind,
                random.choices([*values, *[None] * (1 + len(values) // 4)], k=rows),
            )
    answers = draw(_answers(drawn.rules.facts())) if draw(st.booleans()) else {}
    cut = draw(st.integers(0, rows))
    return Sheet(drawn.rules, drawn.me, drawn.today, columns, answers, cut)


@st.composite
def _some(draw: st.DrawFn, most: int) -> tuple[Fact, ...]:
    """Up to *most* facts, those of kinds with more operators more often."""
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311 - as above
    kinds = random.choices([*_OFTEN], [*_OFTEN.values()], k=random.randint(1, most))
    facts = [random.choice([fact for fact in KINDS if fact.kind is kind]) for kind in kinds]
    return tuple(dict.fromkeys(facts))


def _drawn(*, wider: bool) -> st.SearchStrategy[Case]:
    """Policies as single contacts are judged by, with a contact."""
    return _some(4).flatmap(lambda facts: case(facts, wider=wider))


@st.composite
def _crowded(draw: st.DrawFn, *, wider: bool) -> Case:
    """Policies of many rules of few kinds, that say of few facts what often holds of all values."""
    drawn: Case = draw(_drawn(wider=wider))
    facts = [fact for fact in drawn.rules.facts() if fact in KINDS] or [KINDS[0]]
    leaves = st.one_of([sentences(fact) for fact in facts[:2]])
    few = draw(st.lists(leaves, min_size=2, max_size=5))
    each = st.sampled_from([*few, *map(Not, few)])
    words = st.sampled_from(("OR", "OR", "AND"))
    joins = st.builds(Join, words, st.lists(each, min_size=2, max_size=3).map(tuple))
    kinds = draw(st.sampled_from(((), ("review",), ("decline", "decline", "connect"))))
    rules = [
        Rule(draw(st.sampled_from(kinds or ("connect",))), draw(joins | each))
        for _ in range(draw(st.integers(2, 5)))
    ]
    return attrs.evolve(drawn, rules=attrs.evolve(drawn.rules, rules=tuple(rules)))


@st.composite
def _answers(draw: st.DrawFn, facts: Sequence[Fact]) -> Mapping[str, Mapping[str, object]]:
    keys = draw(st.sets(st.sampled_from([f"key {n}" for n in range(12)]), max_size=8))
    found: dict[str, Mapping[str, object]] = {}
    for key in sorted(keys):
        some = draw(st.sets(st.sampled_from(sorted(facts, key=lambda fact: fact.name)), max_size=3))
        found[key] = {
            fact.name: draw(
                st.sampled_from((*HELD[fact.kind], *HELD[fact.kind], UNSURE, *UNFIT[fact.kind]))
            )
            for fact in sorted(some, key=lambda fact: fact.name)
        }
    return found
