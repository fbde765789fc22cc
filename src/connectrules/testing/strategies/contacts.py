"""Records of a user's own class, at the boundaries of a policy."""

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, overload

from hypothesis.strategies import SearchStrategy

from connectrules.policy import Policy
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.testing.strategies.drawn import share
from connectrules.testing.strategies.noting import noted_example
from connectrules.testing.strategies.pools import pools
from connectrules.testing.strategies.records import Draft
from connectrules.testing.strategies.usual import each_once, usual
from connectrules.testing.tied import Place, Ties

R = TypeVar("R")


@overload
def contacts(
    policy_or_vocabulary: Policy[R],
    *,
    unknown: float = ...,
    unsure: float = ...,
    fixed: Mapping[str, object] | None = ...,
    me: R | None = ...,
    today: datetime.date | None = ...,
) -> SearchStrategy[R]: ...


@overload
def contacts(
    policy_or_vocabulary: Vocabulary[R],
    *,
    unknown: float = ...,
    unsure: float = ...,
    fixed: Mapping[str, object] | None = ...,
    me: R | None = ...,
    today: datetime.date | None = ...,
) -> SearchStrategy[R]: ...


def contacts(
    policy_or_vocabulary: Policy[Any] | Vocabulary[Any],
    *,
    unknown: float = 0.2,
    unsure: float = 0.1,
    fixed: Mapping[str, object] | None = None,
    me: object = None,
    today: datetime.date | None = None,
) -> SearchStrategy[Any]:
    """Records whose values lie around those that a policy compares them with.

    Facts that the policy does not speak of stay unknown; but where it has registered
    phrases, which may look at any, all are drawn. Of a vocabulary all facts are drawn. The
    simplest contact is one of whom nothing is known. Where a test fails, the contact is
    shown as an EXAMPLE, if the policy needs no *me* and *today* or they are given.

    Args:
        policy_or_vocabulary: What the contacts are for.
        unknown: How likely a value is not known, from 0 to 1. A field that cannot be None is
            always known.
        unsure: How likely a value that is not known is `UNSURE`, where it can be.
        fixed: Values by facts' names, or by attributes; or strategies for them.
        me: The owner's record, where the policy speaks of ``my …``; by default values lie
            around those of the owners that `me_and_today` draws.
        today: The day of judging, in the same way.

    Raises:
        TypeError: Where *policy_or_vocabulary* is neither; where something else than these is
            handed over.
        VocabularyError: Where a field that is no fact has neither a default nor a fixed value;
            where a fixed value is for nothing that there is.
        ValueError: Where a share is not from 0 to 1, a fact is fixed twice, or cannot have its
            fixed value; one that a strategy draws is refused when it is drawn.
    """
    share("unknown", unknown)
    share("unsure", unsure)
    if isinstance(policy_or_vocabulary, Policy):
        policy, vocabulary = policy_or_vocabulary, policy_or_vocabulary.vocabulary
        values = pools(policy, me, today).of(vocabulary, policy.facts)
        lacks_me = policy.needs_me and me is None
        lacks_today = policy.needs_today and today is None
        show = None if lacks_me or lacks_today else noted_example(policy, me, today)
    elif isinstance(policy_or_vocabulary, Vocabulary):
        vocabulary, show = policy_or_vocabulary, None
        values = {fact: usual(fact.type) for fact in vocabulary.facts.values()}
    else:
        given = type(policy_or_vocabulary).__name__
        msg = f"contacts are drawn for a policy or a vocabulary, and a `{given}` is neither"
        raise TypeError(msg)
    draft = Draft(vocabulary)
    draft.fix({} if fixed is None else fixed)
    if isinstance(policy_or_vocabulary, Policy):
        values = _beside_fixed(values, draft.constants(), policy_or_vocabulary)
    draft.fill(values, unknown, unsure)
    return draft.strategy().map(show) if show else draft.strategy()


def _beside_fixed(
    values: Mapping[Fact, tuple[object, ...]],
    constants: Mapping[Fact, object],
    policy: Policy[Any],
) -> dict[Fact, tuple[object, ...]]:
    """*values*, and beside them those near *constants* that *policy* compares a fact with."""
    ties = Ties(policy._binding.tests)  # noqa: SLF001 - one library, and nobody else's business
    known = {Place(fact.key): value for fact, value in constants.items()}
    return {
        fact: each_once((*found, *ties.values(Place(fact.key), known)))
        for fact, found in values.items()
    }
