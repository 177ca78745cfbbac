-- One row per release version of version_ids: its text, its blocks, its facts, and the text of the version before.
WITH wanted AS (
    SELECT *
    FROM report_version
    WHERE list_contains(getvariable('version_ids')::UUID[], version_id)
),

texts AS (
    SELECT
        version_id,
        any_value(text) AS text
    FROM release_version
    WHERE
        superseded_at IS NULL
        AND version_id IN (
            SELECT version_id FROM wanted
            UNION ALL
            SELECT previous_version_id FROM wanted
        )
    GROUP BY version_id
),

blocks AS (
    SELECT
        version_id,
        list(
            { 'kind': kind, 'level': level, 'start': start_offset, 'end': end_offset } ORDER BY position ASC
        ) AS blocks
    FROM block
    WHERE version_id IN (SELECT version_id FROM wanted)
    GROUP BY version_id
),

-- Facts that only an older version states are no longer in force; on its page they stand as it stated them.
stated AS (
    SELECT *
    FROM fact
    WHERE
        fact_id IN (
            SELECT fact_id FROM fact_evidence
            WHERE version_id IN (SELECT version_id FROM wanted)
        )
    QUALIFY row_number() OVER (
        PARTITION BY fact_id ORDER BY superseded_at IS NULL DESC, recorded_at DESC
    ) = 1
),

facts AS (
    SELECT
        evidence.version_id,
        list(
            {
                'fact_id': fact.fact_id::VARCHAR,
                'start': evidence.start_offset,
                'end': evidence.end_offset,
                'number_start': evidence.number_start,
                'number_end': evidence.number_end,
                'shown': CASE WHEN fact.value IS NOT NULL THEN shown_value(fact.bound, fact.value, fact.value_max, fact.unit) END,
                'quote': fact.quote,
                'stage': fact.stage,
                'action': fact.action,
                'measure': fact.measure,
                'population': fact.population,
                'scope': place.name,
                'unit': fact.unit,
                'initiative_id': fact.initiative_id,
                'initiative': coalesce(initiative.name, fact.initiative)
            }
            ORDER BY evidence.start_offset ASC, evidence.number_start ASC, fact.fact_id ASC
        ) AS facts
    FROM fact_evidence AS evidence
    INNER JOIN stated AS fact ON evidence.fact_id = fact.fact_id
    LEFT JOIN initiative ON fact.initiative_id = initiative.initiative_id AND initiative.superseded_at IS NULL
    LEFT JOIN place ON fact.scope = place.place_id AND place.superseded_at IS NULL
    WHERE
        evidence.superseded_at IS NULL
        AND evidence.version_id IN (SELECT version_id FROM wanted)
    GROUP BY evidence.version_id
)

SELECT
    wanted.version_id,
    wanted.release_id,
    wanted.title,
    wanted.published,
    wanted.published_precision,
    wanted.first_seen,
    wanted.url,
    wanted.publisher,
    texts.text,
    wanted.gone_since,
    wanted.previous_version_id,
    wanted.next_version_id,
    previous_texts.text AS previous_text,
    coalesce(blocks.blocks, []) AS blocks,
    coalesce(facts.facts, []) AS facts
FROM wanted
INNER JOIN texts ON wanted.version_id = texts.version_id
LEFT JOIN texts AS previous_texts ON wanted.previous_version_id = previous_texts.version_id
LEFT JOIN blocks ON wanted.version_id = blocks.version_id
LEFT JOIN facts ON wanted.version_id = facts.version_id
ORDER BY wanted.version_id;
