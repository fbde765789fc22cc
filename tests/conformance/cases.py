"""Conformance cases as data, and what the library needs to run them in-process."""

import datetime
import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

from connectrules import UNSURE, Contact, Phrase, Vocabulary, phrase
from connectrules.schema.vocabulary import slot

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "conformance"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The quick one, where it is there."""
_ITEMS = ("ask", "rules", "assumed", "unsure")
_FIELDS = {
    each.key: each.attribute for each in Vocabulary.of(Contact).facts.values() if each.attribute
}


@attrs.frozen
class Wanted:
    """What one contact should get.

    Attributes:
        facts: The contact's facts, as they are said.
        decision: The decision, where it is one.
        error: The code that judging should raise, where it should.
        rest: What else is said of the verdict, or of the error.
    """

    facts: Mapping[str, Any]
    decision: str | None
    error: str | None
    rest: Mapping[str, Any]


@attrs.frozen
class Case:
    """One case.

    Attributes:
        name: Its file and what it is called there.
        text: The whole policy.
        errors: The code, line and column of each diagnostic that the text should
            get; line and column are None where the case does not say.
        contacts: Who is judged, and what comes of it.
        given: Everything else the case says.
    """

    name: str
    text: str
    errors: tuple[tuple[str, int | None, int | None], ...]
    contacts: tuple[Wanted, ...]
    given: Mapping[str, Any]

    def __str__(self) -> str:
        """Its name, for the test's."""
        return self.name


def cases(*folders: Path) -> list[Case]:
    """All cases of all files in *folders*."""
    return [
        _case(path.stem, data["facts"], each)
        for folder in folders
        for path in sorted(folder.glob("*.yaml"))
        for data in [_read(path)]
        for each in data["cases"]
    ]


def _read(path: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    return yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - it is a safe one


def _case(file: str, facts: str, given: Mapping[str, Any]) -> Case:
    return Case(
        f"{file}: {given['name']}",
        given["policy"] if "policy" in given else _policy(given["when"], facts),
        tuple(_place(given, facts, *each) for each in _errors(given)),
        tuple(_wanted(*each) for each in given.get("contacts", ())),
        given,
    )


def _policy(when: str, facts: str) -> str:
    return f"{facts}CONNECT WHEN {when}\nOTHERWISE DECLINE\n"


def _errors(given: Mapping[str, Any]) -> list[tuple[str, int | None, int | None]]:
    if "error" in given:
        return [(given["error"], given.get("line"), given.get("column"))]
    return [tuple(each) for each in given.get("errors", ())]


def _place(
    given: Mapping[str, Any], facts: str, code: str, line: int | None, column: int | None
) -> tuple[str, int | None, int | None]:
    """The place in the whole policy, of one given in the text of `when`."""
    if "policy" in given or line is None:
        return code, line, column
    shift = len("CONNECT WHEN ") if line == 1 and column is not None else 0
    return code, line + facts.count("\n"), None if column is None else column + shift


def _wanted(facts: Mapping[str, Any], outcome: str | Mapping[str, Any], *rest: Any) -> Wanted:  # noqa: ANN401 - lists, or one mapping
    if not isinstance(outcome, str):
        return Wanted(facts, None, outcome["error"], outcome)
    if rest and isinstance(rest[0], dict):
        return Wanted(facts, outcome, None, rest[0])
    return Wanted(facts, outcome, None, dict(zip(_ITEMS, rest, strict=False)))


def value(given: Any) -> Any:  # noqa: ANN401 - of any type
    """A value as a record holds it."""
    return UNSURE if given == "unsure" else given


def contact(key: str, facts: Mapping[str, Any]) -> Contact:
    """A contact with *facts*, which are given as they are said."""
    values = {slot(str(name)): value(each) for name, each in facts.items()}
    known = {_FIELDS[name]: each for name, each in values.items() if name in _FIELDS}
    other = {name: each for name, each in values.items() if name not in _FIELDS}
    return Contact(key=key, other=other, **known)


def pattern_phrase(pattern: str) -> Phrase:
    """A phrase of *pattern* that a contact's own values answer."""

    def answer(record: Contact, **literals: object) -> bool | None:
        said = " ".join(
            part if isinstance(part, str) else _said(literals[part.name]) for part in made.parts
        )
        found = record.other.get(slot(said))
        if found == "raises":
            msg = "no answer"
            raise RuntimeError(msg)
        return found

    names = [part.split(":")[0] for part in pattern.split("{")[1:]]
    parameters = ["record", *names]
    answer.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in parameters]
    )
    made = phrase(pattern)(answer)
    return made


def _said(literal: object) -> str:
    match literal:
        case str():
            return f'"{literal}"'
        case tuple():
            return ", ".join(f'"{each}"' for each in literal)
        case datetime.date():
            return literal.isoformat()
        case float():
            return f"{literal:g}"
        case _:
            return str(literal)
