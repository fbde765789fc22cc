"""Two hundred conditions, and the function that decides by them, as one would write it.

Each of three rules is written out, in the policy's words and in Python; the others
are the same with other numbers.
"""

from collections.abc import Callable
from datetime import date

from connectrules import UNSURE, Contact, Decision

_SHAPES = (
    (
        (
            "followers is more than {n}00 AND following is less than {n}50 "
            "AND has at least {n} posts "
            'AND mutual connections are at least {n} AND country is one of "UK", "Land {n}" '
            'AND headline contains "word {n}" AND would recommend AND met in person'
        ),
        (
            "followers is not None and followers > {n}00 "
            "and following is not None and following < {n}50 "
            "and posts is not None and posts >= {n} "
            "and mutual is not None and mutual >= {n} "
            "and country is not None and country in {{'uk', 'land {n}'}} "
            "and headline is not None and 'word {n}' in headline "
            "and recommend is True and met is True"
        ),
        (
            "(followers is not None and followers <= {n}00) "
            "or (following is not None and following >= {n}50) "
            "or (posts is not None and posts < {n}) "
            "or (mutual is not None and mutual < {n}) "
            "or (country is not None and country not in {{'uk', 'land {n}'}}) "
            "or (headline is not None and 'word {n}' not in headline) "
            "or recommend is False or met is False"
        ),
    ),
    (
        (
            "has at least {n} messages sent AND has at least {n} messages received "
            'AND has fewer than {n}0 endorsements received AND company is "Firm {n}" '
            'AND position contains "rank {n}" AND follows me AND NOT is a bot AND has interacted'
        ),
        (
            "sent is not None and sent >= {n} and received is not None and received >= {n} "
            "and endorsed is not None and endorsed < {n}0 "
            "and company is not None and company == 'firm {n}' "
            "and position is not None and 'rank {n}' in position "
            "and follows is True and bot is False and interacted is True"
        ),
        (
            "(sent is not None and sent < {n}) or (received is not None and received < {n}) "
            "or (endorsed is not None and endorsed >= {n}0) "
            "or (company is not None and company != 'firm {n}') "
            "or (position is not None and 'rank {n}' not in position) "
            "or follows is False or bot is True or interacted is False"
        ),
    ),
    (
        (
            'industry is one of "Trade {n}", "Press" AND bio contains "line {n}" '
            "AND connected on is after 20{n}-01-01 AND last active on is before 20{n}-06-01 "
            'AND has at least {n} recommendations received AND values include "value {n}" '
            'AND topics include any of "topic {n}", "craft" AND came with a note'
        ),
        (
            "industry is not None and industry in {{'trade {n}', 'press'}} "
            "and bio is not None and 'line {n}' in bio "
            "and connected is not None and connected > date(20{n}, 1, 1) "
            "and active is not None and active < date(20{n}, 6, 1) "
            "and recommended is not None and recommended >= {n} "
            "and values is not None and 'value {n}' in values "
            "and topics is not None and ('topic {n}' in topics or 'craft' in topics) "
            "and note is True"
        ),
        (
            "(industry is not None and industry not in {{'trade {n}', 'press'}}) "
            "or (bio is not None and 'line {n}' not in bio) "
            "or (connected is not None and connected <= date(20{n}, 1, 1)) "
            "or (active is not None and active >= date(20{n}, 6, 1)) "
            "or (recommended is not None and recommended < {n}) "
            "or (values is not None and 'value {n}' not in values) "
            "or (topics is not None and 'topic {n}' not in topics and 'craft' not in topics) "
            "or note is False"
        ),
    ),
)
"""Eight conditions each: as a policy says them, known to hold, and known not to hold."""

_NUMBERS = range(10, 35)
_KINDS = {0: "DECLINE", 1: "REVIEW", 2: "CONNECT", 3: "CONNECT", 4: "CONNECT"}

POLICY = "".join(
    f'{_KINDS[n % 5]} "rule {n}" WHEN {_SHAPES[n % 3][0].format(n=n)}\n' for n in _NUMBERS
)
POLICY += "OTHERWISE DECLINE"


_FACTS = {
    "followers": "followers",
    "following": "following",
    "posts": "posts",
    "mutual": "mutual_connections",
    "recommend": "would_recommend",
    "met": "met_in_person",
    "sent": "messages_sent",
    "received": "messages_received",
    "endorsed": "endorsements_received",
    "follows": "follows_me",
    "bot": "is_a_bot",
    "interacted": "has_interacted",
    "connected": "connected_on",
    "active": "last_active_on",
    "recommended": "recommendations_received",
    "note": "came_with_a_note",
}
_TEXTS = ("country", "headline", "company", "position", "industry", "bio")
_LISTS = ("values", "topics")


def _by_hand() -> Callable[[Contact], Decision]:
    lines = ["def decide(contact):"]
    lines += [f"    {name} = contact.{field}" for name, field in _FACTS.items()]
    lines += [f"    if {name} is UNSURE: {name} = None" for name in _FACTS]
    for name in (*_TEXTS, *_LISTS):
        plain = f"{name}.lower()" if name in _TEXTS else f"{{each.lower() for each in {name}}}"
        lines.append(f"    {name} = contact.{name}")
        lines.append(f"    {name} = None if {name} is None or {name} is UNSURE else {plain}")
    lines += _rules("DECLINE", "DECLINE")
    lines += _rules("REVIEW", "REVIEW if decline_is_out else UNDECIDED")
    lines += ["    if not review_is_out: return UNDECIDED"]
    lines += _rules("CONNECT", "CONNECT if decline_is_out else UNDECIDED")
    lines += ["    return DECLINE if connect_is_out else UNDECIDED"]
    scope = {"UNSURE": UNSURE, "date": date, **{each.name: each for each in Decision}}
    exec("\n".join(lines), scope)  # noqa: S102 - our own text
    return scope["decide"]


def _rules(kind: str, decided: str) -> list[str]:
    """What to do where one of the rules of *kind* holds, and whether all are out."""
    rules = [(_SHAPES[n % 3], n) for n in _NUMBERS if _KINDS[n % 5] == kind]
    holds = [f"    if {holds.format(n=n)}: return {decided}" for (_, holds, _), n in rules]
    fails = " and ".join(f"({fails.format(n=n)})" for (_, _, fails), n in rules)
    return [*holds, f"    {kind.lower()}_is_out = {fails}"]


decide = _by_hand()
"""Decide by `POLICY`."""
