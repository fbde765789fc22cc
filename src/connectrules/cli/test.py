"""`connectrules test`: whether the EXAMPLEs of policies come out as they should."""

import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from connectrules.cli import console
from connectrules.cli.coverage_options import Wanted, measuring
from connectrules.cli.options import file_type
from connectrules.cli.policies import STDIN, load_policy
from connectrules.cli.problems import Refused
from connectrules.cli.words import counted
from connectrules.cli.writing import replace_text
from connectrules.diagnostics import Diagnostic, Severity
from connectrules.errors import PolicyError
from connectrules.outcome import ExampleResult
from connectrules.policy import Policy, check_file
from connectrules.policy import check as check_source
from connectrules.render.cells import harmless
from connectrules.render.examples import examples_json, examples_text, how_to_begin
from connectrules.render.json import diagnostics_json, dumps
from connectrules.render.text import diagnostics_text
from connectrules.schema.contact import Contact
from connectrules.testing import run_examples
from connectrules.verdict import Verdict

if TYPE_CHECKING:
    from connectrules.cli.coverage import Measured

MISTAKEN = 2
FAILED = 1


@click.command(short_help="See whether EXAMPLEs come out as they should.")
@click.argument("policies", nargs=-1, type=file_type, metavar="POLICY...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    show_default=True,
    help="For reading, a JSON object a file, or JUnit XML.",
)
@click.option(
    "--junit",
    "report",
    type=file_type,
    metavar="FILE",
    help="Write JUnit XML to FILE as well, for a build server.",
)
@click.option(
    "--mutate",
    is_flag=True,
    help="See whether EXAMPLEs notice small changes of each POLICY as well.",
)
@click.option(
    "--minimum",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="With --mutate: the exit status is 1 where fewer changes are noticed.",
)
@measuring
def test(
    wanted: Wanted,
    policies: tuple[Path, ...],
    form: str,
    report: Path | None,
    *,
    mutate: bool,
    minimum: float | None,
) -> None:
    """See whether the EXAMPLEs in each POLICY come out as they should.

    One that does not is shown with the verdict it gets, and why. The exit status
    is 1 where there is one, and 2 where a policy has mistakes.
    """
    if not policies:
        msg = "name a POLICY"
        raise click.UsageError(msg)
    _check_mutating(form, minimum, mutate=mutate)
    wanted.check(policies, form)
    _check_report(report, policies)
    tried = [*map(_tried, policies)]
    if wanted.coverage:
        tried = _with_coverage(tried, wanted)
    passed = all(result.passed for each in tried for result in each.results)
    passed = passed and not any(each.mistakes for each in tried)
    # In JSON, what is shown of a file is one line.
    together = [*tried] if mutate and passed and wanted.coverage and form == "json" else []
    if not together and (wanted.coverage or not (mutate and passed)):
        _SHOWN_AS[form](tried)
    if report is not None:
        replace_text(report, _junit(tried))
    for line in _notes(tried):
        console.note(harmless(line))
    short = _is_covered_less(tried, wanted.minimum_coverage or 0)
    unjudged = any(each.measured is not None and each.measured.unjudged for each in tried)
    if any(each.mistakes for each in tried):
        raise click.exceptions.Exit(MISTAKEN)
    if not passed:
        if mutate:
            console.note("small changes are tried once all EXAMPLEs come out as they should")
        raise click.exceptions.Exit(FAILED)
    beside = {each.file: _as_json(each) for each in together}
    if (mutate and _is_short(tried, form, minimum or 0, beside)) or short or unjudged:
        raise click.exceptions.Exit(FAILED)


def _check_mutating(form: str, minimum: float | None, *, mutate: bool) -> None:
    """See that the options about small changes go together."""
    msg = None
    if minimum is not None and not mutate:
        msg = "--minimum is for --mutate: give both"
    elif minimum is not None and math.isnan(minimum):
        msg = "--minimum takes a number from 0 to 100"
    elif mutate and form == "junit":
        msg = "what --mutate finds is shown as text or json; --junit FILE writes the EXAMPLEs too"
    if msg is not None:
        raise click.UsageError(msg)


def _with_coverage(tried: Iterable["_Tried"], wanted: Wanted) -> list["_Tried"]:
    """*tried*, with what is shown of each; the page about it is written, where one is wanted."""
    from connectrules.cli.coverage import measure  # noqa: PLC0415 - few ask for it

    found = []
    for each in tried:
        measured = None if each.policy is None else measure(each.policy, wanted)
        if measured is not None and wanted.page is not None:
            measured = measured.written(wanted.page)
        found.append(attrs.evolve(each, measured=measured))
    return found


def _is_covered_less(tried: Iterable["_Tried"], minimum: float) -> bool:
    """Say of which policies less is shown than the *minimum*; whether there are any."""
    measured = [each.measured for each in tried if each.measured is not None]
    short = [said for each in measured if (said := each.short_of(minimum)) is not None]
    for said in short:
        console.note(harmless(said))
    return bool(short)


