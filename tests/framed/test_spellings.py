"""What is searched for in texts as they stand is what their lower case has."""

import functools
import sys
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules.backends.frames.engines import Engine, How, Search, in_arrow, in_duckdb, in_polars
from connectrules.backends.frames.engines.in_polars import _MAY_COMPOSE
from connectrules.backends.frames.spellings import SINGLE, STRANGE, spellings
from connectrules.rules.parts import PARTS
from connectrules.schema.types import folded

pytestmark = pytest.mark.once  # each of a million letters


@functools.cache
def every() -> list[str]:
    """All characters that a text may have."""
    return [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


def test_what_becomes_ascii() -> None:
    """Only four characters beyond ASCII have any of it in lower case, and three are one of it."""
    folds = {each: folded(each) for each in every() if not each.isascii()}

    some = {each for each, fold in folds.items() if any(map(str.isascii, fold))}
    one = {fold: each for each, fold in folds.items() if len(fold) == 1 and fold.isascii()}

    assert some == set(STRANGE)
    assert one == SINGLE


def test_what_may_compose() -> None:
    """All is found that is not in composed form, alone or beside what stands before it."""
    second = {_second(each) for each in every()}
    wanted = [
        each
        for each in every()
        if not unicodedata.is_normalized("NFC", each)
        or unicodedata.combining(each)
        or each in second
    ]

    found = pl.Series(wanted).str.contains(_MAY_COMPOSE)

    assert [each for each, there in zip(wanted, found, strict=True) if not there] == []


def _second(letter: str) -> str:
    """What *letter* ends with when it is taken apart, where it is put together again."""
    apart = unicodedata.normalize("NFD", letter)
    return apart[-1] if len(apart) > 1 and unicodedata.normalize("NFC", apart) == letter else ""


def test_spellings() -> None:
    """Each is listed that is the same in lower case; long parts and others than ASCII are not."""
    assert spellings(["uk", "a;"]) == [
        "uk", "uK", "u\u212a", "Uk", "UK", "U\u212a", "a;", "a\u037e", "A;", "A\u037e",
    ]  # fmt: skip
    assert spellings(["a" * 11]) is None
    assert spellings(["uk", "\xe9ire"]) is None


LETTERS = "kKiIsS aA;`\u212a\u0130\u017f\u037e\u1fef\u0301\u0307\u0323\xe9\xc9\u03a3\u03c3.1\u0416"
PIECES = st.text(LETTERS, min_size=1, max_size=4)
ASCII = st.text("kis1", min_size=1, max_size=2)


@pytest.mark.parametrize("how", ["is", "contains", "mentions", "starts", "ends"])
def test_searches_of_texts(how: How) -> None:
    """Polars finds in texts as they stand what Python finds in their lower case."""

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(st.none() | st.text(LETTERS, max_size=8), max_size=8),
        st.lists(PIECES.map(folded), min_size=1, max_size=3),
    )
    def agree(texts: Sequence[str | None], parts: Sequence[str]) -> None:
        frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})

        judged = in_polars.searched(frame, {"found": Search("text", how, tuple(parts))})

        expected = [None if text is None else _found(how, folded(text), parts) for text in texts]
        assert judged.columns == ["text", "found"]
        assert judged["found"].to_list() == expected

    agree()


@pytest.mark.parametrize(
    ("engine", "made"),
    [(in_arrow, pa.table), (in_duckdb, duckdb.from_arrow), (in_polars, pl.from_arrow)],
)
def test_searches_of_items(engine: Engine, made: Callable[[Any], Any]) -> None:
    """Each engine finds in lists what Python finds among the lower case of their items."""

    @settings(max_examples=60, deadline=None)
    @given(
        st.data(),
        st.lists(ASCII, min_size=1, max_size=2) | st.lists(PIECES, min_size=1, max_size=2),
    )
    def agree(data: st.DataObject, parts: Sequence[str]) -> None:
        parts = [*map(folded, parts)]
        near = st.sampled_from(parts).flatmap(_spelt)
        texts = st.lists(near | st.none() | st.text(LETTERS, max_size=2), max_size=2)
        lists = [None, [], *data.draw(st.lists(texts, min_size=20, max_size=20))]
        frame: Any = pa.table({"texts": pa.array(lists, pa.list_(pa.string()))})
        frame = made(frame)

        judged = engine.searched(frame, {"found": Search("texts", "includes", tuple(parts))})

        assert nw.from_native(judged).lazy().collect()["found"].to_list() == [
            None
            if each is None or None in each
            else any(folded(text or "") in parts for text in each)
            for each in lists
        ]

    agree()


def _spelt(text: str) -> st.SearchStrategy[str]:
    """Spellings of *text* in small letters and capitals, among them the sign of the kelvin."""
    letters = [sorted({each, each.upper(), *("\u212a" if each == "k" else "")}) for each in text]
    return st.tuples(*map(st.sampled_from, letters)).map("".join)


def _found(how: How, text: str, parts: Sequence[str]) -> bool:
    return text in parts if how == "is" else any(PARTS[how](text, part) for part in parts)
