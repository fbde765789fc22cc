"""`facts` lists what a policy may speak of."""

import pytest

from connectrules import Contact, Policy, Vocabulary
from connectrules.cli.facts import say
from connectrules.schema.types import Number, OneOf
from connectrules.schema.vocabulary import Fact
from tests.cli.conftest import Run


def lines(text: str, *starts: str) -> list[str]:
    """The lines of *text* about some facts, with single spaces."""
    return [" ".join(line.split()) for line in text.splitlines() if line.startswith(starts)]


def test_the_facts_of_every_contact_are_listed(run: Run) -> None:
    """With their type, and a sentence to start from."""
    result = run("facts")

    assert lines(result.stdout, "fact", "company", "posts", "is a bot") == [
        "fact type say",
        'company text company is "…"',
        "posts count has at least 5 posts",
        "is a bot yes/no is a bot",
    ]
    assert (result.stderr, result.exit_code) == ("", 0)


def test_what_is_known_is_counted(run: Run) -> None:
    """Unsure or unusable is not known; the policy's own facts are marked."""
    result = run("facts", "two.policy", "contacts.csv")

    assert lines(result.stdout, "fact", "would recommend", "following", "is a recruiter") == [
        "fact type say known",
        "following count has at least 5 following 6 of 7",
        "would recommend yes/no would recommend 3 of 7",
        "is a recruiter * yes/no is a recruiter 0 of 7",
    ]
    assert result.stderr.endswith("* 1 fact of the policy's own\n")


def test_contacts_need_no_policy(run: Run) -> None:
    """They are told from a policy by what they are called."""
    result = run("facts", "contacts.csv")

    assert lines(result.stdout, "position") == ['position text position is "…" 7 of 7']


FACTS = [
    *Vocabulary.of(Contact).facts.values(),
    Fact("response rate", Number()),
    Fact("relationship", OneOf(("client", "peer"))),
]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_sentence_reads(fact: Fact) -> None:
    """What is suggested can be pasted into a policy."""
    vocabulary = Vocabulary.of(Contact).declaring(fact)

    policy = Policy.parse(say(fact).replace("…", "x"), vocabulary=vocabulary)

    assert [each.name for each in policy.facts] == [fact.name]
