//! Where a sign-in comes from, as far as this machine can tell (F1). Nothing that the caller chooses counts: not the
//! terminal's name, and not a variable of the environment.

/// The machine, and the login user of the kernel's audit system where one is set.
pub(super) fn origin() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default().trim().to_owned();
    named(&read("/proc/sys/kernel/hostname"), &read("/proc/self/loginuid"))
}

fn named(machine: &str, login: &str) -> String {
    match login.parse::<u32>() {
        Ok(login) if login != u32::MAX => format!("{machine}|{login}"),
        _ => machine.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_the_login_user_counts_where_one_is_set() {
        assert_eq!(named("desk", "1000"), "desk|1000");
        assert_eq!(named("desk", "4294967295"), "desk");
        assert_eq!(named("desk", ""), "desk");
    }
}
