"""A page to keep, in a browser: what people see, hear and press."""

from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from connectrules import Contact
from tests.browser import made
from tests.browser.conftest import Open

pytestmark = pytest.mark.once

NARROW = {"width": 360, "height": 740}

_CONTRASTS = (Path(__file__).parent / "contrasts.js").read_text("utf-8")


def people(page: Page) -> list[str]:
    """Who is listed."""
    return page.locator("#contacts .name").all_inner_texts()


def contact(page: Page, name: str) -> str:
    """What is told of one contact once it is opened."""
    row = page.locator(".contact", has_text=name)
    row.locator("h3 button").click()
    return row.locator(".detail").inner_text()


def box(element: Locator) -> FloatRect:
    """Where *element* is seen."""
    found = element.bounding_box()
    assert found
    return found


def marked(page: Page, kind: str) -> list[str]:
    """The lines of the policy that are marked as *kind*."""
    return page.locator(f"#policy .line.{kind}").all_inner_texts()


def test_the_page_tells_what_was_decided_and_when(visit: Open) -> None:
    """The title, the day, the files, each decision with its count, and each contact in order."""
    page = visit(made.text_of()).page

    assert page.title() == "Two rules"
    assert page.locator("header").inner_text().splitlines() == [
        "Two rules",
        "",
        "People I would meet and recommend.",
        "",
        "Judged on 2026-11-22 by two.policy, of people.csv.",
        "",
        "Dark colours",
    ]
    assert page.locator("#decisions button").all_inner_texts() == [
        "6 all",
        "1 to connect with",
        "1 to review",
        "1 undecided",
        "2 declined",
        "1 could not be judged",
    ]
    assert page.locator("#contacts h3").all_inner_texts() == [
        "connect\nAda Example Consultant, Zenith\ntwo rules",
        "decline\nBob Example Baker\notherwise",
        "undecided\nCý Example Baker, Alder\nask: would recommend",
        "review\nDi Example Editor, Mill\npress",
        "error\nEve Example Baker\n`following`: `many` is not a whole number, 0 or more",
        "decline\nFlo Example Baker\nmass followers",
    ]
    assert page.locator("footer li").all_inner_texts() == ["6 contacts judged"]


def test_a_contact_opens_to_what_a_terminal_says(visit: Open) -> None:
    """The rules and their reasons, conditions with values and places, as the policy words them."""
    page = visit(made.text_of()).page

    told = contact(page, "Ada Example")

    for line in (
        "two rules: I link only with people I would meet and recommend",
        "✓ would have a drink with: yes",
        "✓ would recommend: yes (answers.csv:2)",
        "press does not apply",
        '✗ position mentions any of "editor", "journalist": no, "Consultant" (people.csv:2)',
        "✗ following is more than 5,000: no, 120",
    ):
        assert line in told.splitlines()


def test_what_would_change_it_and_what_to_ask_are_told(visit: Open) -> None:
    """Each under a heading of its own, in the words of a terminal."""
    page = visit(made.text_of(account=made.MadeUp())).page

    told = contact(page, "Flo").splitlines()
    assert told[told.index("What would change it") + 1 :] == [
        "would connect if following were 5,000 (38 less)",
        "would connect if would recommend were yes and following were 5,000 (38 less)",
        "would review if following were 5,000 (38 less)",
        "would review if would recommend were yes and following were 5,000 (38 less)",
    ]
    told = [line for line in contact(page, "Cý").splitlines() if line]
    assert told[told.index("What to ask (1.5 questions on average)") + 1 :] == [
        "would recommend: Would you recommend Cý Example to your clients?",
        "yes: connect",
        "no: ask following",
        "following",
        "What may decide it",
        "two rules: I link only with people I would meet and recommend",
        "✓ would have a drink with: yes",
        "? would recommend: not known",
        "✗ is a recruiter: no (assumed)",
        "What cannot matter any more: company",
    ]


def test_questions_and_errors_are_told_too(visit: Open) -> None:
    """What to ask in the policy's words, and what is wrong with a contact's value."""
    page = visit(made.text_of()).page

    assert "Would you recommend Cý Example to your clients?" in contact(page, "Cý")
    assert "many is not a whole number, 0 or more" in contact(page, "Eve")


def test_the_lines_that_decide_are_marked_in_the_policy(visit: Open) -> None:
    """Those of the deciding rule, of OTHERWISE too; those that may decide, in another way."""
    page = visit(made.text_of()).page

    contact(page, "Ada")
    assert [line[:19] for line in marked(page, "decides")] == [
        'CONNECT "two rules"',
        "UNLESS is a recruit",
        'BECAUSE "I link onl',
    ]
    contact(page, "Bob")
    assert marked(page, "decides") == [
        'OTHERWISE DECLINE BECAUSE "numbers alone mean nothing to me"'
    ]
    contact(page, "Cý")
    assert marked(page, "decides") == []
    assert len(marked(page, "open")) == 3
    assert page.locator("#marked").inner_text() == "Marked: what may decide about Cý Example"


