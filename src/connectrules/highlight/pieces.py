"""What a policy's text is made of, for whoever colours it.

One table, read by the Pygments lexer and by the TextMate grammar, so that a policy
looks alike everywhere.
"""

import attrs

from connectrules.syntax.reserved import BREAKS, ROLES


@attrs.frozen
class Piece:
    """One kind of piece.

    Attributes:
        pattern: A regular expression of the dialect that Python and Oniguruma share. It
            matches within a line, and has a group for each of *kinds*, in a row.
        kinds: What each group is: a pair of a Pygments token type, without ``Token.``,
            and a TextMate scope; each is empty where the text is left as it is.
    """

    pattern: str
    kinds: tuple[tuple[str, str], ...]


_PLAIN = ("", "")
_STARTS, _ENDS = rf"(?<![^{BREAKS}])", rf"(?![^{BREAKS}])"
_ROLE_KINDS = {
    "statement": ("Keyword.Declaration", "keyword.other.statement"),
    "decision": ("Keyword.Type", "support.type.decision"),
    "clause": ("Keyword", "keyword.control.clause"),
    "joining": ("Operator.Word", "keyword.operator.logical"),
    "counting": ("Keyword.Pseudo", "keyword.operator.quantifier"),
}
_VALUES = ("yes", "no", "unsure", "none")
_MARK = ("Punctuation", "punctuation.separator")


def _whole(*words: str) -> str:
    """What matches any of *words* as a whole word."""
    return f"{_STARTS}(?:{'|'.join(words)}){_ENDS}"


PIECES: tuple[Piece, ...] = (
    Piece(r"(?<!\S)(#.*)", (("Comment.Single", "comment.line.number-sign"),)),
    Piece(r'("(?:\\.|[^"\\\n])*")', (("String.Double", "string.quoted.double"),)),
    Piece(r'("[^\n]*)', (("Error.Unclosed", "invalid.illegal.unclosed"),)),
    # The dash of a list's item stands first on its line.
    Piece(r"^([^\S\n]*)(-)", (_PLAIN, ("Punctuation.Marker", "punctuation.definition.list"))),
    *(Piece(f"({_whole(*words)})", (_ROLE_KINDS[role],)) for role, words in ROLES.items()),
    Piece(
        rf"(:)([^\S\n]+)({_whole(*_VALUES)})",
        (_MARK, _PLAIN, ("Keyword.Constant", "constant.language.value")),
    ),
    Piece(
        rf"({_STARTS}[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_ENDS})",
        (("Literal.Date", "constant.other.date"),),
    ),
    Piece(
        rf"({_STARTS}-?(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?%?{_ENDS})",
        (("Number", "constant.numeric"),),
    ),
    Piece(r"([<>=!]+)", (("Operator", "keyword.operator.comparison"),)),
    Piece(r"([();:,])", (_MARK,)),
    Piece(r"([\[\]{}])", (("Error.Bracket", "invalid.illegal.bracket"),)),
    Piece(rf"([^{BREAKS}]+)", (_PLAIN,)),
)
"""Every kind, the first that matches taken: together they leave only white space over."""
