"""GitLab code quality: a JSON list that merge requests show.

In: a `Report`.  Out: one object per finding, and per file that could not be checked.  Fingerprints are unique within
the report, as GitLab requires, and hold no line numbers; paths are relative to where the command was run.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from rectlint.render import Options
from rectlint.render.words import where
from rectlint.report import Place, Report, Severity, file_of

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, options: Options) -> str:
    """The list as JSON."""
    issues: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for file in report.files:
        if file.error is not None:
            words, fingerprint = file.error.text(options.language), _unique(seen, file.path, "unchecked")
            issues.append(_issue("unchecked", words, "critical", file.path, fingerprint, None, options))
        for finding in file.findings:
            parts = [finding.message.text(options.language), finding.derivation]
            if finding.place.location is not None:
                parts.insert(0, where(finding.place, options.language))
            issue = _issue(
                finding.rule,
                " ".join(part for part in parts if part),
                _SEVERITIES[finding.severity],
                finding.path,
                _unique(seen, finding.path, finding.fingerprint),
                finding.place,
                options,
            )
            issue["content"] = {"body": _body(finding.advice.text(options.language), finding.evidence, options)}
            issue["other_locations"] = [_location(finding.path, place, options) for place in finding.evidence]
            issues.append(issue)
    return json.dumps(issues, ensure_ascii=False, indent=2)


def _issue(
    name: str, description: str, severity: str, path: str, fingerprint: str, place: Place | None, options: Options
) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": name,
        "description": description,
        "categories": ["Bug Risk"],
        "severity": severity,
        "fingerprint": fingerprint,
        "location": _location(path, place, options),
    }


def _location(path: str, place: Place | None, options: Options) -> dict[str, Any]:
    lines = {"begin": 1, "end": 1}
    if place is not None and place.location is None:
        lines = {"begin": place.start.line, "end": place.end.line}
    relative = file_of(path).removeprefix(f"{options.folder}/").removeprefix("./")
    return {"path": relative, "lines": lines}


def _body(advice: str, evidence: tuple[Place, ...], options: Options) -> str:
    lines = [advice] if advice else []
    lines += [
        f"- {place.label.text(options.language)} {where(place, options.language)} `{place.text}`" for place in evidence
    ]
    return "\n".join(lines)


def _unique(seen: dict[str, int], path: str, fingerprint: str) -> str:
    digest = hashlib.sha256(f"{path}\x1f{fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()
    seen[digest] = seen.get(digest, 0) + 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
