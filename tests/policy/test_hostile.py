"""Names and texts that look like code: none reaches the generated functions."""

import builtins
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules import Contact, Decision, Policy, Vocabulary, fact, phrase
from connectrules.source import Source
from connectrules.syntax.marks import invisible

TEXTS = (
    "'",
    '"; import os; os.abort(); "',
    "{c.key}",
    "%(v0)s",
    "\\",
    "\\n'''",
    "__import__('os')",
    "k0",
    "v0 is None",
    "\N{RIGHT-TO-LEFT MARK}".strip("\u200f") + "шапка",
    "naïve 😀",
    "return CONNECT",
    "x" * 10_000,
)


@pytest.fixture
def generated(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The code that connectrules generates."""
    found: list[str] = []
    compiled = builtins.compile

    def spy(source: Any, filename: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        if str(filename).startswith("<connectrules"):
            found.append(source)
        return compiled(source, filename, *rest, **more)

    monkeypatch.setattr(builtins, "compile", spy)
    yield found
    assert found


def quoted(text: str) -> str:
    """*text* as a policy writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_texts(text: str, generated: list[str]) -> None:
    """A text is compared as it stands, and stays out of the code."""
    policy = Policy.parse(
        f"CONNECT {quoted(text)} WHEN country is {quoted(text)}\n"
        f"OR headline contains {quoted(text)}\n"
        f"REVIEW WHEN values include {quoted(text)} BECAUSE {quoted(text)}\n"
        "OTHERWISE DECLINE"
    )
    known: dict[str, Any] = {"country": "x", "headline": "", "values": ()}
    for facts, expected in (
        ({"country": text}, Decision.CONNECT),
        ({"headline": f"a{text}b"}, Decision.CONNECT),
        ({"values": [text, "other"]}, Decision.REVIEW),
        ({}, Decision.DECLINE),
    ):
        contact = Contact(key=text, name=text, **{**known, **facts})
        assert policy.decide(contact) is expected
        assert policy.judge(contact).decision is expected
        assert policy.explain(contact).verdict.decision is expected

    for code in generated:
        assert "'" not in code
        assert '"' not in code
        assert len(code) < 5_000


_HOSTILE = [
    *("__class__", "os.system", "lambda", "eval", "c.key", "v0", "k0", "True", "None"),
    *("import", "exec", "é़", "模式"),
]


@pytest.mark.parametrize("name", _HOSTILE)
def test_names(name: str, generated: list[str]) -> None:
    """A fact may have any name: the code is the same, letter by letter."""
    for word in ("plain", name.lower()):
        policy = Policy.parse(
            f"FACT {word}: yes/no\nASK {word} too: {quoted('Is {name} ' + word + '?')}\n"
            f"CONNECT WHEN {word} AND {word} too\nOTHERWISE DECLINE"
        )
        both = {word: True, f"{word} too": True}

        assert policy.decide(Contact(key="ada", other=both)) is Decision.CONNECT
        assert policy.judge(Contact(key="ada", other={word: True})).ask == (f"{word} too",)

    half = len(generated) // 2
    assert generated[:half] == generated[half:]


def test_fields_with_names_of_the_code(generated: list[str]) -> None:
    """A record's attributes are read, whatever the code's own names are."""

    @attrs.frozen
    class Odd:
        v0: bool | None = None
        c: bool | None = None
        settle: bool | None = None
        mentioned: str | None = None
        CONNECT: bool | None = attrs.field(default=None, metadata=fact("is connected"))

    policy = Policy.parse(
        'v0 AND c AND settle AND mentioned mentions "x" AND is connected',
        vocabulary=Vocabulary.of(Odd),
    )

    assert policy.decide(Odd(True, True, True, "x", True)) is Decision.CONNECT  # noqa: FBT003
    assert policy.judge(Odd(True, True, True, "x")).ask == ("is connected",)  # noqa: FBT003
    assert all("is connected" not in code for code in generated)


def test_phrases(generated: list[str]) -> None:
    """The literals in a phrase reach its function as they stand."""
    told = []

    @phrase("os.system {command:text}")
    def said(_contact: Contact, command: str) -> bool:
        told.append(command)
        return True

    policy = Policy.parse(
        f"os.system {quoted(TEXTS[1])}", vocabulary=Vocabulary.of(Contact, phrases=[said])
    )

    assert policy.decide(Contact(key="ada")) is Decision.CONNECT
    assert told == [TEXTS[1]]
    assert all("abort" not in code and "system" not in code for code in generated)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn"]), min_size=1
    ).filter(lambda text: not invisible(Source("text", quoted(text))))
)
def test_any_text(text: str) -> None:
    """Any text that a policy may hold equals itself."""
    policy = Policy.parse(f"country is {quoted(text)}")

    assert policy.decide(Contact(key="ada", country=text)) is Decision.CONNECT
    assert policy.decide(Contact(key="ada", country=text + "x")) is Decision.DECLINE
