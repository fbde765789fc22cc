"""Which facts compare with which, and how their types are called."""

from connectrules.rules.tree import Literal, Mine, Operand, Scaled, Texts
from connectrules.schema.phrase import Hole
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
    folded,
)
from connectrules.schema.vocabulary import Fact

_TEXT = Hole("", "x")


def is_comparable(fact: FactType, hole: Hole, operand: Operand | None) -> bool:
    """Whether a fact of type *fact* compares with the fact that fills *hole*, if one does."""
    match operand:
        case Literal():
            return True
        case Mine(Fact(type=other)) | Fact(type=other):
            return _is_alike(fact, hole, other)
        case Scaled(_, Mine(Fact(type=other)) | Fact(type=other)):
            return isinstance(other, (CountType, Number))
        case Texts(items):
            return all(is_comparable(fact, _TEXT, item) for item in items)
        case _:
            return True


def _is_alike(fact: FactType, hole: Hole, other: FactType) -> bool:
    match hole.kind:
        case "n":
            return isinstance(other, (CountType, Number))
        case "d" | "g":
            return isinstance(other, Date)
        case "xs":
            return isinstance(other, TextList) and not isinstance(fact, OneOf)
        case _ if isinstance(fact, OneOf) and isinstance(other, OneOf):
            return has_same_choices(fact, other)
        case _:
            return isinstance(other, Text) and not isinstance(fact, OneOf)


def has_same_choices(one: OneOf, other: OneOf) -> bool:
    """Whether two facts are one of the same texts."""
    return one.compared == other.compared


def is_choice(text: str, kind: OneOf) -> bool:
    """Whether *text* is one of the choices of *kind*."""
    return folded(text) in kind.compared


def is_offered(kind: OneOf, operand: Operand | None) -> bool:
    """Whether the texts in *operand* are choices of a fact of type *kind*."""
    match operand:
        case Literal(str() as text):
            return is_choice(text, kind)
        case Texts(items):
            return all(is_offered(kind, item) for item in items)
        case _:
            return True


_CALLED: dict[type, str] = {
    YesNo: "yes/no",
    CountType: "a count",
    Number: "a number",
    Text: "a text",
    Date: "a date",
    TextList: "a list of text",
}


def called(kind: FactType) -> str:
    """What a fact of type *kind* is, in a sentence."""
    return kind.name if isinstance(kind, OneOf) else _CALLED[type(kind)]
