"""How the examples in the documentation are checked, by the language of their block."""

import json as standard_json
import os
import re
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from doctest import Example as DocTestExample
from pathlib import Path

from sybil import Example

from connectrules.diagnostics import Severity
from connectrules.policy import check
from connectrules.source import Source

ROOT = Path(__file__).parent.parent
CHECKED = frozenset({"python", "policy", "console", "sh", "json"})
"""Languages whose blocks are run where they stand."""

_CODE = re.compile(r"# (CR\d{3})$", re.MULTILINE)
_COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n?)*)", re.MULTILINE)


def policy(example: Example) -> str | None:
    """A policy is without errors, but for those that its comments announce."""
    source = Source(example.path, str(example.parsed))
    found = check(source, loader=None)
    codes = [each.code for each in found if each.severity is Severity.ERROR]
    wanted = _CODE.findall(source.text)
    return None if codes == wanted else f"wanted {wanted}, got {codes}:\n{found}"


def console(example: Example) -> str | None:
    """Each command after a `$` prints what stands below it, on standard output."""
    for found in _COMMAND.finditer(str(example.parsed)):
        wanted = found["output"].rstrip("\n") + "\n"
        printed = _run(found["command"]).stdout
        got = "\n".join(line.rstrip() for line in printed.rstrip("\n").split("\n")) + "\n"
        checker = OutputChecker()
        if not checker.check_output(wanted, got, ELLIPSIS):
            wish = DocTestExample(found["command"], wanted)
            return checker.output_difference(wish, got, ELLIPSIS)
    return None


def shell(example: Example) -> str | None:
    """Each line works; what installs the tools, and the tests themselves, CI runs."""
    for line in str(example.parsed).splitlines():
        command = line.removeprefix("pip install uv && ").removeprefix("uv run ")
        if command.startswith(("pytest", "pip ", "uv ")):
            continue
        done = _run(command)
        if done.returncode:
            return f"{line}: exit status {done.returncode}\n{done.stderr}"
    return None


def json(example: Example) -> str | None:
    """Each line is a value; lines that go on are indented."""
    for value in re.split(r"\n(?=\S)", str(example.parsed).strip()):
        standard_json.loads(value)
    return None


def _run(command: str) -> subprocess.CompletedProcess[str]:
    tools = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - the reader's own
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment,
        check=False,
    )
