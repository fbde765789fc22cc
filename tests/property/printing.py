"""The tests' own policies as policy text."""

import datetime
from collections.abc import Collection, Iterator, Mapping

from tests.property.model import (
    Ago,
    Among,
    Between,
    Compare,
    Condition,
    Defined,
    Fact,
    Includes,
    Is,
    Join,
    Kind,
    Mine,
    Multiple,
    Not,
    Part,
    Points,
    Quantified,
    Rules,
    Said,
    Sentence,
    Size,
    When,
    parts,
)


def policy_text(rules: Rules, fields: Collection[str] = ()) -> str:
    """*rules* as a file; facts named in *fields* need no declaration."""
    return "\n".join((*declarations(rules, fields), *statements(rules))) + "\n"


def declarations(rules: Rules, fields: Collection[str] = ()) -> Iterator[str]:
    """The FACT, ASK, ASSUME and DEFINE lines that *rules* need."""
    facts = dict.fromkeys((*rules.facts(), *rules.mine(), *(fact for fact, _ in rules.assumes)))
    for fact in facts:
        if fact.name in fields or fact.kind is Kind.PHRASE:
            continue
        if fact.name.startswith("would "):
            yield f'ASK {fact.name}: "{fact.name.capitalize()}?"'
        else:
            choices = f" {_texts(fact.choices, 'plain')}" if fact.choices else ""
            yield f"FACT {fact.name}: {fact.kind.value}{choices}"
    for fact, value in rules.assumes:
        yield f"ASSUME {fact.name}: {_value(value)}"
    defined: dict[str, Condition] = {}
    for rule in rules.rules:
        defined |= dict(_definitions(rule.whole))
    for name, condition in defined.items():
        yield f"DEFINE {name} AS {said(condition)}"


def statements(rules: Rules) -> Iterator[str]:
    """The rules and the default, a statement each."""
    for rule in rules.rules:
        name = f' "{rule.name}"' if rule.name else ""
        unless = f"\nUNLESS {_top(rule.unless)}" if rule.unless is not None else ""
        reason = f'\nBECAUSE "{because(rule.name)}"' if rule.name else ""
        yield f"{rule.decision.upper()}{name} WHEN {_top(rule.condition)}{unless}{reason}"
    yield f"OTHERWISE {rules.otherwise.upper()}"


def because(name: str) -> str:
    """The reason that a rule so named gives."""
    return f"that is what {name} is for"


def _definitions(condition: Condition) -> Iterator[tuple[str, Condition]]:
    for each in parts(condition):
        yield from _definitions(each)
    match condition:
        case Defined(name, inner):
            yield name, inner
        case _:
            pass


def _top(condition: Condition, indent: str = "  ") -> str:
    """*condition* where a list may be a block."""
    match condition:
        case Quantified(block=True, items=items):
            lines = [_top(each, f"{indent}  ") for each in items]
        case Points(block=True, items=weighted):
            lines = [f"{weight} FOR {_top(each, f'{indent}  ')}" for weight, each in weighted]
        case _:
            return said(condition)
    return _quantifier(condition) + "".join(f"\n{indent}- {line}" for line in lines)


def _quantifier(condition: Quantified | Points) -> str:
    match condition:
        case Points(number=number):
            return f"AT LEAST {number} POINTS FROM"
        case Quantified(("ALL" | "ANY" | "NONE") as words):
            return f"{words} OF"
        case Quantified(words, number):
            return f"{words} {number} OF"


def said(condition: Condition) -> str:
    """*condition* on one line."""
    match condition:
        case Not(Not() | Join() | Said(denied=True) as operand):
            return f"NOT ({said(operand)})"
        case Not(operand):
            return f"NOT {said(operand)}"
        case Join(word, operands):
            return f" {word} ".join(
                f"({said(each)})" if isinstance(each, Join) else said(each) for each in operands
            )
        case Quantified(items=items):
            return f"{_quantifier(condition)} ({'; '.join(map(said, items))})"
        case Points(items=weighted):
            lines = (f"{weight} FOR {said(each)}" for weight, each in weighted)
            return f"{_quantifier(condition)} ({'; '.join(lines)})"
        case Defined(name):
            return name
        case _:
            return sentence_text(condition)


def sentence_text(sentence: Sentence) -> str:  # noqa: C901, PLR0912 - a case a kind of sentence
    """*sentence* as the phrase book has it."""
    name = sentence.fact.name
    be = "are" if name == "posts" else "is"
    match sentence:
        case Said(_, denied):
            first, _, rest = name.partition(" ")
            return f"{first} not {rest}" if denied else name
        case Compare(_, "has no") | Size(_, "has no"):
            return f"has no {name}"
        case Compare(_, words, value) if words.startswith("has "):
            return f"{words} {_value(value)} {_plural(name, value)}"
        case Compare(_, words, value):
            return f"{name} {words.replace('is', be, 1)} {_value(value)}"
        case Between(_, low, high):
            return f"{name} {be} between {_value(low)} and {_value(high)}"
        case Is(_, denied, value):
            return f"{name} {'is not' if denied else 'is'} {_value(value)}"
        case Among(_, denied, values):
            return f"{name} {'is not' if denied else 'is'} one of {_texts(values, 'or')}"
        case Part(_, verb, "one", values):
            return f"{name} {verb} {_texts(values, 'plain')}"
        case Part(_, verb, amount, values):
            return f"{name} {verb} {amount} of {_texts(values, _LAST[amount])}"
        case When(_, words, value):
            return f"{name} is {words} {_value(value)}"
        case Ago(_, "within", count, unit):
            length = unit if count == 1 else f"{count} {unit}s"
            return f"{name} is within the last {length}"
        case Ago(_, words, count, unit):
            return f"{name} is {words} {count} {unit}{'' if count == 1 else 's'} ago"
        case Includes(_, "one" | "not" as amount, values):
            include = "include" if amount == "one" else "do not include"
            return f"{name} {include} {_texts(values, 'plain')}"
        case Includes(_, int() as number, values):
            return f"{name} include at least {number} of {_texts(values, 'plain')}"
        case Includes(_, amount, values):
            return f"{name} include {amount} of {_texts(values, _LAST[amount])}"
        case Size(_, words, number):
            return f"{words} {_value(number)} {_plural(name, number)}"


_LAST: Mapping[object, str] = {"any": "or", "all": "and", "none": "plain"}
"""The word that may stand before a list's last text."""


def _texts(texts: tuple[str | Mine, ...] | Mine, last: str) -> str:
    if isinstance(texts, Mine):
        return texts.name
    quoted = [_value(each) for each in texts]
    if last == "plain" or len(quoted) == 1:
        return ", ".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def _plural(name: str, number: object) -> str:
    return name.removesuffix("s") if number == 1 else name


def _value(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:,}"
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case datetime.date():
            return value.isoformat()
        case tuple():
            return _texts(value, "plain") if value else "none"
        case Multiple(number, percent, of):
            return f"{number:,}{'% of' if percent else ' times'} {of.name}"
        case Mine() | Fact():
            return value.name
        case _:
            raise AssertionError(value)
