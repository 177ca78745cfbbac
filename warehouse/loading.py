"""Loads a batch into the ledger in one transaction, by two clocks, so that the same input twice adds nothing.

A row in force has no `superseded_at`. What a batch gives is compared with the rows in force: what is equal stays,
what differs supersedes, what a re-read release or version no longer gives is closed. A row that would be superseded
in the very instant in which it was recorded was never known to anyone; it is replaced instead.

A fact is in force while the latest version of its release states it. What only older versions state is kept as a row
that is closed as it is recorded, so that two versions can be compared under one reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pyarrow as pa
from duckdb import DuckDBPyConnection

from warehouse.clock import to_ledger
from warehouse.records import Batch
from warehouse.tables import batch_tables


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """Rows that a load added and closed, by table; tables without change are absent."""

    added: dict[str, int] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """True where the ledger's knowledge changed; working state and audit do not count."""
        audit = {"source_visit", "issue_sighting", "page_check"}
        return any(name not in audit for name in (*self.added, *self.closed))


@dataclass(frozen=True, slots=True)
class _Merge:
    """How a table with two clocks takes in what is given.

    Rows with equal `key` are states of one thing; all other given columns are what makes states differ. Rows in force
    that agree with a given row in `scope` but whose key is not given are closed. What is `of_release` is known only
    where its release is. Rows `in_key_order` are sorted before they are inserted: that keeps the walk through the index
    of a large table short, and costs little where rows are narrow."""

    table: str
    key: tuple[str, ...]
    scope: tuple[str, ...] = ()
    has_run: bool = False
    of_release: bool = False
    in_key_order: bool = False


_MERGES_BEFORE_FACTS = (
    _Merge("source", ("source_id",), has_run=True),
    _Merge("place", ("place_id",), has_run=True),
    _Merge("initiative", ("initiative_id",), has_run=True),
    _Merge("release", ("release_id",), has_run=True),
    _Merge(
        "release_version",
        ("version_id", "first_seen"),
        ("release_id", "snapshot_sha256"),
        has_run=True,
        of_release=True,
    ),
    _Merge("version_reading", ("version_id",), has_run=True, of_release=True),
)
_FACT = _Merge("fact", ("fact_id",), has_run=True, of_release=True)
_EVIDENCE = _Merge("fact_evidence", ("fact_id", "version_id"), of_release=True)

# Lists that are given whole with their owner, and the owner's table and column.
_LISTS = (
    (_Merge("fact_place", ("fact_id", "position"), of_release=True, in_key_order=True), "fact", "fact_id"),
    (_Merge("fact_actor", ("fact_id", "position"), of_release=True, in_key_order=True), "fact", "fact_id"),
    (_Merge("initiative_alias", ("initiative_id", "alias")), "initiative", "initiative_id"),
    (_Merge("initiative_parent", ("initiative_id", "parent_id")), "initiative", "initiative_id"),
)

# Tables whose rows are written once and never change.
_ONCE = (
    ("snapshot", ("sha256", "url", "fetched_at"), True),
    ("block", ("version_id", "position"), False),
    ("actor", ("actor_id",), False),
    ("issue", ("issue_id",), True),
)


# A batch may name a thing twice (a place of two releases, a fact of two versions): the first one given counts.
_GIVEN_KEYS = {
    **{merge.table: merge.key for merge in (*_MERGES_BEFORE_FACTS, _FACT, _EVIDENCE)},
    **{merge.table: merge.key for merge, _, _ in _LISTS},
    **{name: key for name, key, _ in _ONCE},
    "source_visit": ("source_id",),
    "page_check": ("url",),
    "correction": ("correction_id",),
}

_PART_ROWS = 61_440
"""Rows that one core inserts at a time: half of what DuckDB compresses together."""


def load(con: DuckDBPyConnection, batch: Batch, run_id: UUID, recorded_at: datetime) -> LoadCounts:
    """Loads `batch` as known from `recorded_at` on (the run's logical time)."""
    return load_tables(con, batch_tables(batch), run_id, recorded_at, has_all_corrections=batch.corrections is not None)


