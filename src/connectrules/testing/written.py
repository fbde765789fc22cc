"""EXAMPLEs as they are written in a policy."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from connectrules.resolve.resolved import BARE
from connectrules.rules.tree import Subject
from connectrules.schema.types import UNSURE
from connectrules.schema.vocabulary import Fact
from connectrules.verdict import Verdict


def example_text(
    name: str,
    facts: Mapping[Subject, object],
    verdict: Verdict,
    *,
    mine: Mapping[Fact, object] | None = None,
    today: datetime.date | None = None,
    above: Iterable[str] = (),
) -> str:
    """An EXAMPLE as a policy has it.

    Args:
        name: What to call it.
        facts: What is known of the contact.
        verdict: What is expected: the decision, and the rules that decide.
        mine: What is known of the owner.
        today: The day of judging.
        above: Sentences to put above it, as comments.
    """
    return "\n".join(_lines(name, facts, verdict, mine or {}, today, above))


def _lines(
    name: str,
    facts: Mapping[Subject, object],
    verdict: Verdict,
    mine: Mapping[Fact, object],
    today: datetime.date | None,
    above: Iterable[str],
) -> Iterator[str]:
    yield from (f"# {each}" for each in above)
    day = "" if today is None else f" TODAY {today.isoformat()}"
    # A bare condition has another name once it is written as a rule, and can have EXAMPLEs.
    rules = () if BARE in verdict.rules else verdict.rules
    because = ", ".join(map(quoted, rules))
    of = f" BECAUSE OF {because}" if because else ""
    yield f"EXAMPLE {quoted(name)}{day} EXPECT {verdict.decision.name}{of}"
    for subject, value in facts.items():
        yield f"    - {subject.name}: {written(value)}"
    for fact, value in mine.items():
        yield f"    - my {fact.name}: {written(value)}"


def quoted(text: str) -> str:
    """*text* as a policy quotes it; it stays on its line."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def written(value: object) -> str:
    """*value* as an EXAMPLE gives it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case int():
            return f"{value:,}"
        case float():
            return _number(value)
        case datetime.datetime():
            return value.date().isoformat()
        case datetime.date():
            return value.isoformat()
        case _ if value is UNSURE:
            return "unsure"
        case Iterable():
            return ", ".join(map(written, value)) or "none"
        case _:
            msg = f"`{value!r}` cannot be written in an EXAMPLE"
            raise ValueError(msg)


def _number(value: float) -> str:
    if value.is_integer():
        return f"{int(value):,}"
    return f"{Decimal(repr(value)):f}"
