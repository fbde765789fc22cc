"""Records in JSON: an object a line, a list of objects, or one object alone."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import lru_cache, partial
from typing import Any

from connectrules.errors import SourceError
from connectrules.sources.common import files
from connectrules.sources.common.columns import Columns
from connectrules.sources.common.files import File, lines, too_wide
from connectrules.sources.common.records import Record, Records, repeated
from connectrules.sources.common.values import json_reader

WHOLE_LIMIT = 64 * 2**20
"""The most characters of a JSON text that is not one object a line."""

Twice = Callable[[tuple[str, ...]], tuple[str, str] | None]
"""Finds two names that speak of one fact."""

_SPACE = re.compile(r"[ \t\r\n]*")
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


class _TwiceError(ValueError):
    """A name comes twice in one object."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _TwiceError(name)
            seen.add(name)
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_object)


def objects(file: File, columns: Columns) -> Records:
    """The records of the JSON *file*, whose first mark is a brace or a bracket.

    Raises:
        SourceError: Where its first line cannot be read.
    """
    with closing(lines(file, longest=WHOLE_LIMIT)) as found:
        first = next((line for line in found if line.strip()), "").strip()
    if first.startswith("["):
        form, read = "JSON", _listed
    elif _stands_alone(first):
        form, read = "JSON Lines", _one_a_line
    else:
        form, read = "JSON", _alone
    # Most records have the same names, so that few sets of them are looked at.
    twice = lru_cache(maxsize=64)(columns.twice)
    return Records(file, form, None, partial(read, file, twice), json_reader)


def _stands_alone(line: str) -> bool:
    try:
        json.loads(line)
    except json.JSONDecodeError:
        return False
    except (ValueError, RecursionError):
        pass
    return True


def _one_a_line(file: File, twice: Twice) -> Iterator[Record]:
    for number, line in enumerate(lines(file), 1):
        if line.strip():
            yield on_line(file, twice, number, line)


def on_line(file: File, twice: Twice, number: int, line: str) -> Record:
    """The record on *line*, which has this *number* in *file*.

    Raises:
        SourceError: Where it is none.
    """
    text = line.strip()
    value, end = _decode(file, number, text, 0)
    if end < len(text):
        raise _not_json(file, number, "more follows after the value")
    return _record(file, twice, number, text, value)


def _listed(file: File, twice: Twice) -> Iterator[Record]:
    text = _whole(file)
    place = _after_space(text, 0) + 1
    line = 1 + text.count("\n", 0, place)
    expected = "]"
    while True:
        start = _after_space(text, place)
        line += text.count("\n", place, start)
        if text.startswith("]", start) and expected:
            break
        value, place = _decode(file, line, text, start)
        yield _record(file, twice, line, text[start:place], value)
        line += text.count("\n", start, place)
        start = _after_space(text, place)
        line += text.count("\n", place, start)
        mark = text[start : start + 1]
        if mark not in (",", "]") or not mark:
            raise _not_json(file, line, "a comma or a closing bracket is missing")
        expected = "" if mark == "," else "]"
        place = start + (mark == ",")
    _nothing_more(file, line, text, start + 1)


def _alone(file: File, twice: Twice) -> Iterator[Record]:
    text = _whole(file)
    start = _after_space(text, 0)
    line = 1 + text.count("\n", 0, start)
    value, end = _decode(file, line, text, start)
    _nothing_more(file, line + text.count("\n", start, end), text, end)
    yield _record(file, twice, line, text, value)


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _nothing_more(file: File, line: int, text: str, place: int) -> None:
    start = _after_space(text, place)
    if start < len(text):
        raise _not_json(file, line + text.count("\n", place, start), "more follows after the value")


def _whole(file: File) -> str:
    parts = []
    size = 0
    for line in lines(file, longest=WHOLE_LIMIT):
        size += len(line)
        if size > WHOLE_LIMIT:
            mib = WHOLE_LIMIT / 2**20
            msg = f"`{file.name}` is longer than {mib:g} MiB: write it as one object a line"
            raise SourceError(msg, file.name)
        parts.append(line)
    return "".join(parts)


def _decode(file: File, line: int, text: str, start: int) -> tuple[Any, int]:
    """The value that begins at *start*, which is on *line*, and where it ends."""
    try:
        return _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        at = line + text.count("\n", start, error.pos)
        raise _not_json(file, at, f"{error.msg[:1].lower()}{error.msg[1:]}") from error
    except _TwiceError as error:
        msg = f"`{error}` is there twice in one object"
        raise SourceError(msg, file.where(line)) from error
    except ValueError as error:
        raise _not_json(file, line, "a number is too long") from error
    except RecursionError as error:
        raise _not_json(file, line, "it is nested too deep") from error


def _not_json(file: File, line: int, why: str) -> SourceError:
    return SourceError(f"`{file.name}` is not proper JSON: {why}", file.where(line))


def _record(file: File, twice: Twice, line: int, text: str, value: object) -> Record:
    if not isinstance(value, dict):
        msg = 'a record is an object, as in `{"key": "ada", "followers": 12}`, and this is none'
        raise SourceError(msg, file.where(line))
    if _HALF_CHARACTER.search(text):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except (UnicodeEncodeError, RecursionError) as error:
            raise _not_json(file, line, "half a character is escaped") from error
    if len(value) > files.COLUMNS_LIMIT:
        raise too_wide(file, line, len(value))
    pair = twice(tuple(value))
    if pair:
        raise repeated(file, line, pair)
    return Record(line, list(value.items()))
