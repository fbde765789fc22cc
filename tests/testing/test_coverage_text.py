"""Coverage as it is read at a terminal."""

from connectrules import Contact, Policy
from connectrules.render.paint import Role
from connectrules.testing.cases import tried_contacts
from connectrules.testing.coverage import coverage_of
from connectrules.testing.report.text import coverage_text
from connectrules.testing.report.words import CONTACTS
from tests.testing.covered import GAPS, SHARED, covered


def shown(text: str, *, width: int = 80) -> str:
    """The coverage of the policy that *text* is, with a line break at each end."""
    return f"\n{coverage_text(*covered(text), width=width)}\n"


def test_gaps_of_all_kinds() -> None:
    """What an EXAMPLE would show, what nobody was found to show, and what nobody can."""
    assert (
        shown(GAPS)
        == """
my.policy: coverage by 2 EXAMPLEs: 25% (MC/DC)

   yes    no     ?
         decides 1 ✓  4 | CONNECT "friends" WHEN would recommend
     1     1     0 ✓    |   └ would recommend
     0     2     - ✗  5 | UNLESS is a recruiter
         decides 0 ✗  6 | DECLINE "odd" WHEN
     0     2     0 ✗  7 |     last active on is within the last month
     0     2     0 ✗  8 |     AND NOT last active on is within the last 31 days
         decides 1 ✓  9 | OTHERWISE REVIEW

yes, no, ?: how many EXAMPLEs have a condition so, not so, or do not say
✓ they show that it decides its rule by itself; ✗ they do not yet; - nobody
  can

2 of 3  rules seen to decide, with OTHERWISE
1 of 4  conditions seen to hold
4 of 4  conditions seen not to hold
0 of 3  conditions seen not known
1 of 4  conditions shown to decide their rule by themselves

shown to decide by themselves, and by whom
  line 4: would recommend
      `friends`: `a friend`, where it holds, and `a stranger`, where it does
        not

not shown yet, and which EXAMPLE below would show it
  line 4: would recommend
      is not known: `nothing is known`
  line 5: is a recruiter
      holds: `almost friends (is a recruiter: yes)`
      decides `friends` by itself: `almost friends (is a recruiter: yes)`,
        beside `a friend`
  line 6: `odd` decides: nobody was found in 10 tries
  line 7: last active on is within the last month
      holds: `almost friends (is a recruiter: yes)`
      is not known: `nothing is known`
      decides `odd` by itself: nobody was found in 27 tries
  line 8: last active on is within the last 31 days
      holds: `almost friends (is a recruiter: yes)`
      is not known: `nothing is known`
      decides `odd` by itself: nobody was found in 27 tries; `almost friends
        (is a recruiter: yes)` would be one half

left out, as nobody can show it
  line 5: is a recruiter
      is not known

proposed: 2 EXAMPLEs
They expect what the policy says now. Read each one first: is that what you
  would say? Then put it below your rules.

EXAMPLE "nothing is known" TODAY 2026-11-22 EXPECT UNDECIDED

# Were `is a recruiter` not so, "friends" would apply.
# Here `last active on is within the last 31 days` decides by itself whether "odd" applies.
EXAMPLE "almost friends (is a recruiter: yes)" TODAY 2026-11-22 EXPECT REVIEW BECAUSE OF "otherwise"
    - would recommend: yes
    - is a recruiter: yes
    - last active on: 2026-10-23
"""
    )


