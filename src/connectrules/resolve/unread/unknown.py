"""A sentence that nothing reads like: CR102, with what comes nearest to it."""

from collections.abc import Iterable, Iterator

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve import book
from connectrules.resolve.comparing import called
from connectrules.resolve.unread import ages
from connectrules.resolve.unread.declaring import ELSE, declaration, plain_english
from connectrules.resolve.unread.joining import joined, stands_beside
from connectrules.resolve.unread.polarity import are_others, denies, differs
from connectrules.resolve.unread.respelled import respelled
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.values import single_quotes
from connectrules.resolve.words import brief
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.schema.phrase import Phrase
from connectrules.schema.suggestions import either, nearest
from connectrules.schema.types import CountType, Date, Number, YesNo
from connectrules.schema.vocabulary import Fact
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Kind, Token
from connectrules.syntax.words import split

_SHOWN = 5
_OF_NUMBERS = (
    "{F} is at least {n}",
    "has at least {n} {F}",
    "{F} is more than {n}",
    "{F} is between {n} and {n}",
    "has no {F}",
)
_FIRST: dict[type, tuple[str, ...]] = {
    CountType: _OF_NUMBERS,
    Number: _OF_NUMBERS,
    Date: (
        "{F} is more than {time} ago",
        "{F} is within the last {last}",
        "{F} is before {d}",
        "{F} is after {d}",
        "{F} is between {d} and {d}",
    ),
}
"""By the type of a fact, the sentences that are shown of it, if not the phrase book's first."""
_NEAR = 3
_LITERALS = (
    ("500", "a number"),
    ('"UK"', "a quoted text"),
    ("2026-01-31", "a date"),
    ("months", "`days`, `weeks`, `months` or `years`"),
    ("6 months", "a length of time"),
    ("ago", "`ago`"),
)
"""What may be missing at the end of a sentence, and what it is called."""
_COMMON = frozenset(
    {"a", "an", "the", "is", "are", "was", "has", "have", "would", "will", "can", "could"}
    | {"should", "me", "my", "i", "of", "to", "in", "on", "by", "for", "with", "and", "or", "not"}
)
"""Words that say little about what a sentence is about."""

_CAPITALS = {"and": "AND", "or": "OR", "but": "AND"}
_KNOWING = frozenset(
    {"known", "unknown", "given", "empty", "missing", "null", "blank", "nothing", "nil", "set"}
    | {"filled", "available", "present", "none", "n/a"}
)
_DENYING = frozenset({"not", "never"})
_BEING = frozenset({"is", "are", "was", "isn't", "aren't", "wasn't"})


def plainly_unknown(unread: Unread, *hints: str, fixes: tuple[Fix, ...] = ()) -> Mistake:
    """The mistake that nothing reads like *unread*."""
    message = f"no fact or phrase reads like `{brief(unread.written(unread.tokens))}`"
    return Mistake(unread.span, "CR102", message, help=hints, fixes=fixes)


def unknown(unread: Unread) -> Mistake:
    """The same, with help: what was probably meant, and what could be said instead."""
    mended = respelled(unread)
    quoted = single_quotes(unread.tokens)
    if quoted is not None and mended is None:
        return quoted
    fact = unread.sentence.names.facts.get(unread.sentence.key)
    if fact is not None:
        return Mistake(
            unread.span,
            "CR102",
            f"`{unread.written(unread.tokens)}` is {called(fact.type)}, which says nothing alone",
            help=(f"one can say {_sayable(fact)}",),
        )
    if stands_beside(unread):
        return plainly_unknown(unread, *joined(unread))
    half = None if mended else _half(unread)
    if half is not None:
        return half
    if mended is not None:
        digits = (mended.note,) if mended.note else ()
        hints = (*digits, *(declaration(unread, ELSE) if mended.misspelled else ()))
        return plainly_unknown(unread, *hints, fixes=(mended.fix,))
    return plainly_unknown(unread, *_hints(unread))


