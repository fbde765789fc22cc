"""What policies look like when they are laid out."""

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from connectrules import FormattingError, PolicyError, format_policy
from connectrules.source import Source
from connectrules.syntax import formatter
from connectrules.syntax.formatter import comments, same
from connectrules.syntax.formatting import statements
from connectrules.syntax.parser import parse
from tests.conformance.cases import HERE as CONFORMANCE
from tests.conformance.cases import cases

ROOT = Path(__file__).parents[2]


def laid_out(text: str) -> str:
    """*text*, which is indented in the test, in its canonical layout, which stays as it is."""
    result = format_policy(dedent(text))
    assert format_policy(result) == result
    return result


def check(before: str, after: str) -> None:
    """Hold it that *before* comes out as *after*."""
    assert laid_out(before) == dedent(after).removeprefix("\n")


MODEL = """\
POLICY "The three rules"
ABOUT "Link only with people I would meet, recommend and trade with."

ASK would have a drink with: "Would you have a drink with {name} after a meeting?"
FACT met on: date
FACT is a recruiter: yes/no
ASSUME is a recruiter: no

DEFINE a proven contact AS met in person OR has at least 10 mutual connections

CONNECT "three rules" WHEN
    would have a drink with
    AND would recommend
    AND would do business with
UNLESS is a recruiter
BECAUSE "I link only with people I would meet, recommend and trade with"

CONNECT "trusted circle" WHEN ALL OF
    - a proven contact
    - AT LEAST 2 OF
        - values include at least 2 of my values
        - country is one of "UK", "Ireland"
        - met on is within the last 6 months

REVIEW "press" WHEN position mentions any of "editor", "journalist"
BECAUSE "I answer the press myself"

DECLINE "mass followers" WHEN following is more than 5,000 AND NOT follows me
BECAUSE "consensual spam"

OTHERWISE DECLINE BECAUSE "numbers alone mean nothing to me"

EXAMPLE "an old friend" TODAY 2026-11-22 EXPECT CONNECT BECAUSE OF "three rules", "trusted circle"
    - would have a drink with: yes
    - met on: 2026-09-01
    - following: 120
"""


def test_the_model() -> None:
    """A policy that is laid out stays as it is, and its words alone make it so."""
    crowded = re.sub(r"\s*\n(?!\s*-|$)", " ", MODEL.replace("\n\n", "\n"))

    assert laid_out(MODEL) == MODEL
    assert laid_out(crowded) == MODEL.replace("\n\n", "\n")


def test_statements() -> None:
    """Each begins at the left, with single spaces, and a colon stands at its name."""
    check(
        """
           LANGUAGE   1  POLICY"x"
          ABOUT
              "y"
        USE   "z.policy"
        FACT   kind :one of "a" ,"b"
        ASSUME balance:-5
        OTHERWISE
            DECLINE
            BECAUSE "so"
        """,
        """
        LANGUAGE 1
        POLICY "x"
        ABOUT "y"
        USE "z.policy"
        FACT kind: one of "a", "b"
        ASSUME balance: -5
        OTHERWISE DECLINE BECAUSE "so"
        """,
    )


def test_words_stay_as_they_are_written() -> None:
    """Case, numbers, quotes and letters are the author's."""
    check(
        'Don’t>=5,000 AND F is AT-MOST 20% AND s is "e\u0301 \\"q\\"" AND know C#',
        'Don’t >= 5,000 AND F is AT-MOST 20% AND s is "e\u0301 \\"q\\"" AND know C#\n',
    )


def test_a_rule_on_one_line() -> None:
    """A short condition stands on the line of its rule; UNLESS and BECAUSE have their own."""
    check(
        """
        CONNECT WHEN
            a
            AND b
            UNLESS c BECAUSE "so"
        """,
        """
        CONNECT WHEN a AND b
        UNLESS c
        BECAUSE "so"
        """,
    )


