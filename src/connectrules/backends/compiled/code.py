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
class Rails:
    """A truth: an expression for known true, one for known false, and how deep they nest."""

    true: str
    false: str
    depth: int = 0


ALWAYS = Rails("True", "False")
NEVER = Rails("False", "True")
UNKNOWN = Rails("False", "False")


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

    def function(self, name: str, parameter: str) -> Callable[..., Any]:
        """The function of *parameter* whose body the lines are."""
        body = "\n".join(f"    {line}" for line in self.lines)
        text = f"def {name}({parameter}):\n{body}\n"
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
        return Rails(value.false, value.true, value.depth)

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, Rails]], *, exactly: bool = False
    ) -> Rails:
        """True where the known true suffice, false where those not known false don't."""
        if exactly:
            reached, passed = self.at_least(threshold, items), self.at_least(threshold + 1, items)
            return self._joined([(1, reached), (1, self.negate(passed))], 2)
        return self._joined(items, threshold)

    def _joined(self, items: Sequence[tuple[int, Rails]], threshold: int) -> Rails:
        total = sum(weight for weight, _ in items)
        depth = 1 + max((rails.depth for _, rails in items), default=0)
        true = _sum_reaches(threshold, [(weight, rails.true) for weight, rails in items])
        false = _sum_reaches(total - threshold + 1, [(w, rails.false) for w, rails in items])
        if depth > _DEEPEST or len(true) + len(false) > _LONGEST:
            return Rails(self._named(true), self._named(false))
        return Rails(true, false, depth)

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
        return Rails(f"{term.code} is True", f"{term.code} is False")

    def less(self, left: Term, right: Term) -> Rails:
        """By Python's order."""
        return _known(f"{left.code} < {right.code}", f"{left.code} >= {right.code}", left, right)

    def equal(self, left: Term, right: Term) -> Rails:
        """By Python's equality."""
        return _known(f"{left.code} == {right.code}", f"{left.code} != {right.code}", left, right)

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

    def _either(self, call: str, *terms: Term) -> Rails:
        return _known(call, f"not {call}", *terms)


def _known(true: str, false: str, *terms: Term) -> Rails:
    """The rails of a test that is known where all names in *terms* are."""
    names = dict.fromkeys(name for term in terms for name in term.known)
    guards = "".join(f"{name} is not None and " for name in names)
    return Rails(f"({guards}{true})", f"({guards}{false})")


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
