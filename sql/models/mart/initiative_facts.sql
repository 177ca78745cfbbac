-- initiative_facts(name): one row per fact in force of the initiative of that id, name or alias, whatever its case.
CREATE OR REPLACE MACRO initiative_facts(initiative_name) AS TABLE -- noqa: CP05
    SELECT fact_current.*
    FROM fact_current
    WHERE
        fact_current.initiative_id IN (
            SELECT initiative.initiative_id
            FROM initiative
            LEFT JOIN initiative_alias AS other_name
                ON initiative.initiative_id = other_name.initiative_id AND other_name.superseded_at IS NULL
            WHERE
                initiative.superseded_at IS NULL
                AND lower(initiative_name) IN (
                    lower(initiative.initiative_id), lower(initiative.name), lower(other_name.alias)
                )
        );
