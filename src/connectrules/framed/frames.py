"""`Policy.judge_frame`: from a table of any kind to the same kind with its verdicts."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from connectrules.errors import AnswerError, FrameError
from connectrules.program import Program
from connectrules.reading import Reading, judged
from connectrules.rules.tree import Spoken, Subject
from connectrules.schema.suggestions import meant
from connectrules.schema.vocabulary import slot as known

if TYPE_CHECKING:
    from connectrules.binding import Answers, Binding

try:
    import narwhals as nw
except ModuleNotFoundError as error:  # pragma: no cover - a test starts a Python without it
    if error.name != "narwhals":
        raise
    msg = 'tables are judged with narwhals, an extra: pip install "connectrules[frames]"'
    raise ModuleNotFoundError(msg, name="narwhals") from None

from connectrules.backends.frames.engines import engine_of
from connectrules.framed import facts, phrases
from connectrules.framed.columns import RESULTS, columns_of, names_of
from connectrules.framed.judging import judge
from connectrules.framed.table import Table


def judge_frame(
    binding: "Binding",
    frame: Any,  # noqa: ANN401 - any table
    me: object,
    today: datetime.date | None,
    answers: "Mapping[str, Answers]",
    *,
    batches: bool,
) -> Any:  # noqa: ANN401 - the same kind of table
    """*frame* with the verdict on each row; see `Policy.judge_frame`."""
    try:
        table = nw.from_native(frame)
    except TypeError:
        msg = (
            f"judge_frame() takes a data frame, such as one of Polars, pandas or DuckDB, and was "
            f"given a `{type(frame).__name__}`; judge_all() takes records"
        )
        raise TypeError(msg) from None
    if not isinstance(table, (nw.DataFrame, nw.LazyFrame)):
        msg = "judge_frame() takes a whole table, and was given a column"
        raise TypeError(msg)
    job = _Job(
        binding, binding.bound(me, today, {}).program, _by_subject(binding, answers), batches
    )
    if engine_of(table) is not None:
        return job.run(Table(frame)).native
    if isinstance(table, nw.DataFrame):
        return job.run_as_arrow(table)
    known_kinds = "Polars, pandas, PyArrow, DuckDB and PySpark"
    msg = (
        f"judge_frame() does not know tables of {table.implementation.value}: it takes those of "
        f"{known_kinds}"
    )
    raise TypeError(msg)


@attrs.frozen
class _Job:
    """A policy, for one judging of a table.

    Attributes:
        binding: The policy.
        program: The policy for an owner and a day.
        answers: The answers about each fact, by the contact's key.
        batches: Whether phrases with no column form are called row by row.
    """

    binding: "Binding"
    program: Program
    answers: Mapping[Subject, Mapping[str, Reading]]
    batches: bool

    def run(self, table: Table) -> Table:
        """Add to *table* what is decided."""
        slots, schema = self.program.slots, table.schema
        columns = columns_of(
            schema, table.engine.empty(table.native), slots, self.binding.resolved.vocabulary
        )
        keys = self._keys(table)
        found = facts.read(table, slots, columns)
        phrases.read(table, found, self.binding, slots, batches=self.batches)
        if self.answers:
            names = sorted({key for readings in self.answers.values() for key in readings})
            facts.answer(table, found, self.answers, keys, names)
        facts.assume(table, found, slots)
        judge(table, self.program, found)
        return table

    def _keys(self, table: Table) -> str:
        """The column that says whom a row is about, where there are answers: key, else name."""
        if not self.answers:
            return ""
        names = [name for name in ("key", "name") if table.schema.get(name) == nw.String]
        if not names:
            msg = "answers are found by a contact's key, and the table has no text column `key`"
            raise FrameError(msg, columns=("key",))
        known = [nw.when(nw.col(name) != "").then(nw.col(name)) for name in names]
        name = table.name("key")
        table.frame = table.frame.with_columns(
            **{name: known[0] if len(known) == 1 else nw.coalesce(*known)}
        )
        return name

    def run_as_arrow(self, table: nw.DataFrame[Any]) -> Any:  # noqa: ANN401 - the engine's own
        """*table*, of an engine that is judged by way of Arrow, with what is decided."""
        names = self._needed(table.columns)
        try:
            arrow = table.select(*names).to_arrow()
        except (TypeError, ValueError) as error:
            msg = f"the table's columns cannot be read: {error}"
            raise FrameError(msg, code="CR501") from error
        judged = self.run(Table(arrow)).frame
        return table.with_columns(
            *(_like(table, judged[name]) for name in RESULTS),
        ).to_native()

    def _needed(self, names: Sequence[str]) -> list[str]:
        """Those of the columns *names* that judging looks at, or that are in its way."""
        said = {name for slot in self.program.slots for name in names_of(slot)}
        others = {*RESULTS, *(("key", "name") if self.answers else ())}
        if any(isinstance(slot.subject, Spoken) for slot in self.program.slots):
            return list(names)
        near = [name for name in names if meant(known(name), said)]
        return [name for name in names if known(name) in said or name in others or name in near]


def _like(table: nw.DataFrame[Any], column: nw.Series[Any]) -> nw.Series[Any]:
    """*column*, of Arrow, as a column of *table*, in a type that has room for what is null."""
    values = column.to_list()
    if table.implementation.is_pandas_like():
        space = table.__native_namespace__()
        dtype = "boolean" if column.dtype == nw.Boolean else "string"
        index = table.to_native().index
        made = space.Series(values, index=index, dtype=dtype, name=column.name)
        return nw.from_native(made, series_only=True)
    return nw.new_series(column.name, values, column.dtype, backend=table.implementation)


def _by_subject(
    binding: "Binding", answers: "Mapping[str, Answers]"
) -> dict[Subject, dict[str, Reading]]:
    """*answers* by their facts.

    Raises:
        AnswerError: Where an answer names no known fact, or is one about the owner.
    """
    subjects = {slot.subject.key: slot.subject for slot in binding.slots}
    found: dict[Subject, dict[str, Reading]] = {}
    for key, given in answers.items():
        about, owner = binding.answered(given)
        if owner:
            said = next(iter(owner))
            msg = f"`my {said}` is answered for `{key}`: a table has one owner, give it with `me`"
            raise AnswerError(msg, f"my {said}")
        for name, (value, where) in about.items():
            if name in subjects:
                reading = judged(subjects[name], value, where)
                found.setdefault(subjects[name], {})[key] = reading
    return found
