-- Edits get a step (what is undone together), an author and a time; everything gets a checksum of its row, so that damage
-- is told from data. Rows made before have an empty sum until they are filled in.
ALTER TABLE edit ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE edit ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE edit ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE edit ADD COLUMN sum BLOB NOT NULL DEFAULT x'';
UPDATE edit SET step = coalesce(json_extract(edit, '$.import.batch'), 1000000 + number);

-- `lean` is what stays in memory of an article: all that is read on opening. `analysis` has the reasons and other readings
-- besides, and is read with the text.
ALTER TABLE article ADD COLUMN lean TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN lean_sum BLOB NOT NULL DEFAULT x'';
ALTER TABLE article ADD COLUMN text_sum BLOB NOT NULL DEFAULT x'';

-- What the articles say, for search: folded words, found by the article's rowid.
CREATE VIRTUAL TABLE said USING fts5 (words, content = '', contentless_delete = 1, detail = full);

-- Results of reading everything anew, until a person accepts them.
CREATE TABLE draft (
    article BLOB PRIMARY KEY,
    engine INTEGER NOT NULL,
    analysis TEXT NOT NULL,
    lean TEXT NOT NULL,
    sum BLOB NOT NULL
) STRICT;
