"""A page of 10,000 contacts: making it, opening it, and finding somebody on it."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import by_hand
import contacts
import pytest
from playwright.sync_api import Page, sync_playwright
from racing import Race, Row

from connectrules import Contact, Policy
from connectrules.render.html import Told, page

_POLICY = Policy.parse(by_hand.EIGHT)
_NUMBER = 10_000
_ROUNDS = 10
_ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run")


def people() -> Iterator[Contact]:
    """As many as large networks have, no two alike."""
    for number in range(_NUMBER):
        yield attrs.evolve(
            contacts.OF_EIGHT[number % len(contacts.OF_EIGHT)],
            key=f"net:person-{number}",
            name=f"Person {number * 7919 % _NUMBER} Example",
            company=f"Company {number * 31 % 3_000}",
            url=f"https://net.example/in/person-{number}",
            origins={
                "company": f"people.csv:{number + 2}",
                "followers": f"people.csv:{number + 2}",
            },
        )


def made() -> str:
    """The page about them."""
    results = ((contact, _POLICY.explain(contact)) for contact in people())
    told = Told(datetime.date(2026, 11, 22), ("people.csv",), list)
    return "".join(page(_POLICY, results, told))


def test_making(benchmark: Any, race: Race) -> None:  # noqa: ANN401 - pytest-benchmark's fixture
    """With the reasons of each contact, beside the reasons alone."""
    assert made().count('"tree":') == _NUMBER
    benchmark.group = "page"
    row = Row("write a page, a contact", _NUMBER, "its text in a terminal's form")
    race(made, lambda: [str(_POLICY.explain(contact)) for contact in people()], row, rounds=3)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Page]:
    """The page in Chromium."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not on the PATH")
    file = tmp_path / "page.html"
    file.write_text(made(), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        one = browser.new_page()
        one.goto(file.as_uri())
        yield one
        browser.close()


_OPEN = "performance.getEntriesByType('navigation')[0].loadEventEnd"
_TYPE = """word => {
    const start = performance.now();
    const search = document.getElementById("search");
    search.value = word;
    search.dispatchEvent(new Event("input"));
    document.body.offsetHeight;
    return performance.now() - start;
}"""
_SORT = """order => {
    const start = performance.now();
    const sort = document.getElementById("sort");
    sort.value = order;
    sort.dispatchEvent(new Event("change"));
    document.body.offsetHeight;
    return performance.now() - start;
}"""


@pytest.mark.parametrize(
    ("what", "target"),
    [
        ("open a page of 10,000", "≤ 2 s"),
        ("the first letter of a search", ""),
        ("sort by name", ""),
    ],
)
def test_in_the_browser(benchmark: Any, opened: Page, what: str, target: str) -> None:  # noqa: ANN401 - as above
    """Beside a page of nothing but a paragraph, in time as it passes."""
    times = {
        "open a page of 10,000": lambda: opened.evaluate(_OPEN),
        "the first letter of a search": lambda: opened.evaluate(_TYPE, "a"),
        "sort by name": lambda: opened.evaluate(_SORT, "name"),
    }
    fastest = []
    for _ in range(_ROUNDS):
        opened.reload()
        fastest.append(times[what]())
    empty = []
    for _ in range(_ROUNDS):
        opened.goto("data:text/html,<p>nothing")
        empty.append(opened.evaluate(_OPEN))
    row = Row(what, beside="open an empty page", target=target)
    ours, other = min(fastest) / 1000, min(empty) / 1000
    benchmark.group = "page"
    benchmark.extra_info.update(
        what=row.what,
        calls=1,
        beside=row.beside,
        target=row.target,
        ours=ours,
        other=other,
        ratio=ours / other,
    )
    benchmark.pedantic(lambda: None)
