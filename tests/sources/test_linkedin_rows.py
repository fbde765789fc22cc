"""LinkedIn's exports, rule by rule."""

import datetime
import pickle
from pathlib import Path

import attrs
import pytest

from connectrules import Contact
from tests.sources.helpers import by_key, export, known, refusal, report

CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
)
NOTES = (
    "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n"
)
PROFILE = "First Name,Last Name,Headline,Summary,Industry,Geo Location\nMe,Myself,,,,\n"
ADA = "Ada,Example,https://www.linkedin.com/in/ada,,Nook,Baker,08 Feb 2026\n"
BOB = "Bob,Sample,https://www.linkedin.com/in/bob,,Cranny,Miller,09 Feb 2026\n"
MINE = 'Ada Example,Me,"1/29/26, 2:37 PM",,INCOMING,/in/ada,/in/me\n'
FROM_ADA = "1,,Ada Example,/in/ada,Me Myself,/in/me,2026-03-01 10:00:00 UTC,,Hi,INBOX\n"
TO_ADA = "1,,Me Myself,/in/me,Ada Example,/in/ada,2026-03-02 10:00:00 UTC,,Hi,INBOX\n"


def test_what_is_made(tmp_path: Path) -> None:
    """A contact of an export is one like any other: frozen, equal by value, to be sent elsewhere.

    That is so whether other files speak of them, as of Ada, or not, as of Bob.
    """
    path = export(
        tmp_path,
        {"Connections.csv": CONNECTIONS + ADA + BOB, "Invitations.csv": INVITATIONS + MINE},
    )
    found = by_key(path)
    bob = Contact(
        key="linkedin:bob",
        name="Bob Sample",
        url="https://www.linkedin.com/in/bob",
        company="Cranny",
        position="Miller",
        connected_on=datetime.date(2026, 2, 9),
        follows_me=True,
        followed_by_me=True,
        requested_by_me=False,
        wants_to_connect=False,
    )

    assert found["linkedin:bob"] == bob
    assert hash(found["linkedin:bob"]) == hash(bob)
    assert "emails" not in found["linkedin:bob"].origins
    for contact in found.values():
        assert type(contact) is Contact
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            contact.name = "Eve"  # type: ignore[misc]
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            del contact.name
        assert attrs.evolve(contact, note="x").note == "x"
        again = pickle.loads(pickle.dumps(contact))  # noqa: S301 - our own
        assert (again, again.origins) == (contact, contact.origins)
        assert repr(contact) == repr(again)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.linkedin.com/in/ADA-Example", "linkedin:ada-example"),
        ("http://uk.linkedin.com/in/ada-example/?trk=x", "linkedin:ada-example"),
        ("www.linkedin.com/in/ada-example/de#top", "linkedin:ada-example"),
        ("https://www.linkedin.com/in/zo%C3%8B", "linkedin:zoë"),
        ("https://www.linkedin.com/in/%FF", "linkedin:%ff"),
        ("https://www.linkedin.com/company/nook", "linkedin:ada example/a%2Fb 50%25/2026-02-08"),
        ("", "linkedin:ada example/a%2Fb 50%25/2026-02-08"),
    ],
)
def test_keys(tmp_path: Path, url: str, key: str) -> None:
    """The profile's address makes the key; without one name, company and date do."""
    row = f"Ada,Example,{url},,A/B 50%,Baker,08 Feb 2026\n"

    assert list(by_key(export(tmp_path, {"Connections.csv": CONNECTIONS + row}))) == [key]