def test_what_is_shared() -> None:
    """A condition of another file, in two rules, is shown for each of them."""
    assert (
        shown(SHARED)
        == """
my.policy: coverage by 4 EXAMPLEs: 75% (MC/DC)

   yes    no     ?
                      1 | USE "kin.policy"
         decides 1 ✓  2 | CONNECT "near" WHEN kin AND would recommend
     2     1     1 ✓    |   └ would recommend
         decides 1 ✓  3 | REVIEW "far" WHEN kin UNLESS would recommend
     2     1     1 ✓    |   └ would recommend
         decides 1 ✓  4 | OTHERWISE DECLINE

kin.policy
   yes    no     ?
                     2 | DEFINE kin AS
     2     1     1 ✗ 3 |     met in person

yes, no, ?: how many EXAMPLEs have a condition so, not so, or do not say
✓ they show that it decides its rule by itself; ✗ they do not yet; - nobody
  can

3 of 3  rules seen to decide, with OTHERWISE
3 of 3  conditions seen to hold
3 of 3  conditions seen not to hold
3 of 3  conditions seen not known
3 of 4  conditions shown to decide their rule by themselves

shown to decide by themselves, and by whom
  line 2: would recommend
      `near`: `kin I recommend`, where it holds, and `kin I do not`, where it
        does not
  line 3: would recommend
      `far`: `kin I recommend`, where it holds, and `kin I do not`, where it
        does not
  kin.policy line 3: met in person
      `near`: `kin I recommend`, where it holds, and `no kin`, where it does
        not

not shown yet, and which EXAMPLE below would show it
  kin.policy line 3: met in person
      decides `far` by itself: `almost far (met in person: no)`, beside `kin I
        do not`

proposed: 1 EXAMPLE
They expect what the policy says now. Read each one first: is that what you
  would say? Then put it below your rules.

# Were `met in person` so, "far" would apply.
EXAMPLE "almost far (met in person: no)" EXPECT DECLINE BECAUSE OF "otherwise"
    - met in person: no
    - would recommend: no
"""
    )


def test_a_bare_condition() -> None:
    """No EXAMPLE can stand beside it, and OTHERWISE is not written."""
    assert (
        shown("would recommend")
        == """
my.policy: coverage by 0 EXAMPLEs: 0% (MC/DC)

   yes    no     ?
         decides 0 ✗ 1 | would recommend
     0     0     0 ✗   |   └ would recommend

yes, no, ?: how many EXAMPLEs have a condition so, not so, or do not say
✓ they show that it decides its rule by itself; ✗ they do not yet; - nobody
  can

0 of 2  rules seen to decide, with OTHERWISE
0 of 1  conditions seen to hold
0 of 1  conditions seen not to hold
0 of 1  conditions seen not known
0 of 1  conditions shown to decide their rule by themselves

not shown yet, and which EXAMPLE below would show it
  line 1: the condition decides: `the rule applies`
  line 1: would recommend
      holds: `the rule applies`
      does not hold: `almost the rule (would recommend: no)`
      is not known: `nothing is known`
      decides the condition by itself: `the rule applies` and `almost the rule
        (would recommend: no)`
  OTHERWISE decides: `almost the rule (would recommend: no)`

proposed: 3 EXAMPLEs
They expect what the policy says now. Read each one first: is that what you
  would say? Beside a bare condition no EXAMPLE can stand: write `CONNECT WHEN`
  before it, and the line `OTHERWISE DECLINE`. Then put them below.

# Here the rule applies.
# Were `would recommend` not so, the rule would not apply.
EXAMPLE "the rule applies" EXPECT CONNECT
    - would recommend: yes

# Here no rule applies, so that OTHERWISE decides.
# Were `would recommend` so, the rule would apply.
EXAMPLE "almost the rule (would recommend: no)" EXPECT DECLINE BECAUSE OF "otherwise"
    - would recommend: no

EXAMPLE "nothing is known" EXPECT UNDECIDED
"""
    )


def test_nothing_is_missing() -> None:
    """Then nothing is proposed."""
    whole = '\nEXAMPLE "other" EXPECT DECLINE\n    - met in person: no\n    - would recommend: no\n'

    assert shown(SHARED + whole).endswith(
        """
4 of 4  conditions shown to decide their rule by themselves

shown to decide by themselves, and by whom
  line 2: would recommend
      `near`: `kin I recommend`, where it holds, and `kin I do not`, where it
        does not
  line 3: would recommend
      `far`: `kin I recommend`, where it holds, and `kin I do not`, where it
        does not
  kin.policy line 3: met in person
      `near`: `kin I recommend`, where it holds, and `no kin`, where it does
        not
      `far`: `kin I do not`, where it holds, and `other`, where it does not
"""
    )


