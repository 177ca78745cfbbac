"""All sources of a folder, read strictly: one that cannot be used is a named issue, and the others go on."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from flows.sources.reading import SpecError, read_spec
from flows.sources.spec import SourceSpec
from warehouse.records import Issue


def load_sources(folder: Path | None = None) -> tuple[list[SourceSpec], list[Issue]]:
    """The sources of `folder` (None: the built-in ones) by id, and an issue for each file that could not be used."""
    where = folder if folder is not None else Path(str(files("flows.sources")))
    if not where.is_dir():
        return [], [_issue("sources-missing", None, str(where), f"there is no folder of sources at {where}")]
    specs: list[SourceSpec] = []
    issues: list[Issue] = []
    for path in sorted(where.glob("*.toml")):
        try:
            specs.append(read_spec(path))
        except SpecError as error:
            message = f"{error}; mend the file, the other sources go on"
            issues.append(_issue("source-invalid", path.stem, str(path), message))
    if not specs and not issues:
        issues.append(_issue("sources-missing", None, str(where), f"the folder {where} holds no source file (*.toml)"))
    return specs, issues


def _issue(code: str, source_id: str | None, subject: str, message: str) -> Issue:
    return Issue(code=code, severity="error", source_id=source_id, subject=subject, message=message)
