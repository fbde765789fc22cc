"""LinkedIn's exports, era by era."""

import datetime
import shutil
from pathlib import Path

import pytest

from connectrules.sources import open_contacts
from tests.fixtures.linkedin import make
from tests.sources.helpers import (
    ERAS,
    VOCABULARY,
    by_key,
    files_of,
    known,
    read,
    refusal,
    report,
    write,
    zipped,
)

EXAMPLE = ERAS.parents[2] / "examples" / "linkedin-export"


def test_the_fixtures_are_what_the_script_makes(tmp_path: Path) -> None:
    """The script reproduces the files of the tests and the example byte for byte."""
    make.main(tmp_path)

    for era in ("early", "middle", "2023", "2026", "excel"):
        assert files_of(ERAS / era) == files_of(tmp_path / "tests/fixtures/linkedin" / era)
    assert files_of(EXAMPLE) == files_of(tmp_path / "examples/linkedin-export")


CONNECTED = {
    "follows_me": True,
    "followed_by_me": True,
    "requested_by_me": False,
    "wants_to_connect": False,
}
ADA = {
    "name": "Ada Example",
    "company": "Loom Works",
    "position": "Engineer",
    "emails": ("ada@example.org",),
    "connected_on": datetime.date(2019, 2, 8),
    **CONNECTED,
}
ADA_URL = "https://www.linkedin.com/in/ada-example"


def test_early() -> None:
    """Until mid-2021 name, company and date make the key, and names join the files."""
    people = by_key(ERAS / "early")

    assert list(people) == [
        "linkedin:ada example/loom works/2019-02-08",
        "linkedin:bob sample, phd/sample, inc/2020-11-30",
        "linkedin:zoë übung/the daily lantern/2021-04-04",
        "linkedin:robin hale/nook/2018-06-21",
        "linkedin:robin hale/cranny/2018-07-01",
        "linkedin:nell newcomer//2021-01-29",
        "linkedin:oskar outward//2020-12-01",
    ]
    ada, bob, zoe, hale, other_hale, nell, oskar = map(known, people.values())
    assert ada == ADA | {
        "came_with_a_note": True,
        "messages_sent": 1,
        "messages_received": 1,
        "last_message_on": datetime.date(2019, 3, 2),
        "recommendations_received": 1,
        "has_interacted": True,
    }
    # A name may hold the very comma that stands between names.
    assert (bob["messages_sent"], zoe["messages_sent"]) == (1, 1)
    # Which Robin was written to nobody can say; the recommendation names a company.
    assert "messages_sent" not in hale | other_hale
    assert (hale["has_interacted"], hale["recommendations_received"]) == (True, 1)
    assert "has_interacted" not in other_hale
    assert "came_with_a_note" not in hale
    assert (nell["wants_to_connect"], nell["came_with_a_note"]) == (True, False)
    assert oskar["requested_by_me"] is True
    assert oskar["has_interacted"] is False


def test_early_report() -> None:
    """What was read and what was not is told in sentences."""
    assert report(ERAS / "early").lines() == (
        "`early` is read as a LinkedIn export of the kind made until mid-2021",
        "`Connections.csv`: 6 rows read, 1 not used (a hidden member)",
        "`Invitations.csv`: 4 rows read, 1 not used (a name of several people)",
        "`Profile.csv`: 1 row read",
        (
            "`Messages.csv`: 5 rows read, 1 not used (a name of several people), "
            "1 not used (no sender, as in what is sponsored)"
        ),
        "`Recommendations Received.csv`: 2 rows read",
        "`early`: 1 other file is not used",
    )


def test_middle() -> None:
    """The preamble of mid-2021 to mid-2023 is no row; files not there leave facts unknown."""
    people = by_key(ERAS / "middle")

    assert known(people["linkedin:ada example/loom works/2019-02-08"]) == ADA | {
        "came_with_a_note": True
    }
    assert people["linkedin:ada example/loom works/2019-02-08"].origins["company"] == (
        "Connections.csv:5"
    )
    assert report(ERAS / "middle").formats == (
        ("middle", "a LinkedIn export of the kind made from mid-2021 to mid-2023"),
    )


