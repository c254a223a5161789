//! A mail as a file (.eml): RFC 5322 with encoded headers and body, opened by mail programs as a message to be sent.

use crate::domain::MailAddress;
use chrono::{DateTime, Utc};
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::raw::Raw;
use std::io::{self, Write};

/// A mail of one text.
#[derive(Debug)]
pub struct MailFile<'a> {
    /// What tells it from every other mail of the same host.
    pub id: &'a str,
    /// The name of who sends it.
    pub from_name: &'a str,
    /// The address of who sends it.
    pub from: &'a MailAddress,
    /// Who gets it.
    pub to: &'a MailAddress,
    /// 件名
    pub subject: &'a str,
    /// 本文
    pub text: &'a str,
    /// When it was written.
    pub at: DateTime<Utc>,
}

impl MailFile<'_> {
    /// Writes it. Lines of the text end as mail wants it.
    pub fn write(&self, out: impl Write) -> io::Result<()> {
        MessageBuilder::new()
            .from(Address::new_address(Some(self.from_name), self.from.as_str()))
            .to(self.to.as_str())
            .subject(self.subject)
            .date(self.at.timestamp())
            .message_id(format!("{}@{}", self.id, self.from.host()))
            // Outlook and others open such a file to be sent, not as one that has come in.
            .header("X-Unsent", Raw::new("1"))
            .text_body(self.text)
            .write_to(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(subject: &str, text: &str) -> String {
        let address = |text: &str| MailAddress::parse(text).unwrap();
        let (from, to) = (address("kempo@example.or.jp"), address("taro@example.jp"));
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let mail =
            MailFile {
                id: "reply-7", from_name: "架空工業健康保険組合", from: &from, to: &to, subject, text, at
            };
        let mut bytes = Vec::new();
        mail.write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn japanese_is_encoded_in_headers_and_body() {
        let mail = mail("お問い合わせへのご回答(受付番号 F1124-0002)", &"恐れ入りますが、".repeat(40));
        assert!(mail.is_ascii(), "{mail}");
        assert!(mail.lines().all(|line| line.len() <= 78), "{mail}");
        assert!(mail.contains("Subject: =?utf-8?"), "{mail}");
        assert!(mail.contains("\r\nMIME-Version: 1.0\r\n") || mail.contains("MIME-Version: 1.0"), "{mail}");
        assert!(mail.contains("To: <taro@example.jp>"), "{mail}");
        assert!(
            mail.contains("<kempo@example.or.jp>") && mail.contains("Message-ID: <reply-7@example.or.jp>"),
            "{mail}"
        );
        assert!(mail.to_lowercase().contains("charset=\"utf-8\"") && mail.contains("X-Unsent: 1"), "{mail}");
    }

    #[test]
    fn no_text_adds_a_header() {
        let mail = mail("x\r\nBcc: jiro@example.jp", "y");
        let head = mail.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc:")), "{head}");
    }
}
