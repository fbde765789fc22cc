"""Answers to four questions, and what can be made of them."""

import re
from collections.abc import Sequence

from connectrules.cli.scaffold import Plan, policy_text
from connectrules.diagnostics import Diagnostic
from connectrules.errors import PolicyError
from connectrules.policy import Policy
from connectrules.resolve.names import VERBS
from connectrules.schema.types import YesNo, canonical, shown
from connectrules.syntax.formatter import format_policy
from connectrules.syntax.reserved import RESERVED
from connectrules.syntax.tokens import Kind
from connectrules.syntax.words import sentence
from connectrules.testing import run_examples
from connectrules.verdict import Decision

TITLE = "My rules"
WANTED = "would have a drink with, would recommend"
REST = "decline"
MOST = 12
"""How many sentences a first policy takes: it is to be read by its EXAMPLEs."""

_LONGEST = 80
_NOBODY = frozenset({"", "-", "nobody", "no one", "none", "no"})
_REST = {
    Decision.DECLINE: frozenset({"decline", "d", "declined", "no"}),
    Decision.REVIEW: frozenset({"review", "r", "look", "look myself", "i look myself"}),
}
_BULLET = re.compile("^[-*•\N{EN DASH}]\\s+")
_OTHERWISE = "say it in other words"
_DENIALS = frozenset({"not", "never", "no"})
_NOT = "n't"
_PAST = re.compile(
    "began|bought|brought|built|came|chose|did|fell|felt|found|gave|got|grew|had|heard|held|kept|"
    "knew|led|left|lent|made|meant|met|paid|ran|read|said|saw|sent|sold|spoke|stood|taught|thought|"
    "told|took|understood|went|were|won|wrote"
)
"""Verbs that do not show by their ending that they are."""
_SAYS_NOTHING = frozenset({"yes", "no", "none", "unsure", "true", "false"})


class Unfit(ValueError):  # noqa: N818 - a finding about an answer
    """An answer that no policy can be made of.

    Attributes:
        help: What to answer instead.
    """

    def __init__(self, message: str, help: str) -> None:  # noqa: A002 - as in a diagnostic
        self.help = help
        super().__init__(message)


def title(answer: str) -> str:
    """The title that *answer* is."""
    said = " ".join(answer.split()) or TITLE
    if len(said) > _LONGEST:
        msg = f"a title of {len(said)} characters is long"
        raise Unfit(msg, f"say it in {_LONGEST} at most")
    _check(said, policy_text(Plan(said, ("would recommend",), (), Decision.DECLINE)))
    return said


def wanted(answer: str) -> tuple[str, ...]:
    """What *answer* says must be so of those to connect with."""
    return _sentences(answer.strip() or WANTED, "whom you never connect with")


def unwanted(answer: str, wanted: Sequence[str]) -> tuple[str, ...]:
    """What *answer* says must not be so, beside what is *wanted*."""
    if canonical(answer).rstrip(".") in _NOBODY:
        return ()
    said = _sentences(answer, "what must be so")
    both = {canonical(each) for each in wanted}.intersection(map(canonical, said))
    if both:
        msg = f"`{min(both)}` is what you ask of those you connect with"
        raise Unfit(msg, "leave it out here, or press Enter for nobody")
    return said


def rest(answer: str) -> Decision:
    """What *answer* says becomes of everybody else."""
    said = canonical(answer).rstrip(".") or REST
    for decision, words in _REST.items():
        if said in words:
            return decision
    msg = f"`{shown(' '.join(answer.split()))}` is none of the two"
    raise Unfit(msg, "answer `decline`, or `review` to look yourself")


def _sentences(answer: str, opposite: str) -> tuple[str, ...]:
    """What *answer* says, where what is not so belongs in the answer to *opposite*."""
    said = {canonical(each): each for each in reversed([*map(_plain, answer.split(","))]) if each}
    if not said:
        msg = "there are no words in this"
        raise Unfit(msg, f"answer in plain words, such as `{WANTED}`")
    if len(said) > MOST:
        msg = f"these are {len(said)} conditions, and a first policy takes {MOST} at most"
        raise Unfit(msg, "begin with those that matter most; you can add others to the file")
    found = tuple(reversed(said.values()))
    for each in found:
        _check_sentence(each, opposite)
    return found


def _plain(part: str) -> str:
    """*part* of an answer as a sentence: without a bullet, `I`, a capital, and an end mark."""
    words = _BULLET.sub("", part.strip()).rstrip(" .?!").split()
    if len(words) > 1 and words[0] in {"I", "i"} and words[1].lower() in VERBS:
        words = words[1:]
    if words and words[0].istitle():
        words[0] = words[0].lower()
    return " ".join(words)


