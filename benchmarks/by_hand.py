"""Deciding functions as one would write them by hand, for None as unknown and UNSURE as well.

A condition is known to hold, known not to hold, or neither; each function says both
where it needs both, without helpers that would cost a call.
"""

from connectrules import UNSURE, Contact, Decision

THREE = "would have a drink with AND would recommend AND would do business with"


def three(contact: Contact) -> Decision:
    """Decide by `THREE`."""
    drink, recommend = contact.would_have_a_drink_with, contact.would_recommend
    business = contact.would_do_business_with
    if drink is False or recommend is False or business is False:
        return Decision.DECLINE
    if drink is True and recommend is True and business is True:
        return Decision.CONNECT
    return Decision.UNDECIDED


EIGHT = """
    DECLINE "spam" WHEN following is more than 5,000 AND NOT follows me
    CONNECT "near" WHEN has at least 500 followers AND country is one of "UK", "Ireland"
        AND headline contains "press" AND NOT is a bot
    CONNECT "known" WHEN would recommend AND met in person
    OTHERWISE DECLINE
"""


def eight(contact: Contact) -> Decision:
    """Decide by `EIGHT`."""
    following, follows = contact.following, contact.follows_me
    if following is UNSURE:
        following = None
    if following is not None and following > 5_000 and follows is False:
        return Decision.DECLINE
    followers, country, headline = contact.followers, contact.country, contact.headline
    if followers is UNSURE:
        followers = None
    country = None if country is None or country is UNSURE else country.lower()
    headline = None if headline is None or headline is UNSURE else headline.lower()
    bot, recommend, met = contact.is_a_bot, contact.would_recommend, contact.met_in_person
    near = (
        followers is not None
        and followers >= 500
        and country is not None
        and country in {"uk", "ireland"}
        and headline is not None
        and "press" in headline
        and bot is False
    )
    if near or (recommend is True and met is True):
        spam_is_out = (following is not None and following <= 5_000) or follows is True
        return Decision.CONNECT if spam_is_out else Decision.UNDECIDED
    near_is_out = (
        (followers is not None and followers < 500)
        or (country is not None and country not in {"uk", "ireland"})
        or (headline is not None and "press" not in headline)
        or bot is True
    )
    if near_is_out and (recommend is False or met is False):
        return Decision.DECLINE
    return Decision.UNDECIDED
