"""Whatever a text or a file holds, only our own errors come of it.

The same laws guide the fuzzer in fuzz/, whose corpus is tried here, and changed.
"""

import random
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fuzz.targets import TARGETS, contacts, policy
from tests.hostile import EXAMPLES, scaled
from tests.hostile.mutating import garbled, mutated, policies

pytestmark = pytest.mark.once
CORPUS = Path(__file__).parents[2] / "fuzz" / "corpus"
FOUND = {kind: sorted((CORPUS / kind).iterdir()) for kind in TARGETS}
SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize("kind", TARGETS)
def test_the_corpus(kind: str) -> None:
    """What the fuzzer found worth keeping holds the law, as it is and a little changed."""
    chance = random.Random(7)  # noqa: S311 - not for secrets
    assert len(FOUND[kind]) >= 200
    for path in chance.sample(FOUND[kind], min(len(FOUND[kind]), max(100, EXAMPLES))):
        data = path.read_bytes()
        TARGETS[kind](data)
        TARGETS[kind](garbled(data, chance))


@scaled(150)
@given(SEEDS)
def test_policies_with_words_changed(seed: int) -> None:
    """A policy that was right once, a few words or lines later."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    policy(mutated(chance.choice(policies()), chance).encode("utf-8", "surrogatepass"))


@scaled(60)
@given(SEEDS)
def test_policies_with_bytes_changed(seed: int) -> None:
    """A policy that was right once, a few bytes later."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    policy(garbled(chance.choice(policies()).encode(), chance))


@scaled(100)
@given(st.text())
@example("\ud800")
@example("\0")
@example("\r\r\n")
@example("\ufeff\ufeff")
def test_any_text(text: str) -> None:
    """A text of any characters."""
    policy(text.encode("utf-8", "surrogatepass"))


@scaled(100)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """Bytes of any kind, as a policy and as contacts."""
    policy(data)
    contacts(data)
