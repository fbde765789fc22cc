"""How the examples in the documentation are checked, by the language of their block.

The commands of a page run in a folder of its own, with `examples/` in it. A comment
`<!-- save as NAME -->` before a block puts the block into a file there, `<!-- add to
NAME -->` at its end. JSON after ``<!-- printed by `COMMAND` -->`` is what the command
prints, and text is what a terminal shows of it: so a page can show what somebody types.
"""

import json as standard_json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from doctest import ELLIPSIS, OutputChecker
from doctest import Example as DocTestExample
from pathlib import Path
from typing import Any

import yaml as standard_yaml
from sybil import Example

from connectrules.diagnostics import Severity
from connectrules.policy import check
from connectrules.source import Source

ROOT = Path(__file__).parent.parent
CHECKED = frozenset({"python", "policy", "console", "sh", "json", "yaml"})
"""Languages whose blocks are run where they stand."""

_HERE = "uv run "
"""Before a command of the project's own environment, in which the tests run."""

_INSTALLING = (
    "pytest",
    "pip ",
    "uv ",
    "--group docs ",
    "python3 -m venv ",
    ".venv/bin/pip ",
    "source ",
)
"""What the lines of `sh` blocks begin with that are not run here."""

_FOLDER = "the page's folder"
_DATA = "the data folder before"
_SAVE = re.compile(r"<!-- (?P<how>save as|add to) (?P<name>[\w./-]+) -->\s*$")
_PRINTED = re.compile(r"<!-- printed by `(.+)` -->\s*$")
_CODE = re.compile(r"# (CR\d{3})$", re.MULTILINE)
_COMMAND = re.compile(
    r"^\$ (?P<command>(?:.*\\\n)*.*)\n(?P<output>(?:(?!\$ ).*\n?)*)", re.MULTILINE
)


def begin(namespace: dict[str, Any]) -> None:
    """Make the page's folder, with the user's data, and go there."""
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "examples", folder / "examples")
    namespace[_FOLDER], namespace[_DATA] = folder, os.environ.get("XDG_DATA_HOME")
    os.environ["XDG_DATA_HOME"] = str(folder / "data")
    os.chdir(folder)


def end(namespace: dict[str, Any]) -> None:
    """Leave the page's folder, and remove it with the user's data."""
    os.chdir(ROOT)
    shutil.rmtree(namespace[_FOLDER])
    if namespace[_DATA] is None:
        del os.environ["XDG_DATA_HOME"]
    else:
        os.environ["XDG_DATA_HOME"] = namespace[_DATA]


def text(example: Example) -> str | None:
    """A picture, a file that the page's commands read, or what a command shows."""
    _save(example)
    found = _PRINTED.search(example.document.text[: example.start])
    if found is None:
        return None
    wanted = _trimmed(re.sub(r"\A\$ .*\n", "", str(example.parsed)))
    shown = _trimmed(_run(f"({found[1]}) 2>&1", example).stdout)
    if OutputChecker().check_output(wanted, shown, ELLIPSIS):
        return None
    return OutputChecker().output_difference(DocTestExample(found[1], wanted), shown, ELLIPSIS)


def program(example: Example) -> None:
    """A program that the page's commands run."""
    _save(example)


def policy(example: Example) -> str | None:
    """A policy is without errors, but for those that its comments announce."""
    _save(example)
    source = Source(example.path, str(example.parsed))
    found = check(source, loader=None)
    codes = [each.code for each in found if each.severity is Severity.ERROR]
    wanted = _CODE.findall(source.text)
    return None if codes == wanted else f"wanted {wanted}, got {codes}:\n{found}"


def console(example: Example) -> str | None:
    """Each command after a `$` prints what stands below it.

    That is all that a terminal shows, or standard output alone.
    """
    checker = OutputChecker()
    for found in _COMMAND.finditer(str(example.parsed)):
        command = found["command"].removeprefix(_HERE)
        wanted = _trimmed(found["output"])
        shown = _trimmed(_run(f"({command}) 2>&1", example).stdout)
        if not checker.check_output(wanted, shown, ELLIPSIS):
            printed = _trimmed(_run(command, example).stdout)
            if not checker.check_output(wanted, printed, ELLIPSIS):
                wish = DocTestExample(command, wanted)
                return checker.output_difference(wish, shown, ELLIPSIS)
    return None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.rstrip("\n").split("\n")) + "\n"


def shell(example: Example) -> str | None:
    """Each line works; what installs the tools, the tests themselves and the site, CI runs."""
    for line in str(example.parsed).splitlines():
        command = line.removeprefix("pip install uv && ").removeprefix(_HERE)
        if command.startswith(_INSTALLING):
            continue
        done = _run(command, example)
        if done.returncode:
            return f"{line}: exit status {done.returncode}\n{done.stderr}"
    return None


def json(example: Example) -> str | None:
    """Each line is a value; lines that go on are indented.

    They are what the command in a comment before them prints, if there is one.
    """
    wanted = [standard_json.loads(each) for each in _values(str(example.parsed))]
    found = _PRINTED.search(example.document.text[: example.start])
    if found:
        got = [standard_json.loads(each) for each in _values(_run(found[1], example).stdout)]
        return None if got == wanted else f"got {got}"
    return None


def yaml(example: Example) -> None:
    """Settings of another program can be read."""
    standard_yaml.safe_load(str(example.parsed))


def _values(text: str) -> list[str]:
    return re.split(r"\n(?=\S)", text.strip())


def _save(example: Example) -> None:
    """Put the block into the file that a comment before it names."""
    found = _SAVE.search(example.document.text[: example.start])
    if found:
        target: Path = example.namespace[_FOLDER] / found["name"]
        target.parent.mkdir(exist_ok=True)
        how = "w" if found["how"] == "save as" else "a"
        with target.open(how, encoding="utf-8") as file:
            file.write(str(example.parsed))


def _run(command: str, example: Example) -> subprocess.CompletedProcess[str]:
    tools = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(ROOT),
        "PYTEST_ADDOPTS": "-p tests.few",
    }
    return subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - the reader's own
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=example.namespace[_FOLDER],
        env=environment,
        check=False,
    )
