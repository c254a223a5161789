//! The status as text for Prometheus: the node exporter reads such a file. Every value is a count or an age.

use super::status::{SystemStatus, WaitingAge};
use std::fmt::Write;

/// A label and its value, and the number.
type MetricSample = (Option<(&'static str, String)>, i64);

/// A metric: a gauge with one number or one for each label.
#[derive(Debug)]
pub struct Metric {
    /// Name of the metric.
    pub name: &'static str,
    /// What it counts, and the unit.
    pub help: &'static str,
    samples: fn(&SystemStatus) -> Vec<MetricSample>,
}

fn one(value: i64) -> Vec<MetricSample> {
    vec![(None, value)]
}

fn oldest(waiting: WaitingAge) -> Vec<MetricSample> {
    waiting.oldest_seconds.map(|seconds| (None, seconds)).into_iter().collect()
}

macro_rules! metrics {
    ($($name:literal, $help:literal, $samples:expr;)+) => {
        /// All of them, besides `mykempo_up`.
        pub const METRICS: &[Metric] = &[$(Metric { name: $name, help: $help, samples: $samples }),+];
    };
}

metrics! {
    "mykempo_requests", "Requests for login data that are not settled.", |it| one(it.requests.count);
    "mykempo_requests_oldest_seconds", "Seconds since the oldest of them came in.", |it| oldest(it.requests);
    "mykempo_cards", "Cards that have not left, by state.",
        |it| it.cards.iter().map(|(state, count)| (Some(("state", state.code().to_owned())), *count)).collect();
    "mykempo_batches", "Batches on their way.", |it| one(it.batches);
    "mykempo_addresses", "Addresses that wait for a second person.", |it| one(it.addresses);
    "mykempo_receipts_overdue", "Receipts that should be back by now.", |it| one(it.receipts_overdue);
    "mykempo_promises", "What is owed to members and is not on its way.", |it| one(it.promises);
    "mykempo_promises_due", "Of these, those whose date has come, or that have none.", |it| one(it.promises_due);
    "mykempo_incidents", "Incidents that are not closed.", |it| one(it.incidents);
    "mykempo_incidents_due", "Of these, incidents with a report that is due or late.", |it| one(it.incidents_due);
    "mykempo_replies", "Replies that are not sent yet.", |it| one(it.replies.count);
    "mykempo_replies_oldest_seconds", "Seconds since the oldest of them was drafted.", |it| oldest(it.replies);
    "mykempo_feed_waiting", "Instructions that the portal has not acknowledged.", |it| one(it.feed.count);
    "mykempo_feed_oldest_seconds", "Seconds since the oldest of them was written.", |it| oldest(it.feed);
    "mykempo_backup_age_seconds", "Seconds since the last backup; missing where there is none.",
        |it| it.backup_age_seconds.map(|seconds| (None, seconds)).into_iter().collect();
    "mykempo_import_age_seconds", "Seconds since the last import, by kind of file.",
        |it| it.imports.iter().map(|import| (Some(("kind", import.kind.clone())), import.age_seconds)).collect();
}

/// The whole text; without a status only that there is none.
pub fn exposition(status: Option<&SystemStatus>) -> String {
    let mut text = String::new();
    let up = Metric { name: "mykempo_up", help: "Whether the database could be read.", samples: |_| one(1) };
    match status {
        None => metric(&mut text, &up, vec![(None, 0)]),
        Some(status) => {
            metric(&mut text, &up, (up.samples)(status));
            for of in METRICS {
                metric(&mut text, of, (of.samples)(status));
            }
        }
    }
    text
}

fn metric(text: &mut String, of: &Metric, samples: Vec<MetricSample>) {
    let Metric { name, help, .. } = of;
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
    for (label, value) in samples {
        // Codes only: nothing in them needs to be escaped.
        let label = label.map(|(key, value)| format!("{{{key}=\"{value}\"}}")).unwrap_or_default();
        let _ = writeln!(text, "{name}{label} {value}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CardState;
    use crate::usecases::upkeep::status::ImportAge;

    #[test]
    fn each_line_is_a_comment_or_a_number_with_its_name() {
        let status = SystemStatus {
            cards: vec![(CardState::Queued, 31), (CardState::Held, 3)],
            feed: WaitingAge { count: 2, oldest_seconds: Some(60) },
            imports: vec![ImportAge { kind: "portal-events".to_owned(), age_seconds: 3600 }],
            ..SystemStatus::default()
        };
        let text = exposition(Some(&status));
        for expected in [
            "mykempo_up 1",
            "mykempo_cards{state=\"queued\"} 31",
            "mykempo_feed_oldest_seconds 60",
            "mykempo_import_age_seconds{kind=\"portal-events\"} 3600",
        ] {
            assert!(text.lines().any(|line| line == expected), "{expected}: {text}");
        }
        assert!(!text.contains("\nmykempo_backup_age_seconds "), "there is no backup, and so no age");
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(name.starts_with("mykempo_") && value.parse::<i64>().is_ok(), "{line}");
        }
    }

    #[test]
    fn a_database_that_cannot_be_read_is_down() {
        let text = exposition(None);
        assert!(text.ends_with("mykempo_up 0\n"), "{text}");
        assert_eq!(text.lines().count(), 3);
    }

    #[test]
    fn names_are_told_once() {
        let mut names: Vec<&str> = METRICS.iter().map(|metric| metric.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), METRICS.len());
    }
}
