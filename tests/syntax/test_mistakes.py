"""What is said about mistakes, word for word, and where."""

import pytest

from connectrules.syntax.limits import DEEPEST
from tests.syntax.reading import mended, mistakes, only

LIST_HELP = "a list begins with `ALL OF`, `ANY OF`, `AT LEAST 2 OF` or the like"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a AND", "1:6 CR101 a condition was expected after `AND`"),
        ("a AND  # then", "1:6 CR101 a condition was expected after `AND`"),
        ("a AND OR b", "1:7 CR101 a condition was expected after `AND`"),
        ("AND a", "1:1 CR101 a statement or a condition was expected"),
        ("(a AND b", "1:9 CR101 `)` was expected after `b`"),
        ("CONNECT WHEN (a UNLESS c", "1:17 CR101 `)` was expected after `a`"),
        ("()", "1:2 CR101 a condition was expected after `(`"),
        ("a)", "1:2 CR101 this `)` closes no bracket"),
        ("a (b)", "1:3 CR101 `AND` or `OR` was expected after `a`"),
        ("[a OR b]", "1:1 CR101 `[` has no meaning in a policy"),
        ("NOT NOT a", "1:5 CR101 a sentence, a bracket or a list was expected after `NOT`"),
        ("likes ALL music", "1:7 CR101 `AND` or `OR` was expected after `likes`"),
        ("CONNECT WHEN a : b", "1:16 CR101 `:` does not fit after `a`"),
        ("CONNECT WHEN", "1:13 CR101 a condition was expected after `WHEN`"),
        ("CONNECT", "1:8 CR101 `WHEN` was expected after `CONNECT`"),
        ("CONNECT a", "1:9 CR101 `WHEN` was expected after `CONNECT`"),
        ('CONNECT "x" a', '1:13 CR101 `WHEN` was expected after `"x"`'),
        ('CONNECT "a" "b" WHEN c', '1:13 CR101 nothing more was expected after `"a"`'),
        ("CONNECT WHEN a UNLESS", "1:22 CR101 a condition was expected after `UNLESS`"),
        (
            "CONNECT WHEN a UNLESS b UNLESS c",
            "1:25 CR101 a rule has one `UNLESS`, and here is a second",
        ),
        (
            'CONNECT WHEN a BECAUSE "x" UNLESS b',
            "1:28 CR101 `UNLESS` stands before `BECAUSE`, and here it comes after",
        ),
        ("CONNECT WHEN a BECAUSE", "1:23 CR101 a quoted text was expected after `BECAUSE`"),
        ("OTHERWISE", "1:10 CR101 `CONNECT`, `DECLINE` or `REVIEW` was expected after `OTHERWISE`"),
        (
            "OTHERWISE UNDECIDED",
            "1:11 CR101 `CONNECT`, `DECLINE` or `REVIEW` was expected after `OTHERWISE`",
        ),
        ('OTHERWISE DECLINE "x"', "1:19 CR101 `BECAUSE` was expected after `DECLINE`"),
        (
            "OTHERWISE CONNECT WHEN a",
            "1:19 CR101 `OTHERWISE` has no condition: it is for all whom no rule is about",
        ),
        ("POLICY", "1:7 CR101 a quoted text was expected after `POLICY`"),
        ('POLICY "a" "b"', '1:12 CR101 nothing more was expected after `"a"`'),
        ('POLICY "x" AND', '1:12 CR101 `AND` does not fit after `"x"`'),
        (
            "LANGUAGE 2",
            (
                "1:10 CR101 this is written in version 2 of the language, and version 1 is the one "
                "known here"
            ),
        ),
        ("LANGUAGE one", "1:10 CR101 `one` is no version of the language that is known here"),
        ("FACT", "1:5 CR101 a name was expected after `FACT`"),
        ("FACT : text", "1:6 CR101 a name was expected after `FACT`"),
        ("FACT a", "1:7 CR101 `:` was expected after `a`"),
        ("FACT a b\nFACT c: text", "1:9 CR101 `:` was expected after `a b`"),
        ("FACT a:", "1:8 CR101 a type was expected after `:`"),
        ("ASK a:", "1:7 CR101 a quoted question was expected after `:`"),
        ("ASSUME a:", "1:10 CR101 a value was expected after `:`"),
        ("FACT a: yes/no AND", "1:16 CR101 `AND` does not fit after `yes/no`"),
        ("DEFINE a", "1:9 CR101 `AS` was expected after `a`"),
        ("DEFINE a AS", "1:12 CR101 a condition was expected after `AS`"),
        ("DEFINE a: b", "1:9 CR101 `AS` was expected in place of `:`"),
        (
            "would meet\nOTHERWISE DECLINE",
            "1:1 CR101 a statement was expected in place of `would meet`",
        ),
        ("IF a AND b", "1:1 CR101 `IF` begins no statement"),
        (
            "FACT likes ALL music: yes/no",
            "1:12 CR108 `ALL` is reserved and cannot be part of a name",
        ),
        ("FACT likes USE of it: text", "1:12 CR108 `USE` is reserved and cannot be part of a name"),
        ("DEFINE a OR b AS c", "1:10 CR108 `OR` is reserved and cannot be part of a name"),
    ],
)
def test_statements_and_conditions(text: str, expected: str) -> None:
    """A mark that does not fit is told with what was expected, and after what."""
    assert mistakes(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ANY OF", "1:7 CR101 a list was expected after `ANY OF`"),
        ("ANY OF a", "1:8 CR101 a list was expected after `ANY OF`"),
        ("ALL OF (a; )", "1:12 CR101 a condition was expected after `;`"),
        ("ALL OF (a; b", "1:13 CR101 `)` was expected after `b`"),
        ("(a; b)", "1:3 CR101 `;` stands only between the items of a list in brackets"),
        (
            "ALL OF\n - a;\n - b",
            "2:5 CR101 no `;` was expected at the end of the line",
        ),
        ("AT 2 OF (a)", "1:4 CR101 `LEAST` or `MOST` was expected after `AT`"),
        ("AT LEAST OF (a)", "1:10 CR101 a number was expected after `AT LEAST`"),
        ("AT LEAST many OF (a)", "1:10 CR101 a number was expected after `AT LEAST`"),
        ("AT LEAST 2 (a; b)", "1:12 CR101 `OF` was expected after `AT LEAST 2`"),
        ("AT LEAST 2.5 OF (a; b)", "1:10 CR301 `2.5` is not a whole number, 0 or more"),
        ("AT MOST -1 OF (a; b)", "1:9 CR301 `-1` is not a whole number, 0 or more"),
        ("EXACTLY 50% OF (a; b)", "1:9 CR301 `50%` is not a whole number, 0 or more"),
        ("AT LEAST 5,00 OF (a; b)", "1:10 CR301 `5,00` is not a number"),
        ("AT LEAST 3 POINTS FROM (0 FOR a)", "1:25 CR301 `0` is not a number above 0"),
        ("AT LEAST 3 POINTS FROM (x FOR a)", "1:25 CR101 a number was expected before `FOR`"),
        (
            "AT LEAST 3 POINTS FROM (3 FOR a; b)",
            "1:34 CR101 a number of points was expected before this item",
        ),
        ("ANY OF (3 FOR a; b)", "1:9 CR101 points such as `3 FOR` belong in a list of points"),
        ("ALL OF\n -\n - a", "2:3 CR101 a condition was expected after `-`"),
        ("ALL OF\n - a AND\n - b", "2:9 CR101 no `AND` was expected at the end of an item"),
        ("CONNECT WHEN\n - a", "2:2 CR101 this list does not say how many must hold"),
        (
            "ALL OF\n  - a\n - b",
            "3:2 CR101 this `-` is in line with no list above it",
        ),
        ("ALL OF\n \t- a", "2:2 CR101 a tab stands before this `-`"),
    ],
)
def test_lists(text: str, expected: str) -> None:
    """Lists are told apart from brackets, and items from what only looks like one."""
    assert mistakes(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('EXAMPLE "x"', '1:12 CR101 `EXPECT` was expected after `"x"`'),
        (
            'EXAMPLE "x" EXPECT',
            "1:19 CR101 `CONNECT`, `DECLINE`, `REVIEW` or `UNDECIDED` was expected after `EXPECT`",
        ),
        ('EXAMPLE "x" TODAY 2024-02-30 EXPECT REVIEW', "1:19 CR301 there is no day `2024-02-30`"),
        ('EXAMPLE "x" TODAY now EXPECT REVIEW', "1:19 CR101 a date was expected after `TODAY`"),
        ('EXAMPLE "x" EXPECT REVIEW\n - a yes', "2:9 CR101 `:` was expected after `a yes`"),
        ('EXAMPLE "x" EXPECT REVIEW\n a: no', "2:2 CR101 `-` was expected before `a`"),
        ('EXAMPLE "x" EXPECT REVIEW\n - a:', "2:6 CR101 a value was expected after `:`"),
        ('EXAMPLE "x" EXPECT REVIEW BECAUSE "a"', "1:35 CR101 `OF` was expected after `BECAUSE`"),
        ('EXAMPLE "x" EXPECT REVIEW BECAUSE OF a', "1:38 CR107 `a` must stand in quotes"),
        (
            'EXAMPLE "x" EXPECT REVIEW BECAUSE OF "a" "b"',
            '1:42 CR101 a comma was expected after `"a"`',
        ),
        (
            'EXAMPLE "x" EXPECT REVIEW BECAUSE OF "a",',
            "1:42 CR101 a quoted text was expected after `,`",
        ),
        (
            'EXAMPLE "x" EXPECT REVIEW ASKING',
            "1:33 CR101 a fact's name was expected after `ASKING`",
        ),
        (
            'EXAMPLE "x" EXPECT REVIEW ASKING a;',
            "1:36 CR101 a fact's name was expected after `;`",
        ),
    ],
)
def test_examples(text: str, expected: str) -> None:
    """The parts of an EXAMPLE are each told what they lack."""
    assert mistakes(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected", "better"),
    [
        (
            "FACT a: text\nOtherwise decline",
            "2:1 CR101 `Otherwise` was meant as `OTHERWISE`, which is written in capitals",
            "FACT a: text\nOTHERWISE DECLINE",
        ),
        (
            'connect "x" if a',
            "1:1 CR101 `connect` was meant as `CONNECT`, which is written in capitals",
            'CONNECT "x" WHEN a',
        ),
        (
            "Connect WHEN a",
            "1:1 CR101 `Connect` was meant as `CONNECT`, which is written in capitals",
            "CONNECT WHEN a",
        ),
        (
            "Define a as b",
            "1:1 CR101 `Define` was meant as `DEFINE`, which is written in capitals",
            "DEFINE a AS b",
        ),
        (
            "ask a: “A?”",
            "1:1 CR101 `ask` was meant as `ASK`, which is written in capitals",
            "ASK a: “A?”",
        ),
        (
            'Policy "x"',
            "1:1 CR101 `Policy` was meant as `POLICY`, which is written in capitals",
            'POLICY "x"',
        ),
        (
            "CONNECT WHEN a\n  unless b",
            "2:3 CR101 `unless` was meant as `UNLESS`, which is written in capitals",
            "CONNECT WHEN a\n  UNLESS b",
        ),
        (
            'CONNECT WHEN a\n  Because "b"',
            "2:3 CR101 `Because` was meant as `BECAUSE`, which is written in capitals",
            'CONNECT WHEN a\n  BECAUSE "b"',
        ),
        (
            "CONNECT when a",
            "1:9 CR101 `when` was meant as `WHEN`, which is written in capitals",
            "CONNECT WHEN a",
        ),
        ("CONNECT IF a", "1:9 CR101 `IF` is written `WHEN` in a policy", "CONNECT WHEN a"),
        ("CONNECT WHEN: a", "1:13 CR101 no `:` was expected after `WHEN`", "CONNECT WHEN a"),
        (
            "OTHERWISE decline",
            "1:11 CR101 `decline` was meant as `DECLINE`, which is written in capitals",
            "OTHERWISE DECLINE",
        ),
        (
            "OTHERWISE: DECLINE",
            "1:10 CR101 no `:` was expected after `OTHERWISE`",
            "OTHERWISE DECLINE",
        ),
        ("OTHERWISE DECLINE.", "1:18 CR101 no full stop was expected here", "OTHERWISE DECLINE"),
        ('POLICY "x".', "1:11 CR101 no full stop was expected here", 'POLICY "x"'),
        (
            "DEFINE a as b",
            "1:10 CR101 `as` was meant as `AS`, which is written in capitals",
            "DEFINE a AS b",
        ),
        ("FACT a yes/no", "1:8 CR101 `:` was expected after `a`", "FACT a: yes/no"),
        ('ASK a "A?"', "1:7 CR101 `:` was expected after `a`", 'ASK a: "A?"'),
        ("[a] AND b", "1:1 CR101 `[` has no meaning in a policy", "(a) AND b"),
        (
            "ANY OF (a, b)",
            "1:10 CR101 `;` was expected between the items of a list in place of `,`",
            "ANY OF (a; b)",
        ),
        (
            "ALL OF (x > 5,000, c; d, e)",
            "1:18 CR101 `;` was expected between the items of a list in place of `,`",
            "ALL OF (x > 5,000; c; d, e)",
        ),
        ("ALL OF\n • a\n • b", "2:2 CR101 `•` begins no item of a list", "ALL OF\n - a\n - b"),
        ("ALL OF\n * a\n * b", "2:2 CR101 `*` begins no item of a list", "ALL OF\n - a\n - b"),
        (
            "ALL OF\n - a\n \N{EN DASH} b",
            "3:2 CR101 `\N{EN DASH}` begins no item of a list",
            "ALL OF\n - a\n - b",
        ),
        (
            "any of (a; b)",
            "1:1 CR105 `any of` begins a list only in capitals",
            "ANY OF (a; b)",
        ),
        (
            "a AND At least 2 of\n - b\n - c",
            "1:7 CR105 `At least 2 of` begins a list only in capitals",
            "a AND AT LEAST 2 OF\n - b\n - c",
        ),
        (
            "at least 5 points FROM\n - 3 FOR a",
            "1:1 CR105 `at least 5 points FROM` begins a list only in capitals",
            "AT LEAST 5 POINTS FROM\n - 3 FOR a",
        ),
        (
            "a and not (b OR c)",
            "1:3 CR105 `and` joins conditions only in capitals",
            "a AND NOT (b OR c)",
        ),
        ("(a) or b", "1:5 CR105 `or` joins conditions only in capitals", "(a) OR b"),
        ("not (a)", "1:1 CR105 `not` denies a condition only in capitals", "NOT (a)"),
        ("x is “UK”", "1:6 CR106 `“` is not a quote that policies know", 'x is "UK"'),
        (
            'x is "UK”',
            '1:6 CR106 the quotes opened at `"UK”` are not closed on their line',
            'x is "UK"',
        ),
        ("POLICY 'x'", "1:8 CR106 the text after `POLICY` stands in single quotes", 'POLICY "x"'),
        (
            "POLICY The three rules # of mine",
            "1:8 CR107 the text after `POLICY` must stand in quotes",
            'POLICY "The three rules" # of mine',
        ),
        (
            "CONNECT my friends WHEN a",
            "1:9 CR107 the text after `CONNECT` must stand in quotes",
            'CONNECT "my friends" WHEN a',
        ),
        ("ASK a: Is it?", "1:8 CR107 the text after `:` must stand in quotes", 'ASK a: "Is it?"'),
        (
            "fol\u200blowers",
            "1:4 CR109 an invisible character stands here: U+200B, zero width space",
            "followers",
        ),
    ],
)
def test_habits_and_their_fixes(text: str, expected: str, better: str) -> None:
    """What people type out of habit gets its own message, and an edit that mends it."""
    assert mistakes(text) == [expected]
    assert mended(text) == better