def test_a_long_sentence() -> None:
    """It has a line of its own, and goes on deeper where that is not enough."""
    check(
        """
        DEFINE works for the press AS position mentions any of "editor", "journalist", "reporter"
        REVIEW WHEN position mentions any of "editor", "journalist", "reporter", "correspondent",
            "columnist"
        """,
        """
        DEFINE works for the press AS
            position mentions any of "editor", "journalist", "reporter"
        REVIEW WHEN
            position mentions any of "editor", "journalist", "reporter", "correspondent",
                "columnist"
        """,
    )


def test_a_text_longer_than_any_line() -> None:
    """It stays where it is: a line of its own would gain nothing."""
    text = f'ABOUT "{"x" * 90}"\nASK would you: "{"x" * 90}"\n'

    assert laid_out(text) == f'ABOUT "{"x" * 90}"\nASK would you:\n    "{"x" * 90}"\n'


def test_lists() -> None:
    """Items stand four columns in, and what goes on with an item lines up with its text."""
    check(
        """
        CONNECT WHEN ALL OF
          - a
          - ANY OF
               - NOT NONE OF (b; c)
                 AND a rather long sentence that leaves no room for what comes after it here
               - d
            AND NOT e

          - f
        """,
        """
        CONNECT WHEN ALL OF
            - a
            - ANY OF
                - NOT NONE OF (b; c)
                  AND a rather long sentence that leaves no room for what comes after it here
                - d
              AND NOT e

            - f
        """,
    )


def test_a_list_among_operands() -> None:
    """Each operand has its own line, and the dashes are deeper."""
    check(
        """
        CONNECT WHEN (ANY OF
        - a
        - b) AND c AND AT LEAST 3 POINTS FROM
          - 2 FOR d
          - 1.5 FOR (e OR f)
        """,
        """
        CONNECT WHEN
            ANY OF
                - a
                - b
            AND c
            AND AT LEAST 3 POINTS FROM
                - 2 FOR d
                - 1.5 FOR e OR f
        """,
    )


def test_inline_lists() -> None:
    """They stay so where they have room, and become items where they have none."""
    check(
        """
        ANY OF(a;
          b ;ALL OF (c; d))
        """,
        """
        ANY OF (a; b; ALL OF (c; d))
        """,
    )
    check(
        """
        would recommend AND ANY OF (met in person; would have a drink with; has been to
            school with me; NONE OF (is a bot; is rude))
        """,
        """
        would recommend
        AND ANY OF
            - met in person
            - would have a drink with
            - has been to school with me
            - NONE OF (is a bot; is rude)
        """,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(a)", "a"),
        ("((a AND b))", "a AND b"),
        ("NOT (a)", "NOT a"),
        ("NOT (NOT a)", "NOT (NOT a)"),
        ("NOT ((a OR b))", "NOT (a OR b)"),
        ("(NOT a) AND b", "NOT a AND b"),
        ("a AND (b AND (c))", "a AND b AND c"),
        ("(a AND b) AND c", "a AND b AND c"),
        ("a AND (b OR c)", "a AND (b OR c)"),
        ("a AND b OR (c)", "a AND b OR c"),
        ("a AND b OR (c OR d)", "a AND b OR (c OR d)"),
        ("a OR (b AND c OR d)", "a OR (b AND c OR d)"),
        ("(ANY OF (a; (b)))", "ANY OF (a; b)"),
        ("ANY OF ((a OR b); c)", "ANY OF (a OR b; c)"),
        ("(#tag) AND b", "(#tag) AND b"),
        ("ANY OF (a;#tag)", "ANY OF (a;#tag)"),
        ('(use "x") OR b', '(use "x") OR b'),
        ("(-5 is less than x)", "(-5 is less than x)"),
    ],
)
def test_brackets(before: str, after: str) -> None:
    """Those that say nothing go, but not where a word would then begin a line that may not."""
    assert laid_out(before) == f"{after}\n"


