"""Made-up contacts, of whom some things are not known."""

from datetime import date
from itertools import product
from random import Random

from connectrules import Contact

ANSWERS = (True, False, None)

OF_THREE = 20 * [
    Contact(key="x", would_have_a_drink_with=a, would_recommend=b, would_do_business_with=c)
    for a, b, c in product(ANSWERS, repeat=3)
]
OF_EIGHT = [
    Contact(
        key="x",
        following=following,
        follows_me=follows,
        followers=followers,
        country=country,
        headline="Head of Press",
        is_a_bot=bot,
        would_recommend=recommend,
        met_in_person=True,
    )
    for following, follows, followers, country, bot, recommend in product(
        (10, 6_000, None), ANSWERS, (10, 600), ("UK", "Spain"), (False, None), ANSWERS
    )
]


def of_two_hundred(*, unknown: float) -> list[Contact]:
    """Contacts with all the facts of the 200 conditions, but for a share that is *unknown*."""
    random = Random(5)  # noqa: S311 - as good as any

    def one(n: int) -> Contact:
        values = {
            "followers": random.choice((2_000, 9_000)),
            "following": random.choice((500, 500, 3_000)),
            "posts": random.choice((15, 40)),
            "mutual_connections": random.choice((20, 50)),
            "country": random.choice(("UK", "Land 12", "Spain")),
            "headline": random.choice(("Of word 12, word 18 and word 27", "Of word 15", "Baker")),
            "would_recommend": random.choice((True, True, False)),
            "met_in_person": random.choice((True, True, False)),
            "messages_sent": random.choice((20, 90)),
            "messages_received": random.choice((20, 90)),
            "endorsements_received": random.choice((3, 3, 200)),
            "company": random.choice(("Firm 10", "Firm 13", "Bramley PR", "Firm 19")),
            "position": random.choice(("Of rank 13, once rank 10", "Of rank 10 to rank 19")),
            "follows_me": random.choice((True, True, False)),
            "is_a_bot": random.choice((False, False, True)),
            "has_interacted": random.choice((True, True, False)),
            "industry": random.choice(("Press", "Press", "Trade 14")),
            "bio": random.choice(("First line 11, then line 14 and line 20", "I bake")),
            "connected_on": date(2000 + random.randrange(9, 26), 3, 1),
            "last_active_on": date(2000 + random.randrange(9, 26), 3, 1),
            "recommendations_received": random.choice((20, 40)),
            "values": random.choice((["craft", "value 14"], ["value 20"], ["value 11"])),
            "topics": random.choice((["craft"], ["topic 11", "rivers"])),
            "came_with_a_note": random.choice((True, True, False)),
        }
        known = {name: value for name, value in values.items() if random.random() >= unknown}
        return Contact(key=f"x{n}", **known)

    return [one(n) for n in range(200)]
