"""Small changes to Python source, each of which a test should notice."""

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import attrs

_COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_JOINED: dict[type[ast.boolop], tuple[str, str]] = {ast.And: ("and", "or"), ast.Or: ("or", "and")}
_WORKED_OUT: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.FloorDiv: ("//", "*"),
    ast.Div: ("/", "*"),
    ast.Mod: ("%", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.BitXor: ("^", "|"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min", "reversed": "list"}


@attrs.frozen
class Change:
    """A change to a module.

    Attributes:
        path: The module's file, from the folder that holds the package.
        line: The line that changes.
        statement: The line that its statement begins in.
        start: The first byte that goes.
        end: The byte after the last that goes.
        text: What comes in its place.
        kind: What is changed, in a few words.
    """

    path: str
    line: int
    statement: int
    start: int
    end: int
    text: str
    kind: str

    def applied(self, source: bytes) -> bytes:
        """*source* with the change."""
        return source[: self.start] + self.text.encode() + source[self.end :]

    def shown(self, source: bytes) -> str:
        """The lines of *source* that change, before and after."""
        first = source.rfind(b"\n", 0, self.start) + 1
        last = (source.find(b"\n", self.end) + len(source) + 1) % (len(source) + 1)
        before = source[first:last].decode()
        after = (source[first : self.start] + self.text.encode() + source[self.end : last]).decode()
        return "\n".join(
            f"{sign} {line.strip()}"
            for sign, text in (("-", before), ("+", after))
            for line in text.split("\n")
        )


def changes(root: Path, path: Path) -> list[Change]:
    """The changes to the module at *path* under *root*, in the order of the text."""
    source = path.read_bytes()
    finder = _Finder(str(path.relative_to(root)), source)
    finder.visit(ast.parse(source))
    found = {(each.start, each.end, each.text): each for each in finder.found}
    return sorted(found.values(), key=lambda each: (each.start, each.end, each.text))


class _Finder(ast.NodeVisitor):
    """Walks a module, and notes what may change in what runs."""

    def __init__(self, path: str, source: bytes) -> None:
        self.found: list[Change] = []
        self._statement = 1
        self._path, self._source = path, source
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def visit(self, node: ast.AST) -> None:
        """Note the changes to *node*, and to all in it."""
        if _is_left_alone(node):
            return
        if isinstance(node, ast.stmt | ast.match_case):
            self._statement = (
                node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
            )
        self.found.extend((*self._of_words(node), *self._of_values(node), *self._of_steps(node)))
        match node:
            case ast.JoinedStr():  # Python 3.11 does not tell where its parts are
                pass
            case ast.AnnAssign(value=value):
                self._visit_all([] if value is None else [value])
            case ast.FunctionDef(args=args, body=body):
                self._visit_all([args, *_without_docstring(body)])
            case ast.ClassDef(body=body) | ast.Module(body=body):
                self._visit_all(_without_docstring(body))
            case _:
                self.generic_visit(node)

    def _visit_all(self, nodes: Sequence[ast.AST]) -> None:
        for each in nodes:
            self.visit(each)

    def _of_words(self, node: ast.AST) -> Iterator[Change]:
        """Changes to words and signs between others."""
        match node:
            case ast.Compare(left=left, ops=ops, comparators=others):
                for op, (one, other) in zip(ops, pairwise([left, *others]), strict=True):
                    yield self._word(one, other, *_COMPARED[type(op)])
            case ast.BoolOp(op=op, values=values):
                for one, other in pairwise(values):
                    yield self._word(one, other, *_JOINED[type(op)])
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _WORKED_OUT:
                yield self._word(left, right, *_WORKED_OUT[type(op)])
            case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
                yield self._instead(node, self._text(operand), "sign or `not` dropped")
            case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
                yield self._instead(node.func, _CALLED[name], f"`{_CALLED[name]}` for `{name}`")

    def _of_values(self, node: ast.AST) -> Iterator[Change]:
        """Changes to what is worked out."""
        match node:
            case ast.JoinedStr():
                yield self._instead(node, '""', "another text")
            case ast.Constant(value=value):
                yield from self._constant(node, value)
            case ast.IfExp(body=body, orelse=orelse):
                yield self._instead(node, f"({self._text(body)})", "always the first")
                yield self._instead(node, f"({self._text(orelse)})", "always the second")
            case ast.comprehension(ifs=ifs):
                for each in ifs:
                    yield self._instead(each, "True", "filter dropped")

    def _of_steps(self, node: ast.AST) -> Iterator[Change]:
        """Changes to what is done."""
        match node:
            case ast.If(test=test) | ast.While(test=test):
                if not isinstance(test, ast.Compare | ast.UnaryOp):
                    yield self._instead(test, f"not ({self._text(test)})", "condition denied")
            case ast.Return(value=ast.expr() as value) if not _is_none(value):
                yield self._instead(value, "None", "nothing returned")
            case ast.Break():
                yield self._instead(node, "continue", "`continue` for `break`")
            case ast.Continue():
                yield self._instead(node, "break", "`break` for `continue`")
            case (
                ast.Expr(value=ast.Call() | ast.YieldFrom() | ast.Yield())
                | ast.AugAssign()
                | ast.Assign(targets=[ast.Attribute() | ast.Subscript()])
            ):
                yield self._instead(node, "pass", "statement dropped")
            case ast.match_case(pattern=pattern, guard=None):
                yield self._after(pattern, " if False", "case never taken")
            case ast.match_case(guard=ast.expr() as guard):
                yield self._instead(guard, "True", "guard dropped")
                yield self._instead(guard, "False", "case never taken")

    def _constant(self, node: ast.Constant, value: object) -> Iterator[Change]:
        match value:
            case bool():
                yield self._instead(node, str(not value), "yes for no")
            case int():
                yield self._instead(node, str(value + 1), "a number one larger")
            case str() if self._text(node)[:1] in {'"', "'"}:
                yield self._instead(node, '""' if value else '"XX"', "another text")

    def _word(self, one: ast.expr, other: ast.expr, old: str, new: str) -> Change:
        """*new* for *old*, which stands between *one* and *other*."""
        start, end = self._span(one)[1], self._span(other)[0]
        place = self._source.index(old.encode(), start, end)
        line = self._source.count(b"\n", 0, place) + 1
        return self._change(line, (place, place + len(old)), new, f"`{new}` for `{old}`")

    def _instead(self, node: ast.AST, text: str, kind: str) -> Change:
        return self._change(getattr(node, "lineno", 0), self._span(node), text, kind)

    def _after(self, node: ast.AST, text: str, kind: str) -> Change:
        _, end = self._span(node)
        line = self._source.count(b"\n", 0, end) + 1
        return self._change(line, (end, end), text, kind)

    def _change(self, line: int, span: tuple[int, int], text: str, kind: str) -> Change:
        return Change(self._path, line, min(line, self._statement), *span, text, kind)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        """From which byte up to which *node* goes."""
        match node:
            case (
                ast.expr(
                    lineno=first, col_offset=start, end_lineno=int(last), end_col_offset=int(end)
                )
                | ast.stmt(
                    lineno=first, col_offset=start, end_lineno=int(last), end_col_offset=int(end)
                )
                | ast.pattern(lineno=first, col_offset=start, end_lineno=last, end_col_offset=end)
            ):
                return self._lines[first - 1] + start, self._lines[last - 1] + end
            case _:
                raise TypeError(node)

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self._source[start:end].decode()


def _is_left_alone(node: ast.AST) -> bool:
    """Whether *node* is not what runs: what is imported, types, and samples."""
    match node:
        case (
            ast.Import() | ast.ImportFrom() | ast.arg() | ast.If(test=ast.Name(id="TYPE_CHECKING"))
        ):
            return True
        case ast.Call(func=ast.Name(id="assert_never" | "TypeVar" | "cast")):
            return True
        case ast.Call(func=ast.Name(id="Sample")):  # a test, beside what it is about
            return True
        case _:
            return False


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements of *body* but texts by themselves, which are documentation."""
    return [
        each
        for each in body
        if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
    ]


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
