-- One row per table or view of the ledger with its columns, for the data dictionary.
WITH described AS (
    SELECT
        table_name AS name,
        'table' AS kind,
        comment
    FROM duckdb_tables()
    WHERE schema_name = 'main' AND NOT internal AND NOT temporary
    UNION ALL
    SELECT
        view_name AS name,
        'view' AS kind,
        comment
    FROM duckdb_views()
    WHERE schema_name = 'main' AND NOT internal AND NOT temporary
),

columns AS (
    SELECT
        table_name AS name,
        list(
            { 'name': column_name, 'type': data_type, 'comment': coalesce(comment, '') } ORDER BY column_index ASC
        ) AS columns
    FROM duckdb_columns()
    WHERE schema_name = 'main' AND NOT internal
    GROUP BY table_name
)

SELECT
    described.name,
    described.kind,
    coalesce(described.comment, '') AS comment,
    columns.columns
FROM described
INNER JOIN columns ON described.name = columns.name
ORDER BY described.kind = 'table', described.name;
