-- One row per initiative that a fact in force speaks of, for its page and for the search.
SELECT
    initiative_summary.initiative_id,
    initiative_summary.initiative AS name,
    initiative_summary.is_registered,
    initiative_summary.facts AS facts_total,
    initiative_summary.participants AS participants_total,
    coalesce(report_initiative.topics, []) AS topics,
    coalesce(alias.aliases, []) AS aliases
FROM initiative_summary
LEFT JOIN report_initiative ON initiative_summary.initiative_id = report_initiative.initiative_id
LEFT JOIN (
    SELECT
        initiative_id,
        list(alias ORDER BY alias) AS aliases
    FROM initiative_alias
    WHERE superseded_at IS NULL
    GROUP BY initiative_id
) AS alias ON initiative_summary.initiative_id = alias.initiative_id
ORDER BY initiative_summary.initiative, initiative_summary.initiative_id;
