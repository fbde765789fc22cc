"""The tool that changes the library, to see whether a test notices."""

from pathlib import Path

from mutation.changes import Change, changes
from mutation.reached import Reached
from mutation.report import Log, Tried, report

MODULE = '''\
"""What it is for."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from x import Y


def f(a: "Y", b: int = 3) -> "Y":
    """What it does."""
    if a and not b <= 1:
        return [each for each in a if each]
    match b:
        case 4:
            os.remove("é")
    return f"{a}" if b is None else any(a)
'''


def _written(folder: Path) -> list[Change]:
    path = folder / "package" / "room" / "module.py"
    path.parent.mkdir(parents=True)
    path.write_text(MODULE, encoding="utf-8")
    return changes(folder, path)


def test_changes(tmp_path: Path) -> None:
    """All that runs is changed, where it stands: no import, annotation or docstring."""
    source = MODULE.encode()

    assert [
        (each.line, source[each.start : each.end].decode(), each.text)
        for each in _written(tmp_path)
    ] == [
        (10, "3", "4"),
        (12, "a and not b <= 1", "not (a and not b <= 1)"),
        (12, "and", "or"),
        (12, "not b <= 1", "b <= 1"),
        (12, "<=", "<"),
        (12, "1", "2"),
        (13, "[each for each in a if each]", "None"),
        (13, "each", "True"),
        (15, "4", "5"),
        (15, "", " if False"),
        (16, 'os.remove("é")', "pass"),
        (16, '"é"', '""'),
        (17, 'f"{a}"', '""'),
        (17, 'f"{a}" if b is None else any(a)', "(any(a))"),
        (17, 'f"{a}" if b is None else any(a)', '(f"{a}")'),
        (17, 'f"{a}" if b is None else any(a)', "None"),
        (17, "is", "is not"),
        (17, "any", "all"),
    ]


def test_every_change_is_python(tmp_path: Path) -> None:
    """A changed module can be compiled, and is another one."""
    source = MODULE.encode()

    for each in _written(tmp_path):
        assert each.applied(source) != source
        compile(each.applied(source), "module.py", "exec")


def test_tests_that_run_a_line() -> None:
    """The quickest first; what runs on import is run by all that use its file or folder."""
    reached = Reached(
        {"slow": 2.0, "quick": 0.1, "other": 1.0},
        {
            "x/a.py": {3: ["slow", "quick"], 40: ["other"], 90: []},
            "x/data.py": {1: []},
            "y/b.py": {1: []},
        },
    )

    assert reached.by("x/a.py", 3, 3) == ["quick", "slow"]
    assert reached.by("x/a.py", 5, 3) == ["quick", "slow"]
    assert reached.by("x/a.py", 5, 5) == []
    assert reached.by("x/a.py", 90, 90) == ["quick", "other", "slow"]
    assert reached.by("x/data.py", 1, 1) == ["quick", "other", "slow"]
    assert reached.by("y/b.py", 1, 1) == []


def test_report(tmp_path: Path) -> None:
    """A room's score, and each change that lived as a difference of lines."""
    found = {(each.line, each.text): each for each in _written(tmp_path)}
    tried = [
        Tried(found[12, "or"], "noticed", 1.0),
        Tried(found[12, "<"], "lived", 1.0),
        Tried(found[15, " if False"], "took too long", 1.0),
        Tried(found[16, "pass"], "reached by no test", 0.0),
    ]

    assert report(tmp_path, [("room", 1_000, tried), ("none", 5, [])]) == (
        "| room | changes | tried | noticed | lived | not reached | score |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| `room` | 1,000 | 4 | 2 | 1 | 1 | 50 % |\n"
        "\n"
        "package/room/module.py:12: `<` for `<=` (lived)\n"
        "- if a and not b <= 1:\n"
        "+ if a and not b < 1:\n"
        "\n"
        "package/room/module.py:16: statement dropped (reached by no test)\n"
        '- os.remove("é")\n'
        "+ pass"
    )


def test_a_run_that_was_stopped(tmp_path: Path) -> None:
    """What was tried before is known to the next run; what lived is tried with more time."""
    one, other, third, *_ = _written(tmp_path)
    path = tmp_path / "tried.jsonl"
    Log(path).add(Tried(one, "lived", 2.5))
    Log(path).add(Tried(other, "noticed", 1.0))
    log = Log(path)

    assert log.tried == {one: Tried(one, "lived", 2.5), other: Tried(other, "noticed", 1.0)}
    assert [log.known(each, 15.0) for each in (one, other, third)] == [True, True, False]
    assert [log.known(each, 200.0) for each in (one, other, third)] == [False, True, False]
