"""Made-up contacts, and what is known of them, in the form that most engines read."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from random import Random

from benchmarks.peers.rulebooks import Rulebook
from connectrules import Contact


def people(count: int, *, unknown: float = 0.0) -> list[Contact]:
    """Contacts with all the facts of all rulebooks, but for a share that is *unknown*.

    Texts are in small letters, for most engines compare them letter by letter.
    """
    random = Random(7)  # noqa: S311 - as good as any

    def words(name: str) -> list[str]:
        return [f"{name} {random.randrange(1, 9)}" for _ in range(4)]

    def yes(share: float) -> bool:
        return random.random() < share

    def one(n: int) -> Contact:
        values = {
            "followers": random.randrange(2_000),
            "following": random.randrange(8_000),
            "posts": random.randrange(30),
            "mutual_connections": random.randrange(40),
            "messages_sent": random.randrange(60),
            "endorsements_received": random.randrange(100),
            "country": random.choice(("uk", "uk", "ireland", "spain", "land 4")),
            "industry": random.choice(("press", "press", "trade 2", "baking")),
            "headline": " and ".join((*words("word"), random.choice(("press", "bread")))),
            "bio": " and ".join(words("line")),
            "position": " and ".join(words("rank")),
            "values": words("value"),
            "would_recommend": yes(0.7),
            "would_have_a_drink_with": yes(0.8),
            "would_do_business_with": yes(0.8),
            "met_in_person": yes(0.7),
            "has_interacted": yes(0.7),
            "follows_me": yes(0.7),
            "came_with_a_note": yes(0.7),
            "is_a_bot": yes(0.2),
        }
        known = {name: value for name, value in values.items() if random.random() >= unknown}
        return Contact(key=f"x{n}", **known)

    return [one(n) for n in range(count)]


def records(book: Rulebook, contacts: Iterable[Contact]) -> list[dict[str, object]]:
    """A dictionary of the facts that *book* reads, for each contact; all of them are known."""
    facts = book.facts
    read = attrgetter(*facts)
    return [dict(zip(facts, read(contact), strict=True)) for contact in contacts]


def known(book: Rulebook, contacts: Sequence[Contact]) -> list[dict[str, object]]:
    """The same, without the facts that are unknown."""
    return [
        {name: value for name, value in record.items() if value is not None}
        for record in records(book, contacts)
    ]
