"""A sentence that nothing reads like: CR102, with what comes nearest to it."""

from collections.abc import Iterable, Iterator

from connectrules.diagnostics import Fix
from connectrules.resolve import book
from connectrules.resolve.comparing import called
from connectrules.resolve.unread.joining import stands_beside
from connectrules.resolve.unread.respelled import respelled
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.values import single_quotes
from connectrules.resolve.words import brief
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.schema.phrase import Phrase
from connectrules.schema.suggestions import either, nearest
from connectrules.schema.types import CountType, Number, YesNo
from connectrules.schema.vocabulary import Fact
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tree import Kind, Token
from connectrules.syntax.words import single_quoted

_SHOWN = 5
_FIRST: dict[type, tuple[str, ...]] = dict.fromkeys(
    (CountType, Number),
    (
        "{F} is at least {n}",
        "has at least {n} {F}",
        "{F} is more than {n}",
        "{F} is between {n} and {n}",
        "has no {F}",
    ),
)
"""By the type of a fact, the sentences that are shown of it, if not the phrase book's first."""
_NEAR = 3
_COMMON = frozenset(
    {"a", "an", "the", "is", "are", "was", "has", "have", "would", "will", "can", "could"}
    | {"should", "me", "my", "i", "of", "to", "in", "on", "by", "for", "with", "and", "or", "not"}
)
"""Words that say little about what a sentence is about."""

_KNOWING = frozenset({"known", "unknown", "given", "empty", "missing"})
_DENYING = frozenset({"not", "never"})
_BEING = frozenset({"is", "are", "was", "isn't", "aren't", "wasn't"})


def plainly_unknown(unread: Unread, *hints: str, fixes: tuple[Fix, ...] = ()) -> Mistake:
    """The mistake that nothing reads like *unread*."""
    message = f"no fact or phrase reads like `{brief(unread.written(unread.tokens))}`"
    return Mistake(unread.span, "CR102", message, help=hints, fixes=fixes)


def unknown(unread: Unread) -> Mistake:
    """The same, with help: what was probably meant, and what could be said instead."""
    quoted = single_quoted(unread.tokens)
    if quoted is not None:
        return single_quotes(quoted)
    fact = unread.sentence.names.facts.get(unread.sentence.key)
    if fact is not None:
        return Mistake(
            unread.span,
            "CR102",
            f"`{unread.written(unread.tokens)}` is {called(fact.type)}, which says nothing alone",
            help=(f"of such a fact one can say {_sayable(fact)}",),
        )
    if stands_beside(unread):
        return plainly_unknown(unread, "conditions side by side: join them with AND or OR")
    mended = respelled(unread)
    if mended is not None:
        digits = (mended.note,) if mended.note else ()
        hints = (f"did you mean `{mended.said}`?", *digits, *_declaration(unread))
        return plainly_unknown(unread, *hints, fixes=(mended.fix,))
    return plainly_unknown(unread, *_hints(unread))


def _hints(unread: Unread) -> Iterator[str]:
    """What could be said instead of *unread*."""
    special = _not_a_fact(unread) or _amount(unread) or _own(unread)
    if special:
        yield special
        return
    fact = _about(unread)
    if fact is not None and not isinstance(fact.type, YesNo):
        yield f"`{fact.name}` is {called(fact.type)}; of such a fact one can say {_sayable(fact)}"
        return
    near = _nearest(unread)
    if near:
        yield f"did you mean {either(f'`{each}`' for each in near)}?"
    if fact is not None and not near:
        yield f"`{fact.name}` is yes/no: it is said alone, with AND, OR or NOT around it"
    yield from _declaration(unread)


def _declaration(unread: Unread) -> Iterator[str]:
    """The line that would declare the sentence, where it could be a fact of its own."""
    is_name = all(
        token.kind is Kind.WORD and not token.text.endswith(".") for token in unread.tokens
    )
    if is_name and _about(unread) is None:
        yield f"to make it a fact, add the line `FACT {unread.written(unread.tokens)}: yes/no`"


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
        unread, "a verdict never depends on what is not known, so nothing can ask for it"
    )


def _amount(unread: Unread) -> str | None:
    """Help for `has 5 followers`, which does not say whether more would do."""
    first, *rest = unread.tokens
    if unread.word(0) not in {"has", "have"} or not rest or rest[0].kind is not Kind.NUMBER:
        return None
    more = [Token(Kind.WORD, word, span=first.span) for word in ("at", "least")]
    if not unread.reads([first, *more, *rest]):
        return None
    verb, said = unread.written([first]), unread.written(rest)
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
