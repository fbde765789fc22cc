"""Words and symbols for what the phrase book says otherwise."""

SYMBOLS = {
    "=>": ">=",
    "=<": "<=",
    "==": "=",
    "===": "=",
    "<>": "!=",
    "=!": "!=",
    "!==": "!=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
}
"""Symbols as they are written elsewhere, and here."""

SAYINGS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("=",): ("is", "is on", "include"),
    ("==",): ("is", "is on", "include"),
    ("===",): ("is", "is on", "include"),
    ("!=",): ("is not",),
    ("<>",): ("is not",),
    ("!==",): ("is not",),
    ("<",): ("is before",),
    (">",): ("is after",),
    ("greater", "than"): ("more than",),
    ("bigger", "than"): ("more than",),
    ("larger", "than"): ("more than",),
    ("higher", "than"): ("more than",),
    ("above",): ("over",),
    ("exceeds",): ("is more than",),
    ("fewer", "than"): ("less than",),
    ("smaller", "than"): ("less than",),
    ("lower", "than"): ("less than",),
    ("below",): ("under",),
    ("equal", "to"): ("",),
    ("equals",): ("is",),
    ("no", "more", "than"): ("at most",),
    ("not", "more", "than"): ("at most",),
    ("no", "less", "than"): ("at least",),
    ("no", "fewer", "than"): ("at least",),
    ("not", "less", "than"): ("at least",),
    ("greater", "than", "or", "equal", "to"): ("at least",),
    ("more", "than", "or", "equal", "to"): ("at least",),
    ("less", "than", "or", "equal", "to"): ("at most",),
    ("atleast",): ("at least",),
    ("atmost",): ("at most",),
    ("minimum",): ("at least",),
    ("min",): ("at least",),
    ("maximum",): ("at most",),
    ("max",): ("at most",),
    ("up", "to"): ("at most",),
    ("over",): ("more than",),
    ("under",): ("fewer than",),
    ("twice",): ("2 times",),
    ("double",): ("2 times",),
    ("half", "of"): ("50% of",),
    ("half",): ("50% of",),
    ("per", "cent", "of"): ("% of",),
    ("in",): ("one of", "is one of"),
    ("not", "in"): ("not one of", "is not one of"),
    ("begins", "with"): ("starts with",),
    ("finishes", "with"): ("ends with",),
    ("is",): ("include", "is on"),
    ("are",): ("include",),
    ("contain",): ("include", "mentions"),
    ("contains",): ("include", "mentions"),
    ("containing",): ("include", "contains"),
    ("has",): ("include", "mentions"),
    ("have",): ("include", "mentions"),
    ("include",): ("mentions",),
    ("includes",): ("mentions",),
    ("mention",): ("include",),
    ("mentions",): ("include",),
    ("one", "of"): ("any of",),
    ("within",): ("within the last",),
    ("in", "the", "last"): ("within the last",),
    ("in", "the", "past"): ("within the last",),
    ("during", "the", "last"): ("within the last",),
    ("past",): ("last",),
    ("older", "than"): ("more than",),
    ("newer", "than"): ("less than",),
    ("since",): ("is after",),
    ("later", "than"): ("after",),
    ("earlier", "than"): ("before",),
    ("mths",): ("months",),
    ("mth",): ("month",),
    ("mos",): ("months",),
    ("mo",): ("months",),
    ("yrs",): ("years",),
    ("yr",): ("year",),
    ("wks",): ("weeks",),
    ("wk",): ("week",),
}
"""Words for what the phrase book says otherwise, the likeliest first."""

SUBJECTS = frozenset(
    {"they", "he", "she", "it", "i", "we", "you", "who", "that", "which", "people", "person"}
    | {"someone", "anyone", "those", "contact", "contacts", "the", "if", "when", "only", "must"}
    | {"should", "shall", "need", "needs", "to", "everyone", "is", "are", "where"}
)
"""Words before a sentence that say whom it is about, which goes without saying."""

OBJECTS = frozenset({"them", "him", "her", "it", "too", "also", "already", "please"})
"""Words after a sentence that do so."""

DETERMINERS = frozenset({"the", "their", "his", "her", "its"})

COMPARING = frozenset(
    {"at", "more", "less", "over", "under", "between", "one", "not", "greater", "fewer", "before"}
    | {"after", "within", "on", "above", "below", "equal", "higher", "lower", "bigger", "smaller"}
    | {"in", "no", "up", "minimum", "maximum", "older", "newer", "twice"}
)
"""Words of a comparison, before which an `is` may have been left out."""

YES = frozenset({"yes", "true", "1", "y"})
NO = frozenset({"no", "false", "0", "n"})
EQUAL = frozenset({"=", "==", "===", "is", "equals", "are", ":="})
