//! From counts to the lines of the table.

use super::counted::SpanCounts;
use crate::domain::stats::{Figure, FigurePart, FigureValue, disclosed, nearest_rank};
use crate::domain::{CardCause, CardKind};
use std::collections::BTreeMap;

/// A figure or a part of one, beside that of the year before.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FigureLine {
    /// What is counted.
    pub figure: Figure,
    /// Which part of it; none for the whole.
    pub part: Option<FigurePart>,
    /// In the period.
    pub now: FigureValue,
    /// In the same days of the year before.
    pub year_before: FigureValue,
}

/// The lines of all figures, each with its parts below.
pub(super) fn lines(now: &SpanCounts, before: &SpanCounts) -> Vec<FigureLine> {
    let of = |figure: Figure| {
        let parts = [None].into_iter().chain(FigurePart::of(figure).into_iter().map(Some));
        let values = now.values(figure).into_iter().zip(before.values(figure));
        parts.zip(values).map(move |(part, (now, year_before))| FigureLine { figure, part, now, year_before })
    };
    Figure::ALL.iter().copied().flat_map(of).collect()
}

impl SpanCounts {
    /// The whole, and behind it each part.
    fn values(&self, figure: Figure) -> Vec<FigureValue> {
        let registered = self.registrations.registered.unsigned_abs();
        let wished = self.registrations.wished.unsigned_abs();
        let one = |value| vec![value];
        match figure {
            Figure::Registered => one(FigureValue::Count(registered)),
            Figure::Wished => one(FigureValue::of_persons(wished)),
            Figure::WishRate => one(FigureValue::share(wished, registered)),
            Figure::IssuedViewing => one(FigureValue::Count(self.issued_of(CardKind::Viewing))),
            Figure::IssuedLogin => one(FigureValue::Count(self.issued_of(CardKind::Login))),
            Figure::Reissued => one(FigureValue::of_persons(self.reissued())),
            Figure::Returned => with_parts(figure, self.returned.iter().map(|(code, n)| (code.as_str(), *n))),
            Figure::Undelivered => with_parts(figure, self.undelivered.iter().map(|(code, n)| (code.as_str(), *n))),
            Figure::DaysMedian => one(nearest_rank(&self.days(), 50)),
            Figure::DaysNinetieth => one(nearest_rank(&self.days(), 90)),
            Figure::Parcels => one(FigureValue::Count(self.parcels.0.unsigned_abs())),
            Figure::Receipts => one(FigureValue::Count(self.parcels.1.unsigned_abs())),
            Figure::Requests => with_parts(figure, self.requests.iter().map(|(code, n)| (code.as_str(), *n))),
            Figure::Inquiries => self.inquiries(figure, self.topics()),
            Figure::Topics => self.inquiries(figure, self.channels()),
            Figure::Incidents => one(FigureValue::Count(self.incidents.0.unsigned_abs())),
            Figure::IncidentPersons => one(FigureValue::of_persons(self.incidents.1.unsigned_abs())),
        }
    }

    fn issued_of(&self, kind: CardKind) -> u64 {
        self.issued.iter().filter(|of| of.kind == kind.code()).map(|of| of.count.unsigned_abs()).sum()
    }

    fn reissued(&self) -> u64 {
        let reissued = |cause: &str| cause == CardCause::Reissue.code();
        self.issued.iter().filter(|of| reissued(&of.cause)).map(|of| of.count.unsigned_abs()).sum()
    }

    /// Days and how many cards needed as many, in ascending order.
    fn days(&self) -> Vec<(u64, u64)> {
        let mut days = BTreeMap::new();
        for of in &self.issued {
            *days.entry(u64::try_from(of.days).unwrap_or_default()).or_default() += of.count.unsigned_abs();
        }
        days.into_iter().collect()
    }

    fn channels(&self) -> Vec<FigureValue> {
        with_parts(Figure::Inquiries, self.inquiries.iter().map(|(channel, _, n)| (channel.as_str(), *n)))
    }

    fn topics(&self) -> Vec<FigureValue> {
        with_parts(Figure::Topics, self.inquiries.iter().map(|(_, topic, n)| (topic.as_str(), *n)))
    }

    /// Channels and topics have the same total: where one may not be shown, neither is the other.
    fn inquiries(&self, figure: Figure, others: Vec<FigureValue>) -> Vec<FigureValue> {
        let mut values = if figure == Figure::Topics { self.topics() } else { self.channels() };
        if let (Some(total), Some(FigureValue::Withheld)) = (values.first_mut(), others.first()) {
            *total = FigureValue::Withheld;
        }
        values
    }
}

/// The total and the parts of a figure. What has no code, or an unknown one, belongs to the last part.
fn with_parts<'a>(figure: Figure, counts: impl Iterator<Item = (&'a str, i64)>) -> Vec<FigureValue> {
    let parts = FigurePart::of(figure);
    let mut sums = vec![0; parts.len()];
    for (code, count) in counts {
        let at = parts.iter().position(|part| part.code() == code);
        if let Some(sum) = sums.get_mut(at.unwrap_or(parts.len().saturating_sub(1))) {
            *sum += count.unsigned_abs();
        }
    }
    let (total, shown) = disclosed(&sums);
    [total].into_iter().chain(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(counts: &SpanCounts, figure: Figure, part: Option<&str>) -> FigureValue {
        let found = lines(counts, &SpanCounts::default());
        let wanted = |line: &&FigureLine| line.figure == figure && line.part.map(FigurePart::code) == part;
        found.iter().find(wanted).unwrap().now
    }

    #[test]
    fn a_total_is_hidden_where_the_other_breakdown_hides_it() {
        // Six topics of one each: a total of six would tell each of them.
        let topics = ["registered", "mail_missing", "how_to_view", "forgot_login", "change_mail", "old_records"];
        let inquiries = topics.iter().map(|topic| ("phone".to_owned(), (*topic).to_owned(), 1)).collect();
        let counts = SpanCounts { inquiries, ..SpanCounts::default() };
        assert_eq!(value(&counts, Figure::Topics, None), FigureValue::Withheld);
        assert_eq!(value(&counts, Figure::Topics, Some("registered")), FigureValue::Few);
        assert_eq!(value(&counts, Figure::Inquiries, None), FigureValue::Withheld);
    }

    #[test]
    fn what_has_no_reason_belongs_to_the_last_part() {
        let returned = vec![(String::new(), 6), ("left".to_owned(), 7)];
        let counts = SpanCounts { returned, ..SpanCounts::default() };
        assert_eq!(value(&counts, Figure::Returned, Some("other")), FigureValue::Count(6));
        assert_eq!(value(&counts, Figure::Returned, None), FigureValue::Count(13));
    }
}
