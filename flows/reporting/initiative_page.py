"""The pages of an initiative and of a place: every series with its chart, who takes part, what does not fit, what was
said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from flows.reporting import links, svg, wording
from flows.reporting.colours import series_colour
from flows.reporting.present import FINDING_TONES

Row = Mapping[str, Any]

_ROOT = ".."


def initiative(row: Row) -> dict[str, Any]:
    """What the template prints of an initiative."""
    return {
        "title": wording.one_line(row["name"]),
        "eyebrow": wording.upper_first(", ".join(row["topics"])) or "Initiative",
        "aliases": wording.listed([wording.one_line(alias) for alias in row["aliases"]]),
        "is_registered": row["is_registered"],
        "participants": [_participant(one) for one in row["participants"]],
        "participants_more": _more(row["participants_total"], row["participants"]),
        **_common(row),
    }


def place(row: Row) -> dict[str, Any]:
    """What the template prints of a place: its initiatives stand where an initiative has its participants."""
    where = [row["kind"], row["state"], row["country"]]
    return {
        "title": wording.one_line(row["name"]),
        "eyebrow": ", ".join(part for part in where if part),
        "aliases": "",
        "is_registered": True,
        "participants": [_taken_part(one) for one in row["participations"]],
        "participants_more": _more(row["participations_total"], row["participations"]),
        **_common(row),
    }


def _common(row: Row) -> dict[str, Any]:
    return {
        "series": [_series(one, place) for place, one in enumerate(row["series"])],
        "findings": [_finding(one) for one in row["findings"]],
        "facts": [_fact(one) for one in row["facts"]],
        "facts_more": _more(row["facts_total"], row["facts"]),
    }


def summary(row: Row) -> str:
    """An initiative in half a line, for lists."""
    told = [one["level"]["shown"] for one in row["series"] if one["level"]]
    parts = [
        wording.plural(row["participants_total"], "participant") if row["participants_total"] else "",
        f"latest {told[0]}" if told else "",
        wording.plural(row["facts_total"], "fact"),
    ]
    return ", ".join(part for part in parts if part)


def place_summary(row: Row) -> str:
    """A place in half a line, for lists."""
    taking = row["participations_total"]
    return wording.plural(taking, "initiative") if taking else wording.plural(row["facts_total"], "fact")


def linked(name: str, initiative_id: str | None, root: str) -> Markup:
    """An initiative's name, leading to its page."""
    if not initiative_id:
        return escape(name)
    return Markup('<a href="{}/{}">{}</a>').format(root, links.initiative_path(initiative_id), name)


def _more(total: int, shown: Sequence[Row]) -> str:
    return f"{wording.number(total - len(shown))} more in the ledger." if total > len(shown) else ""


def _href(row: Row, fact: str = "fact_id", version: str = "version_id") -> str | None:
    if not row.get(fact) or not row.get(version):
        return None
    return f"{_ROOT}/{links.evidence_path(row[version], row[fact])}"


def _series(row: Row, position: int) -> dict[str, Any]:
    title = wording.upper_first(wording.measured(row["measure"], row["population"], row["scope"], row["unit"]))
    if row.get("initiative"):
        title = f"{wording.one_line(row['initiative'])}: {title[:1].lower() + title[1:]}"
    readings = [_with_links(one) for one in row["readings"]]
    targets = [{**one, "href": _href(one)} for one in row["targets"]]
    revisions = [{**one, "href": _href(one)} for one in row["revisions"]]
    level, status = row["level"], (row["progress"] or {}).get("status", "")
    return {
        "anchor": f"series-{position}",
        "title": title,
        "level": level["shown"] if level else "No reading yet",
        "level_href": _href(level) if level else None,
        "level_note": f"as of {wording.day(level['as_of'], level['as_of_precision'])}" if level else "",
        "status": wording.STATUS_WORDS[status] if status and status != "no reading" else "",
        "tone": wording.STATUS_TONES.get(status, "plain"),
        "pace": _pace(row["progress"]),
        "chart": svg.series_chart(
            readings, targets, series_colour(row["series_id"]), f"Readings of {title}", revisions
        ),
        "caption": _caption(readings, targets, revisions),
        "summary": f"All {len(readings)} readings",
        "has_table": len(readings) > 1,
        "readings": [_reading(one) for one in reversed(readings)],
        "targets": [_target(one) for one in targets],
        "revisions": [_revision(one) for one in revisions],
    }


