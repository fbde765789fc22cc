"""Bit sets over fillings, against lists of truths."""

from hypothesis import given
from hypothesis import strategies as st

from connectrules.exact import bits

_SIZE = 6
_TRUTHS = st.lists(st.booleans(), min_size=_SIZE, max_size=_SIZE)


@given(st.integers(-2, 40), st.lists(st.tuples(st.integers(1, 9), _TRUTHS), max_size=8))
def test_at_least(threshold: int, items: list[tuple[int, list[bool]]]) -> None:
    """The fillings in which the weights of what holds sum up to the threshold."""
    packed = [(weight, bits.packed(truths)) for weight, truths in items]
    sums = [sum(weight for weight, truths in items if truths[place]) for place in range(_SIZE)]

    found = bits.at_least(threshold, packed, bits.full(_SIZE))
    summed = bits.reaching(threshold, bits.sums(packed), bits.full(_SIZE))

    assert found == summed == bits.packed(total >= threshold for total in sums)


@given(st.lists(st.booleans(), min_size=1, max_size=200))
def test_packing(truths: list[bool]) -> None:
    """What is packed comes out again."""
    packed = bits.packed(truths)

    assert [*bits.places(packed)] == [n for n in reversed(range(len(truths))) if truths[n]]
    assert packed & bits.full(len(truths)) == packed
    assert packed.bit_count() == sum(truths)


def test_nothing_packed() -> None:
    """No truths make the empty set."""
    assert bits.packed([]) == bits.full(0) == 0


@given(st.integers(1, 4), st.lists(st.booleans(), min_size=1, max_size=5), st.integers(1, 4))
def test_spread(stride: int, truths: list[bool], repeats: int) -> None:
    """Each digit of a filling's number is one variable's value."""
    base = len(truths)
    size = stride * base * repeats

    assert bits.spread(bits.packed(truths), base, stride, size) == bits.packed(
        truths[place // stride % base] for place in range(size)
    )


@given(
    st.integers(0, 4).flatmap(
        lambda width: st.lists(st.tuples(*[st.booleans()] * width), min_size=1, max_size=9)
    ),
    st.integers(1, 9),
)
def test_distinct(rows: list[tuple[bool, ...]], most: int) -> None:
    """Of rows that are the same the first is left, as long as there are not too many."""
    columns = [bits.packed(column) for column in zip(*rows, strict=True)]
    wanted = [*dict.fromkeys(rows)]

    found, size = bits.distinct(columns, len(rows), most)

    if len(wanted) > most:
        assert (found, size) == ([], 0)
    else:
        assert size == len(wanted)
        assert found == [bits.packed(column) for column in zip(*wanted, strict=True)]
