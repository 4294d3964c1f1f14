//! Every test of the house in one binary; one module per room.

mod lang;
