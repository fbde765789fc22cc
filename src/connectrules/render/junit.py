"""What came of EXAMPLEs as JUnit XML, which build servers read."""

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.outcome import ExampleResult
from connectrules.render.cells import harmless
from connectrules.render.diagnostics import diagnostics_text
from connectrules.render.examples import examples_text, finding
from connectrules.verdict import Verdict

# What XML 1.0 has no way to write, not even as a reference (its production 2, Char).
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JUnit:
    """A report on policies, made a policy at a time; each is a test suite.

    It says nothing of times, dates and machines, so the same policies give the same text.
    """

    def __init__(self) -> None:
        self._root = ET.Element("testsuites", name="connectrules")

    def add_examples(self, file: str, results: Sequence[ExampleResult]) -> None:
        """Add the policy in *file*: each of its EXAMPLEs is a test case."""
        failures = sum(isinstance(each.actual, Verdict) and not each.passed for each in results)
        errors = sum(not isinstance(each.actual, Verdict) for each in results)
        suite = self._suite(file, len(results), failures, errors)
        for each in results:
            case = _case(suite, file, each.called, each.line)
            if each.passed:
                continue
            kind = "failure" if isinstance(each.actual, Verdict) else "error"
            why = ET.SubElement(case, kind, type=_type(each), message=_plain(finding(each)))
            why.text = _written(examples_text([each]))

    def add_mistakes(self, file: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Add the policy in *file*, whose mistakes keep it from being tried."""
        told = [each for each in diagnostics if each.severity is Severity.ERROR]
        suite = self._suite(file, len(told), 0, len(told))
        for each in told:
            place = each.source.location(min(each.span.start, len(each.source.text)))
            name = f"{each.code} at {place.line}:{place.column}"
            case = _case(suite, file, name, place.line)
            why = ET.SubElement(case, "error", type=each.code, message=_plain(each.message))
            why.text = _written(diagnostics_text([each]))

    def text(self) -> str:
        """The report."""
        for count in ("tests", "failures", "errors", "skipped"):
            self._root.set(count, str(sum(int(each.get(count, "0")) for each in self._root)))
        ET.indent(self._root)
        body = ET.tostring(self._root, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'

    def _suite(self, file: str, tests: int, failures: int, errors: int) -> ET.Element:
        suite = ET.SubElement(self._root, "testsuite", name=_plain(file))
        counts = {"tests": tests, "failures": failures, "errors": errors, "skipped": 0}
        for name, count in counts.items():
            suite.set(name, str(count))
        return suite


def _case(suite: ET.Element, file: str, name: str, line: int) -> ET.Element:
    where = _plain(file)
    return ET.SubElement(
        suite, "testcase", name=_plain(name), classname=where, file=where, line=str(line)
    )


def _type(result: ExampleResult) -> str:
    """What kind of difference comes first, or the code of what kept it from being judged."""
    if not isinstance(result.actual, Verdict):
        return result.actual.code
    return result.differences[0].aspect


def _plain(text: str) -> str:
    """*text*, on one line, as XML takes it."""
    return _written(harmless(text))


def _written(text: str) -> str:
    """*text* as XML takes it: what it has no way to write becomes a number, as in ``<U+FFFE>``."""
    return _UNWRITABLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