def test_the_policy_scrolls_to_what_decides(visit: Open) -> None:
    """However long it is, and to a rule whose name is pressed; the page stays where it is."""
    page = visit(made.text_of(policy="# a line of words\n" * 200 + made.POLICY)).page
    code = box(page.locator("#policy .code"))

    def is_in_view(text: str) -> bool:
        line = box(page.locator("#policy .line", has_text=text))
        return code["y"] <= line["y"] <= code["y"] + code["height"] - line["height"]

    assert not is_in_view('CONNECT "two rules"')
    contact(page, "Ada")
    assert is_in_view('CONNECT "two rules"')

    page.locator("#policy .code").evaluate("code => { code.scrollTop = 0; }")
    page.get_by_role("button", name="mass followers", exact=True).click()
    assert is_in_view('DECLINE "mass followers"')
    assert page.evaluate("scrollY") == 0


def test_the_marks_follow_the_contact_that_has_the_focus(visit: Open) -> None:
    """Where several are open; and go where it is closed."""
    page = visit(made.text_of()).page
    contact(page, "Flo")
    contact(page, "Ada")

    page.locator(".contact", has_text="Flo").locator("h3 button").focus()
    assert len(marked(page, "decides")) == 2

    page.keyboard.press("Enter")
    assert marked(page, "decides") == []
    assert page.locator("#marked").is_hidden()


def test_contacts_are_found_by_decision_rule_question_and_words(visit: Open) -> None:
    """All at once, without regard to case or accents; what was chosen is said aloud."""
    page = visit(made.text_of()).page
    found = page.get_by_role("status")

    page.get_by_role("button", name="declined").click()
    assert people(page) == ["Bob Example", "Flo Example"]
    page.get_by_label("Rule or question").select_option(label="mass followers (1)")
    assert people(page) == ["Flo Example"]
    expect(found).to_have_text("1 of 6 contacts: declined, decided by mass followers")

    page.get_by_role("button", name="all").click()
    page.get_by_label("Rule or question").select_option(label="would recommend (1)")
    assert people(page) == ["Cý Example"]
    page.get_by_label("Rule or question").select_option(label="any")
    page.get_by_label("Search").fill("EXAMPLE irel")
    assert people(page) == ["Ada Example"]
    page.get_by_label("Search").fill("cy")
    assert people(page) == ["Cý Example"]
    page.get_by_label("Search").fill("nobody")
    assert people(page) == []
    expect(found).to_have_text("0 of 6 contacts: with “nobody”")


@pytest.mark.parametrize(
    ("order", "initials"),
    [
        ("file order", "FEDCBA"),
        ("name", "ABCDEF"),
        ("company", "CDAFEB"),
        ("decision", "ADCFBE"),
        ("fewest questions", "CFEDBA"),
    ],
)
def test_contacts_are_put_in_order(visit: Open, order: str, initials: str) -> None:
    """Those that lack what is compared come last, in their order in the file."""
    page = visit(made.text_of(reversed(made.PEOPLE))).page

    page.get_by_label("Sort by").select_option(label=order)

    assert "".join(name[0] for name in people(page)) == initials


def test_keys_do_all_that_the_mouse_does(visit: Open) -> None:
    """Slash searches, j and k and the arrows move, Enter opens, Escape closes."""
    page = visit(made.text_of()).page
    focused = page.locator("#contacts button:focus .name")

    page.keyboard.press("j")
    assert focused.inner_text() == "Ada Example"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused.inner_text() == "Bob Example"
    page.keyboard.press("Enter")
    opened = page.locator("#contacts [aria-expanded=true] .name")
    assert opened.all_inner_texts() == ["Bob Example"]
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert opened.count() == 0
    assert focused.inner_text() == "Bob Example"

    page.keyboard.press("/")
    page.keyboard.type("jk/")
    assert page.get_by_label("Search").input_value() == "jk/"
    page.keyboard.press("Escape")
    assert (page.get_by_label("Search").input_value(), len(people(page))) == ("", 6)
    page.keyboard.press("ArrowDown")
    assert focused.inner_text() == "Ada Example"


def test_what_is_pressed_with_control_is_the_browsers(visit: Open) -> None:
    """Its own keys keep their meaning."""
    page = visit(made.text_of()).page

    page.keyboard.press("Control+j")

    assert page.evaluate("document.activeElement === document.body")


