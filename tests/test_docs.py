"""The documentation as a whole: its blocks and its links."""

import json
import re
import sys
from pathlib import Path

import click
import pytest

import connectrules
from connectrules import Policy, sources, store, testing
from connectrules.cli.app import app
from connectrules.exact.cells import LIMIT
from connectrules.resolve import uses
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.syntax import limits
from connectrules.syntax.words import LONGEST_TEXT
from docs import make, make_picture
from tests.children import environment
from tests.examples import CHECKED, ROOT

DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("[!_]*/**/*.md")])
PAGES += sorted(DOCS.glob("*.md"))
_BLOCK = re.compile(r"^```(?P<language>.*)$", re.MULTILINE)
_LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)\s]*)?\)")
POLICIES = sorted((ROOT / "examples").glob("*.policy"))
ELSEWHERE = frozenset({"diff", "text", "py"})
"""Applied by test_contributing.py, pictures, and what test_spark.py runs where there is a Spark."""


def name(page: Path) -> str:
    """What a page is called from the project's folder."""
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_is_of_a_language_that_is_checked(page: Path) -> None:
    """No example stands there unchecked."""
    marks = _BLOCK.findall(page.read_text(encoding="utf-8"))

    assert set(marks[::2]) <= CHECKED | ELSEWHERE
    assert set(marks[1::2]) <= {""}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the project finds it."""
    targets = [found["target"] for found in _LINK.finditer(page.read_text(encoding="utf-8"))]
    inside = [each for each in targets if "://" not in each]

    assert [each for each in inside if not (page.parent / each).exists()] == []


def test_the_readme_holds_the_two_commands() -> None:
    """CI reads them from there and runs them in a fresh clone."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    judge = "connectrules judge examples/three-rules.policy examples/linkedin-export"
    assert blocks == [f"pip install uv && uv run {judge}\nuv run pytest\n"]


def test_the_architecture_names_every_room() -> None:
    """A newcomer finds each package and module of the top level there."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [
        f"`{each.name}/`" if each.is_dir() else f"`{each.name}`"
        for each in (ROOT / "src" / "connectrules").iterdir()
        if each.name not in {"__init__.py", "__pycache__", "py.typed"}
    ]

    assert [each for each in rooms if each not in text] == []


@pytest.fixture(scope="module")
def made() -> dict[Path, str]:
    """The pages that have a made part, as they should be."""
    return {**make.pages(), **make_picture.pages()}


@pytest.mark.once
@pytest.mark.parametrize("page", [*make.partly_made(), make_picture.PICTURE], ids=name)
def test_what_is_made_from_the_code_is_up_to_date(page: Path, made: dict[Path, str]) -> None:
    """`python -m docs.make` writes what a page takes from the code."""
    assert page.read_text(encoding="utf-8") == made[page]


def test_every_operator_is_in_the_reference() -> None:
    """The phrase book's tables leave out none of its ways to say something."""
    text = (DOCS / "language.md").read_text(encoding="utf-8")
    said = [
        sentence
        for operator in PHRASE_BOOK
        for spelling in (*operator.spellings, *operator.opposites)
        for sentence in [make.filled(operator, spelling)]
    ]

    assert len(said) > 50
    assert [each for each in said if f"`{each}`" not in text] == []


