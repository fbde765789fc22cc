"""EXAMPLEs that say what another one says."""

import pytest

from connectrules.fixes import mend
from connectrules.policy import check
from connectrules.source import Source
from tests.lint.told import warned
from tests.resolve.reading import VOCABULARY

RULES = 'CONNECT "r" WHEN keen AND NOT witty\nOTHERWISE DECLINE\n'
KEEN = """
# Somebody keen.
EXAMPLE "keen" EXPECT CONNECT BECAUSE OF "r"
    - keen: yes  # very
    - witty: no
"""
OTHER = '\nEXAMPLE "other" EXPECT DECLINE\n    - keen: no\n'
HELP = "help: leave one of the two out"


@pytest.mark.parametrize(
    ("again", "told"),
    [
        (KEEN, ["10:1 to 10:45 CR403 the EXAMPLE `keen` stands here a second time",
                "fix: leave the second one out"]),
        (KEEN.replace("very", "not very"),
         ["10:1 to 10:45 CR403 the EXAMPLE `keen` stands here a second time", HELP]),
        (KEEN.replace("# Somebody", "# Another one"),
         ["10:1 to 10:45 CR403 the EXAMPLE `keen` stands here a second time", HELP]),
        ('EXAMPLE "k" EXPECT CONNECT BECAUSE OF "r"\n    - witty: no\n    - keen: yes\n',
         ["8:1 to 8:42 CR403 the EXAMPLE `k` says the same as `keen`", HELP]),
        (KEEN.replace(' BECAUSE OF "r"', ""), []),
        (KEEN.replace("EXPECT", "TODAY 2026-01-31 EXPECT"), []),
        (KEEN.replace('CONNECT BECAUSE OF "r"', "DECLINE"), []),
        (KEEN.replace("keen: yes", "keen: unsure"), []),
        (KEEN + "    - my keen: yes\n", []),
        (KEEN.replace("    - witty: no\n", ""), []),
    ],
)  # fmt: skip
def test_an_example_twice(again: str, told: list[str]) -> None:
    """Facts, the owner's too, day and expectation count, the name does not; a copy has a fix."""
    assert warned(RULES + KEEN + again) == told


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("examples", "left"),
    [
        (KEEN + KEEN, KEEN),
        (KEEN + KEEN + KEEN, KEEN),
        (KEEN + OTHER + KEEN + OTHER, KEEN + OTHER),
        (KEEN + KEEN.lstrip(), KEEN),
        ((OTHER + KEEN + KEEN).rstrip(), (OTHER + KEEN).rstrip()),
        (OTHER + "# end\n\n\n" + OTHER + "# end\n", OTHER + "# end\n# end\n"),
    ],
)  # fmt: skip
def test_a_copy_is_taken_out(examples: str, left: str, line_break: str) -> None:
    """The fix takes out its lines and the comments right above it, and nothing else."""
    source = Source("my.policy", (RULES + examples).replace("\n", line_break))

    mended = mend(source, lambda each: check(each, vocabulary=VOCABULARY))

    assert mended.source.text == (RULES + left).replace("\n", line_break)
    assert mended.left == ()
