"""Pages to open, of people who do not exist."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

import attrs

from connectrules import Contact, Policy
from connectrules.errors import ContactError
from connectrules.explanation import Account, Basis, Change, Explanation, Lead, Question, WhyNot
from connectrules.render.html import Told, page
from connectrules.verdict import Decision

DAY = datetime.date(2026, 11, 22)

RECOMMEND = "would recommend"


class MadeUp:
    """See `Account`: what is told of every contact alike."""

    decisions: tuple[Decision, ...] = (Decision.CONNECT, Decision.REVIEW, Decision.DECLINE)

    def bases(self) -> Iterator[Basis]:
        """None."""
        return iter(())

    def why_not(self, decision: Decision, /) -> WhyNot:
        """Two ways, of one and of two changes."""
        asked = Change(RECOMMEND, None, after=True, asked=True)
        fewer = Change("following", 5_038, 5_000, by=-38)
        return WhyNot(decision, ((fewer,), (asked, fewer)))

    def what_next(self) -> tuple[Question, ...]:
        """One question, that settles it or leads to another."""
        leads = (Lead("yes", Decision.CONNECT), Lead("no", None, "following"))
        return (Question(RECOMMEND, None, 1.5, 0.5, leads), Question("following", None, 2, 0.1, ()))

    def cannot_matter(self) -> tuple[str, ...]:
        """One fact."""
        return ("company",)


POLICY = """\
POLICY "Two rules"
ABOUT "People I would meet and recommend."
ASK would recommend: "Would you recommend {name} to your clients?"
FACT is a recruiter: yes/no
ASSUME is a recruiter: no

CONNECT "two rules" WHEN would have a drink with AND would recommend
UNLESS is a recruiter
BECAUSE "I link only with people I would meet and recommend"

REVIEW "press" WHEN position mentions any of "editor", "journalist"
BECAUSE "I answer the press myself"

DECLINE "mass followers" WHEN following is more than 5,000
BECAUSE "consensual spam"

OTHERWISE DECLINE BECAUSE "numbers alone mean nothing to me"
"""

PEOPLE = (
    Contact(
        key="net:ada",
        name="Ada Example",
        company="Zenith",
        position="Consultant",
        url="https://net.example/in/ada",
        country="Ireland",
        following=120,
        would_have_a_drink_with=True,
        would_recommend=True,
        note="a secret about Ada",
        origins={"position": "people.csv:2", "would recommend": "answers.csv:2"},
    ),
    Contact(
        key="net:bob",
        name="Bob Example",
        position="Baker",
        following=10,
        would_have_a_drink_with=False,
    ),
    Contact(
        key="net:cy",
        name="Cý Example",
        company="Alder",
        position="Baker",
        following=10,
        would_have_a_drink_with=True,
    ),
    Contact(key="net:di", name="Di Example", company="Mill", position="Editor", following=7),
    Contact(
        key="net:eve",
        name="Eve Example",
        position="Baker",
        following="many",  # type: ignore[arg-type]
        would_have_a_drink_with=True,
        would_recommend=True,
    ),
    Contact(key="net:flo", name="Flo Example", position="Baker", following=9_000),
)


def explained(
    policy: Policy[Contact], people: Iterable[Contact], account: Account | None = None
) -> Iterator[tuple[Contact, Explanation | ContactError]]:
    """Each of *people* and what is decided about them; *account* is told of all, if given."""
    for contact in people:
        try:
            found = policy.explain(contact, today=DAY)
        except ContactError as error:
            yield contact, error
        else:
            yield contact, found if account is None else attrs.evolve(found, account=account)


def text_of(
    people: Iterable[Contact] = PEOPLE,
    *,
    policy: str = POLICY,
    files: tuple[str, ...] = ("people.csv",),
    notes: Sequence[str] = ("6 contacts judged",),
    account: Account | None = None,
) -> str:
    """A page about *people*."""
    parsed = Policy.parse(policy, name="two.policy")
    results = explained(parsed, people, account)
    return "".join(page(parsed, results, Told(DAY, files, lambda: notes)))