def test_brackets_before_words_that_begin_no_line() -> None:
    """The words stay on the line of the bracket, however long the rest is."""
    check(
        """
        NOT (#tag"quoted"#tag is mine OR would have a drink with OR would recommend OR would meet)
          AND NOT (use "x" OR would have a drink with OR would recommend OR would do business with)
        """,
        """
        NOT (#tag "quoted"#tag is mine
            OR would have a drink with
            OR would recommend
            OR would meet
        )
        AND NOT (use "x"
            OR would have a drink with
            OR would recommend
            OR would do business with
        )
        """,
    )


def test_brackets_over_lines() -> None:
    """What is in them is deeper, each operand on its line."""
    check(
        """
        a AND NOT (would have a drink with OR would recommend OR would do business with OR is a bot)
        """,
        """
        a
        AND NOT (
            would have a drink with
            OR would recommend
            OR would do business with
            OR is a bot
        )
        """,
    )
    check(
        """
        DECLINE WHEN NOT (would have a drink with OR would recommend OR would do some business with)
        """,
        """
        DECLINE WHEN NOT (
            would have a drink with
            OR would recommend
            OR would do some business with
        )
        """,
    )


def test_words_that_mean_more_at_a_line_begin_none() -> None:
    """A dash, a bullet or a statement's word is never first on a line."""
    check(
        """
        CONNECT WHEN use "slack every day and all night", a tool that I never liked too much, OR b
        """,
        """
        CONNECT WHEN use "slack every day and all night", a tool that I never liked too much,
            OR b
        """,
    )
    check('use\n"slack"\nevery day', 'use\n    "slack" every day\n')
    check('a # b\nuse\n"slack"\nevery day', 'a  # b\n    use\n    "slack" every day\n')
    balance = f"balance is between {'-1,000,000 and ' * 8}-5"
    wrapped = laid_out(balance)

    assert wrapped.count("\n") > 1
    assert not re.search(r"^\s*-", wrapped, re.MULTILINE)


def test_examples() -> None:
    """A heading that is too long goes on below, part by part."""
    check(
        """
        EXAMPLE "a" EXPECT UNDECIDED ASKING would recommend;followers
          - values : "a" ,"b"
        EXAMPLE "somebody whose story is long" TODAY 2026-11-22 EXPECT CONNECT
        BECAUSE OF "three rules",
        "trusted circle" ASKING would recommend; would do business with; would have a drink
        with; would meet again
          - a:
             no
        """,
        """
        EXAMPLE "a" EXPECT UNDECIDED ASKING would recommend; followers
            - values: "a", "b"
        EXAMPLE "somebody whose story is long" TODAY 2026-11-22 EXPECT CONNECT
            BECAUSE OF "three rules", "trusted circle"
            ASKING would recommend; would do business with; would have a drink with;
                would meet again
            - a: no
        """,
    )


def test_comments_stay_with_what_they_are_about() -> None:
    """Above it, or behind it on its line; commented items stay in their list."""
    check(
        """
          # about the file

        # about the rule
        CONNECT "x" WHEN   # the first of all
          a AND   # about a
          # about b
          b
          AND (  # about the bracket
            c OR d  # about d
            # the end of it
          )
        # about UNLESS
        UNLESS ANY OF  # one is enough
           - e # about e
           # - f
           # - g

        # the next
        OTHERWISE DECLINE # the end
        """,
        """
        # about the file

        # about the rule
        CONNECT "x" WHEN  # the first of all
            a  # about a
            # about b
            AND b
            AND (  # about the bracket
                c
                OR d  # about d
                # the end of it
            )
        # about UNLESS
        UNLESS ANY OF  # one is enough
            - e  # about e
            # - f
            # - g

        # the next
        OTHERWISE DECLINE  # the end
        """,
    )


