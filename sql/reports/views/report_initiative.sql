-- One row per initiative in force: its topics as a list.
CREATE OR REPLACE TEMP VIEW report_initiative AS
SELECT
    initiative_id,
    list_filter(string_split(topics, '; '), LAMBDA topic: topic <> '') AS topics
FROM initiative
WHERE superseded_at IS NULL;