def test_rows_that_make_nobody(tmp_path: Path) -> None:
    """Hidden members, rows without a name and rows that repeat are counted."""
    rows = f"{ADA}{ADA},,,,,,21 Feb 2026\n,,,,Nook,,21 Feb 2026\n"
    path = export(tmp_path / "x", {"Connections.csv": CONNECTIONS + rows})

    assert list(by_key(path)) == ["linkedin:ada"]
    assert report(path).lines()[1:] == (
        (
            "`Connections.csv`: 4 rows read, 1 not used (repeats an earlier row), "
            "1 not used (a hidden member), 1 not used (no name)"
        ),
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("8 Feb 2026", datetime.date(2026, 2, 8)),
        ("4-Apr-21", datetime.date(2021, 4, 4)),
        ("30 Feb 2026", "30 Feb 2026"),
        ("8 Fev 2026", "8 Fev 2026"),
        ("2/8/26", "2/8/26"),
    ],
)
def test_dates(tmp_path: Path, written: str, value: object) -> None:
    """A date of another form is kept as it stands, for judging to tell of."""
    row = f"Ada,Example,/in/ada,,,,{written}\n"
    people = by_key(export(tmp_path, {"Connections.csv": CONNECTIONS + row}))

    assert people["linkedin:ada"].connected_on == value


def test_unknown_columns(tmp_path: Path) -> None:
    """They are reported, with the column that was probably meant."""
    rows = CONNECTIONS.replace("Position", "Positon,Shoe Size") + ADA.replace("Baker", "Baker,42")
    path = export(tmp_path / "x", {"Connections.csv": rows})

    assert by_key(path)["linkedin:ada"].position is None
    assert report(path).lines()[2:] == (
        "`Connections.csv`: the column `Positon` is not known, did you mean `Position`?",
        "`Connections.csv`: the column `Shoe Size` is not known",
    )


def test_pending_needs_the_connections(tmp_path: Path) -> None:
    """Where they are not given, nobody knows whether an invitation was accepted."""
    path = export(tmp_path / "x", {"Invitations.csv": INVITATIONS + MINE})
    ada = by_key(path)["linkedin:ada"]

    assert (ada.wants_to_connect, ada.came_with_a_note) == (None, False)
    assert report(path).notes == (
        "without the connections nobody knows which invitations are pending",
    )


def test_invitations_that_say_nothing(tmp_path: Path) -> None:
    """A direction nobody knows and a row without a name are counted."""
    rows = "A,Me,,,SIDEWAYS,/in/a,/in/me\n,Me,,,INCOMING,,/in/me\n"
    path = export(tmp_path / "x", {"Invitations.csv": INVITATIONS + rows})

    assert by_key(path) == {}
    assert report(path).files[0].skipped == (("neither incoming nor outgoing", 1), ("no name", 1))


def test_one_note_of_several_requests(tmp_path: Path) -> None:
    """Whoever asked twice, once with a message, came with a note."""
    rows = MINE + MINE.replace(",,INC", ",Hello,INC") + MINE
    path = export(
        tmp_path, {"Connections.csv": CONNECTIONS + BOB, "Invitations.csv": INVITATIONS + rows}
    )
    ada = by_key(path)["linkedin:ada"]

    assert (ada.came_with_a_note, ada.wants_to_connect) == (True, True)
    assert ada.origins["came with a note"] == "Invitations.csv:3"


def test_the_owner_by_name(tmp_path: Path) -> None:
    """Without invitations the profile's name says who the owner is, where that is one sender."""
    files = {
        "Connections.csv": CONNECTIONS + ADA,
        "messages.csv": MESSAGES + FROM_ADA + TO_ADA,
        "Profile.csv": PROFILE,
    }
    ada = by_key(export(tmp_path, files))["linkedin:ada"]

    assert (ada.messages_sent, ada.messages_received, ada.has_interacted) == (1, 1, True)


