"""Explanations read well for every kind of verdict."""

import datetime

from connectrules.errors import ContactError
from connectrules.explanation import Evidence, Explanation, Reason
from connectrules.render.cells import width
from connectrules.render.text import Role, error_text, explanation_text
from connectrules.schema.types import UNSURE
from connectrules.verdict import Decision, Fault, Verdict
from tests.render.test_diagnostics import shown

THREE = "I link only with people I would meet, recommend and trade with"

MANY = "`followers`: `many` is not a whole number, 0 or more"


def fact(name: str, value: object, where: str | None = None) -> Evidence:
    """A yes/no fact as a condition."""
    holds = value if isinstance(value, bool) else None
    return Evidence(name, holds, ((name, value, where),))


PRESS = Evidence(
    'position mentions any of "editor", "journalist"',
    holds=False,
    values=(("position", "Consultant", "Connections.csv:7"),),
    rule="press",
)


def test_a_connect_shows_its_rule_and_what_did_not_stand_against_it() -> None:
    """Each condition has its value and place; rules that might have beaten it come last."""
    verdict = Verdict(Decision.CONNECT, ("three rules",), (THREE,))
    conditions = (
        fact("would have a drink with", value=True, where="Notes.csv:3"),
        fact("would recommend", value=True, where="answers.csv:2"),
        PRESS,
        Evidence(
            "following is more than 5,000",
            holds=False,
            values=(("following", 120, "Connections.csv:7"),),
            rule="mass followers",
        ),
    )
    explanation = Explanation(
        "Ada Example (linkedin:ada-example)", verdict, (Reason("three rules", THREE, conditions),)
    )

    assert str(explanation) == shown("""
        CONNECT  Ada Example (linkedin:ada-example)
        └─ three rules: I link only with people I would meet, recommend and trade with
           ├─ would have a drink with: yes  (Notes.csv:3)
           ├─ would recommend: yes  (answers.csv:2)
           ├─ press does not apply
           │  └─ position mentions any of "editor", "journalist": no, "Consultant"
           │       (Connections.csv:7)
           └─ mass followers does not apply
              └─ following is more than 5,000: no, 120  (Connections.csv:7)
    """)


def test_several_rules_stand_side_by_side() -> None:
    """A rule without a reason is its name alone."""
    verdict = Verdict(Decision.REVIEW, ("press", "review 2"), ())
    explanation = Explanation(
        "bob",
        verdict,
        (
            Reason("press", "I answer the press myself", (fact("a", value=True),)),
            Reason("review 2", None, (fact("b", value=False),)),
        ),
    )

    assert str(explanation) == shown("""
        REVIEW  bob
        ├─ press: I answer the press myself
        │  └─ a: yes
        └─ review 2
           └─ b: no
    """)


def test_the_default_shows_the_rules_that_did_not_apply() -> None:
    """What declined by otherwise is what kept the other rules away."""
    verdict = Verdict(Decision.DECLINE, ("otherwise",), ("numbers alone mean nothing to me",))
    explanation = Explanation(
        "bob", verdict, (Reason("otherwise", "numbers alone mean nothing to me", (PRESS,)),)
    )

    assert str(explanation) == shown("""
        DECLINE  bob
        └─ otherwise: numbers alone mean nothing to me
           └─ press does not apply
              └─ position mentions any of "editor", "journalist": no, "Consultant"
                   (Connections.csv:7)
    """)


def test_an_undecided_verdict_says_what_to_ask_first() -> None:
    """Then what nobody could say, whether it is exact, and what may decide."""
    verdict = Verdict(
        Decision.UNDECIDED, ask=("would recommend", "company"), unsure=("met",), exact=False
    )
    explanation = Explanation(
        "Cy Example",
        verdict,
        (
            Reason(
                "three rules",
                THREE,
                (fact("would recommend", None), fact("met", UNSURE, "answers.csv:4")),
            ),
            Reason("otherwise", None, ()),
        ),
        ("Would you recommend Cy Example to your clients?", None),
    )

    assert str(explanation) == shown("""
        UNDECIDED  Cy Example
        ├─ what to ask
        │  ├─ would recommend: Would you recommend Cy Example to your clients?
        │  └─ company
        ├─ what nobody could say: met
        ├─ what is known may settle it already: conditions that hang together were
        │    looked at one by one, so more may be asked here than is needed
        └─ what may decide it
           ├─ three rules: I link only with people I would meet, recommend and trade
           │  │ with
           │  ├─ would recommend: not known
           │  └─ met: unsure  (answers.csv:4)
           └─ otherwise
    """)


