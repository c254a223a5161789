//! A path as people type it, and as a file manager or a shell gives it to be pasted.

/// The path that is meant: without quotes, `file://` and escapes; `~` is the home folder.
pub(super) fn meant(typed: &str) -> String {
    let typed = begun_anew(typed.trim());
    let quoted = ['\'', '"'].into_iter().find_map(|quote| typed.strip_prefix(quote)?.strip_suffix(quote));
    let path = match (quoted, typed.strip_prefix("file://")) {
        (Some(inner), _) => inner.to_owned(),
        (None, Some(address)) => percent_decoded(address.strip_prefix("localhost").unwrap_or(address)),
        (None, None) => unescaped(typed),
    };
    match (path.strip_prefix("~/"), std::env::var("HOME")) {
        (Some(rest), Ok(home)) => format!("{home}/{rest}"),
        _ => path,
    }
}

/// A whole path that was pasted behind the folder in the field: `/srv/in//mnt/a.csv`, `/srv/in/'/mnt/my file.csv'`.
fn begun_anew(typed: &str) -> &str {
    if typed.starts_with(['\'', '"']) || typed.starts_with("file://") {
        return typed;
    }
    let begins = ["/file://", "/'", "/\"", "/~/", "//"].into_iter().filter_map(|mark| typed.find(mark)).min();
    begins.map_or(typed, |at| &typed[at + 1..])
}

/// `My\ file.csv`, as a shell writes it.
fn unescaped(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path.chars().peekable();
    while let Some(c) = rest.next() {
        let escapes = c == '\\' && rest.peek().is_some_and(|next| !next.is_alphanumeric());
        plain.extend(if escapes { rest.next() } else { Some(c) });
    }
    plain
}

/// `%E5%8A%A0`; what is no UTF-8 afterwards stays as it was.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_whole_path_pasted_behind_a_folder_is_the_one_that_is_meant() {
        assert_eq!(meant("/srv/in//mnt/a.csv"), "/mnt/a.csv");
        assert_eq!(meant("/srv/in/'/mnt/my file.csv'"), "/mnt/my file.csv");
        assert_eq!(meant("/srv/in/file:///mnt/%E5%8A%A0.csv"), "/mnt/加.csv");
        assert_eq!(meant("/srv/in/a.csv"), "/srv/in/a.csv");
    }

    #[test]
    fn a_pasted_path_may_stand_in_quotes() {
        assert_eq!(meant(" '/srv/in/加入者 11月.csv' "), "/srv/in/加入者 11月.csv");
        assert_eq!(meant("\"a.csv\""), "a.csv");
        assert_eq!(meant("a'b.csv"), "a'b.csv");
        assert_eq!(meant("'"), "'");
    }

    #[test]
    fn an_address_and_a_shells_escapes_are_understood() {
        assert_eq!(meant("file:///srv/in/%E5%8A%A0%E5%85%A5%E8%80%85%2011.csv"), "/srv/in/加入者 11.csv");
        assert_eq!(meant("file://localhost/srv/100%.csv"), "/srv/100%.csv");
        assert_eq!(meant(r"/srv/in/My\ file\(1\).csv"), "/srv/in/My file(1).csv");
        assert_eq!(meant(r"C:\in\members.csv"), r"C:\in\members.csv");
    }
}
