"""Files judged all at once come out as they do a contact at a time, however they are written."""

import datetime
import io
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import starmap
from pathlib import Path
from random import Random
from typing import Any, BinaryIO

import attrs
import duckdb
import pytest
from hypothesis import Phase, given, reject, settings
from hypothesis import strategies as st

from connectrules import Contact, Policy
from connectrules.bulk import judging
from connectrules.bulk.batches import Batch
from connectrules.bulk.job import Job
from connectrules.bulk.judging import judge_files
from connectrules.bulk.not_plain import NotPlainError
from connectrules.bulk.rows import Row, row_of
from connectrules.bulk.writing import Writer, writer
from connectrules.errors import ContactError, SourceError
from connectrules.render.lines import COLUMNS, csv_line, json_line
from connectrules.schema.contact import Answers
from connectrules.sources import open_contacts
from connectrules.sources.common.report import LoadReport
from connectrules.verdict import Verdict
from tests.bulk import files

pytestmark = pytest.mark.once

DECLARED = """\
FACT is a recruiter: yes/no
FACT rating: number
FACT stage: one of "new", "Warm", "Öfter"
"""
ASSUMED = (
    "ASSUME is a recruiter: no",
    "ASSUME followers: 900",
    'ASSUME stage: "warm"',
    'ASSUME topics: "craft", "zeit"',
    "ASSUME rating: 2.5",
)
REASONS = ("", "", " BECAUSE \"a; b, 'c'\"", ' BECAUSE "=1 – é"')
SENTENCES = (
    "would recommend",
    "is a recruiter",
    "has at least 5,000 followers",
    "followers is more than my followers",
    "rating is more than 2.5",
    "rating is less than 0",
    "has at least 1,000 followers",
    "followers is more than following",
    'position mentions any of "editor", "ärztin"',
    'country is one of "UK", "Ireland"',
    'country is "unsure"',
    'stage is "warm"',
    'stage is one of "new", "öfter"',
    "connected on is more than 2 years ago",
    'topics include "craft"',
    'topics include any of "honesty", "zeit"',
    'name contains "a"',
)
CALLED = (
    "part", "named", "Row", "many", "looks", "keyed", "row", "who", "h", "v", "j", "c0", "c1",
    "file row number", "shoes", "shoes", "shoes",
)  # fmt: skip
"""What a fact is called: some as something is in a query."""
FILES = {"csv": files.table, "jsonl": files.objects, "parquet": files.parquet}
EXAMPLES = int(os.environ.get("CONNECTRULES_EXAMPLES", "50")) // 5
ME = Contact(key="me", followers=1_000)
TODAY = datetime.date(2026, 11, 22)
ANSWERS = {
    "p:1": Answers({"would recommend": True}, {"would recommend": "answers.csv:2"}),
    "p:2": Answers({"is a recruiter": True, "rating": 2.5}, {}),
}


def a_job(random: Random, called: str) -> Job:
    """A policy with some rules, of which one may ask for a count *called* so."""
    sentences = [*SENTENCES, *[f"{called} is less than 2"] * 4]
    rules = []
    for number in range(random.randint(2, 6)):
        decision = random.choice(["CONNECT", "DECLINE", "REVIEW"])
        condition = random.choice([" AND ", " OR "]).join(
            random.sample(sentences, random.randint(1, 3))
        )
        because = random.choice(REASONS)
        rules.append(f'{decision} "rule {number}" WHEN {condition}{because}')
    assumed = [each for each in ASSUMED if random.random() < 0.3]
    policy = Policy.parse(
        "\n".join([f"{DECLARED}FACT {called}: count", *assumed, *rules, "OTHERWISE DECLINE"])
    )
    return Job(policy, ME, TODAY, ANSWERS if random.random() < 0.3 else {})


Outcome = tuple[Mapping[str, Any], Counter[Verdict | str], LoadReport] | tuple[str, str]
"""What is written in each form, to what how many came, and what was read; or what is wrong."""

LINES = {"csv": csv_line, "json": json_line}


def alone(job: Job, paths: Sequence[Path]) -> Outcome:
    """What comes of judging a contact at a time."""
    try:
        loaded = open_contacts(paths, job.policy.vocabulary)
        found = [*job.one_by_one(loaded.contacts)]
    except SourceError as error:
        return str(error), error.where
    written: dict[str, Any] = {"parquet": [row_of(*each) for each in found]}
    for form, line in LINES.items():
        head = [",".join(COLUMNS)] if form == "csv" else []
        lines = [line((who.key, who.name, who.url), result) for who, result in found]
        written[form] = "".join(f"{each}\n" for each in [*head, *lines])
    return written, Counter(told(result) for _, result in found), loaded.report


@attrs.frozen
class Writers:
    """Writes in several forms at once: to judge takes long, to write does not."""

    writers: Sequence[Writer]

    def add(self, batch: Batch) -> None:
        """Write all rows of *batch*."""
        for each in self.writers:
            each.add(batch)

    def end(self) -> None:
        """Write what ends each form."""
        for each in self.writers:
            each.end()

    def leave(self) -> None:
        """Write nothing more."""
        for each in self.writers:
            each.leave()


def together(job: Job, paths: Sequence[Path], output: Path) -> Outcome:
    """What comes of judging all at once."""
    lines = {form: io.BytesIO() for form in LINES}

    def in_all_forms(form: str, file: BinaryIO) -> Writers:
        return Writers([writer(form, file), *starmap(writer, lines.items())])

    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(judging, "writer", in_all_forms)
            judged = judge_files(job, paths, output, "parquet", lambda *_: None)
    except SourceError as error:
        return str(error), error.where
    counts = Counter({told(verdict): number for verdict, number in judged.counts.items()})
    counts.update(told(result) for _, result in judged.alone)
    rows = duckdb.execute("SELECT * FROM read_parquet(?)", [str(output)]).fetchall()
    written: dict[str, Any] = {"parquet": [*starmap(Row, rows)]}
    written |= {form: each.getvalue().decode() for form, each in lines.items()}
    return written, counts, judged.report


def told(result: Verdict | ContactError) -> Verdict | str:
    """*result* as it is compared."""
    return str(result) if isinstance(result, ContactError) else result


@pytest.mark.parametrize("ending", FILES)
def test_alike(ending: str, tmp_path: Path) -> None:
    """Whatever stands in files, it comes out alike: rows, order, errors, counts and report.

    And so it does in whatever form it is written.
    """
    plain = 0

    @settings(deadline=None, max_examples=EXAMPLES, phases=[Phase.generate])
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        nonlocal plain
        random = Random(seed)  # noqa: S311 - no secret
        called = random.choice(CALLED)
        job = a_job(random, called)
        endings = [ending, *random.choices([*FILES], k=random.random() < 0.4)]
        paths = [tmp_path / f"{number}.{each}" for number, each in enumerate(endings)]
        for number, path in enumerate(paths):
            FILES[path.suffix[1:]](path, random, called, number * random.choice([100, 100, 10]))
        try:
            found = together(job, paths, tmp_path / "verdicts")
        except NotPlainError:
            reject()
        plain += 1

        assert alone(job, paths) == found

    check()

    assert plain == EXAMPLES
