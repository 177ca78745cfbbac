"""The releases of the sample newsroom: how their files are read, and what stood on a site at a moment.

One file a release, `releases/<publisher>/<YYYY-MM-DD>-<slug>.md`: the path is its identity. Front matter in TOML
between two lines of `+++`, then the body in the markup of `flows.sample.markup`:

    +++
    title = "City of Norfolk Reaches Its Goal"
    published = 2015-11-12T10:00:00-05:00
    kind = "Fact Sheet"                         # the section that the site files it under
    withdrawn = 2016-01-11T18:00:00-05:00       # from then on 410 Gone
    blocked_until = 2015-11-20T00:00:00-05:00   # until then a block page with status 200
    repeats = "president/2015-11-12-norfolk"    # the body is that release's, as another site typed it over

    [[revised]]                                 # the publisher changed the page
    at = 2015-11-16T08:30:00-05:00
    changes = [["19 communities", "20 communities"]]
    +++
    The body.

Each string that a revision replaces must stand in the text exactly once: a file cannot drift from its revisions.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

FENCE = "+++\n"
KEYS = {"title", "published", "kind", "withdrawn", "blocked_until", "repeats", "revised"}
TYPED_OVER = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "—": "-", "–": "-"})
"""What is lost when a page is typed over for another site."""


class ReleaseFileError(ValueError):
    """A release file that does not follow the format; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class State:
    """How a release reads from `since` on."""

    since: datetime
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class SampleRelease:
    """One release with all its states, oldest first."""

    publisher: str
    slug: str
    kind: str
    published: datetime
    states: tuple[State, ...]
    withdrawn: datetime | None = None
    blocked_until: datetime | None = None

    @property
    def day(self) -> date:
        """The publication date in the publisher's own time zone."""
        return self.published.date()

    def state(self, now: datetime) -> State | None:
        """What the page says at `now`; None before it is published."""
        past = [state for state in self.states if state.since <= now]
        return past[-1] if past else None

    def is_gone(self, now: datetime) -> bool:
        """Whether the publisher has taken the page away."""
        return self.withdrawn is not None and self.withdrawn <= now

    def is_blocked(self, now: datetime) -> bool:
        """Whether the site's firewall answers in the page's place."""
        return self.blocked_until is not None and now < self.blocked_until


def load_releases(root: Traversable | None = None) -> tuple[SampleRelease, ...]:
    """All releases of a folder (None: the sample's own), oldest first."""
    root = root or files("flows.sample").joinpath("releases")
    raw = {f"{folder.name}/{file.name.removesuffix('.md')}": _split(file) for folder, file in _release_files(root)}
    releases = [_release(identity, raw) for identity in raw]
    return tuple(sorted(releases, key=lambda release: (release.published, release.slug)))


def _release_files(root: Traversable) -> list[tuple[Traversable, Traversable]]:
    folders = [folder for folder in root.iterdir() if folder.is_dir()]
    return [(folder, file) for folder in folders for file in folder.iterdir() if file.name.endswith(".md")]


def _split(file: Traversable) -> tuple[dict[str, Any], str]:
    """Front matter and body of one file."""
    try:
        before, front, body = file.read_text(encoding="utf-8").split(FENCE, 2)
        fields = tomllib.loads(front)
    except ValueError as error:
        raise ReleaseFileError(f"{file.name}: no front matter between two lines of +++ ({error})") from error
    missing, unknown = {"title", "published"} - fields.keys(), fields.keys() - KEYS
    if before or missing or unknown:
        raise ReleaseFileError(
            f"{file.name}: missing {sorted(missing)}, unknown {sorted(unknown)}, before it {before!r}"
        )
    return fields, body.strip()


def _release(identity: str, raw: dict[str, tuple[dict[str, Any], str]]) -> SampleRelease:
    fields, body = raw[identity]
    publisher, name = identity.split("/")
    published: datetime = fields["published"]
    if published.tzinfo is None or name[:10] != published.date().isoformat():
        raise ReleaseFileError(
            f"{identity}: published {published} has no offset or is another day than the file's name"
        )
    if "repeats" in fields:
        body = raw[fields["repeats"]][1].translate(TYPED_OVER)
    return SampleRelease(
        publisher=publisher,
        slug=name[11:],
        kind=fields.get("kind", "Statements and Releases"),
        published=published,
        states=_states(identity, State(published, fields["title"], body), fields.get("revised", [])),
        withdrawn=fields.get("withdrawn"),
        blocked_until=fields.get("blocked_until"),
    )


def _states(identity: str, first: State, revisions: list[dict[str, Any]]) -> tuple[State, ...]:
    """The first state and what each revision made of it."""
    states = [first]
    for revision in revisions:
        body = states[-1].body
        for old, new in revision["changes"]:
            if body.count(old) != 1:
                raise ReleaseFileError(f"{identity}: {old!r} stands {body.count(old)} times in the text, not once")
            body = body.replace(old, new)
        states.append(State(revision["at"], revision.get("title", first.title), body))
    return tuple(states)
