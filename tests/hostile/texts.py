"""Texts of up to a megabyte that are meant to take long, and what is told of each."""

import random
from collections.abc import Callable
from functools import partial

MIB = 2**20
END = "\nOTHERWISE DECLINE\n"


def full(piece: str, rest: str = "") -> str:
    """*piece*, over and over, up to the limit of a file; *rest* after it."""
    size = MIB - len(rest.encode())
    return piece * (size // len(piece.encode("utf-8", "surrogatepass"))) + rest


def numbered(form: str, count: int, rest: str = END) -> str:
    """*form*, once for each number with the next beside it."""
    return "".join(form.format(n, n + 1) for n in range(count)) + rest


def words(seed: int, count: int) -> list[str]:
    """Words that nobody says."""
    letters = random.Random(seed)  # noqa: S311 - not for secrets
    return ["".join(letters.choices("abcdefghij", k=6)) for _ in range(count)]


def listed(form: str, count: int, quantifier: str = "ANY OF") -> str:
    """A list of *form*, once for each number."""
    return f"{quantifier} ({'; '.join(form.format(n + 1) for n in range(count))})"


TEXTS: dict[str, tuple[str, Callable[[], str]]] = {
    # Marks and words, a megabyte of each, and what is told.
    **{
        f"a megabyte of {piece.strip() or repr(piece)}": (codes, partial(full, piece))
        for piece, codes in (
            ("-", "CR101"),
            ("- ", "CR110"),
            ("-\n", "CR110"),
            ("- a\n", "CR110"),
            ("\t- a\n", "CR110"),
            ("(", "CR110"),
            (")", "CR110"),
            ("(a ", "CR110"),
            ("[", "CR110"),
            (";", "CR110"),
            (":", "CR110"),
            (",", "CR110"),
            ("<", "CR110"),
            ('"', "CR110"),
            ('"\n', "CR110"),
            ('" ', "CR110"),
            ("\u201c", "CR106"),
            ("'a' ", "CR110"),
            ("NOT ", "CR110"),
            ("AND ", "CR110"),
            ("a AND ", "CR110"),
            ("is a bot AND ", "CR110"),
            ("ANY OF (", "CR110"),
            ('BECAUSE "a" ', "CR101"),
            ("#", ""),
            ("#\n", ""),
            ("\n", "CR204"),
            ("\r", "CR204"),
            ("x", "CR102"),
            ("x ", "CR110"),
            ("x\n", "CR110"),
            ("a. ", "CR110"),
            ("my ", "CR110"),
            ("not ", "CR110"),
            ("is a bot and ", "CR110"),
            ("9", "CR102"),
            ("9,", "CR110"),
            ("\0", "CR109"),
            ("\u200b", "CR109"),
            ("\ud800", "CR109"),
            ("\u2022 a\n", "CR110"),
            ("e\u0301", "CR102"),
            ("`", "CR106"),
            ("/*", "CR101 CR102"),
            ("**a** ", "CR101 CR110"),
            ("<!-- ", "CR110"),
            ("=IF(a;b)\n", "CR110"),
        )
    },
    # Statements, a megabyte of each.
    **{
        f"a megabyte of lines {piece!r}": (codes, partial(full, f"{piece}\n"))
        for piece, codes in (
            ("CONNECT", "CR110"),
            ("CONNECT WHEN", "CR110"),
            ("CONNECT WHEN x", "CR110"),
            ("connect when x", "CR110"),
            ("OTHERWISE", "CR110"),
            ("OTHERWISE DECLINE", "CR110"),
            ("otherwise decline", "CR110"),
            ("FACT", "CR110"),
            ("FACT a: text", "CR110"),
            ("FACT a = b", "CR110"),
            ("ASK a: b", "CR110"),
            ("ASSUME a: yes", "CR110"),
            ("DEFINE a AS b", "CR110"),
            ('USE "a"', "CR110"),
            ("LANGUAGE 1", "CR110"),
            ('POLICY "a"', "CR110"),
            ('EXAMPLE "a" EXPECT CONNECT', "CR110"),
            ("CONNECT WHEN is a bot AND follows me OR is a bot", "CR110"),
            ("FACT a AND b: yes/no", "CR110"),
        )
    },
    # Blanks, over which a THEN or a decision is looked for.
    "an IF and a line of blanks": ("CR102", lambda: "if a" + " " * 500_000 + "x"),
    "an IF and lines of blanks": (
        "CR101",
        lambda: "IF a" + ("\n" + " " * 20_000) * 20 + "x",
    ),
    # Just below a limit and just past it.
    "100,000 brackets": ("CR110", lambda: "(" * 100_000 + "is a bot" + ")" * 100_000),
    "100,000 brackets that stay open": ("CR110", lambda: "(" * 100_000),
    "64 NOTs": ("CR101", lambda: "NOT " * 64 + "is a bot"),
    "64 lists": (
        "",
        lambda: (
            "".join(" " * n + "- ANY OF\n" for n in range(63)).replace("- ", "", 1)
            + " " * 64
            + "- is a bot"
        ),
    ),
    "lists ever deeper": ("CR110", lambda: "".join(" " * n + "- a\n" for n in range(1_400))),
    "a list of 1,000": ("", lambda: listed("followers is {}", 1_000)),
    "a list of 1,001": ("CR110", lambda: listed("followers is {}", 1_001)),
    "a list of 10,000": ("CR110", lambda: listed("followers is {}", 10_000)),
    "a list of 100,000": ("CR110", lambda: listed("is a bot", 100_000)),
    "10,000 conditions": ("CR403 CR110", lambda: " AND ".join(["is a bot"] * 10_000)),
    "10,001 conditions": ("CR110", lambda: " AND ".join(["is a bot"] * 10_001)),
    "10,000 rules": (
        "",
        lambda: numbered("FACT f{0}: yes/no\n", 9_999, "") + numbered("CONNECT WHEN f{0}\n", 9_999),
    ),
    "10,000 rules on one number": (
        "CR402 CR401",
        lambda: numbered("CONNECT WHEN followers is at least {0}\n", 9_999),
    ),
    "20,000 statements": ("", lambda: numbered("FACT f{0}: text\n", 20_000, "")),
    "20,001 statements": ("CR110", lambda: numbered("FACT f{0}: text\n", 20_001, "")),
    "200,000 words": ("CR110", lambda: "x " * 200_000),
    "200,001 words": ("CR110", lambda: "x " * 200_001),
    "a sentence of 10,000 words": ("CR102", lambda: "x " * 10_000),
    "a mebibyte": ("", lambda: "is a bot\n# " + "x" * (MIB - 11)),
    "a mebibyte and a byte": ("CR110", lambda: "is a bot\n# " + "x" * (MIB - 10)),
    "10,000 texts in a sentence": (
        "CR110",
        lambda: "country is one of " + ", ".join(f'"{n}"' for n in range(10_000)),
    ),
    # Thousands of mistakes.
    "5,000 statements with a mistake": (
        "CR101 CR110",
        lambda: numbered('CONNECT "{0}" WHEN is a bot BECAUSE\n', 5_000),
    ),
    "8,000 statements of many forms with a mistake": (
        "CR101 CR110",
        lambda: "".join(
            f"FACT {' '.join(words(n, n % 40 + 1))} AND\n" if n % 2 else f"FACT x{n} = y\n"
            for n in range(8_000)
        ),
    ),
    "9,999 conditions with AND and OR": (
        "CR103",
        lambda: "CONNECT WHEN is a bot" + " AND follows me OR is a bot" * 4_990 + END,
    ),
    "9,999 unknown sentences": (
        "CR102 CR110",
        lambda: (
            "".join(
                f"CONNECT WHEN {one} {other}\n"
                for one, other in zip(words(1, 9_999), words(2, 9_999), strict=True)
            )
            + END
        ),
    ),
    "one unknown sentence 9,999 times": (
        "CR102",
        lambda: "CONNECT WHEN " + " AND ".join(["never heard of it"] * 9_999) + END,
    ),
    "1,000 unknown sentences and 1,000 facts": (
        "CR102",
        lambda: (
            "".join(f"FACT {n} {word}: yes/no\n" for n, word in enumerate(words(3, 1_000)))
            + "".join(f"CONNECT WHEN {n} {word}x\n" for n, word in enumerate(words(3, 1_000)))
            + END
        ),
    ),
    "100 unknown sentences near 2,000 names": (
        "CR102",
        lambda: (
            "".join(f"FACT abcdefgh{n:05d}: yes/no\n" for n in range(9_000))
            + "".join(f"CONNECT WHEN abcdefgh{n:05d}x\n" for n in range(900))
            + END
        ),
    ),
    # Definitions.
    "definitions that double 3,000 times": (
        "CR110",
        lambda: (
            numbered("DEFINE ha {0} AS ha {1} AND ha {1}\n", 3_000, "")
            + "DEFINE ha 3000 AS is a bot\nCONNECT WHEN ha 0"
            + END
        ),
    ),
    "definitions that double 13 times": (
        "CR403",
        lambda: (
            numbered("DEFINE ha {0} AS ha {1} AND ha {1}\n", 13, "")
            + "DEFINE ha 13 AS is a bot\nCONNECT WHEN ha 0"
            + END
        ),
    ),
    "a chain of 1,000 definitions under 900 rules": (
        "CR401",
        lambda: (
            numbered("DEFINE link {0} AS NOT link {1}\n", 5_000, "")
            + "DEFINE link 5000 AS is a bot\n"
            + numbered("CONNECT WHEN link {0}\n", 4_900)
        ),
    ),
    # The widest numbers and dates.
    "a number of 10,000 digits": ("CR301", lambda: "followers is " + "9" * 10_000),
    "numbers and dates at the ends": (
        "CR402 CR403",
        lambda: (
            "followers is 99999999999999999999 AND connected on is after 0001-01-01 "
            "AND connected on is within the last 99999 years AND connected on is before 9999-12-31 "
            "AND connected on is within the last 99999999999999999999 days"
        ),
    ),
    "lengths of time ever longer": (
        "CR301",
        lambda: (
            "".join(
                f"CONNECT WHEN connected on is more than {'9' * n} years ago\n"
                for n in range(1, 400)
            )
            + END
        ),
    ),
    "accents without end": ("", lambda: "FACT a" + "\u0301" * 400_000 + ": text"),
    # Where the exact verdict has much to do.
    "1,000 parts of one text": (
        "CR405",
        lambda: listed('headline contains "a{}"', 1_000),
    ),
    "1,000 points": (
        "",
        lambda: listed("{0} FOR followers is {0}", 1_000, "AT LEAST 5 POINTS FROM"),
    ),
    "16 parts of one text": (
        "",
        lambda: " AND ".join(f'headline contains "{word}"' for word in words(3, 16)),
    ),
}