def test_comments_about_what_comes_next() -> None:
    """A comment between an AND and its operand stands above both; one behind a list, behind it."""
    check(
        """
        CONNECT WHEN a
        AND # about b
          b
        AND ANY OF (c; d
          )  # about the list
        UNLESS ANY OF
          - e
          - f
          # about g
          AND g
        EXAMPLE "x" EXPECT DECLINE
          - a: no
          # - b: no
        """,
        """
        CONNECT WHEN
            a
            # about b
            AND b
            AND ANY OF (c; d)  # about the list
        UNLESS
            ANY OF
                - e
                - f
            # about g
            AND g
        EXAMPLE "x" EXPECT DECLINE
            - a: no
            # - b: no
        """,
    )


def test_comments_within_sentences() -> None:
    """The sentence goes on below; what stood before a comma stands after it."""
    check(
        """
        REVIEW WHEN position mentions any of "editor", # English
          "Redakteur" # German
          , "rédacteur" # French
        FACT a # what
          : # comes
          date
        ASSUME b # why
          : -5
        """,
        """
        REVIEW WHEN
            position mentions any of "editor",  # English
                "Redakteur",  # German
                "rédacteur"  # French
        FACT a:  # what
            # comes
            date
        ASSUME b  # why
            : -5
        """,
    )


def test_comments_in_one_column_stay_in_one() -> None:
    """Where the author lined them up; all others stand two spaces off."""
    check(
        """
        FACT followers: count       # whole
        FACT a rather long fact: number  # any
        FACT met on :date           # a day
        FACT b: date # alone
        FACT c: text # lone

        FACT d: count         # not with those above
        FACT a very long fact that is longer: text   # e
        FACT f: count         # f
        """,
        """
        FACT followers: count       # whole
        FACT a rather long fact: number  # any
        FACT met on: date           # a day
        FACT b: date  # alone
        FACT c: text  # lone

        FACT d: count         # not with those above
        FACT a very long fact that is longer: text  # e
        FACT f: count         # f
        """,
    )


def test_comments_in_one_column_by_chance() -> None:
    """What was not lined up with spaces is not lined up."""
    check(
        """
        FACT  a: count # x
        FACT ab: count # y
        """,
        """
        FACT a: count  # x
        FACT ab: count  # y
        """,
    )


def test_empty_lines() -> None:
    """One of them stays between statements and between items, and none elsewhere."""
    check(
        """


        FACT a: count



        # b

        FACT b: count
        CONNECT WHEN ANY OF

          - a

          - b

        UNLESS c

        BECAUSE "so"


        """,
        """
        FACT a: count

        # b

        FACT b: count
        CONNECT WHEN ANY OF
            - a

            - b
        UNLESS c
        BECAUSE "so"
        """,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        (" \n\n", ""),
        ("# only this", "# only this\n"),
        ("\ufeffa\r\nAND\r\n\tb", "a AND b\n"),
        ("a\rAND\rb # c \r", "a AND b  # c\n"),
        ("a\N{NO-BREAK SPACE}b", "a b\n"),
        ('x is "a\tb  # c"', 'x is "a\tb  # c"\n'),
    ],
)
def test_line_breaks_and_blanks(before: str, after: str) -> None:
    """Lines end with a line feed, words stand one space apart, and texts stay as they are."""
    assert laid_out(before) == after


def test_a_deep_list_leaves_room_for_words() -> None:
    """However deep it is, lines have forty columns for their words."""
    depth = 60
    heads = "".join("  " * each + "- ANY OF\n" for each in range(depth))
    text = f"ANY OF\n{heads}{'  ' * depth}- would recommend AND would meet again\n"

    last = laid_out(text).splitlines()[-1]

    assert last == " " * (4 * depth + 4) + "- would recommend AND would meet again"


def test_what_means_nothing_is_laid_out() -> None:
    """Only the grammar matters: unknown facts and AND beside OR are no obstacle."""
    assert (
        laid_out("never heard of OR  never said AND (x)") == "never heard of OR never said AND x\n"
    )


