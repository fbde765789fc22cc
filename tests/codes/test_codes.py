"""The pages about codes: there is one for each, and every example on them is true."""

import re
from collections.abc import Iterator
from doctest import DocTestParser, DocTestRunner

import pytest

from connectrules.codes import KINDS, Code, codes, find
from connectrules.policy import check_file
from docs import make_codes
from docs.make_codes import POLICY, ROOT, Block, blocks, in_folder, ran, write

PAGES = [pytest.param(code, id=code.number) for code in codes()]
_GIVEN = re.compile(r'"(CR\d{3})"')
_TITLE = re.compile(r"# (CR\d{3}): (\S.{5,70}[^.])")


def told(block: Block) -> list[str]:
    """The codes of what `check` says of the policy *block*, which is put into its file."""
    write(block)
    return [each.code for each in check_file(block.name or POLICY)]


def of_section(code: Code, *, is_wrong: bool) -> Iterator[Block]:
    """The blocks of what is wrong, or of what is right, in a folder of their own."""
    with in_folder():
        yield from (each for each in blocks(code.page) if each.is_wrong is is_wrong)


def run(block: Block) -> str:
    """What the commands of *block* print; what its Python raises or answers."""
    if block.language == "console":
        return "".join(ran(block.body))
    example = DocTestParser().get_doctest(block.body, {}, "page", None, 0)
    failures: list[str] = []
    DocTestRunner(verbose=False).run(example, out=failures.append)
    return "".join(failures)


def test_every_code_has_a_page() -> None:
    """And there is no page about a code that nothing gives."""
    files = (ROOT / "src" / "connectrules").glob("**/*.py")
    given = {code for file in files for code in _GIVEN.findall(file.read_text("utf-8"))}

    assert [code.number for code in codes()] == sorted(given)


@pytest.mark.parametrize("code", PAGES)
def test_a_page_has_its_parts(code: Code) -> None:
    """A title, what it means, why, wrong and right, in this order."""
    lines = code.page.splitlines()

    match = _TITLE.fullmatch(lines[0])
    assert match is not None
    assert (match[1], match[2]) == (code.number, code.title)
    assert lines[2][:1].isupper() or lines[2].startswith("`")
    headings = [line for line in lines if line.startswith("#")]
    assert headings[1:] == ["## Why", "## Wrong", "## Right"]
    assert code.meaning.endswith(".")
    assert max(len(line) for line in code.text.partition("## Wrong")[0].splitlines()) <= 100


@pytest.mark.parametrize("code", PAGES)
def test_what_is_wrong_gives_the_code_and_no_other(code: Code) -> None:
    """Each policy, or each command or program on it."""
    shown = 0
    for block in of_section(code, is_wrong=True):
        if block.language in {"console", "python"}:
            printed = run(block) if block.language == "console" else block.body
            is_told = f"[{code.number}]" in printed or "\nerror      " in printed
            assert is_told or "ContactError: " in printed or "FrameError: " in printed
            shown += 1
        elif block.language == "policy" and block.name is None:
            assert set(told(block)) == {code.number}
            shown += 1
        else:
            write(block)

    assert shown


@pytest.mark.parametrize("code", PAGES)
def test_what_is_right_gives_nothing(code: Code) -> None:
    """No error and no warning; commands decide about everybody."""
    shown = 0
    for block in of_section(code, is_wrong=False):
        if block.language == "console":
            assert "error" not in run(block)
        elif block.language == "policy":
            assert told(block) == []
            shown += 1
        else:
            write(block)
            shown += block.language == "python"

    assert shown


@pytest.mark.parametrize("code", PAGES)
def test_programs_do_what_they_show(code: Code) -> None:
    """Those that fail too, with the message that stands there."""
    programs = [block for block in blocks(code.page) if block.language == "python"]

    assert [run(block) for block in programs] == [""] * len(programs)
    assert bool(programs) is (code.number in {"CR502", "CR505"})


def test_the_pages_are_up_to_date() -> None:
    """What is told about the examples is what is told today: `docs/make.py` writes it."""
    stale = [
        path.relative_to(ROOT).as_posix()
        for path, text in make_codes.pages().items()
        if not path.exists() or path.read_text("utf-8") != text
    ]

    assert stale == []
    assert {path.name for path in make_codes.SHOWN.iterdir()} == {
        "index.md",
        *(f"{code.number}.md" for code in codes()),
    }


def test_every_code_is_of_a_kind() -> None:
    """So that the lists of codes hold all of them."""
    assert [code.number for code in codes() if code.number[:3] not in KINDS] == []


def test_a_code_is_found_by_its_number() -> None:
    """With what stands on its page."""
    code = find("CR402")

    assert code is not None
    assert code.title == "a condition that can never hold, or always holds"
    assert code.is_warning
    assert code.meaning.startswith("A warning: no value of the fact makes")
    assert "\n" not in code.meaning
    assert find("CR999") is None
