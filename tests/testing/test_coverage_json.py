"""Coverage as programs read it."""

import pytest
from hypothesis import given

from connectrules import Policy
from connectrules.testing.coverage import Coverage, measure_coverage
from connectrules.testing.goals import Aspect
from connectrules.testing.report.json import coverage_json
from tests.property.model import Case
from tests.property.printing import policy_text
from tests.property.running import tried
from tests.property.strategies import case
from tests.property.test_examples import SILENT
from tests.property.universe import FIELDS
from tests.testing.covered import GAPS, SHARED, covered

TEXT = """\
CONNECT "x" WHEN would recommend
OTHERWISE DECLINE

EXAMPLE "a friend" EXPECT CONNECT
    - would recommend: yes
"""


def test_the_whole() -> None:
    """Every goal with its place, how many cases show it, its pair and what would fill its gap."""
    where = {"rule": "x", "sentence": "would recommend", "line": 1, "column": 18}

    assert coverage_json(*covered(TEXT)) == {
        "over": "examples",
        "cases": 1,
        "failing": [],
        "percent": 0.0,
        "counts": {
            "decides": {"shown": 1, "possible": 2},
            "holds": {"shown": 1, "possible": 1},
            "fails": {"shown": 0, "possible": 1},
            "unknown": {"shown": 0, "possible": 1},
            "alone": {"shown": 0, "possible": 1},
        },
        "goals": [
            {"aspect": "decides", "rule": "x", "line": 1, "column": 1, "cases": [1], "gap": None},
            {"aspect": "holds", **where, "cases": [1], "gap": None},
            {"aspect": "fails", **where, "cases": [0], "gap": "proposed", "proposals": [1]},
            {"aspect": "unknown", **where, "cases": [0], "gap": "proposed", "proposals": [2]},
            {
                "aspect": "alone",
                **where,
                "cases": [1, 0],
                "pair": None,
                "gap": "proposed",
                "proposals": [1],
            },
            {
                "aspect": "decides",
                "rule": "otherwise",
                "line": 2,
                "column": 1,
                "cases": [0],
                "gap": "proposed",
                "proposals": [1],
            },
        ],
        "proposals": [
            {
                "name": "almost x (would recommend: no)",
                "text": "# Here no rule applies, so that OTHERWISE decides.\n"
                '# Were `would recommend` so, "x" would apply.\n'
                'EXAMPLE "almost x (would recommend: no)" EXPECT DECLINE BECAUSE OF "otherwise"\n'
                "    - would recommend: no",
                "shows": [
                    "Here no rule applies, so that OTHERWISE decides.",
                    'Were `would recommend` so, "x" would apply.',
                ],
                "actual": {
                    "contact": "almost x (would recommend: no)",
                    "decision": "decline",
                    "rules": ["otherwise"],
                    "because": [],
                    "ask": [],
                    "unsure": [],
                    "assumed": [],
                    "exact": True,
                    "faults": [],
                },
            },
            {
                "name": "nothing is known",
                "text": 'EXAMPLE "nothing is known" EXPECT UNDECIDED',
                "shows": [],
                "actual": {
                    "contact": "nothing is known",
                    "decision": "undecided",
                    "rules": [],
                    "because": [],
                    "ask": ["would recommend"],
                    "unsure": [],
                    "assumed": [],
                    "exact": True,
                    "faults": [],
                },
            },
        ],
    }


def test_what_another_file_has() -> None:
    """Its name is told, and the place is that in it; the pair is named."""
    goals = coverage_json(*covered(SHARED))["goals"]

    assert [each for each in goals if each["aspect"] == "alone" and each.get("file")] == [
        {
            "aspect": "alone",
            "rule": "near",
            "sentence": "met in person",
            "file": "kin.policy",
            "line": 3,
            "column": 5,
            "cases": [1, 1],
            "pair": ["kin I recommend", "no kin"],
            "gap": None,
        },
        {
            "aspect": "alone",
            "rule": "far",
            "sentence": "met in person",
            "file": "kin.policy",
            "line": 3,
            "column": 5,
            "cases": [1, 0],
            "pair": None,
            "gap": "proposed",
            "proposals": [1],
        },
    ]


def test_gaps_of_all_kinds() -> None:
    """Tries are told where nobody was found; nobody is to be looked for where nobody can be."""
    goals = coverage_json(*covered(GAPS))["goals"]

    assert [
        (each["aspect"], each["gap"], each.get("tries"), each.get("proposals"))
        for each in goals
        if each["gap"] in ("impossible", "not found")
    ] == [
        ("unknown", "impossible", None, None),
        ("decides", "not found", 10, None),
        ("alone", "not found", 27, None),
        ("alone", "not found", 27, [2]),
    ]


@pytest.mark.parametrize(("shown", "percent"), [(2, 66.66), (3, 100.0)])
def test_percent_is_100_only_where_all_is_shown(shown: int, percent: float) -> None:
    """It is never rounded up."""
    policy, found = covered(
        "CONNECT WHEN a\nDECLINE WHEN b\nREVIEW WHEN c\nOTHERWISE DECLINE".translate(
            {ord("a"): "met in person", ord("b"): "is a bot", ord("c"): "would recommend"}
        )
    )
    alone = [each for each in found.findings if each.goal.aspect is Aspect.ALONE]
    findings = [
        type(each)(each.goal, (("x",), ("y",) if place < shown else ()))
        for place, each in enumerate(alone)
    ]

    value = coverage_json(policy, Coverage(policy.source, (), tuple(findings)))

    assert value["percent"] == percent


@pytest.mark.once
@tried(15)
@given(case())
def test_random_policies(drawn: Case) -> None:
    """Counts are those of the goals, and proposals there are."""
    policy = Policy.parse(policy_text(drawn.rules, FIELDS), vocabulary=SILENT)

    value = coverage_json(policy, measure_coverage(policy))

    for aspect, count in value["counts"].items():
        gaps = [each["gap"] for each in value["goals"] if each["aspect"] == aspect]
        assert count["shown"] == gaps.count(None)
        assert count["possible"] == len(gaps) - gaps.count("impossible")
    named = {number for each in value["goals"] for number in each.get("proposals", ())}
    assert named == {*range(1, len(value["proposals"]) + 1)}