def test_a_screen_reader_is_told_all(visit: Open) -> None:
    """Headings, groups, labels, what is pressed, what is open, and the count of what was found."""
    page = visit(made.text_of(made.PEOPLE[:1])).page
    contact(page, "Ada")

    heard = page.locator("main").aria_snapshot()

    for line in (
        'heading "The policy" [level=2]',
        'heading "The contacts" [level=2]',
        'group "Show by decision"',
        'button "1 all" [pressed]',
        'button "1 to connect with"',
        'searchbox "Search"',
        'combobox "Rule or question"',
        'combobox "Sort by"',
        "status: 1 contact",
        'heading "connect Ada Example Consultant, Zenith two rules" [level=3]',
        'button "connect Ada Example Consultant, Zenith two rules" [expanded]',
        'heading "why" [level=4]',
    ):
        assert line in heard, line


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_colours_can_be_told_apart(visit: Open, colours: str) -> None:
    """All text has the contrast that WCAG 2 asks for at level AA, 4.5 to 1, in both themes."""
    page = visit(made.text_of(), color_scheme=colours).page
    for one in made.PEOPLE:
        contact(page, str(one.name))

    contrasts = page.evaluate(_CONTRASTS)

    assert len(contrasts) > 150
    assert {text: ratio for text, ratio in contrasts if ratio < 4.5} == {}


def test_the_colours_can_be_switched(visit: Open) -> None:
    """From those of the system to the others, and back."""
    page = visit(made.text_of(), color_scheme="dark").page
    back = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(back)

    page.get_by_role("button", name="Light colours").click()
    light = page.evaluate(back)
    page.get_by_role("button", name="Dark colours").click()

    assert (dark, light, page.evaluate(back)) == (
        "rgb(16, 20, 24)",
        "rgb(255, 255, 255)",
        "rgb(16, 20, 24)",
    )


def test_nothing_is_wider_than_a_telephone(visit: Open) -> None:
    """However long a word is; the policy is folded there, and its lines stand by the contact."""
    long = Contact(key="k", name="N" * 500, company="C" * 500, url=f"https://{'u' * 500}.example")
    page = visit(made.text_of([*made.PEOPLE, long]), viewport=NARROW).page
    told = contact(page, "Ada")
    contact(page, "NNN")

    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert page.locator("#policy .code").is_hidden()
    assert 'CONNECT "two rules" WHEN' in told
    page.locator("#detail-0 button.rule").first.click()
    assert page.locator("#policy .code").is_visible()


def test_all_that_was_chosen_is_printed(visit: Open) -> None:
    """Without controls, light, the opened contacts open, however many there are."""
    many = [Contact(key=f"k{number}", following=number * 20) for number in range(500)]
    page = visit(made.text_of([*made.PEOPLE, *many]), color_scheme="dark").page
    page.get_by_role("button", name="252 undecided").click()
    contact(page, "Cý")
    assert len(people(page)) == 200

    page.emulate_media(media="print")
    page.pdf()

    assert len(people(page)) == 252
    assert page.locator("#controls").is_hidden()
    assert page.locator(".detail").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_many_contacts_are_shown_in_slices(visit: Open) -> None:
    """More at a press, or at a key where the last is reached; found are they all at once."""
    many = [Contact(key=f"k{number:05}", would_recommend=True) for number in range(10_000)]
    page = visit(made.text_of(many, policy="would recommend")).page

    assert len(people(page)) == 200
    page.get_by_role("button", name="Show 200 more").click()
    assert page.locator("button:focus .name").inner_text() == "k00200"
    page.locator(".contact").last.locator("h3 button").focus()
    page.keyboard.press("j")
    assert page.locator("button:focus .name").inner_text() == "k00400"
    page.get_by_label("Search").fill("k0999")
    assert people(page) == [f"k0999{digit}" for digit in range(10)]
    page.get_by_label("Search").fill("")
    page.get_by_role("button", name="Show all 10,000").click()
    assert page.locator(".contact").count() == 10_000


def test_without_scripts_it_is_a_list_to_read(visit: Open) -> None:
    """Each decision, with its reason; the policy is open beside it."""
    page = visit(made.text_of(), java_script_enabled=False).page

    assert page.locator("noscript li").all_inner_texts() == [
        "connect Ada Example: two rules. I link only with people I would meet and recommend",
        "decline Bob Example: otherwise. numbers alone mean nothing to me",
        "undecided Cý Example: ask: would recommend",
        "review Di Example: press. I answer the press myself",
        "error Eve Example: `following`: `many` is not a whole number, 0 or more",
        "decline Flo Example: mass followers. consensual spam",
    ]
    assert page.locator("noscript a").get_attribute("href") == "https://net.example/in/ada"
    assert page.locator("#policy .code").is_visible()
    assert page.locator("#controls").is_hidden()
