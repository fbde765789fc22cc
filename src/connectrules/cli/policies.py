"""What commands read of policies: files, standard input, and a condition that was typed."""

import sys
from collections.abc import Sequence
from pathlib import Path

import attrs
import click

from connectrules.cli.problems import Refused, unreadable
from connectrules.diagnostics import Diagnostic
from connectrules.errors import PolicyError
from connectrules.loading import limited
from connectrules.policy import Policy
from connectrules.schema.contact import Contact
from connectrules.source import Source
from connectrules.syntax.parser import decode

STDIN = Path("-")
_OF_CONTACTS = frozenset({".csv", ".json", ".jsonl", ".parquet", ".zip"})


def policy_and_files(
    paths: Sequence[Path], condition: str | None
) -> tuple[Policy[Contact], tuple[Path, ...]]:
    """The policy that *condition* is, else the first of *paths*; and the paths that are left."""
    if condition is not None:
        refuse_file(condition)
        if paths and paths[0].suffix.lower() == ".policy":
            msg = f"`{paths[0]}` is a policy, and -c gives one already"
            raise Refused(msg, ("leave one of the two out",))
        return Policy.parse(condition, name="condition"), tuple(paths)
    if not paths:
        msg = "name a POLICY, or give a condition with -c"
        raise click.UsageError(msg)
    if holds_contacts(paths[0]):
        msg = f"`{paths[0]}` is called as contacts are, and the policy comes first"
        raise Refused(msg, ("name a policy before it, or give a condition with -c",))
    return load_policy(paths[0]), tuple(paths[1:])


def refuse_file(condition: str) -> None:
    """Refuse a *condition* that is the name of a policy's file."""
    if " " not in condition.strip() and condition.strip().lower().endswith(".policy"):
        msg = f"`{condition}` is a file, and -c takes a condition"
        raise Refused(msg, ("leave the -c out",))


def holds_contacts(path: Path) -> bool:
    """Whether *path* is called as contacts are, and no policy is."""
    return path.suffix.lower() in _OF_CONTACTS


def load_policy(path: Path) -> Policy[Contact]:
    """The policy in the file at *path*, or on standard input."""
    if path == STDIN:
        source = read_stdin()
        return Policy.parse(source.text, name=source.name)
    try:
        return Policy.load(path)
    except OSError as error:
        raise _refused(path, error) from error


def read_stdin() -> Source:
    """The text on standard input."""
    source = decode(limited(sys.stdin.buffer), "standard input")
    if isinstance(source, Diagnostic):
        raise PolicyError([source])
    return source


def _refused(path: Path, error: OSError) -> Refused:
    refused = unreadable(path, error)
    if " " in str(path) and isinstance(error, FileNotFoundError):
        return attrs.evolve(refused, help=(f"for a condition in place of a file: -c '{path}'",))
    return refused
