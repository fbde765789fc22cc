"""Files judged all at once come out as they do a contact at a time, however they are written."""

import datetime
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import Phase, given, reject, settings
from hypothesis import strategies as st

from connectrules import Contact, Policy
from connectrules.bulk.job import Job
from connectrules.bulk.judging import judge_files
from connectrules.bulk.not_plain import NotPlainError
from connectrules.bulk.rows import Row, row_of
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
EXAMPLES = int(os.environ.get("CONNECTRULES_EXAMPLES", "50")) // 10
ME = Contact(key="me", followers=1_000)
TODAY = datetime.date(2026, 11, 22)
ANSWERS = {
    "p:1": Answers({"would recommend": True}, {"would recommend": "answers.csv:2"}),
    "p:2": Answers({"is a recruiter": True, "rating": 2.5}, {}),
}


def a_job(random: Random, called: str) -> Job:
    """A policy with a few rules, of which one may ask for a count *called* so."""
    sentences = [*SENTENCES, *[f"{called} is less than 2"] * 4]
    rules = []
    for number in range(random.randint(1, 4)):
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


Outcome = tuple[object, Counter[Verdict | str], LoadReport] | tuple[str, str]
"""What is in the file, how many contacts came to what, and what was read; or what is wrong."""

LINES = {"csv": csv_line, "json": json_line}


def alone(job: Job, paths: Sequence[Path], form: str) -> Outcome:
    """What comes of judging a contact at a time."""
    try:
        loaded = open_contacts(paths, job.policy.vocabulary)
        found = [*job.one_by_one(loaded.contacts)]
    except SourceError as error:
        return str(error), error.where
    counts = Counter(told(result) for _, result in found)
    if form == "parquet":
        return [row_of(*each) for each in found], counts, loaded.report
    lines = [LINES[form]((who.key, who.name, who.url), result) for who, result in found]
    head = [",".join(COLUMNS)] if form == "csv" else []
    return "".join(f"{line}\n" for line in [*head, *lines]), counts, loaded.report


def together(job: Job, paths: Sequence[Path], form: str, output: Path) -> Outcome:
    """What comes of judging all at once."""
    try:
        judged = judge_files(job, paths, output, form, lambda *_: None)
    except SourceError as error:
        return str(error), error.where
    counts = Counter({told(verdict): number for verdict, number in judged.counts.items()})
    counts.update(told(result) for _, result in judged.alone)
    if form != "parquet":
        return output.read_bytes().decode(), counts, judged.report
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(output)])
        return [Row(*row) for row in found.fetchall()], counts, judged.report


def told(result: Verdict | ContactError) -> Verdict | str:
    """*result* as it is compared."""
    return str(result) if isinstance(result, ContactError) else result


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
@pytest.mark.parametrize("ending", FILES)
def test_alike(ending: str, form: str, tmp_path: Path) -> None:
    """Whatever stands in files, it comes out alike: rows, order, errors, counts and report."""
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
            found = together(job, paths, form, tmp_path / "verdicts")
        except NotPlainError:
            reject()
        plain += 1

        assert alone(job, paths, form) == found

    check()

    assert plain == EXAMPLES
