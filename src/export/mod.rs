//! View or analysis → bytes.
