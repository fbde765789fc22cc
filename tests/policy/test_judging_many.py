"""Judging many contacts: one by one, faults among them, and in as much memory as a few."""

import tracemalloc
from collections.abc import Iterator
from itertools import product

import pytest

from connectrules import Contact, ContactError, Policy

THREE = Policy.parse("would recommend AND met in person AND NOT is a bot")


def people(many: int) -> Iterator[Contact]:
    """So *many* contacts, made one by one; no two are called the same."""
    answers = [*product((True, False, None), repeat=3)]
    for n in range(many):
        recommended, met, is_a_bot = answers[n % len(answers)]
        yield Contact(
            key=f"test:{n}", would_recommend=recommended, met_in_person=met, is_a_bot=is_a_bot
        )


def test_contacts_are_taken_one_by_one() -> None:
    """None is asked for before its verdict is."""
    taken: list[str] = []

    def passing() -> Iterator[Contact]:
        for each in people(9):
            taken.append(each.key)
            yield each

    verdicts = THREE.judge_all(passing())
    assert taken == []

    for n in range(1, 4):
        next(verdicts)
        assert taken == [f"test:{each}" for each in range(n)]


def test_a_fault_is_one_contact_s_own() -> None:
    """It is told in its place, and those after it are judged."""
    faulty = Contact(key="test:odd", would_recommend="maybe", met_in_person=True, is_a_bot=False)  # type: ignore[arg-type]
    good = Contact(key="test:good", would_recommend=True, met_in_person=True, is_a_bot=False)

    first, error, second, again = THREE.judge_all([good, faulty, good, faulty])

    assert first == second == THREE.judge(good)
    assert isinstance(error, ContactError)
    assert isinstance(again, ContactError)
    assert str(error) == str(again)


def test_what_contacts_come_from_may_fail() -> None:
    """What was judged before is there, and the failure is passed on as it is."""

    def failing() -> Iterator[Contact]:
        yield from people(1)
        msg = "the disk is gone"
        raise OSError(msg)

    verdicts = THREE.judge_all(failing())

    assert next(verdicts) == THREE.judge(*people(1))
    with pytest.raises(OSError, match="the disk is gone"):
        next(verdicts)


def test_no_record_is_refused() -> None:
    """A value that is no contact at all is no contact's fault, and stops the judging."""
    with pytest.raises(TypeError, match="this policy judges records of `Contact`"):
        list(THREE.judge_all([*people(1), "ada"]))  # type: ignore[list-item]
    with pytest.raises(TypeError, match="iterable"):
        THREE.judge_all(None)  # type: ignore[arg-type]


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        "would recommend AND met in person AND NOT is a bot",
        " AND ".join(f"followers is not {n}" if n % 2 else f"followers > {n}" for n in range(60)),
    ],
    ids=["by steps", "by a key"],
)
def test_memory_is_flat(text: str) -> None:
    """Thirty thousand contacts take no more than three thousand: none is kept."""
    policy = Policy.parse(text)

    def judged(many: int) -> int:
        tracemalloc.reset_peak()
        start = tracemalloc.get_traced_memory()[0]
        assert sum(1 for _ in policy.judge_all(people(many))) == many
        return tracemalloc.get_traced_memory()[1] - start

    tracemalloc.start()
    try:
        judged(1_000)
        assert judged(30_000) <= judged(3_000) + 3_000
    finally:
        tracemalloc.stop()