def test_since_2023() -> None:
    """Since mid-2023 the address makes the key, and joins the files."""
    people = by_key(ERAS / "2023")

    assert list(people) == [
        "linkedin:ada-example",
        "linkedin:bob-sample",
        "linkedin:zoë-übung",
        "linkedin:robin-hale-1",
        "linkedin:robin-hale-2",
        "linkedin:nell-newcomer",
        "linkedin:oskar-outward",
    ]
    assert known(people["linkedin:ada-example"]) == ADA | {
        "url": ADA_URL,
        "came_with_a_note": True,
        "messages_sent": 1,
        "messages_received": 1,
        "last_message_on": datetime.date(2024, 5, 3),
        "endorsements_received": 2,
        "endorsements_given": 0,
        "recommendations_received": 1,
        "recommendations_given": 0,
        "has_interacted": True,
    }
    bob = people["linkedin:bob-sample"]
    assert (bob.messages_sent, bob.messages_received) == (2, 0)
    assert (bob.endorsements_received, bob.endorsements_given) == (0, 1)
    hale = people["linkedin:robin-hale-1"]
    assert (hale.messages_sent, hale.has_interacted, hale.last_message_on) == (0, False, None)


def test_a_recommendation_at_another_company_is_nobodys() -> None:
    """The name fits and the company does not: the count stays unknown, and so does contact."""
    zoe = by_key(ERAS / "2023")["linkedin:zoë-übung"]

    assert (zoe.recommendations_given, zoe.has_interacted) == (None, None)


def test_2023_report() -> None:
    """Rows about nobody known and rows not accepted are counted."""
    assert report(ERAS / "2023").lines() == (
        "`2023` is read as a LinkedIn export of the kind made since mid-2023",
        "`Connections.csv`: 6 rows read, 1 not used (a hidden member)",
        "`Invitations.csv`: 3 rows read",
        "`Profile.csv`: 1 row read",
        "`messages.csv`: 5 rows read, 2 not used (about nobody known)",
        (
            "`Endorsement_Received_Info_12.csv`: 4 rows read, 1 not used (not accepted), "
            "1 not used (about nobody known)"
        ),
        "`Endorsement_Given_Info.csv`: 1 row read",
        "`Recommendations_Received.csv`: 1 row read",
        (
            "`Recommendations_Given.csv`: 1 row read, "
            "1 not used (a name at another company, or of several people)"
        ),
    )


def test_2026() -> None:
    """Messages are quoted, with line breaks; drafts do not count; notes answer."""
    people = by_key(ERAS / "2026")
    ada, bob = people["linkedin:ada-example"], people["linkedin:bob-sample"]

    assert known(ada) == ADA | {
        "url": ADA_URL,
        "came_with_a_note": True,
        "messages_sent": 1,
        "messages_received": 1,
        "last_message_on": datetime.date(2025, 6, 2),
        "has_interacted": True,
        "would_recommend": True,
        "would_do_business_with": False,
        "note": "Met at the fair, likes looms",
    }
    assert (bob.messages_sent, bob.has_interacted) == (0, False)
    assert ada.origins["would recommend"] == "Notes.csv:2"
    assert ada.origins["messages sent"] == "messages.csv"
    assert ada.origins["last message on"] == "messages.csv:5"
    assert people["linkedin:zoë-übung"].messages_received == 1


def test_2026_report() -> None:
    """A tag that is no fact is told without the note's words."""
    assert report(ERAS / "2026").lines() == (
        "`2026` is read as a LinkedIn export of the kind made in 2026",
        "`Connections.csv`: 5 rows read",
        "`Invitations.csv`: 3 rows read",
        "`Profile.csv`: 1 row read",
        (
            "`messages.csv`: 5 rows read, 1 not used (a draft), "
            "1 not used (no sender, as in what is sponsored)"
        ),
        "`Notes.csv`: 3 rows read, 1 not used (about nobody known)",
        "`Notes.csv:5`: a line that begins with `#` is no fact, did you mean `would recommend`?",
        "`Notes.csv`: 1 line that begins with `#` and no yes/no fact",
    )


def test_saved_again_by_a_spreadsheet() -> None:
    """A byte order mark, CRLF, filled-up rows and short dates are accepted, and reported."""
    people = by_key(ERAS / "excel")

    assert known(people["linkedin:ada-example"]) == ADA | {"url": ADA_URL}
    assert people["linkedin:zoë-übung"].connected_on == datetime.date(2021, 4, 4)
    assert report(ERAS / "excel").lines() == (
        "`excel` is read as a LinkedIn export of the kind made since mid-2023",
        "`Connections.csv`: 6 rows read, 1 not used (a hidden member)",
        "`Connections.csv` was saved again by a spreadsheet",
    )


def test_the_owner() -> None:
    """The profile is the owner's record, known by their address from the invitations."""
    me = open_contacts([ERAS / "2026"], VOCABULARY).me

    assert me is not None
    assert (me.key, known(me)) == (
        "linkedin:bramley-example",
        {
            "name": "Bramley Orchard",
            "headline": "Cider maker",
            "bio": "Pressing on.",
            "industry": "Food",
        },
    )
    assert open_contacts([ERAS / "excel"], VOCABULARY).me is None


