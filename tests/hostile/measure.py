"""How long hostile inputs take, and how much memory, in a process of its own.

    python -m tests.hostile.measure texts
    python -m tests.hostile.measure files

prints a line of JSON for each, and how far memory went up in all.
"""

import datetime
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from connectrules import Contact, Policy, PolicyError, SourceError
from connectrules.diagnostics import Diagnostic
from connectrules.policy import check
from connectrules.render.text import diagnostics_text
from connectrules.source import Source
from connectrules.sources import answers, open_contacts
from connectrules.sources.record import load_me
from connectrules.verdict import Decision
from tests.hostile.files import FILES
from tests.hostile.texts import TEXTS

MEMORY = 1_500 * 2**20
"""The most that the whole process may take, in bytes."""
_ADA, _ME = Contact(key="ada"), Contact(key="me")
_CHECKED_TOO = frozenset({*(each.value for each in Decision), "CR204"})
"""Where `check` may say something else: other mistakes it tells in the same way and time."""
_TODAY = datetime.date(2026, 11, 22)


def peak() -> int:
    """The most memory that this process has had so far, in MiB.

    What Python itself tells counts whoever started it, where Linux tells better.
    """
    told = Path("/proc/self/status")
    if told.exists():
        return int(told.read_text().partition("VmHWM:")[2].split()[0]) // 2**10
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def told(found: Sequence[Diagnostic]) -> str:
    """The codes of what is *found*, each once, after all of it was put into words."""
    diagnostics_text(found)
    return " ".join(dict.fromkeys(each.code for each in found))


def timed(does: Callable[[], str]) -> tuple[float, str]:
    """How many seconds of work *does* takes, and what comes of it."""
    start = time.process_time()
    try:
        outcome = does()
    except SourceError as error:
        outcome = f"refused: {error}"
    return time.process_time() - start, outcome


def texts(names: list[str]) -> Iterator[dict[str, object]]:
    """What becomes of the texts called *names*."""
    warm = Policy.parse("is a bot AND followers is 5")
    warm.judge(_ADA)
    for name in names or TEXTS:
        text = TEXTS[name][1]()

        def judged(text: str = text) -> str:
            try:
                policy = Policy.parse(text)
            except PolicyError as error:
                return told(error.diagnostics)
            return policy.judge(_ADA, me=_ME, today=_TODAY).decision.value

        def checked(text: str = text) -> str:
            return told(check(Source("x.policy", text)))

        found = [timed(judged)]
        if found[0][1] in _CHECKED_TOO:
            found.append(timed(checked))
        yield {
            "name": name,
            "seconds": [round(seconds, 2) for seconds, _ in found],
            "codes": found[-1][1],
        }


def files(names: list[str]) -> Iterator[dict[str, object]]:
    """What becomes of the files called *names*, as contacts, as answers and as one's own record."""
    policy = Policy.parse("followers is at least 5 AND met in person")
    policy.judge(_ADA)
    with tempfile.TemporaryDirectory() as folder:
        # Another process makes them: that they are made is not what is measured.
        subprocess.run([sys.executable, "-m", "tests.hostile.files", folder], check=True)
        for number, name in enumerate(FILES):
            if names and name not in names:
                continue
            path = Path(folder) / str(number) / "x"

            def contacts(path: Path = path) -> str:
                loaded = open_contacts([path], policy.vocabulary)
                count = sum(1 for _ in policy.judge_all(loaded.contacts))
                told = sum(map(len, loaded.report.lines()))
                return f"{count:,} contacts" + (", and far too much told" if told > 10_000 else "")

            def answered(path: Path = path) -> str:
                return f"{len(answers.load(path, policy.vocabulary)):,} answers"

            def mine(path: Path = path) -> str:
                return load_me(path, policy.vocabulary).key[:10]

            found = [timed(each) for each in (contacts, answered, mine)]
            yield {
                "name": name,
                "seconds": [round(seconds, 2) for seconds, _ in found],
                "outcome": found[0][1],
            }


def main() -> None:
    """Measure what the first argument says, of the rest the names or all."""
    what, *names = sys.argv[1:]
    before = peak()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for found in {"texts": texts, "files": files}[what](names):
        print(json.dumps({**found, "megabytes": peak() - before}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
