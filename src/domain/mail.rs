//! A mail address that something can be sent to.

use crate::text::nfkc;

/// `name@host`, in ASCII: what every mail program takes, and nothing that could end a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAddress(String);

/// The longest name and the longest host (RFC 5321).
const LONGEST: [usize; 2] = [64, 255];

impl MailAddress {
    /// Reads what was typed, in any width.
    ///
    /// # Errors
    /// Nothing can be sent there.
    pub fn parse(typed: &str) -> Result<Self, BadMail> {
        let address = nfkc(typed).trim().to_owned();
        let (name, host) = address.split_once('@').ok_or(BadMail)?;
        let of_name = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let of_host = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let labels = host.split('.').all(|label| !label.is_empty() && label.chars().all(of_host));
        let short = !name.is_empty() && name.len() <= LONGEST[0] && host.len() <= LONGEST[1];
        let whole = name.chars().all(of_name) && labels && host.contains('.');
        if short && whole { Ok(Self(address)) } else { Err(BadMail) }
    }

    /// As it stands in a header.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the `@`.
    pub fn host(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, host)| host)
    }
}

/// What was typed is no mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no mail address")]
pub struct BadMail;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_in_any_width() {
        assert_eq!(MailAddress::parse(" ｔaro.k+1@Example.co.jp ").unwrap().as_str(), "taro.k+1@Example.co.jp");
        assert_eq!(MailAddress::parse("docomo..x.@example.ne.jp").unwrap().host(), "example.ne.jp");
    }

    #[test]
    fn what_could_end_a_header_is_no_address() {
        for typed in [
            "",
            "taro",
            "@example.jp",
            "taro@",
            "taro@example",
            "taro@example..jp",
            "taro@example.jp\r\nBcc: x@example.jp",
            "a b@example.jp",
            "taro@example.jp, jiro@example.jp",
            "<taro@example.jp>",
            "太郎@example.jp",
            "taro@@example.jp",
        ] {
            assert_eq!(MailAddress::parse(typed), Err(BadMail), "{typed:?}");
        }
    }
}
