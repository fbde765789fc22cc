"""Millions of contacts, judged by DuckDB all at once."""

from collections.abc import Sequence
from pathlib import Path

from connectrules.bulk.job import Job
from connectrules.bulk.not_plain import NotPlainError
from connectrules.cli import console
from connectrules.cli.progress import Working
from connectrules.cli.reading import Given
from connectrules.cli.summary import Summary
from connectrules.cli.unheard import Unheard
from connectrules.render.cells import harmless
from connectrules.schema.contact import Contact
from connectrules.sources.common.report import LoadReport
from connectrules.sources.parquet import SUFFIX

LARGE = 64 * 2**20
"""How many bytes a file has that is judged so."""


def is_large(files: Sequence[Path]) -> bool:
    """Whether *files* are judged at once: any in Parquet is, and no export."""
    plain = all(each.is_file() and each.suffix.lower() != ".zip" for each in files)
    return plain and any(
        each.suffix.lower() == SUFFIX or each.stat().st_size > LARGE for each in files
    )


def at_once(
    given: Given, output: Path, form: str, summary: Summary, unheard: Unheard, working: Working
) -> LoadReport | None:
    """Judge what is *given* and write it to *output*; None where that cannot be done at once."""
    from connectrules.bulk.judging import judge_files  # noqa: PLC0415 - where files are large

    job = Job(given.policy, given.me, given.today, given.answers)
    met = Unheard(given.policy)  # of what is given up nothing was heard

    def meet(contact: Contact) -> None:
        met.add(contact, given.answers.get(contact.key))

    try:
        judged = judge_files(job, given.files, output, form, working.tell, meet)
    except NotPlainError as error:
        console.note(harmless(f"judged a contact at a time, which takes longer: {error}"))
        return None
    for verdict, number in judged.counts.items():
        summary.add(verdict, number)
    unheard.hear(judged.known)
    unheard.join(met)
    for (key, *_), result in judged.alone:
        summary.add(result)
        given.answers_about(key)
    return judged.report
