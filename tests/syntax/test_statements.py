"""What each statement becomes in the tree."""

import datetime
import logging
import subprocess
import sys

import pytest

from connectrules.source import Source, Span
from connectrules.syntax import tree
from connectrules.syntax.parser import decode, grammar, parse
from connectrules.verdict import Decision
from tests.syntax.reading import read, written


def statement(text: str) -> tree.Statement:
    """The one statement of *text*."""
    (only,) = read(text).statements
    return only


def words(sentence: tree.Sentence) -> str:
    """The tokens of *sentence*, with single spaces."""
    return " ".join(token.text for token in sentence.tokens)


def test_language() -> None:
    """LANGUAGE holds its version."""
    assert statement("LANGUAGE 1") == tree.Language(1, Span(0, 0))


def test_title_about_and_use() -> None:
    """POLICY, ABOUT and USE hold their texts."""
    document = read('POLICY "Bramley"\nABOUT "Our rules"\nUSE "shared/facts.policy"')

    assert document.statements == (
        tree.Title(tree.Quoted("Bramley", Span(0, 0)), Span(0, 0)),
        tree.About(tree.Quoted("Our rules", Span(0, 0)), Span(0, 0)),
        tree.Use(tree.Quoted("shared/facts.policy", Span(0, 0)), Span(0, 0)),
    )


@pytest.mark.parametrize(
    "type_",
    ["yes/no", "count", 'one of "client" , "journalist"', "list of text"],
)
def test_fact(type_: str) -> None:
    """FACT holds its name and the words of its type."""
    line = statement(f"FACT Met in  Person: {type_}")

    assert isinstance(line, tree.FactLine)
    assert words(line.name) == "met in person"
    assert words(line.type) == type_


def test_ask() -> None:
    """ASK holds its name and its question, braces and all."""
    line = statement('ASK would recommend: "Would you recommend {name}; yes: (or) no?"')

    assert isinstance(line, tree.AskLine)
    assert words(line.name) == "would recommend"
    assert line.question.text == "Would you recommend {name}; yes: (or) no?"


def test_assume() -> None:
    """ASSUME holds its name and the words of its value."""
    line = statement("ASSUME is a recruiter: no")

    assert isinstance(line, tree.AssumeLine)
    assert (words(line.name), words(line.value)) == ("is a recruiter", "no")


def test_define() -> None:
    """DEFINE holds its name and its condition."""
    line = statement("DEFINE a proven contact AS met OR has at least 10 mutual connections")

    assert isinstance(line, tree.Define)
    assert words(line.name) == "a proven contact"
    assert written(line.condition) == "[met or has at least 10 mutual connections]"


def test_rule_with_everything() -> None:
    """A rule holds its decision, name, condition, exception and reason."""
    rule = statement('REVIEW "press" WHEN a AND b UNLESS c OR d BECAUSE "I answer myself"')

    assert isinstance(rule, tree.Rule)
    assert rule.decision is Decision.REVIEW
    assert rule.name == tree.Quoted("press", Span(0, 0))
    assert written(rule.condition) == "[a and b]"
    assert rule.unless is not None
    assert written(rule.unless) == "[c or d]"
    assert rule.because == tree.Quoted("I answer myself", Span(0, 0))


def test_rule_with_nothing_but_its_condition() -> None:
    """What a rule leaves out is None."""
    rule = statement("DECLINE WHEN a")

    assert isinstance(rule, tree.Rule)
    assert (rule.decision, rule.name, rule.unless, rule.because) == (
        Decision.DECLINE,
        None,
        None,
        None,
    )


def test_otherwise() -> None:
    """OTHERWISE holds its decision and its reason."""
    assert read('OTHERWISE DECLINE BECAUSE "no"').statements == (
        tree.Otherwise(Decision.DECLINE, tree.Quoted("no", Span(0, 0)), Span(0, 0)),
    )
    assert read("OTHERWISE REVIEW").statements == (
        tree.Otherwise(Decision.REVIEW, None, Span(0, 0)),
    )


def test_example_with_everything() -> None:
    """An EXAMPLE holds its day, decision, rules, questions and facts."""
    example = statement(
        'EXAMPLE "an old friend" TODAY 2026-11-22 EXPECT UNDECIDED\n'
        'BECAUSE OF "three rules",\n  "trusted circle" ASKING met on; would recommend\n'
        '  - worked at "Acme" for 3 years: yes\n'
        '  - country: "Ireland"\n'
        "  - met on: 2026-09-01\n"
        '  - values: "a", "b"\n'
        '  - my values: "craft"'
    )

    assert isinstance(example, tree.Example)
    assert example.name.text == "an old friend"
    assert example.today is not None
    assert example.today.value == datetime.date(2026, 11, 22)
    assert example.expect is Decision.UNDECIDED
    assert example.because_of is not None
    assert [each.text for each in example.because_of] == ["three rules", "trusted circle"]
    assert example.asking is not None
    assert [words(each) for each in example.asking] == ["met on", "would recommend"]
    assert [(words(each.name), words(each.value)) for each in example.settings] == [
        ('worked at "Acme" for 3 years', "yes"),
        ("country", '"Ireland"'),
        ("met on", "2026-09-01"),
        ("values", '"a" , "b"'),
        ("my values", '"craft"'),
    ]


