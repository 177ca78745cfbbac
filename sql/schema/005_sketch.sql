-- Sketches of the texts: mirrors are found without reading every stored text at every load.
-- What an older ledger holds has an empty sketch until its release is read again (`commitments rebuild`).

ALTER TABLE release_version ADD COLUMN sketch UINTEGER[] DEFAULT [];

COMMENT ON COLUMN release_version.sketch IS
'The smallest hashes (CRC-32) of the text''s runs of three words, by which texts that are alike are found; empty for a text of less than three words.';
