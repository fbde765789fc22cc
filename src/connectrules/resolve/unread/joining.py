"""Joining words in small letters, or of elsewhere: CR105."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve.unread.sentence import Unread
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Kind

_JOINTS: dict[tuple[str, ...], str] = {
    ("and",): "AND",
    ("and", "also"): "AND",
    ("as", "well", "as"): "AND",
    ("&",): "AND",
    ("&&",): "AND",
    ("plus",): "AND",
    ("but",): "AND",
    ("or",): "OR",
    ("or", "else"): "OR",
    ("and/or",): "OR",
    ("|",): "OR",
    ("||",): "OR",
    ("unless",): "UNLESS",
    ("unless", "if"): "UNLESS",
    ("except",): "UNLESS",
    ("except", "if"): "UNLESS",
    ("except", "when"): "UNLESS",
}
"""What joins conditions elsewhere, and here."""

_LONGEST = 3
_BEFORE = frozenset({"either", "both"})
"""Words before conditions that belong to the joining word after them."""
_ELSEWHERE = frozenset({"&", "&&", "+", "|", "||", "/", "and/or", "plus", "also", "then"})
"""Marks and words that join conditions elsewhere, and none here."""
_STATEMENTS = frozenset(
    {"CONNECT", "DECLINE", "REVIEW", "OTHERWISE", "EXAMPLE", "BECAUSE", "FACT", "ASK", "ASSUME"}
    | {"DEFINE", "POLICY", "ABOUT", "USE", "LANGUAGE"}
)
_MOST = 20
"""Of more joining words in a row than these it is not looked for what they join."""
_DENY = "write `AND NOT` in its place, and brackets around all that it denies"
_DENY_ALL = "write `NOT`, and brackets around all that it denies, as in `NOT (a OR b)`"
_REACH = 80
"""How many characters around a sentence are looked at for what it is joined to."""


@attrs.frozen
class _Joint:
    """Tokens from *start* to *end* that join or deny, and the word that is meant."""

    start: int
    end: int
    meant: str


def joining_word(unread: Unread) -> Mistake | None:
    """Conditions, each with an exact reading, with joining words in small letters between them."""
    if unread.word(0) == "neither":
        return _neither(unread)
    joints = _Joints(unread).found()
    if not joints or not any(each.meant for each in joints):
        return None
    first = joints[0]
    words = unread.tokens[first.start : first.end]
    span = words[0].span
    written = unread.written(words)
    does = "denies a condition" if first.meant == "NOT" else "joins conditions"
    is_small = written.upper() == first.meant
    message = (
        f"`{written}` {does} only in capitals" if is_small else f"`{written}` joins no conditions"
    )
    denied = _denied_together(unread, joints)
    if denied is not None:
        return Mistake(
            span, "CR105", message, help=() if denied else (_DENY_ALL,), fixes=tuple(denied)
        )
    said = [*_said(unread, joints)]
    if _is_open(unread, joints, said):
        return Mistake(span, "CR105", message, help=(_DENY,))
    if _is_mixed(unread, said):
        return Mistake(
            span, "CR105", message, help=("write it in capitals", *_bracketed(unread, joints))
        )
    meant = " and ".join(f"`{each}`" for each in dict.fromkeys(filter(None, said)))
    return Mistake(
        span, "CR105", message, fixes=(Fix(f"write {meant}", _edits(unread, joints, said)),)
    )


def _said(unread: Unread, joints: Sequence[_Joint]) -> Iterator[str]:
    """What is to stand in place of each of *joints*."""
    exceptions = [each for each in joints if each.meant == "UNLESS"]
    for each in joints:
        may_stand = each is exceptions[-1] and _is_whole(unread) if exceptions else False
        yield "AND NOT" if each.meant == "UNLESS" and not may_stand else each.meant


def _denied_together(unread: Unread, joints: Sequence[_Joint]) -> list[Fix] | None:
    """The fixes for `not either a or b`, and for `not a or b`, where one may mean both.

    Returns:
        None where nothing is denied so; nothing where it is not certain how far the NOT goes.
    """
    group = next((n for n, each in enumerate(joints) if not each.meant), None)
    text, span = unread.source.text, unread.span
    is_denied = text[max(0, span.start - _REACH) : span.start].split()[-1:] == ["NOT"]
    first = 0 if group is None else group
    if group is None and joints[0].meant == "NOT":
        is_denied, first = True, 1
    elif group:
        is_denied = joints[group - 1].meant == "NOT"
    if not is_denied:
        return None
    inner = [each for each in joints[first:] if each.meant]
    kinds = {each.meant for each in inner}
    if group is None and kinds != {"OR"}:
        return None
    follows = text[span.end : span.end + _REACH].split()[:1]
    if len(kinds) != 1 or not kinds <= {"AND", "OR"} or {*follows} & {"AND", "OR"}:
        return []
    apart = _edits(unread, joints, [*_said(unread, joints)])
    if group is not None:
        start, end = joints[group].start, joints[group].end
    else:
        start = end = joints[0].end if first else 0
    opened = Edit(Span(unread.tokens[start].start, unread.tokens[end].start), "(")
    kept = (each for each in apart if each.text)
    together = (*kept, opened, Edit(Span(span.end, span.end), ")"))
    fixes = [_read_as(unread, together)]
    return fixes if group is not None else [*fixes, _read_as(unread, apart)]


def _read_as(unread: Unread, edits: tuple[Edit, ...]) -> Fix:
    """The fix that makes *edits* in the sentence, with what it reads like then."""
    text, place, parts = unread.source.text, unread.span.start, []
    for edit in sorted(edits, key=lambda each: each.span):
        parts += [text[place : edit.span.start], edit.text]
        place = edit.span.end
    said = " ".join("".join([*parts, text[place : unread.span.end]]).split())
    before = text[max(0, unread.span.start - _REACH) : unread.span.start].split()[-1:]
    return Fix(f"read it as `{'NOT ' if before == ['NOT'] else ''}{said}`", edits)


def _is_open(unread: Unread, joints: Sequence[_Joint], said: Sequence[str]) -> bool:
    """Whether nobody can tell how far an exception goes: `AND NOT` denies one sentence alone."""
    text, end = unread.source.text, unread.span.end
    after = text[end : end + _REACH].split()[:1]
    following = [*(each.meant for each in joints[1:]), *after]
    if any(
        one == "AND NOT" and other in {"AND", "OR", "NOT"}
        for one, other in zip(said, following, strict=False)
    ):
        return True
    return any(
        unread.word(each.start) == "but" and [one, other] in (["NOT", "AND"], ["NOT", "OR"])
        for each, one, other in zip(joints, following, following[1:], strict=False)
    )


def _is_mixed(unread: Unread, said: Sequence[str]) -> bool:
    """Whether AND and OR come to stand side by side."""
    around = {*_around(unread)}
    place = said.index("UNLESS") if "UNLESS" in said else len(said)
    return any(
        {"AND", "OR"} <= {each.removesuffix(" NOT") for each in side} | around
        for side in (said[:place], said[place:])
    )


def _edits(unread: Unread, joints: Sequence[_Joint], said: Sequence[str]) -> tuple[Edit, ...]:
    tokens = unread.tokens
    edits = []
    for each, text in zip(joints, said, strict=True):
        start, end = tokens[each.start].start, tokens[each.end - 1].end
        edits.append(Edit(Span(start, end if text else tokens[each.end].start), text))
    return tuple(edits)


def _around(unread: Unread) -> Iterator[str]:
    """The joining words beside the sentence."""
    text, span = unread.source.text, unread.span
    yield from text[max(0, span.start - _REACH) : span.start].split()[-1:]
    yield from text[span.end : span.end + _REACH].split()[:1]


def _is_whole(unread: Unread) -> bool:
    """Whether the sentence is the whole condition of a rule."""
    text, span = unread.source.text, unread.span
    before = text[max(0, span.start - _REACH) : span.start].split()[-1:]
    after = text[span.end : span.end + _REACH].split()[:1]
    return before == ["WHEN"] and (not after or after[0] in _STATEMENTS or after[0] == "#")


def _bracketed(unread: Unread, joints: Sequence[_Joint]) -> Iterator[str]:
    """The two ways to bracket conditions that AND and OR join side by side."""
    parts, between = [], []
    start = 0
    denied = ""
    for each in (*joints, None):
        end = len(unread.tokens) if each is None else each.start
        if end > start:
            parts.append(denied + unread.written(unread.tokens[start:end]))
            denied = ""
        if each is None or each.meant == "BECAUSE":
            break
        start = each.end
        if each.meant == "NOT":
            denied += "NOT "
        elif each.meant:
            between.append("AND" if each.meant == "UNLESS" else each.meant)
            denied += "NOT " if each.meant == "UNLESS" else ""
    if len(set(between)) == 1:
        yield f"then put it in brackets: `({f' {between[0]} '.join(parts)})`"
        return
    readings = [_reading(parts, between, tight) for tight in ("AND", "OR")]
    yield f"and put brackets where they belong: `{readings[0]}` or `{readings[1]}`"


def _reading(parts: Sequence[str], between: Sequence[str], tight: str) -> str:
    groups = [[parts[0]]]
    for joint, part in zip(between, parts[1:], strict=True):
        if joint == tight:
            groups[-1].append(part)
        else:
            groups.append([part])
    loose = "OR" if tight == "AND" else "AND"
    return f" {loose} ".join(
        f"({f' {tight} '.join(group)})" if len(group) > 1 else group[0] for group in groups
    )


def stands_beside(unread: Unread) -> bool:
    """Whether all of it has a reading between its lines, commas and the like."""
    tokens = unread.tokens
    parts: list[list[int]] = [[]]
    for place, token in enumerate(tokens):
        between = tokens[place - 1].end if place else token.start
        if "\n" in unread.source.text[between : token.start]:
            parts.append([])
        if token.kind is Kind.COMMA or token.text.lower() in _ELSEWHERE:
            parts.append([])
        else:
            parts[-1].append(place)
    said = [part for part in parts if part]
    if 1 < len(said) <= _MOST:
        return all(unread.reads([tokens[place] for place in part]) for part in said)
    return len(tokens) <= _MOST and any(
        unread.reads(tokens[:place]) and unread.reads(tokens[place:])
        for place in range(1, len(tokens))
    )


def joined(unread: Unread) -> tuple[str, ...]:
    """Help for conditions that stand side by side, with nothing between them."""
    lines = {unread.source.text.count("\n", 0, token.start) for token in unread.tokens}
    if len(lines) > 1:
        return ("join the conditions with AND or OR, or make a list of them after `ALL OF`",)
    return ("join the conditions with AND or OR",)


class _Joints:
    """Looks for the words between which all has a reading."""

    def __init__(self, unread: Unread) -> None:
        self._unread, self._end = unread, len(unread.tokens)
        self._joining = [joint for n in range(self._end) for joint in self._at(n)]
        self._failed: set[int] = set()
        last = self._end - 1
        is_reason = last > 1 and unread.tokens[last].kind is Kind.TEXT
        if is_reason and unread.word(last - 1) == "because" and _may_give_reasons(unread):
            self._end = last - 1

    def found(self) -> list[_Joint] | None:
        """The words; None where there is no such way to read the sentence."""
        if len(self._joining) > _MOST:
            return None
        found = self._from(0)
        if found is None or self._end == len(self._unread.tokens):
            return found
        return [*found, _Joint(self._end, self._end + 1, "BECAUSE")] if found else None

    def _at(self, place: int) -> Iterator[_Joint]:
        for length in range(_LONGEST, 0, -1):
            words = tuple(self._unread.word(place + each) or "" for each in range(length))
            if words in _JOINTS:
                yield _Joint(place, place + length, _JOINTS[words])

    def _from(self, start: int) -> list[_Joint] | None:
        if start in self._failed:
            return None
        for before, first in self._starts(start):
            if self._unread.reads(self._unread.tokens[first : self._end]):
                return before
            for joint in self._joining:
                part = self._unread.tokens[first : joint.start]
                if joint.start <= first or joint.end >= self._end or not self._unread.reads(part):
                    continue
                rest = self._from(joint.end)
                if rest is not None:
                    return [*before, joint, *rest]
        self._failed.add(start)
        return None

    def _starts(self, start: int) -> Iterator[tuple[list[_Joint], int]]:
        """Where a condition may begin: at *start*, or after a `not` or an `either` there."""
        yield [], start
        word = self._unread.word(start)
        if word == "not":
            denial = _Joint(start, start + 1, "NOT")
            yield [denial], start + 1
            if self._unread.word(start + 1) in _BEFORE:
                yield [denial, _Joint(start + 1, start + 2, "")], start + 2
        elif start == 0 and word in _BEFORE:
            yield [_Joint(0, 1, "")], 1


def _may_give_reasons(unread: Unread) -> bool:
    """Whether the sentence stands in a rule, which may have a BECAUSE."""
    return "WHEN" in unread.source.text[: unread.span.start]


def _neither(unread: Unread) -> Mistake | None:
    """`neither a nor b`."""
    tokens = unread.tokens
    nors = [n for n, each in enumerate(tokens) if each.kind is Kind.WORD and each.text == "nor"]
    bounds = [0, *nors, len(tokens)]
    parts = [tokens[one + 1 : other] for one, other in pairwise(bounds)]
    if not nors or not all(unread.reads(part) for part in parts):
        return None
    edits = [Edit(Span(tokens[0].start, parts[0][0].start), "NONE OF (")]
    edits += [Edit(Span(before[-1].end, after[0].start), "; ") for before, after in pairwise(parts)]
    end = tokens[-1].end
    said = "; ".join(unread.written(part) for part in parts)
    return Mistake(
        tokens[0].span,
        "CR105",
        f"`{unread.written(tokens[:1])}` joins no conditions",
        fixes=(Fix(f"write `NONE OF ({said})`", (*edits, Edit(Span(end, end), ")"))),),
    )
