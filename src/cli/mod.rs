//! The command line: one file per noun.

/// Parses the arguments and runs the command; the exit code is 0 done, 1 refused or failed, 2 usage.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
