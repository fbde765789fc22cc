"""Sets that hit all obstacles, against all sets there are."""

from random import Random

import pytest

from connectrules.explain.hitting import GivenUp, Search, Tokens, in_order

SIZE = 8


def drawn(seed: int) -> tuple[Tokens, list[int]]:
    """Tokens, of which some need another, and obstacles."""
    draw, tokens = Random(seed), Tokens()  # noqa: S311 - nothing secret
    for number in range(SIZE):
        needs = draw.randrange(number) if number and draw.random() < 0.3 else None
        tokens.add(draw.randint(1, 3), needs)
    return tokens, [draw.randrange(1, 1 << SIZE) for _ in range(draw.randint(2, 7))]


def smallest(tokens: Tokens, obstacles: list[int]) -> set[int]:
    """The sets that hit all, with what their tokens need, of which nothing can be left out."""
    hit = [
        chosen
        for chosen in range(1 << SIZE)
        if all(chosen & each for each in obstacles)
        and all(tokens.closures[n] & ~chosen == 0 for n in range(SIZE) if chosen >> n & 1)
    ]
    return {each for each in hit if not any(other & each == other != each for other in hit)}


def search(tokens: Tokens, obstacles: list[int], steps: int) -> Search:
    """A search for them that hears of obstacles one by one."""

    def examine(chosen: int) -> int | None:
        return next((each for each in obstacles if not each & chosen), None)

    return Search(
        tokens, examine, lambda chosen: examine(chosen) is None, obstacles[:1], 0, (steps, 1)
    )


@pytest.mark.parametrize("seed", range(12))
def test_all_in_their_order(seed: int) -> None:
    """Each is found once, none after one that is heavier."""
    tokens, obstacles = drawn(seed)

    found = [*in_order(search(tokens, obstacles, 100_000))]

    sets = [chosen for chosen, _ in found]
    assert len({*sets}) == len(sets)
    assert {*sets} == smallest(tokens, obstacles)
    assert all(is_lightest for _, is_lightest in found)
    weights = [tokens.weight(each) for each in sets]
    assert weights == sorted(weights)


@pytest.mark.parametrize("steps", [0, 5, 20, 60])
@pytest.mark.parametrize("seed", range(12))
def test_where_it_gives_up(seed: int, steps: int) -> None:
    """What is told then is one of them all the same, once; and no order is promised."""
    tokens, obstacles = drawn(seed)
    wanted = smallest(tokens, obstacles)

    found = [*in_order(search(tokens, obstacles, steps))]

    sets = [chosen for chosen, _ in found]
    assert sets
    assert len({*sets}) == len(sets)
    assert {*sets} <= wanted
    promised = [tokens.weight(chosen) for chosen, is_lightest in found if is_lightest]
    lightest = sorted(map(tokens.weight, wanted))
    assert promised == lightest[: len(promised)]


def test_it_gives_up() -> None:
    """Where the next takes too many steps, that is told whoever asks for an order."""
    tokens, obstacles = drawn(3)

    with pytest.raises(GivenUp):
        [*search(tokens, obstacles, 0)]
