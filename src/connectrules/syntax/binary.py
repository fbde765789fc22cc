"""Files that hold no plain text: documents, pictures, archives."""

from connectrules.diagnostics import Diagnostic
from connectrules.source import Source, Span

_WORD, _SHEET, _PICTURE = "a Word document", "a spreadsheet", "a picture"
_FORMS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "a document in RTF"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "a document of Word or Excel"),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"RIFF", "a picture or a recording"),
    (b"\x1f\x8b", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"SQLite format 3", "a database"),
    (b"bplist", "a document of Pages or Numbers"),
)
_ARCHIVE = b"PK\x03\x04"
_WITHIN: tuple[tuple[bytes, str], ...] = (
    (b"word/", _WORD),
    (b"xl/", _SHEET),
    (b"ppt/", "a presentation"),
    (b"opendocument.text", "a text document"),
    (b"opendocument.spreadsheet", _SHEET),
    (b"Index/Document.iwa", "a document of Pages or Numbers"),
)
"""What a zip archive is, by what it names."""

_DOCUMENTS = frozenset(
    {_WORD, "a document in RTF", "a document of Word or Excel", "a text document"}
    | {"a document of Pages or Numbers"}
)
_SAVE = "save it as plain text, in UTF-8, and give that file"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_REACH = 2**16
"""In how many bytes of an archive names are looked for, at its beginning and at its end."""


def refused(data: bytes, name: str) -> Diagnostic | None:
    """Why *data*, of a file called *name*, is no plain text at all; None where it may be."""
    if data.startswith(_WIDE):
        return _diagnostic(name, "the text is UTF-16, and a policy is UTF-8", "save it as UTF-8")
    what = _what(data)
    if what is None:
        return None
    help_ = _SAVE if what in _DOCUMENTS else "give a file of plain text"
    return _diagnostic(name, f"this is {what}, and a policy is plain text", help_)


def _what(data: bytes) -> str | None:
    """What *data* is, if it is a file of another kind."""
    if data.startswith(_ARCHIVE):
        ends = data[:_REACH] + data[-_REACH:]
        return next((what for mark, what in _WITHIN if mark in ends), "a zip archive")
    known = next((what for mark, what in _FORMS if data.startswith(mark)), None)
    return known or ("a file of another kind" if _is_binary(data) else None)


def _is_binary(data: bytes) -> bool:
    """Whether *data* is no text in any encoding that people have, a stray byte or two aside."""
    if b"\0" not in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def _diagnostic(name: str, message: str, help_: str) -> Diagnostic:
    return Diagnostic("CR101", message, Source(name, ""), Span(0, 0), help=(help_,))
