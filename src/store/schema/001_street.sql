-- One row per source file that was read, keyed by the BLAKE3 hash of its bytes: reading it again adds nothing.
CREATE TABLE source (
    hash BLOB PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

-- One row per article. `about`, `blocks` and `analysis` are the model's nouns as JSON, so that a field can be added
-- without a migration; `text` is loaded only when the article is read.
CREATE TABLE article (
    id BLOB PRIMARY KEY,
    source BLOB NOT NULL REFERENCES source (hash),
    about TEXT NOT NULL,
    blocks TEXT NOT NULL,
    analysis TEXT NOT NULL,
    engine INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX article_source ON article (source);

-- What people did, in order; rows beyond the mark are undone and can be redone.
CREATE TABLE edit (
    number INTEGER PRIMARY KEY,
    edit TEXT NOT NULL
) STRICT;

-- `mark`: number of edits in force. `remembered`: what the window wants to find again.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
