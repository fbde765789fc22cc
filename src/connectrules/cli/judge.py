"""`connectrules judge`: what is decided about each contact."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import attrs
import click
from click.core import ParameterSource

from connectrules.cli import console
from connectrules.cli.at_once import at_once, is_large
from connectrules.cli.keeping import keep, refuse_other
from connectrules.cli.options import file_type
from connectrules.cli.output import PARQUET, FileLines, form_of, refuse_to_replace
from connectrules.cli.progress import Working
from connectrules.cli.reading import Given, Typed, judging
from connectrules.cli.summary import Summary
from connectrules.cli.unheard import Doubts, Unheard
from connectrules.cli.verdicts import AsCsv, AsJson, AsParquet, AsText, Silent, Writer
from connectrules.cli.writing import Replacing
from connectrules.errors import ContactError
from connectrules.render.cells import harmless
from connectrules.schema.contact import Contact
from connectrules.sources.common.report import LoadReport
from connectrules.verdict import Verdict


@click.command(short_help="Decide about each contact.")
@judging
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="A table, a JSON object a line, or a CSV file.",
)
@click.option(
    "--output",
    type=file_type,
    metavar="FILE",
    help="Write the verdicts to FILE, in the form of its ending: .parquet, .csv, .jsonl or .json.",
)
@click.option(
    "--html",
    "page",
    type=file_type,
    metavar="FILE",
    help="Write a page to keep, with all reasons, in place of the table; with --format, both.",
)
def judge(typed: Typed, form: str, output: Path | None, page: Path | None) -> None:
    """Decide about each of CONTACTS, in their order.

    With -c, all arguments are CONTACTS. A summary goes to standard error. The
    exit status is 1 where some contact could not be judged.
    """
    chosen = None if _is_default("form") else form
    if page is not None:
        refuse_other(page)
    if output is not None:
        form = form_of(output, chosen)
        answers = typed.answers_file.path if typed.answers_file is not None else None
        read = (*typed.paths, typed.me_file, answers)
        refuse_to_replace(output, form, [each for each in read if each is not None])
    given = Given.read(typed)
    found = _Found(given, Summary(Doubts(given.policy).why), Unheard(given.policy))
    if output is not None:
        found.summary.tell_errors()
    with ExitStack() as files, Working() as working:
        file = files.enter_context(Replacing(output)) if output is not None else None
        if file and page is None and is_large(given.files):
            found.report = at_once(
                given, file.unfinished, form, found.summary, found.unheard, working
            )
        if found.report is None:
            silent = page is not None and chosen is None
            writer = Silent() if silent and not file else _writer(form, file, working.before_output)
            _one_by_one(found, writer, working, page)
    for line in found.notes():
        console.note(harmless(line))
    if output is not None:
        console.note(harmless(f"`{output}` is written"))
    if page is not None:
        console.note(harmless(f"`{page}` is written: open it in a browser"))
    if found.summary.errors:
        raise click.exceptions.Exit(1)


@attrs.define
class _Found:
    """What is told once all are judged."""

    given: Given
    summary: Summary
    unheard: Unheard
    report: LoadReport | None = None

    def add(self, contact: Contact, result: Verdict | ContactError) -> None:
        """Count one contact."""
        self.summary.add(result)
        self.unheard.add(contact, self.given.answers_about(contact.key))

    def notes(self) -> Iterator[str]:
        """The lines on standard error."""
        yield from self.given.lines(self.report)
        yield from self.summary.lines()
        yield from self.unheard.lines(self.summary.asked)


def _one_by_one(found: _Found, writer: Writer, working: Working, page: Path | None) -> None:
    """Judge a contact at a time."""

    def add(contact: Contact, result: Verdict | ContactError) -> None:
        found.add(contact, result)
        working.count()
        writer.add(contact, result)

    if page is None:
        for contact, result in found.given.judged():
            add(contact, result)
    else:
        keep(page, found.given, add, found.notes)
    writer.end()


def _writer(form: str, file: Replacing | None, before_output: Callable[[], None]) -> Writer:
    """What writes in *form*, to *file* or to standard output."""
    if file is not None and form == PARQUET:
        return AsParquet(file.unfinished)
    if form == "text":
        return AsText(before_output)
    lines = console.Lines() if file is None else FileLines(file)
    return (AsJson if form == "json" else AsCsv)(before_output, lines)


def _is_default(option: str) -> bool:
    """Whether nobody typed *option*."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.DEFAULT
