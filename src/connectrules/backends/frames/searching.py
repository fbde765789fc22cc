"""Searching columns of texts, and of lists of text, that are in lower case."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import or_

import narwhals as nw

from connectrules.backends.frames.engines import How, Native, Search
from connectrules.backends.frames.spellings import escaped


def asked(column: nw.Expr, how: How, parts: Sequence[str]) -> nw.Expr:
    """The answer to a search of a *column* that is in lower case; see `Search`."""
    return _SEARCHES[how](column, parts)


def by_folding(
    folded: Callable[[Native, Mapping[str, str], Mapping[str, str]], Native],
    frame: Native,
    searches: Mapping[str, Search],
) -> Native:
    """*frame* with columns that answer *searches*, by way of columns in lower case.

    Args:
        folded: See `Engine`; so is *frame*, and what is returned.
        frame: The table.
        searches: The searches, by the names of the columns.
    """
    lists = {each.column for each in searches.values() if each.how in {"includes", "gap"}}
    columns = dict.fromkeys(each.column for each in searches.values())
    names = {column: f"{name} fold" for name, column in zip(searches, columns, strict=False)}
    table = nw.from_native(
        folded(
            frame,
            {name: column for column, name in names.items() if column not in lists},
            {name: column for column, name in names.items() if column in lists},
        )
    )
    answers = {new: _answer(each, nw.col(names[each.column])) for new, each in searches.items()}
    return table.with_columns(**answers).drop(*names.values()).to_native()


def _answer(search: Search, fold: nw.Expr) -> nw.Expr:
    if search.how == "gap":
        return nw.when(~nw.col(search.column).is_null()).then(fold.is_null())
    return asked(fold, search.how, search.parts)


def _is_any(text: nw.Expr, parts: Sequence[str]) -> nw.Expr:
    return text == parts[0] if len(parts) == 1 else text.is_in(parts)


def _any_of(search: Callable[[nw.Expr, str], nw.Expr]) -> Callable[..., nw.Expr]:
    return lambda column, parts: reduce(or_, (search(column, part) for part in parts))


_SEARCHES: dict[How, Callable[[nw.Expr, Sequence[str]], nw.Expr]] = {
    "is": _is_any,
    "contains": _any_of(lambda text, part: text.str.contains(part, literal=True)),
    "mentions": lambda text, parts: text.str.contains(pattern("mentions", parts)),
    "starts": _any_of(lambda text, part: text.str.starts_with(part)),
    "ends": _any_of(lambda text, part: text.str.ends_with(part)),
    "includes": _any_of(lambda texts, item: texts.list.contains(item)),
}
"""How texts and lists that are in lower case are searched."""


_AROUND: dict[How, tuple[str, str]] = {
    "contains": ("", ""),
    "mentions": (r"(?:\A|[^\p{L}\p{N}])", r"(?:[^\p{L}\p{N}]|\z)"),
    "starts": (r"\A", ""),
    "ends": ("", r"\z"),
}


def pattern(how: How, parts: Sequence[str]) -> str:
    """A regular expression, in any engine, for a text that any of *parts* is found in."""
    before, after = _AROUND[how]
    return f"{before}(?:{'|'.join(map(escaped, parts))}){after}"
