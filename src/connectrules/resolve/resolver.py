"""A whole document: declarations, then definitions, rules, assumptions and examples."""

from collections.abc import Iterator
from itertools import accumulate, chain
from typing import Any, TypeVar

from connectrules.diagnostics import Diagnostic
from connectrules.resolve.assumptions import Assumptions
from connectrules.resolve.book import of_phrases
from connectrules.resolve.conditions import Conditions
from connectrules.resolve.declarations import Declarations
from connectrules.resolve.definitions import define
from connectrules.resolve.examples import Examples
from connectrules.resolve.report import Report
from connectrules.resolve.resolved import Declared, Resolved
from connectrules.resolve.rules import DEFAULT, Rules, read_default, read_rules
from connectrules.resolve.scope import Scope
from connectrules.resolve.uses import Loader, Uses
from connectrules.rules.tree import Subject
from connectrules.schema.types import canonical
from connectrules.schema.vocabulary import Vocabulary
from connectrules.source import Source, Span
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake

MOST_CONDITIONS = 10_000
"""How many conditions a policy may have, its definitions spelled out."""

S = TypeVar("S", tree.Title, tree.About, tree.Language)


def resolve(
    document: tree.Document, vocabulary: Vocabulary[Any], loader: Loader | None
) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """What *document* means, and what is wrong with it.

    Args:
        document: The policy's syntax tree.
        vocabulary: The facts and phrases it may speak of.
        loader: What gives the text of a USE path; None where no file may be read.
    """
    source, report = document.source, Report()
    uses = Uses(document, loader, report)
    lines = [*uses.lines()]
    phrases = of_phrases(vocabulary.phrases)
    declarations = Declarations(vocabulary, phrases, report)
    declarations.declare(lines)
    names = declarations.names(partial=uses.is_partial)
    scope = Scope(names, phrases, vocabulary.hidden, report)

    define(declarations.defines, scope)
    rules = read_rules(document, scope)
    default, because, otherwise = read_default(document, scope)
    _check_size(source, rules, report)
    assumptions = Assumptions(scope)
    assumptions.read(lines)
    examples = Examples(Conditions(source, scope), rules)
    found = [
        examples.example(each) for each in document.statements if isinstance(each, tree.Example)
    ]
    title, about = _once(document, tree.Title, report), _once(document, tree.About, report)
    _once(document, tree.Language, report)

    named = scope.tested | examples.named | {*assumptions.assumed}
    unused = chain(_unnamed(declarations, named), _idle(assumptions, scope.tested))
    resolved = Resolved(
        source=source,
        title=title.title.text if title else None,
        about=about.text.text if about else None,
        rules=rules.rules,
        default=default,
        because=because,
        places=_places(rules, otherwise),
        assumed=assumptions.assumed,
        examples=tuple(each for each in found if each is not None),
        vocabulary=vocabulary.declaring(*declarations.declared_facts),
        names=names,
        phrases=phrases,
        used=uses.texts,
        unused=tuple(each for each in unused if each.source is source),
        lists=tuple(scope.lists),
    )
    return resolved, report.diagnostics()


def _once(document: tree.Document, kind: type[S], report: Report) -> S | None:
    """The statement of *kind* in *document*, which has at most one."""
    first: S | None = None
    for statement in document.statements:
        if not isinstance(statement, kind):
            continue
        if first is None:
            first = statement
            continue
        word = document.source.text[statement.span.start : statement.span.end].split()[0]
        message = f"{word} stands here a second time"
        mistake = Mistake(statement.span, "CR201", message, help=("leave one of the two out",))
        report.tell(document.source, mistake)
    return first


def _places(rules: Rules, otherwise: Span | None) -> dict[str, Span]:
    """Where *rules* and the default stand, by what they are called."""
    found = {rule.name: rule.span for rule in rules.rules}
    return found if otherwise is None else {**found, DEFAULT: otherwise}


def _check_size(source: Source, rules: Rules, report: Report) -> None:
    """Report where definitions, spelled out, make too many conditions (CR110)."""
    for rule, total in zip(rules.rules, accumulate(rules.sizes), strict=True):
        if total > MOST_CONDITIONS:
            many = f"{total:,}" if total < 10**12 else "far more than a million million"
            message = (
                f"with its definitions spelled out the policy has {many} conditions by here, "
                f"and {MOST_CONDITIONS:,} is the most"
            )
            hints = ("use fewer definitions of definitions",)
            report.tell(source, Mistake(rule.span, "CR110", message, help=hints))
            return


def _unnamed(declarations: Declarations, named: set[Subject | str]) -> Iterator[Declared]:
    """The declarations that no condition, ASSUME or EXAMPLE speaks of."""
    for said, declared in declarations.declared.items():
        if declarations.facts.get(said) not in named and canonical(declared.name) not in named:
            yield declared


def _idle(assumptions: Assumptions, tested: set[Subject | str]) -> Iterator[Declared]:
    """The ASSUME lines about what no condition tests."""
    return (declared for about, declared in assumptions.lines.items() if about not in tested)
