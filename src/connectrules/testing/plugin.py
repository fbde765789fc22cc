"""The plugin for pytest: each EXAMPLE of a policy is a test.

pytest loads it in everybody's tests, so it loads nothing more before there is a policy.
"""

from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from connectrules.outcome import ExampleResult
    from connectrules.policy import Policy


_POLICIES = pytest.StashKey[dict[str, str]]()
"""The paths of the policies that were collected, by their node ids."""
_RAN = pytest.StashKey[set[str]]()
"""The node ids of the tests that ran."""
_TOLD = pytest.StashKey[list[str]]()
"""What is told of coverage in the end."""
_HANDED_OVER = "connectrules_policies"
"""What a process of xdist hands its policies over under."""
_MOST_PERCENT = 100


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say which files are policies, what they may speak of, and how coverage is asked for."""
    parser.addini(
        "policy_files",
        "which files are policies, whose EXAMPLEs are tests; none where it is empty",
        type="args",
        default=["*.policy"],
    )
    parser.addini(
        "policy_vocabulary",
        "the Vocabulary that policies speak, as module:NAME; that of Contact by default",
        default="",
    )
    group = parser.getgroup("connectrules", "policies")
    group.addoption(
        "--policy-coverage",
        action="store_true",
        help="show what the EXAMPLEs that ran show of their policies, and what is missing",
    )
    group.addoption(
        "--policy-coverage-html",
        metavar="FOLDER",
        help="write a page about the coverage of each policy to FOLDER",
    )
    group.addoption(
        "--policy-coverage-min",
        metavar="PERCENT",
        type=_percent,
        help="fail where the coverage of a policy (MC/DC) is less than PERCENT",
    )


def _percent(typed: str) -> float:
    """A number from 0 to 100."""
    try:
        percent = float(typed)
    except ValueError:
        percent = -1
    if not 0 <= percent <= _MOST_PERCENT:
        msg = f"a number from 0 to 100 is wanted, and this is `{typed}`"
        raise ArgumentTypeError(msg)
    return percent


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark that EXAMPLEs have, and begin to note what is run."""
    config.addinivalue_line("markers", "policy: an EXAMPLE of a policy")
    config.stash[_POLICIES], config.stash[_RAN], config.stash[_TOLD] = {}, set(), []
    if _is_wanted(config):
        config.pluginmanager.register(_Coverage(config), "connectrules-coverage")


def _is_wanted(config: pytest.Config) -> bool:
    """Whether coverage is to be shown."""
    option = config.option
    return bool(
        option.policy_coverage
        or option.policy_coverage_html
        or option.policy_coverage_min is not None
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "PolicyFile | None":
    """Take *file_path* for a policy where it is called like one."""
    if any(file_path.match(each) for each in parent.config.getini("policy_files")):
        return PolicyFile.from_parent(parent, path=file_path)
    return None


# The tests


class PolicyFile(pytest.File):
    """A policy, whose EXAMPLEs are tests."""

    def collect(self) -> "Iterator[Example]":
        """The EXAMPLEs, each under a name of its own; none for declarations alone."""
        policy = self._loaded()
        if policy is None:
            return
        self.config.stash[_POLICIES][self.nodeid] = str(self.path)
        from connectrules.testing.files import names_of  # noqa: PLC0415 - there is a policy

        for place, name in enumerate(names_of(policy)):
            yield Example.from_parent(self, name=name, policy=policy, place=place)

    def _loaded(self) -> "Policy[Any] | None":
        from connectrules.errors import PolicyError  # noqa: PLC0415 - there is a policy
        from connectrules.testing.files import CannotBeTriedError, load  # noqa: PLC0415 - as above

        try:
            return load(self.path, self.config.getini("policy_vocabulary"))
        except (PolicyError, CannotBeTriedError) as error:
            raise self.CollectError(str(error)) from None


class Example(pytest.Item):
    """An EXAMPLE of a policy."""

    def __init__(self, *, policy: "Policy[Any]", place: int, **given: Any) -> None:  # noqa: ANN401
        super().__init__(**given)
        self._policy, self._place = policy, place
        self.add_marker("policy")

    def runtest(self) -> None:
        """See whether it comes out as it should."""
        from connectrules.testing.files import results  # noqa: PLC0415 - there is a policy

        result = results(self._policy)[self._place]
        if not result.passed:
            raise _NotAsExpectedError(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> Any:  # noqa: ANN401
        """What is expected, what came of it, and why; the line it stands on."""
        if isinstance(excinfo.value, _NotAsExpectedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands, lines counted from 0."""
        from connectrules.testing.files import line_of  # noqa: PLC0415 - there is a policy

        return self.path, line_of(self._policy, self._place) - 1, self.name


class _NotAsExpectedError(Exception):
    """An EXAMPLE did not come out as it should."""

    def __init__(self, result: "ExampleResult") -> None:
        from connectrules.render.examples import examples_text  # noqa: PLC0415 - there is a policy

        super().__init__(examples_text([result]))


# Coverage


class _Coverage:
    """Shows what EXAMPLEs show of their policies, once all have run."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note which tests ran."""
        if report.when == "call" and not report.skipped:
            self._config.stash[_RAN].add(report.nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - of xdist
        """Take the policies over that a process of xdist found."""
        self._config.stash[_POLICIES].update(
            getattr(node, "workeroutput", {}).get(_HANDED_OVER, {})
        )

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Measure; a process of xdist hands its policies over instead."""
        stash = self._config.stash
        policies, ran, told = stash[_POLICIES], stash[_RAN], stash[_TOLD]
        if hasattr(self._config, "workerinput"):
            handed: Any = self._config
            handed.workeroutput[_HANDED_OVER] = policies
            return
        if self._config.option.collectonly or not policies:
            return
        from connectrules.testing.covering import covered  # noqa: PLC0415 - there is a policy

        option = self._config.option
        width = self._config.get_terminal_writer().fullwidth
        vocabulary = self._config.getini("policy_vocabulary")
        for each in covered(policies, ran, vocabulary):
            told.append(each.text(width))
            failures = [each.short_of(option.policy_coverage_min)]
            if option.policy_coverage_html:
                try:
                    page = each.write(Path(option.policy_coverage_html))
                    told.append(f"`{page}` is written: open it in a browser")
                except (FileExistsError, NotADirectoryError):
                    folder = option.policy_coverage_html
                    failures.append(
                        f"`{folder}` is no folder: --policy-coverage-html writes a page for each "
                        "policy to a FOLDER"
                    )
                except OSError as error:
                    failures.append(f"`{error.filename}` cannot be written: {error.strerror}")
            for failure in filter(None, failures):
                told.append(f"failed: {failure}")
                if session.exitstatus == pytest.ExitCode.OK:
                    session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell what was measured."""
        told = self._config.stash[_TOLD]
        if told:
            terminalreporter.section("policy coverage")
            terminalreporter.write_line("\n\n".join(told))
