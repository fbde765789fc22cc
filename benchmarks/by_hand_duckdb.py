"""The policies of `frame_policies.py` as one would write them in DuckDB's SQL."""

import duckdb
from rows import TODAY

_TESTS = rf"""
    is_a_bot AS robot,
    regexp_matches(lower(position), '(^|[^\p{{L}}\p{{N}}])(editor|journalist|reporter)($|[^\p{{L}}\p{{N}}])')
        AS press,
    would_recommend AS recommend,
    met_in_person AS met,
    lower(country) IN ('uk', 'ireland') AS here,
    list_contains(list_transform("values", lambda value: lower(value)), 'craft') AS craft,
    connected_on > DATE '{TODAY.replace(year=TODAY.year - 2)}' AND connected_on <= DATE '{TODAY}'
        AS recent,
    followers >= 500 AS known,
"""  # noqa: E501 - it is no query, and the day is our own

_DECISION = """
    CASE
        WHEN robot OR NOT (press OR connect) THEN 'decline'
        WHEN NOT robot AND press THEN 'review'
        WHEN NOT robot AND NOT press AND connect THEN 'connect'
        ELSE 'undecided'
    END AS decision,
"""

_DECIDED = f"""
    WITH tested AS (SELECT *, {_TESTS} FROM contacts),
    joined AS (
        SELECT *, (recommend AND met) OR (here AND craft AND recent AND known) AS connect
        FROM tested
    )
    SELECT *, {_DECISION} FROM joined
"""  # noqa: S608 - its parts are constants

_SPLIT = f"""
    WITH tested AS (SELECT *, {_TESTS} followers >= 20000 AS popular FROM contacts),
    joined AS (
        SELECT *,
            (recommend AND met) OR (here AND craft AND recent AND known)
            OR (NOT recommend AND met AND popular) OR (met AND popular) AS connect
        FROM tested
    )
    SELECT *, {_DECISION} FROM joined
"""  # noqa: S608 - its parts are constants

_JUDGED = f"""
    WITH tested AS (SELECT *, {_TESTS} FROM contacts),
    rules AS (
        SELECT *,
            recommend AND met AS proven,
            here AND craft AND recent AND known AS near,
            (recommend IS NULL)::TINYINT + (met IS NULL)::TINYINT AS of_proven,
            (here IS NULL)::TINYINT + (craft IS NULL)::TINYINT + (recent IS NULL)::TINYINT
                + (known IS NULL)::TINYINT AS of_near,
        FROM tested
    ),
    joined AS (
        SELECT *, proven OR near AS connect,
            proven IS NULL AND NOT (near IS NULL AND of_near < of_proven) AS by_proven,
            near IS NULL AND NOT (proven IS NULL AND of_proven < of_near) AS by_near,
        FROM rules
    ),
    decided AS (SELECT *, {_DECISION} FROM joined)
    SELECT *,
        CASE decision
            WHEN 'decline' THEN
                CASE
                    WHEN robot THEN 'robots'
                    WHEN NOT robot THEN 'otherwise'
                    ELSE 'robots; otherwise'
                END
            WHEN 'review' THEN 'press'
            WHEN 'connect' THEN
                CASE
                    WHEN proven AND near THEN 'proven; near'
                    WHEN proven THEN 'proven'
                    ELSE 'near'
                END
        END AS rule,
        CASE
            WHEN decision <> 'undecided' THEN NULL
            WHEN robot IS NULL
                AND (press IS NOT FALSE OR connect OR (proven IS NULL AND near IS NULL))
                THEN 'is a bot'
            WHEN press IS NOT FALSE THEN 'position'
            WHEN by_near AND recent IS NULL THEN 'connected on'
            WHEN by_near AND here IS NULL THEN 'country'
            WHEN by_near AND known IS NULL THEN 'followers'
            WHEN robot IS NULL THEN 'is a bot'
            WHEN by_proven AND met IS NULL THEN 'met in person'
            WHEN by_near AND craft IS NULL THEN 'values'
            ELSE 'would recommend'
        END AS ask,
        TRUE AS exact,
    FROM decided
"""  # noqa: S608 - its parts are constants

Relation = duckdb.DuckDBPyRelation


def decided(contacts: Relation) -> Relation:
    """*contacts* with the column `decision`, by `EIGHT`."""
    return contacts.query("contacts", _DECIDED)


def split(contacts: Relation) -> Relation:
    """*contacts* with the column `decision`, by `SPLIT`, as exact as it is."""
    return contacts.query("contacts", _SPLIT)


def judged(contacts: Relation) -> Relation:
    """*contacts* with the columns `decision`, `rule`, `ask` and `exact`, by `EIGHT`."""
    return contacts.query("contacts", _JUDGED)
