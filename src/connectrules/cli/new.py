"""`connectrules new`: a first policy, from the answers to four questions."""

import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from connectrules.cli import answered, console
from connectrules.cli.answered import Unfit
from connectrules.cli.options import file_type
from connectrules.cli.policies import STDIN, holds_contacts
from connectrules.cli.problems import Refused
from connectrules.cli.scaffold import Plan
from connectrules.cli.words import counted
from connectrules.cli.writing import replace_text
from connectrules.render.cells import harmless

T = TypeVar("T")

INTERRUPTED = 130
_QUESTIONS = 4
_EXPORTS = ("Connections.csv", "*LinkedInDataExport*", "linkedin-export*")
"""What exports are called, most often."""
_LONGEST = 65_536
"""How many bytes of answers are read: a pipe may never end."""


@click.command(short_help="Write a first policy, from your answers to four questions.")
@click.argument("file", required=False, type=file_type, default=Path("my.policy"))
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
def new(file: Path, *, force: bool) -> None:
    """Write a first policy to FILE, from your answers to four questions.

    FILE is `my.policy` where you name none, and `-` is standard output. The
    answers may come through a pipe, one a line.
    """
    _check_free(file, force=force)
    asks = _Terminal() if console.is_terminal(sys.stdin) else _Pipe()
    try:
        text = _text(asks)
    except click.Abort:
        console.note()
        raise click.exceptions.Exit(INTERRUPTED) from None
    if file == STDIN:
        click.echo(text, nl=False)
        return
    replace_text(file, text)
    name = harmless(shlex.quote(str(file)))
    found = _export()
    if found is None:
        console.note(f"{name} is written. Judge your contacts by it; in the place of EXPORT")
        console.note("goes your own export, the folder or zip as it was downloaded, or a table:")
    else:
        console.note(f"{name} is written. Judge your contacts by it:")
    contacts = "EXPORT" if found is None else harmless(shlex.quote(found.name))
    console.note(f"    connectrules judge {name} {contacts}")
    console.note("Change it as you like, and see whether it still does what you mean:")
    console.note(f"    connectrules check {name}")
    console.note(f"    connectrules test {name}")


def _export() -> Path | None:
    """The user's export, where the folder they are in has it by its usual name."""
    here = (sorted(Path().glob(name)) for name in _EXPORTS)
    return next((path for found in here for path in found), None)


def _check_free(file: Path, *, force: bool) -> None:
    """See that *file* may be written."""
    if file == STDIN:
        return
    if holds_contacts(file):
        msg = f"`{file}` is called as contacts are"
        raise Refused(msg, (f"call a policy `{file.with_suffix('.policy').name}`",))
    if not file.parent.is_dir():
        msg = f"there is no folder `{file.parent}`"
        raise Refused(msg)
    if file.is_dir():
        msg = f"`{file}` is a folder, and a policy is a file"
        raise Refused(msg)
    if file.exists() and not force:
        msg = f"there is a file `{file}` already"
        raise Refused(msg, ("give another name, or --force to replace it",))


def _text(asks: "_Terminal | _Pipe") -> str:
    """The policy that the answers make."""
    title = asks.answer("What is the policy to be called?", answered.TITLE, answered.title)
    wanted = asks.answer(
        "What must be so before you connect with somebody?\n"
        "   Say it in words that you can answer with yes or no, with a comma between two.",
        answered.WANTED,
        answered.wanted,
    )
    unwanted = asks.answer(
        "And whom do you never connect with?\n   Say it in the same way, such as `is a recruiter`.",
        "nobody",
        lambda said: answered.unwanted(said, wanted),
    )
    rest = asks.answer(
        "What about everybody else: decline, or review (you look yourself)?",
        answered.REST,
        answered.rest,
    )
    asks.close()
    try:
        return answered.checked_text(Plan(title, wanted, unwanted, rest))
    except Unfit as unfit:
        raise _refused(str(unfit), unfit) from unfit


class _Terminal:
    """Somebody who is asked, and asked again where an answer will not do."""

    def __init__(self) -> None:
        self._number = 0
        console.note("Four questions make a first policy. Enter takes what stands in [ ].")

    def answer(self, question: str, usual: str, read: Callable[[str], T]) -> T:
        """What *read* makes of the answer to *question*."""
        self._number += 1
        console.note(f"\n{self._number}. {question}")
        while True:
            said = click.prompt(
                "  ", default=usual, prompt_suffix=" > ", err=True, show_default=True
            )
            try:
                return read(said)
            except Unfit as unfit:
                console.note(f"   {harmless(str(unfit))}")
                console.note(f"   {harmless(unfit.help)}")

    def close(self) -> None:
        """End the questions."""
        console.note()


class _Pipe:
    """Answers that are there already, one a line."""

    def __init__(self) -> None:
        self._number = 0
        self._lines = self._read()

    @staticmethod
    def _read() -> Iterator[str]:
        given = sys.stdin.buffer.read(_LONGEST + 1)
        if len(given) > _LONGEST:
            msg = f"the answers are longer than {_LONGEST:,} bytes"
            raise Refused(msg, ("give each answer its line",), where="standard input")
        try:
            text = given.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            msg = "the answers are no text in UTF-8"
            raise Refused(msg, ("save them as UTF-8",), where="standard input") from error
        *lines, last = text.split("\n")
        return iter([*lines, last] if last else lines)

    def answer(self, _question: str, _usual: str, read: Callable[[str], T]) -> T:
        """What *read* makes of the next line; an empty one is as Enter is."""
        self._number += 1
        line = next(self._lines, None)
        if line is None:
            answers = counted(self._number - 1, "answer", "answers")
            msg = f"there are {_QUESTIONS} questions, and {answers}"
            raise Refused(msg, ("give each answer its line; an empty one takes what is usual",))
        try:
            return read(line.rstrip("\r"))
        except Unfit as unfit:
            where = f"standard input:{self._number}"
            msg = f"answer {self._number}: {unfit}"
            raise _refused(msg, unfit, where) from unfit

    def close(self) -> None:
        """See that no answer is left over."""
        if any(line.strip() for line in self._lines):
            msg = f"there are {_QUESTIONS} questions, and more answers"
            raise Refused(msg, ("put all conditions on one line, with commas between",))


def _refused(message: str, unfit: Unfit, where: str | None = None) -> Refused:
    return Refused(message, (unfit.help,), where=where)
