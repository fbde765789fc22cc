"""Policies in files, as pytest tries them."""

import re
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from connectrules.diagnostics import Severity
from connectrules.errors import PolicyError
from connectrules.outcome import ExampleResult
from connectrules.policy import Policy, check_file
from connectrules.render.cells import harmless
from connectrules.schema.types import shown
from connectrules.schema.vocabulary import Vocabulary
from connectrules.testing.examples import run_examples

_BRACKETS = str.maketrans("[]", "()")


class CannotBeTriedError(Exception):
    """A file, or the vocabulary for it, cannot be used; the message says why."""


def load(path: Path, vocabulary: str) -> Policy[Any] | None:
    """The policy in a file; None where it holds declarations alone, for USE.

    Args:
        path: The file.
        vocabulary: What policies speak, as ``module:NAME``; that of `Contact` where it is empty.

    Raises:
        PolicyError: Where the policy has mistakes.
        CannotBeTriedError: Where the file cannot be read, or the vocabulary not be found.
    """
    spoken = _vocabulary(vocabulary) if vocabulary else None
    name = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    try:
        return _policy(name, spoken)
    except OSError as error:
        msg = f"`{name}` cannot be read: {error.strerror or error}"
        raise CannotBeTriedError(msg) from None


@lru_cache(maxsize=8)
def results(policy: Policy[Any]) -> tuple[ExampleResult, ...]:
    """What comes of each EXAMPLE of *policy*, which tests ask for one by one."""
    return run_examples(policy)


def _policy(name: Path, vocabulary: Vocabulary[Any] | None) -> Policy[Any] | None:
    try:
        if vocabulary is None:
            return Policy.load(name)
        return Policy.load(name, vocabulary=vocabulary)
    except PolicyError as error:
        found = check_file(name, vocabulary=vocabulary)
        is_blank = not error.diagnostics[0].source.text.strip()
        if is_blank or any(each.severity is Severity.ERROR for each in found):
            raise
        return None


@cache
def _vocabulary(said: str) -> Vocabulary[Any]:
    """The vocabulary *said* as ``module:NAME``.

    Raises:
        CannotBeTriedError: Where there is none.
    """
    module, colon, name = said.partition(":")
    if not (module and colon and name):
        msg = f"policy_vocabulary is `module:NAME`, and `{said}` is not of that form"
        raise CannotBeTriedError(msg)
    try:
        found: object = import_module(module)
    except ModuleNotFoundError as error:
        msg = (
            f"policy_vocabulary names the module `{module}`, and `{error.name}` is not found: "
            "`pythonpath` says where pytest looks for modules"
        )
        raise CannotBeTriedError(msg) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a module of others raises
        why = f"{type(error).__name__}: {error}".rstrip(": ")
        msg = f"policy_vocabulary names the module `{module}`, and importing it fails: {why}"
        raise CannotBeTriedError(msg) from None
    for part in name.split("."):
        found = getattr(found, part, None)
    if not isinstance(found, Vocabulary):
        what = "is not there" if found is None else f"is no Vocabulary but `{shown(found)}`"
        msg = f"policy_vocabulary names `{said}`, and that {what}"
        raise CannotBeTriedError(msg)
    return found


def line_of(policy: Policy[Any], place: int) -> int:
    """The line that an EXAMPLE begins on."""
    return policy.source.location(policy.examples[place].span.start).line


def names_of(policy: Policy[Any]) -> list[str]:
    """What the tests of a policy's EXAMPLEs are called: no two are called alike."""
    found: list[str] = []
    plain = [_in_a_node_id(harmless(each.name)) for each in policy.examples]
    for place, name in enumerate(plain):
        line = f"line {line_of(policy, place)}"
        called = f"{name} ({line})" if name and plain.count(name) > 1 else name or line
        while called in found:
            called += "'"
        found.append(called)
    return found


def _in_a_node_id(name: str) -> str:
    """*name* without what pytest takes a node id apart at: ``::``, and brackets."""
    return re.sub("::+", ":", name.translate(_BRACKETS)).strip()