def load_tables(
    con: DuckDBPyConnection,
    tables: dict[str, pa.Table],
    run_id: UUID,
    recorded_at: datetime,
    *,
    has_all_corrections: bool = False,
) -> LoadCounts:
    """Loads Arrow tables made by `batch_tables`, all or nothing."""
    loader = _Loader(con, run_id, to_ledger(recorded_at))
    con.begin()
    try:
        loader.take(tables, has_all_corrections=has_all_corrections)
        con.commit()
    except BaseException:
        con.rollback()
        raise
    return loader.counts


class _Loader:
    """One load: its connection, its time and what it counted."""

    def __init__(self, con: DuckDBPyConnection, run_id: UUID, now: datetime) -> None:
        self.con = con
        self.run_id = run_id
        self.now = now
        self.counts = LoadCounts()
        self.is_any_release_known = True
        self.overlaps: dict[str, bool] = {}

    def take(self, tables: dict[str, pa.Table], *, has_all_corrections: bool) -> None:
        for name, table in tables.items():
            self._give(name, table)
        self._keep_first_sight()
        self._spread_stands()
        for name, key, has_run in _ONCE:
            self._insert_once(name, key, has_run=has_run)
        self._record_audit()
        self.is_any_release_known = self._count(f"FROM {_known_and_given('release', ('release_id',))}") > 0
        for merge in _MERGES_BEFORE_FACTS:
            self._merge(merge, tables[merge.table].column_names)
        self._merge_corrections(tables["correction"].column_names, close_others=has_all_corrections)
        self._merge_evidence(tables["fact_evidence"].column_names)
        self._merge_facts(tables["fact"].column_names)
        for merge, owner, owner_key in _LISTS:
            self._merge_list(merge, tables[merge.table].column_names, owner, owner_key)
        for name in tables:
            self.con.execute(f"DROP VIEW given_{name}")
            self.con.unregister(f"arriving_{name}")

    def _give(self, name: str, table: pa.Table) -> None:
        """Offers a table of the batch as `given_<name>`, read where it lies in memory."""
        self._register(name, table)
        key = ", ".join(_GIVEN_KEYS.get(name, ()))
        if key and table.num_rows > self._count(f"FROM (SELECT DISTINCT {key} FROM arriving_{name})"):
            # Rare enough that the wide rows are not sorted out every time.
            numbered = f"SELECT {key}, row_number() OVER () - 1 AS row_number FROM arriving_{name}"
            rows = self.con.execute(f"SELECT min(row_number) FROM ({numbered}) GROUP BY {key} ORDER BY 1").fetchall()
            self._register(name, table.take(pa.array([row_number for (row_number,) in rows])))
        self._offer(name, f"FROM arriving_{name}")

    def _register(self, name: str, table: pa.Table) -> None:
        in_parts = pa.Table.from_batches(table.to_batches(max_chunksize=_PART_ROWS), schema=table.schema)
        self.con.register(f"arriving_{name}", in_parts)

    def _offer(self, name: str, selection: str) -> None:
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW given_{name} AS {selection}")

    def _keep_first_sight(self) -> None:
        """When a release was first seen, and by which look, is decided once."""
        self.con.execute(
            """
            CREATE OR REPLACE TEMP TABLE sighted_release AS
            SELECT arriving.* REPLACE (
                coalesce(known.first_seen, arriving.first_seen) AS first_seen,
                if(known.release_id IS NULL, arriving.previous_look, known.previous_look) AS previous_look
            )
            FROM arriving_release AS arriving
            LEFT JOIN release AS known ON known.release_id = arriving.release_id AND known.superseded_at IS NULL
            """
        )
        self._offer("release", "FROM sighted_release")

    def _spread_stands(self) -> None:
        """A text stands from when its bytes were first seen; bytes that come back after others stand a second time."""
        self.con.execute(_STANDS)
        self.con.execute(
            """
            CREATE OR REPLACE TEMP TABLE standing AS  -- by key: the texts are too wide to be sorted out
            SELECT DISTINCT ON (given.version_id, stand.first_seen)
                given.version_id, given.first_seen AS given_first_seen, stand.first_seen
            FROM given_release_version AS given
            INNER JOIN given_stand AS stand USING (release_id, snapshot_sha256)
            ORDER BY given.version_id, stand.first_seen, given.first_seen;
            DROP TABLE given_stand
            """
        )
        self._offer(
            "release_version",
            """
            SELECT arriving.* REPLACE (standing.first_seen AS first_seen)
            FROM arriving_release_version AS arriving
            INNER JOIN standing
                ON arriving.version_id = standing.version_id AND arriving.first_seen = standing.given_first_seen
            """,
        )

    def _insert_once(self, name: str, key: tuple[str, ...], *, has_run: bool) -> None:
        values = "given.*, ? AS run_id, ? AS recorded_at" if has_run else "given.*, ? AS recorded_at"
        arguments: list[object] = [self.run_id, self.now] if has_run else [self.now]
        self._add(
            name,
            f"""
            INSERT INTO {name} BY NAME
            SELECT {values}
            FROM given_{name} AS given ANTI JOIN {name} AS known ON {_equal("known", "given", key)}
            """,
            arguments,
        )

    def _record_audit(self) -> None:
        self._add(
            "source_visit",
            """
            INSERT OR REPLACE INTO source_visit BY NAME
            SELECT given.*, ? AS run_id, ? AS visited_at FROM given_source_visit AS given
            """,
            [self.run_id, self.now],
        )
        self._add(
            "issue_sighting",
            """
            INSERT OR IGNORE INTO issue_sighting BY NAME
            SELECT DISTINCT given.issue_id, ? AS run_id, ? AS sighted_at FROM given_issue AS given
            """,
            [self.run_id, self.now],
        )
        self._add("page_check", "INSERT OR REPLACE INTO page_check BY NAME SELECT * FROM given_page_check", [])

    def _merge(self, merge: _Merge, columns: list[str]) -> None:
        outside = ""
        if merge.scope:
            outside = f"""
            SELECT known.rowid AS row_number, known.recorded_at
            FROM {merge.table} AS known
            SEMI JOIN given_{merge.table} AS given ON {_equal("known", "given", merge.scope)}
            ANTI JOIN given_{merge.table} AS same ON {_equal("known", "same", merge.key)}
            WHERE known.superseded_at IS NULL
            """
        self._replace(merge, columns, outside)

    def _merge_list(self, merge: _Merge, columns: list[str], owner: str, owner_key: str) -> None:
        outside = f"""
            SELECT known.rowid AS row_number, known.recorded_at
            FROM {merge.table} AS known
            SEMI JOIN given_{owner} AS given ON known.{owner_key} = given.{owner_key}
            ANTI JOIN given_{merge.table} AS same ON {_equal("known", "same", merge.key)}
            WHERE known.superseded_at IS NULL
            """
        self._replace(merge, columns, outside)

    def _replace(self, merge: _Merge, columns: list[str], outside: str = "") -> None:
        """Closes the rows in force that differ from what is given, and those that `outside` selects; adds the new."""
        if self.is_any_release_known or not merge.of_release:
            differing = self._differing(merge, columns)
            self._close(merge.table, f"{differing} UNION ALL {outside}" if outside else differing)
        self._insert_new(merge)

    def _merge_corrections(self, columns: list[str], *, close_others: bool) -> None:
        merge = _Merge("correction", ("correction_id",), has_run=True)
        self._offer("correction", "SELECT * REPLACE (changes::JSON AS changes) FROM arriving_correction")
        self._merge(merge, columns)
        if close_others:
            self._close(
                "correction",
                """
                SELECT known.rowid AS row_number, known.recorded_at
                FROM correction AS known ANTI JOIN given_correction AS given USING (correction_id)
                WHERE known.superseded_at IS NULL
                """,
            )

    def _merge_evidence(self, columns: list[str]) -> None:
        """A given version's evidence is given whole; a version that is no longer in force states nothing."""
        outside = """
            SELECT known.rowid AS row_number, known.recorded_at
            FROM fact_evidence AS known
            INNER JOIN touched_version AS touched ON known.version_id = touched.version_id
            ANTI JOIN given_fact_evidence AS same ON known.fact_id = same.fact_id AND known.version_id = same.version_id
            WHERE known.superseded_at IS NULL AND touched.is_given
            UNION ALL
            SELECT known.rowid AS row_number, known.recorded_at
            FROM fact_evidence AS known
            INNER JOIN touched_version AS touched ON known.version_id = touched.version_id
            WHERE known.superseded_at IS NULL AND NOT touched.is_in_force
            """
        self.con.execute(_TOUCHED_VERSIONS)
        self._replace(_EVIDENCE, columns, outside)

    def _merge_facts(self, columns: list[str]) -> None:
        self.con.execute(_STATED_FACTS)
        self.con.execute(
            """
            CREATE OR REPLACE TEMP TABLE unstated AS
            SELECT given.fact_id FROM given_fact AS given ANTI JOIN stated_fact AS stated USING (fact_id)
            """
        )
        outside = """
            SELECT known.rowid AS row_number, known.recorded_at
            FROM fact AS known
            SEMI JOIN given_release AS given ON known.release_id = given.release_id
            ANTI JOIN stated_fact AS stated ON known.fact_id = stated.fact_id
            WHERE known.superseded_at IS NULL
            """
        self._offer("fact", "FROM arriving_fact ANTI JOIN unstated USING (fact_id)")
        self._replace(_FACT, columns, outside)
        self._offer("fact", "FROM arriving_fact")
        if self._count("FROM unstated"):
            self._keep_unstated_facts()

    def _keep_unstated_facts(self) -> None:
        self.con.execute(
            """
            INSERT INTO fact BY NAME
            SELECT given.*, ? AS run_id, ? AS recorded_at, ? AS superseded_at
            FROM given_fact AS given
            SEMI JOIN unstated USING (fact_id)
            ANTI JOIN fact AS known USING (fact_id)
            """,
            [self.run_id, self.now, self.now],
        )

    def _differing(self, merge: _Merge, columns: list[str]) -> str:
        """Selects the rows in force whose content is not what is given."""
        if not self._is_any_known(merge):
            # All is new, as in a first load: the keys alone tell, and the wide columns are not read.
            return "SELECT NULL::BIGINT AS row_number, NULL::TIMESTAMP AS recorded_at WHERE false"
        content = [name for name in columns if name not in merge.key]
        differs = " OR ".join(f"known.{name} IS DISTINCT FROM given.{name}" for name in content) or "false"
        return f"""
            SELECT known.rowid AS row_number, known.recorded_at
            FROM {merge.table} AS known INNER JOIN given_{merge.table} AS given ON {_equal("known", "given", merge.key)}
            WHERE known.superseded_at IS NULL AND ({differs})
            """

    def _close(self, table: str, selection: str) -> None:
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE closing AS SELECT DISTINCT * FROM ({selection})")
        closed = self._count("FROM closing")
        if closed:
            # Instants first: deleting them frees their keys for what replaces them.
            self.con.execute(
                f"""
                UPDATE {table} SET superseded_at = ?
                WHERE rowid IN (SELECT row_number FROM closing WHERE recorded_at < ?)
                """,
                [self.now, self.now],
            )
            self.con.execute(
                f"DELETE FROM {table} WHERE rowid IN (SELECT row_number FROM closing WHERE recorded_at >= ?)",
                [self.now],
            )
            self.counts.closed[table] = self.counts.closed.get(table, 0) + closed

    def _is_any_known(self, merge: _Merge) -> bool:
        """Whether a row in force has the key of a given one; asked once a table, as closing rows makes none."""
        if merge.of_release and not self.is_any_release_known:
            return False
        if merge.table not in self.overlaps:
            self.overlaps[merge.table] = self._count(f"FROM {_known_and_given(merge.table, merge.key)}") > 0
        return self.overlaps[merge.table]

    def _insert_new(self, merge: _Merge) -> None:
        values = "given.*, ? AS run_id, ? AS recorded_at" if merge.has_run else "given.*, ? AS recorded_at"
        arguments: list[object] = [self.run_id, self.now] if merge.has_run else [self.now]
        unless_known = f"""
            ANTI JOIN (SELECT {", ".join(merge.key)} FROM {merge.table} WHERE superseded_at IS NULL) AS known
                ON {_equal("known", "given", merge.key)}
            """
        in_order = f"ORDER BY {', '.join(f'given.{name}' for name in merge.key)}"
        self._add(
            merge.table,
            f"""
            INSERT INTO {merge.table} BY NAME
            SELECT {values} FROM given_{merge.table} AS given
            {unless_known if self._is_any_known(merge) else ""}
            {in_order if merge.in_key_order else ""}
            """,
            arguments,
        )

    def _add(self, table: str, insert: str, arguments: list[object]) -> None:
        ((added,),) = self.con.execute(insert, arguments).fetchall()
        if added:
            self.counts.added[table] = self.counts.added.get(table, 0) + added

    def _count(self, source: str) -> int:
        ((count,),) = self.con.execute(f"SELECT count(*) {source}").fetchall()
        return int(count)


