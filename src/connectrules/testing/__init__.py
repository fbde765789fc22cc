"""Trying policies and phrases out.

A name is looked up when somebody asks for it: most people need few of them, and who runs
EXAMPLEs needs neither hypothesis nor pytest, which the extra ``testing`` brings.
"""

from typing import TYPE_CHECKING

__all__ = [
    "Aspect",
    "Coverage",
    "Difference",
    "ExampleResult",
    "ExamplesFail",
    "Expected",
    "Finding",
    "Goal",
    "LawBroken",
    "Mutant",
    "Mutation",
    "ProposedExample",
    "Survivor",
    "as_example",
    "assert_always",
    "assert_connects_no_more_than",
    "assert_monotone",
    "assert_never",
    "check_phrase",
    "law",
    "measure_coverage",
    "mutate",
    "phrase_laws",
    "run_examples",
]

if TYPE_CHECKING:
    from connectrules.outcome import Difference, ExampleResult, Expected
    from connectrules.testing.coverage import (
        Coverage,
        Finding,
        ProposedExample,
        measure_coverage,
    )
    from connectrules.testing.examples import run_examples
    from connectrules.testing.goals import Aspect, Goal
    from connectrules.testing.law_broken import LawBroken
    from connectrules.testing.laws import check_phrase, law, phrase_laws
    from connectrules.testing.mutants import Mutant
    from connectrules.testing.mutation import ExamplesFail, Mutation, Survivor, mutate
    from connectrules.testing.pasting import as_example
    from connectrules.testing.policy_laws import (
        assert_always,
        assert_connects_no_more_than,
        assert_monotone,
        assert_never,
    )
else:
    _ROOMS = {
        "connectrules.outcome": ("Difference", "ExampleResult", "Expected"),
        "connectrules.testing.coverage": (
            "Coverage",
            "Finding",
            "ProposedExample",
            "measure_coverage",
        ),
        "connectrules.testing.examples": ("run_examples",),
        "connectrules.testing.goals": ("Aspect", "Goal"),
        "connectrules.testing.law_broken": ("LawBroken",),
        "connectrules.testing.laws": ("check_phrase", "law", "phrase_laws"),
        "connectrules.testing.pasting": ("as_example",),
        "connectrules.testing.policy_laws": (
            "assert_always",
            "assert_connects_no_more_than",
            "assert_monotone",
            "assert_never",
        ),
        "connectrules.testing.mutants": ("Mutant",),
        "connectrules.testing.mutation": ("ExamplesFail", "Mutation", "Survivor", "mutate"),
    }
    _ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

    def __dir__():  # noqa: ANN202 - as below
        """The public names, also those that nobody has asked for yet."""
        return sorted({*globals(), *__all__})

    def __getattr__(name):  # noqa: ANN001, ANN202 - type checkers read the lines above
        """What a name stands for, loaded with the first who asks."""
        if name not in _ROOM_OF:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        from importlib import import_module  # noqa: PLC0415 - with the name

        try:
            return getattr(import_module(_ROOM_OF[name]), name)
        except ModuleNotFoundError as error:
            if error.name not in {"hypothesis", "pytest"}:
                raise
            msg = f'`{error.name}` is not installed: pip install "connectrules[testing]"'
            raise ModuleNotFoundError(msg, name=error.name) from None
