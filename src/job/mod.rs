//! Files → articles in the workspace, in the background.
