"""What `import connectrules` costs, beside `import attrs`, each in a process of its own."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

from racing import Race, Row


def ran(code: str, environment: dict[str, str]) -> None:
    """Run *code* in a new process."""
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)  # noqa: S603 - our own code


def test_importing(benchmark: Any, race: Race, tmp_path: Path) -> None:  # noqa: ANN401 - a fixture
    """Both with the bytecode that an installation leaves behind."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    benchmark.group = "import"
    race(
        partial(ran, "from connectrules import Contact, Policy", environment),
        partial(ran, "import attrs", environment),
        Row("import, with Python's start", beside="`import attrs`", target="≤ 15 ms more"),
        rounds=30,
    )


def test_the_first_policy(benchmark: Any, race: Race, tmp_path: Path) -> None:  # noqa: ANN401 - a fixture
    """What a process takes that parses one policy, all that reads the language included."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    benchmark.group = "import"
    race(
        partial(ran, "from connectrules import Policy; Policy.parse('is a bot')", environment),
        partial(ran, "from connectrules import Contact, Policy", environment),
        Row("the first policy, with Python's start", beside="`import connectrules`"),
        rounds=20,
    )


def test_a_command(benchmark: Any, race: Race, tmp_path: Path) -> None:  # noqa: ANN401 - a fixture
    """What `connectrules check` takes in all, beside loading what it cannot do without."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    typed = "import sys; sys.argv[1:] = ['check', '-c', 'is a bot']; sys.stdout = None; "
    benchmark.group = "import"
    race(
        partial(ran, typed + "from connectrules.cli import main; main()", environment),
        partial(ran, "import attrs, click, lark", environment),
        Row("`connectrules check`, with Python's start", beside="`import attrs, click, lark`"),
        rounds=20,
    )