@pytest.mark.parametrize("era", ["early", "middle", "2023", "2026", "excel"])
def test_loading_twice(era: str) -> None:
    """It gives the same contacts, keys and report."""
    assert read(ERAS / era) == read(ERAS / era)
    assert report(ERAS / era) == report(ERAS / era)


@pytest.mark.parametrize("inside", ["", "LinkedIn/"])
def test_zips(tmp_path: Path, inside: str) -> None:
    """A zip reads like its folder, packed anew with a folder in it or not."""
    files = {f"{inside}{name}": content for name, content in files_of(ERAS / "2023").items()}
    files |= {"__MACOSX/._Connections.csv": b"\0\5\x16\7", f"{inside}Articles/x.html": b"<p>"}
    path = zipped(tmp_path / "Basic_LinkedInDataExport_11-22-2026.zip", files)

    assert read(path) == read(ERAS / "2023")


def test_names_of_files_vary(tmp_path: Path) -> None:
    """In case, spaces, underscores and a number at the end."""
    names = {
        "Connections.csv": "connections (1).csv",
        "Endorsement_Received_Info_12.csv": "Endorsement Received Info.csv",
        "Endorsement_Given_Info.csv": "ENDORSEMENT_GIVEN_INFO_3.CSV",
        "Recommendations_Given.csv": "Recommendations given.csv",
        "messages.csv": "Messages_2.csv",
    }
    for name, content in files_of(ERAS / "2023").items():
        write(tmp_path / names.get(name, name), content)

    assert read(tmp_path) == read(ERAS / "2023")


def test_single_files() -> None:
    """Files of an export can be given one by one, by whatever name."""
    paths = sorted((ERAS / "2023").iterdir())

    assert by_key(*paths) == by_key(ERAS / "2023")


def test_a_single_file_is_known_by_its_columns(tmp_path: Path) -> None:
    """Connections are connections, whatever the file is called."""
    path = Path(shutil.copy(ERAS / "2023" / "Connections.csv", tmp_path / "people.txt"))

    assert len(read(path)) == 5


def test_basic_and_complete(tmp_path: Path) -> None:
    """Two parts of one export merge by key; what they agree on is no conflict."""
    files = files_of(ERAS / "2026")
    basic = zipped(
        tmp_path / "Basic.zip", {name: files[name] for name in ("Connections.csv", "Profile.csv")}
    )
    complete = zipped(tmp_path / "Complete.zip", files)

    assert read(basic, complete) == read(ERAS / "2026")
    assert report(basic, complete).conflicts == ()


def test_conflicts(tmp_path: Path) -> None:
    """The first known value wins, and the other is reported with both places."""
    rows = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    old = write(
        tmp_path / "old" / "Connections.csv", f"{rows}A,B,/in/a,a@x.example,Nook,,08 Feb 2026\n"
    )
    new = write(
        tmp_path / "new" / "Connections.csv",
        f"{rows}A,B,/in/a/,b@x.example,Cranny,Miller,08 Feb 2026",
    )
    people = by_key(old.parent, new.parent)

    assert (people["linkedin:a"].company, people["linkedin:a"].position) == ("Nook", "Miller")
    assert report(old.parent, new.parent).conflicts == (
        (
            "`url` of `linkedin:a` is `/in/a` in `old/Connections.csv:2` and `/in/a/` in "
            "`new/Connections.csv:2`: the first is kept"
        ),
        (
            "`company` of `linkedin:a` is `Nook` in `old/Connections.csv:2` and `Cranny` in "
            "`new/Connections.csv:2`: the first is kept"
        ),
        (
            "`emails` of `linkedin:a` is `a@x.example` in `old/Connections.csv:2` and "
            "`b@x.example` in `new/Connections.csv:2`: the first is kept"
        ),
    )


def test_an_export_with_a_plain_file(tmp_path: Path) -> None:
    """A plain file follows the export, and may not speak of the same people."""
    plain = write(tmp_path / "more.csv", "key,followers\nx,1\n")

    assert [contact.key for contact in read(ERAS / "excel", plain)][-2:] == [
        "linkedin:robin-hale-2",
        "x",
    ]

    same = write(tmp_path / "same.csv", "key,followers\nlinkedin:ada-example,1\n")
    assert refusal(ERAS / "excel", same) == (
        "`linkedin:ada-example` is there twice, first in Connections.csv:5",
        "same.csv:2",
    )


def test_what_was_written_is_not_kept() -> None:
    """Neither the text of messages nor of recommendations is in a contact."""
    shown = repr([(contact, dict(contact.origins)) for contact in read(ERAS / "2026", EXAMPLE)])

    assert "about the cider" not in shown
    assert "line, two" not in shown
    assert "A delight" not in shown
    assert "Met at the fair" not in shown
