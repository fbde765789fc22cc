"""A bare word where text belongs: CR107, and CR106 for texts in single quotes."""

from collections.abc import Iterator, Sequence

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve import book
from connectrules.resolve.holes import Filled
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.values import single_quotes
from connectrules.resolve.words import whole
from connectrules.schema.phrase import Hole
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Kind, Token

_LISTS = frozenset({"xs", "texts"})
_ONE = frozenset({Kind.SYMBOL, Kind.COMMA, Kind.TEXT})
_SEVERAL = frozenset({Kind.SYMBOL})
_MARKS = {"x": _ONE, "text": _ONE, "xs": _SEVERAL, "texts": _SEVERAL}
"""By the kind of hole, what keeps words from being its text."""
_JOINTS = frozenset({"or", "and"})
_SELDOM_WITHIN = frozenset({"or", "not"})
"""Words that are seldom part of a text, as `and` is in `Trinidad and Tobago`."""
_LONGEST = 20
"""Of more words than these no text is made."""


def bare_word(unread: Unread) -> Mistake | None:
    """Words that stand where a quoted text belongs."""
    if any(not match.is_of_type for match in unread.sentence.matches()):
        return None  # the words of another type's row
    for match in unread.sentence.matches(lambda hole, place: _bare(unread, hole, place)):
        for hole, filled in match.holes if match.is_of_type else ():
            if filled.operand is None:
                joints = _joints(hole, match.entry.last)
                return _mistake(unread, joints, unread.tokens[filled.start : filled.end])
    return None


def _joints(hole: Hole, wanted: str | None) -> frozenset[str]:
    """The words that may stand before the last of the texts in *hole*."""
    if hole.kind not in _LISTS:
        return frozenset()
    return frozenset({wanted}) if wanted else _JOINTS


def _mistake(unread: Unread, joints: frozenset[str], tokens: Sequence[Token]) -> Mistake:
    quoted = single_quotes(tokens)
    if quoted is not None:
        return quoted
    runs = [*_runs(unread, joints, tokens)]
    first = next(token for token in tokens if token.kind is Kind.WORD)
    edits = tuple(Edit(whole(run), f'"{unread.written(run)}"') for run in runs)
    texts = ", ".join(edit.text for edit in edits)
    is_one = not any(token.text in _SELDOM_WITHIN for run in runs for token in run)
    return Mistake(
        first.span,
        "CR107",
        f"`{unread.written([first])}` stands where a quoted text belongs",
        help=() if is_one else ("put each text in quotes by itself, where these are several",),
        fixes=(Fix(f"write `{texts}`", edits),) if is_one else (),
    )


def _bare(unread: Unread, hole: Hole, place: int) -> Iterator[Filled]:
    """What may fill *hole* when bare words may stand for a text."""
    yield from unread.sentence.holes.fill(hole, place)
    if hole.kind not in _MARKS:
        return
    for end in range(min(len(unread.tokens), place + _LONGEST), place, -1):
        run = unread.tokens[place:end]
        is_bare = any(token.kind is Kind.WORD and not _is_joint(token) for token in run)
        is_list = len(run) > 1 and run[1].text == "of"  # as in "any of"
        has_marks = any(token.kind in _MARKS[hole.kind] or token.text == "my" for token in run)
        is_mixed = any(token.kind is Kind.TEXT for token in run) and any(map(_is_of_book, run))
        is_denied = run[0].text == "not"  # as in `country is not UK`
        if is_bare and not (is_list or has_marks or is_mixed or is_denied):
            yield Filled(None, place, end)


def _is_of_book(token: Token) -> bool:
    return token.kind is Kind.WORD and not _is_joint(token) and token.text in book.words()


def _is_joint(token: Token) -> bool:
    return token.text in _JOINTS


def _runs(unread: Unread, joints: frozenset[str], tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The words that make a text each: all, or those between commas and *joints*.

    Where a joining word begins another condition, the text ends before it.
    """
    run: list[Token] = []
    for place, token in enumerate(tokens):
        if _is_joint(token) and run and _begins_another(unread, tokens[place + 1 :]):
            break
        if token.kind in {Kind.COMMA, Kind.TEXT} or token.text in joints:
            if run:
                yield run
            run = []
        else:
            run.append(token)
    if run:
        yield run


def _begins_another(unread: Unread, tokens: Sequence[Token]) -> bool:
    """Whether *tokens* are a condition of their own, or one but for its quotes."""
    return unread.reads(tokens) or (bool(tokens) and bare_word(unread.part(tokens)) is not None)
