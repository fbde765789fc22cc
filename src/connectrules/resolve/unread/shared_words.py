"""Values joined as if they were conditions: `position mentions "a" OR "b"`."""

from collections.abc import Callable, Sequence

import attrs

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve.unread.respelled import respelled
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.unread.several import several_texts
from connectrules.resolve.unread.unknown import plainly_unknown
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake, replacing
from connectrules.syntax.tokens import Kind, Token


@attrs.frozen
class Shared:
    """Operands that share the words of the first.

    Attributes:
        first: Which operand has the words.
        last: The last of those that do not.
        mistake: What is wrong with that.
    """

    first: int
    last: int
    mistake: Mistake


def shared(node: tree.Joined, unread: Callable[[Sequence[Token]], Unread]) -> Shared | None:
    """The operands of *node* that share words, if it is known what was meant.

    Args:
        node: Conditions side by side.
        unread: Makes a sentence without a reading of tokens.
    """
    values = [place for place, each in enumerate(node.operands) if _is_value(each)]
    first = values[0] - 1
    words = node.operands[first] if first >= 0 else None
    if not isinstance(words, tree.Sentence):
        return None
    last = first
    while last + 1 < len(node.operands) and _is_value(node.operands[last + 1]):
        last += 1
    joiners = node.joiners[first:last]
    if len({each.joint for each in joiners}) > 1:
        return None
    tokens = [*words.tokens]
    for joiner, value in zip(joiners, node.operands[first + 1 : last + 1], strict=True):
        span, text = joiner.span, joiner.joint.value.lower()
        tokens.append(Token(Kind.WORD, text, None, span.start, span.end))
        tokens += value.tokens if isinstance(value, tree.Sentence) else ()
    whole = unread(tokens)
    mistake = (
        several_texts(whole) or _between(whole, joiners) or _repeated(words, node, first, unread)
    )
    return None if mistake is None else Shared(first, last, mistake)


def _is_value(node: tree.Condition) -> bool:
    return isinstance(node, tree.Sentence) and node.is_value


def _between(whole: Unread, joiners: Sequence[tree.Joiner]) -> Mistake | None:
    """`is between 5 AND 10`."""
    if len(joiners) > 1 or "between" not in whole.sentence.holes.texts:
        return None
    small = Edit(joiners[0].span, "and")
    mended = None if whole.reads(whole.tokens) else respelled(whole)
    if mended is None and not whole.reads(whole.tokens):
        return None
    edits = (*(mended.fix.edits if mended else ()), small)
    return Mistake(
        joiners[0].span,
        "CR101",
        "within a sentence `and` is written in small letters",
        fixes=(
            Fix(
                mended.fix.title.replace(" AND ", " and ") if mended else "write `and`",
                tuple(sorted(edits, key=lambda each: each.span)),
            ),
        ),
    )


def _repeated(
    words: tree.Sentence, node: tree.Joined, first: int, unread: Callable[[Sequence[Token]], Unread]
) -> Mistake | None:
    """`followers is 5 OR 6`, whose words must be said again."""
    value = node.operands[first + 1]
    if not isinstance(value, tree.Sentence) or len(value.tokens) != 1:
        return None
    again = unread([*words.tokens[:-1], *value.tokens])
    if not again.reads(again.tokens):
        return None
    before, literal = unread(words.tokens), unread(value.tokens)
    said = f"{before.written(words.tokens[:-1])} {literal.written(value.tokens)}"
    if node.joiners[first].joint is tree.Joint.OR and "not" in words.tokens.texts:
        return plainly_unknown(literal, f"if it may be neither of the two, write `AND {said}`")
    return plainly_unknown(literal, fixes=replacing(f"write `{said}`", value.span, said))
