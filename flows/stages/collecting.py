"""One look at a source: what it lists, which pages are new or due, their bytes into the archive, and what was found.

Pages stream one by one from the network into the archive; only their rows stay in memory. The reading stage takes the
bytes from the archive again. A trouble is an issue that names source and cause, and never ends the look.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from flows.fetching import schedule
from flows.fetching.archive import ArchiveWriter, recover, unloaded
from flows.fetching.client import Client, Response, Validators
from flows.fetching.failures import FetchFailure
from flows.fetching.memory import ListMemory
from flows.fetching.quality import Verdict, judge_page
from flows.fetching.queue import work_through
from flows.pages.links import Link
from flows.sources.spec import SourceSpec
from flows.stages.discovering import Discovered, discover, published_after, published_before
from warehouse.records import Issue, PageCheck, Quality, Severity, Snapshot, SourceVisit

SAME_ISSUE_AT_MOST = 10
"""Pages named one by one for the same trouble; the rest are counted in one issue."""
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Collected:
    """What one look at one source brought. All of it is loaded in one transaction.

    `snapshots` holds what is new in the archive, also what an interrupted run had left there unloaded. `listed` gives
    the dates that the source's lists state, by public URL.
    """

    source_id: str
    snapshots: tuple[Snapshot, ...]
    checks: tuple[PageCheck, ...]
    visit: SourceVisit
    issues: tuple[Issue, ...]
    listed: dict[str, date]


def broken_off(spec: SourceSpec, error: Exception) -> Collected:
    """What a look comes to that an error in our own code or the machine ended: an issue of that source."""
    message = f"{spec.name}: collecting broke off with {type(error).__name__}: {error}"
    issue = Issue("collect-failed", "error", spec.id, spec.base_url, message)
    return Collected(spec.id, (), (), SourceVisit(spec.id, ok=False), (issue,), {})


def collect_source(
    spec: SourceSpec,
    known: Mapping[str, PageCheck],
    archive_dir: Path,
    now: datetime,
    since: date,
    client: Client,
    until: date | None = None,
) -> Collected:
    """Look at one source once. `known` holds its pages' last checks by URL; `since` is how far back a first run goes;
    `until` leaves new releases of later days for another run.

    What an earlier, interrupted run left in the archive is finished and given back first, so that nothing is asked for
    or archived twice.
    """
    look = _Look(spec, known, archive_dir, now, client)
    look.recover()
    memory = ListMemory(archive_dir, spec.id)
    with ArchiveWriter(archive_dir, spec.id, now) as archive:
        last_look = max((check.last_checked for check in known.values()), default=None)
        found = discover(spec, client, archive, memory, now, since, known=known, last_look=last_look)
        look.take_lists(found)
        if found.ways:
            look.fetch(archive, look.plan(found, memory.reach(since), until))
    memory.save(now)
    return look.collected()


@dataclass(frozen=True, slots=True)
class _Task:
    """A page to ask for, and what is known of it."""

    url: str
    check: PageCheck | None


class _Look:
    """The state of one look at one source."""

    def __init__(
        self, spec: SourceSpec, known: Mapping[str, PageCheck], archive_dir: Path, now: datetime, client: Client
    ) -> None:
        self.spec, self.known, self.archive_dir, self.now, self.client = spec, dict(known), archive_dir, now, client
        self.snapshots: list[Snapshot] = []
        self.checks: dict[str, PageCheck] = {}
        self.issues: list[Issue] = []
        self.count: Counter[str] = Counter()
        self.listed: dict[str, date] = {}
        self.ok = False
        self._requests_before = client.requests[spec.id]
        self._quarantined: dict[str, Snapshot] = {}

    def issue(self, code: str, severity: Severity, subject: str, message: str) -> None:
        self.issues.append(Issue(code, severity, self.spec.id, subject, f"{self.spec.name}: {message}"))

    def recover(self) -> None:
        """Finish what an interrupted run left: its files, and the rows that it did not come to load."""
        self.issues += recover(self.archive_dir, self.spec.id)
        for snapshot in unloaded(self.archive_dir, self.known, self.spec.id):
            self.snapshots.append(snapshot)
            self._count(self.known.get(snapshot.url))
            self._had(snapshot.url, snapshot)
        if self.snapshots:
            message = f"{len(self.snapshots)} pages archived by an interrupted run are loaded now"
            self.issue("archive-reloaded", "info", self.spec.id, message)

    def _count(self, before: PageCheck | None) -> None:
        self.count["changed" if before and before.sha256 else "new"] += 1

    def _had(self, url: str, snapshot: Snapshot) -> None:
        """Note that a page's bytes are in the archive."""
        check = PageCheck(
            url=url,
            source_id=self.spec.id,
            first_seen=snapshot.fetched_at,
            last_checked=snapshot.fetched_at,
            status=snapshot.status,
            sha256=snapshot.sha256,
            etag=snapshot.etag,
            last_modified=snapshot.last_modified,
        )
        self.known[url] = self.checks[url] = schedule.seen(self.known.get(url), check)

    def take_lists(self, found: Discovered) -> None:
        self.ok = found.ways > 0
        self.count["listed"] = len(found.links)
        self.issues += found.issues
        self.snapshots += found.snapshots
        self.listed = {url: link.published for url, link in found.links.items() if link.published}

    def plan(self, found: Discovered, reach: date, until: date | None = None) -> list[_Task]:
        """Which pages to ask for: those never had, and the known ones that are due within the budget."""
        new: dict[str, PageCheck | None] = {check.url: check for check in schedule.never_had(self.known, self.now)}
        new |= {
            url: self.known.get(url)
            for url, link in found.links.items()
            if self._is_new(link, reach) and not (until and published_after(link, until))
        }
        modified = {url: link.modified for url, link in found.links.items() if link.modified}
        hints = schedule.hinted(self.known, modified, found.vanished)
        due, left = schedule.to_look_at(self.known, hints, self.now, self.spec.recheck_budget, self.spec.zone)
        if left and self.spec.recheck_budget:
            self.issue("recheck-budget", "info", self.spec.id, f"{left} known pages wait for a look beyond the budget")
        tasks = [_Task(url, check) for url, check in new.items()]
        if len(tasks) > self.spec.max_pages:
            self._postpone(tasks[self.spec.max_pages :])
            tasks = tasks[: self.spec.max_pages]
        return [*tasks, *(_Task(check.url, check) for check in due)]

    def _postpone(self, tasks: list[_Task]) -> None:
        """Remember the pages beyond the ceiling: the lists may not name them again."""
        for task in tasks:
            waiting = PageCheck(task.url, self.spec.id, self.now, self.now, 0, None, None, None)
            self.checks[task.url] = task.check or waiting
        self.count["skipped"] += len(tasks)
        message = f"{len(tasks)} new pages beyond the ceiling of {self.spec.max_pages} wait for the next run"
        self.issue("max-pages", "warning", self.spec.id, message)

    def _is_new(self, link: Link, reach: date) -> bool:
        check = self.known.get(link.url)
        return (check is None or check.sha256 is None) and not published_before(link, reach)

    def fetch(self, archive: ArchiveWriter, tasks: list[_Task]) -> None:
        """Ask for the pages one after another; each goes to the archive as it comes."""
        for task, outcome in work_through(tasks, lambda task: self._ask(task, archive), self.client):
            if isinstance(outcome, FetchFailure):
                self._failed(task, outcome)
            else:
                self._answered(task, *outcome, archive)

    def _ask(self, task: _Task, archive: ArchiveWriter) -> tuple[Response, Verdict]:
        """One try at a page. Block pages and empty answers may pass: they are quarantined and count as failures."""
        verdict = Verdict("ok", 0.0)

        def judge(answer: Response) -> None:
            nonlocal verdict
            if answer.status != 200:
                return
            verdict = judge_page(answer.body, answer.header("Content-Type"))
            if verdict.quality in ("block", "empty"):
                self._quarantine(answer, verdict.quality, archive)
                message = f"gave no page: {', '.join(verdict.signs)}"
                raise FetchFailure(f"{verdict.quality}-page", message, transient=True)

        validators = None
        if task.check and not schedule.asks_for_bytes(task.check, self.now):
            validators = Validators(task.check.etag, task.check.last_modified)
        answer = self.client.get(self.spec, task.url, validators=validators, judge=judge)
        return answer, verdict

    def _quarantine(self, answer: Response, quality: Quality, archive: ArchiveWriter) -> Snapshot:
        """Keep what is no page apart from the pages, the same answer once a run."""
        before = self._quarantined.get(answer.url)
        if before is None or before.sha256 != hashlib.sha256(answer.body).hexdigest():
            before = archive.add(answer.url, answer.status, answer.headers, answer.body, quality=quality)
            self._quarantined[answer.url] = before
        return before

    def _failed(self, task: _Task, failure: FetchFailure) -> None:
        """A page that could not be had: said so, and remembered for the next run."""
        self.count["failed"] += 1
        self.issue(failure.code, "warning", task.url, f"{task.url}: {failure.message}")
        status = int(failure.code.removeprefix("http-")) if failure.code.startswith("http-") else 0
        self.checks[task.url] = schedule.failed(self.known.get(task.url), task.url, self.spec.id, status, self.now)
        if failure.code in ("block-page", "empty-page") and task.url in self._quarantined:
            self.snapshots.append(self._quarantined[task.url])

    def _answered(self, task: _Task, answer: Response, verdict: Verdict, archive: ArchiveWriter) -> None:
        """Decide what an answer means for a page."""
        if answer.not_modified:
            self._unchanged(task, None)
        elif answer.status in GONE:
            self._gone(task, answer.status, f"answered {answer.status}")
        elif answer.status != 200:
            self._failed(task, FetchFailure(f"http-{answer.status}", f"the site answered {answer.status}"))
        elif answer.redirect_status and not self.spec.is_release(answer.url):
            self._gone(task, answer.redirect_status, f"redirects to {answer.url}, which is no release")
        else:
            self._take(task, answer, verdict, archive)

    def _take(self, task: _Task, answer: Response, verdict: Verdict, archive: ArchiveWriter) -> None:
        """A page with status 200: into the archive where its bytes are new."""
        before = self.known.get(answer.url)
        if before and before.sha256 == hashlib.sha256(answer.body).hexdigest():
            self._unchanged(replace(task, url=answer.url), answer.validators)
        elif verdict.quality == "soft404":
            self._missing(task, answer, verdict, archive)
        else:
            self._keep(answer, verdict, before, archive)
        if answer.url != task.url and answer.url in self.known:
            self._moved(task, answer)

    def _missing(self, task: _Task, answer: Response, verdict: Verdict, archive: ArchiveWriter) -> None:
        """A page that says in words, with status 200, that there is none."""
        self.snapshots.append(self._quarantine(answer, "soft404", archive))
        self._gone(task, answer.status, f"says that there is no page ({', '.join(verdict.signs)})")

    def _keep(self, answer: Response, verdict: Verdict, before: PageCheck | None, archive: ArchiveWriter) -> None:
        """New bytes. A file that is no page of text is remembered like a page, so that it is not fetched every time."""
        if verdict.quality == "ok":
            listed = self.listed.get(answer.url)
            snapshot = archive.add(answer.url, answer.status, answer.headers, answer.body, listed=listed)
            self._count(before)
        else:
            snapshot = self._quarantine(answer, verdict.quality, archive)
            self.count["failed"] += 1
            message = f"{answer.url} is no page of text ({', '.join(verdict.signs)})"
            self.issue(verdict.quality, "warning", answer.url, message)
        self.snapshots.append(snapshot)
        self._returned(before)
        self._had(answer.url, snapshot)

    def _moved(self, task: _Task, answer: Response) -> None:
        """The page's own address only leads to another release: remembered, so that it is not asked for every time."""
        check = replace(self.known[answer.url], url=task.url, status=answer.redirect_status or answer.status, etag=None)
        before = self.known.get(task.url)
        self.known[task.url] = self.checks[task.url] = schedule.seen(before, check)
        if before is None or before.status != check.status:
            self.issue("page-moved", "info", task.url, f"{task.url} leads to {answer.url}")

    def _unchanged(self, task: _Task, validators: Validators | None) -> None:
        before = self.known.get(task.url)
        if before is None or before.sha256 is None:
            self._failed(task, FetchFailure("bad-304", "304, though nothing is known of the page"))
            return
        self._returned(before)
        kept = validators or Validators(before.etag, before.last_modified)
        self.count["unchanged"] += 1
        self.known[task.url] = self.checks[task.url] = replace(
            before,
            last_checked=self.now,
            status=200 if before.gone_since else before.status,
            etag=kept.etag,
            last_modified=kept.last_modified,
            failures=0,
            gone_since=None,
        )

    def _gone(self, task: _Task, status: int, what: str) -> None:
        """A page that is not there: a failure if it was never had, else a suspicion, told at the second look."""
        before = self.known.get(task.url)
        if before is None or before.sha256 is None:
            self._failed(task, FetchFailure(f"http-{status}" if status in GONE else "page-gone", what))
            return
        check = schedule.gone(before, status, self.now)
        self.count["unchanged"] += 1
        if schedule.is_withdrawn(check, self.spec.zone) and not schedule.is_withdrawn(before, self.spec.zone):
            since = f"first missed at {check.gone_since:%Y-%m-%d %H:%M} UTC"
            self.issue("page-withdrawn", "warning", task.url, f"{task.url} {what}; {since}. The archived copy stays.")
        self.known[task.url] = self.checks[task.url] = check

    def _returned(self, before: PageCheck | None) -> None:
        if before and schedule.is_withdrawn(before, self.spec.zone):
            self.issue("page-returned", "info", before.url, f"{before.url} was withdrawn and is back")

    def collected(self) -> Collected:
        visit = SourceVisit(
            source_id=self.spec.id,
            ok=self.ok,
            listed=self.count["listed"],
            new=self.count["new"],
            changed=self.count["changed"],
            unchanged=self.count["unchanged"],
            skipped=self.count["skipped"],
            failed=self.count["failed"],
            requests=self.client.requests[self.spec.id] - self._requests_before,
        )
        issues = tuple(_folded(self.issues, self.spec))
        checks = tuple(self.checks.values())
        return Collected(self.spec.id, tuple(self.snapshots), checks, visit, issues, self.listed)


def _folded(issues: Iterable[Issue], spec: SourceSpec) -> Iterator[Issue]:
    """The issues, where one trouble with many pages names the first few and counts the rest."""
    by_code: dict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        by_code[issue.code].append(issue)
    for code, same in by_code.items():
        yield from same[:SAME_ISSUE_AT_MOST]
        if len(same) > SAME_ISSUE_AT_MOST:
            message = f"{spec.name}: the same trouble with {len(same) - SAME_ISSUE_AT_MOST} further pages"
            yield Issue(code, same[0].severity, spec.id, spec.id, message)