def test_mistakes_are_told() -> None:
    """A text that does not follow the grammar is refused, with its own name."""
    with pytest.raises(PolicyError) as raised:
        format_policy("CONNECT a", name="my rules")

    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code, diagnostic.source.name) == ("CR101", "my rules")


@pytest.mark.once
def test_a_policy_that_would_grow_too_large_is_refused() -> None:
    """Deep lists take many spaces; the message says what would happen."""
    opened = "".join(f"a {'AND' if each % 2 else 'OR'} (" for each in range(60))
    text = f"{opened}{' AND '.join(['b'] * 9000)}{')' * 60}"

    with pytest.raises(PolicyError) as raised:
        format_policy(text)

    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == "CR110"
    assert re.fullmatch(
        r"laid out, it would pass a limit: the text has 2,[0-9,]+ bytes, 1,[0-9,]+ more than the "
        r"1,048,576 allowed",
        diagnostic.message,
    )


@pytest.mark.parametrize("damage", ["b AND a  # c\n", "a AND b\n", "a AND\n", "a OR b  # c\n"])
def test_a_mistake_of_the_formatter_is_found(damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another tree, or a lost comment, is not passed on."""
    monkeypatch.setattr(statements, "written", lambda _document: damage)

    with pytest.raises(FormattingError) as raised:
        format_policy("a AND b # c", name="x.policy")

    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)  # noqa: S301 - our own
    assert str(raised.value) == (
        "`x.policy` would not be the same policy when laid out, so it is left as it is: "
        "this is a bug in connectrules"
    )


def test_a_formatter_that_goes_astray_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree that is not the text's is no harm."""
    other, _ = parse(Source("y", "c"))
    monkeypatch.setattr(formatter, "parse", lambda source: (other_of(source), ()))

    def other_of(source: Source) -> object:
        return type(other)(source, bare=other.bare)

    with pytest.raises(FormattingError):
        format_policy("(a)")


def _policies() -> Iterator[str]:
    """Every policy in the repository that follows the grammar."""
    for path in sorted(ROOT.glob("examples/**/*.policy")):
        yield path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))):
        yield from re.findall(r"```policy\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    for case in cases(CONFORMANCE, CONFORMANCE / "beyond"):
        yield case.text


@pytest.mark.once
def test_every_policy_in_the_repository() -> None:
    """It stays the same policy, and laid out once it is laid out."""
    count = 0
    for text in _policies():
        document, mistakes = parse(Source("before", text))
        if mistakes:
            continue
        count += 1
        result = laid_out(text) if not text.startswith(" ") else format_policy(text)
        again, _ = parse(Source("after", result))

        assert same(document, again)
        assert comments(text) == comments(result)

    assert count > 300


def test_a_comment_between_a_bracket_and_words_that_begin_no_line() -> None:
    """The comment moves before the bracket: the words would be read as a statement's."""
    check(
        """
        CONNECT WHEN NOT ( # why
          use it OR met in person
        )
        """,
        """
        CONNECT WHEN  # why
            NOT (use it OR met in person)
        """,
    )


def test_brackets_around_commas_in_a_list_stay() -> None:
    """Without them the commas would be taken for the list's own."""
    check(
        """
        CONNECT WHEN ANY OF ((NOT a, b); (c))
        """,
        """
        CONNECT WHEN ANY OF ((NOT a, b); c)
        """,
    )


@pytest.mark.parametrize(
    "words",
    ["else decline", "default review", "accept when asked", "deny if asked", 'import "a"'],
)
def test_no_line_begins_with_words_that_are_statements_elsewhere(words: str) -> None:
    """There they would be a mistake; the line grows longer, or is broken before."""
    sentence = f"is somebody of whom we may say beyond all doubt that they are {{}} {words} it"

    for length in range(1, 60):
        laid_out(f"CONNECT WHEN {sentence.format('x' * length)}")
