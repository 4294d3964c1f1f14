//! Workspace + filter + selection → view.
