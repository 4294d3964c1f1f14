//! View → panels → commands.