def _check_sentence(said: str, opposite: str) -> None:
    """See that *said* can be the name of a yes/no fact."""
    if len(said) > _LONGEST:
        msg = f"a condition of {len(said)} characters is long"
        raise Unfit(msg, f"say it in {_LONGEST} at most")
    capitals = next((word for word in said.split() if word in RESERVED), None)
    if capitals is not None:
        msg = f"`{capitals}` in capitals is a word of the language"
        raise Unfit(msg, f"write `{capitals.lower()}`, or put a comma between two conditions")
    if canonical(said) in _SAYS_NOTHING:
        msg = f"`{said}` alone says nothing of anybody"
        raise Unfit(msg, f"answer in a few words, such as `{WANTED}`")
    if _is_told(said):
        raise _told(said)
    tokens = sentence(said) or ()
    odd = next((each.text for each in tokens if each.kind is not Kind.WORD), None)
    if not tokens or odd is not None or not said[0].isalpha():
        msg = f"`{said}` is not in words alone"
        raise Unfit(
            msg, "leave out quotes, brackets, numbers and signs, and put commas between conditions"
        )
    plain = canonical(said)
    if any(word in _DENIALS or word.endswith(_NOT) for word in plain.split()):
        msg = f"`{said}` says what is not so"
        so = " ".join(word.removesuffix(_NOT) for word in plain.split() if word != "not")
        it = f"`{so}`" if _says_something(so) else "what is so"
        raise Unfit(msg, f"say {it} where you are asked {opposite}")
    _check(said, policy_text(Plan(TITLE, (said,), (), Decision.DECLINE)))
    if not _says_something(plain):
        msg = f"`{said}` does not say what is so of one person"
        raise Unfit(msg, f"begin with a verb, as in {_as_in(said)}")


def _says_something(said: str) -> bool:
    """Whether *said* begins as something does that is so of a person, as far as can be told."""
    first, *others = said.split() or [""]
    if not _DENIALS.isdisjoint(others):
        return False
    return bool(others) and (
        first in VERBS or first.endswith(("s", "ed")) or _PAST.fullmatch(first) is not None
    )


def _as_in(said: str) -> str:
    """Sentences to be like, the first made of *said* where it does for that."""
    first, *others = said.split()
    first = first.lower()
    one = first.removesuffix("s")
    if not others and one != first and one.isalpha() and first not in VERBS:
        return f"`is {'an' if one[0] in 'aeiou' else 'a'} {one}`"
    if said.endswith(("s", "people")) or first in VERBS:
        return "`is a recruiter`, `met me at work` or `would recommend`"
    return f"`is {said}`, `is a recruiter` or `would recommend`"


def _check(said: str, text: str) -> None:
    """See that *text*, a policy in which somebody *said* something, has no mistake."""
    for diagnostic in _mistakes(text):
        about = diagnostic.source.text[diagnostic.span.start : diagnostic.span.end]
        if diagnostic.code == "CR304":
            raise _told(about)
        if about in said:
            raise Unfit(diagnostic.message, "; ".join(diagnostic.help) or _OTHERWISE)
        msg = f"`{said}` says something else in a policy"
        raise Unfit(msg, _OTHERWISE)


def _is_told(said: str) -> bool:
    """Whether *said* is a sentence of the phrase book on something else than a yes/no fact."""
    try:
        policy = Policy.parse(said)
    except PolicyError:
        return False
    return not all(isinstance(fact.type, YesNo) for fact in policy.facts)


def _told(said: str) -> Unfit:
    msg = f"`{said}` is something that a file tells of a contact, and no question to you"
    help_ = "add it to the rules later: `connectrules facts` shows how such things are said"
    return Unfit(msg, help_)


def _mistakes(text: str) -> tuple[Diagnostic, ...]:
    try:
        return Policy.parse(text).warnings
    except PolicyError as error:
        return error.diagnostics


def checked_text(plan: Plan) -> str:
    """The text of the policy that *plan* is for, which passes `check`, `fmt --check` and `test`.

    Raises:
        Unfit: Where the answers do not go together.
    """
    text = format_policy(policy_text(plan))
    if _mistakes(text) or not all(each.passed for each in run_examples(Policy.parse(text))):
        msg = "these conditions get in each other's way"
        raise Unfit(msg, "say them in words that differ more")
    return text
