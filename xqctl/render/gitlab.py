"""GitLab Code Quality: a JSON list of what is wrong, for the widget and the lines of a merge request."""

import json
from collections.abc import Mapping
from typing import TextIO

from xqctl.findings import Severity
from xqctl.messages import say
from xqctl.page import Page, Result, Results
from xqctl.page.results import told_apart
from xqctl.render import View
from xqctl.screen import visible

keeps_encoding = False

# GitLab knows info, minor, major, critical and blocker; what fails the job is critical.
_GATING = "critical"
_SEVERITIES: Mapping[Severity, str] = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(page: Page, stream: TextIO, view: View) -> None:
    """Writes the list; nothing wrong is an empty one."""
    results = page.results or Results("")
    issues = [_issue(item, view) for item in told_apart(results.items) if item.tolerance is None and item.severity]
    json.dump(issues, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _issue(item: Result, view: View) -> dict[str, object]:
    parts = (item.message, *((item.help,) if item.help else ()))
    severity = _SEVERITIES[item.severity or Severity.INFO]
    return {
        "description": " · ".join(visible(say(part, view.lang)) for part in parts),
        "check_name": item.criterion,
        "fingerprint": item.id,
        "severity": _GATING if item.gates else severity,
        "location": {
            "path": item.file,
            "lines": {"begin": item.place.line, "end": item.place.end_line},
        },
    }