@pytest.mark.parametrize(
    "text",
    [
        "BECAUSE “x”\nOTHERWISE DECLINE",
        'x is "UK',
        "x is “UK",
        "ANY OF",
        "FACT likes ALL music: yes/no",
    ],
)
def test_no_fix_where_none_is_certain(text: str) -> None:
    """A mistake that could be mended in several ways carries no edit."""
    assert only(text).fixes == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ANY OF a", (LIST_HELP,)),
        ("(a; b)", (LIST_HELP,)),
        ("CONNECT WHEN\n - a", (LIST_HELP,)),
        (
            "ALL OF\n - ALL OF\n   - a\n  - b",
            ("line it up with the `-` of its list", LIST_HELP),
        ),
        ("likes ALL music", ("in small letters it is an ordinary word: `all`",)),
        ("CONNECT a", ('a rule reads `CONNECT "name" WHEN` and its condition',)),
        ("IF a", ("a rule reads `CONNECT WHEN` and its condition",)),
        ("LANGUAGE 2", ("install the newest connectrules, which may know it",)),
        ("LANGUAGE one", ("the one version there is is `LANGUAGE 1`",)),
        (
            "OTHERWISE CONNECT WHEN a",
            ("with a condition it is a rule: `CONNECT WHEN` and the condition",),
        ),
        (
            'x is "a\\n"',
            ('`\\"` stands for a quote and `\\\\` for a backslash; there are no others',),
        ),
    ],
)
def test_help(text: str, expected: tuple[str, ...]) -> None:
    """Help says what to do, apart from the message."""
    assert only(text).help == expected


