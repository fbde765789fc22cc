"""Making policies, and what they are as values."""

import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest

from connectrules import (
    AnswerError,
    Contact,
    ContactError,
    ContextError,
    Decision,
    Policy,
    PolicyError,
    SourceError,
    Vocabulary,
    VocabularyError,
    program,
)
from tests.schema.test_phrase import worked_at

_CLUB = """\
POLICY "The orchard club"
ABOUT "Who comes to the orchard."
USE "lists/words.policy"
CONNECT "old friends" WHEN an old friend BECAUSE "they came before"
OTHERWISE REVIEW
"""
_WORDS = "DEFINE an old friend AS met in person AND NOT is a bot\n"


def load(path: str) -> str:
    """The text of the one library there is."""
    return {"lists/words.policy": _WORDS}[path]


def again(value: Any) -> Any:  # noqa: ANN401 - whatever it was
    """*value* through a pickle."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own


class TestMaking:
    """A text becomes a policy, or an error."""

    def test_a_bare_condition(self) -> None:
        """Connect when it holds, otherwise decline."""
        policy = Policy.parse("is a bot")

        assert [(rule.name, rule.decision) for rule in policy.rules] == [
            ("policy", Decision.CONNECT)
        ]
        assert policy.decide(Contact(key="ada", is_a_bot=False)) is Decision.DECLINE
        assert (policy.title, policy.about, policy.warnings) == (None, None, ())

    def test_a_byte_order_mark_is_skipped(self) -> None:
        """So that a file from any editor will do."""
        assert Policy.parse("\ufeffis a bot") == Policy.parse("is a bot")

    def test_a_whole_policy(self) -> None:
        """What it says of itself can be had."""
        policy = Policy.parse(_CLUB, loader=load, name="club.policy")

        assert (policy.title, policy.about) == ("The orchard club", "Who comes to the orchard.")
        assert [fact.name for fact in policy.facts] == ["met in person", "is a bot"]
        assert policy.used == {"lists/words.policy": _WORDS}
        assert policy.source.name == "club.policy"
        assert not policy.needs_me
        assert not policy.needs_today
        assert repr(Policy.parse("is a bot", name="x")) == "<Policy 'x': 1 rule>"
        assert repr(policy) == "<Policy 'The orchard club': 1 rule>"

    def test_parse_reads_no_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a loader a USE finds nothing, whatever lies about."""
        monkeypatch.chdir(tmp_path)
        Path("words.policy").write_text(_WORDS, encoding="utf-8")

        with pytest.raises(PolicyError) as raised:
            Policy.parse('USE "words.policy"\nCONNECT WHEN is a bot\nOTHERWISE DECLINE')

        assert [each.code for each in raised.value.diagnostics] == ["CR202"]

    def test_load(self, tmp_path: Path) -> None:
        """USE reads below the file's folder."""
        folder = tmp_path / "lists"
        folder.mkdir()
        (folder / "words.policy").write_text(_WORDS, encoding="utf-8-sig")
        file = tmp_path / "club.policy"
        file.write_text(_CLUB, encoding="utf-8-sig")

        policy = Policy.load(file)

        assert policy.used == {"lists/words.policy": _WORDS}
        assert policy == Policy.parse(_CLUB, loader=load, name=str(file))
        assert Policy.load(str(file)) == policy

    @pytest.mark.parametrize("name", ["my rules.policy", " a/club.policy\n"])
    def test_the_name_of_a_file_is_no_policy(self, name: str) -> None:
        """The first help names what reads files; other mistakes are left as they are."""
        with pytest.raises(PolicyError) as named:
            Policy.parse(name)
        with pytest.raises(PolicyError) as other:
            Policy.parse("is a bott")

        (mistake,) = named.value.diagnostics
        load = f"`Policy.load({name.strip()!r})` reads the file"
        assert mistake.help[0] == f"this is read as a policy's text: {load}"
        assert "Policy.load" not in str(other.value)

    def test_load_does_not_leave_the_folder(self, tmp_path: Path) -> None:
        """Neither by the path nor by a link."""
        folder = tmp_path / "club"
        folder.mkdir()
        (tmp_path / "words.policy").write_text(_WORDS, encoding="utf-8")
        (folder / "link.policy").symlink_to(tmp_path / "words.policy")
        file = folder / "club.policy"
        codes = []
        for path in ("../words.policy", "link.policy", "none.policy"):
            file.write_text(f'USE "{path}"\nCONNECT WHEN is a bot\nOTHERWISE DECLINE', "utf-8")
            with pytest.raises(PolicyError) as raised:
                Policy.load(file)
            codes.append([each.code for each in raised.value.diagnostics])

        assert codes == [["CR202"]] * 3

    def test_load_what_is_not_text(self, tmp_path: Path) -> None:
        """A file that is not UTF-8 is a mistake of its own."""
        file = tmp_path / "club.policy"
        file.write_bytes(b"is a \xff bot")

        with pytest.raises(PolicyError) as raised:
            Policy.load(file)

        assert [each.code for each in raised.value.diagnostics] == ["CR101"]
        with pytest.raises(FileNotFoundError):
            Policy.load(tmp_path / "none.policy")

    def test_a_library_judges_nobody(self) -> None:
        """Declarations alone are for USE."""
        with pytest.raises(PolicyError) as raised:
            Policy.parse(_WORDS)

        (diagnostic,) = raised.value.diagnostics
        assert (diagnostic.code, diagnostic.message, diagnostic.help) == (
            "CR204",
            "there is no rule and no OTHERWISE: declarations alone judge nobody, and are for USE",
            ("write a condition, such as `would recommend`, or rules and an OTHERWISE",),
        )

    @pytest.mark.parametrize("text", ["", " \n"])
    def test_an_empty_policy(self, text: str) -> None:
        """It is told to be empty."""
        with pytest.raises(PolicyError) as raised:
            Policy.parse(text)

        assert [each.message for each in raised.value.diagnostics] == ["the policy is empty"]

    @pytest.mark.parametrize("text", [None, 5, b"is a bot"])
    def test_what_is_no_text(self, text: object) -> None:
        """It is refused by what it is."""
        with pytest.raises(TypeError) as raised:
            Policy.parse(text)  # type: ignore[call-overload]

        kind = type(text).__name__
        assert str(raised.value) == f"a policy is parsed from a text, and was given a `{kind}`"

    def test_answers_that_are_none(self) -> None:
        """Answers of another shape are refused, one contact's and everybody's."""
        policy = Policy.parse("is a bot")
        contact = Contact(key="ada")

        with pytest.raises(TypeError) as one:
            policy.judge(contact, answers=[1])  # type: ignore[arg-type]
        with pytest.raises(TypeError) as several:
            policy.judge_all([contact], answers={"is a bot": True})  # type: ignore[dict-item]
        with pytest.raises(AnswerError) as odd:
            policy.judge(contact, answers={5: True})  # type: ignore[dict-item]

        assert str(one.value) == "answers map sentences to values, and these are a `list`"
        assert str(several.value) == "answers map sentences to values, and these are a `bool`"
        assert str(odd.value) == "an answer is for a sentence, and `5` is none"

    def test_warnings_are_no_errors(self) -> None:
        """What is allowed and probably not meant can be asked for."""
        policy = Policy.parse("is a bot OR is a bot")

        assert [each.code for each in policy.warnings] == ["CR403"]