@pytest.mark.parametrize(
    "files",
    [
        {"Connections.csv": CONNECTIONS + ADA},
        {"Connections.csv": CONNECTIONS + ADA.replace("Ada,Example", "Me,Myself")},
        {"Profile.csv": PROFILE, "Connections.csv": CONNECTIONS + "Me,Myself,/in/me2,,,,\n"},
        {
            "Profile.csv": PROFILE,
            "Connections.csv": CONNECTIONS + ADA,
            "messages.csv": MESSAGES + TO_ADA + TO_ADA.replace("/in/me,", "/in/me2,"),
        },
    ],
)
def test_messages_of_an_unknown_owner(tmp_path: Path, files: dict[str, str]) -> None:
    """They stay unread, and the report says so."""
    path = export(tmp_path, {"messages.csv": MESSAGES + FROM_ADA + TO_ADA} | files)

    assert [person.messages_sent for person in by_key(path).values()] == [None]
    assert report(path).notes == (
        (
            "`messages.csv` was not read: neither the invitations nor the profile say for "
            "sure which "
            "sender is you"
        ),
    )


def test_messages_in_a_group(tmp_path: Path) -> None:
    """What went to several counts for each known one; what came from one counts for them alone."""
    to_all = TO_ADA.replace("Ada Example,/in/ada", '"Ada Example, Bob Sample","/in/ada,/in/bob"')
    from_ada = FROM_ADA.replace("Me Myself,/in/me", '"Me, Bob Sample","/in/me,/in/bob"')
    files = {
        "Connections.csv": CONNECTIONS + ADA + BOB,
        "Invitations.csv": INVITATIONS + MINE,
        "messages.csv": MESSAGES + to_all + from_ada,
    }
    people = by_key(export(tmp_path, files))
    counts = [(each.messages_sent, each.messages_received) for each in people.values()]

    assert counts == [(1, 1), (1, 0)]


def test_a_date_of_a_message_that_cannot_be_read(tmp_path: Path) -> None:
    """It is kept as it stands: what the last one was is not known."""
    files = {
        "Connections.csv": CONNECTIONS + ADA,
        "Invitations.csv": INVITATIONS + MINE,
        "messages.csv": MESSAGES + FROM_ADA + TO_ADA.replace("2026-03-02", "yesterday"),
    }
    ada = by_key(export(tmp_path, files))["linkedin:ada"]

    assert known(ada)["messages_sent"] == 1
    assert known(ada)["last_message_on"] == "yesterday 10:00:00 UTC"


def test_people_without_an_address_are_joined_by_name(tmp_path: Path) -> None:
    """Messages and endorsements give addresses; a name that is one person's joins them."""
    row = "Ada,Example,,,Nook,Baker,08 Feb 2026\n"
    files = {
        "Connections.csv": CONNECTIONS + row + BOB,
        "Invitations.csv": INVITATIONS + MINE,
        "messages.csv": MESSAGES + FROM_ADA + TO_ADA,
    }
    people = by_key(export(tmp_path, files))
    ada = people["linkedin:ada example/nook/2026-02-08"]

    assert (ada.messages_sent, ada.messages_received, len(people)) == (1, 1, 2)
    assert ada.wants_to_connect is False


def note(text: str, person: str = "Ada,Example,/in/ada") -> str:
    """A row of the notes."""
    return f'{person},"{text}",2026-01-01,\n'


def notes(folder: Path, *rows: str) -> Path:
    """An export of Ada and Bob with notes."""
    return export(
        folder,
        {"Connections.csv": CONNECTIONS + ADA + BOB, "Notes.csv": NOTES + "".join(rows)},
    )


def test_tags(tmp_path: Path) -> None:
    """A tag answers any yes/no fact, those of the policy's own lines too; the rest is the note."""
    text = "Met at #thefair\n# Would  Recommend\n #not met in person \n#is a recruiter\n#score\nbye"
    ada = by_key(notes(tmp_path, note(text)))["linkedin:ada"]

    assert (ada.would_recommend, ada.met_in_person) == (True, False)
    assert ada.other == {"is a recruiter": True}
    assert ada.origins["is a recruiter"] == "Notes.csv:2"
    assert ada.note == "Met at #thefair\n#score\nbye"


