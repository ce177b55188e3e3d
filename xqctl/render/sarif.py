"""SARIF 2.1.0: everything that was found, the tolerated too, for code scanning and editors.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import TextIO
from urllib.parse import quote

from xqctl import __version__
from xqctl.findings import Severity, Tolerance
from xqctl.messages import Lang, Message, msg, say
from xqctl.page import Criterion, Page, Passage, Result, Results, Words
from xqctl.page.results import in_tree, told_apart
from xqctl.place import Span
from xqctl.render import View
from xqctl.screen import visible, visible_lines

keeps_encoding = False

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "SRCROOT"
_LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LANGUAGES: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}
_DRIVE = re.compile("[A-Za-z]:/")
# What is met or not due is no result of interest: services show every result as an alert, whatever its kind.
_KINDS = {"fail": "fail", "open": "open"}


def write(page: Page, stream: TextIO, view: View) -> None:
    """Writes one run."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(page, view.lang)]}
    json.dump(log, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _run(page: Page, lang: Lang) -> dict[str, object]:
    results = page.results or Results("")
    items = [item for item in told_apart(results.items) if item.outcome in _KINDS]
    named = {item.criterion for item in items}
    criteria = [each for each in results.criteria if each.id in named]
    number = {each.id: index for index, each in enumerate(criteria)}
    files = {each.file: index for index, each in enumerate(results.files)}
    driver = {
        "name": "xqctl",
        "version": __version__,
        "language": _LANGUAGES[lang],
        "rules": [_rule(each, lang) for each in criteria],
    }
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"xqctl/{results.verb}/"},
        "invocations": [{"executionSuccessful": True, "exitCode": page.exit_code}],
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": say(msg("where xqctl was called"), lang)}}},
        "artifacts": [
            {
                "location": _location(each.file),
                "length": each.size,
                "hashes": {"sha-256": each.sha256},
                "roles": ["analysisTarget"],
            }
            for each in results.files
        ],
        "results": [_result(item, number, files, lang) for item in items],
    }


def _rule(criterion: Criterion, lang: Lang) -> dict[str, object]:
    summary = _plain(criterion.summary, lang)
    rule: dict[str, object] = {
        "id": criterion.id,
        "name": criterion.name,
        "shortDescription": {"text": summary},
        "defaultConfiguration": {"level": _LEVELS[criterion.severity]},
    }
    if criterion.help:
        rule["fullDescription"] = {"text": _plain(criterion.help[0].text, lang)}
        rule["help"] = {
            "text": "\n\n".join(f"{say(p.title, lang)}\n{_lines(p.text, lang)}" for p in criterion.help),
            "markdown": "\n\n".join(f"## {say(p.title, lang)}\n\n{_marked(p, lang)}" for p in criterion.help),
        }
    return rule


def _marked(passage: Passage, lang: Lang) -> str:
    """A passage in Markdown; our own words hold no signs of it but backticks, YAML stands in a fence."""
    text = _lines(passage.text, lang)
    return f"```yaml\n{text}\n```" if passage.is_yaml else text


def _result(item: Result, number: Mapping[str, int], files: Mapping[str, int], lang: Lang) -> dict[str, object]:
    message = "\n".join(_escaped(_plain(part, lang)) for part in (item.message, item.help) if part is not None)
    location = _placed(item.place, files)
    if item.path:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(item.path)}]
    result: dict[str, object] = {
        "ruleId": item.criterion,
        **({"ruleIndex": number[item.criterion]} if item.criterion in number else {}),
        "kind": _KINDS[item.outcome],
        "level": _LEVELS[item.severity] if item.severity and item.outcome == "fail" else "none",
        "message": {"text": message},
        "locations": [location],
        "fingerprints": {"xqctl/v1": item.id},
        "partialFingerprints": {"primaryLocationLineHash": item.id, "codeAndPath/v1": _hash(item.criterion, item.path)},
        "suppressions": [_suppression(item.tolerance, lang)] if item.tolerance else [],
    }
    if item.related:
        result["relatedLocations"] = [
            {"id": index, **_placed(span, files), "message": {"text": _escaped(_plain(said, lang))}}
            for index, (said, span) in enumerate(item.related, 1)
        ]
    return result


def _suppression(tolerance: Tolerance, lang: Lang) -> dict[str, object]:
    kind = "inSource" if tolerance.kind == "comment" else "external"
    return {"kind": kind, "status": "accepted", "justification": " · ".join(_justified(tolerance, lang))}


def _justified(tolerance: Tolerance, lang: Lang) -> Iterator[str]:
    """Why, who allowed it, until when."""
    if tolerance.kind == "baseline":
        yield say(msg("known before, in the baseline"), lang)
    if tolerance.reason:
        yield visible(tolerance.reason)
    if tolerance.by:
        yield say(msg("approved by {who}", who=visible(tolerance.by)), lang)
    if tolerance.until:
        yield say(msg("until {day}", day=visible(tolerance.until)), lang)


def _placed(span: Span, files: Mapping[str, int]) -> dict[str, object]:
    file = in_tree(span.file)
    artifact = _location(file) | ({"index": files[file]} if file in files else {})
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _location(file: str) -> dict[str, object]:
    """A file below the base, percent-encoded, also a name that is no UTF-8; one elsewhere (another drive) in full."""
    encoded = quote(file.encode(errors="surrogateescape"))
    if file.startswith("/") or _DRIVE.match(file):
        return {"uri": f"file:///{encoded.removeprefix('/').replace('%3A', ':', 1)}"}
    return {"uri": encoded, "uriBaseId": _BASE}


def _plain(words: Words | Message, lang: Lang) -> str:
    return visible(say(words, lang))


def _lines(words: Words, lang: Lang) -> str:
    return "\n".join(visible_lines(say(words, lang)))


def _escaped(text: str) -> str:
    """Text that no reader takes for a link: SARIF's messages know ``[text](target)``."""
    return re.sub(r"([\[\]])", r"\\\1", text) if "](" in text else text


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1e".join(parts).encode(errors="surrogateescape")).hexdigest()[:16]
