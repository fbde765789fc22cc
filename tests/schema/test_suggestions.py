"""Did-you-mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules.schema.suggestions import did_you_mean, distance, either, meant, nearest

_NAMES = ("followers", "following", "posts", "bio", "is a bot")


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("followers", "followers", 0),
        ("folowers", "followers", 1),
        ("follwoers", "followers", 1),
        ("followrs", "follower", 2),
        ("kitten", "sitting", 3),
        ("", "abc", 3),
        ("ca", "abc", 3),
    ],
)
def test_distance(one: str, other: str, edits: int) -> None:
    """Letters inserted, deleted or changed, and neighbours swapped, count once each."""
    assert distance(one, other, 5) == distance(other, one, 5) == edits


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(0, 4))
def test_distance_is_given_up(one: str, other: str, most: int) -> None:
    """Past the most that is asked for, it is some number past that."""
    exact, found = distance(one, other, 20), distance(one, other, most)

    assert found == exact if exact <= most else found > most


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("folowers", ("followers",)),
        ("FOLLOWERS", ("followers",)),
        ("bia", ("bio",)),
        ("bia s", ()),
        ("bix x", ()),
        ("post", ("posts",)),
        ("pos", ()),
        ("followers", ()),
    ],
)
def test_nearest(word: str, expected: tuple[str, ...]) -> None:
    """Two edits at most, one for short words, and never the word itself."""
    assert nearest(word, _NAMES) == expected


def test_nearest_first() -> None:
    """The likeliest comes first, ties by name, and no more than asked for."""
    assert nearest("abcde", ["abcdx", "abcdef", "abxyz", "abcxy"]) == ("abcdef", "abcdx", "abcxy")
    assert nearest("abcde", ["abcdx", "abcdef", "abcxy"], most=1) == ("abcdef",)


def test_meant() -> None:
    """The likeliest alone, or none."""
    assert meant("folowers", _NAMES) == "followers"
    assert meant("country", _NAMES) is None


def test_did_you_mean() -> None:
    """One line of help, or none."""
    assert did_you_mean("follower", _NAMES) == ("did you mean `followers`?",)
    assert did_you_mean("abcde", ["abcdx", "abcdef"]) == ("did you mean `abcdef` or `abcdx`?",)
    assert did_you_mean("country", _NAMES) == ()


def test_either() -> None:
    """A choice reads as English."""
    assert [either("abc"[:count]) for count in (1, 2, 3)] == ["a", "a or b", "a, b or c"]