def _is_short(
    tried: list["_Tried"],
    form: str,
    minimum: float,
    beside: Mapping[str, dict[str, object]],
) -> bool:
    """Show what comes of small changes; whether fewer are noticed than there should be."""
    from connectrules.cli.mutate import (  # noqa: PLC0415 - few ask for it
        notes,
        short_of,
        show_mutations,
    )

    for each in tried:
        if each.policy is None and each.file in beside:
            click.echo(dumps(beside[each.file]))
    mutated = show_mutations((each.policy for each in tried if each.policy), form, beside)
    for line in notes(mutated, minimum):
        console.note(line)
    return bool(short_of(mutated, minimum))


def _check_report(report: Path | None, policies: Iterable[Path]) -> None:
    """See that the *report* would take the place of no policy."""
    if report is None:
        return
    taken = {os.path.realpath(each) for each in policies if each != STDIN}
    if report.suffix.lower() == ".policy" or os.path.realpath(report) in taken:
        msg = f"`{report}` is a policy, and the JUnit XML would take its place"
        raise Refused(msg, ("give the report another name, such as `--junit report.xml`",))


@attrs.frozen
class _Tried:
    """A policy, tried out.

    Attributes:
        file: What its text is called.
        policy: The policy; None where there is none.
        results: What came of its EXAMPLEs.
        mistakes: What keeps it from being tried.
        measured: What is shown of it, where that was asked for.
    """

    file: str
    policy: Policy[Contact] | None = None
    results: tuple[ExampleResult, ...] = ()
    mistakes: tuple[Diagnostic, ...] = ()
    measured: "Measured | None" = None


def _tried(path: Path) -> _Tried:
    try:
        policy = load_policy(path)
    except PolicyError as error:
        file = "standard input" if path == STDIN else str(path)
        return _Tried(file, mistakes=() if _is_library(path, error) else error.diagnostics)
    return _Tried(policy.source.name, policy, run_examples(policy))


def _is_library(path: Path, error: PolicyError) -> bool:
    """Whether what *error* is about has no mistake but that it declares facts and no rules."""
    source = error.diagnostics[0].source
    found = check_source(source) if path == STDIN else check_file(path)
    return bool(source.text.strip()) and all(each.severity is Severity.WARNING for each in found)


# What is shown


def _show_text(tried: Iterable[_Tried]) -> None:
    paint, width = console.paint(sys.stdout), console.width(sys.stdout)
    shown = False
    for each in tried:
        text = (
            diagnostics_text(each.mistakes, paint=paint)
            if each.mistakes
            else examples_text(each.results, width=width, paint=paint)
        )
        covered = "" if each.measured is None else each.measured.text(width=width, paint=paint)
        for said in filter(None, (text, covered)):
            click.echo("\n" * shown + said)
            shown = True


def _show_json(tried: Iterable[_Tried]) -> None:
    for each in tried:
        if each.mistakes:
            click.echo(dumps(diagnostics_json(each.file, each.mistakes)))
        else:
            click.echo(dumps(_as_json(each)))


def _as_json(tried: _Tried) -> dict[str, object]:
    covered = {} if tried.measured is None else {"coverage": tried.measured.json()}
    return examples_json(tried.file, tried.results) | covered


def _show_junit(tried: Iterable[_Tried]) -> None:
    click.echo(_junit(tried), nl=False)


_SHOWN_AS = {"text": _show_text, "json": _show_json, "junit": _show_junit}


def _junit(tried: Iterable[_Tried]) -> str:
    from connectrules.render.junit import JUnit  # noqa: PLC0415 - few ask for XML

    report = JUnit()
    for each in tried:
        if each.mistakes:
            report.add_mistakes(each.file, each.mistakes)
        else:
            report.add_examples(each.file, each.results)
    return report.text()


# What is said beside it


def _notes(tried: list[_Tried]) -> Iterator[str]:
    for each in tried:
        if each.policy is None:
            if not each.mistakes:
                yield f"`{each.file}` has no rules, and so nothing to test"
        elif not (each.results or each.measured):
            yield f"`{each.file}` has no EXAMPLE; write down somebody you know, as in"
            yield from how_to_begin(each.policy)
        if each.measured is not None:
            yield from each.measured.notes
    yield _summary(tried)


def _summary(tried: list[_Tried]) -> str:
    results = [result for each in tried for result in each.results]
    passed = sum(result.passed for result in results)
    unjudged = sum(not isinstance(result.actual, Verdict) for result in results)
    parts = [f"{counted(passed, 'example', 'examples')} passed"]
    parts.append(f"{len(results) - passed - unjudged:,} failed")
    if unjudged:
        parts.append(f"{unjudged:,} could not be judged")
    mistaken = sum(bool(each.mistakes) for each in tried)
    end = f"; {counted(mistaken, 'policy has', 'policies have')} mistakes" if mistaken else ""
    return f"{', '.join(parts)} in {counted(len(tried), 'policy', 'policies')}{end}"
