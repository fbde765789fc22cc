"""How many questions it takes to settle a contact, asked in one order and another.

Random policies of yes/no facts, nothing known, each answer as likely as the other:

    uv run python benchmarks/asking.py [POLICIES]
"""

import sys
from collections.abc import Callable, Mapping
from functools import cache
from random import Random
from statistics import mean

from connectrules import Contact, Decision, Policy
from connectrules.explanation import Explanation, Question

KINDS = ("CONNECT", "REVIEW", "DECLINE")


def facts(number: int) -> list[str]:
    """The names of so many facts."""
    return [f"fact {chr(ord('a') + each)}" for each in range(number)]


def condition(draw: Random, tests: list[str]) -> str:
    """A random condition of *tests*, each where it stands."""
    if len(tests) == 1:
        return tests[0]
    parts: list[list[str]] = [[] for _ in range(draw.choice([2, 2, 3, min(4, len(tests))]))]
    parts = parts[: len(tests)]
    for place, test in enumerate(tests):
        (parts[place] if place < len(parts) else draw.choice(parts)).append(test)
    joint = draw.choice(["ALL OF", "ALL OF", "ANY OF", "ANY OF", "AT LEAST 2 OF"])
    if joint == "AT LEAST 2 OF" and len(parts) == 2:
        joint = "ALL OF"
    return f"{joint} ({'; '.join(condition(draw, part) for part in parts)})"


def policy_text(draw: Random, number: int) -> str:
    """A random policy of so many facts, up to three of which are tested twice."""
    names = facts(number)
    tests = [*names, *draw.sample(names, draw.choice([0, 0, 1, 3]))]
    draw.shuffle(tests)
    tests = [draw.choice(["", "", "NOT "]) + test for test in tests]
    kinds = draw.sample(KINDS, draw.choice([1, 2, 3]))
    cuts = sorted(draw.sample(range(1, len(tests)), len(kinds) - 1))
    lines = [f"FACT {name}: yes/no" for name in names]
    for kind, start, end in zip(kinds, [0, *cuts], [*cuts, None], strict=True):
        lines.append(f"{kind} WHEN {condition(draw, tests[start:end])}")
    return "\n".join([*lines, f"OTHERWISE {draw.choice(KINDS)}"])


def drawn(draw: Random, number: int) -> Policy[Contact]:
    """A random policy in which all of so many facts matter."""
    while True:
        policy = Policy.parse(policy_text(draw, number))
        if len(policy.judge(Contact(key="x")).ask) == number:
            return policy


def optimum(policy: Policy[Contact], names: list[str]) -> float:
    """The fewest questions on average, by trying every order of all that is left to ask."""
    decide = policy.decider()
    tables: dict[Decision, int] = {}
    for way in range(1 << len(names)):
        other = {name: bool(way >> place & 1) for place, name in enumerate(names)}
        decision = decide(Contact(key="x", other=other))
        tables[decision] = tables.get(decision, 0) | 1 << way
    everything = (1 << (1 << len(names))) - 1
    far = [1 << place for place in range(len(names))]
    turned = [everything // ((1 << each) + 1) << each for each in far]

    @cache
    def fewest(left: tuple[int, ...]) -> float:
        """What is left is told by the ways that bring each decision, whatever was answered."""
        best = 0.0
        for by, yes in zip(far, turned, strict=True):
            no_ = tuple((t & ~yes) | (t & ~yes) << by for t in left)
            yes_ = tuple((t & yes) | (t & yes) >> by for t in left)
            if no_ != yes_:
                found = 1 + (fewest(no_) + fewest(yes_)) / 2
                best = min(best or found, found)
        return best

    return fewest(tuple(tables.values())[1:])


def followed(policy: Policy[Contact], choose: Callable[[Explanation], Question | str]) -> float:
    """The number of questions on average where each is the one that *choose* names.

    A question that says how many it takes with those that follow it is believed.
    """

    def asked(answers: Mapping[str, bool]) -> float:
        explanation = policy.explain(Contact(key="x"), answers=answers)
        if explanation.verdict.decision is not Decision.UNDECIDED:
            return 0.0
        found = choose(explanation)
        if isinstance(found, Question) and found.expected is not None:
            return found.expected
        fact = found.fact if isinstance(found, Question) else found
        return 1 + mean(asked({**answers, fact: answer}) for answer in (False, True))

    return asked({})


def compared(policy: Policy[Contact], number: int) -> tuple[float, ...]:
    """The numbers of questions that each way of choosing them takes."""
    of_file = [fact.name for fact in policy.facts]
    return (
        optimum(policy, facts(number)),
        followed(policy, lambda explanation: explanation.what_next[0]),
        followed(policy, lambda explanation: explanation.verdict.ask[0]),
        followed(policy, lambda explanation: min(explanation.verdict.ask, key=of_file.index)),
    )


def main(policies: int) -> None:
    """Print the table."""
    print("| unknown facts | optimum | ours | ours at worst | by influence | as in the file |")
    print("| --- | --- | --- | --- | --- | --- |")
    for number in range(6, 13):
        draw = Random(number)  # noqa: S311 - nothing secret
        rows = [compared(drawn(draw, number), number) for _ in range(policies)]
        best, *others = map(mean, zip(*rows, strict=True))
        ours, influence, file = (f"{each:.2f} (+{each / best - 1:.1%})" for each in others)
        worst = max(row[1] / row[0] for row in rows) - 1
        print(f"| {number} | {best:.2f} | {ours} | +{worst:.1%} | {influence} | {file} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100)
