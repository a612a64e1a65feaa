//! squall, the program.

use std::process::ExitCode;

fn main() -> ExitCode {
    squall::cli::run(std::env::args_os())
}
