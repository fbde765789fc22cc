"""Sentences that are said another way round: `a = yes`, `has more followers than me`."""

import re
from collections.abc import Iterator

from connectrules.resolve.unread.sayings import EQUAL, NO, YES
from connectrules.resolve.unread.sentence import Unread
from connectrules.syntax.tokens import Kind

_TURNED = {"more": "less", "less": "more", "over": "less than", "under": "more than"}
_SYMBOLS_TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
_MORE = {"more": "more", "fewer": "less", "less": "less"}
_MATCHING = frozenset({"like", "ilike", "matches", "match", "rlike", "regexp", "~"})
_PATTERN = re.compile(r'"(\^|%|\.?\*)?([^%*^$.\\\[\]()|+?"]+)(\$|%|\.?\*)?"')
_OR_MORE = re.compile(
    r"(?P<before>.*\S)\s+(?P<number>[0-9][0-9,]*)\s+or\s+"
    r"(?P<more>more|above|over|fewer|less|under|below)(?P<after>(?:\s.*)?)",
    re.IGNORECASE,
)
_HAS_BETWEEN = re.compile(
    r"ha(?:s|ve)\s+between\s+(?P<low>[0-9][0-9,]*)\s+and\s+(?P<high>[0-9][0-9,]*)\s+(?P<name>.+)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"""["'](.*)["']""")


def meant(unread: Unread) -> Iterator[str]:
    """What the whole of *unread* may have been meant to say."""
    yield from _denied(unread)
    yield from _truth(unread)
    yield from _than(unread)
    yield from _turned(unread)
    yield from _or_more(unread)
    yield from _has_between(unread)
    yield from _pattern(unread)


def _may_deny(unread: Unread) -> bool:
    """Whether a NOT may be put before the sentence."""
    return not unread.source.text[: unread.span.start].rstrip().endswith("NOT")


def _denied(unread: Unread) -> Iterator[str]:
    """`!a`."""
    if unread.tokens[0].text == "!" and len(unread.tokens) > 1 and _may_deny(unread):
        yield f"NOT {unread.written(unread.tokens[1:])}"


def _truth(unread: Unread) -> Iterator[str]:
    """`a = yes` and `a is false`."""
    *before, last = unread.tokens
    said = last.text.strip('"').lower()
    if said not in YES | NO or not before:
        return
    if before[-1].text in EQUAL:
        before.pop()
    if before and said in YES:
        yield unread.written(before)
    elif before and _may_deny(unread):
        yield f"NOT {unread.written(before)}"


def _than(unread: Unread) -> Iterator[str]:
    """`has more followers than me`, `more followers than following`."""
    texts = unread.sentence.holes.texts
    start = 1 if texts[0] in {"has", "have"} else 0
    if len(texts) <= start or texts[start] not in _MORE or "than" not in texts:
        return
    than = texts.index("than")
    name = unread.written(unread.tokens[start + 1 : than])
    other = unread.written(unread.tokens[than + 1 :])
    if not name or not other:
        return
    is_mine = other.lower() in {"me", "i", "i have", "i do", "mine"}
    yield f"{name} is {_MORE[texts[start]]} than {f'my {name}' if is_mine else other}"


def _or_more(unread: Unread) -> Iterator[str]:
    """`has 5 or more followers`, `followers is 5 or less`."""
    match = _OR_MORE.fullmatch(unread.written(unread.tokens))
    if match:
        bound = "least" if match["more"].lower() in {"more", "above", "over"} else "most"
        amount = f"at {bound} {match['number']}{match['after']}"
        yield f"{match['before']} {amount}"
        yield f"{match['before']} is {amount}"


def _has_between(unread: Unread) -> Iterator[str]:
    """`has between 5 and 10 followers`."""
    match = _HAS_BETWEEN.fullmatch(unread.written(unread.tokens))
    if match:
        yield f"{match['name']} is between {match['low']} and {match['high']}"


def _turned(unread: Unread) -> Iterator[str]:
    """`my followers is more than followers`."""
    texts, tokens = unread.sentence.holes.texts, unread.tokens
    if texts[0] != "my":
        return
    for _, end in unread.sentence.names.at(texts, 1):
        own = unread.written(tokens[:end])
        for start in range(end + 1, len(tokens)):
            for _, stop in unread.sentence.names.at(texts, start):
                if stop == len(tokens):
                    between = [unread.written([each]) for each in tokens[end:start]]
                    said = " ".join(_turn(each) for each in between)
                    yield f"{unread.written(tokens[start:])} {said} {own}"


def _turn(word: str) -> str:
    turned = {**_TURNED, **_SYMBOLS_TURNED, "least": "most", "most": "least"}
    return turned.get(word.lower(), word)


def _pattern(unread: Unread) -> Iterator[str]:
    """`position LIKE '%editor%'` and `position matches ".*editor.*"`."""
    places = [n for n in range(len(unread.tokens)) if unread.word(n) in _MATCHING]
    if not places or places[0] == 0:
        return
    text = unread.source.text[unread.tokens[places[0]].end : unread.span.end].strip()
    quoted = _QUOTED.fullmatch(text)
    match = _PATTERN.fullmatch(f'"{quoted[1]}"') if quoted else None
    if match is None:
        return
    name = unread.written(unread.tokens[: places[0]])
    first, last = match[1] not in {None, "^"}, match[3] not in {None, "$"}
    verb = {(True, False): "ends with", (False, True): "starts with"}.get((first, last), "contains")
    if unread.tokens[places[0] + 1].kind in {Kind.TEXT, Kind.WORD}:
        yield f'{name} {verb} "{match[2]}"'
