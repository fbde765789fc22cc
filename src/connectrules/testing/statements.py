"""What a law says of a policy, written as a rule in the policy's own words."""

import re
from typing import Any

import attrs

from connectrules.binding import Binding
from connectrules.errors import PolicyError
from connectrules.policy import Policy
from connectrules.resolve.report import Report
from connectrules.resolve.resolved import Resolved
from connectrules.resolve.rules import read_rules
from connectrules.resolve.scope import Scope
from connectrules.schema.types import shown
from connectrules.source import Source
from connectrules.syntax import tree
from connectrules.syntax.parser import parse
from connectrules.testing.given import check_policy
from connectrules.verdict import Decision

_UNDECIDED = re.compile(r"\s*UNDECIDED\b", re.IGNORECASE)


@attrs.frozen
class Statement:
    """A decision, and whom it is about.

    Attributes:
        text: What was written, on one line.
        decision: The decision.
        about: A policy that connects with those it is about, and assumes nothing.
        both: The rules of the policy that it is said of, and of *about*: their tests give the
            values to look at.
    """

    text: str
    decision: Decision
    about: Policy[Any]
    both: Policy[Any]


def statement(policy: Policy[Any], text: str) -> Statement:
    """What *text*, such as ``DECLINE WHEN is a bot``, says of *policy*.

    The policy's own FACT, ASK and DEFINE lines hold in it; ASSUME lines do not.

    Raises:
        TypeError: Where it is no text, or *policy* no policy.
        PolicyError: Where it has mistakes.
        ValueError: Where it is no rule, or more than one.
    """
    check_policy(policy)
    if not isinstance(text, str):
        msg = f"a law is a text, such as `DECLINE WHEN is a bot`, and `{shown(text)}` is none"
        raise TypeError(msg)
    if _UNDECIDED.match(text):
        msg = (
            f"`{_line(text)}` is no law: UNDECIDED says that facts are missing, and a law says "
            "CONNECT, REVIEW or DECLINE"
        )
        raise ValueError(msg)
    source = Source("the law", text)
    document, mistakes = parse(source)
    if mistakes:
        raise PolicyError(mistakes)
    match document.statements:
        case (tree.Rule(),):
            pass
        case _:
            msg = (
                f"a law is said as one rule, such as `DECLINE WHEN is a bot`, and `{_line(text)}` "
                "is none"
            )
            raise ValueError(msg)
    resolved = policy._binding.resolved  # noqa: SLF001 - one library, and nobody else's business
    report = Report()
    scope = Scope(resolved.names, resolved.phrases, resolved.vocabulary.hidden, report)
    rules = read_rules(document, scope).rules
    if report.diagnostics():
        raise PolicyError(report.diagnostics())
    (rule,) = rules
    about = attrs.evolve(rule, decision=Decision.CONNECT)
    alone = attrs.evolve(resolved, source=source, rules=(about,), assumed={}, examples=())
    both = attrs.evolve(resolved, rules=(*resolved.rules, about), examples=())
    return Statement(_line(text), rule.decision, _policy(policy, alone), _policy(policy, both))


def _line(text: str) -> str:
    return " ".join(text.split())


def _policy(policy: Policy[Any], resolved: Resolved) -> Policy[Any]:
    """A policy with the vocabulary of *policy* that says what *resolved* says."""
    binding = Binding(resolved, Decision.DECLINE, policy.base)
    return Policy(resolved.source, policy.base, policy.used, binding, binding.plainly)