def _half(unread: Unread) -> Mistake | None:
    """The mistake of one of two conditions with a joining word in small letters between them."""
    for place in range(1, len(unread.tokens) - 1):
        joint = _CAPITALS.get(unread.word(place) or "")
        if joint is None:
            continue
        left, right = unread.tokens[:place], unread.tokens[place + 1 :]
        if unread.reads(left) is unread.reads(right):
            continue
        wrong = unread.part(right if unread.reads(left) else left)
        mended = respelled(wrong)
        if mended is None:
            continue
        word = unread.tokens[place].span
        edits = sorted((*mended.fix.edits, Edit(word, joint)), key=lambda each: each.span)
        title = f"{mended.fix.title}, and `{joint}` in capitals"
        return plainly_unknown(wrong, fixes=(Fix(title, tuple(edits)),))
    return None


def _hints(unread: Unread) -> Iterator[str]:
    """What could be said instead of *unread*."""
    special = _not_a_fact(unread) or _amount(unread) or _own(unread)
    special = special or _denied(unread) or _part(unread)
    if special:
        yield special
        return
    aged = ages.near(unread)
    if aged:
        yield f"did you mean {either(f'`{each}`' for each in aged)}?"
        return
    fact = _about(unread)
    if fact is not None and not isinstance(fact.type, YesNo):
        missing = _missing(unread)
        yield missing or f"`{fact.name}` is {called(fact.type)}: one can say {_sayable(fact)}"
        return
    near = [*_meant(unread, _nearest(unread))]
    if near:
        yield f"did you mean {either(f'`{each}`' for each in near)}?"
    if fact is not None and not near:
        yield f"`{fact.name}` can be said alone, with AND, OR or NOT beside it"
    is_other = fact is not None or any(each.startswith("NOT ") for each in near)
    lines = [] if near else [*plain_english(unread)]
    lines = lines or ([] if is_other else [*declaration(unread)])
    yield from lines
    if not (near or lines):
        yield "`connectrules facts` lists every fact, and how it is said"


def _missing(unread: Unread) -> str | None:
    """What is missing at the end of the sentence, if that is all."""
    end = unread.tokens[-1].end
    for literal, what in _LITERALS:
        if unread.reads([*unread.tokens, *split(literal, end)]):
            said = f"{unread.written(unread.tokens)} {literal}"
            return f"{what} is missing at its end, as in `{said}`"
    texts = unread.sentence.holes.texts
    if texts[-1] in {"hour", "hours", "minute", "minutes", "quarters", "quarter", "decades"}:
        return "lengths of time are in days, weeks, months or years, such as `2 days`"
    return None


def _part(unread: Unread) -> str | None:
    """Help for a sentence with more after it."""
    for end in range(len(unread.tokens) - 1, 1, -1):
        before = unread.tokens[:end]
        if len(before) > len(unread.tokens) // 2 and unread.reads(before):
            said, rest = unread.written(before), unread.tokens[end:]
            if not any(each.kind is Kind.WORD and denies(each.text) for each in rest):
                return f"`{said}` can be said: leave `{brief(unread.written(rest))}` out"
            return f"after `{said}` write `AND NOT`, and then what must not be so"
    return None


def _denied(unread: Unread) -> str | None:
    """Help for conditions of which a `never` or the like denies one."""
    tokens = unread.tokens
    for place, token in enumerate(tokens):
        if token.kind is not Kind.WORD or not denies(token.text):
            continue
        before, word, after = tokens[:place], unread.written([token]), tokens[place + 1 :]
        mended = (
            None if place or unread.reads(after) or not after else respelled(unread.part(after))
        )
        if mended is not None and _may_deny(unread):
            return f"did you mean `NOT {mended.said}`?"
        if place > 1 and before[-1].kind is Kind.COMMA:
            before, word = before[:-1], f", {word}"
        if unread.reads(before) and unread.reads(after):
            return f"write `AND NOT` in place of `{word}`"
    return None


def _may_deny(unread: Unread) -> bool:
    """Whether a NOT may be put before the sentence."""
    return unread.source.text[: unread.span.start].split()[-1:] != ["NOT"]


def _not_a_fact(unread: Unread) -> str | None:
    """Why the field that the sentence begins with is no fact."""
    texts = unread.sentence.holes.texts
    for end in range(len(texts), 0, -1):
        why = unread.hidden.get(" ".join(texts[:end]))
        if why is not None:
            return f"{why}, so no policy can speak of it"
    return None


