"""Writes what the documentation takes from the code; `--check` only says what is out of date.

It is run as `uv run python -m docs.make`.

A page may hold parts made here, between `<!-- made: NAME -->` and `<!-- end -->`.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click

from connectrules import Contact, Fact, Policy, Vocabulary
from connectrules.cli.app import app
from connectrules.cli.facts import say
from connectrules.rules.entry import Operator
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.schema.types import CountType, Date, Number, OneOf, Text, TextList, YesNo
from connectrules.sources import open_contacts
from connectrules.syntax.reserved import RESERVED
from docs import make_codes, make_picture

DOCS = Path(__file__).resolve().parent
EXAMPLES = DOCS.parent / "examples"

_PART = re.compile(
    r"(?P<begin><!-- made: (?P<name>[^\n]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)


def main() -> int:
    """Write the pages that are out of date; the exit status is 1 where `--check` finds some."""
    made = {**make_codes.pages(), **pages(), **make_picture.pages()}
    stale = {page: text for page, text in made.items() if _read(page) != text}
    for page, text in stale.items():
        sys.stdout.write(f"{page.relative_to(DOCS.parent).as_posix()}\n")
        if "--check" not in sys.argv:
            page.parent.mkdir(exist_ok=True)
            page.write_text(text, encoding="utf-8", newline="\n")
    return 1 if stale and "--check" in sys.argv else 0


def pages() -> dict[Path, str]:
    """Each page that has a made part, and its text as it should be."""
    return {page: _PART.sub(_made, _read(page)) for page in partly_made()}


def partly_made() -> list[Path]:
    """The pages that have a made part."""
    there = sorted(DOCS.glob("**/*.md"))
    return [page for page in there if "_build" not in page.parts and _PART.search(_read(page))]


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.exists() else ""


def _made(part: re.Match[str]) -> str:
    name, _, about = part["name"].partition(": ")
    lines = _MAKERS[name](*([about] if about else []))
    return part["begin"] + "\n" + "\n".join(lines) + "\n\n" + part["end"]


# The phrase book.

_TITLES: dict[tuple[type, ...], str] = {
    (CountType, Number): "Count and number",
    (Text, OneOf): "Text and one of",
    (Text,): "Text alone",
    (Date,): "Date",
    (TextList,): "List of text",
}
_HOLES = {
    "{F}": "F",
    "{n} and {n}": "5 and 10",
    "{k} of {xs}": '2 of "a", "b", "c"',
    "more than {time}": "more than 2 years",
    "{d} and {d}": "2024-05-01 and 2024-06-01",
    "{n}": "5",
    "{x}": '"craft"',
    "{xs}": '"craft", "speed"',
    "{d}": "2024-05-01",
    "{g}": "2024-05-01",
    "{time}": "6 months",
    "{last}": "6 months",
}
_FEW = {**_HOLES, "{n}": "2"}


def phrase_book() -> Iterator[str]:
    """A table for each type of fact: how its tests are said, and what they hold for."""
    compared = [operator for operator in PHRASE_BOOK if operator.spellings != ("{F}",)]
    for types, entries in groupby(compared, key=lambda operator: operator.types):
        yield f"**{_TITLES[types]}**"
        yield ""
        yield from _table(("sentence", "its opposite", "holds for"), map(_entry, entries))
        yield ""
    yield f"Other words for the same: {_variants()}."


def _entry(operator: Operator) -> tuple[str, str, str]:
    return (
        _sentences(operator, operator.spellings),
        _sentences(operator, operator.opposites),
        _samples(operator),
    )


def _sentences(operator: Operator, spellings: Iterable[str]) -> str:
    return "<br>".join(f"`{filled(operator, each)}`" for each in spellings)


def filled(operator: Operator, spelling: str) -> str:
    """The spelling as it may be written: the first of its words, and values in its holes."""
    text = re.sub(r"(\w+)(?:\|\w+)+", r"\1", spelling)
    for hole, value in (_FEW if operator.types == (TextList,) else _HOLES).items():
        text = text.replace(hole, value)
    return text


def _samples(operator: Operator) -> str:
    """What of its samples holds and what does not, said of its first sentence."""
    said = {filled(operator, each): True for each in operator.spellings}
    said |= {filled(operator, each): False for each in operator.opposites}
    plain = [
        (sample.value, sample.holds is said[_listed(sample.sentence)])
        for sample in operator.samples
        if _listed(sample.sentence) in said
    ]
    if {holds for _, holds in plain} == {True, False}:
        return _worth(plain)
    return "; ".join(
        f"`{sentence}`: {_worth([(each.value, each.holds) for each in samples])}"
        for sentence, samples in groupby(operator.samples, key=lambda sample: sample.sentence)
    )


def _listed(sentence: str) -> str:
    """*sentence* with commas alone in its list."""
    return re.sub(r'" (?:and|or) "', '", "', sentence)


def _worth(values: list[tuple[object, bool]]) -> str:
    """The first value for which something holds, and the first for which it does not."""
    yes = [_value(value) for value, holds in values if holds][:1]
    no = [f"not {_value(value)}" for value, holds in values if not holds][:1]
    return ", ".join(yes + no)


def _value(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return " and ".join(f"“{each}”" for each in value) or "an empty list"
        case str():
            return f"“{value}”"
        case _:
            return str(value)


def _variants() -> str:
    """Which words may stand for which."""
    groups = {
        group
        for operator in PHRASE_BOOK
        for spelling in (*operator.spellings, *operator.opposites)
        for group in re.findall(r"\w+(?:\|\w+)+", spelling)
    }
    pairs = (group.split("|") for group in sorted(groups))
    return ", ".join(f"`{first}` or {_or(others)}" for first, *others in pairs)


def _or(words: list[str]) -> str:
    return " or ".join(f"`{word}`" for word in words)


def reserved() -> Iterator[str]:
    """The words that join sentences."""
    yield " ".join(f"`{word}`" for word in sorted(RESERVED))


def facts() -> Iterator[str]:
    """The facts of every contact, and a sentence about each to start from."""
    exported = in_an_export()
    rows = (
        (f"`{fact.name}`", fact.type.name, f"`{say(fact)}`", _told(fact, exported))
        for fact in Vocabulary.of(Contact).facts.values()
    )
    yield from _table(("fact", "type", "to start from", "in a LinkedIn export"), rows)


def _told(fact: Fact, exported: frozenset[str]) -> str:
    by_notes = "in your notes" if isinstance(fact.type, YesNo) else "no"
    told = "yes" if fact.slot in exported else by_notes
    return f"{told}; only you can tell" if fact.asked else told


def in_an_export() -> frozenset[str]:
    """The facts, by slot, that the files of an export tell by themselves, without the notes.

    The one in `examples/` has every file that is read.
    """
    loaded = open_contacts([EXAMPLES / "linkedin-export"], Vocabulary.of(Contact))
    return frozenset(
        name
        for contact in loaded.contacts
        for name, where in contact.origins.items()
        if not where.startswith("Notes.csv")
    )


def lacking(policy: Policy[Contact]) -> list[str]:
    """The facts of *policy*'s rules that no export tells, and that no note can answer."""
    exported = in_an_export()
    return [
        fact.name
        for fact in policy.facts
        if isinstance(fact, Fact) and fact.slot not in exported and not isinstance(fact.type, YesNo)
    ]