def test_each_faulty_statement_is_told() -> None:
    """Mistakes in different statements are all told in one run, in the order of the text."""
    text = "FACT a\nFACT b: text\nCONNECT WHEN a AND\nUNLESS b\nDECLINE b\nOtherwise decline"

    assert mistakes(text) == [
        "1:7 CR101 `:` was expected after `a`",
        "4:1 CR101 a condition was expected after `AND`",
        "5:9 CR101 `WHEN` was expected after `DECLINE`",
        "6:1 CR101 `Otherwise` was meant as `OTHERWISE`, which is written in capitals",
    ]


def test_a_reserved_word_in_a_name_is_told_once() -> None:
    """Where the name is used, its reserved word is not told again; another mistake is."""
    text = (
        "FACT likes ALL music: yes/no\n"
        "CONNECT WHEN likes  ALL music\n"
        "DECLINE WHEN hates ALL music\n"
        "OTHERWISE DECLINE"
    )

    assert mistakes(text) == [
        "1:12 CR108 `ALL` is reserved and cannot be part of a name",
        "3:20 CR101 `AND` or `OR` was expected after `hates`",
    ]


def test_an_invisible_character_is_all_that_is_told_of_its_statement() -> None:
    """One mistake, one diagnostic: the statement around it is not read."""
    assert mistakes("CONNECT WHEN a\u202e AND\nOTHERWISE") == [
        "1:15 CR109 an invisible character stands here: U+202E, right-to-left override",
        "2:10 CR101 `CONNECT`, `DECLINE` or `REVIEW` was expected after `OTHERWISE`",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffmet",
        '"\N{WOMAN}\u200d\N{PERSONAL COMPUTER}"',
        '"\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-3}\u200d\N{PERSONAL COMPUTER}"',
        '"\N{HEAVY BLACK HEART}\ufe0f\u200d\N{FIRE}"',
        '"\u0915\u094d\u200d\u0937"',
        '"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"',
        '"\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"',
    ],
)
def test_joiners_that_belong_to_what_they_join(text: str) -> None:
    """A mark at the very start, pictures and scripts that need joiners in quotes are fine."""
    assert mistakes(text) == []


