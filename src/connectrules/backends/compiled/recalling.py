"""What was worked out for contacts before, found again by how their tests come out."""

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import Any, Generic, TypeVar

import attrs

from connectrules.backends.compiled.code import Code
from connectrules.backends.compiled.functions import Inputs
from connectrules.backends.compiled.reading import Reader
from connectrules.backends.compiled.ways import Ways, of_assumption, of_tests
from connectrules.rules.tree import Test

T = TypeVar("T")

Key = tuple[Any, ...]
"""All that a verdict hangs on."""

_MOST_WAYS = 65_536
"""Where there are more, a key costs less than so many steps."""


class Memory(Generic[T]):
    """What is known of all contacts of whom the same is known; it holds nothing else of any.

    A key leads there step by step, from list to list, where the lists are few; else it is
    the key of a dict.

    Attributes:
        by_key: The dict.
        first: The list of the first step.
        blank: Where steps lead that were not taken before; it leads to itself.
        odd: Where the step ``ODD`` leads from each of the lists; it leads to itself.
    """

    def __init__(self) -> None:
        self.by_key: dict[Key, T] = {}
        self.first: list[Any] = []
        self.blank: list[Any] = []
        self.odd: list[Any] = []
        self._steps: list[list[Any]] = []
        self._kept = 0

    def __len__(self) -> int:
        """Of how many keys something is known."""
        return self._kept

    def lead(self, by: Sequence[Ways]) -> None:
        """Have steps by these ways lead to what is kept; they are the same each time."""
        if self._steps:
            return
        widest = max(each.count for each in by)
        self.blank[:] = [*widest * [self.blank], self.odd]
        self.odd[:] = [*widest * [self.odd], self.odd]
        steps = [[*each.count * [self.blank], self.odd] for each in by]
        self.first[:] = steps[0]
        self._steps = steps

    def keep(self, key: Key, found: T) -> None:
        """Have *found* be found by *key* from now on."""
        self._kept += 1
        if not self._steps:
            self.by_key[key] = found
            return
        at = self.first
        for step, following in zip(key, self._steps[1:], strict=False):
            if at[step] is self.blank:
                at[step] = [*following]
            at = at[step]
        at[key[-1]] = found

    def clear(self) -> None:
        """Forget all."""
        self._kept = 0
        self.by_key.clear()
        if self._steps:
            self.first[:] = self._steps[0]


def compile_recall(
    tests: Sequence[Test], inputs: Inputs, known: Memory[T], work_out: Callable[..., T]
) -> Callable[[Any], T]:
    """A function from a contact to what is *known* of those of whom the same is known.

    That is how the tests come out, and for each fact that is assumed where it is not
    known, whether it was.

    Args:
        tests: The tests; each speaks of one fact.
        inputs: What it reads.
        known: What was worked out before.
        work_out: What works it out for a contact and, where that is all it hangs on,
            a key to keep it by. It is not where a value does not fit its type,
            somebody was unsure, or it is no record at all: there is no key then.
    """
    code = inputs.code()
    code.constants["work_out"] = work_out
    key, is_known = _Finding(code, inputs, known, "return work_out(c)").add(tests)
    code.lines.append(f"return found if {is_known} else work_out(c, {key})")
    return code.function("recall", "c")


def compile_recall_each(
    tests: Sequence[Test],
    inputs: Inputs,
    known: Memory[T],
    wanted: str,
    work_out: Callable[..., object],
) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """A function that does so for contacts one by one; see `compile_recall`.

    Args:
        tests: The tests; each speaks of one fact.
        inputs: What it reads.
        known: What was worked out before.
        wanted: The attribute that is wanted of what is known.
        work_out: What gives as much for a contact that is not like one before.
    """
    code = inputs.code()
    code.constants["work_out"] = work_out
    finding = _Finding(code, inputs, known, "yield work_out(c); continue")
    key, is_known = finding.add(tests)
    code.lines.append(f"yield found.{wanted} if {is_known} else work_out(c, {key})")
    code.lines = ["for c in contacts:", *(f"    {line}" for line in code.lines)]
    return code.function("recall_each", "contacts", loops=True)


@attrs.frozen
class _Finding:
    """The statements that set ``found`` to what is known of a contact *c*.

    Attributes:
        code: Where they go.
        inputs: What is read.
        known: What was worked out before.
        leave: The statements for a contact that has to be looked at by itself.
    """

    code: Code
    inputs: Inputs
    known: Memory[Any]
    leave: str

    def add(self, tests: Sequence[Test]) -> tuple[str, str]:
        """Add them; expressions for the key to keep it by, and for whether it is known."""
        code, slots = self.code, self.inputs.slots
        code.lines += self.inputs.unless_record(code, self.leave)
        reader = Reader(code, slots, self.leave)
        reader.read_all()
        ways = [*of_tests(map(code.test, tests), code)]
        ways += [of_assumption(f"r{n}") for n, each in enumerate(slots) if each.assumed is not None]
        if not ways or prod(each.count for each in ways) > _MOST_WAYS:
            code.lines += reader.unless_sound(self.leave)
            code.lines.append(f"key = ({''.join(f'{each.key}, ' for each in ways)})")
            code.lines.append("found = by_key(key)")
            code.constants["by_key"] = self.known.by_key.get
            return "key", "found is not None"
        as_found = {f"v{n}" for n, each in enumerate(slots) if each.assumed is None}
        stepped = as_found & {each.yes_no for each in ways if each.yes_no}
        code.lines += reader.unless_sound(self.leave, seen_to=stepped)
        code.lines.append(f"found = first{''.join(f'[{each.number}]' for each in ways)}")
        if stepped:
            code.lines.append(f"if found is odd: {self.leave}")
        self.known.lead(ways)
        code.constants |= {
            "first": self.known.first,
            "blank": self.known.blank,
            "odd": self.known.odd,
        }
        return f"({''.join(f'{each.number}, ' for each in ways)})", "found is not blank"
