//! The table of keys: how each reads, how it is set, and what it takes.

use super::{Settings, ValueKind};
use crate::domain::browsing::Limits;
use crate::domain::{InsurerNumber, parse_postcode};
use crate::secrets::PasswordPolicy;

/// One key: how it reads, how it is set, and what it takes.
pub struct Setting {
    /// The key of `settings get|set`.
    pub key: &'static str,
    /// What it takes.
    pub takes: ValueKind,
    get: fn(&Settings) -> String,
    pub(super) set: fn(&mut Settings, &str) -> Option<()>,
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

impl Setting {
    /// The value as text.
    pub fn get(&self, settings: &Settings) -> String {
        (self.get)(settings)
    }

    /// The value as it would read afterwards; nothing where it does not fit.
    pub fn fits(&self, settings: &Settings, value: &str) -> Option<String> {
        let mut settings = settings.clone();
        (self.set)(&mut settings, value)?;
        Some(self.get(&settings))
    }

    /// Whether a slip in it weakens what protects members or shuts somebody out: it is asked about before.
    pub fn is_grave(&self) -> bool {
        ["policy.", "password.", "hash."].iter().any(|group| self.key.starts_with(group))
    }
}

/// Every key.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "society.insurer",
        takes: ValueKind::Digits(8),
        get: |s| s.society.insurer.clone(),
        set: |s, v| fill(&mut s.society.insurer, InsurerNumber::parse(v).map(|n| n.as_str().to_owned())),
    },
    Setting {
        key: "society.name",
        takes: ValueKind::Text,
        get: |s| s.society.name.clone(),
        set: |s, v| fill(&mut s.society.name, text(v)),
    },
    Setting {
        key: "society.postcode",
        takes: ValueKind::Digits(7),
        get: |s| s.society.postcode.clone(),
        set: |s, v| fill(&mut s.society.postcode, parse_postcode(v)),
    },
    Setting {
        key: "society.address",
        takes: ValueKind::Text,
        get: |s| s.society.address.clone(),
        set: |s, v| fill(&mut s.society.address, text(v)),
    },
    Setting {
        key: "society.department",
        takes: ValueKind::Text,
        get: |s| s.society.department.clone(),
        set: |s, v| fill(&mut s.society.department, text(v)),
    },
    Setting {
        key: "society.phone",
        takes: ValueKind::Text,
        get: |s| s.society.phone.clone(),
        set: |s, v| fill(&mut s.society.phone, text(v)),
    },
    Setting {
        key: "society.employer",
        takes: ValueKind::Employer,
        get: |s| s.society_employer.clone(),
        set: |s, v| fill(&mut s.society_employer, Some(crate::text::nfkc(v))),
    },
    Setting {
        key: "browsing.members",
        takes: ValueKind::Number(2, 1000),
        get: |s| s.browsing.members.to_string(),
        set: |s, v| fill(&mut s.browsing.members, within(v, 2, 1000).map(|n| n as usize)),
    },
    Setting {
        key: "browsing.minutes",
        takes: ValueKind::Number(1, 240),
        get: |s| s.browsing.minutes.to_string(),
        set: |s, v| fill(&mut s.browsing.minutes, within(v, 1, 240)),
    },
    Setting {
        key: "browsing.hours",
        takes: ValueKind::Hours,
        get: |s| format!("{}-{}", s.browsing.opens, s.browsing.closes),
        set: |s, v| hours(&mut s.browsing, v),
    },
    Setting {
        key: "policy.four_eyes",
        takes: ValueKind::Flag,
        get: |s| s.four_eyes.to_string(),
        set: |s, v| fill(&mut s.four_eyes, v.parse().ok()),
    },
    Setting {
        key: "policy.allow_route_override",
        takes: ValueKind::Flag,
        get: |s| s.allow_route_override.to_string(),
        set: |s, v| fill(&mut s.allow_route_override, v.parse().ok()),
    },
    Setting {
        key: "policy.totp",
        takes: ValueKind::OneOf(&["off", "supervisors", "everyone"]),
        get: |s| s.totp.code().to_owned(),
        set: |s, v| fill(&mut s.totp, v.parse().ok()),
    },
    Setting {
        key: "policy.idle_minutes",
        takes: ValueKind::Number(1, 120),
        get: |s| s.idle_minutes.to_string(),
        set: |s, v| fill(&mut s.idle_minutes, within(v, 1, 120)),
    },
    Setting {
        key: "policy.receipt_days",
        takes: ValueKind::Number(1, 60),
        get: |s| s.receipt_days.to_string(),
        set: |s, v| fill(&mut s.receipt_days, within(v, 1, 60)),
    },
    Setting {
        key: "policy.export_ttl",
        takes: ValueKind::Number(1, 90),
        get: |s| s.export_ttl_days.to_string(),
        set: |s, v| fill(&mut s.export_ttl_days, within(v, 1, 90)),
    },
    Setting {
        key: "policy.import_abort_percent",
        takes: ValueKind::Number(0, 100),
        get: |s| s.import_abort_percent.to_string(),
        set: |s, v| fill(&mut s.import_abort_percent, within(v, 0, 100).and_then(|n| u8::try_from(n).ok())),
    },
    Setting {
        key: "policy.checkup_deadline",
        takes: ValueKind::Date,
        get: |s| s.checkup_deadline.map(|day| day.to_string()).unwrap_or_default(),
        set: |s, v| fill(&mut s.checkup_deadline, crate::text::parse_date(v).ok()),
    },
    Setting {
        key: "retention.notes_years",
        takes: ValueKind::Number(1, 100),
        get: |s| s.retention.notes.to_string(),
        set: |s, v| fill(&mut s.retention.notes, within(v, 1, 100)),
    },
    Setting {
        key: "retention.requests_years",
        takes: ValueKind::Number(1, 100),
        get: |s| s.retention.requests.to_string(),
        set: |s, v| fill(&mut s.retention.requests, within(v, 1, 100)),
    },
    Setting {
        key: "retention.tombstone_years",
        takes: ValueKind::Number(1, 100),
        get: |s| s.retention.tombstone.to_string(),
        set: |s, v| fill(&mut s.retention.tombstone, within(v, 1, 100)),
    },
    Setting {
        key: "retention.audit_years",
        takes: ValueKind::Number(1, 100),
        get: |s| s.retention.audit.to_string(),
        set: |s, v| fill(&mut s.retention.audit, within(v, 1, 100)),
    },
    Setting {
        key: "export.dir",
        takes: ValueKind::Folder,
        get: |s| s.export_dir.clone(),
        set: |s, v| fill(&mut s.export_dir, text(v)),
    },
    Setting {
        key: "export.cards_per_file",
        takes: ValueKind::Number(1, 10_000),
        get: |s| s.cards_per_file.to_string(),
        set: |s, v| fill(&mut s.cards_per_file, within(v, 1, 10_000)),
    },
    Setting {
        key: "print.template",
        takes: ValueKind::Template,
        get: |s| s.template.clone(),
        set: |s, v| fill(&mut s.template, text(v)),
    },
    Setting {
        key: "print.printer",
        takes: ValueKind::Printer,
        get: |s| s.printer.clone(),
        set: |s, v| fill(&mut s.printer, Some(v.trim().to_owned())),
    },
    Setting {
        key: "print.fallback_fonts",
        takes: ValueKind::Fonts,
        get: |s| s.fallback_fonts.clone(),
        set: |s, v| fill(&mut s.fallback_fonts, Some(v.trim().to_owned())),
    },
    Setting {
        key: "print.date_style",
        takes: ValueKind::OneOf(&["wareki", "western"]),
        get: |s| s.date_style.code().to_owned(),
        set: |s, v| fill(&mut s.date_style, v.parse().ok()),
    },
    Setting {
        key: "delivery",
        takes: ValueKind::OneOf(&["bundle", "single"]),
        get: |s| s.delivery.code().to_owned(),
        set: |s, v| fill(&mut s.delivery, v.parse().ok()),
    },
    Setting {
        key: "password.alphabet",
        takes: ValueKind::Alphabet,
        get: |s| s.alphabet.clone(),
        set: |s, v| passwords(s, v.to_owned(), s.length),
    },
    Setting {
        key: "password.length",
        takes: ValueKind::Length,
        get: |s| s.length.to_string(),
        set: |s, v| passwords(s, s.alphabet.clone(), within(v, 1, 32)? as usize),
    },
    Setting {
        key: "hash.memory_kib",
        takes: ValueKind::Number(8192, 1_048_576),
        get: |s| s.hash_cost.memory_kib.to_string(),
        set: |s, v| fill(&mut s.hash_cost.memory_kib, within(v, 8192, 1_048_576)),
    },
    Setting {
        key: "hash.passes",
        takes: ValueKind::Number(1, 16),
        get: |s| s.hash_cost.passes.to_string(),
        set: |s, v| fill(&mut s.hash_cost.passes, within(v, 1, 16)),
    },
];

fn fill<T>(slot: &mut T, value: Option<T>) -> Option<()> {
    *slot = value?;
    Some(())
}

fn text(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty() && !value.chars().any(char::is_control)).then(|| value.to_owned())
}

fn within(value: &str, least: u32, most: u32) -> Option<u32> {
    crate::text::nfkc(value).parse().ok().filter(|n| (least..=most).contains(n))
}

fn hours(limits: &mut Limits, value: &str) -> Option<()> {
    let (opens, closes) = value.split_once('-')?;
    let (opens, closes) = (within(opens, 0, 23)?, within(closes, 1, 24)?);
    (opens < closes).then(|| (limits.opens, limits.closes) = (opens, closes))
}

fn passwords(settings: &mut Settings, alphabet: String, length: usize) -> Option<()> {
    settings.passwords = PasswordPolicy::new(&alphabet, length).ok()?;
    settings.alphabet = alphabet;
    settings.length = length;
    Some(())
}
