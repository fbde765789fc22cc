"""What is loaded, and when; each in a process of its own."""

import subprocess
import sys

from connectrules import Contact, Policy
from tests.children import environment

NETWORK = ("socket", "ssl", "urllib.request", "http.client", "asyncio")


def loaded(code: str) -> set[str]:
    """The modules loaded in a new process that ran *code*."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        check=True,
    )
    return set(done.stdout.split())


def test_importing_loads_little() -> None:
    """Neither the parser generator nor the command line's packages, and no network."""
    modules = loaded("import connectrules")

    assert "connectrules.policy" in modules
    assert modules.isdisjoint({"lark", "click", "rich", "importlib.metadata", *NETWORK})
    assert modules.isdisjoint({"connectrules.making", "connectrules.syntax", "connectrules.rules"})


def test_the_parser_is_loaded_with_the_first_policy() -> None:
    """So that a program which only judges tables of decisions does not pay for it."""
    modules = loaded("from connectrules import Policy\nPolicy.parse('is a bot')")

    assert "lark" in modules


def test_judging_needs_no_network() -> None:
    """A policy parsed, a contact judged and a verdict explained: no socket is loaded."""
    modules = loaded(
        "from connectrules import Contact, Policy\n"
        "policy = Policy.parse('is a bot OR followers is at least 500')\n"
        "ada = Contact(key='ada', followers=1000)\n"
        "policy.decide(ada), policy.judge(ada), str(policy.explain(ada))\n"
        "list(policy.judge_all([ada]))"
    )

    assert modules.isdisjoint({*NETWORK, "click", "rich"})


def test_what_is_about_mistakes_is_loaded_where_there_is_one() -> None:
    """A policy without any is read and judges without it."""
    judged = "from connectrules import Contact, Policy\npolicy = Policy.parse('is a bot')\n"
    modules = loaded(judged + "policy.judge(Contact(key='ada'))")

    assert modules.isdisjoint({"connectrules.lint", "connectrules.resolve.unread"})
    assert "connectrules.lint" in loaded(judged + "policy.warnings")


def test_this_process_knows_better() -> None:
    """The policy of the test above decides what one would think."""
    policy = Policy.parse("is a bot OR followers is at least 500")

    assert policy.decide(Contact(key="ada", followers=1000)).value == "connect"


def test_testing_tells_its_names() -> None:
    """Also those that nobody has asked for: nothing is loaded to list them."""
    code = "import connectrules.testing\nfound = {*dir(connectrules.testing)}\n"
    modules = loaded(f"{code}assert found >= {{*connectrules.testing.__all__}}, found")

    assert modules.isdisjoint({"hypothesis", "pytest"})
