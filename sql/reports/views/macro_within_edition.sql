-- Whether a time lies in the edition's own: after the cut-off of the edition before, up to this one's.
CREATE OR REPLACE TEMP MACRO within_edition(SEEN_AT) AS
seen_at > getvariable('since') AND seen_at <= getvariable('until');