def commands(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """All commands of *group*, and of the groups in it, by the words that call them."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
        else:
            found[f"{before}{name}"] = command
    return found


def test_every_command_is_in_the_reference() -> None:
    """Each has a heading of its own, and its options below it."""
    text = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    sections = re.findall(r"^##+ ([\w ]+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    told = {name for name, part in sections if f"<!-- made: command: {name} -->" in part}

    assert told == commands(app).keys()


def test_every_option_is_in_the_reference() -> None:
    """What `--help` of a command names is in the table below its heading."""
    text = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"<!-- made: command: ([\w ]+) -->(.*?)<!-- end -->", text, re.DOTALL))
    options = [
        (command, option)
        for command, found in commands(app).items()
        for parameter in found.params
        for option in parameter.opts
        if option.startswith("-")
    ]

    assert [(name, option) for name, option in options if f"`{option}" not in parts[name]] == []


def test_the_limits_are_those_of_the_code() -> None:
    """The table of sizes names each limit as it is."""
    text = (DOCS / "explanation" / "limits.md").read_text(encoding="utf-8")
    used = uses.MOST_TEXT // 2**20
    rows = [
        f"| a file | {limits.LARGEST_FILE // 2**20} MiB |",
        f"| statements in a file | {limits.MOST_STATEMENTS:,} |",
        f"| words and marks in a file | {limits.MOST_WORDS:,} |",
        f"| words and marks in a sentence | {limits.LONGEST_SENTENCE:,} |",
        f"| brackets and lists inside each other | {limits.DEEPEST} |",
        f"| conditions in a policy | {limits.MOST_CONDITIONS:,} |",
        f"| items in a list | {limits.LONGEST_LIST:,} |",
        f"| a text in quotes | {LONGEST_TEXT:,} characters |",
        f"| files that USE each other | {uses.DEEPEST} deep, {used} MiB together |",
        f"| ways of filling in what is unknown, for one contact | {LIMIT:,} |",
    ]

    assert [row for row in rows if row not in text] == []


def test_every_public_name_is_in_the_reference() -> None:
    """What can be imported can be looked up."""
    text = (DOCS / "reference" / "python-api.rst").read_text(encoding="utf-8")
    names = {*connectrules.__all__, *sources.__all__, *store.__all__, *testing.__all__}
    described = set(re.findall(r"^\.\. auto\w+:: ([\w.]+)", text, re.MULTILINE))

    assert names - described == set()


@pytest.mark.parametrize("file", POLICIES, ids=name)
def test_each_policy_says_what_an_export_lacks(file: Path) -> None:
    """Its first comment names the columns that only a table can have, and so does the overview."""
    head = " ".join(file.read_text(encoding="utf-8").partition("LANGUAGE")[0].split("\n# "))
    overview = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    row = next(line for line in overview.splitlines() if f"({file.name})" in line)
    lacking = make.lacking(Policy.load(file))
    all_there = not lacking

    assert set(re.findall(r"`([^`]+)`", row)) == set(lacking)
    assert ("a LinkedIn export as it is" in row) is all_there
    assert ("Works with a LinkedIn export as it is" in head) is all_there
    assert ("Needs a table" in head) is not all_there
    assert [each for each in lacking if f"`{each}`" not in head] == []


@pytest.mark.parametrize("file", POLICIES, ids=name)
def test_each_policy_can_be_tried_as_it_says(
    file: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command in its first comment reads all columns, and comes to at least three decisions."""
    head = file.read_text(encoding="utf-8").partition("LANGUAGE")[0]
    found = re.search(r"^#     connectrules (.+)", head, re.MULTILINE)
    assert found is not None
    monkeypatch.chdir(ROOT)

    status = app.main(
        [*found[1].split(), "--format", "json", "--today", "2026-11-22"],
        "connectrules",
        standalone_mode=False,
    )
    out, err = capfd.readouterr()
    decisions = {json.loads(line)["decision"] for line in out.splitlines()}

    assert not status
    assert "is not known" not in err
    assert len(decisions) >= (3 if "tables/" in found[1] else 2)


def test_the_tutorial_shows_what_one_sees(tmp_path: Path) -> None:
    """The four questions, answered as there, print that and write the file that follows."""
    pexpect = pytest.importorskip("pexpect")
    text = (DOCS / "tutorials" / "write-your-rules.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    place, session = next(
        (place, block) for place, block in enumerate(blocks) if block.startswith("$ ")
    )
    command, _, wanted = session.partition("\n")
    answers = re.findall(r"\] > ?(.*)$", wanted, re.MULTILINE)
    program = pexpect.spawn(
        str(Path(sys.executable).parent / "connectrules"),
        command.split()[2:],
        cwd=str(tmp_path),
        env=environment(NO_COLOR="1"),
        dimensions=(50, 100),
        encoding="utf-8",
        timeout=60,
    )
    shown = ""
    for answer in answers:
        program.expect("] > ")
        shown += program.before + program.after
        program.sendline(answer)
    program.expect(pexpect.EOF)
    shown += program.before

    assert _lines(shown) == _lines(wanted)
    assert (tmp_path / "my.policy").read_text(encoding="utf-8") == blocks[place + 1]


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]
