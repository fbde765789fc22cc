"""Policies for frames of contacts as `rows.py` makes them."""

EIGHT = """
    DECLINE "robots" WHEN is a bot
    REVIEW "press" WHEN position mentions any of "editor", "journalist", "reporter"
    CONNECT "proven" WHEN would recommend AND met in person
    CONNECT "near" WHEN country is one of "UK", "Ireland" AND values include "craft"
        AND connected on is within the last 24 months AND has at least 500 followers
    OTHERWISE DECLINE
"""
"""Eight conditions, each of a fact of its own: Kleene logic settles all that can be settled."""

SPLIT = EIGHT.replace(
    "OTHERWISE",
    """CONNECT "popular" WHEN NOT would recommend AND met in person
        AND has at least 20,000 followers
    OTHERWISE""",
)
"""Three facts are tested twice: of somebody met and popular it is known without recommending."""

APART = (
    "FACT could recommend: yes/no\nFACT met before: yes/no\nFACT readers: count\n"
    + SPLIT.replace("NOT would recommend AND met in person", "NOT could recommend AND met before")
    .replace("20,000 followers", "20,000 readers")
)  # fmt: skip
"""The same tests, each of a fact of its own: nothing is left for the exact step."""

COPIES = {
    "could_recommend": "would_recommend",
    "met_before": "met_in_person",
    "readers": "followers",
}
"""The columns whose copies `APART` speaks of."""

COLUMNS = (
    "is_a_bot", "position", "would_recommend", "met_in_person", "country", "values",
    "connected_on", "followers",
)  # fmt: skip
"""The columns that all of them speak of."""

VERDICT = ("decision", "rule", "ask", "exact")
"""The columns that a verdict is."""
