"""Diagnostics in SARIF: what the standard asks for, and what viewers need."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from connectrules.codes import codes
from connectrules.diagnostics import Diagnostic, Edit, Fix
from connectrules.policy import check
from connectrules.render.sarif import Checked, sarif_text
from connectrules.source import Source, Span

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "fixtures/sarif/sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def log(*checked: Checked) -> dict[str, Any]:
    """The log of what was *checked*, once it is found to be as the standard has it."""
    found = json.loads(sarif_text(checked))
    VALIDATOR.validate(found)
    assert isinstance(found, dict)
    return found


def checked(text: str, name: str = "a.policy", address: str | None = None) -> Checked:
    """*text*, checked."""
    source = Source(name, text)
    return Checked(source, check(source), {name: address or name})


def run(*texts: Checked) -> dict[str, Any]:
    """The one run of the log."""
    (found,) = log(*texts)["runs"]
    assert isinstance(found, dict)
    return found


def test_the_schema_refuses_what_is_none() -> None:
    """So that a log it accepts is worth something."""
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"version": "2.1.0", "runs": [{"results": [{}]}]})


def test_a_mistake_is_a_result() -> None:
    """With its rule, its level, its help, its place, and the fix."""
    source = Source("a.policy", "CONNECT WHEN would recomend\nOTHERWISE DECLINE\n")
    fix = Fix("mend the spelling", (Edit(Span(19, 27), "recommend"),))
    told = Diagnostic("CR102", "it is misspelt", source, Span(13, 27), ("look it up",), (fix,))
    found = run(Checked(source, (told,), {"a.policy": "a.policy"}))

    (rule,) = found["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("CR102", "NoFactOrPhraseReadsLikeThisSentence")
    assert rule["shortDescription"]["text"] == "no fact or phrase reads like this sentence"
    assert rule["fullDescription"]["text"].startswith("A sentence must say something about a fact")
    assert rule["help"]["markdown"].startswith("# CR102: no fact or phrase")
    assert rule["help"]["text"].startswith("CR102: no fact or phrase")
    assert rule["defaultConfiguration"] == {"level": "error"}
    address = {"uri": "a.policy", "uriBaseId": "%SRCROOT%"}
    (result,) = found["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("CR102", 0, "error")
    assert result["message"] == {"text": "it is misspelt\nhelp: look it up"}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": address,
                "region": {"startLine": 1, "startColumn": 14, "endLine": 1, "endColumn": 28},
            }
        }
    ]
    (mending,) = result["fixes"]
    (change,) = mending["artifactChanges"]
    assert mending["description"] == {"text": "mend the spelling"}
    assert change == {
        "artifactLocation": address,
        "replacements": [
            {
                "deletedRegion": {
                    "startLine": 1,
                    "startColumn": 20,
                    "endLine": 1,
                    "endColumn": 28,
                },
                "insertedContent": {"text": "recommend"},
            }
        ],
    }
    assert (found["columnKind"], found["newlineSequences"]) == (
        "unicodeCodePoints",
        ["\r\n", "\n", "\r"],
    )


def test_a_character_outside_the_basic_plane_is_one_column() -> None:
    """Lines may end in any of three ways."""
    text = 'CONNECT "\N{GRINNING FACE}" WHEN would recomend\rDECLINE WHEN is a boot\r\n'

    first, second = run(checked(f"{text}OTHERWISE REVIEW"))["results"]

    regions = [each["locations"][0]["physicalLocation"]["region"] for each in (first, second)]
    assert [(each["startLine"], each["startColumn"]) for each in regions] == [(1, 18), (2, 14)]


def test_what_is_put_in_or_taken_out_has_no_other_half() -> None:
    """An insertion deletes nothing; a deletion inserts nothing."""
    found = run(checked("would recommend."), checked("FACT is keen yes/no", "b.policy"))

    replacements = [
        change["replacements"][0]
        for each in found["results"]
        for fix in each["fixes"]
        for change in fix["artifactChanges"]
    ]
    region = {"startLine": 1, "startColumn": 16, "endLine": 1, "endColumn": 17}
    assert replacements[0] == {"deletedRegion": region}
    region = {"startLine": 1, "startColumn": 13, "endLine": 1, "endColumn": 13}
    assert replacements[1] == {"deletedRegion": region, "insertedContent": {"text": ":"}}


def test_warnings_are_warnings() -> None:
    """In the result and in the rule; two fixes are two fixes."""
    found = run(
        checked("has at least 0 followers"),
        checked("would recommend OR met in person AND follows me", "b.policy"),
    )

    assert [each["level"] for each in found["results"]] == ["warning", "error"]
    rules = found["tool"]["driver"]["rules"]
    assert [(each["id"], each["defaultConfiguration"]["level"]) for each in rules] == [
        ("CR103", "error"),
        ("CR402", "warning"),
    ]
    assert [each["ruleIndex"] for each in found["results"]] == [1, 0]
    assert len(found["results"][1]["fixes"]) == 2


def test_every_text_is_an_artifact() -> None:
    """Clean ones too; one that is no file brings its text along."""
    source = Source("standard input", "met in person")
    text = Checked(source, (), {"standard input": "standard%20input"}, is_file=False)

    found = run(checked("would recommend"), text)

    assert found["artifacts"] == [
        {
            "location": {"uri": "a.policy", "uriBaseId": "%SRCROOT%"},
            "roles": ["analysisTarget"],
        },
        {
            "location": {"uri": "standard%20input", "uriBaseId": "%SRCROOT%"},
            "roles": ["analysisTarget"],
            "contents": {"text": "met in person"},
        },
    ]
    assert found["results"] == []


def test_a_whole_address_is_relative_to_nothing() -> None:
    """So it has no base."""
    found = run(checked("is a boot", address="file:///policies/a.policy"))

    (location,) = found["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "file:///policies/a.policy"}


def test_a_policy_makes_no_links() -> None:
    """What looks like one in a message is shown as it stands."""
    found = run(checked('EXAMPLE "x" EXPECT CONNECT BECAUSE OF "[a](b)"\nOTHERWISE DECLINE'))

    texts = [each["message"]["text"] for each in found["results"]]
    assert any(r"`\[a\](b)`" in text for text in texts)
    assert not any("[a](b)" in text for text in texts)


@pytest.mark.parametrize(
    "text",
    ["", "\ud800", "a\x00b", "would recommend \u202e", "((((", 'x "', "OTHERWISE", "\r\r\n\n- a"],
)
def test_any_text_makes_a_log(text: str) -> None:
    """As the standard has it, in plain characters, and the same each time."""
    once = sarif_text([checked(text)])

    VALIDATOR.validate(json.loads(once))
    assert once.isascii()
    assert once == sarif_text([checked(text)])


def test_every_code_can_be_a_rule() -> None:
    """With a name in one word, which no other has."""
    source = Source("x", "")
    found = tuple(Diagnostic(code.number, "", source, Span(0, 0)) for code in codes())

    rules = run(Checked(source, found, {"x": "x"}))["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == [code.number for code in codes()]
    assert all(rule["name"].isalnum() for rule in rules)
    assert len({rule["name"] for rule in rules}) == len(rules)