@pytest.mark.parametrize(
    "text",
    ["a\ufeff", '"a\u200db"', "\u0915\u200d", '"\U000e0067"', '"\x00"', "# \u2066", "a\ud800"],
)
def test_invisible_characters(text: str) -> None:
    """Everywhere else they are told."""
    assert only(text).code == "CR109"


def test_many_invisible_characters() -> None:
    """No more than twenty are told one by one."""
    assert len(mistakes("\u200b" * 1000)) == 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a" * (2**20 + 1),
            "1:1 CR110 the text has 1,048,577 bytes, 1 more than the 1,048,576 allowed",
        ),
        (
            "\u00e9" * (2**19) + "x",
            "1:1 CR110 the text has 1,048,577 bytes, 1 more than the 1,048,576 allowed",
        ),
        (
            "(" * 65 + "a" + ")" * 65,
            "1:65 CR110 brackets, lists and NOTs stand 65 deep, 1 more than the 64 allowed",
        ),
        (
            "NOT (" * 40 + "a" + ")" * 40,
            "1:161 CR110 brackets, lists and NOTs stand 80 deep, 16 more than the 64 allowed",
        ),
        (
            f"ANY OF ({'a;' * 1000} a)",
            "1:8 CR110 a list has 1,001 items, 1 more than the 1,000 allowed",
        ),
        (
            "ANY OF" + "\n- a" * 1500,
            "2:1 CR110 a list has 1,500 items, 500 more than the 1,000 allowed",
        ),
        (
            " AND ".join(["a"] * 10_001),
            "1:60001 CR110 the policy has 10,001 conditions, 1 more than the 10,000 allowed",
        ),
    ],
)
def test_limits(text: str, expected: str) -> None:
    """A limit that is passed is named, with by how much."""
    assert mistakes(text) == [expected]


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        "(" * DEEPEST + "a" + ")" * DEEPEST,
        f"ANY OF ({'a;' * 999} a)",
        " AND ".join(["a"] * 10_000),
        f'x is "{"y" * 10_000}"',
        "AT LEAST 2 POINTS FROM (" + "; ".join(["1 FOR a"] * 1000) + ")",
    ],
)
def test_up_to_the_limits(text: str) -> None:
    """What is as large as allowed is read."""
    assert mistakes(text) == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("unit", "times"),
    [
        ("(", 20000),
        ("NOT ", 20000),
        ("\n-", 20000),
        ("ANY OF (", 9000),
        ("[(", 10000),
        ("FACT a b\n", 3000),
        ("Otherwise decline\n", 3000),
        ("FACT ", 9000),
        (")", 20000),
        ("“", 20000),
        ("• a\n", 9000),
        (" \t", 20000),
        ("'", 20000),
        ('"\\', 20000),
    ],
)
def test_hostile_texts_are_answered(unit: str, times: int) -> None:
    """However a text goes on, it is read to its end without recursion."""
    codes = {line.split()[1] for line in mistakes(unit * times)}

    assert codes <= {"CR101", "CR106", "CR110"}
