"""The column forms of phrases: called once, for a whole table."""

from typing import Any

import attrs
import narwhals as nw

from connectrules.errors import FrameError
from connectrules.framed.columns import Columns, held, warn_of_misspelt
from connectrules.framed.table import Table
from connectrules.reading import words_of
from connectrules.rules.tree import Spoken
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import CountType, Date, FactType, Number, TextList, YesNo, shown
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.schema.vocabulary import slot as known


def formed(
    table: Table, columns: Columns, vocabulary: Vocabulary[Any], spoken: Spoken
) -> nw.Expr | None:
    """What the column form of *spoken* gives; None where that is nothing but nulls.

    Raises:
        FrameError: Where it raises, or gives anything but a column of booleans.
    """
    given = _Given(columns, vocabulary, spoken)
    try:
        made = spoken.phrase.frame(given.column, **dict(spoken.arguments))  # type: ignore[misc]
    except FrameError:
        raise
    except Exception as error:
        raise _failed(spoken, error) from error
    warn_of_misspelt(columns, given.missing, vocabulary)
    if not isinstance(made, nw.Expr):
        msg = f"{_form_of(spoken)} gave `{shown(made)}`, and must give an expression of narwhals"
        raise FrameError(msg)
    name = table.name("phrase")
    few = table.frame if table.is_lazy else table.frame.head(0)
    try:
        few = few.select(**{name: made})
        dtype = few.collect_schema()[name]
    except Exception as error:
        raise _failed(spoken, error) from error
    if name in table.engine.empty(few.to_native()):
        return None
    if dtype != nw.Boolean:
        msg = f"{_form_of(spoken)} gave {held(dtype)}, and must give yes and no (Boolean)"
        raise FrameError(msg)
    return made


def added(table: Table, spoken: Spoken, form: nw.Expr) -> nw.Expr:
    """The column that *form*, what the column form of *spoken* gave, is from now on.

    Raises:
        FrameError: Where it cannot be worked out for the rows of an eager table.
    """
    try:
        return table.add(form, "phrase")
    except Exception as error:
        raise _failed(spoken, error) from error


def _failed(spoken: Spoken, error: Exception) -> FrameError:
    return FrameError(f"{_form_of(spoken)} raised an error ({shown(words_of(error))})")


def _form_of(spoken: Spoken) -> str:
    return f"the column form of the phrase `{spoken.name}`"


@attrs.frozen
class _Given:
    """What a column form finds its columns by.

    Attributes:
        columns: The table's columns.
        vocabulary: All facts there are.
        spoken: The phrase.
        missing: The facts it asked for that have no column.
    """

    columns: Columns
    vocabulary: Vocabulary[Any]
    spoken: Spoken
    missing: list[Fact] = attrs.field(factory=list)

    def column(self, name: str) -> nw.Expr:
        """The column of the fact *name*, said or as an attribute: nulls where there is none.

        A field of the record class that is no fact has one where the table has it.
        """
        said = known(name)
        fact = next((each for each in self.vocabulary.facts.values() if _is(each, said)), None)
        if fact is None:
            return nw.col(self._hidden(name, said))
        column = self.columns.of(fact)
        if column is not None:
            return nw.col(column.name)
        self.missing.append(fact)
        return nw.lit(None, _dtype(fact.type))

    def _hidden(self, name: str, said: str) -> str:
        """The name of the column of a field that is no fact."""
        asks = f"{_form_of(self.spoken)} asks for `{name}`"
        if said not in self.vocabulary.hidden:
            facts = [fact.name for fact in self.vocabulary.facts.values()]
            msg = "; ".join((f"{asks}, which is no fact", *did_you_mean(said, facts)))
            raise FrameError(msg, columns=(name,))
        column = self.columns.find(name, [said])
        if column is None:
            msg = f"{asks}, and the table has no such column: add one, null where it is unknown"
            raise FrameError(msg, columns=(name,))
        return column.name


def _is(fact: Fact, said: str) -> bool:
    return said in {known(fact.name), known(fact.attribute or fact.name)}


def _dtype(kind: FactType) -> Any:  # noqa: ANN401 - a type, or its class
    """What a column of nulls is of that stands for a fact of *kind*."""
    match kind:
        case YesNo():
            return nw.Boolean
        case CountType():
            return nw.Int64
        case Number():
            return nw.Float64
        case Date():
            return nw.Date
        case TextList():
            return nw.List(nw.String)
        case _:
            return nw.String
