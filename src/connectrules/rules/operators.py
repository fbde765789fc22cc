"""The phrase book: one entry per sentence on a fact.

To add an operator, add an entry; everything reads it from here.
"""

from datetime import date
from typing import Any

from connectrules.rules.algebra import Algebra
from connectrules.rules.entry import Operator, Sample
from connectrules.rules.tree import Literal
from connectrules.schema.types import CountType, Date, Number, OneOf, Text, TextList, YesNo


def _any(a: Algebra[Any, Any], truths: list[Any]) -> Any:  # noqa: ANN401 - a backend's own
    return a.at_least(1, [(1, truth) for truth in truths])


def _all(a: Algebra[Any, Any], truths: list[Any]) -> Any:  # noqa: ANN401 - a backend's own
    return a.at_least(len(truths), [(1, truth) for truth in truths])


_NUMBERS = (CountType, Number)
_TEXTS = (Text, OneOf)

PHRASE_BOOK: tuple[Operator, ...] = (
    Operator(
        name="holds",
        types=(YesNo,),
        spellings=("{F}",),
        meaning=lambda a, f: a.holds(f),
        samples=(Sample("F", True, True), Sample("F", False, False)),
    ),
    # Numbers.
    Operator(
        name="equals",
        types=_NUMBERS,
        spellings=("{F} is|are {n}", "{F} = {n}", "has|have exactly {n} {F}"),
        opposites=("{F} is|are not {n}", "{F} != {n}"),
        meaning=lambda a, f, n: a.equal(f, n),
        reads="is {}",
        samples=(
            Sample("F is 5", 5, True),
            Sample("F = 5", 6, False),
            Sample("F is not 5", 5, False),
            Sample("F != 5", 6, True),
            Sample("has exactly 5 F", 5, True),
        ),
    ),
    Operator(
        name="less than",
        types=_NUMBERS,
        spellings=(
            "{F} is|are less than {n}",
            "{F} is|are under {n}",
            "{F} < {n}",
            "has|have fewer|less than {n} {F}",
        ),
        opposites=("{F} is|are at least {n}", "{F} >= {n}", "has|have at least {n} {F}"),
        meaning=lambda a, f, n: a.less(f, n),
        reads="is less than {}",
        samples=(
            Sample("F is less than 5", 4, True),
            Sample("F is under 5", 5, False),
            Sample("F < 5", 4, True),
            Sample("has fewer than 5 F", 5, False),
            Sample("F is at least 5", 5, True),
            Sample("F >= 5", 4, False),
            Sample("has at least 5 F", 5, True),
        ),
    ),
    Operator(
        name="more than",
        types=_NUMBERS,
        spellings=(
            "{F} is|are more than {n}",
            "{F} is|are over {n}",
            "{F} > {n}",
            "has|have more than {n} {F}",
        ),
        opposites=("{F} is|are at most {n}", "{F} <= {n}", "has|have at most {n} {F}"),
        meaning=lambda a, f, n: a.less(n, f),
        reads="is more than {}",
        samples=(
            Sample("F is more than 5", 6, True),
            Sample("F is over 5", 5, False),
            Sample("F > 5", 6, True),
            Sample("has more than 5 F", 5, False),
            Sample("F is at most 5", 5, True),
            Sample("F <= 5", 6, False),
            Sample("has at most 5 F", 5, True),
        ),
    ),
    Operator(
        name="between numbers",
        types=_NUMBERS,
        spellings=("{F} is|are between {n} and {n}",),
        meaning=lambda a, f, low, high: _all(
            a, [a.negate(a.less(f, low)), a.negate(a.less(high, f))]
        ),
        reads="is between {} and {}",
        samples=(
            Sample("F is between 5 and 10", 5, True),
            Sample("F is between 5 and 10", 10, True),
            Sample("F is between 5 and 10", 11, False),
        ),
    ),
    Operator(
        name="none",
        types=_NUMBERS,
        spellings=("has|have no {F}",),
        meaning=lambda a, f: a.equal(f, a.literal(Literal(0))),
        reads="is 0",
        samples=(Sample("has no F", 0, True), Sample("has no F", 1, False)),
    ),
    # Texts.
    Operator(
        name="is",
        types=_TEXTS,
        spellings=("{F} is|are {x}",),
        opposites=("{F} is|are not {x}",),
        meaning=lambda a, f, x: a.equal(f, x),
        reads="is {}",
        samples=(
            Sample('F is "craft"', "Craft", True),
            Sample('F is "craft"', "speed", False),
            Sample('F is not "craft"', "Craft", False),
        ),
    ),
    Operator(
        name="is one of",
        types=_TEXTS,
        spellings=("{F} is|are one of {xs}",),
        opposites=("{F} is|are not one of {xs}",),
        meaning=lambda a, f, xs: _any(a, [a.equal(f, x) for x in xs]),
        reads="is one of {}",
        samples=(
            Sample('F is one of "craft", "speed"', "Speed", True),
            Sample('F is one of "craft" or "speed"', "other", False),
            Sample('F is not one of "craft", "speed"', "other", True),
        ),
    ),
    Operator(
        name="mentions",
        types=(Text,),
        spellings=("{F} mentions|mention {x}",),
        meaning=lambda a, f, x: a.mentions(f, x),
        reads="mentions {}",
        samples=(
            Sample('F mentions "craft"', "Arts & Craft, Leeds", True),
            Sample('F mentions "craft"', "Aircraft", False),
        ),
    ),
    Operator(
        name="mentions any",
        types=(Text,),
        spellings=("{F} mentions|mention any of {xs}",),
        opposites=("{F} mentions|mention none of {xs}",),
        meaning=lambda a, f, xs: _any(a, [a.mentions(f, x) for x in xs]),
        reads="mentions any of {}",
        samples=(
            Sample('F mentions any of "craft", "speed"', "craft first", True),
            Sample('F mentions any of "craft", "speed"', "aircraft speeds", False),
            Sample('F mentions none of "craft", "speed"', "aircraft speeds", True),
        ),
    ),
    Operator(
        name="mentions all",
        types=(Text,),
        spellings=("{F} mentions|mention all of {xs}",),
        meaning=lambda a, f, xs: _all(a, [a.mentions(f, x) for x in xs]),
        reads="mentions all of {}",
        samples=(
            Sample('F mentions all of "craft" and "speed"', "speed and craft", True),
            Sample('F mentions all of "craft" and "speed"', "craft", False),
        ),
    ),
    Operator(
        name="contains",
        types=(Text,),
        spellings=("{F} contains|contain {x}",),
        meaning=lambda a, f, x: a.contains(f, x),
        reads="contains {}",
        samples=(
            Sample('F contains "craft"', "Aircraft", True),
            Sample('F contains "craft"', "Speed", False),
        ),
    ),
    Operator(
        name="starts with",
        types=(Text,),
        spellings=("{F} starts|start with {x}",),
        meaning=lambda a, f, x: a.starts(f, x),
        reads="starts with {}",
        samples=(
            Sample('F starts with "craft"', "Craftwork", True),
            Sample('F starts with "craft"', "Aircraft", False),
        ),
    ),
    Operator(
        name="ends with",
        types=(Text,),
        spellings=("{F} ends|end with {x}",),
        meaning=lambda a, f, x: a.ends(f, x),
        reads="ends with {}",
        samples=(
            Sample('F ends with "craft"', "Aircraft", True),
            Sample('F ends with "craft"', "Craftwork", False),
        ),
    ),
    # Dates.
    Operator(
        name="before",
        types=(Date,),
        spellings=("{F} is|are before {g}",),
        meaning=lambda a, f, d: a.less(f, d),
        reads="is before {}",
        samples=(
            Sample("F is before 2024-05-01", date(2024, 4, 30), True),
            Sample("F is before 2024-05-01", date(2024, 5, 1), False),
        ),
    ),
    Operator(
        name="after",
        types=(Date,),
        spellings=("{F} is|are after {g}",),
        meaning=lambda a, f, d: a.less(d, f),
        reads="is after {}",
        samples=(
            Sample("F is after 2024-05-01", date(2024, 5, 2), True),
            Sample("F is after 2024-05-01", date(2024, 5, 1), False),
        ),
    ),
    Operator(
        name="on",
        types=(Date,),
        spellings=("{F} is|are on {d}",),
        meaning=lambda a, f, d: a.equal(f, d),
        reads="is on {}",
        samples=(
            Sample("F is on 2024-05-01", date(2024, 5, 1), True),
            Sample("F is on 2024-05-01", date(2024, 5, 2), False),
        ),
    ),
    Operator(
        name="between dates",
        types=(Date,),
        spellings=("{F} is|are between {d} and {d}",),
        meaning=lambda a, f, first, last: _all(
            a, [a.negate(a.less(f, first)), a.negate(a.less(last, f))]
        ),
        reads="is between {} and {}",
        samples=(
            Sample("F is between 2024-05-01 and 2024-06-01", date(2024, 6, 1), True),
            Sample("F is between 2024-05-01 and 2024-06-01", date(2024, 6, 2), False),
        ),
    ),
    Operator(
        name="within the last",
        types=(Date,),
        spellings=("{F} is|are within the last {last}", "{F} is|are less than {time} ago"),
        meaning=lambda a, f, window: _all(
            a, [a.less(window[0], f), a.negate(a.less(window[1], f))]
        ),
        reads="is within the last {}",
        samples=(
            Sample("F is within the last 6 months", date(2026, 5, 23), True),
            Sample("F is within the last 6 months", date(2026, 5, 22), False),
            Sample("F is within the last month", date(2026, 11, 22), True),
            Sample("F is less than 2 weeks ago", date(2026, 11, 23), False),
        ),
    ),
    Operator(
        name="longer ago",
        types=(Date,),
        spellings=("{F} is|are more than {time} ago",),
        meaning=lambda a, f, window: a.less(f, window[0]),
        reads="is more than {} ago",
        samples=(
            Sample("F is more than 2 years ago", date(2024, 11, 21), True),
            Sample("F is more than 2 years ago", date(2024, 11, 22), False),
        ),
    ),
    # Lists of text.
    Operator(
        name="include",
        types=(TextList,),
        spellings=("{F} include|includes {x}",),
        opposites=("{F} do|does not include {x}",),
        meaning=lambda a, f, x: a.member(x, f),
        reads="include {}",
        samples=(
            Sample('F include "craft"', ["Craft", "speed"], True),
            Sample('F include "craft"', [], False),
            Sample('F do not include "craft"', [], True),
        ),
    ),
    Operator(
        name="include any",
        types=(TextList,),
        spellings=("{F} include|includes any of {xs}",),
        opposites=("{F} include|includes none of {xs}",),
        meaning=lambda a, f, xs: _any(a, [a.member(x, f) for x in xs]),
        reads="include any of {}",
        samples=(
            Sample('F include any of "craft", "speed"', ["speed"], True),
            Sample('F include any of "craft", "speed"', ["other"], False),
            Sample('F include none of "craft", "speed"', ["other"], True),
        ),
    ),
    Operator(
        name="include all",
        types=(TextList,),
        spellings=("{F} include|includes all of {xs}",),
        meaning=lambda a, f, xs: _all(a, [a.member(x, f) for x in xs]),
        reads="include all of {}",
        samples=(
            Sample('F include all of "craft" and "speed"', ["speed", "craft"], True),
            Sample('F include all of "craft" and "speed"', ["speed"], False),
        ),
    ),
    Operator(
        name="include some",
        types=(TextList,),
        spellings=("{F} include|includes at least {k} of {xs}",),
        meaning=lambda a, f, k, xs: a.at_least(k, [(1, a.member(x, f)) for x in xs]),
        reads="include at least {} of {}",
        samples=(
            Sample('F include at least 2 of "a", "b", "c"', ["c", "a"], True),
            Sample('F include at least 2 of "a", "b", "c"', ["c", "c"], False),
        ),
    ),
    Operator(
        name="exactly so many",
        types=(TextList,),
        spellings=("has|have exactly {n} {F}",),
        meaning=lambda a, f, n: a.equal(a.length(f), n),
        reads="has exactly {} items",
        samples=(
            Sample("has exactly 2 F", ["a", "b"], True),
            Sample("has exactly 2 F", ["a", "A"], False),
        ),
    ),
    Operator(
        name="fewer than",
        types=(TextList,),
        spellings=("has|have fewer|less than {n} {F}",),
        opposites=("has|have at least {n} {F}",),
        meaning=lambda a, f, n: a.less(a.length(f), n),
        reads="has fewer than {} items",
        samples=(
            Sample("has fewer than 2 F", ["a", "a"], True),
            Sample("has less than 2 F", ["a", "b"], False),
            Sample("has at least 2 F", ["a", "b"], True),
        ),
    ),
    Operator(
        name="more items than",
        types=(TextList,),
        spellings=("has|have more than {n} {F}",),
        opposites=("has|have at most {n} {F}",),
        meaning=lambda a, f, n: a.less(n, a.length(f)),
        reads="has more than {} items",
        samples=(
            Sample("has more than 1 F", ["a", "b"], True),
            Sample("has at most 1 F", ["a", "b"], False),
        ),
    ),
    Operator(
        name="empty",
        types=(TextList,),
        spellings=("has|have no {F}",),
        meaning=lambda a, f: a.equal(a.length(f), a.literal(Literal(0))),
        reads="has no items",
        samples=(Sample("has no F", [], True), Sample("has no F", ["a"], False)),
    ),
)
