"""A few values that an engine is likeliest to get wrong, judged as contacts alone are."""

import pyarrow as pa
import pytest

from connectrules import Contact, Policy
from tests.framed.tables import ENGINES, NUMBER, Engine, alike

EACH = pytest.mark.parametrize("engine", ENGINES.values(), ids=list(ENGINES))

_APART = "e\N{COMBINING ACUTE ACCENT}"
_KELVIN = "o\N{KELVIN SIGN}"


def decisions(
    engine: Engine,
    condition: str,
    me: Contact | None = None,
    before: str = "",
    **columns: pa.Array,
) -> str:
    """How each row of *columns* is decided, by first letters."""
    (size,) = {len(column) for column in columns.values()}
    named = {name.replace("_", " "): column for name, column in columns.items()}
    table = engine.made(pa.table({NUMBER: pa.array(range(size)), **named}))
    policy = Policy.parse(
        f'FACT kind: one of "Client", "Peer"\n{before}CONNECT WHEN {condition}\nOTHERWISE DECLINE'
    )
    return " ".join(row[0][0] for row in alike(policy, engine, table, me=me))


@EACH
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('bio is one of "\xe9", "ok"', "c c d c c d u"),
        ('bio mentions any of "\xe9", "ok"', "c c d c c c u"),
        ('bio contains "ok"', "d d d c c c u"),
        ('bio starts with "ok"', "d d d c c c u"),
        ('bio ends with "ok"', "d d d c c d u"),
        ('bio is "ok"', "d d d c c d u"),
        ('bio mentions any of "", "zz"', "d d c d d c u"),
    ],
)
def test_texts(engine: Engine, condition: str, expected: str) -> None:
    """However a letter is put together, beside others that are plain; and nothing at all."""
    texts = ["\xc9", _APART, "", "OK", _KELVIN, "ok, then", None]

    assert decisions(engine, condition, bio=pa.array(texts)) == expected


@EACH
def test_signs_that_become_plain_ones(engine: Engine) -> None:
    """They are found by the plain ones, as in lower case they are these."""
    texts = pa.array(["`", "\N{GREEK VARIA}", ";", "\N{GREEK QUESTION MARK}"])

    assert decisions(engine, 'bio is "`"', bio=texts) == "c c d d"
    assert decisions(engine, 'bio is one of ";", "`"', bio=texts) == "c c c c"
    assert decisions(engine, 'bio contains ";"', bio=texts) == "d d c c"


@EACH
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('values include "ok"', "d c c d e u"),
        ('values include any of "\xe9", "zz"', "c d c d e u"),
    ],
)
def test_items(engine: Engine, condition: str, expected: str) -> None:
    """Items are looked at as texts are; a gap among them is an error."""
    lists = [[_APART], [_KELVIN, "a"], ["OK", "\xc9"], [], [None, "b"], None]
    column = pa.array(lists, pa.list_(pa.string()))

    assert decisions(engine, condition, values=column) == expected


@EACH
@pytest.mark.parametrize(
    ("mine", "expected"),
    [((), "d d d d"), (("OK",), "c d d u"), (("ok", "zz"), "c d c u")],
    ids=["none", "one", "two"],
)
def test_lists_of_the_owners(engine: Engine, mine: tuple[str, ...], expected: str) -> None:
    """With nothing in it, none of them is included."""
    column = pa.array([["OK", "b"], [], ["zz"], None], pa.list_(pa.string()))
    me = Contact(key="me", values=mine)

    assert decisions(engine, "values include any of my values", me, values=column) == expected


@EACH
@pytest.mark.parametrize("assumed", ["", 'ASSUME kind: "Peer"\n'], ids=["read", "assumed"])
def test_what_is_none_of_the_choices_is_an_error(engine: Engine, assumed: str) -> None:
    """Not where the contact is decided without it; what is one of them never is."""
    kinds = pa.array(["client", "PEER", "client", "press", "press", None, None])
    bots = pa.array([False, None, None, True, None, True, False])

    found = decisions(
        engine, 'kind is "peer" OR is a bot', before=assumed, kind=kinds, is_a_bot=bots
    )

    assert found == f"d c u c e c {'c' if assumed else 'u'}"
