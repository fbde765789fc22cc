"""What is left open, and why, at the end of judging."""

from pathlib import Path

import pytest

from connectrules import Contact, Policy, Verdict
from connectrules.cli.unheard import Doubts, Unheard
from tests.cli.conftest import Run


def open_lines(text: str, *contacts: Contact, asked: tuple[str, ...]) -> list[str]:
    """What is said of *contacts* under a policy, where *asked* is asked for."""
    unheard = Unheard(Policy.parse(text))
    for contact in contacts:
        unheard.add(contact, None)
    return [*unheard.lines(asked)]


def test_facts_known_of_nobody_are_named() -> None:
    """Only those that are asked for, and that a file could tell."""
    policy = 'followers > 5 AND would recommend AND company is "A" AND bio is "B"'
    people = (Contact(key="a"), Contact(key="b", company="B"))
    asked = ("followers", "company", "would recommend", "bio")

    assert open_lines(policy, *people, asked=asked) == [
        "`followers` and `bio` are known of nobody here"
    ]
    assert open_lines(policy, *people, asked=("bio",)) == ["`bio` is known of nobody here"]
    assert open_lines(policy, *people, asked=("would recommend",)) == []


def test_many_facts_known_of_nobody_are_counted() -> None:
    """Six are named."""
    names = [f"score {letter}" for letter in "abcdefgh"]
    lines = "".join(f"FACT {name}: number\n" for name in names)
    rule = " AND ".join(f"{name} > 5" for name in names)

    (told,) = open_lines(
        f"{lines}CONNECT WHEN {rule}\nOTHERWISE DECLINE", Contact(key="a"), asked=(*names,)
    )

    assert told == (
        "`score a`, `score b`, `score c`, `score d`, `score e`, `score f` and 2 more "
        "are known of nobody here"
    )


def test_an_answer_is_known(run: Run, folder: Path) -> None:
    """What answers tell of somebody is not known of nobody."""
    (folder / "answers.csv").write_text("key,bio\nada,baker\n", encoding="utf-8")
    judge = ("judge", "-c", 'bio mentions "baker"', "contacts.csv")

    assert run(*judge).stderr.endswith("\n`bio` is known of nobody here\n")
    assert "nobody" not in run(*judge, "--answers", "answers.csv").stderr


def test_what_is_asked_of_me_is_told_to_be_mine(run: Run, folder: Path) -> None:
    """With where it belongs; and why less may have to be asked."""
    (folder / "me.json").write_text("{}", encoding="utf-8")
    condition = 'values include at least 2 of my values OR values include "craft"'

    result = run("judge", "-c", condition, "contacts.csv", "--me", "me.json")

    assert result.stderr.splitlines()[2:] == [
        "7 contacts judged",
        "7 undecided: ask first `values` (7)",
        (
            "7 undecided contacts may need fewer answers than are asked for: `values` is compared "
            "with `my values`, and not both are known; tell both"
        ),
        "`values` is known of nobody here",
        "`my values` is asked of you: put it in your own record, which `--me FILE` gives",
    ]


TWICE = " AND ".join(
    f'(score {letter} > 5 OR score {letter} < 3 OR company is "A")' for letter in "abcdefghijk"
)
MANY = (
    "".join(f"FACT score {letter}: number\n" for letter in "abcdefghijk")
    + f"CONNECT WHEN {TWICE}\nOTHERWISE DECLINE"
)


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        (
            "followers > following OR followers > 5",
            "`followers` is compared with `following`, and not both are known; tell both",
        ),
        (
            MANY,
            "too many facts that it tests twice are unknown; `connectrules check` names them",
        ),
        (
            'bio mentions "art" AND NOT bio contains "art"',
            "tests of one text or list may hang together; tell it, and it is settled",
        ),
    ],
)
def test_why_a_verdict_is_not_exact(policy: str, why: str) -> None:
    """A comparison, the limit, or tests that may hang together."""
    parsed = Policy.parse(policy)
    verdict: Verdict = parsed.judge(Contact(key="a"))

    assert not verdict.exact
    assert Doubts(parsed).why(verdict) == why
