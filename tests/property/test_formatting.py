"""Laying a policy out changes its spacing and nothing else."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import attrs
from hypothesis import given as drawn
from hypothesis import note
from hypothesis import strategies as st

from connectrules import Policy, PolicyError, format_policy
from connectrules.source import Source, Span
from connectrules.syntax import tree
from connectrules.syntax.parser import parse
from connectrules.syntax.tokens import Token
from tests.property.model import Case
from tests.property.printing import policy_text
from tests.property.running import judged, tried
from tests.property.spacing import Spaced, Word, policies, spaced
from tests.property.strategies import case
from tests.property.universe import FIELDS, VOCABULARY
from tests.syntax.test_properties import PIECES

_WIDEST, _WIDEST_HEADING = 88, 100
_TRAILING = re.compile(r'((?:"(?:\\.|[^"\\])*"|[^"#]|(?<=\S)#)*)(?<!\S)#')
_PINNED = re.compile(r"[-#*–]|(?:use|about)\b", re.IGNORECASE)


@st.composite
def _spaced(draw: st.DrawFn) -> Spaced:
    return draw(spaced(draw(policies())))


@tried(120)
@drawn(_spaced())
def test_only_spacing_changes(policy: Spaced) -> None:
    """The tree and the comments stay, in order, and the result is neat and final."""
    note(policy.text)
    laid_out = format_policy(policy.text)
    note(laid_out)

    assert _shape(laid_out) == _shape(policy.text)
    assert _comments(laid_out) == policy.comments
    assert format_policy(laid_out) == laid_out
    assert [*_needless(laid_out)] == []
    _check_neat(laid_out)


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """A policy's text with a piece of it cut out, and something else put in."""
    text = draw(_spaced()).text
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 12)))
    return text[:start] + draw(PIECES | st.just("")) + text[end:]


@tried(100)
@drawn(_damaged())
def test_any_text_is_laid_out_or_refused(text: str) -> None:
    """Nothing but a mistake in the text keeps it from being laid out, once and for all."""
    note(text)
    try:
        laid_out = format_policy(text)
    except PolicyError:
        return
    note(laid_out)

    assert _shape(laid_out) == _shape(text)
    assert format_policy(laid_out) == laid_out


def _check_neat(laid_out: str) -> None:
    """Hold it that there are no odd blanks, no lines too long, and no runs of empty lines."""
    assert laid_out.endswith("\n")
    assert not laid_out.startswith("\n")
    assert "\n\n\n" not in laid_out
    assert not re.search(r"[^\S\n ]| \n|\ufeff", _without_comments(laid_out))
    for line in laid_out.splitlines():
        words = _without_comments(line)
        assert len(words) <= (_WIDEST_HEADING if "EXAMPLE" in words else _WIDEST)


@st.composite
def _twice(draw: st.DrawFn) -> tuple[Spaced, Spaced]:
    words: tuple[Word, ...] = draw(policies())
    return draw(spaced(words, comments=False)), draw(spaced(words, comments=False))


@tried(60)
@drawn(_twice())
def test_spacing_plays_no_part(twice: tuple[Spaced, Spaced]) -> None:
    """The same words come out alike, however they were laid out before."""
    one, other = twice
    note(one.text)
    note(other.text)

    assert format_policy(one.text) == format_policy(other.text)


@tried(80)
@drawn(case())
def test_verdicts_stay(each: Case) -> None:
    """A policy decides the same when it is laid out."""
    text = policy_text(each.rules, FIELDS)
    laid_out = format_policy(text)
    note(text)
    note(laid_out)

    before = judged(Policy.parse(text, vocabulary=VOCABULARY), each)
    after = judged(Policy.parse(laid_out, vocabulary=VOCABULARY), each)

    assert repr(after) == repr(before)


@lru_cache(maxsize=8)
def _parsed(text: str) -> tuple[tree.Document, bool]:
    """What *text* says, and whether there is nothing wrong with it: asked for several times."""
    document, diagnostics = parse(Source("x.policy", text))
    return document, diagnostics == ()


def _read(text: str) -> tree.Document:
    document, right = _parsed(text)
    assert right
    return document


def _shape(text: str) -> tuple[object, ...]:
    """What *text* says: every condition written with its brackets where they are needed alone."""
    document = _read(text)
    bare = () if document.bare is None else (_said(document.bare),)
    return (*bare, *map(_statement, document.statements))


def _statement(statement: tree.Statement) -> object:
    match statement:
        case tree.Define(name, condition):
            return name, _said(condition)
        case tree.Rule(decision, name, condition, unless, because):
            return decision, name, _said(condition), unless and _said(unless), because
        case _:
            return statement


def _said(node: tree.Condition) -> str:
    match node:
        case tree.Sentence(tokens):
            return " ".join(f"{token.kind.value}:{token.text}" for token in tokens)
        case tree.Denied(operand):
            return f"not[{_said(operand)}]"
        case tree.Bracketed(inner):
            return _said(inner)
        case tree.Quantified(quantifier, items):
            each = (f"{item.weight and item.weight.text} {_said(item.condition)}" for item in items)
            number = quantifier.number and quantifier.number.text
            return f"{quantifier.amount} {number}{{{'; '.join(each)}}}"
        case tree.Joined(operands, joiners):
            words = {joiner.joint.value for joiner in joiners}
            one = words.pop() if len(words) == 1 else ""
            said = _flat(operands[0], one)
            for joiner, operand in zip(joiners, operands[1:], strict=True):
                said += f" {joiner.joint.value} {_flat(operand, one)}"
            return f"{one}<{said}>"


def _flat(operand: tree.Condition, word: str) -> str:
    said = _said(operand)
    inner = operand
    while isinstance(inner, tree.Bracketed):
        inner = inner.condition
    if word and isinstance(inner, tree.Joined) and said.startswith(f"{word}<"):
        return said[len(word) + 1 : -1]
    return said


def _needless(text: str) -> Iterator[str]:
    """The brackets of *text* without which it would say the same."""
    wanted = _shape(text)
    for span in _brackets(text):
        if _PINNED.match(text, span.start + 1):
            continue
        inner = text[span.start + 1 : span.end - 1]
        without = f"{text[: span.start]} {inner} {text[span.end :]}"
        _, right = _parsed(without)
        if right and _shape(without) == wanted:
            yield f"({inner})"


def _brackets(text: str) -> Iterator[Span]:
    """Where conditions stand in brackets."""
    document = _read(text)
    waiting: list[Any] = [document.bare, *document.statements]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tree.Bracketed):
            yield node.span
        if isinstance(node, tuple):
            waiting.extend(node)
        elif attrs.has(type(node)) and not isinstance(node, Token | Span):
            waiting.extend(getattr(node, field.name) for field in attrs.fields(type(node)))


def _comments(text: str) -> tuple[str, ...]:
    """The comments of *text*, line by line."""
    found = (_TRAILING.match(line) for line in text.split("\n"))
    return tuple(match.string[match.end() - 1 :] for match in found if match)


def _without_comments(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        match = _TRAILING.match(line)
        lines.append(line[: match.end() - 1].rstrip() if match else line)
    return "\n".join(lines)
