"""What may be possible for some owner on some day: what is not in these domains cannot be."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from connectrules.exact.variables import BoundRule, Variables
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Subject, Test, mentions, tallied
from connectrules.schema.types import CountType, Number
from connectrules.testing.domains import Domain, Domains
from connectrules.testing.domains import together as joined
from connectrules.testing.lying import Compared, Pair, columns_of, compared_by
from connectrules.testing.timed import timed
from connectrules.testing.values import DAY
from connectrules.verdict import Decision


def possible(rules: Sequence[BoundRule], default: Decision) -> Domains:
    """Domains without values for the facts of *rules*, whoever the owner is and on whatever day.

    More may be possible in them than is, and never less. Comparisons of facts with one
    another, and with the owner's, are looked at together where they are few. Tests of a
    fact that come out together otherwise on another day are taken to be independent.
    """
    of = Variables(rules, default, Context({}, DAY))
    tests = [test for test, _ in tallied([each.condition for each in rules])]
    free = timed(tests)
    number = dict(of.number)
    told: dict[object, int] = {}
    for test in tests:
        if not free.isdisjoint(mentions(test)):
            said = test.operator.name, test.operands
            number[id(test)] = told.setdefault(said, len(of.tests) + len(told))
    together = [*_together(of, free)]
    taken = {number for each in together for number in each.columns}
    made = [*together, *_of_facts(of, free, taken), *map(_either, told.values())]
    return joined(number, made)


def _either(number: int) -> Domain:
    """A test that can hold and fail, whatever others do."""
    return Domain((), ((),) * 2, {number: 0b10}, complete=True)


def _of_facts(of: Variables, free: frozenset[object], taken: Collection[int]) -> Iterator[Domain]:
    """How the tests of each fact come out together, but those that are *taken*."""
    for variable in of.variables:
        left = tuple(each for each in variable.tests if each not in taken)
        if variable.subject in free or not left:
            continue
        if variable.subject is None:
            yield from (_either(each) for each in left if not _is_free(of.tests[each], free))
            continue
        known = of.cells(variable, left)
        if known.size:
            columns = dict(zip(left, known.columns, strict=True))
            yield Domain((), ((),) * known.size, columns, complete=True)
        else:
            yield from map(_either, left)


def _is_free(test: Test, free: frozenset[object]) -> bool:
    return not free.isdisjoint(mentions(test))


def _together(of: Variables, free: frozenset[object]) -> Iterator[Domain]:
    """How tests come out together that compare facts with one another, and with numbers."""
    groups: list[_Group] = []
    for number, compared in _compared(of, free):
        touched = [each for each in groups if each.subjects & compared.subjects]
        groups = [each for each in groups if each not in touched]
        groups.append(_Group.of([*touched, _Group({number: compared})]))
    for group in groups:
        if any(of.variables[of.variable_of[number]].subject is None for number in group.tests):
            yield from group.domains(of)


def _compared(of: Variables, free: frozenset[object]) -> Iterator[tuple[int, Compared]]:
    for number, test in enumerate(of.tests):
        subject = of.variables[of.variable_of[number]].subject
        if _is_free(test, free) or not (
            subject is None or isinstance(subject.type, CountType | Number)
        ):
            continue
        compared = compared_by(test)
        if compared is not None:
            yield number, compared


@attrs.frozen(eq=False)
class _Group:
    """Tests that hang together by the facts that they compare.

    Attributes:
        tests: The tests, by their number.
    """

    tests: Mapping[int, Compared]

    @classmethod
    def of(cls, groups: Iterable["_Group"]) -> "_Group":
        """*groups* as one."""
        return cls({number: test for each in groups for number, test in each.tests.items()})

    @property
    def subjects(self) -> frozenset[Subject]:
        """The facts."""
        return frozenset[Subject]().union(*(each.subjects for each in self.tests.values()))

    def domains(self, of: Variables) -> Iterator[Domain]:
        """How they come out together; those of the same two terms, where all are too many."""
        found = _domain(self.tests)
        if found is not None:
            yield found
            return
        alike: dict[tuple[Pair, ...], dict[int, Compared]] = {}
        for number, test in self.tests.items():
            if of.variables[of.variable_of[number]].subject is None:
                alike.setdefault(test.pairs, {})[number] = test
        for tests in alike.values():
            yield from filter(None, [_domain(tests)])


def _domain(tests: Mapping[int, Compared]) -> Domain | None:
    found = columns_of([*tests.values()])
    if found is None:
        return None
    columns, size = found
    return Domain((), ((),) * size, dict(zip(tests, columns, strict=True)), complete=True)
