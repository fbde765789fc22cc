"""Cells of a table as queries read them: those that are written plainly, and which are not."""

from connectrules.bulk import sql
from connectrules.bulk.in_parquet import choice
from connectrules.bulk.part import Cell
from connectrules.schema.types import CountType, Date, FactType, Number, OneOf, TextList, YesNo

UNSURE = "unsure"

_WHOLE = "[0-9]{1,15}"
_REAL = r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?"
_GROUPS = "[0-9]{1,3}(,[0-9]{3}){1,4}"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}.*)?Z?)?"


def is_unsure(value: str) -> str:
    """Whether the text *value* says that somebody could not say."""
    return f"(strlen({value}) = {len(UNSURE)} AND lower({value}) = '{UNSURE}')"


def cell(kind: FactType, value: str, delimiter: str) -> Cell:
    """The fact of *kind* in the cell *value*, which is stripped, as `cell_reader` reads it."""
    match kind:
        case YesNo():
            return _read(yes_no(value), value)
        case CountType() | Number():
            return _read(_number(kind, value, delimiter), value)
        case Date():
            return _read(day(value), value)
        case TextList():
            items = f"string_split({value}, ';')"
            bare = f"list_transform({items}, lambda x: {sql.stripped('x')})"
            each = f"list_filter({bare}, lambda x: x IS NOT NULL)"
            found = f"CASE WHEN {value} = '[]' THEN [] WHEN NOT {is_unsure(value)} THEN {each} END"
            return Cell(found, f"{value} <> '[]' AND len({each}) = 0 OR {is_unsure(value)}")
        case OneOf():
            return choice(kind, value)
        case _:
            return Cell(f"CASE WHEN NOT {is_unsure(value)} THEN {value} END", is_unsure(value))


def _read(read: str, value: str) -> Cell:
    """A cell that is odd where there is something in it and *read* made nothing of it."""
    return Cell(read, f"{value} IS NOT NULL AND {read} IS NULL")


def yes_no(value: str) -> str:
    """Yes or no, if the text *value* says so."""
    yes = sql.is_among(f"lower({value})", ("true", "yes", "y", "1"))
    no = sql.is_among(f"lower({value})", ("false", "no", "n", "0"))
    return f"CASE WHEN {yes} THEN true WHEN {no} THEN false END"


def day(value: str) -> str:
    """The day that the text *value* gives; the year 0 is none."""
    is_day = f"regexp_full_match({value}, '{_DAY}') AND NOT starts_with({value}, '0000')"
    return f"CASE WHEN {is_day} THEN TRY_CAST({value}[1:10] AS DATE) END"


def _number(kind: FactType, value: str, delimiter: str) -> str:
    plain, holds = (_WHOLE, "BIGINT") if isinstance(kind, CountType) else (_REAL, "DOUBLE")
    cases = [f"WHEN regexp_full_match({value}, '{plain}') THEN TRY_CAST({value} AS {holds})"]
    if delimiter != ";":
        bare = f"replace({value}, ',', '')"
        cases.append(
            f"WHEN regexp_full_match({value}, '{_GROUPS}') THEN TRY_CAST({bare} AS {holds})"
        )
    return f"CASE {' '.join(cases)} END"
