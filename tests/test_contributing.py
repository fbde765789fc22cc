"""What CONTRIBUTING.md shows works."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from connectrules.rules.operators import PHRASE_BOOK
from tests.children import environment
from tests.examples import ROOT

POLICY = "connected on is on or after 2024-05-01 AND connected on is before my last active on"
PROGRAM = f"""
import datetime
from connectrules import Contact, Policy
policy = Policy.parse({POLICY!r})
me = Contact(key="me", last_active_on=datetime.date(2026, 1, 1))
for day in (datetime.date(2024, 5, 1), datetime.date(2024, 4, 30), None):
    contact = Contact(key="ada", connected_on=day)
    print(policy.decide(contact, me=me).value, policy.judge(contact, me=me).ask)
print(policy.explain(Contact(key="ada", connected_on=datetime.date(2024, 5, 1)), me=me))
"""


def test_the_diff_adds_an_operator(tmp_path: Path) -> None:
    """Applied to a copy, it is all that the new sentence needs."""
    if any(operator.name == "on or after" for operator in PHRASE_BOOK):
        pytest.skip("the sentence that CONTRIBUTING.md adds is here: let its diff add another")
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (diff,) = re.findall(r"^```diff\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(
        ["git", "apply", "-"],  # noqa: S607 - the reader's own git
        input=diff,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=True,
    )

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(PYTHONPATH=str(tmp_path / "src")),
        check=False,
    )

    lines = done.stdout.splitlines()
    assert done.stderr == ""
    assert lines[:3] == ["connect ()", "decline ()", "undecided ('connected on',)"]
    assert "connected on is on or after 2024-05-01" in done.stdout
