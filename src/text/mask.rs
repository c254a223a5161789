//! What staff may see of a mail address (S5).

/// `t***@e***.jp`: the first letter of the name and of the host, and the last label.
pub fn mask_mail(mail: &str) -> String {
    let Some((name, host)) = mail.trim().rsplit_once('@') else { return "***".to_owned() };
    let (label, top) = host.rsplit_once('.').unwrap_or((host, ""));
    let dot = if top.is_empty() { "" } else { "." };
    format!("{}***@{}***{dot}{top}", first(name), first(label))
}

fn first(text: &str) -> String {
    text.chars().take(1).filter(|c| c.is_ascii_graphic()).collect()
}

#[cfg(test)]
mod tests {
    use super::mask_mail;

    #[test]
    fn s5_a_mail_address_shows_its_initials_only() {
        assert_eq!(mask_mail("taro@example.jp"), "t***@e***.jp");
        assert_eq!(mask_mail("new.taro@mail.example.co.jp"), "n***@m***.jp");
        assert_eq!(mask_mail("taro@localhost"), "t***@l***");
        assert_eq!(mask_mail("no mail"), "***");
        assert_eq!(mask_mail(""), "***");
    }
}
