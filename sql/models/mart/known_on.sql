-- known_on(day): one row per fact as the ledger knew it at the end of that day (UTC), by the clock of recording.
CREATE OR REPLACE MACRO known_on(day) AS TABLE -- noqa: CP05
    SELECT fact.*
    FROM fact
    WHERE
        fact.recorded_at < day::DATE + INTERVAL 1 DAY -- noqa: RF03
        AND (fact.superseded_at IS NULL OR fact.superseded_at >= day::DATE + INTERVAL 1 DAY); -- noqa: RF03
