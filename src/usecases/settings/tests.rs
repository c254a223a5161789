use super::*;
use crate::usecases::Refusal;

/// A value that fits and is not the default.
fn another(setting: &Setting) -> String {
    let now = setting.get(&Settings::default());
    match setting.takes {
        ValueKind::Insurer => "06139497".to_owned(),
        ValueKind::Postcode => "1110051".to_owned(),
        ValueKind::Number(least, most) => [least, most].map(|n| n.to_string()).into_iter().find(|n| *n != now).unwrap(),
        ValueKind::Flag => (now != "true").to_string(),
        ValueKind::OneOf(codes) => codes.iter().find(|code| **code != now).unwrap().to_string(),
        ValueKind::Date => "2026-11-20".to_owned(),
        ValueKind::Hours => "8-19".to_owned(),
        ValueKind::Alphabet => now[1..].to_owned() + &now[..1],
        ValueKind::Length => "14".to_owned(),
        ValueKind::Url => "https://portal.example.jp/".to_owned(),
        ValueKind::Text
        | ValueKind::Line
        | ValueKind::Employer
        | ValueKind::Folder
        | ValueKind::Template
        | ValueKind::Printer
        | ValueKind::Replies
        | ValueKind::Fonts => "another".to_owned(),
        ValueKind::Place => "folder:/srv/mykempo/out".to_owned(),
        ValueKind::Mail => "another@example.jp".to_owned(),
    }
}

#[test]
fn a_setting_reads_as_it_was_set() {
    for setting in SETTINGS {
        let value = another(setting);
        assert_eq!(setting.fits(&Settings::default(), &value), Some(value), "{}", setting.key);
    }
}

#[test]
fn every_value_of_the_settings_has_its_own_key() {
    // Of the same shape as what is compared with it.
    let deadline = chrono::NaiveDate::from_ymd_opt(2026, 12, 18);
    let before = Settings { checkup_deadline: deadline, ..Settings::default() };
    let mut after = before.clone();
    for setting in SETTINGS {
        let once = after.clone();
        setting.set(&mut after, &another(setting)).unwrap();
        assert_ne!(once, after, "{}", setting.key);
    }
    let [before, after] = [before, after].map(|settings| format!("{settings:#?}"));
    for (before, after) in before.lines().zip(after.lines()) {
        let holds_no_value = before.ends_with(['{', '[', '(']) || before.trim().starts_with(['}', ']', ')']);
        // Set when the database is made, and never again.
        let has_no_key = ["rehearsal: false,", "unreadable: [],"].contains(&before.trim());
        assert!(holds_no_value || has_no_key || before != after, "no setting changes {before}");
    }
}

#[test]
fn a_number_outside_its_range_does_not_fit() {
    for setting in SETTINGS {
        let ValueKind::Number(least, most) = setting.takes else { continue };
        for outside in [i64::from(least) - 1, i64::from(most) + 1] {
            assert_eq!(setting.fits(&Settings::default(), &outside.to_string()), None, "{} {outside}", setting.key);
        }
        assert!(setting.fits(&Settings::default(), &most.to_string()).is_some(), "{}", setting.key);
    }
}

#[test]
fn a_value_of_another_kind_does_not_fit() {
    for (key, value) in [
        ("society.insurer", "06139498"),
        ("society.name", " "),
        ("society.postcode", "111005"),
        ("society.portal_url", "portal.example.jp"),
        ("society.portal_url", "https://例え.jp"),
        ("browsing.hours", "20-7"),
        ("policy.four_eyes", "yes"),
        ("policy.totp", "some"),
        ("policy.checkup_deadline", "soon"),
        ("password.alphabet", "abc"),
        ("password.length", "8"),
    ] {
        let setting = SETTINGS.iter().find(|setting| setting.key == key).unwrap();
        assert_eq!(setting.fits(&Settings::default(), value), None, "{key}");
    }
}

#[test]
fn what_protects_members_and_sign_in_is_guarded() {
    for setting in SETTINGS {
        let guarded = ["policy.", "password.", "hash."].iter().any(|group| setting.key.starts_with(group));
        assert_eq!(setting.guarded, guarded, "{}", setting.key);
    }
}

#[test]
fn a_stored_policy_that_does_not_fit_is_the_strictest() {
    for setting in SETTINGS.iter().filter(|setting| setting.key.starts_with("policy.")) {
        let strictest = setting.strictest.unwrap_or_else(|| panic!("{} has no strictest value", setting.key));
        let stored = [(setting.key.to_owned(), "\u{0}?".to_owned())];
        let read = super::stored::read(&stored);
        assert_eq!(setting.get(&read), strictest, "{}", setting.key);
        assert_eq!(read.unreadable, [setting.id]);
    }
}

#[test]
fn a_stored_value_that_does_not_fit_is_known_by_its_key() {
    let stored = [("password.length", "1"), ("delivery", "pigeon"), ("society.hours", "9-17"), ("foo.bar", "x")];
    let stored = stored.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let read = super::stored::read(&stored);
    let keys: Vec<&str> = read.unreadable_keys().collect();
    assert_eq!(keys, ["delivery", "password.length"]);
    assert_eq!(read.must_be_readable(|_| true), Err(Refusal::SettingUnreadable(keys)));
    assert_eq!(read.must_be_readable(|id| id == SettingId::SocietyHours), Ok(()));
}

#[test]
fn alphabet_and_length_fit_in_either_order() {
    let stored = [("password.alphabet", "0123456789"), ("password.length", "16")];
    let stored = stored.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let read = super::stored::read(&stored);
    assert_eq!((read.passwords.length(), read.unreadable.len()), (16, 0));
}
