"""What is left open by Kleene logic, reduced to what its verdicts hang on, each settled once."""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from connectrules.framed.hanging import Hanging
from connectrules.framed.keys import Keys
from connectrules.framed.listed import listed
from connectrules.framed.outcomes import NOT_SEEN, Listed, Outcome, Settled, settled
from connectrules.framed.possible import TooManyError, possible
from connectrules.framed.table import Table
from connectrules.program import Program


def look_up(
    table: Table, program: Program, hanging: Hanging
) -> tuple[nw.Expr, Sequence[Outcome]] | None:
    """The place of the outcome of each row, and the outcomes, where all keys can be listed.

    That is in a lazy table where the ways in which rows can come out are few: what a row
    comes to is then looked up at once, and no rule is worked out in columns.
    """
    keys, memory = Keys(hanging.digits()), Settled.of(program)
    is_listed = keys.is_number and keys.size <= table.engine.MOST_LISTED
    if not (keys.digits and table.is_lazy and is_listed):
        return None
    if hanging.kind not in memory.listed:
        memory.listed[hanging.kind] = _listed(program, hanging, keys)
    found = memory.listed[hanging.kind]
    if found is None:
        memory.beforehand[hanging.kind] = None
        return None
    key, name = table.name("key"), table.name("outcome")
    table.frame = table.frame.with_columns(**{key: keys.expression()})
    table.look_up(nw.col(key), {name: (found.places, "place")})
    return nw.col(name), found.outcomes


def _listed(program: Program, hanging: Hanging, keys: Keys) -> Listed | None:
    """What all keys come to, where the ways are few."""
    situations = possible(program, hanging)
    try:
        return None if situations is None else listed(program, hanging, keys, situations)
    except TooManyError:
        return None


def settle(
    table: Table, program: Program, hanging: Hanging, is_open: nw.Expr
) -> tuple[nw.Expr, list[Outcome]]:
    """The place of the outcome of each row that *is_open*, and the outcomes.

    Where the ways in which rows can come out are too many to settle them all beforehand,
    and in an eager table, the distinct ones are collected: the one pass over it.
    """
    keys, memory = Keys(hanging.digits()), Settled.of(program)
    if not keys.digits:
        return nw.lit(0, nw.Int32), [memory.outcome(program, hanging.situation([]))]
    key = table.name("key")
    table.frame = table.frame.with_columns(**{key: nw.when(is_open).then(keys.expression())})
    table.work_out(key)
    found = _beforehand(memory, program, hanging, keys) if table.is_lazy else None
    is_sure = found is not None or not table.is_lazy
    if found is None:
        found = {
            each: memory.outcome(program, hanging.situation(keys.values(each)))
            for each in _present(table, key)
        }
    outcomes: dict[Outcome, int] = {}
    places = {each: outcomes.setdefault(outcome, len(outcomes)) for each, outcome in found.items()}
    place = _placed(table, key, keys, places)
    if not is_sure:
        unseen = outcomes.setdefault(NOT_SEEN, len(outcomes))
        place = place.fill_null(nw.lit(unseen, nw.Int32))
    return place, list(outcomes)


def _beforehand(
    memory: Settled, program: Program, hanging: Hanging, keys: Keys
) -> Mapping[Any, Outcome] | None:
    """What rows can come to, by their keys, where the ways are few."""
    if hanging.kind not in memory.beforehand:
        found = possible(program, hanging) if keys.is_number else None
        try:
            memory.beforehand[hanging.kind] = (
                None
                if found is None
                else {keys.key(hanging.values(each)): settled(program, each) for each in found}
            )
        except TooManyError:
            memory.beforehand[hanging.kind] = None
    return memory.beforehand[hanging.kind]


def _present(table: Table, key: str) -> list[Any]:
    """The distinct keys of a table."""
    distinct = table.frame.select(key).drop_nulls().unique()
    collected = distinct.collect() if isinstance(distinct, nw.LazyFrame) else distinct
    return sorted(collected[key].to_list())


def _placed(table: Table, key: str, keys: Keys, places: Mapping[Any, int]) -> nw.Expr:
    """The place of the outcome of each row that has a key."""
    if not places:
        return nw.lit(None, nw.Int32)
    name = table.name("outcome")
    if keys.is_number and keys.size <= table.engine.MOST_LISTED:
        dense = [places.get(each) for each in range(keys.size)]
        table.look_up(nw.col(key), {name: (dense, "place")})
        return nw.col(name)
    table.match(key, list(places), {name: (list(places.values()), "place")})
    return nw.col(name)