def test_assumptions_and_faults_stand_beside_the_reasons() -> None:
    """What the decision rests on, and what could not be used, are told."""
    verdict = Verdict(
        Decision.CONNECT,
        ("policy",),
        assumed=("is a recruiter",),
        faults=(Fault("followers", "CR501", MANY, "x.csv:7"),),
    )
    explanation = Explanation("ada", verdict, (Reason("policy", None, ()),))

    assert str(explanation) == shown("""
        CONNECT  ada
        ├─ policy
        ├─ resting on assumptions: is a recruiter
        └─ set aside, and without effect
           └─ `followers`: `many` is not a whole number, 0 or more  (x.csv:7)
    """)


def test_values_of_every_type_are_said_in_words() -> None:
    """Numbers have groups, texts quotes, days are ISO, long things are cut."""
    values: dict[str, object] = {
        "count": 5000,
        "number": 1234.5,
        "text": "x" * 70,
        "day": datetime.date(2026, 11, 22),
        "list": frozenset({"b", "a"}),
        "long list": [str(number) for number in range(10)],
        "nothing": (),
        "odd": {1: "a\x1b"},
    }
    conditions = tuple(
        Evidence(name, holds=True, values=((name, value, None),)) for name, value in values.items()
    )
    verdict = Verdict(Decision.CONNECT, ("policy",))

    assert str(Explanation("ada", verdict, (Reason("policy", None, conditions),))) == shown(f"""
        CONNECT  ada
        └─ policy
           ├─ count: yes, 5,000
           ├─ number: yes, 1,234.5
           ├─ text: yes, "{"x" * 59}…"
           ├─ day: yes, 2026-11-22
           ├─ list: yes, "a", "b"
           ├─ long list: yes, "0", "1", "2", "3", "4", "5", "6", "7" and 2 more
           ├─ nothing: yes, none
           └─ odd: yes, {{1: 'a\\x1b'}}
    """)


def test_a_condition_about_two_facts_shows_both() -> None:
    """Each has its own place, and an unknown side is called so."""
    known = Evidence(
        "country is my country",
        holds=True,
        values=(("country", "UK", "x.csv:2"), ("my country", "UK", "me.json")),
    )
    half = Evidence(
        "followers is more than following",
        holds=None,
        values=(("followers", 5, None), ("following", None, None)),
    )
    bare = Evidence("a proven contact", holds=False)
    unsettled = Evidence("x is 1", holds=None, values=(("x", 1, None),))
    verdict = Verdict(Decision.CONNECT, ("policy",))
    reason = Reason("policy", None, (known, half, bare, unsettled))

    assert str(Explanation("ada", verdict, (reason,))) == shown("""
        CONNECT  ada
        └─ policy
           ├─ country is my country: yes, country "UK" (x.csv:2), my country "UK"
           │    (me.json)
           ├─ followers is more than following: not known, followers 5, following not
           │    known
           ├─ a proven contact: no
           └─ x is 1: 1
    """)


def test_a_contact_that_cannot_be_judged_looks_alike() -> None:
    """An error is no decision, and says what is wrong and where."""
    error = ContactError(
        MANY,
        contact="eve",
        code="CR501",
        fact="followers",
        where="contacts.csv:7",
    )

    assert error_text(error) == shown("""
        ERROR  eve
        └─ `followers`: `many` is not a whole number, 0 or more  (contacts.csv:7)
    """)


def test_it_fits_narrow_terminals_and_can_be_dressed() -> None:
    """Lines wrap under their own text; decision and names may be coloured."""

    def dress(role: Role, text: str) -> str:
        return f"<{role}>{text}</>" if role != "frame" else text

    verdict = Verdict(Decision.DECLINE, ("never met",))
    explanation = Explanation(
        "linkedin:a-contact-with-a-long-key",
        verdict,
        (Reason("never met", None, (fact("met in person", value=False, where="Notes.csv:31"),)),),
    )

    assert all(width(line) <= 30 for line in explanation_text(explanation, width=30).splitlines())
    assert explanation_text(explanation, width=30, paint=dress) == shown("""
        <decline>DECLINE</>
          linkedin:a-contact-with-a-lo
          ng-key
        └─ <title>never met</>
           └─ met in person: no
                (Notes.csv:31)
    """)
