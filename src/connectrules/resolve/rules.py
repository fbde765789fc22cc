"""Rules and the default: CONNECT, DECLINE, REVIEW and OTHERWISE."""

import re
from collections.abc import Iterator, Sequence

import attrs

from connectrules.resolve.conditions import Conditions
from connectrules.resolve.resolved import BARE, ResolvedRule
from connectrules.resolve.scope import Scope
from connectrules.rules.tree import Condition, Not, all_of
from connectrules.schema.types import canonical
from connectrules.source import Source, Span
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake
from connectrules.verdict import Decision

DEFAULT = "otherwise"
"""What the default is called among the rules."""

_TAKEN = re.compile(r"otherwise|policy|(?:connect|decline|review) [0-9]+")
_DECISIONS = frozenset({"CONNECT", "DECLINE", "REVIEW"})


@attrs.frozen
class Rules:
    """The rules of a policy.

    Attributes:
        rules: Those without mistakes.
        sizes: How many sentences each of them has, definitions spelled out.
        names: What all are called, by their name as names are compared, and the
            default with them.
    """

    rules: tuple[ResolvedRule, ...]
    sizes: tuple[int, ...]
    names: dict[str, str]


def read_rules(document: tree.Document, scope: Scope) -> Rules:
    """The rules of *document*."""
    if document.bare is not None:
        conditions = Conditions(document.source, scope)
        condition = conditions.condition(document.bare)
        bare = [] if condition is None else [_bare_rule(condition, document.bare.span)]
        return Rules(tuple(bare), (conditions.size,) * len(bare), {})
    names: dict[str, str] = {DEFAULT: DEFAULT}
    rules, sizes = [], []
    for statement, name in _named(document.statements):
        if isinstance(statement, tree.Rule) and statement.name is not None:
            try:
                _check_name(statement.name, names)
            except Mistake as mistake:
                scope.report.tell(document.source, mistake)
        names.setdefault(canonical(name), name)
        conditions = Conditions(document.source, scope)
        condition = _condition(conditions, statement) if isinstance(statement, tree.Rule) else None
        if isinstance(statement, tree.Rule) and condition is not None:
            because = statement.because.text if statement.because else None
            rules.append(ResolvedRule(name, statement.decision, because, condition, statement.span))
            sizes.append(conditions.size)
    return Rules(tuple(rules), tuple(sizes), names)


def _bare_rule(condition: Condition, span: Span) -> ResolvedRule:
    return ResolvedRule(BARE, Decision.CONNECT, None, condition, span)


def _named(
    statements: Sequence[tree.Statement],
) -> Iterator[tuple[tree.Rule | tree.Broken, str]]:
    """The rules, faulty ones too, and what they are called."""
    counts = dict.fromkeys(Decision, 0)
    for statement in statements:
        match statement:
            case tree.Rule(decision=decision, name=quoted):
                given = quoted.text if quoted else None
            case tree.Broken(word=str() as word, name=sentence) if word in _DECISIONS:
                decision = Decision(word.lower())
                given = str(sentence.tokens[0].value) if sentence else None
            case _:
                continue
        counts[decision] += 1
        yield statement, given or f"{decision.value} {counts[decision]}"


def _condition(conditions: Conditions, rule: tree.Rule) -> Condition | None:
    when = conditions.condition(rule.condition)
    if rule.unless is None:
        return when
    unless = conditions.condition(rule.unless)
    return None if when is None or unless is None else all_of(when, Not(unless))


def _check_name(name: tree.Quoted, names: dict[str, str]) -> None:
    """See that a rule may be called *name*, beside rules called *names*.

    Raises:
        Mistake: CR201 where it may not.
    """
    said = canonical(name.text)
    if _TAKEN.fullmatch(said):
        message = f"`{name.text}` is a name that rules without one, or the default, get"
        raise Mistake(name.span, "CR201", message, help=("give the rule another name",))
    if said in names:
        message = f"a rule is called `{names[said]}` already"
        hint = "give one of the two another name, or leave one out if they are alike"
        raise Mistake(name.span, "CR201", message, help=(hint,))


def read_default(
    document: tree.Document, scope: Scope
) -> tuple[Decision | None, str | None, Span | None]:
    """What OTHERWISE decides, why, and where it stands; nothing for a library of declarations."""
    if document.bare is not None:
        return Decision.DECLINE, None, None
    found = [each for each in document.statements if _is_default(each)]
    for more in found[1:]:
        mistake = Mistake(
            more.span,
            "CR204",
            "there is more than one OTHERWISE, and a policy has just one",
            help=("leave all but one out",),
        )
        scope.report.tell(document.source, mistake)
    match found:
        case [tree.Otherwise(decision, because, span), *_]:
            return decision, because.text if because else None, span
        case [_, *_]:
            return Decision.DECLINE, None, None
        case _ if _lacks_default(document.statements):
            scope.report.tell(document.source, _missing(document.source))
    return None, None, None


def _is_default(statement: tree.Statement) -> bool:
    match statement:
        case tree.Otherwise() | tree.Broken(word="OTHERWISE"):
            return True
        case _:
            return False


def _lacks_default(statements: Sequence[tree.Statement]) -> bool:
    """Whether there are rules or examples, and nothing that may have been meant as the default."""
    judges = False
    for statement in statements:
        match statement:
            case tree.Broken(word=None):
                return False
            case tree.Rule() | tree.Example():
                judges = True
            case tree.Broken(word=word):
                judges = judges or word in _DECISIONS | {"EXAMPLE"}
            case _:
                pass
    return judges


def _missing(source: Source) -> Mistake:
    end = len(source.text)
    return Mistake(
        Span(end, end),
        "CR204",
        "there is no OTHERWISE, which says what to do where no rule applies",
        help=("add the line `OTHERWISE DECLINE`",),
    )