class TestValues:
    """A policy is a plain value."""

    policy = Policy.parse(_CLUB, loader=load)

    def test_frozen(self) -> None:
        """It cannot be changed."""
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            self.policy.source = None  # type: ignore[misc, assignment]

    def test_comparison(self) -> None:
        """It is its texts and its vocabulary."""
        same = Policy.parse(_CLUB, loader=load)
        judged = Policy.parse(_CLUB, loader=load)
        judged.judge(Contact(key="ada"))
        libraries = {"lists/words.policy": _WORDS + "# changed\n"}
        other = Policy.parse(_CLUB, loader=libraries.__getitem__)
        spoken = Vocabulary.of(Contact, phrases=[worked_at])

        assert self.policy == same == judged
        assert len({self.policy, same, judged}) == 1
        assert other != self.policy
        assert Policy.parse(_CLUB, loader=load, vocabulary=spoken) != self.policy

    def test_pickling(self) -> None:
        """It pickles with the texts it USEs, its phrases and its record class."""
        spoken = Vocabulary.of(Contact, phrases=[worked_at])
        text = _CLUB.replace("an old friend", 'worked at "Acme" for at least 3 years', 1)
        policies: list[Policy[Contact]] = [
            self.policy,
            Policy.parse(text, loader=load, vocabulary=spoken, name="club.policy"),
        ]
        ada = Contact(key="ada", company="Acme", met_in_person=True, is_a_bot=False)
        for policy in policies:
            policy.judge(ada)
            copy = again(policy)
            assert copy == policy
            assert copy.judge(ada) == policy.judge(ada)
            assert copy.judge(ada).decision is Decision.CONNECT

    def test_pickling_what_it_says(self) -> None:
        """Verdicts and explanations are plain data."""
        ada = Contact(key="ada", is_a_bot=False)

        assert again(self.policy.judge(ada)) == self.policy.judge(ada)
        assert again(self.policy.explain(ada)) == self.policy.explain(ada)
        assert again(Decision.CONNECT) is Decision.CONNECT

    @pytest.mark.parametrize(
        "error",
        [
            ContextError("it needs me", "me", "club.policy:3"),
            AnswerError("no such fact", "likes tea"),
            ContactError("wrong", contact="ada", code="CR501", fact="posts", where="a.csv:2"),
            SourceError("no header", "a.csv"),
            VocabularyError("no fields"),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_pickling_errors(self, error: Exception) -> None:
        """An error keeps its words and all that it knows."""
        copy = again(error)

        assert type(copy) is type(error)
        assert str(copy) == str(error)
        assert vars(copy) == vars(error)

    def test_pickling_mistakes(self) -> None:
        """The diagnostics of a policy's error survive, with their places."""
        with pytest.raises(PolicyError) as raised:
            Policy.parse("is a bot OR\n\nlikes tea")

        copy = again(raised.value)

        assert copy.diagnostics == raised.value.diagnostics
        assert str(copy) == str(raised.value)
        assert (copy.diagnostics[0].start.line, copy.diagnostics[0].end.column) == (3, 10)


def test_only_what_is_asked_for_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """To judge, nothing is written for `decide`, nor to decide for `judge`; and each but once."""
    written: list[str] = []

    def counted(name: str) -> None:
        real = getattr(program, name)

        def compile_(*args: object, **named: object) -> object:
            written.append(name)
            return real(*args, **named)

        monkeypatch.setattr(program, name, compile_)

    counted("compile_decider")
    counted("compile_recall")
    judging, deciding = (Policy.parse("would recommend AND met in person") for _ in range(2))
    ada = Contact(key="ada", would_recommend=True, met_in_person=True)

    assert [judging.judge(ada).decision.value for _ in range(2)] == ["connect"] * 2
    assert written == ["compile_recall"]
    assert [deciding.decide(ada).value for _ in range(2)] == ["connect"] * 2
    assert written == ["compile_recall", "compile_decider"]
    assert deciding.judge(ada).decision is judging.decide(ada)
    assert len(written) == 4
