"""Limits, and what lies just below them."""

from collections.abc import Callable

import pytest

from connectrules import Contact, Decision, Policy, PolicyError

BELOW: dict[str, Callable[[], str]] = {
    "64 brackets": lambda: "(" * 64 + "is a bot" + ")" * 64,
    "64 lists": lambda: nested(64),
    "1,000 items": lambda: listed(1_000),
    "10,000 characters in a text": lambda: f'headline is "{"x" * 10_000}"',
    "10,000 conditions": lambda: " AND ".join(["is a bot"] * 10_000),
    "1 MiB": lambda: padded(2**20),
}
ABOVE: dict[str, Callable[[], str]] = {
    "65 brackets": lambda: "(" * 65 + "is a bot" + ")" * 65,
    "65 lists": lambda: nested(65),
    "100,000 brackets": lambda: "(" * 100_000 + "is a bot" + ")" * 100_000,
    "1,001 items": lambda: listed(1_001),
    "10,001 characters in a text": lambda: f'headline is "{"x" * 10_001}"',
    "10,001 conditions": lambda: " AND ".join(["is a bot"] * 10_001),
    "1 MiB and a byte": lambda: padded(2**20 + 1),
    "1 MiB of letters of two bytes": lambda: f'headline is "é"\n# {"é" * 2**19}',
}


def nested(depth: int) -> str:
    """A list in a list, *depth* times."""
    return "ANY OF (" * depth + "is a bot" + ")" * depth


def listed(count: int) -> str:
    """A list of *count* items."""
    return f"ANY OF ({'; '.join(f'followers is {n}' for n in range(count))})"


def padded(size: int) -> str:
    """A condition and a comment, *size* bytes in all."""
    start = "is a bot\n# "
    return start + "x" * (size - len(start))


@pytest.mark.once
@pytest.mark.parametrize("name", BELOW)
def test_a_policy_up_to_the_limit_is_judged(name: str) -> None:
    """It works like any other."""
    policy = Policy.parse(BELOW[name]())

    assert policy.decide(Contact(key="a", is_a_bot=False, followers=0, headline="")) in {
        Decision.CONNECT,
        Decision.DECLINE,
    }


@pytest.mark.parametrize("name", ABOVE)
def test_a_policy_past_the_limit_is_refused(name: str) -> None:
    """It gets one error, which names the limit."""
    with pytest.raises(PolicyError) as refusal:
        Policy.parse(ABOVE[name]())

    assert [each.code for each in refusal.value.diagnostics] == ["CR110"]


def chain(depth: int) -> dict[str, str]:
    """Files that use each other, *depth* deep."""
    files = {f"{n}.policy": f'USE "{n + 1}.policy"' for n in range(1, depth)}
    return {**files, f"{depth}.policy": "FACT likes tea: yes/no"}


def test_use_up_to_the_limit() -> None:
    """Sixteen files deep is deep enough."""
    policy = Policy.parse(
        'USE "1.policy"\nCONNECT WHEN likes tea\nOTHERWISE DECLINE\n',
        loader=chain(16).__getitem__,
    )

    assert policy.decide(Contact(key="a", other={"likes tea": True})) is Decision.CONNECT


def test_use_past_the_limit() -> None:
    """Seventeen files deep is refused."""
    with pytest.raises(PolicyError) as refusal:
        Policy.parse(
            'USE "1.policy"\nCONNECT WHEN is a bot\nOTHERWISE DECLINE\n',
            loader=chain(17).__getitem__,
        )

    assert [each.code for each in refusal.value.diagnostics] == ["CR110"]
