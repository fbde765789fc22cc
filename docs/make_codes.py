"""The pages about codes: what is told about their examples, and their copies in docs/codes/.

`docs/make.py` writes them.
"""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import attrs
from click.testing import CliRunner

from connectrules import codes
from connectrules.cli.app import app
from connectrules.policy import check_file
from connectrules.render.text import diagnostics_text

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "src" / "connectrules" / "codes"
SHOWN = ROOT / "docs" / "codes"

POLICY = "my.policy"
"""What the policy of an example is called, where it has no other name."""

_BLOCK = re.compile(
    r"^(?:`(?P<name>[\w.-]+)`:\n\n)?```(?P<language>\w+)\n(?P<body>.*?)^```$"
    r"(?P<told>\n\n```text\n.*?^```$)?",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ connectrules (?P<typed>.*)$", re.MULTILINE)


@attrs.frozen
class Block:
    """A block of a page.

    Attributes:
        language: What it is written in.
        body: Its text.
        name: The file that it is, if it is one.
        is_wrong: Whether it shows a mistake.
    """

    language: str
    body: str
    name: str | None
    is_wrong: bool


def blocks(page: str) -> Iterator[Block]:
    """The blocks of *page*, without what is told about them."""
    wrong, right = page.index("## Wrong"), page.index("## Right")
    for match in _BLOCK.finditer(page):
        yield _block(match, is_wrong=wrong < match.start() < right)


def pages() -> dict[Path, str]:
    """Each page about a code, those of the package too, and its text as it should be."""
    kept = {file: refreshed(file.read_text("utf-8")) for file in sorted(KEPT.glob("CR*.md"))}
    shown = {SHOWN / file.name: text for file, text in kept.items()}
    return {**kept, **shown, SHOWN / "index.md": _index()}


def refreshed(page: str) -> str:
    """*page* with what is told about its examples today."""
    wrong, right = page.index("## Wrong"), page.index("## Right")
    parts = (page[:wrong], page[wrong:right], page[right:])
    return "".join(_section(part) for part in parts)


def _section(part: str) -> str:
    is_wrong = part.startswith("## Wrong")
    with in_folder():
        return _BLOCK.sub(lambda match: _with_what_is_told(match, is_wrong=is_wrong), part)


@contextlib.contextmanager
def in_folder() -> Iterator[Path]:
    """An empty folder, which commands are run in."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        yield Path(name)


def _with_what_is_told(match: re.Match[str], *, is_wrong: bool) -> str:
    block = _block(match, is_wrong=is_wrong)
    text = match[0].removesuffix(match["told"] or "")
    if block.language == "console":
        return f"```console\n{''.join(ran(block.body))}```"
    write(block)
    if block.language != "policy" or block.name is not None or not is_wrong:
        return text + (match["told"] or "" if block.language != "policy" else "")
    return f"{text}\n\n```text\n{diagnostics_text(check_file(POLICY))}\n```"


def write(block: Block) -> None:
    """Put *block* into its file, where it is one."""
    name = block.name or (POLICY if block.language == "policy" else None)
    if name is not None:
        Path(name).write_text(block.body, encoding="utf-8", newline="\n")


def ran(body: str) -> Iterator[str]:
    """Each command of *body* and what it prints; what it says beside that, if it prints nothing."""
    for command in _COMMAND.finditer(body):
        done = CliRunner().invoke(app, command["typed"].split(), catch_exceptions=False)
        yield f"{command[0]}\n{done.stdout or done.stderr}"


def _block(match: re.Match[str], *, is_wrong: bool) -> Block:
    return Block(match["language"], match["body"], match["name"], is_wrong)


def _index() -> str:
    lines = [
        "# Codes",
        "",
        "Each message about a mistake has a code. `connectrules code CR103` prints its page, and",
        "`connectrules code` all of their titles.",
    ]
    for beginning, kind in codes.KINDS.items():
        lines += ["", f"## {kind}", "", "| code | what it means |", "| --- | --- |"]
        lines += [
            f"| [{code.number}]({code.number}.md) | {code.title} |"
            for code in codes.codes()
            if code.number.startswith(beginning)
        ]
    lines += ["", ":::{toctree}", ":hidden:", ":glob:", "", "CR*", ":::"]
    return "\n".join(lines) + "\n"
