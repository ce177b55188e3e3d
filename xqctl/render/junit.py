"""JUnit XML: a suite a file or a district, a case a finding or a verdict; a case fails where it fails the job."""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from xqctl.messages import Lang, msg, say
from xqctl.page import SEVERITIES, Page, Result, Results
from xqctl.page.results import in_tree, told_apart
from xqctl.render import View
from xqctl.screen import visible, visible_lines

keeps_encoding = False

# What XML 1.0 cannot hold even as a reference; `visible` leaves only the last two of a plane.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(page: Page, stream: TextIO, view: View) -> None:
    """Writes the suites; without times, so that the same input gives the same bytes."""
    results = page.results or Results("")
    name = f"xqctl {results.verb}"
    suites = {name: list(_cases(items, view.lang)) for name, items in _suites(results).items()}
    failed = sum(case.startswith("<failure") for cases in suites.values() for _, case in cases)
    tests = sum(max(1, len(cases)) for cases in suites.values())
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="{_attribute(name)}" tests="{tests}" failures="{failed}" errors="0">\n')
    for suite, cases in suites.items():
        stream.writelines(f"  {line}\n" for line in _suite(suite, cases or [(name, "")]))
    stream.write("</testsuites>\n")


def _suites(results: Results) -> dict[str, list[Result]]:
    """Everything that was looked at, and what is to be said of it; a file without any is there too."""
    by_file = results.by == "file"
    found: dict[str, list[Result]] = {each.file if by_file else each.district: [] for each in results.files}
    for item in told_apart(results.seen):
        found.setdefault(item.file if by_file else item.district, []).append(item)
    return found


def _cases(items: Iterable[Result], lang: Lang) -> Iterator[tuple[str, str]]:
    """Each case's name and what it holds."""
    for item in items:
        if item.gates:
            kind, message = _attribute(item.criterion), _attribute(say(item.message, lang))
            yield item.name, f'<failure type="{kind}" message="{message}">{_text(_told(item, lang))}</failure>'
        elif item.outcome == "pass":
            yield item.name, ""
        else:
            yield item.name, f"<skipped>{_text(_told(item, lang))}</skipped>"


def _told(item: Result, lang: Lang) -> str:
    """All that is to be known of a case, a line a sentence."""
    severity = "" if item.severity is None else f"{say(SEVERITIES[item.severity].words, lang)} "
    lines = [f"{_at(item.place.file, item.place.line, item.place.column)}: {severity}{say(item.message, lang)}"]
    lines += (f"{_at(span.file, span.line, span.column)}: {say(said, lang)}" for said, span in item.related)
    if item.help is not None:
        lines.append(say(item.help, lang))
    if item.outcome == "fail" and not item.gates:
        lines.append(say(msg("this alone does not fail the job"), lang))
    return "\n".join(lines)


def _at(file: str, line: int, column: int) -> str:
    return f"{in_tree(file)}:{line}:{column}"


def _suite(name: str, cases: list[tuple[str, str]]) -> Iterator[str]:
    failed = sum(held.startswith("<failure") for _, held in cases)
    skipped = sum(held.startswith("<skipped") for _, held in cases)
    counts = f'tests="{len(cases)}" failures="{failed}" errors="0" skipped="{skipped}"'
    yield f'<testsuite name="{_attribute(name)}" {counts}>'
    place = _attribute(_class(name))
    for case, held in cases:
        opening = f'  <testcase classname="{place}" name="{_attribute(case)}"'
        yield f"{opening}>{held}</testcase>" if held else f"{opening}/>"
    yield "</testsuite>"


def _class(name: str) -> str:
    """A file or folder as the dotted name by which pipelines fold cases into packages."""
    return re.sub(r"\.ya?ml$", "", name).strip("./").replace("/", ".") or "xqctl"


def _text(text: str) -> str:
    shown = _ILLEGAL.sub("\ufffd", "\n".join(visible_lines(text)))
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    return _text(visible(text)).replace('"', "&quot;")
