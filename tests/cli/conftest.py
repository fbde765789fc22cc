"""A folder with a policy and contacts, and a way to run commands there."""

import datetime
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from connectrules.cli import reading
from connectrules.cli.app import app

Run = Callable[..., Result]

POLICY = """\
POLICY "Two rules"
ASK would recommend: "Would you recommend {name} to your clients?"
FACT is a recruiter: yes/no
ASSUME is a recruiter: no

CONNECT "two rules" WHEN would have a drink with AND would recommend
UNLESS is a recruiter
BECAUSE "I link only with people I would meet and recommend"

REVIEW "press" WHEN position mentions any of "editor", "journalist"
BECAUSE "I answer the press myself"

DECLINE "mass followers" WHEN following is more than 5,000
BECAUSE "consensual spam"

OTHERWISE DECLINE BECAUSE "numbers alone mean nothing to me"
"""

CONTACTS = """\
key,name,would have a drink with,would recommend,position,following
ada,Ada Example,yes,yes,Consultant,120
bob,Bob Example,no,yes,Baker,10
cy,Cy Example,yes,,Baker,10
di,Di Example,,,Editor,7
eve,Eve Example,yes,yes,Baker,many
flo,Flo Example,yes,unsure,Baker,9000
gus,=Gus Example,yes,unsure,Baker,10
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder commands are run in, with `two.policy` and `contacts.csv`; and the user's data."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "two.policy").write_text(POLICY, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command in the folder."""
    runner = CliRunner()

    def run(*typed: str, given: str | bytes | None = None) -> Result:
        return runner.invoke(app, typed, input=given, catch_exceptions=False)

    assert folder.is_dir()
    return run


@pytest.fixture
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> datetime.date:
    """The day on which commands are run."""
    day = datetime.date(2026, 11, 22)

    monkeypatch.setattr(reading, "real_day", lambda: day)
    return day


def shown(text: str) -> str:
    """*text* as a test writes it, indented between line breaks; and as a command ends it."""
    return dedent(text).strip("\n") + "\n"
