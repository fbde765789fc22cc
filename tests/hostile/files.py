"""Files of contacts that are meant to take long or to be misread, and what becomes of each."""

import io
import json
import sys
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

MIB = 2**20
_HEADER = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
_PERSON = b"Ada,Bell,https://www.linkedin.com/in/ada-example,,,Editor,01 Jan 2024\n"


def packed(members: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of *members*."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in members.items():
            archive.writestr(name.rstrip("+"), data)
    return content.getvalue()


def patched(content: bytes, where: bytes, offset: int, value: bytes) -> bytes:
    """*content* with *value* put over what stands *offset* after the last *where*."""
    start = content.rindex(where) + offset
    return content[:start] + value + content[start + len(value) :]


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    # Tables.
    "a line of 10 MB": (
        "refused: a line of `x` is longer than 4 MiB",
        lambda: b"key,bio\na," + b"x" * 10 * MIB,
    ),
    "4 MB of commas": (
        "refused: the row has 4000002 cells and the header 2",
        lambda: b"key,bio\na," + b"," * 4_000_000,
    ),
    "a quote that is never closed": (
        "refused: `x` is not proper CSV: a cell is too long",
        lambda: b'key,bio\na,"' + b"x\n" * 5 * MIB,
    ),
    "4 MB of quotes": (
        "refused: `x` is not proper CSV: a cell is too long",
        lambda: b"key,bio\na," + b'"' * 4_000_000,
    ),
    "a header of commas": (
        "refused: `x` is not proper CSV: a cell is too long",
        lambda: b"," * 4_000_000,
    ),
    "100,000 columns": (
        "refused: `x` names 100,001 columns, and at most 10,000 are read",
        lambda: b"key," + ",".join(f"c{n}" for n in range(100_000)).encode() + b"\na,1\n",
    ),
    "9,000 columns that nearly are facts": (
        "1 contacts",
        lambda: b"key," + ",".join(f"followerz{n}" for n in range(9_000)).encode() + b"\na,1\n",
    ),
    "5 million empty lines": (
        "refused: `x` is empty: expected a header that names `key`, `name` or facts",
        lambda: b"\n" * 5 * MIB,
    ),
    "5 million empty lines after the header": (
        "refused: more than 100,000 empty lines follow one another in `x`",
        lambda: b"key,bio\n" + b"\n" * 5 * MIB,
    ),
    "4 MB of carriage returns": (
        "0 contacts",
        lambda: b"key,bio\n" + b"\r" * 4_000_000,
    ),
    "a NUL": ("refused: `x` holds a NUL, which no text does", lambda: b"key,bio\n\0\n"),
    "UTF-16": (
        "refused: `x` is UTF-16 text: save it as UTF-8",
        lambda: "key,bio\na,x\n".encode("utf-16"),
    ),
    "UTF-16 without a mark": (
        "refused: `x` holds a NUL, which no text does",
        lambda: "key,bio\na,x\n".encode("utf-16-le"),
    ),
    "Latin-1": (
        "refused: `x` is not UTF-8 text: save it as UTF-8",
        lambda: "key,bio\na,é\n".encode("latin-1"),
    ),
    "two byte order marks": (
        "1 contacts",
        lambda: b"\xef\xbb\xbf\xef\xbb\xbfkey,bio\na,x\n",
    ),
    "keys of a megabyte": (
        f"refused: `{'x' * 39}…` is there twice, first in x:2",
        lambda: b"key,bio\n" + (b"x" * 1_000_000 + b",1\n") * 2,
    ),
    "numbers that no double holds": (
        "4 contacts",
        lambda: (
            b"key,followers,posts\na,"
            + b"9" * 100_000
            + b",1e999999\nb,-1,NaN\nc,Infinity,1e400\nd,"
            + b"9" * 400
            + b","
            + b"1" * 401
        ),
    ),
    # JSON.
    "a million brackets in a value": (
        "refused: `x` is not proper JSON: it is nested too deep",
        lambda: b'{"key": "a", "bio": ' + b"[" * MIB + b"]" * MIB + b"}",
    ),
    "5 million brackets": (
        "refused: `x` is not proper JSON: it is nested too deep",
        lambda: b"[" * 5 * MIB,
    ),
    "objects in objects": (
        "refused: `x` is not proper JSON: it is nested too deep",
        lambda: b'{"key": ' * 500_000,
    ),
    "an object of 10 MB on one line": (
        "refused: a line of `x` is longer than 4 MiB",
        lambda: b'{"key": "a", "bio": "' + b"x" * 10 * MIB + b'"}',
    ),
    "a list on one line of 10 MB": (
        "100 contacts",
        lambda: (
            b"["
            + b",".join(b'{"key": "k%d", "bio": "%s"}' % (n, b"x" * 100_000) for n in range(100))
            + b"]"
        ),
    ),
    "a list of 65 MB": (
        "refused: a line of `x` is longer than 64 MiB",
        lambda: b"[" + b" " * 65 * MIB + b"]",
    ),
    "numbers that are none": (
        "5 contacts",
        lambda: (
            b'{"key":"a","followers": 1e999999}\n{"key":"b","followers": Infinity}\n'
            b'{"key":"c","followers": -Infinity, "posts": NaN}\n{"key":"d","followers": '
            + b"9" * 4_000
            + b'}\n{"key":"e","followers": 1e400}\n'
        ),
    ),
    "a number of 5,000 digits": (
        "refused: `x` is not proper JSON: a number is too long",
        lambda: b'{"key":"d","followers": ' + b"9" * 5_000 + b"}\n",
    ),
    "a name that is there twice": (
        "refused: `key` is there twice in one object",
        lambda: b'{"key":"a","key":"b"}',
    ),
    "100,000 names": (
        "refused: `x` names 100,001 columns, and at most 10,000 are read",
        lambda: json.dumps({"key": "a", **{f"c{n}": n for n in range(100_000)}}).encode(),
    ),
    "ever other names": (
        "200 contacts",
        lambda: b"".join(
            json.dumps({"key": f"k{n}", **{f"c{n} {m}": 1 for m in range(500)}}).encode() + b"\n"
            for n in range(200)
        ),
    ),
    "half a character": (
        "refused: `x` is not proper JSON: half a character is escaped",
        lambda: b'{"key":"a\\ud800"}',
    ),
    "values of every kind": (
        "1 contacts",
        lambda: (
            b'{"key":"a","values":[1,null,[],{}],"followers":"x","met in person":2,'
            b'"connected on":[]}\n'
        ),
    ),
    # Zips.
    "a zip that holds 100 MB of nothing": (
        "refused: `Connections.csv` unpacks to more than 250 times its size in the zip",
        lambda: packed({"Connections.csv": _HEADER + b"\n" * 100 * MIB}),
    ),
    "a zip of 100,000 members": (
        "refused: `x` has too many members: at most 10,000 are read",
        lambda: packed({f"f{n}": b"" for n in range(100_000)}, zipfile.ZIP_STORED),
    ),
    "a zip packed otherwise": (
        (
            "refused: `Connections.csv` is packed in a way that is not read: pack it the usual way "
            "(deflate)"
        ),
        lambda: packed({"Connections.csv": _HEADER}, zipfile.ZIP_LZMA),
    ),
    "a zip in a zip": (
        (
            "refused: `x` is no export that is known: found `a.zip`, expected files such as "
            "`Connections.csv`"
        ),
        lambda: packed({"a.zip": packed({"Connections.csv": _HEADER})}),
    ),
    "a zip called as a table": (
        "refused: `Connections.csv` holds a NUL, which no text does",
        lambda: packed({"Connections.csv": packed({"x": b"1"})}),
    ),
    "a path that leads outside": (
        "refused: `../Connections.csv` has a path that leads outside the zip",
        lambda: packed({"../Connections.csv": _HEADER}),
    ),
    "a member that is there twice": (
        "refused: `Connections.csv` is in the zip twice",
        lambda: packed({"Connections.csv": _HEADER, "Connections.csv+": _HEADER}),
    ),
    "a zip that says it is encrypted": (
        "refused: `Connections.csv` is encrypted",
        lambda: patched(packed({"Connections.csv": _HEADER}), b"PK\x01\x02", 8, b"\x01"),
    ),
    "a zip that breaks off": (
        "refused: `x` cannot be read: it is damaged",
        lambda: packed({"Connections.csv": _HEADER + _PERSON})[:150],
    ),
    "a zip whose member is larger than it says": (
        "refused: `Connections.csv` cannot be read: it is damaged",
        lambda: patched(
            packed({"Connections.csv": _HEADER + _PERSON * 10}), b"PK\x01\x02", 24, b"\x99\0\0\0"
        ),
    ),
}


def main() -> None:
    """Write the files into the folder that is given, each as `x` in a folder of its own."""
    for number, (_, make) in enumerate(FILES.values()):
        folder = Path(sys.argv[1]) / str(number)
        folder.mkdir()
        (folder / "x").write_bytes(make())


if __name__ == "__main__":
    main()
