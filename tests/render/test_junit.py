"""JUnit XML that build servers read, whatever a policy is called and says."""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest
import xmlschema
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectrules import Contact, ContactError, Policy, PolicyError
from connectrules.diagnostics import Diagnostic, Severity
from connectrules.outcome import ExampleResult
from connectrules.render.junit import JUnit
from connectrules.testing import run_examples


@cache
def schema() -> xmlschema.XMLSchema10:
    """What JUnit's XML has to be like."""
    return xmlschema.XMLSchema10(Path(__file__).with_name("junit.xsd").read_text(encoding="utf-8"))


TEXT = """\
CONNECT "friends" WHEN would recommend
OTHERWISE DECLINE

EXAMPLE "a friend" EXPECT CONNECT
    - would recommend: yes

EXAMPLE "a <stranger> & \\"co\\"" EXPECT CONNECT BECAUSE OF "friends"
    - would recommend: no
"""


def results(text: str = TEXT) -> tuple[ExampleResult, ...]:
    """What comes of the EXAMPLEs in *text*."""
    policy: Policy[Contact] = Policy.parse(text, name="my.policy")
    return run_examples(policy)


def mistakes(text: str) -> tuple[Diagnostic, ...]:
    """What is wrong in *text*."""
    with pytest.raises(PolicyError) as refusal:
        Policy.parse(text, name="bad.policy")
    return refusal.value.diagnostics


def read(report: JUnit) -> ET.Element:
    """*report*, after it was seen to be as build servers want it, in any encoding of it."""
    text = report.text()
    schema().validate(text)
    root = ET.fromstring(text.encode())  # noqa: S314 - our own
    assert root.attrib == ET.fromstring(text.partition("\n")[2]).attrib  # noqa: S314
    return root


def test_nothing_is_a_report_too() -> None:
    """One without suites."""
    assert read(JUnit()).attrib == {
        "name": "connectrules",
        "tests": "0",
        "failures": "0",
        "errors": "0",
        "skipped": "0",
    }


def test_a_report() -> None:
    """A suite a policy, a case an EXAMPLE; the whole text."""
    report = JUnit()
    report.add_examples("my.policy", results())

    read(report)
    assert (
        report.text()
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="connectrules" tests="2" failures="1" errors="0" skipped="0">
  <testsuite name="my.policy" tests="2" failures="1" errors="0" skipped="0">
    <testcase name="a friend" classname="my.policy" file="my.policy" line="4" />
    <testcase name="a &lt;stranger&gt; &amp; &quot;co&quot;" classname="my.policy" \
file="my.policy" line="7">
      <failure type="decision" message="`a &lt;stranger&gt; &amp; &quot;co&quot;` should come \
out as CONNECT, and comes out as DECLINE">failed: `a &lt;stranger&gt; &amp; "co"` should come \
out as CONNECT, and comes out as DECLINE
 --&gt; my.policy:7:33
  |
7 | EXAMPLE "a &lt;stranger&gt; &amp; \\"co\\"" EXPECT CONNECT BECAUSE OF "friends"
  |                                 ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
DECLINE  a &lt;stranger&gt; &amp; "co"
└─ otherwise
   └─ friends does not apply
      └─ would recommend: no
help: mend the rules; or write this, where they are right:
      EXPECT DECLINE BECAUSE OF "otherwise"</failure>
    </testcase>
  </testsuite>
</testsuites>
"""
    )


def test_what_cannot_be_judged_is_an_error() -> None:
    """No failure: the policy said nothing."""
    error = ContactError("no", contact="a", code="CR501", fact="x")
    report = JUnit()
    report.add_examples(
        "my.policy", [attrs.evolve(each, actual=error, explanation=None) for each in results()]
    )

    root = read(report)

    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "0", "2")
    assert [found.get("type") for found in root.iter("error")] == ["CR501", "CR501"]


def test_mistakes_in_a_policy_are_errors() -> None:
    """Each at its line; other policies stand beside it."""
    report = JUnit()
    found = mistakes("CONNECT WHEN would recomend\nOTHERWISE DECLINE\nDECLINE WHEN is a robot\n")
    report.add_mistakes("bad.policy", found)
    report.add_examples("my.policy", results())

    root = read(report)

    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("4", "1", "2")
    bad, good = root
    assert [(case.get("name"), case.get("line")) for case in bad] == [
        ("CR102 at 1:14", "1"),
        ("CR102 at 3:14", "3"),
    ]
    assert (bad.get("errors"), good.get("errors")) == ("2", "0")
    assert (bad[0][0].text or "").startswith("error[CR102]: no fact or phrase reads like")


def test_warnings_are_no_errors() -> None:
    """They keep no policy from being tried."""
    found = mistakes("would recomend")
    report = JUnit()
    report.add_mistakes("bad.policy", [*found, attrs.evolve(found[0], severity=Severity.WARNING)])

    assert read(report).get("tests") == "1"


@settings(deadline=None, derandomize=True)
@given(st.text(min_size=1), st.text())
@example("my.policy", " ")
@example("\x00\x1b\x85\ufffe\uffff\ud800\U0001ffff", "]]>&<\"'\r\n\t\u2028\U0010ffff")
def test_any_text_is_well_formed(file: str, name: str) -> None:
    """What XML has no way to write is written as a number; all else comes back as it was."""
    passed, failed = results()
    report = JUnit()
    report.add_examples(file, [attrs.evolve(passed, name=name), attrs.evolve(failed, name=name)])

    root = read(report)

    assert len([*root.iter("testcase")]) == 2
    if name.isprintable() and name.strip():
        assert {case.get("name") for case in root.iter("testcase")} == {name}


def test_what_would_act_or_hide_is_shown() -> None:
    """As it is in a terminal."""
    report = JUnit()
    report.add_examples("my\x1b.policy", [attrs.evolve(results()[0], name="a\u202eb\nc")])

    (case,) = read(report).iter("testcase")

    assert (case.get("name"), case.get("file")) == ("a<U+202E>b␊c", "my␛.policy")


def test_the_same_policies_give_the_same_report() -> None:
    """No time, day or machine is in it."""
    reports = [JUnit(), JUnit()]
    for each in reports:
        each.add_examples("my.policy", results())

    assert reports[0].text() == reports[1].text()
