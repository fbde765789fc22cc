"""What each code means: a page a code, beside this file.

A page is Markdown. Its title names the code; then come what it means, why the language
insists, examples of the mistake with what is told about each, and the same put right.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import attrs

__all__ = ["KINDS", "Code", "codes", "find"]

_WARNINGS = "CR4"

KINDS: Mapping[str, str] = {
    "CR1": "What a policy says cannot be read",
    "CR2": "Names, files and what belongs together",
    "CR3": "Facts and their values",
    _WARNINGS: "Warnings: a policy that can be used, and may not say what was meant",
    "CR5": "Contacts, answers and yourself",
}
"""What the codes are about, by how they begin."""


@attrs.frozen
class Code:
    """A kind of mistake.

    Attributes:
        number: Such as ``CR103``.
        title: What it is, in a few words.
        text: The page below its title, in Markdown.
    """

    number: str
    title: str
    text: str = attrs.field(repr=False)

    @property
    def page(self) -> str:
        """The whole page, in Markdown."""
        return f"# {self.number}: {self.title}\n\n{self.text}"

    @property
    def meaning(self) -> str:
        """What it means, in a paragraph on one line."""
        return " ".join(self.text.partition("\n\n")[0].split())

    @property
    def is_warning(self) -> bool:
        """Whether a policy can be used all the same."""
        return self.number.startswith(_WARNINGS)


@cache
def codes() -> tuple[Code, ...]:
    """All codes, by number."""
    files = sorted(resources.files(__name__).iterdir(), key=lambda file: file.name)
    return tuple(_code(file.read_text("utf-8")) for file in files if file.name.endswith(".md"))


def find(number: str) -> Code | None:
    """The code that is *number*, if there is one."""
    return next((code for code in codes() if code.number == number), None)


def _code(page: str) -> Code:
    title, _, text = page.partition("\n\n")
    number, _, what = title.removeprefix("# ").partition(": ")
    return Code(number, what, text)
