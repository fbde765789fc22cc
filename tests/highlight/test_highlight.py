"""Policies are coloured alike wherever they are shown."""

import json
import re
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Keyword, string_to_tokentype

from connectrules.highlight.pieces import PIECES
from connectrules.highlight.pygments import PolicyLexer
from connectrules.highlight.textmate import grammar
from connectrules.syntax.reserved import RESERVED, ROLES
from tests.examples import ROOT

POLICIES = sorted((ROOT / "examples").glob("*.policy"))
SCOPES = {
    str(string_to_tokentype(kind)): f"{scope}.connectrules"
    for kind, scope in chain.from_iterable(piece.kinds for piece in PIECES)
    if kind
}

Coloured = list[tuple[str, str]]


def by_pygments(text: str) -> Coloured:
    """The coloured pieces of *text* and their scopes, as Pygments finds them."""
    lexer = PolicyLexer(stripnl=False, ensurenl=False)
    return [
        (value, SCOPES[str(kind)]) for kind, value in lexer.get_tokens(text) if str(kind) in SCOPES
    ]


def by_textmate(text: str) -> Coloured:
    """The same, as an editor finds them: line by line, the first match of all patterns."""
    patterns = [(re.compile(each["match"]), each) for each in grammar()["patterns"]]
    found: Coloured = []
    for line in text.split("\n"):
        position = 0
        while True:
            matches = [
                (match.start(), rank, match, each)
                for rank, (pattern, each) in enumerate(patterns)
                if (match := pattern.search(line, position))
            ]
            if not matches:
                break
            _, _, match, each = min(matches, key=lambda found: found[:2])
            found += [
                (match[int(group)], capture["name"])
                for group, capture in each.get("captures", {}).items()
            ]
            position = match.end()
    return found


def coloured(text: str) -> Coloured:
    """What both of them find."""
    found = by_pygments(text)

    assert by_textmate(text) == found
    return found


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_a_policy_holds_nothing_that_is_coloured_as_a_mistake(path: Path) -> None:
    """Every shipped policy is coloured alike by both, and nothing in it looks wrong."""
    text = path.read_text(encoding="utf-8")

    assert not [value for value, scope in coloured(text) if "invalid" in scope]
    assert "".join(value for _, value in PolicyLexer().get_tokens(text)).strip() == text.strip()


words = st.sampled_from([*sorted(RESERVED), "would", "recommend", "and", "C#", "don’t", "NOT-for"])
marks = st.sampled_from([*'()[]{};:,-#"\\ \t\n\u00a0', ": yes", ": none", "\n  - ", ">=", "!="])
figures = st.sampled_from(["5,000", "20%", "-2.5", "2024-05-01", "5k", "1.", "0", "1,2"])


@given(st.lists(words | marks | figures | st.text(max_size=3), max_size=30).map("".join))
@example('"a\\"b" "open')
@example("x - y\n - z:yes : yes")
def test_both_colour_any_text_alike(text: str) -> None:
    """The lexer and the editors' grammar agree on every text, whole or broken."""
    coloured(text.replace("\r", " "))


def test_every_reserved_word_is_coloured_by_what_it_does() -> None:
    """A reserved word has its role's colour wherever it is a whole word, and none within one."""
    for role, each in ROLES.items():
        scopes = {scope for word in each for _, scope in coloured(f"a {word} b")}

        assert len(scopes) == 1, role
        assert all(not coloured(f"a-{word} {word}s {word.lower()}") for word in each)


def test_what_a_line_looks_like() -> None:
    """Words, texts, values, numbers, dates and comments are told apart."""
    text = '- followers >= 5,000 AND met on is before 2024-05-01 # "old"\n  - bot: yes'

    assert coloured(text) == [
        ("-", "punctuation.definition.list.connectrules"),
        (">=", "keyword.operator.comparison.connectrules"),
        ("5,000", "constant.numeric.connectrules"),
        ("AND", "keyword.operator.logical.connectrules"),
        ("2024-05-01", "constant.other.date.connectrules"),
        ('# "old"', "comment.line.number-sign.connectrules"),
        ("-", "punctuation.definition.list.connectrules"),
        (":", "punctuation.separator.connectrules"),
        ("yes", "constant.language.value.connectrules"),
    ]


def test_what_cannot_be_right_looks_wrong() -> None:
    """A text left open and a bracket that policies don't know have the colour of mistakes."""
    assert coloured('a ["b c') == [
        ("[", "invalid.illegal.bracket.connectrules"),
        ('"b c', "invalid.illegal.unclosed.connectrules"),
    ]


@pytest.mark.parametrize("alias", ["policy", "connectrules"])
def test_pygments_finds_the_lexer(alias: str) -> None:
    """Pygments knows it by either name and by the ending of a policy's file."""
    for lexer in get_lexer_by_name(alias), get_lexer_for_filename("bramley.policy"):
        assert type(lexer).__name__ == PolicyLexer.__name__
        assert (Keyword.Declaration, "ASK") in list(lexer.get_tokens("ASK keen: x"))


def test_the_editors_grammar_is_up_to_date() -> None:
    """The grammar that ships for editors is the one made from the table."""
    path = ROOT / "editors/vscode/syntaxes/connectrules.tmLanguage.json"
    if not path.exists():
        pytest.skip("the editors' files do not come with the installed package")

    assert json.loads(path.read_text(encoding="utf-8")) == grammar()
