//! Arguments → the window, or `dateline extract` without one.

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::run()
}
