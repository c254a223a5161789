//! Where a sign-in comes from, as far as this machine can tell (F1).

/// The terminal's name, the login user of the kernel's audit system, and the address of an ssh connection.
pub(super) fn origin(terminal: &str) -> String {
    let login = std::fs::read_to_string("/proc/self/loginuid").unwrap_or_default();
    let from = std::env::var("SSH_CONNECTION").unwrap_or_default();
    let from = from.split(' ').next().unwrap_or_default();
    format!("{terminal}|{}|{from}", login.trim())
}
