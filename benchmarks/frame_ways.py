"""Ways to judge a Parquet file of contacts, to how many there are of each kind.

As a script it goes one of them in a process of its own, and prints the most memory that took::

    uv run python benchmarks/frame_ways.py DuckDB "the decision" ours contacts.parquet
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import attrs
from frame_engines import ENGINES, Engine, Frame, Judging
from frame_policies import APART, COLUMNS, EIGHT, SPLIT, VERDICT
from rows import TODAY

from connectrules import Policy

try:
    import resource
except ImportError:  # elsewhere than on Unix, memory is not measured
    resource = None  # type: ignore[assignment]


@attrs.frozen
class Task:
    """What is to be found out of a file of contacts.

    Attributes:
        policy: By which policy.
        columns: What is wanted of the verdicts.
        by_hand: The name of the function that was written by hand for it, if one was.
    """

    policy: str
    columns: tuple[str, ...]
    by_hand: str = ""


TASKS = {
    "the decision": Task(EIGHT, ("decision",), "decided"),
    "the verdict": Task(EIGHT, VERDICT, "judged"),
    "the decision, split": Task(SPLIT, ("decision",), "split"),
    "the verdict, split": Task(SPLIT, VERDICT),
    "the decision, apart": Task(APART, ("decision",)),
    "the verdict, apart": Task(APART, VERDICT),
}


def judging(engine: Engine, task: Task, who: str) -> Judging:
    """What judges a frame: ``ours``, or what was written ``by hand``."""
    if who == "by hand":
        judge: Judging = getattr(engine.by_hand, task.by_hand)
        return judge
    ours = partial(Policy.parse(task.policy).judge_frame, today=TODAY)
    return (lambda frame: ours(engine.copied(frame))) if task.policy is APART else ours


def way(engine: Engine, task: Task, who: str) -> Callable[[Frame], object]:
    """From a frame to what *task* asks for; *who* may be ``read``, too: reading it alone."""
    if who == "read":
        return lambda frame: engine.read(frame, COLUMNS)
    judge = judging(engine, task, who)
    return lambda frame: engine.counted(judge(frame), task.columns)


def peak() -> int:
    """The most memory this process has taken, in bytes; 0 where nobody counts it."""
    status = Path("/proc/self/status")
    if status.exists():  # `ru_maxrss` counts there what the process that started this one took
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1_024
    unit = 1 if sys.platform == "darwin" else 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit if resource else 0


def main(engine: str, task: str, who: str, path: str) -> None:
    """Go one way, and print the most memory it took."""
    of = ENGINES[engine]
    way(of, TASKS[task], who)(of.opened(Path(path)))
    print(peak())


if __name__ == "__main__":
    main(*sys.argv[1:])
