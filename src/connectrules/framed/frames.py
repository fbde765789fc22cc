"""`Policy.judge_frame`: from a table of any kind to the same kind with its verdicts."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from connectrules.errors import AnswerError, FrameError
from connectrules.program import Program
from connectrules.reading import Reading, judged
from connectrules.rules.tree import Spoken, Subject
from connectrules.schema.suggestions import meant
from connectrules.schema.vocabulary import Fact
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
from connectrules.framed.by_arrow import as_arrow
from connectrules.framed.columns import RESULTS, Columns, columns_of, held, names_of, refuse_twins
from connectrules.framed.judging import judge
from connectrules.framed.records import seen_by_phrases
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
    table = _table(frame)
    job = _Job(
        binding, binding.bound(me, today, {}).program, _by_subject(binding, answers), batches
    )
    if engine_of(table) is None:
        judged = job.run_as_arrow(table)
    else:
        judged = _run(job, Table(table.to_native()))
    return nw.from_native(judged) if frame is table else judged


def _run(job: "_Job", table: Table) -> Any:  # noqa: ANN401 - a table of an engine
    try:
        return job.run(table).native
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        msg = (
            "what contacts of this policy come to is read from DuckDB with PyArrow, an extra: "
            'pip install "connectrules[duckdb]"'
        )
        raise ModuleNotFoundError(msg, name="pyarrow") from None


def _table(frame: Any) -> Any:  # noqa: ANN401 - any table, and that of narwhals
    """*frame* as narwhals knows it.

    Raises:
        TypeError: Where it is no table, or none that can be judged.
        FrameError: Where two of its columns have one name.
    """
    try:
        table = nw.from_native(frame, allow_series=True)
    except TypeError:
        msg = (
            f"judge_frame() takes a data frame, such as one of Polars, pandas or DuckDB, and was "
            f"given a `{type(frame).__name__}`; judge_all() takes records"
        )
        raise TypeError(msg) from None
    except nw.exceptions.DuplicateError:
        refuse_twins(getattr(frame, "column_names", None) or frame.columns)
        raise
    if isinstance(table, nw.Series):
        msg = "judge_frame() takes a whole table, and was given a column"
        raise TypeError(msg)
    if isinstance(table, nw.LazyFrame):
        if engine_of(table) is None:
            instead = _INSTEAD.get(table.implementation, "hand it over as one of them")
            msg = (
                f"judge_frame() does not know tables of {table.implementation.value}, but those "
                f"of Polars, pandas, PyArrow, DuckDB and PySpark: {instead}"
            )
            raise TypeError(msg)
        if not table.implementation.is_polars():
            refuse_twins(table.to_native().columns)
    return table


_INSTEAD = {
    nw.Implementation.DASK: "call `frame.map_partitions(policy.judge_frame)`, which stays lazy",
    nw.Implementation.IBIS: "call `policy.judge_frame(frame.to_pyarrow())`",
    nw.Implementation.SQLFRAME: "call `policy.judge_frame(frame.toArrow())`",
}
"""What to do with tables that narwhals knows, and that are not judged."""


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
        slots, vocabulary = self.program.slots, self.binding.resolved.vocabulary
        columns = Columns(table.schema, table.engine.empty(table.native))
        by_slot = columns_of(columns, slots, vocabulary)
        spoken = phrases.prepare(table, columns, slots, vocabulary, batches=self.batches)
        if not any(isinstance(slot.subject, Spoken) for slot in slots):
            table.put_off()
        keys = self._keys(table, columns.empty)
        compared = {*facts.compared(self.program), *self.answers}
        found = facts.read(table, slots, by_slot, compared)
        phrases.read(table, columns, found, spoken, vocabulary)
        if self.answers:
            names = sorted({key for readings in self.answers.values() for key in readings})
            facts.answer(table, found, self.answers, keys, names)
        facts.assume(table, found, slots)
        judge(table, self.program, found)
        return table

    def _keys(self, table: Table, empty: Collection[str]) -> str:
        """The column that says whom a row is about, where there are answers: key, else name."""
        if not self.answers:
            return ""
        texts = (nw.String, nw.Categorical, nw.Enum)
        there = [name for name in ("key", "name") if name in table.schema]
        names = [name for name in there if isinstance(table.schema[name], texts)]
        if not names and not any(name in empty for name in there):
            key = table.schema.get("key")
            msg = "answers are found by a contact's key, and the table has no column `key`" + (
                f" of text: it holds {held(key)}" if key else ""
            )
            raise FrameError(msg, columns=("key",))
        columns = [nw.col(name).cast(nw.String) for name in names]
        known: list[nw.Expr] = [nw.when(column != "").then(column) for column in columns]
        known = known or [nw.lit(None, nw.String)]
        name = table.name("key")
        table.frame = table.frame.with_columns(
            **{name: known[0] if len(known) == 1 else nw.coalesce(*known)}
        )
        return name

    def run_as_arrow(self, table: nw.DataFrame[Any]) -> Any:  # noqa: ANN401 - the engine's own
        """*table*, of an engine that is judged by way of Arrow, with what is decided."""
        judged = self.run(as_arrow(table, self._needed(table.columns))).frame
        return table.with_columns(
            *(_like(table, judged[name]) for name in RESULTS),
        ).to_native()

    def _needed(self, names: Sequence[Any]) -> list[str]:
        """Those of the columns *names* that judging looks at, or that are in its way."""
        subjects = [slot.subject for slot in self.program.slots]
        said = {name for each in subjects if isinstance(each, Fact) for name in names_of(each)}
        if any(isinstance(each, Spoken) for each in subjects):
            said.update(seen_by_phrases(self.binding.resolved.vocabulary))
        others = {*RESULTS, *(("key", "name") if self.answers else ())}
        return [
            name
            for name in names
            if isinstance(name, str)
            and (known(name) in said or name.lower() in others or meant(known(name), said))
        ]


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
    if not isinstance(answers, Mapping):
        msg = f"answers map contacts' keys to answers, and these are a `{type(answers).__name__}`"
        raise TypeError(msg)
    subjects = {slot.subject.key: slot.subject for slot in binding.slots}
    found: dict[Subject, dict[str, Reading]] = {}
    for key, given in answers.items():
        if not isinstance(key, str):
            msg = f"answers are found by a contact's key, which is a text, and `{key!r}` is none"
            raise TypeError(msg)
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
