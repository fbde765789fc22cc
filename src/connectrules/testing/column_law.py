"""The law of column forms: a phrase's answers for a table are those for its rows."""

import datetime
from collections.abc import Set as AbstractSet
from enum import Enum
from importlib.util import find_spec
from typing import Any

import attrs

from connectrules.errors import FrameError, PolicyError
from connectrules.policy import Policy
from connectrules.schema import types as kinds
from connectrules.schema.types import FactType, Unsure, choice_text
from connectrules.schema.vocabulary import BESIDE, Vocabulary
from connectrules.testing.asking import Asked, Literals, sentence
from connectrules.testing.lawbook import Finding, Law
from connectrules.testing.observing import field_names
from connectrules.verdict import Decision

RESULTS = frozenset({"decision", "rule", "ask", "exact"})
"""The columns that judging adds: no field called so can be one of the table."""
_DECISIONS = {True: Decision.CONNECT, False: Decision.DECLINE, None: Decision.UNDECIDED}
_SAID = {"connect": "yes", "decline": "no", "undecided": "unknown", "error": "an error"}


def has_tables() -> bool:
    """Whether there is what column forms are tried with: narwhals and Polars."""
    return all(find_spec(name) for name in ("narwhals", "polars"))


@attrs.frozen
class ColumnForm:
    """What looks whether a phrase's column form agrees with its function.

    Attributes:
        vocabulary: What is said of its records.
    """

    vocabulary: Vocabulary[Any]

    @property
    def law(self) -> Law:
        """The law, for phrases with such records."""
        return Law("column-form", "agrees with its column form", self.check)

    def check(self, asked: Asked, record: object, literals: Literals) -> Finding | None:
        """How the column form was seen to disagree."""
        called = asked.answered(record, literals)
        if not called.is_sound:
            return None
        policy = self._policy(asked, literals)
        if policy is None:
            return None
        help_ = "say the same in both: single contacts are judged by one, tables by the other"
        try:
            judged = policy.judge_frame(_table(record, self.vocabulary))
        except FrameError as error:
            return Finding(record, f"for a table, {error}", help_)
        (decision,) = judged["decision"].to_list()
        if decision != _DECISIONS[called.answer].value:
            said, column = _SAID[_DECISIONS[called.answer].value], _SAID[decision]
            return Finding(record, f"the function says {said}, and the column form {column}", help_)
        beside = policy.judge_frame(_beside_another(_table(record, self.vocabulary)))
        other = beside["decision"].to_list()[0]
        if other == decision:
            return None
        return Finding(
            record,
            f"its column form says {_SAID[decision]} where its row stands alone, and "
            f"{_SAID[other]} beside another row",
            "look at the row's own columns alone: no mean, sum or rank of a column, no row before",
        )

    def _policy(self, asked: Asked, literals: Literals) -> Policy[Any] | None:
        """A policy that connects where the phrase says yes; None where a text cannot be said."""
        vocabulary = attrs.evolve(self.vocabulary, phrases=(asked.phrase,))
        try:
            return Policy.parse(sentence(asked.phrase, literals), vocabulary=vocabulary)
        except PolicyError:
            return None


# A record as a row


_TYPES: dict[type, str] = {
    kinds.YesNo: "Boolean",
    kinds.Number: "Float64",
    kinds.CountType: "Int64",
    kinds.Text: "String",
    kinds.OneOf: "String",
    kinds.TextList: "List",
}


def _table(record: Any, vocabulary: Vocabulary[Any]) -> Any:  # noqa: ANN401 - a table of Polars
    """A table with *record* as its row: its fields, and the facts without a field."""
    import polars  # noqa: PLC0415 - an extra, needed here only

    values = {
        name: getattr(record, name)
        for name in field_names(vocabulary.record)
        if name not in BESIDE and name not in RESULTS
    }
    types: dict[str, Any] = {}
    for fact in vocabulary.facts.values():
        if fact.attribute is None:
            values[fact.name] = (getattr(record, "other", None) or {}).get(fact.slot)
        name = fact.attribute or fact.name
        types[name] = _dtype(polars, fact.type, values.get(name))
    columns = [
        _column(polars, name, _plain(value), types.get(name)) for name, value in values.items()
    ]
    return polars.DataFrame([each for each in columns if each is not None])


def _beside_another(table: Any) -> Any:  # noqa: ANN401 - a table of Polars
    """*table*, of one row, with another row below in which every value differs."""
    import polars  # noqa: PLC0415 - as above

    return polars.DataFrame(
        [polars.Series(each.name, [each[0], _other(each)], dtype=each.dtype) for each in table]
    )


def _other(column: Any) -> object:  # noqa: ANN401 - a column of Polars
    """Another value for *column*, of the same type."""
    match column[0]:
        case bool() as value:
            return not value
        case int() as value:
            return value + 1_000 if value < 0 else value // 2 + 7
        case float() as value:
            return value / 2 + 7
        case str() as value:
            return f"{value} and more"
        case datetime.date() as value:
            step = datetime.timedelta(days=400)
            return value - step if value.year > datetime.MINYEAR + 2 else value + step
        case None:
            return None
        case _:
            return []


def _dtype(polars: Any, kind: FactType, value: object) -> Any:  # noqa: ANN401 - Polars's own
    if isinstance(kind, kinds.Date):
        return polars.Datetime if isinstance(value, datetime.datetime) else polars.Date
    found = getattr(polars, _TYPES[type(kind)])
    return found(polars.String) if isinstance(kind, kinds.TextList) else found


def _column(polars: Any, name: str, value: object, dtype: Any) -> Any:  # noqa: ANN401 - as above
    """A column of one *value*; None where Polars knows nothing like it."""
    try:
        return polars.Series(name, [value], dtype=dtype)
    except (TypeError, ValueError, polars.exceptions.PolarsError):
        return None


def _plain(value: object) -> object:
    """*value* as tables have it."""
    match value:
        case Unsure():
            return None
        case Enum():
            return choice_text(value)
        case AbstractSet() | tuple():
            return list(value)
        case _:
            return value
