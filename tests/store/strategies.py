"""Answers of all kinds."""

import datetime

from hypothesis import strategies as st

from connectrules import UNSURE
from connectrules.store import NewAnswer, Value, as_key, is_lasting

HOSTILE = st.sampled_from(
    (
        "=1+1",
        "+44 20",
        "-5",
        "@SUM(A1)",
        "'=1+1",
        "''",
        '"quoted"',
        '"',
        "yes",
        "No",
        "unsure",
        "007",
        "1e5",
        "2026-11-23",
        "2026-02-30",
        "[]",
        '["a"]',
        "a;b",
        "a,b",
        "a\tb",
        "\tx",
        "\rx",
        "line\nbreak",
        "cr\r\nlf",
        " space ",
        "\N{NO-BREAK SPACE}x",
        "\N{RIGHT-TO-LEFT OVERRIDE}x",
        "\N{BYTE ORDER MARK}x",
        "nul\0",
        "İstanbul",
        "e\N{COMBINING ACUTE ACCENT}",
        "\N{WHITE SMILING FACE}\N{VARIATION SELECTOR-16}",
    )
)
TEXTS = st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
"""Texts as somebody's enemy would choose them."""

KEYS = TEXTS.filter(is_lasting).map(as_key)

DAYS = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))

VALUES: st.SearchStrategy[Value] = st.one_of(
    st.booleans(),
    st.just(UNSURE),
    st.integers(-(10**299), 10**299),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: abs(x) < 1e300),
    DAYS,
    st.one_of(TEXTS, st.text(max_size=5)),
    st.lists(TEXTS, max_size=3).map(tuple),
)


def new_answers(
    keys: st.SearchStrategy[str],
    facts: st.SearchStrategy[str],
    values: st.SearchStrategy[Value] = VALUES,
    days: st.SearchStrategy[datetime.date | None] = DAYS,
) -> st.SearchStrategy[NewAnswer]:
    """Answers of a file."""
    notes = st.one_of(st.none(), TEXTS)
    return st.builds(
        NewAnswer, keys, facts, values, days, question=notes, by=notes, taken_back=st.booleans()
    )
