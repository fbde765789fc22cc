"""Texts of all letters and marks: each sentence about them says of a table what it says of rows."""

import unicodedata
from collections.abc import Sequence
from functools import cache

import narwhals as nw
import pyarrow as pa
import pytest

from connectrules import Contact, Policy
from connectrules.backends.frames.engines import engine_of
from connectrules.schema.types import folded
from tests.framed.tables import ENGINES, NUMBER, Engine, Row, contact_of, judged_by_rows, results

ACUTE = "\N{COMBINING ACUTE ACCENT}"
PARTS: Sequence[str] = (
    *(
        "a",
        "ab",
        "b c",
        " ",
        "PR",
        "C++",
        "C#",
        "AT&T",
        "R&D",
        ".",
        "^a",
        "a$",
        "a|b",
        "(",
        ")",
        "[a]",
    ),
    *(
        "a*",
        "a?",
        "a+",
        "{2}",
        "a-b",
        "~",
        "/",
        "\\",
        "\\d",
        "\\",
        '"',
        "'",
        "''",
        "`",
        "%",
        "_",
        "5%",
    ),
    *("a_b", "<", "!", "=", ",", ";", ":", "#", "@", "$1", "\\1", "é", f"e{ACUTE}", "É", "ß", "ẞ"),
    *(
        "ss",
        "İ",
        "i",
        "ı",
        "I",
        "Σ",
        "ς",
        "σ",
        "ΟΔΟΣ",
        "οδοσ",
        "日本",
        "本",
        "🙂",
        "👩‍💻",
        "½",
        "Ⅷ",
        "٣",
    ),
    *("\u00a0", "ﬁ", "ǆ", "Ǆ", "K", "Å", "ſ", "Ω", "가", "\u1112\u1161\u11ab"),
)
"""What texts are searched for."""
TEXTS: Sequence[str | None] = (
    *(
        None,
        "",
        " ",
        "  ",
        "\n",
        "\t",
        "a\nb",
        "a\r\nb",
        "b\n",
        "\na",
        "ab",
        "xab",
        "ab c",
        "a b c",
    ),
    *(
        "A",
        "aa",
        "a a",
        "b-a-b",
        "a.b",
        "axb",
        "a|b",
        "(a)",
        "[a]",
        "a*",
        "C++",
        "c+++",
        "C#!",
        "c#d",
    ),
    *(
        "AT&T",
        "at&t's",
        "R&D",
        "r&d1",
        "a{2}",
        "aa2",
        "a-b",
        "a~b",
        "a/b",
        "a\\b",
        "\\d",
        "5",
        '"a"',
    ),
    *(
        "'a'",
        "it''s",
        "`a`",
        "5%",
        "55",
        "a_b",
        "a5b",
        "a%b",
        "$1",
        "a\\1",
        "PR",
        "PRs",
        "my PR, now",
    ),
    *(
        "éa",
        f"e{ACUTE}a",
        "É",
        f"E{ACUTE}",
        "e",
        "caf\u00e9",
        "CAF\u00c9 1",
        "ß",
        "ẞ",
        "SS",
        "straße",
    ),
    *("STRASSE", "İ", "i\N{COMBINING DOT ABOVE}", "i", "I", "ı", "İab", "DİYARBAKIR", "xİ", "İ."),
    *(
        "Σ",
        "σ",
        "ς",
        "ΟΔΟΣ",
        "οδος",
        "οδοσ",
        "ΟΔΟΣ ΣΟΦΟΣ",
        "Σ.Σ",
        "ΑΣ.",
        "ΑΣ'",
        "ΑΣ'Α",
        "ΑΣ’Α",
        "1Σ",
    ),
    *(
        "ΣΑ",
        "Α\u0301Σ",
        "ΑΣ\u0301",
        "ΑΣ\u0301Β",
        "ΑΣ-Β",
        "ΑΣΒΣ",
        "ΑΣ:Β",
        "Α:Σ",
        "Α'Σ",
        "Α\u00adΣ",
        "ⅤΣ",
    ),
    *(
        "日本",
        "日本語",
        "x日本",
        "本",
        "🙂",
        "a🙂b",
        "👩‍💻",
        "👩",
        "½",
        "1½",
        "Ⅷ",
        "ⅷ",
        "٣",
        "a٣",
        "3",
    ),
    *("\u00a0", "a\u00a0b", "ﬁ", "FI", "ǆ", "Ǆ", "ǅ", "K", "k", "Å", "å", "A\u030a", "ſ", "s", "Ω"),
    *("ω", "가", "\u1100\u1161", "\u1112\u1161\u11ab", "한", "\ufeff", "\u200b", "a\u200bb"),
    *(
        "q\u0323\u0307",
        "q\u0307\u0323",
        "\u0344",
        "\u0958",
        "\u2126",
        "Ⱥ",
        "ⱥ",
        "ʼn",
        "ŉ",
        "ΐ",
        "\ufb4b",
    ),
    *(
        "ᏸ",
        "Ᏸ",
        "Ა",
        "ა",
        "ꙁ",
        "𐐀",
        "𐐨",
        "𞤀",
        "Ꭰ",
        "ꭰ",
        "ᲀ",
        "Ӏ",
        "ӏ",
        "Ꞌ",
        "ԱՒ",
        "և",
        "a\x00b",
        "\x7f",
    ),
)
VERBS = ("mentions", "contains", "starts with", "ends with", "is")

