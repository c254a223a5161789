//! Reading an entry of the log back, also of an older or newer version.

use super::event::AuditEvent;
use crate::store::audit::AuditEntry;

/// What an entry of the log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// An event of this version.
    Event(AuditEvent),
    /// What an older version wrote in words, or a newer one in codes that are not known here.
    Legacy {
        /// Code of the entry, as it stands in the log.
        action: String,
        /// Text of the entry, as it stands in the log.
        detail: String,
    },
}

impl Recorded {
    /// Reads an entry.
    pub fn of(entry: &AuditEntry) -> Self {
        Self::read(&entry.action, &entry.detail)
    }

    fn read(action: &str, detail: &str) -> Self {
        let read = |facts: &str| serde_json::from_str(&format!("{{\"{action}\":{facts}}}"));
        let event = match detail {
            // An event without facts, or one that has got facts since.
            "" => serde_json::from_str(&format!("\"{action}\"")).or_else(|_| read("{}")),
            facts => read(facts),
        };
        match event {
            Ok(event) => Self::Event(event),
            Err(_) => Self::Legacy { action: action.to_owned(), detail: detail.to_owned() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{HoldReason, RetentionKind};
    use crate::usecases::audit::{Act, CardRef};
    use chrono::NaiveDate;

    fn stored(event: &AuditEvent) -> (String, String) {
        (event.act().code().to_owned(), event.facts().unwrap())
    }

    #[test]
    fn an_event_reads_as_it_was_stored() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let card = CardRef { id: 7, serial: None };
        for (event, facts) in [
            (AuditEvent::SignedIn, String::new()),
            (
                AuditEvent::CardHeld { card: card.clone(), reason: HoldReason::ByHand },
                r#"{"card":{"id":7},"reason":"by_hand"}"#.to_owned(),
            ),
            (AuditEvent::FeedWritten { after: 3, last: 9 }, r#"{"after":3,"last":9}"#.to_owned()),
            (
                AuditEvent::PurgeProposed { before: day, counts: [(RetentionKind::Notes, 2)].into_iter().collect() },
                r#"{"before":"2026-11-24","counts":{"notes":2}}"#.to_owned(),
            ),
            (
                AuditEvent::BatchDrafted { cards: [1, 2, 3, 7].into_iter().collect() },
                r#"{"cards":[[1,3],[7,7]]}"#.to_owned(),
            ),
        ] {
            let (action, detail) = stored(&event);
            assert_eq!(detail, facts);
            assert_eq!(Recorded::read(&action, &detail), Recorded::Event(event));
        }
    }

    #[test]
    fn an_event_that_shows_a_member_is_a_look() {
        let shown = |act: &Act| act.code().ends_with("_seen");
        let looks = Act::looks();
        assert_eq!(looks, Act::ALL.iter().copied().filter(shown).collect::<Vec<_>>());
        assert!(looks.contains(&Act::MemberSeen) && !looks.contains(&Act::MemberSearched));
    }

    #[test]
    fn an_export_of_before_households_were_named_reads_on() {
        let facts = r#"{"member":"260-1-00","batch":null,"staff":null}"#;
        let member = Some("260-1-00".to_owned());
        let event = AuditEvent::AuditExported { member, household: None, batch: None, staff: None };
        assert_eq!(Recorded::read("audit_exported", facts), Recorded::Event(event));
    }

    #[test]
    fn words_of_older_versions_are_kept_as_words() {
        for (action, detail) in [
            ("card_held", "7 by_hand"),
            ("feed_written", "3 < seq <= 9"),
            ("member_seen", ""),
            ("card_held", r#"{"card":{"id":7},"reason":"by_hand"},"init":{}"#),
            ("of_a_newer_version", "{}"),
            ("no code\"", ""),
        ] {
            let legacy = Recorded::Legacy { action: action.to_owned(), detail: detail.to_owned() };
            assert_eq!(Recorded::read(action, detail), legacy);
        }
    }
}
