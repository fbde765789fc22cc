"""Rules that say what not to do."""

import pytest

from connectrules.fixes import mend
from connectrules.policy import check
from connectrules.source import Source

REST = "DECLINE WHEN following is more than 5,000\nOTHERWISE REVIEW\n"
NOT_TO_DO = "a rule says what to do, and not what not to do"
INSTEAD = "write `DECLINE WHEN follows me`, which wins over every CONNECT"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("NEVER CONNECT WHEN follows me", "`NEVER` cannot stand before `CONNECT`"),
        ("Never connect when follows me", "`Never` cannot stand before `connect`"),
        ("never accept if follows me", "`never` cannot stand before `accept`"),
        ("DON'T CONNECT WHEN follows me", "`DON'T` cannot stand before `CONNECT`"),
        ("Don’t connect when follows me", "`Don’t` cannot stand before `connect`"),
        ("DO NOT CONNECT WHEN follows me", "`DO NOT` cannot stand before `CONNECT`"),
        ("NOT CONNECT WHEN follows me", "`NOT` cannot stand before `CONNECT`"),
        ("I never connect when follows me", "`I never` cannot stand before `connect`"),
        ('NEVER CONNECT "a b" WHEN follows me', "`NEVER` cannot stand before `CONNECT`"),
        ("CONNECT NEVER WHEN follows me", "`NEVER` cannot stand after `CONNECT`"),
        ('CONNECT "a b" NEVER WHEN follows me', "`NEVER` cannot stand after `CONNECT`"),
        ("connect never when follows me", "`never` cannot stand after `connect`"),
    ],
)
@pytest.mark.parametrize("before", ["", "CONNECT WHEN met in person\n", 'POLICY "mine"\n'])
def test_a_denied_decision(before: str, line: str, said: str) -> None:
    """It is told by itself, with what to write, and nothing of it is mended."""
    source = Source("a.policy", f"{before}{line}\n{REST}")

    (found,) = check(source)

    assert (found.code, found.message) == ("CR101", f"{said}: {NOT_TO_DO}")
    assert found.start.line == before.count("\n") + 1
    assert found.help == (INSTEAD,)
    assert mend(source, check).source == source


def test_a_decline_that_is_denied() -> None:
    """Where it denies DECLINE, an exception is what was meant."""
    (found,) = check(Source("a.policy", "NEVER DECLINE WHEN follows me\n" + REST))

    assert found.help == (
        "write `UNLESS follows me` in each rule that declines",
        "or, to connect with all of these, `CONNECT WHEN follows me`",
    )


@pytest.mark.parametrize("line", ["ONLY CONNECT WHEN follows me", "Connect only if follows me"])
def test_only(line: str) -> None:
    """What of all others is said by OTHERWISE."""
    (found,) = check(Source("a.policy", f"{line}\n{REST}"))

    assert found.help == (
        "write `CONNECT WHEN follows me`, and `OTHERWISE DECLINE` where that is meant",
    )


def test_a_long_condition_is_not_repeated() -> None:
    """Where it goes over several lines it is left out."""
    text = "NEVER CONNECT WHEN ALL OF\n    - follows me\n    - is a bot\n"

    (found,) = check(Source("a.policy", text + REST))

    assert found.help == ("write `DECLINE WHEN …`, which wins over every CONNECT",)


def test_names_may_begin_so() -> None:
    """What a policy declares is its own."""
    text = (
        "FACT never declines with a smile: yes/no\nCONNECT WHEN\n    never declines with a smile\n"
    )

    assert check(Source("a.policy", text + "OTHERWISE REVIEW\n")) == ()
