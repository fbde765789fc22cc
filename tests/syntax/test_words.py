"""How a run of words is split into tokens."""

import datetime

import pytest

from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.parser import grammar
from connectrules.syntax.reserved import RESERVED
from connectrules.syntax.tokens import Kind, Token, Tokens
from connectrules.syntax.words import sentence, single_quoted, split


def kinds(text: str) -> list[tuple[Kind, object]]:
    """The kind and the value of each token; of words and marks, what is written."""
    return [(each.kind, each.text if each.value is None else each.value) for each in split(text, 0)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500", 500),
        ("-2.5", -2.5),
        ("5.0", 5),
        ("5,000", 5000),
        ("1,000,000.5", 1000000.5),
        ("20%", 0.2),
        ("100%", 1.0),
        ("007", 7),
    ],
)
def test_numbers(text: str, value: float) -> None:
    """Numbers have groups of three, a decimal point and a percent sign."""
    (token,) = split(text, 0)

    assert (token.kind, token.value, token.percent) == (Kind.NUMBER, value, "%" in text)
    assert type(token.value) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "5,00",
        "500k",
        "2.5M",
        ".5",
        "-.5",
        "+5",
        "1.000.000",
        "5.5.5",
        "1,2",
        "5%%",
        "50,0000",
        "9" * 400,
    ],
)
def test_bad_numbers(text: str) -> None:
    """What looks like a number and is none is one token."""
    assert kinds(text) == [(Kind.BAD_NUMBER, text)]


@pytest.mark.parametrize("text", ["3d", "24/7", "2nd", "b2b", "5-10", "5.", "1e5", "-", "--", "٣"])
def test_words_with_figures(text: str) -> None:
    """What has digits and no look of a number is a word."""
    assert kinds(text) == [(Kind.WORD, text)]


def test_dates() -> None:
    """Dates are ISO, and are days there are."""
    assert kinds("2024-05-01") == [(Kind.DATE, datetime.date(2024, 5, 1))]
    for text in ("2024-02-30", "2024-5-1", "01/05/2024", "1.5.2024", "1/5/24"):
        assert kinds(text) == [(Kind.BAD_DATE, text)]


def test_commas_part_what_is_no_number() -> None:
    """A comma belongs to a number only where digits follow it at once."""
    assert kinds("5, 6") == [(Kind.NUMBER, 5), (Kind.COMMA, ","), (Kind.NUMBER, 6)]
    assert kinds("3d,4d") == [(Kind.WORD, "3d"), (Kind.COMMA, ","), (Kind.WORD, "4d")]
    assert kinds('"a","b"') == [(Kind.TEXT, "a"), (Kind.COMMA, ","), (Kind.TEXT, "b")]


def test_symbols() -> None:
    """Symbols part words; those nobody knows are left to the reader of sentences."""
    assert [each.text for each in split("a>=5 b == c<>d !e", 0)] == [
        *("a", ">=", "5", "b", "==", "c", "<>", "d", "!", "e")
    ]


def test_words_are_canonical() -> None:
    """Words are compared in small letters, after NFC, with straight apostrophes."""
    assert kinds("Didn’t CAFE\u0301") == [(Kind.WORD, "didn't"), (Kind.WORD, "caf\u00e9")]


def test_texts() -> None:
    """A text's value is what stands between its quotes, after NFC, without escapes."""
    assert kinds(r'"say \"hi\" \\ AND e' + '\u0301"') == [(Kind.TEXT, 'say "hi" \\ AND \u00e9')]


def test_spans() -> None:
    """Tokens know where they stand."""
    assert [each.span for each in split('met  "a b",5', 10)] == [
        Span(10, 13),
        Span(15, 20),
        Span(20, 21),
        Span(21, 22),
    ]


@pytest.mark.parametrize(
    ("text", "message", "start"),
    [
        ('is "UK', 'the quotes opened at `"UK` are not closed on their line', 3),
        (r'is "UK\"', 'the quotes opened at `"UK\\"` are not closed on their line', 3),
        (r'is "a\n"', "`\\n` is no escape", 3),
        ("is “UK”", "`“` is not a quote that policies know", 3),
        ("is «UK»", "`«` is not a quote that policies know", 3),
    ],
)
def test_faulty_quotes(text: str, message: str, start: int) -> None:
    """Quotes that are not straight, not closed or escape too much are CR106."""
    with pytest.raises(Mistake) as caught:
        split(text, 0)

    assert caught.value.code == "CR106"
    assert caught.value.message == message
    assert caught.value.span.start == start


def test_a_long_text() -> None:
    """A text has a named limit."""
    with pytest.raises(Mistake) as caught:
        split(f'"{"x" * 10_001}"', 0)

    assert caught.value.code == "CR110"
    assert caught.value.message == "a text of 10,001 characters is longer than the 10,000 allowed"


@pytest.mark.parametrize(
    "text",
    ["", "  ", "a AND b", "(a)", "a; b", "a: b", 'is "UK', "is “UK”", "a # b", "# a", "[a]"],
)
def test_what_is_not_one_sentence(text: str) -> None:
    """Operators, marks, comments and faulty quotes are in no sentence."""
    assert sentence(text) is None


def test_one_sentence() -> None:
    """A sentence may hold reserved words and marks within quotes."""
    tokens = sentence(' Worked at "Smith AND (Sons); #1" ')

    assert (*(tokens or ()),) == (
        Token(Kind.WORD, "worked", None, 0, 0),
        Token(Kind.WORD, "at", None, 0, 0),
        Token(Kind.TEXT, '"Smith AND (Sons); #1"', "Smith AND (Sons); #1", 0, 0),
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("country is 'UK'", "'UK'"),
        ("country is 'New Zealand' today", "'New Zealand'"),
        ("country is ‘UK’", "‘UK’"),
        ("country is '", None),
        ("don't know", None),
        ("founded in the '90s", None),
    ],
)
def test_single_quotes(text: str, place: str | None) -> None:
    """Words in single quotes are found, apostrophes are not."""
    span = single_quoted(split(text, 0))

    assert (span and text[span.start : span.end]) == place


def test_the_grammar_and_the_words_agree_on_what_is_reserved() -> None:
    """The grammar has a terminal for each reserved word, and no other word."""
    terminals = {
        terminal.pattern.value for terminal in grammar().terminals if terminal.pattern.type == "str"
    }

    assert {each for each in terminals if each.isalpha()} == RESERVED
    for word in RESERVED:
        types = [mark.type for mark in grammar().lex(f"{word} {word}S {word.lower()}")]
        assert types == [types[0], "RUN"]
        assert types[0].lstrip("_") == word


def test_tokens_are_a_sequence() -> None:
    """They are counted, picked and cut as a tuple of tokens would be."""
    tokens = split('met on is "x", 5', 3)
    alone = (*tokens,)

    assert len(tokens) == len(alone) == 6
    assert [tokens[place] for place in range(-6, 6)] == [alone[place] for place in range(-6, 6)]
    assert (tokens[1:3], tokens[::-2], tokens[9:]) == (alone[1:3], alone[::-2], ())
    assert repr(tokens) == repr(alone)
    assert [(each.start, each.end) for each in alone[3:]] == [(13, 16), (16, 17), (18, 19)]


def test_tokens_compare_by_what_they_say() -> None:
    """Places play no part, and tokens by column are those that they were made of."""
    tokens = split("met on", 0)

    assert tokens == split("Met   ON", 7)
    assert tokens != split("met in", 0)
    assert Tokens.of([*tokens]) == tokens
    assert len(Tokens.of([])) == 0