pytestmark = pytest.mark.once


def quoted(text: str) -> str:
    """*text* as a policy has it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


LISTS = [
    *([None], [], None),
    *([text] for text in TEXTS),
    *([text, unicodedata.normalize("NFD", text).lower()] for text in TEXTS if text),
]
OF_EACH_KIND = {name: ENGINES[name] for name in ("polars", "duckdb", "pyarrow", "pandas")}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("engine", OF_EACH_KIND.values(), ids=list(OF_EACH_KIND))
def test_each_part_of_each_text(engine: Engine, verb: str) -> None:
    """Whatever stands in a text and in a policy is text and nothing else."""
    policy, alone = _texts_alone(verb)

    assert _judged(policy, engine, "bio", pa.array(TEXTS)) == alone


@pytest.mark.parametrize("engine", OF_EACH_KIND.values(), ids=list(OF_EACH_KIND))
def test_each_item_of_each_list(engine: Engine) -> None:
    """The same of the items of lists, of which each counts once however it is written."""
    policy, alone = _lists_alone()

    assert _judged(policy, engine, "topics", pa.array(LISTS, pa.list_(pa.string()))) == alone


@pytest.mark.parametrize("name", ["polars", "duckdb", "pyarrow"])
def test_each_letter(name: str) -> None:
    """All engines have one lower case of it, but for letters newer than the tables of some."""
    codes = [*range(1, 0xD800), *range(0xE000, 0x20000), *range(0x2F800, 0x2FA20)]
    letters = [*map(chr, codes)]
    table = nw.from_native(
        ENGINES[name].made(pa.table({NUMBER: range(len(letters)), "a": letters}))
    )
    engine = engine_of(table)
    assert engine is not None

    folds = ENGINES[name].rows(engine.folded(table.to_native(), {"b": "a"}, {}))

    differ = {row["a"]: row["b"] for row in folds if row["b"] != folded(row["a"])}
    assert [a for a, b in differ.items() if a not in {b, folded(a)}] == []
    assert len(differ) < 200


@cache
def _texts_alone(verb: str) -> tuple[Policy[Contact], list[Row]]:
    """A policy with a rule for each of `PARTS`, and what it says of each of `TEXTS` alone."""
    rules = [f'CONNECT "{n}" WHEN bio {verb} {quoted(part)}' for n, part in enumerate(PARTS)]
    policy = Policy.parse("\n".join([*rules, "OTHERWISE DECLINE"]))
    return policy, judged_by_rows(policy, [{"bio": text} for text in TEXTS], contact_of)


@cache
def _lists_alone() -> tuple[Policy[Contact], list[Row]]:
    """The same of `LISTS`."""
    rules = [f'CONNECT "{n}" WHEN topics include {quoted(part)}' for n, part in enumerate(PARTS)]
    rules += [f'REVIEW "size {n}" WHEN has exactly {n} topics' for n in (0, 2)]
    policy = Policy.parse("\n".join([*rules, "OTHERWISE DECLINE"]))
    return policy, judged_by_rows(policy, [{"topics": each} for each in LISTS], contact_of)


def _judged(policy: Policy[Contact], engine: Engine, name: str, values: pa.Array) -> list[Row]:
    frame = engine.made(pa.table({NUMBER: range(len(values)), name: values}))
    return results(engine.rows(policy.judge_frame(frame)))