def test_contacts_are_called_so() -> None:
    """They may show what the EXAMPLEs do."""
    policy = Policy.parse('CONNECT "x" WHEN would recommend\nOTHERWISE DECLINE', name="x.policy")
    people = [Contact(key="ada", would_recommend=True), Contact(key="bob", would_recommend=False)]
    tried = [each for each in tried_contacts(policy, people) if not isinstance(each, Exception)]

    text = coverage_text(policy, coverage_of(policy, tried, propose=False), over=CONTACTS)

    assert (
        f"\n{text}\n"
        == """
x.policy: coverage by 2 contacts: 100% (MC/DC)

   yes    no     ?
         decides 1 ✓ 1 | CONNECT "x" WHEN would recommend
     1     1     0 ✓   |   └ would recommend
         decides 1 ✓ 2 | OTHERWISE DECLINE

yes, no, ?: how many contacts have a condition so, not so, or do not say
✓ they show that it decides its rule by itself; ✗ they do not yet; - nobody
  can

2 of 2  rules seen to decide, with OTHERWISE
1 of 1  conditions seen to hold
1 of 1  conditions seen not to hold
0 of 1  conditions seen not known
1 of 1  conditions shown to decide their rule by themselves

shown to decide by themselves, and by whom
  line 1: would recommend
      `x`: `ada`, where it holds, and `bob`, where it does not

not shown yet
  line 1: would recommend
      is not known
"""
    )


def test_lines_fit() -> None:
    """Long lines of a policy go on below themselves, and stay readable where there is no room."""
    condition = " AND ".join(f'position mentions "a word of number {each}"' for each in range(9))
    text = shown(f"CONNECT WHEN {condition}\nOTHERWISE DECLINE", width=60)
    told, _, _ = text.partition("proposed: ")

    assert max(map(len, told.split("\n"))) <= 60


def test_what_would_act_on_a_terminal_is_shown() -> None:
    """Contacts are called as others called them."""
    policy = Policy.parse("CONNECT WHEN would recommend\nOTHERWISE DECLINE")
    people = [
        Contact(key="a\x1b[31mda", would_recommend=True),
        Contact(key="b\u202eob", would_recommend=False),
    ]
    tried = [each for each in tried_contacts(policy, people) if not isinstance(each, Exception)]

    text = coverage_text(policy, coverage_of(policy, tried), over=CONTACTS)

    assert {each for each in text if not each.isprintable()} == {"\n"}
    assert "`connect 1`: `a␛[31mda`, where it holds, and `b<U+202E>ob`" in text


def test_marks_have_colours() -> None:
    """Beside their shapes."""
    dressed: dict[str, set[Role]] = {}

    def paint(role: Role, text: str) -> str:
        dressed.setdefault(text, set()).add(role)
        return text

    coverage_text(*covered(GAPS), paint=paint)

    marks = {mark: dressed[mark] for mark in "✓✗"}
    assert marks == {"✓": {"connect"}, "✗": {"error"}}


def test_examples_that_fail() -> None:
    """They count, and it is said how many there are."""
    text = """
    CONNECT WHEN would recommend
    OTHERWISE DECLINE
    EXAMPLE "a friend" EXPECT CONNECT
        - would recommend: yes
    EXAMPLE "a stranger" EXPECT REVIEW
        - would recommend: no
    """
    policy, found = covered(text)

    said = coverage_text(policy, found).splitlines()[0]
    assert said == "my.policy: coverage by 2 EXAMPLEs, of which 1 fails: 100% (MC/DC)"
    assert found.failing == ("a stranger",)
