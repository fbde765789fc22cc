"""Tables fit their width, and nothing in them is cut."""

from hypothesis import given
from hypothesis import strategies as st

from connectrules.cli.table import Row, Table
from connectrules.render.cells import width
from connectrules.render.paint import Role
from connectrules.render.text import plain

HEAD = ("decision", "contact", "because")


def drawn(*rows: Row, columns: int = 40, first: int = 0) -> list[str]:
    """A table of *rows*."""
    return list(Table(HEAD, columns, plain, first=first).lines(rows))


def test_columns_are_as_wide_as_they_need() -> None:
    """Where all fits, nothing wraps, and no line ends in spaces."""
    assert drawn(Row(("connect", "Ada", "a friend")), Row(("decline", "日本", ""))) == [
        "decision  contact  because",
        "────────  ───────  ────────",
        "connect   Ada      a friend",
        "decline   日本",
    ]


def test_wide_columns_share_what_is_left_and_wrap() -> None:
    """The first column is never wrapped, others only where they want more than their share."""
    assert drawn(Row(("undecided", "Ada Example of Example", "one two three four five"))) == [
        "decision   contact        because",
        "─────────  ─────────────  ──────────────",
        "undecided  Ada Example    one two three",
        "           of Example     four five",
    ]


def test_the_first_column_has_room_for_what_may_come() -> None:
    """Later batches keep to the widths of the first."""
    table = Table(HEAD, 30, plain, first=9)

    assert list(table.lines([Row(("connect", "Ada", "so"))])) == [
        "decision   contact  because",
        "─────────  ───────  ───────",
        "connect    Ada      so",
    ]
    assert list(table.lines([Row(("undecided", "Bob the Example", "so"))])) == [
        "undecided  Bob the  so",
        "           Example",
    ]


def test_empty_columns_are_left_out_until_they_are_needed() -> None:
    """Then the head is written again."""
    table = Table(HEAD, 40, plain)

    assert list(table.lines([Row(("connect", "Ada", ""))])) == [
        "decision  contact",
        "────────  ───────",
        "connect   Ada",
    ]
    assert list(table.lines([Row(("connect", "Ada", "so"))])) == [
        "decision  contact  because",
        "────────  ───────  ───────",
        "connect   Ada      so",
    ]


def test_a_short_row_goes_on_to_the_end() -> None:
    """An error has room for its message, whatever the columns are."""
    assert drawn(
        Row(("connect", "Ada", "so")),
        Row(("error", "`x` is not a whole number, 0 or more")),
        columns=30,
    ) == [
        "decision  contact  because",
        "────────  ───────  ───────",
        "connect   Ada      so",
        "error     `x` is not a whole",
        "          number, 0 or more",
    ]


def test_titles_and_first_cells_can_be_dressed() -> None:
    """Only the text is, not the space after it."""

    def dress(role: Role, text: str) -> str:
        return f"<{role}>{text}</>"

    assert list(
        Table(("a", "b"), 20, dress).lines([Row(("x", "y"), "error"), Row(("p", "q"))])
    ) == [
        "<title>a</>  <title>b</>",
        "<frame>─  ─</>",
        "<error>x</>  y",
        "p  q",
    ]


@given(st.lists(st.tuples(*[st.text("ab 日", max_size=30)] * 3), min_size=1), st.integers(40, 90))
def test_any_table_fits(cells: list[tuple[str, str, str]], columns: int) -> None:
    """No line is wider than the table, and no letter is lost."""
    rows = [Row(("decline", *row[1:])) for row in cells]

    lines = drawn(*rows, columns=columns)[2:]

    assert all(width(line) <= columns for line in lines)
    letters = sorted("".join("".join(row.cells) for row in rows).replace(" ", ""))
    assert sorted("".join(lines).replace(" ", "")) == letters
