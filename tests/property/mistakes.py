"""Random policies with mistakes in them, as people make them."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count

import attrs
from hypothesis import strategies as st

from tests.property.model import Case
from tests.property.printing import policy_text
from tests.property.strategies import case
from tests.property.universe import FIELDS


@attrs.frozen
class Mistaken:
    """A policy with a mistake.

    Attributes:
        text: The policy.
        meant: The same without the mistake.
        kind: What kind of mistake it is.
    """

    text: str
    meant: str
    kind: str


Change = tuple[int, int, str]
"""A stretch of a text, and what is typed in its place."""


def _each(pattern: str, typed: Callable[[re.Match[str]], str]) -> Callable[[str], list[Change]]:
    """What changes any one match of *pattern*, outside of texts unless it begins with a quote."""
    compiled = re.compile(rf'"[^"\n]*"|#[^\n]*|(?P<it>{pattern})', re.MULTILINE)
    if pattern.startswith('"'):
        compiled = re.compile(rf"#[^\n]*|(?P<it>{pattern})")

    def changes(text: str) -> list[Change]:
        return [
            (found.start("it"), found.end("it"), typed(found))
            for found in compiled.finditer(text)
            if found["it"] is not None
        ]

    return changes


def _word(found: re.Match[str]) -> str:
    return found["it"].lower()


def _title(found: re.Match[str]) -> str:
    return found["it"].capitalize()


KINDS: Mapping[str, Callable[[str], list[Change]]] = {
    "a statement's word": _each(r"^(?:CONNECT|DECLINE|REVIEW|OTHERWISE|FACT|ASK|ASSUME)\b", _title),
    "a clause's word": _each(r"\b(?:WHEN|UNLESS|BECAUSE|AS)\b", _word),
    "a joining word": _each(r"\b(?:AND|OR|NOT)\b", _word),
    "a list's words": _each(r"\b(?:ALL|ANY|NONE) OF\b", _title),
    "curly quotes": _each(r'"[^"\n]*"', lambda found: f"“{found['it'][1:-1]}”"),
    "single quotes": _each(r'"[^"\n]*"', lambda found: f"'{found['it'][1:-1]}'"),
    "no quotes": _each(r'"[^"\n]*"', lambda found: found["it"][1:-1]),
    "half quotes": _each(r'"[^"\n]*"', lambda found: found["it"][:-1]),
    "a comma": _each(r";", lambda _: ","),
    "a bullet": _each(r"^ +-(?= )", lambda found: f"{found['it'][:-1]}•"),
    "a full stop": _each(r"(?<=\w)$", lambda _: "."),
    "a colon": _each(r"\bWHEN\b", lambda _: "WHEN:"),
    "an equals sign": _each(r":(?= )", lambda _: " ="),
    "no colon": _each(r":(?= )", lambda _: ""),
    "an invisible character": _each(r" ", lambda _: " \N{ZERO WIDTH SPACE}"),
    "another type's name": _each(r"(?<=: )yes/no$", lambda _: "bool"),
    "a quoted number": _each(r"(?<= )\d+(?= )", lambda found: f'"{found["it"]}"'),
    "a letter too few": _each(r"\b[a-z]{5,}\b", lambda found: found["it"][:2] + found["it"][3:]),
}
"""How each kind of mistake changes a text."""

DENIALS: Mapping[str, Callable[[str], list[Change]]] = {
    "before a decision": _each(
        r"^(?:CONNECT|DECLINE|REVIEW)(?= )", lambda found: f"NEVER {found['it']}"
    ),
    "before a decision, as people talk": _each(
        r"^(?:CONNECT|DECLINE|REVIEW)(?= )", lambda found: f"Don't {found['it']}"
    ),
    "before a decision, as NOT": _each(
        r"^(?:CONNECT|DECLINE|REVIEW)(?= )", lambda found: f"DO NOT {found['it']}"
    ),
    "before a decision, in small letters": _each(
        r"^(?:CONNECT|DECLINE|REVIEW) WHEN\b", lambda found: f"never {found['it'].lower()}"
    ),
    "after a decision": _each(r"\bWHEN\b", lambda _: "NEVER WHEN"),
    "in a word": _each(
        r"(?<=WHEN )[a-z]{4,}|(?<=AND )[a-z]{4,}|(?<=NOT )[a-z]{4,}",
        lambda found: f"un{found['it']}",
    ),
    "of two": _each(r"\bNOT (?=[a-z])", lambda _: "NOT EITHER "),
}
"""How each kind of denial changes a text into one that means something else."""


_BREAKABLE = re.compile(r'"[^"\n]*"|(?<=[\w"]) (?=[\w"])')
"""Texts, and the spaces between words; a `-` at a line's start would be an item's."""


def commented(text: str, ends: set[int], breaks: set[int]) -> str:
    """*text* with comments: at the ends of some lines, and between words that a line end parts.

    Args:
        text: The policy.
        ends: The lines, by their number from 0.
        breaks: The spaces, by their number.
    """
    lines = text.splitlines()
    for number in ends & {*range(len(lines))}:
        lines[number] += f"  # note-{number}"
    numbers = count()

    def broken(found: re.Match[str]) -> str:
        if found[0] != " " or next(numbers) not in breaks:
            return found[0]
        return f"  # a word on this\n{_DEEP}"

    return "\n".join(
        line if line.startswith(_DECLARING) else _BREAKABLE.sub(broken, line) for line in lines
    )


_DECLARING = ("FACT", "ASK", "ASSUME")
"""What begins a line that nobody writes over two."""
_DEEP = " " * 40
"""Right of all dashes, so that a list's item goes on."""


@st.composite
def denied(draw: st.DrawFn) -> Mistaken:
    """A random policy with a denial in it that policies do not have; *meant* is without it."""
    drawn: Case = draw(case())
    text = policy_text(drawn.rules, FIELDS)
    possible = {kind: found for kind, changes in DENIALS.items() if (found := changes(text))}
    kind = draw(st.sampled_from(sorted(possible)))
    start, end, typed = draw(st.sampled_from(possible[kind]))
    return Mistaken(text[:start] + typed + text[end:], text, kind)


@st.composite
def mistaken(draw: st.DrawFn) -> Mistaken:
    """A random policy with comments, and one mistake."""
    drawn: Case = draw(case())
    plain = policy_text(drawn.rules, FIELDS)
    ends = draw(st.sets(st.integers(0, plain.count("\n")), max_size=3))
    breaks = draw(st.sets(st.integers(0, plain.count(" ")), max_size=4))
    text = commented(plain, ends, breaks)
    possible = dict(_possible(text))
    kind = draw(st.sampled_from(sorted(possible)))
    start, end, typed = draw(st.sampled_from(possible[kind]))
    return Mistaken(text[:start] + typed + text[end:], text, kind)


def _possible(text: str) -> Iterator[tuple[str, list[Change]]]:
    for kind, changes in KINDS.items():
        found = changes(text)
        if found:
            yield kind, found