def _with_links(reading: Row) -> dict[str, Any]:
    again = _href(reading, "last_fact_id", "last_version_id")
    return {**reading, "href": _href(reading), "last_href": again}


def _pace(progress: Row | None) -> str:
    if not progress:
        return ""
    if progress["met_on"]:
        return f"Target {progress['target_shown']} reached by the reading of {wording.day(progress['met_on'])}"
    if progress["projected_on"]:
        words = f"At its pace it reaches {progress['target_shown']} on {wording.day(progress['projected_on'])}"
        earliest, latest = progress["projected_earliest"], progress["projected_latest"]
        if earliest and latest and earliest != latest:
            words += f" (between {wording.day(earliest)} and {wording.day(latest)})"
        return words
    return ""


def _caption(readings: Sequence[Row], targets: Sequence[Row], revisions: Sequence[Row]) -> str:
    """A key to the marks that this chart has, and to no others."""
    words = ["Filled: a stated number"]
    if any(svg.is_open(r) and r["basis"] == "stated" for r in readings):
        words.append("open: a bound or an estimate")
    if any(r["basis"] == "derived" for r in readings):
        words.append("square: derived from an increase, at least so many")
    if any(r["sightings"] > 1 and r["last_stated"] and r["last_stated"] > (r["as_of"] or "") for r in readings):
        words.append("small and hollow: told again")
    if targets:
        words.append("dashed: a target, up to its deadline")
    if any(svg.can_be_placed(r) for r in revisions):
        words.append("cross: where the number stood before the publisher changed it")
    return "; ".join(words) + "."


def _reading(row: Row) -> dict[str, Any]:
    told = wording.plural(row["sightings"], "time")
    if row["sightings"] > 1:
        told += f", last {wording.day(row['last_stated'])}"
    return {
        "when": wording.day(row["as_of"], row["as_of_precision"]),
        "shown": row["shown"],
        "href": row["href"],
        "basis": "derived" if row["basis"] == "derived" else "",
        "told": told,
    }


def _target(row: Row) -> dict[str, Any]:
    parts = [
        f"by {wording.day(row['deadline'], row['deadline_precision'])}" if row["deadline"] else "without a deadline",
        f"set {wording.day(row['stated_on'])}" if row["stated_on"] else "",
        "a ceiling" if row["is_ceiling"] else "",
        f"replaced {wording.day(row['valid_to'])}" if row["valid_to"] else "",
    ]
    return {"shown": row["shown"], "href": row["href"], "note": ", ".join(part for part in parts if part)}


def _revision(row: Row) -> dict[str, Any]:
    return {
        "words": wording.change(row),
        "note": f"seen {wording.day(row['seen_on'])}",
        "old_href": row["href"],
        "new_href": _href(row, "new_fact_id", "new_version_id"),
    }


def _participant(row: Row) -> dict[str, Any]:
    page = f"{_ROOT}/{links.place_path(row['participant_id'])}" if row["participant_kind"] == "place" else None
    return {"name": wording.one_line(row["participant"]), "page": page, "note": _since(row), "href": _href(row)}


def _taken_part(row: Row) -> dict[str, Any]:
    page = f"{_ROOT}/{links.initiative_path(row['initiative_id'])}" if row["initiative_id"] else None
    return {"name": wording.one_line(row["initiative"]), "page": page, "note": _since(row), "href": _href(row)}


def _since(row: Row) -> str:
    if row["achieved_on"]:
        return f"goal reached {wording.day(row['achieved_on'])}"
    return f"joined {wording.day(row['joined_on'])}" if row["joined_on"] else "takes part"


def _finding(row: Row) -> dict[str, Any]:
    sides = (
        (_href(row, "fact_id_a", "version_id_a"), row["shown_a"] or "one side"),
        (_href(row, "fact_id_b", "version_id_b"), row["shown_b"] or "other side"),
    )
    return {
        "kind": wording.finding_words(row["kind"]),
        "tone": FINDING_TONES[row["severity"]],
        "message": wording.upper_first(wording.with_days(wording.one_line(row["message"]))),
        "links": [{"href": href, "text": words} for href, words in sides if href],
    }


def _fact(row: Row) -> dict[str, Any]:
    quote, start, end = row["quote"], row["number_start"], row["number_end"]
    if start is None:
        start = end = len(quote)
    return {
        "before": quote[:start],
        "number": quote[start:end],
        "after": quote[end:],
        "source": f"{wording.one_line(row['publisher'])}, {wording.day(row['published'])}",
        "href": _href(row),
    }