def test_tags_that_contradict(tmp_path: Path) -> None:
    """The first one holds, and the other is a conflict."""
    path = notes(tmp_path, note("#would recommend"), note("#not would recommend"))

    assert by_key(path)["linkedin:ada"].would_recommend is True
    assert report(path).conflicts == (
        (
            "`would recommend` of `linkedin:ada` is `yes` in `Notes.csv:2` and `no` in "
            "`Notes.csv:3`: "
            "the first is kept"
        ),
    )


def test_several_notes(tmp_path: Path) -> None:
    """Those about one person make one note."""
    path = notes(tmp_path, note("one"), note("two"), note("three", "Bob,Sample,"))

    assert [person.note for person in by_key(path).values()] == ["one\n\ntwo", "three"]


def test_notes_that_differ_are_not_shown(tmp_path: Path) -> None:
    """A conflict of notes is told without their words."""
    one = notes(tmp_path / "one", note("a secret"))
    other = notes(tmp_path / "other", note("another secret"))

    assert by_key(one, other)["linkedin:ada"].note == "a secret"
    assert report(one, other).conflicts == (
        (
            "the notes about `linkedin:ada` differ in `one/Notes.csv:2` and `other/Notes.csv:2`: "
            "the first is kept"
        ),
    )


@pytest.mark.parametrize(
    ("files", "message", "where"),
    [
        (
            {"Connections.csv": "a,b\n1,2\n"},
            (
                "the layout of `Connections.csv` is not known: found `a`, `b`, expected the "
                "columns "
                "`First Name`, `Last Name`, `Connected On`"
            ),
            "Connections.csv",
        ),
        (
            {"Connections.csv": ""},
            (
                "the layout of `Connections.csv` is not known: found nothing, expected the columns "
                "`First Name`, `Last Name`, `Connected On`"
            ),
            "Connections.csv",
        ),
        (
            {"Ad_Targeting.csv": "a,a\n", "x.txt": ""},
            (
                "`x` is no export that is known: found `Ad_Targeting.csv`, `x.txt`, expected files "
                "such as `Connections.csv`"
            ),
            "x",
        ),
        (
            {},
            (
                "`x` is no export that is known: found no files, expected files such as "
                "`Connections.csv`"
            ),
            "x",
        ),
        (
            {"Profile.csv": PROFILE, "messages.csv": MESSAGES},
            (
                "no people are in the export: found `Profile.csv`, `messages.csv`, expected "
                "`Connections.csv` or `Invitations.csv` with it"
            ),
            "Profile.csv",
        ),
        (
            {"Connections.csv": CONNECTIONS, "connections_2.csv": CONNECTIONS},
            (
                "`Connections.csv` and `connections_2.csv` are both `Connections.csv`: give each "
                "export as a path of its own"
            ),
            "x/connections_2.csv",
        ),
        (
            {"Connections.csv": CONNECTIONS.replace("URL", "Company") + ADA},
            "the column `Company` is there twice",
            "Connections.csv:1",
        ),
        (
            {"Connections.csv": CONNECTIONS + ADA.replace("\n", ",more\n")},
            "the row has 8 cells and the header 7",
            "Connections.csv:2",
        ),
    ],
)
def test_refused(tmp_path: Path, files: dict[str, str], message: str, where: str) -> None:
    """A layout that is not known is said, with what was found and what was expected."""
    folder = tmp_path / "x"
    folder.mkdir()

    assert refusal(export(folder, files)) == (message, where)


def test_recommendations_alone(tmp_path: Path) -> None:
    """Their columns do not say whether they were given or received."""
    rows = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    path = export(tmp_path, {"people.csv": rows}) / "people.csv"

    assert refusal(path) == (
        (
            "`people.csv` holds recommendations, given or received: its name is to say "
            "which, as in "
            "`Recommendations_Given.csv` or `Recommendations_Received.csv`"
        ),
        "people.csv",
    )
