//! Workspace ⇄ SQLite.
