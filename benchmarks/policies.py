"""Policies of any size, with sentences of all kinds that people write."""

from collections.abc import Callable, Iterator

_FACTS = 40
"""How many facts of each type a policy declares, at most."""


def _yes_no(n: int) -> str:
    return ("NOT " if n % 3 == 0 else "") + f"would recommend for {_word(n)}"


def _count(n: int) -> str:
    said = (
        "has at least {} visits to {}",
        "visits to {1} is more than {0:,}",
        "visits to {1} < {0}",
    )
    return said[n % 3].format(n % 9_000 + 2, _word(n))


def _text(n: int) -> str:
    said = (
        'remark on {1} mentions any of "{0}", "{1} first" or "craft"',
        'remark on {1} contains "{0}"',
        'remark on {1} is one of "{0}", "{1}"',
    )
    return said[n % 3].format(f"part {n}", _word(n))


def _list(n: int) -> str:
    said = ('tags of {1} include "{0}"', 'tags of {1} include at least 2 of "{0}", "x", "{1}"')
    return said[n % 2].format(f"tag {n}", _word(n))


def _date(n: int) -> str:
    said = (
        "met for {} is after {}-05-01",
        "met for {} is within the last {} months",
        "met for {} is before met for {}",
    )
    then = (1_950 + n % 70, n % 60 + 1, _word(n + 1))
    return said[n % 3].format(_word(n), then[n % 3])


def _mine(n: int) -> str:
    said = (
        "tags of {0} include at least 2 of my tags of {0}",
        "visits to {0} is more than my visits to {0}",
    )
    return said[n % 2].format(_word(n))


KINDS: dict[str, tuple[Callable[[int], str], ...]] = {
    "yes/no": (_yes_no,),
    "counts": (_count,),
    "texts": (_text, _list),
    "dates": (_date,),
    "mine": (_mine,),
    "all kinds": (_yes_no, _count, _text, _yes_no, _list, _count, _date, _mine),
}
"""What writes the sentences of a policy, in turns."""


def policy(kind: str, size: int) -> str:
    """A policy of *size* conditions: declarations, definitions, rules with lists and an OTHERWISE.

    Args:
        kind: One of `KINDS`.
        size: How many conditions it has.
    """
    writers = KINDS[kind]
    sentences = [writers[n % len(writers)](n) for n in range(size)]
    parts = []
    for start in range(0, size, 8):
        number = start // 8
        if number % 4 == 0 and number:  # the rule after a definition speaks of it
            sentences[start] = f"a case of {_letters(number - 1)}"
        parts.append(_statement(number, sentences[start : start + 8], last=start + 8 >= size))
    parts.append('OTHERWISE DECLINE BECAUSE "numbers alone mean nothing to me"')
    text = "\n".join(parts) + "\n"
    return "".join(_declarations(text)) + text


def _declarations(text: str) -> Iterator[str]:
    """A FACT line for each fact that *text* speaks of."""
    kinds = (
        ("would recommend for {}", "yes/no"),
        ("visits to {}", "count"),
        ("remark on {}", "text"),
        ("tags of {}", "list of text"),
        ("met for {}", "date"),
    )
    for n in range(_FACTS):
        for pattern, kind in kinds:
            name = pattern.format(_word(n))
            if f"{name} " in text or f"{name}\n" in text or f"{name})" in text:
                yield f"FACT {name}: {kind}\n"


def _statement(number: int, sentences: list[str], *, last: bool) -> str:
    """A rule, or now and then a definition, of *sentences*."""
    if number % 4 == 3 and not last:
        return f"DEFINE a case of {_letters(number)} AS\n    " + "\n    OR ".join(sentences)
    if number % 4 == 1:
        items = "\n".join(f"    - {each}" for each in sentences)
        body = f"CONNECT WHEN AT LEAST 1 OF\n{items}"
    else:
        first, *rest = sentences
        inner = f"\n    AND ({' OR '.join(rest)})" if rest else ""
        body = f"# Rule {number}.\nCONNECT WHEN\n    {first}{inner}"
    return f'{body}\nBECAUSE "this is reason {number}"'


def _word(n: int) -> str:
    return _letters(n % _FACTS)


def _letters(n: int) -> str:
    """A word of small letters alone, another for each number."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(n)) + "ing"