def _known_and_given(table: str, key: tuple[str, ...]) -> str:
    """One row where a row in force has the key of a given one, else none."""
    same = f"SEMI JOIN given_{table} AS given ON {_equal('known', 'given', key)}"
    return f"(SELECT 1 FROM {table} AS known {same} WHERE known.superseded_at IS NULL LIMIT 1)"


def _equal(left: str, right: str, columns: tuple[str, ...]) -> str:
    return " AND ".join(f"{left}.{name} = {right}.{name}" for name in columns)


_STANDS = """
CREATE OR REPLACE TEMP TABLE given_stand AS
WITH known AS (
    SELECT DISTINCT version.release_id, version.snapshot_sha256, version.first_seen
    FROM release_version AS version SEMI JOIN given_release_version AS given USING (release_id)
    WHERE version.superseded_at IS NULL
),
arriving AS (
    SELECT DISTINCT release_id, snapshot_sha256, first_seen FROM given_release_version
),
every_stand AS (
    SELECT * FROM known UNION SELECT * FROM arriving
),
continued AS (  -- the same bytes stood before (or after), and nothing else stood between
    SELECT DISTINCT arriving.*
    FROM arriving
    INNER JOIN known USING (release_id, snapshot_sha256)
    WHERE NOT EXISTS (
        SELECT 1 FROM every_stand AS other
        WHERE other.release_id = arriving.release_id AND other.snapshot_sha256 <> arriving.snapshot_sha256
            AND other.first_seen > least(known.first_seen, arriving.first_seen)
            AND other.first_seen < greatest(known.first_seen, arriving.first_seen)
    )
)
SELECT known.* FROM known SEMI JOIN arriving USING (release_id, snapshot_sha256)
UNION
SELECT arriving.* FROM arriving ANTI JOIN continued USING (release_id, snapshot_sha256, first_seen)
"""

_TOUCHED_VERSIONS = """
CREATE OR REPLACE TEMP TABLE touched_version AS
SELECT
    version.version_id,
    any_value(version.release_id) AS release_id,
    max(version.first_seen) AS last_stood,
    bool_or(version.superseded_at IS NULL) AS is_in_force,
    version.version_id IN (SELECT version_id FROM given_release_version) AS is_given
FROM release_version AS version SEMI JOIN given_release AS given USING (release_id)
GROUP BY version.version_id
"""

_STATED_FACTS = """
CREATE OR REPLACE TEMP TABLE stated_fact AS
WITH latest_version AS (
    SELECT release_id, arg_max(version_id, last_stood) AS version_id
    FROM touched_version WHERE is_in_force GROUP BY release_id
)
SELECT DISTINCT evidence.fact_id
FROM fact_evidence AS evidence SEMI JOIN latest_version USING (version_id)
WHERE evidence.superseded_at IS NULL
    AND evidence.fact_id NOT IN (
        SELECT fact_id FROM correction WHERE superseded_at IS NULL AND is_dropped AND fact_id IS NOT NULL
    )
"""
