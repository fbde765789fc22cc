"""Small changes of one sentence."""

from collections.abc import Iterator, Sequence

from connectrules.diagnostics import Edit
from connectrules.resolve.holes import Filled
from connectrules.resolve.names import key
from connectrules.resolve.phrases import Match, Sentence
from connectrules.resolve.words import written
from connectrules.rules.tree import Condition, Literal, Scaled, Texts, Window
from connectrules.schema.types import CountType, TextList
from connectrules.source import Span
from connectrules.syntax import tree
from connectrules.testing.mutants import neighbours
from connectrules.testing.mutants.changes import Kind
from connectrules.testing.mutants.sites import Site, Sites
from connectrules.testing.mutants.spelling import Spelled

Changed = tuple[Kind, tuple[Edit, ...], Condition]
"""A kind of change, its edits, and what the place means then."""


def changed_sentences(sites: Sites, site: Site, node: tree.Sentence) -> Iterator[Changed]:
    """The changes of the sentence at *site*; those that would be mistakes are left out."""
    for kind, edits, text in _texts(sites, node):
        condition = sites.read(text)
        if condition is not None and condition != site.condition:
            yield kind, edits, condition


_Text = tuple[Kind, tuple[Edit, ...], str]
"""A kind of change, its edits, and the sentence then."""


def _texts(sites: Sites, node: tree.Sentence) -> Iterator[_Text]:
    denied = _affirmed(sites, node)
    if denied is not None:
        yield denied
        return
    sentence = Sentence(node.tokens, sites.scope.names, sites.scope.phrases)
    if any(True for _ in sentence.named()):
        return
    for match in sites.scope.outlines.exact(sentence)[:1]:
        # What a registered phrase says of other literals is another fact.
        if match.fact is not None:
            yield from _of_spelled(sites, node, Spelled.of(sites, node.tokens, match))


def _affirmed(sites: Sites, node: tree.Sentence) -> _Text | None:
    """The sentence without its `not`, where it denies a name: ``is not a recruiter``."""
    tokens = node.tokens
    for named, is_denied in sites.scope.names.named(key(tokens)):
        if is_denied:
            gap = Span(tokens.ends[0], tokens.ends[1])
            return Kind.NOT_DROPPED, (Edit(gap, ""),), named.name
    return None


def _of_spelled(sites: Sites, node: tree.Sentence, spelled: Spelled) -> Iterator[_Text]:
    for text in spelled.opposites():
        kind = Kind.NOT_DROPPED if _drops_not(spelled, text) else Kind.OPPOSITE
        yield kind, (Edit(node.span, text),), text
    for text in (*spelled.somewhat(), *spelled.other_way()):
        yield Kind.OPPOSITE, (Edit(node.span, text),), text
    for text in spelled.besides():
        yield Kind.BOUNDARY, (Edit(node.span, text),), text
    for text in spelled.joined_otherwise():
        yield Kind.JOINED_OTHERWISE, (Edit(node.span, text),), text
    for place, (hole, filled) in zip(spelled.holes, spelled.match.holes, strict=True):
        piece = spelled.pieces[place]
        if isinstance(filled.operand, Texts):
            yield from _fewer(sites, spelled, place, filled)
            continue
        kind = Kind.NUMBER_OF_ITEMS if hole.kind == "k" else Kind.THRESHOLD
        for text in _near(filled, piece.text, spelled.match):
            plural = _plural(sites, spelled, filled)
            edits = [Edit(piece.span, text)]
            if plural is not None:
                fact = next(each for each in spelled.pieces if each.part == "{F}")
                edits.append(Edit(fact.span, plural))
            yield kind, tuple(edits), spelled.changed(place, text, plural=plural)


def _drops_not(spelled: Spelled, text: str) -> bool:
    """Whether *text* is the sentence but for a word that denies it."""
    own = [each.text for each in spelled.pieces]
    return len(text.split()) < len(" ".join(own).split()) and "not" in own


def _near(filled: Filled, said: str, match: Match) -> Iterator[str]:
    """What is next to the literal that fills a hole."""
    is_count = match.fact is not None and isinstance(match.fact.type, CountType | TextList)
    match filled.operand:
        case int():
            yield from neighbours.numbers(said, least=1)
        case Literal(bool() | str()):
            return
        case Literal(int() | float()):
            yield from neighbours.numbers(said, least=0 if is_count else None)
        case Literal():
            yield from neighbours.days(said)
        case Scaled():
            number, _, rest = said.partition(" ")
            for near in neighbours.numbers(number, least=0):
                yield f"{near} {rest}"
        case Window():
            yield from neighbours.lengths(said)
        case _:
            return


def _plural(sites: Sites, spelled: Spelled, filled: Filled) -> str | None:
    """The fact's name, where it is said as of one and the number is 1 no longer."""
    if filled.operand != Literal(1) or spelled.match.fact is None:
        return None
    said = next((each.text for each in spelled.pieces if each.part == "{F}"), "")
    is_own = said.lower() in sites.scope.names.facts
    return None if is_own else spelled.match.fact.name


def _fewer(sites: Sites, spelled: Spelled, place: int, filled: Filled) -> Iterator[_Text]:
    """The sentence without each one of several texts."""
    if len(filled.items) > 1:
        for dropped in range(len(filled.items)):
            kept = [each for n, each in enumerate(filled.items) if n != dropped]
            text = _listed(sites, kept, filled, spelled)
            edit = Edit(spelled.pieces[place].span, text)
            yield Kind.TEXT_DROPPED, (edit,), spelled.changed(place, text)


def _listed(sites: Sites, kept: Sequence[Filled], filled: Filled, spelled: Spelled) -> str:
    """The texts *kept*, with the word before the last that there was, if there was one."""
    tokens = spelled.tokens
    texts = [written(sites.source, tokens[each.start : each.end]) for each in kept]
    if filled.last is None or len(texts) == 1:
        return ", ".join(texts)
    return f"{', '.join(texts[:-1])} {filled.last.text} {texts[-1]}"
