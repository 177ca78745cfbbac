-- One row per series: what every section says of the series that it tells about, with what filters look for. A series without
-- an initiative goes by its topic, which its label begins with.
CREATE OR REPLACE TEMP VIEW report_series AS
WITH named AS (
    SELECT
        *,
        CASE
            WHEN initiative_id IS NULL
                THEN replace(regexp_replace(split_part(label, '/', 1), '^topic-', ''), '-', ' ')
        END AS topic
    FROM series
)

SELECT
    named.series_id,
    named.initiative_id,
    named.initiative,
    named.topic,
    named.measure,
    named.population,
    named.scope,
    named.unit,
    CASE WHEN named.topic IS NULL THEN coalesce(report_initiative.topics, []) ELSE [named.topic] END AS topics,
    CASE WHEN named.scope_place_id IS NULL THEN [] ELSE [named.scope_place_id] END AS place_ids,
    CASE WHEN named.scope IS NULL THEN [] ELSE list_sort(list_distinct([named.scope, report_place.name])) END AS places
FROM named
LEFT JOIN report_place ON named.scope_place_id = report_place.place_id
LEFT JOIN report_initiative ON named.initiative_id = report_initiative.initiative_id;
