"""Files judged all at once come out as they do a contact at a time, however they are written."""

import datetime
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from connectrules import Contact, Policy
from connectrules.bulk.job import Job
from connectrules.bulk.judging import judge_files
from connectrules.bulk.part import NotPlainError
from connectrules.bulk.rows import Row, row_of
from connectrules.errors import SourceError
from connectrules.schema.contact import Answers
from connectrules.sources import open_contacts
from connectrules.sources.common.report import LoadReport
from tests.bulk import files

pytestmark = pytest.mark.once

DECLARED = """\
FACT is a recruiter: yes/no
FACT rating: number
FACT stage: one of "new", "Warm", "Öfter"
ASSUME is a recruiter: no
"""
SENTENCES = (
    "would recommend",
    "is a recruiter",
    "has at least 5,000 followers",
    "followers is more than my followers",
    "rating is more than 2.5",
    "rating is less than 0",
    'position mentions any of "editor", "ärztin"',
    'country is one of "UK", "Ireland"',
    'country is "unsure"',
    'stage is one of "new", "öfter"',
    "connected on is more than 2 years ago",
    'topics include "craft"',
    'topics include any of "honesty", "zeit"',
    'name contains "a"',
)
EXAMPLES = int(os.environ.get("CONNECTRULES_EXAMPLES", "100")) // 10
ME = Contact(key="me", followers=1_000)
TODAY = datetime.date(2026, 11, 22)
ANSWERS = {
    "p:1": Answers({"would recommend": True}, {"would recommend": "answers.csv:2"}),
    "p:2": Answers({"is a recruiter": True, "rating": 2.5}, {}),
}


def a_job(random: Random) -> Job:
    """A policy with a few rules, and what belongs to it."""
    rules = []
    for number in range(random.randint(1, 4)):
        decision = random.choice(["CONNECT", "DECLINE", "REVIEW"])
        condition = random.choice([" AND ", " OR "]).join(
            random.sample(SENTENCES, random.randint(1, 3))
        )
        rules.append(f'{decision} "rule {number}" WHEN {condition}')
    policy = Policy.parse("\n".join([DECLARED, *rules, "OTHERWISE DECLINE"]))
    return Job(policy, ME, TODAY, ANSWERS if random.random() < 0.3 else {})


Result = tuple[list[Row], LoadReport] | tuple[str, str]


def alone(job: Job, paths: Sequence[Path]) -> Result:
    """What comes of judging a contact at a time, or what is wrong."""
    try:
        loaded = open_contacts(paths, job.policy.vocabulary)
        rows = [row_of(*each) for each in job.one_by_one(loaded.contacts)]
    except SourceError as error:
        return str(error), error.where
    return rows, loaded.report


def together(job: Job, paths: Sequence[Path], output: Path) -> Result:
    """What comes of judging all at once, or what is wrong."""
    try:
        judged = judge_files(job, paths, output, lambda *_: None)
    except SourceError as error:
        return str(error), error.where
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(output)])
        return [Row(*row) for row in found.fetchall()], judged.report


@pytest.mark.parametrize("write", [files.table, files.objects, files.parquet])
def test_alike(write: Callable[[Path, Random], None], tmp_path: Path) -> None:
    """Whatever stands in a file, it comes out alike: rows, order, errors and report."""
    plain = 0

    @settings(deadline=None, max_examples=EXAMPLES, phases=[Phase.generate])
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        nonlocal plain
        random = Random(seed)  # noqa: S311 - no secret
        job = a_job(random)
        path = tmp_path / {"table": "a.csv", "objects": "a.jsonl"}.get(write.__name__, "a.parquet")
        write(path, random)
        try:
            found = together(job, [path], tmp_path / "verdicts.parquet")
        except NotPlainError:
            return
        plain += 1

        assert alone(job, [path]) == found

    check()

    assert plain > 2
