//! What is counted. `labels::stats` has the names and the definitions, `docs/statistics.md` shows them.

use crate::domain::diagnosis::Topic;
use crate::domain::request::Channel;
use crate::domain::{ReturnReason, UndeliveredReason, coded};
use serde::{Serialize, Serializer};

coded! {
    /// A figure of the statistics. Days are Japan's; what was purged is no longer counted.
    pub enum Figure {
        /// 登録: accounts that were registered on the portal (A1), closed ones too.
        Registered = "registered",
        /// 表示希望: of these, accounts whose member wished the display at registration; each has a card of that cause (A2).
        Wished = "wished",
        /// 希望率: those that wished among those that registered, in tenths of a percent.
        WishRate = "wish_rate",
        /// 発行(閲覧用): viewing-password cards that were dispatched.
        IssuedViewing = "issued_viewing",
        /// 発行(ログイン): login notices that were dispatched.
        IssuedLogin = "issued_login",
        /// 再発行: of the issued cards, those that were asked for as a reissue; a remake counts as what it replaces.
        Reissued = "reissued",
        /// 返戻: cards that came back (B10), by the day on which they did and the reason.
        Returned = "returned",
        /// お渡しできず: cards that an employer could not hand over (B15), by the day noted and the reason.
        Undelivered = "undelivered",
        /// 日数の中央値: calendar days from the asking to the dispatch that half of the issued cards needed at most.
        DaysMedian = "days_p50",
        /// 日数の90%: the same of nine cards in ten.
        DaysNinetieth = "days_p90",
        /// 発送した束: employers' parcels of batches that were dispatched (B9).
        Parcels = "parcels",
        /// 受領書: of these parcels, those whose receipt is back by now.
        Receipts = "receipts",
        /// 送付依頼: requests for login data that came in, by channel; merged ones too.
        Requests = "requests",
        /// 問合せ: contact notes without addenda, and calls about no member, by channel.
        Inquiries = "inquiries",
        /// 問合せの用件: the same by topic.
        Topics = "topics",
        /// 漏えい等: incidents, by the day on which they became known.
        Incidents = "incidents",
        /// 漏えい等の対象者: different persons whose data these incidents are about.
        IncidentPersons = "incident_persons",
    }
}

/// A part of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigurePart {
    /// Those of one channel.
    Channel(Channel),
    /// Those of one 返戻の理由.
    Returned(ReturnReason),
    /// By the reason that the employer gave.
    Undelivered(UndeliveredReason),
    /// By topic; none is what the guide does not know.
    Topic(Option<Topic>),
}

impl FigurePart {
    /// The stable code within its figure.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Channel(channel) => channel.code(),
            Self::Returned(reason) => reason.code(),
            Self::Undelivered(reason) => reason.code(),
            Self::Topic(Some(topic)) => topic.code(),
            Self::Topic(None) => "other",
        }
    }

    /// The parts of a figure, in the order of the table; none where it has none.
    pub fn of(figure: Figure) -> Vec<Self> {
        match figure {
            Figure::Requests | Figure::Inquiries => Channel::ALL.iter().copied().map(Self::Channel).collect(),
            Figure::Returned => ReturnReason::ALL.iter().copied().map(Self::Returned).collect(),
            Figure::Undelivered => UndeliveredReason::ALL.iter().copied().map(Self::Undelivered).collect(),
            Figure::Topics => Topic::ALL.iter().copied().map(Some).chain([None]).map(Self::Topic).collect(),
            Figure::Registered
            | Figure::Wished
            | Figure::WishRate
            | Figure::IssuedViewing
            | Figure::IssuedLogin
            | Figure::Reissued
            | Figure::DaysMedian
            | Figure::DaysNinetieth
            | Figure::Parcels
            | Figure::Receipts
            | Figure::Incidents
            | Figure::IncidentPersons => Vec::new(),
        }
    }
}

impl Serialize for FigurePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
