//! Parse, open, run.

fn main() -> std::process::ExitCode {
    mykempo_console::cli::main()
}
