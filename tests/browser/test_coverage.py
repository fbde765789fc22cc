"""The page about coverage, as people see it."""

from functools import cache
from pathlib import Path

import pytest

from connectrules.testing.report.html import coverage_html
from tests.browser.conftest import Open
from tests.testing.covered import GAPS, SHARED, covered

_CONTRASTS = (Path(__file__).parent / "contrasts.js").read_text("utf-8")


@cache
def page_of(text: str) -> str:
    """The page about the policy that *text* is."""
    return coverage_html(*covered(text))


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("text", [GAPS, SHARED], ids=["gaps", "shared"])
def test_it_can_be_read(visit: Open, colours: str, text: str) -> None:
    """In both themes at the contrast that WCAG 2 asks for at level AA, and without a request."""
    opened = visit(page_of(text), color_scheme=colours)

    contrasts = opened.page.evaluate(_CONTRASTS)

    assert len(contrasts) > 30
    assert {said: ratio for said, ratio in contrasts if ratio < 4.5} == {}
    assert opened.happened == []


@pytest.mark.parametrize("width", [320, 1400])
def test_nothing_is_cut_off(visit: Open, width: int) -> None:
    """On a phone neither."""
    page = visit(page_of(GAPS), viewport={"width": width, "height": 700}).page

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_example_is_copied(visit: Open) -> None:
    """As it is to be pasted; where copying is not allowed, it is selected."""
    page = visit(page_of(SHARED)).page
    text = covered(SHARED)[1].proposed[0].text

    page.get_by_role("button", name="Copy").click()
    page.wait_for_function("document.querySelector('.copy').textContent !== 'Copy'")

    said = page.locator(".copy").inner_text()
    taken = "navigator.clipboard.readText()" if said == "Copied" else "getSelection().toString()"
    page.context.grant_permissions(["clipboard-read"])
    assert page.evaluate(taken).strip() == text


@pytest.mark.once
def test_a_link_leads_to_what_is_proposed(visit: Open) -> None:
    """From the line that misses it."""
    page = visit(page_of(SHARED)).page

    page.get_by_role("link", name="almost far (met in person: no)").click()

    assert page.evaluate("document.querySelector(':target h3').innerText") == (
        "DECLINE almost far (met in person: no)"
    )
