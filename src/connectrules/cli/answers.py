"""`connectrules answers`: the answers that are kept, as a table, and back."""

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from connectrules.cli import console, reading
from connectrules.cli.answer_cells import answer_cell
from connectrules.cli.answer_kinds import require_kinds
from connectrules.cli.answer_table import is_ours, lines
from connectrules.cli.answers_file import store_option, store_path
from connectrules.cli.importing import Held, read
from connectrules.cli.options import file_type
from connectrules.cli.policies import load_policy
from connectrules.cli.problems import Refused
from connectrules.cli.table import Row, Table
from connectrules.cli.words import counted
from connectrules.cli.writing import replace_text, unwritable
from connectrules.render.cells import harmless
from connectrules.schema.suggestions import did_you_mean
from connectrules.store import AnswerStore, Imported, StoredAnswer, is_store

_MARK = "\N{BYTE ORDER MARK}"
"""What tells spreadsheets that a table is in UTF-8."""


@click.group(short_help="See, save and take in the answers that are kept.")
def answers() -> None:
    """See, save and take in the answers that are kept.

    They are in one file, your own unless `--answers FILE` names another.
    """


@answers.command("export", short_help="Write the answers as a table.")
@click.argument("file", required=False, type=file_type, metavar="[FILE]")
@store_option
@click.option("--history", is_flag=True, help="All answers ever given, those taken back as well.")
def export(file: Path | None, store: Path | None, *, history: bool) -> None:
    """Write the answers to FILE, else to standard output, as CSV: a row for each.

    A spreadsheet opens it, and `connectrules answers import` takes it back.
    """
    with AnswerStore.reading(store_path(store)) as kept:
        found = list(kept.history() if history else kept.current())
        text = "".join(lines(found, history=history))
        if file is None:
            _put_out(text if console.is_terminal(sys.stdout) else _MARK + text)
            where = "standard output"
        else:
            _refuse_other(file, kept.path)
            replace_text(file, _MARK + text, private=True)
            where = f"`{file}`"
        console.note(harmless(f"{_counted(found)} written to {where}"))


def _put_out(text: str) -> None:
    """Write *text* to standard output as it is, with the line ends that spreadsheets want."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


_BESIDE = ("-wal", "-shm", "-journal")
"""What the names end in of files that are part of a store."""


def _refuse_other(file: Path, store: Path) -> None:
    """Refuse to write over what is no table of answers."""
    try:
        if file.exists() and file.samefile(store):
            msg = f"`{file}` is the store itself, and would be written over"
            raise Refused(msg, ("name another file for the table",))
        if is_store(file):
            msg = f"`{file}` is a store, and would be written over"
            help_ = f"to read from it: connectrules answers export --answers {file}"
            raise Refused(msg, (help_, _ANOTHER))
        for end in _BESIDE:
            if file.name.endswith(end) and is_store(Path(str(file).removesuffix(end))):
                msg = f"`{file}` is part of the store `{str(file).removesuffix(end)}`"
                raise Refused(msg, (_ANOTHER,))
        if file.is_file() and file.stat().st_size and not is_ours(file):
            msg = f"`{file}` is there already, and is no table of answers"
            raise Refused(msg, (f"{_ANOTHER}; nothing in the file was changed",))
    except OSError as error:
        raise unwritable(file, error) from error


_ANOTHER = "name another file for the table"


def _counted(found: list[StoredAnswer]) -> str:
    people = len({each.key for each in found})
    return f"{counted(len(found), 'answer', 'answers')} about {counted(people, 'person', 'people')}"


@answers.command("import", short_help="Take in answers from a file.")
@click.argument("file", type=file_type, metavar="FILE")
@store_option
@click.option(
    "--policy",
    type=file_type,
    metavar="POLICY",
    help="Take in answers to the facts of this policy alone, or nothing.",
)
@click.option(
    "--contacts",
    type=file_type,
    multiple=True,
    metavar="CONTACTS",
    help="Take in answers about these contacts alone, or nothing; may be given again.",
)
def import_(
    file: Path, store: Path | None, policy: Path | None, contacts: tuple[Path, ...]
) -> None:
    """Take in the answers of FILE: all of them, or none where something is wrong.

    FILE is what `connectrules answers export` wrote, or has the column `key` and one for
    each fact. The answer of the newest day counts; the others stay in the history.
    """
    if is_store(file):
        msg = f"`{file}` is a store, and not a table of answers"
        help_ = f"make a table of it: connectrules answers export --answers {file} answers.csv"
        raise Refused(msg, (help_,))
    today = reading.real_day()
    latest = today + datetime.timedelta(days=1)
    held = Held(load_policy(policy) if policy else None, contacts, latest)
    new = read(file, held, tell=_tell)
    with AnswerStore.open(store_path(store)) as kept:
        require_kinds(new, held, kept, tell=_tell)
        done = kept.take_in((each.answer for each in new), today=today)
        for line in _done(done, kept.path):
            console.note(harmless(line))


def _tell(line: str) -> None:
    console.note(harmless(line))


def _done(done: Imported, path: Path) -> Iterator[str]:
    yield f"{counted(done.added, 'new answer', 'new answers')} saved in `{path}`"
    if done.replaced:
        what = counted(done.replaced, "takes", "take")
        yield f"{what} the place of another answer, which stays in the history"
    if done.older:
        what = counted(done.older, "is older", "are older")
        yield f"{what} than the answer that counts, and only in the history"
    if done.known:
        yield f"{counted(done.known, 'answer was', 'answers were')} there already"
    if done.taken_back:
        what = counted(done.taken_back, "of them is", "of them are")
        yield f"{what} taken back now, as the file has it"
    if done.forgotten:
        what = counted(done.forgotten, "answer was", "answers were")
        yield f"{what} left out, about people who were forgotten"


@answers.command("show", short_help="Show all answers about somebody.")
@click.argument("key", metavar="KEY")
@store_option
def show(key: str, store: Path | None) -> None:
    """Show all answers ever given about the contact with KEY, the last first."""
    with AnswerStore.reading(store_path(store)) as kept:
        found = list(kept.history(key))
        if not found:
            msg = f"there are no answers about `{key}`"
            raise Refused(msg, did_you_mean(key, kept.keys()))
        counting = {each.id for each in kept.current(key)}
    rows = [_shown(each, counting) for each in reversed(found)]
    head = ("day", "fact", "answer", "by", "")
    table = Table(head, console.width(sys.stdout), console.paint(sys.stdout))
    click.echo("\n".join(table.lines(rows)))


def _shown(each: StoredAnswer, counting: set[int]) -> Row:
    state = "taken back" if each.taken_back else "" if each.id in counting else "replaced"
    value = answer_cell(each.value)
    return Row((each.day.isoformat(), *map(harmless, (each.fact, value, each.by or "")), state))


@answers.command("undo", short_help="Take back the answer given last.")
@store_option
def undo(store: Path | None) -> None:
    """Take back the answer given last; do it again for the one before.

    The history keeps it, and the answer before it counts again. Imported answers are left
    alone.
    """
    with AnswerStore.open(store_path(store), create=False) as kept:
        last = kept.last()
        counted_before = last is not None and last in kept.current(last.key)
        taken = kept.undo()
        if taken is None:
            msg = "there is no answer to take back: imported ones are left alone"
            raise Refused(msg)
        value = answer_cell(taken.value)
        console.note(harmless(f"taken back: `{taken.fact}` of `{taken.key}` was {value}"))
        now = kept.of(taken.key).get(taken.fact)
        again = "again" if counted_before else "as before"
        if now is not None:
            console.note(harmless(f"what counts {again} is {answer_cell(now)}"))
