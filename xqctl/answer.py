"""Knows what every JSON answer has in common (format_version 1.0), and how a finding is spelled in it, name by name."""

from collections.abc import Mapping
from datetime import date

from xqctl import __version__
from xqctl.findings import Finding
from xqctl.messages import Lang, say
from xqctl.place import Span, dotted

FORMAT_VERSION = "1.0"


def answer(
    command: str,
    lang: Lang,
    *,
    as_of: date | None = None,
    inputs: tuple[Mapping[str, object], ...] = (),
    parts: Mapping[str, object],
    summary: Mapping[str, object],
    exit_code: int = 0,
) -> dict[str, object]:
    """The data of a page: the frame every answer has, around a verb's own `parts`."""
    return {
        "format_version": FORMAT_VERSION,
        "tool": {"name": "xqctl", "version": __version__},
        "command": command,
        "as_of": as_of.isoformat() if as_of else None,
        "lang": lang,
        "inputs": list(inputs),
        **parts,
        "summary": dict(summary),
        "exit_code": exit_code,
    }


def spelled(finding: Finding, lang: Lang) -> dict[str, object]:
    """One element of `findings[]`."""
    return {
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "message": say(finding.message, lang),
        "help": say(finding.help, lang) if finding.help else None,
        "district": finding.district,
        "path": dotted(finding.path),
        **_place(finding.place),
        "related": [{"message": say(message, lang), **_place(span)} for message, span in finding.related],
        "fingerprint": finding.fingerprint,
        "suppressed": finding.suppressed.told if finding.suppressed is not None else None,
    }


def _place(span: Span) -> dict[str, object]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
