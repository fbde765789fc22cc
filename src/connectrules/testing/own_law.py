"""Laws of one's own: the functions that say whether they hold of a phrase."""

import inspect
from collections.abc import Callable, Sequence
from functools import partial

import attrs

from connectrules.reading import words_of
from connectrules.schema.phrase import Hole, Phrase
from connectrules.schema.types import shown
from connectrules.testing.asking import Asked, Literals
from connectrules.testing.lawbook import Finding, Law

Holds = Callable[..., bool]
"""Whether a law holds, of a record and literals."""


@attrs.frozen
class OwnLaw:
    """A law of one's own for one phrase; make one with `own_law`.

    Attributes:
        function: What answers whether it holds.
        is_method: Whether that takes an instance of its class before the record.
    """

    function: Holds
    is_method: bool

    def on(self, instance: object) -> Law:
        """The law as *instance* of its class has it; None where there is no class.

        Raises:
            TypeError: Where it needs an instance and there is none.
        """
        name, holds = self.function.__name__, self.function
        if self.is_method and instance is None:
            msg = f"the law `{name}` takes `self`: call it on an instance of its class"
            raise TypeError(msg)
        if self.is_method:
            holds = partial(holds, instance)
        says = (inspect.getdoc(self.function) or name).partition("\n")[0]
        return Law(name, says.rstrip("."), partial(_seen_broken, name, holds), is_own=True)


def own_law(function: Holds, phrase: Phrase) -> OwnLaw:
    """The law of *phrase* that *function* answers for.

    Raises:
        TypeError: Where it is no function, or takes something else than the phrase does.
    """
    given: object = function
    if not (callable(given) and inspect.isroutine(given)):
        msg = f"a law is a function that answers whether it holds, and `{shown(given)}` is none"
        raise TypeError(msg)
    holes = [part.name for part in phrase.parts if isinstance(part, Hole)]
    signature = _signature(function)
    is_method = _is_method(function, signature, holes)
    if not _takes(signature, holes, 1 + is_method):
        name, takes = function.__name__, ", ".join([*["self"] * is_method, "record", *holes])
        msg = (
            f"the law `{name}` of `{phrase.pattern}` must take a record and what stands in its "
            f"holes: write `def {name}({takes})`"
        )
        raise TypeError(msg)
    return OwnLaw(function, is_method)


def _signature(function: Holds) -> inspect.Signature | None:
    """What *function* takes; None where it does not tell, as some that are built in."""
    try:
        return inspect.signature(function)
    except ValueError:
        return None


def _is_method(function: Holds, signature: inspect.Signature | None, holes: Sequence[str]) -> bool:
    """Whether *function* stands in a class, and takes an instance of it."""
    where = function.__qualname__.rpartition(".")[0]
    is_alone = not where or where.endswith("<locals>") or isinstance(function, staticmethod)
    if is_alone or signature is None:
        return False
    return next(iter(signature.parameters), None) == "self" or not _takes(signature, holes, 1)


def _takes(signature: inspect.Signature | None, holes: Sequence[str], number: int) -> bool:
    """Whether a function takes *number* things, and what stands in *holes* by name."""
    if signature is None:
        return False
    try:
        signature.bind(*[object()] * number, **dict.fromkeys(holes))
    except TypeError:
        return False
    return True


def _seen_broken(
    name: str, holds: Holds, _asked: Asked, record: object, literals: Literals
) -> Finding | None:
    """How the law that *holds* answers for is broken, if it is."""
    try:
        answer: object = holds(record, **literals)
    except AssertionError as error:
        return Finding(record, f"the law raised {words_of(error)}", "")
    if not isinstance(answer, bool):
        msg = f"a law answers True where it holds, else False; `{name}` answered `{answer!r}`"
        raise TypeError(msg)
    return None if answer else Finding(record, "the law answered False", "")