def of_what_is_known(unread: Unread) -> Mistake | None:
    """A sentence that asks whether a fact is known."""
    texts = unread.sentence.holes.texts
    place = len(texts) - 1
    if place < 1 or unread.word(place) is None or texts[place] not in _KNOWING:
        return None
    place -= texts[place - 1] in _DENYING
    if place < 1 or texts[place - 1] not in _BEING:
        return None
    if all(end != place - 1 for _, end in unread.sentence.names.at(texts, 0)):
        return None
    return plainly_unknown(
        unread,
        "a verdict never depends on what is not known, so nothing can ask for it",
        "leave it out: where an unknown fact matters, the contact is undecided and you are asked",
    )


def _amount(unread: Unread) -> str | None:
    """Help for `has 5 followers`, which does not say whether more would do."""
    first, *rest = unread.tokens
    if first.kind is Kind.NUMBER:
        rest = [first, *rest]
    elif unread.word(0) not in {"has", "have"}:
        return None
    if not rest or rest[0].kind is not Kind.NUMBER:
        return None
    more = [Token(Kind.WORD, word, None, first.start, first.end) for word in ("at", "least")]
    if not unread.reads([*split("has", first.start), *more, *rest]):
        return None
    verb = "has" if first.kind is Kind.NUMBER else unread.written([first])
    said = unread.written(rest)
    return f"is it `{verb} at least {said}`, or `{verb} exactly {said}`?"


def _own(unread: Unread) -> str | None:
    """Help for a sentence about a fact of the owner's."""
    if unread.word(0) != "my":
        return None
    for fact, _ in unread.sentence.names.at(unread.sentence.holes.texts, 1):
        return f"`my {fact.name}` stands only where a value may; a sentence is about a contact"
    return None


def _about(unread: Unread) -> Fact | None:
    """The fact that the sentence names, the one with the longest name."""
    texts = unread.sentence.holes.texts
    found = [
        (end - start, fact)
        for start in range(len(texts))
        for fact, end in unread.sentence.names.at(texts, start)
    ]
    return max(found, key=lambda each: each[0], default=(0, None))[1]


def _sayable(fact: Fact) -> str:
    """A few sentences on *fact*, as examples."""
    spellings = _FIRST.get(type(fact.type)) or [
        operator.spellings[0] for operator in PHRASE_BOOK if isinstance(fact.type, operator.types)
    ]
    return either(f"`{book.said(each, fact.name)}`" for each in spellings[:_SHOWN])


def _nearest(unread: Unread) -> tuple[str, ...]:
    """The sentences that *unread* comes nearest to, by its letters, else by its words."""
    names = unread.sentence.names.all
    near = nearest(unread.sentence.key, names)
    if near:
        return tuple(names[each].name for each in near)
    wanted = _telling(unread.sentence.holes.texts)
    shared = [
        (_overlap(wanted, _telling(words)), said) for said, words in _sayings(unread) if wanted
    ]
    return tuple(said for share, said in sorted(shared, key=lambda s: (-s[0], s[1])) if share)[
        :_NEAR
    ]


def _meant(unread: Unread, near: Iterable[str]) -> Iterator[str]:
    """The sentences *near* to *unread*, each denied where it says the opposite."""
    texts = unread.sentence.holes.texts
    for each in near:
        words = each.lower().split()
        if are_others(texts, words):
            if "by" in words:  # what one has not done, the other has
                yield from (each, f"NOT {each}")
        elif not differs(texts, words):
            yield each
        elif _may_deny(unread):
            yield f"NOT {each}"


def _sayings(unread: Unread) -> Iterator[tuple[str, list[str]]]:
    """Every name and every registered phrase, with its words."""
    for name, named in unread.sentence.names.all.items():
        yield named.name, name.split()
    for phrase in _phrases(unread):
        yield book.spoken(phrase), [part for part in phrase.parts if isinstance(part, str)]


def _phrases(unread: Unread) -> Iterator[Phrase]:
    nodes = [unread.sentence.phrases]
    while nodes:
        node = nodes.pop()
        nodes += [*node.words.values(), *node.holes.values()]
        yield from (each.meaning for each in node.entries if isinstance(each.meaning, Phrase))


def _telling(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words) - _COMMON


def _overlap(wanted: frozenset[str], words: frozenset[str]) -> float:
    """Which share of two sentences' telling words they have in common; 0 up to a half."""
    both = len(wanted & words)
    share = 2 * both / (len(wanted) + len(words)) if both else 0.0
    half = 0.5
    return share if share > half else 0.0