def test_example_with_nothing_but_its_decision() -> None:
    """What an EXAMPLE leaves out is None, and its facts are empty."""
    assert statement('EXAMPLE "nobody" EXPECT DECLINE') == tree.Example(
        tree.Quoted("nobody", Span(0, 0)), None, Decision.DECLINE, None, None, (), Span(0, 0)
    )


def test_bare_condition() -> None:
    """A bare condition is a whole policy."""
    document = read("would have a drink with AND would recommend")

    assert document.statements == ()
    assert document.bare is not None
    assert written(document.bare) == "[would have a drink with and would recommend]"


@pytest.mark.parametrize("text", ["", "  \n\t\n", "# only a comment", "\ufeff"])
def test_empty_text(text: str) -> None:
    """A text without words has neither statements nor a condition."""
    assert read(text) == tree.Document(Source("x.policy", text))


def test_statements_on_one_line() -> None:
    """Layout does not end a statement, the next statement word does."""
    document = read("FACT a: yes/no FACT b: yes/no CONNECT WHEN a OTHERWISE DECLINE")

    assert len(document.statements) == 4


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_places(line_break: str) -> None:
    """Every node knows its place in the text as it stands, whatever its line breaks."""
    text = line_break.join(["# first", "CONNECT WHEN ALL OF", "  - a AND (b)", "  - NOT c", ""])
    (rule,) = read(text).statements

    assert isinstance(rule, tree.Rule)
    listed = rule.condition
    assert isinstance(listed, tree.Quantified)
    first, second = (item.condition for item in listed.items)
    assert isinstance(first, tree.Joined)

    def at(span: Span) -> str:
        return text[span.start : span.end].replace(line_break, "|")

    assert at(rule.span) == "CONNECT WHEN ALL OF|  - a AND (b)|  - NOT c"
    assert at(listed.quantifier.span) == "ALL OF"
    assert at(first.span) == "a AND (b)"
    assert at(first.joiners[0].span) == "AND"
    assert at(first.operands[1].span) == "(b)"
    assert at(second.span) == "NOT c"
    assert Source("x", text).location(rule.span.start).line == 2


def test_comments_and_line_breaks_within_sentences() -> None:
    """A sentence goes over lines and comments; `#` in a word is part of it."""
    document = read("met   in # where\n  person\u00a0today AND writes C#")

    assert document.bare is not None
    assert written(document.bare) == "[met in person today and writes c#]"


def test_decode_strips_a_byte_order_mark() -> None:
    """The text begins after the mark."""
    assert decode(b"\xef\xbb\xbfmet", "a.policy") == Source("a.policy", "met")


def test_decode_says_where_a_text_is_not_utf_8() -> None:
    """A file in another encoding is one diagnostic, at the character."""
    diagnostic = decode(b"met\nna\xefve", "a.policy")

    assert not isinstance(diagnostic, Source)
    assert diagnostic.code == "CR101"
    assert diagnostic.message == (
        "the text is not UTF-8: no character is written with the byte `ef` here"
    )
    assert (diagnostic.start.line, diagnostic.start.column) == (2, 3)


def test_the_grammar_has_no_conflicts(caplog: pytest.LogCaptureFixture) -> None:
    """Lark reports conflicts when asked to debug, and finds none."""
    with caplog.at_level(logging.DEBUG, logger="lark"):
        logging.getLogger("lark").addHandler(caplog.handler)
        grammar(debug=True)

    assert "conflict" not in caplog.text.lower()


def test_lark_is_loaded_at_the_first_parse() -> None:
    """Importing the parser does not load Lark, parsing does."""
    program = (
        "import sys; from connectrules.syntax.parser import parse\n"
        "from connectrules.source import Source\n"
        "before = 'lark' in sys.modules; parse(Source('x', 'a'))\n"
        "print(before, 'lark' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "False True\n"


def test_a_faulty_statement_leaves_the_others() -> None:
    """The good statements are in the tree, and a broken declaration keeps its name."""
    text = (
        'FACT a yes/no\nFACT b: text\nDEFINE c AS\nCONNECT "d" WHEN\nASK e "E?"\nOTHERWISE DECLINE'
    )
    document, diagnostics = parse(Source("x", text))
    broken = [each for each in document.statements if isinstance(each, tree.Broken)]

    assert len(diagnostics) == 4
    assert [type(each).__name__ for each in document.statements] == [
        "Broken",
        "FactLine",
        "Broken",
        "Broken",
        "Broken",
        "Otherwise",
    ]
    assert [(each.word, each.name and words(each.name)) for each in broken] == [
        ("FACT", "a"),
        ("DEFINE", "c"),
        ("CONNECT", '"d"'),
        ("ASK", "e"),
    ]


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Fact is nice: yes/no", "FACT", "is nice"),
        ("Define good as fine", "DEFINE", "good"),
        ("ASSUME is nice no", "ASSUME", "is nice"),
        ("FACT likes ALL music: yes/no", "FACT", "likes all music"),
        ("Otherwise decline", "OTHERWISE", None),
        ("a AND", None, None),
        ("FACT “a”: yes/no", "FACT", None),
    ],
)
def test_what_is_left_of_a_faulty_statement(text: str, word: str | None, name: str | None) -> None:
    """Its word and the name it declares, where they can be made out."""
    document, _ = parse(Source("x", text))
    (broken,) = document.statements

    assert isinstance(broken, tree.Broken)
    assert broken.word == word
    assert (broken.name and words(broken.name)) == name
