"""Valid inputs, changed a little: by words, by lines and by bytes."""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
_WORD = re.compile(r'"[^"\n]*"|[^\s"();:,]+|\s+|.', re.DOTALL)
_HARD = [
    *("(", ")", '"', ";", ":", ",", "-", "\n", "\n- ", "\n    - ", "#", "\t", "\0", "\ud800"),
    *("AND", "OR", "NOT", "ALL OF", "AT LEAST 2 OF", "WHEN", "UNLESS", "BECAUSE", "OTHERWISE"),
    *("CONNECT", "DECLINE", "DEFINE", "AS", "FACT", "EXAMPLE", "EXPECT", "USE", "FOR", "LANGUAGE"),
    *("and", "or", "not", "my", "is", "5", "-1", "1e9", "20%", "2024-02-30", "9999-12-31", "“"),
    *("\u200b", "\u202e", "\ufeff", "\r", "99999999999999999999", "None", "{name}", "'x'", "\\"),
]


@cache
def policies() -> tuple[str, ...]:
    """The policies among the examples, the wrong ones and the conformance cases."""
    found = [
        path.read_text("utf-8")
        for folder in ("examples", "tests/wrong")
        for path in sorted((ROOT / folder).glob("*.policy"))
    ]
    for path in sorted((ROOT / "tests" / "conformance").glob("*.yaml")):
        found += _texts(yaml.safe_load(path.read_text("utf-8")))
    return tuple(dict.fromkeys(found))


def _texts(node: Any) -> list[str]:  # noqa: ANN401 - whatever the file holds
    match node:
        case {"policy": str(text)}:
            return [text]
        case dict():
            return [text for each in node.values() for text in _texts(each)]
        case list():
            return [text for each in node for text in _texts(each)]
        case _:
            return []


def mutated(text: str, chance: random.Random) -> str:
    """*text* with a few words or lines left out, doubled, exchanged or put in."""
    for _ in range(chance.randint(1, 4)):
        by_words = chance.random() < 0.7
        pieces = _WORD.findall(text) if by_words else text.splitlines(keepends=True)
        chance.choice(_CHANGES)(pieces, chance)
        text = "".join(pieces)
    return text


def garbled(data: bytes, chance: random.Random) -> bytes:
    """*data* with a few stretches cut out, doubled or overwritten."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(changed))
        end = min(len(changed), start + chance.randint(0, 30))
        put = chance.choice(
            [
                b"",
                bytes(changed[start:end]) * 2,
                chance.randbytes(chance.randint(1, 8)),
                b'"',
                b"\n",
            ]
        )
        changed[start:end] = put
    return bytes(changed)


def _left_out(pieces: list[str], chance: random.Random) -> None:
    if pieces:
        del pieces[chance.randrange(len(pieces))]


def _doubled(pieces: list[str], chance: random.Random) -> None:
    if pieces:
        place = chance.randrange(len(pieces))
        pieces.insert(place, pieces[place])


def _exchanged(pieces: list[str], chance: random.Random) -> None:
    if pieces:
        one, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        pieces[one], pieces[other] = pieces[other], pieces[one]


def _put_in(pieces: list[str], chance: random.Random) -> None:
    pieces.insert(chance.randint(0, len(pieces)), f" {chance.choice(_HARD)} ")


def _borrowed(pieces: list[str], chance: random.Random) -> None:
    others: Sequence[str] = _WORD.findall(chance.choice(policies()))
    start = chance.randrange(max(1, len(others)))
    place = chance.randint(0, len(pieces))
    pieces[place:place] = others[start : start + chance.randint(1, 12)]


_CHANGES: tuple[Callable[[list[str], random.Random], None], ...] = (
    _left_out,
    _doubled,
    _exchanged,
    _put_in,
    _borrowed,
)