# The command line.


def command(name: str) -> Iterator[str]:
    """How a command is called, and its options."""
    found: click.Command = app
    for word in name.split():
        assert isinstance(found, click.Group)  # noqa: S101 - a command of a group
        found = found.commands[word]
    context = click.Context(found, info_name=f"connectrules {name}")
    usage = " ".join(found.collect_usage_pieces(context))
    yield "```text"
    yield f"connectrules {name} {usage}"
    yield "```"
    options = list(_options(found, context))
    if options:
        yield ""
        yield from _table(("option", "what it does"), options)


def _options(found: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in found.params:
        record = parameter.get_help_record(context)
        if record is not None and isinstance(parameter, click.Option):
            option, text = record
            names = ", ".join(f"`{each}`" for each in option.split(", "))
            yield names, " ".join(text.split())


def commands() -> Iterator[str]:
    """All commands, with a line about each."""
    rows = (
        (f"[`{name}`](#{name})", app.commands[name].get_short_help_str(100))
        for name in sorted(app.commands)
    )
    yield from _table(("command", "what it does"), rows)


# Policies to copy.


def overview() -> Iterator[str]:
    """The table of `examples/README.md`, with links to the sections of the page."""
    for row in re.findall(r"^\|.*\|$", _read(EXAMPLES / "README.md"), re.MULTILINE):
        yield re.sub(r"\[[^]]+\]\(([\w./-]+)\)", _linked, row)


def _linked(found: re.Match[str]) -> str:
    file = EXAMPLES / found[1]
    if file.suffix != ".policy":
        return f"[`{found[1]}`](../examples/{found[1]})"
    title = Policy.load(file).title or ""
    return f"[{title}](#{re.sub(r'[^a-z -]', '', title.lower()).replace(' ', '-')})"


def examples() -> Iterator[str]:
    """Each policy in `examples/`, in the order that its README lists them."""
    listed = _read(EXAMPLES / "README.md")
    for file in sorted(EXAMPLES.glob("*.policy"), key=lambda each: listed.find(f"({each.name})")):
        policy = Policy.load(file)
        link = f"[`examples/{file.name}`](../examples/{file.name})"
        yield from (f"## {policy.title}", "", f"{policy.about} In {link}:", "")
        yield from (f":::{{literalinclude}} ../examples/{file.name}", ":language: policy", ":::")
        yield ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(head)
    yield _row("---" for _ in head)
    for row in rows:
        yield _row(each.replace("|", r"\|") for each in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


_MAKERS: dict[str, Callable[..., Iterable[str]]] = {
    "phrase book": phrase_book,
    "reserved words": reserved,
    "command": command,
    "examples": examples,
    "overview": overview,
    "commands": commands,
    "facts": facts,
}

if __name__ == "__main__":
    sys.exit(main())
