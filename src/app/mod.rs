//! The window, the state, and the one place that changes it.
