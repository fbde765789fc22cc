"""One contact at a time: conditions as generated Python.

Each node becomes two expressions in "dual rail" form, one that is true where the
node is known to hold and one where it is known not to; an unknown fact makes both
false. The code holds names it made up and no text of the policy: constants and
functions are passed in beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from connectrules.rules.meaning import Context, meaning
from connectrules.rules.parts import mentioned
from connectrules.rules.tree import Condition, Literal, Subject, Test, fold

_LONGEST = 4_000
"""A rail of more characters gets a statement of its own, and so does ..."""
_DEEPEST = 24
"""... one nested deeper: CPython refuses expressions nested 200 deep."""


@attrs.frozen
class Term:
    """A value.

    Attributes:
        code: An expression for it.
        known: The names that must not be None for it to be known.
    """

    code: str
    known: tuple[str, ...] = ()


@attrs.frozen
class Asked:
    """What is asked of a value by comparing it with constants.

    Attributes:
        how: Whether it is ``equal`` to one of them, or ``less`` or ``more`` than the one.
        value: An expression for the value.
        names: The constants' names.
    """

    how: str
    value: str
    names: tuple[str, ...]


@attrs.frozen
class Rails:
    """A truth.

    Attributes:
        yes: An expression that is true where it is known to hold ...
        no: ... and one that is true where it is known not to, both where all of
            *known* are known.
        depth: How deep they nest.
        known: The names that must not be None; None itself where each rail sees to
            that for its own facts.
        outcome: An expression for True, False, or None where it is not known.
        asked: What is asked, where that is all: it comes out alike wherever that does,
            and where it is ``equal`` it holds just then.
        sure: Expressions that are all true where it is known to hold, to be looked at
            only where it is not known not to; None where *known* says as much.
    """

    yes: str
    no: str
    depth: int = 0
    known: tuple[str, ...] | None = ()
    outcome: str | None = None
    asked: Asked | None = None
    sure: tuple[str, ...] | None = None

    @property
    def true(self) -> str:
        """An expression that is true where it is known to hold."""
        return self._guarded(self.yes)

    @property
    def false(self) -> str:
        """An expression that is true where it is known not to."""
        return self._guarded(self.no)

    @property
    def otherwise_sure(self) -> tuple[str, ...]:
        """Expressions that are all true where it holds, if it is not known not to."""
        if self.sure is not None:
            return self.sure
        return tuple(f"{name} is not None" for name in self.known) if self.known else (self.yes,)

    def _guarded(self, rail: str) -> str:
        return f"({_are_known(self.known)} and {rail})" if self.known else rail

    @property
    def truth(self) -> str:
        """An expression for True, False, or None where it is not known."""
        if self.outcome is not None:
            return self.outcome
        if self.known is None:
            return f"True if {self.yes} else False if {self.no} else None"
        return f"{self.yes} if {_are_known(self.known)} else None" if self.known else self.yes


def _are_known(names: Sequence[str]) -> str:
    return " and ".join(f"{name} is not None" for name in names)


ALWAYS = Rails("True", "False")
NEVER = Rails("False", "True")
UNKNOWN = Rails("False", "False", known=None)


class Code:
    """Statements of one function, and the algebra that writes them.

    Args:
        names: The variable that holds each fact's value, None where unknown.
        context: The owner's facts and the day.
    """

    def __init__(self, names: Mapping[Subject, str], context: Context) -> None:
        self.names, self.context = names, context
        self.lines: list[str] = []
        self.constants: dict[str, object] = {"mentioned": mentioned}
        self._constant_names: dict[tuple[type, object], str] = {}
        self._temporaries = 0

    def constant(self, value: object) -> str:
        """The name *value* is passed in under."""
        key = (type(value), value) if isinstance(value, (str, int, float)) else (object, id(value))
        if key not in self._constant_names:
            name = f"k{len(self._constant_names)}"
            self._constant_names[key] = name
            self.constants[name] = value
        return self._constant_names[key]

    def function(self, name: str, parameter: str, *, loops: bool = False) -> Callable[..., Any]:
        """The function of *parameter* whose body the lines are.

        What *loops* takes its constants as parameters: they are nearest to Python there,
        and handed over but once.
        """
        body = "\n".join(f"    {line}" for line in self.lines)
        fixed = [f"{each}={each}" for each in self.constants] if loops else []
        text = f"def {name}({', '.join([parameter, *fixed])}):\n{body}\n"
        scope = dict(self.constants)
        exec(compile(text, f"<connectrules {name}>", "exec"), scope)  # noqa: S102 - our own code
        made: Callable[..., Any] = scope[name]  # type: ignore[assignment]
        return made

    def rails(self, condition: Condition, values: dict[int, Rails]) -> Rails:
        """The rails of *condition*; *values* keeps those of its nodes."""
        return fold(condition, self, values=values)

    # How truths join

    def test(self, test: Test) -> Rails:
        """The rails of one test."""
        return meaning(test, self, self.context) or UNKNOWN

    def negate(self, value: Rails) -> Rails:
        """True where *value* is false."""
        asked = value.asked if value.asked and value.asked.how != "equal" else None
        return Rails(value.no, value.yes, value.depth, value.known, asked=asked)

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, Rails]], *, exactly: bool = False
    ) -> Rails:
        """True where the known true suffice, false where those not known false don't."""
        if exactly:
            reached, passed = self.at_least(threshold, items), self.at_least(threshold + 1, items)
            return self._joined([(1, reached), (1, self.negate(passed))], 2)
        if threshold == 1:
            return self._choice(items) or self._joined(items, threshold)
        return self._joined(items, threshold)

    def _choice(self, items: Sequence[tuple[int, Rails]]) -> Rails | None:
        """Whether a value is among several constants, where that is what *items* ask."""
        asked = [each.asked for _, each in items if each.asked and each.asked.how == "equal"]
        if len(items) == 1 or len(asked) < len(items) or len({each.value for each in asked}) != 1:
            return None
        value, names = asked[0].value, tuple(name for each in asked for name in each.names)
        among = self.constant(frozenset(map(self.constants.get, names)))
        return Rails(
            f"{value} in {among}",
            f"{value} not in {among}",
            known=items[0][1].known,
            asked=Asked("equal", value, names),
        )

    def _joined(self, items: Sequence[tuple[int, Rails]], threshold: int) -> Rails:
        total = sum(weight for weight, _ in items)
        depth = 1 + max((rails.depth for _, rails in items), default=0)
        known = items[0][1].known if len({rails.known for _, rails in items}) == 1 else None
        alike = known is not None and depth <= _DEEPEST
        true = [(weight, rails.yes if alike else rails.true) for weight, rails in items]
        false = [(weight, rails.no if alike else rails.false) for weight, rails in items]
        yes, no = _sum_reaches(threshold, true), _sum_reaches(total - threshold + 1, false)
        if {yes, no} == {"True", "False"}:
            return Rails(yes, no)
        if depth > _DEEPEST:
            return Rails(self._named(yes), self._named(no), known=None)
        joined = Rails(yes, no, depth, known)
        if threshold == total and joined.known is None:
            sure = (each for _, rails in items for each in rails.otherwise_sure)
            joined = attrs.evolve(joined, sure=tuple(dict.fromkeys(sure)))
        if len(yes) + len(no) > _LONGEST:
            return Rails(self._named(joined.true), self._named(joined.false), known=None)
        return joined

    def _named(self, expression: str) -> str:
        if expression.isidentifier():
            return expression
        name = f"t{self._temporaries}"
        self._temporaries += 1
        self.lines.append(f"{name} = {expression}")
        return name

    # Values

    def fact(self, subject: Subject) -> Term:
        """The variable that holds it."""
        name = self.names[subject]
        return Term(name, (name,))

    def literal(self, literal: Literal) -> Term:
        """The constant it is passed in as."""
        return Term(self.constant(literal.value))

    def scaled(self, factor: float, term: Term) -> Term:
        """A product of doubles."""
        return Term(f"({self.constant(factor)} * {term.code})", term.known)

    def length(self, term: Term) -> Term:
        """The size of the set that a list is."""
        return Term(f"len({term.code})", term.known)

    # Tests

    def holds(self, term: Term) -> Rails:
        """Whether it is True itself, or False itself."""
        code = term.code
        return Rails(f"{code} is True", f"{code} is False", known=None, outcome=code)

    def less(self, left: Term, right: Term) -> Rails:
        """By Python's order."""
        truth = _known(f"{left.code} < {right.code}", f"{left.code} >= {right.code}", left, right)
        return self._asking(truth, ("less", left, right), ("more", right, left))

    def equal(self, left: Term, right: Term) -> Rails:
        """By Python's equality."""
        truth = _known(f"{left.code} == {right.code}", f"{left.code} != {right.code}", left, right)
        return self._asking(truth, ("equal", left, right))

    def contains(self, text: Term, part: Term) -> Rails:
        """By `in`."""
        return _known(f"{part.code} in {text.code}", f"{part.code} not in {text.code}", text, part)

    def mentions(self, text: Term, part: Term) -> Rails:
        """By a search for the part with no letter or digit beside it."""
        return self._either(f"mentioned({text.code}, {part.code})", text, part)

    def starts(self, text: Term, part: Term) -> Rails:
        """By `str.startswith`."""
        return self._either(f"{text.code}.startswith({part.code})", text, part)

    def ends(self, text: Term, part: Term) -> Rails:
        """By `str.endswith`."""
        return self._either(f"{text.code}.endswith({part.code})", text, part)

    def member(self, item: Term, texts: Term) -> Rails:
        """By `in`, of the set that a list is."""
        return _known(
            f"{item.code} in {texts.code}", f"{item.code} not in {texts.code}", item, texts
        )

    def _asking(self, truth: Rails, *ways: tuple[str, Term, Term]) -> Rails:
        """*truth* with what it asks, where it compares a value with a constant."""
        for how, value, other in ways:
            if other.code in self.constants and value.code not in self.constants:
                return attrs.evolve(truth, asked=Asked(how, value.code, (other.code,)))
        return truth

    def _either(self, call: str, *terms: Term) -> Rails:
        return _known(call, f"not {call}", *terms)


def _known(yes: str, no: str, *terms: Term) -> Rails:
    """The rails of a test that is known where all names in *terms* are."""
    return Rails(
        f"({yes})", f"({no})", known=tuple(dict.fromkeys(n for term in terms for n in term.known))
    )


def _sum_reaches(threshold: int, items: Sequence[tuple[int, str]]) -> str:
    """An expression that is true where the weights of the true *items* reach *threshold*."""
    sure = sum(weight for weight, code in items if code == "True")
    open_items = [(weight, code) for weight, code in items if code not in {"True", "False"}]
    threshold -= sure
    total = sum(weight for weight, _ in open_items)
    if threshold <= 0:
        return "True"
    if threshold > total:
        return "False"
    if len(open_items) == 1:
        return open_items[0][1]
    least = min(weight for weight, _ in open_items)
    if threshold <= least:
        return f"({' or '.join(code for _, code in open_items)})"
    if threshold > total - least:
        return f"({' and '.join(code for _, code in open_items)})"
    terms = ", ".join(
        code if weight == 1 else f"{weight} * ({code})" for weight, code in open_items
    )
    return f"(sum(({terms})) >= {threshold})"
