//! 送付依頼: requests for login data by form or phone.

mod checklist;
mod claim;
mod evidence;
mod ground;
mod identity;
mod reply;
mod state;
mod verdict;

pub use checklist::{Checklist, IdentityCheck, Lacking};
pub use claim::{Agreement, Claim, ClaimField, Comparison, OnFile, company_key};
pub use evidence::{CheckBasis, Evidence, KnownNumber, NumberSource, is_same_number};
pub use ground::Ground;
pub use identity::{CallerStanding, Identity, Verdict};
pub use reply::{REPLY_TABLE, ReplySecret, ReplyState, ReplyStep, ReplyWay, Withheld, given_away};
pub use state::{REQUEST_TABLE, RequestState, RequestStep};
pub use verdict::{CaseVerdict, differing};

use super::coded;

coded! {
    /// 種別 of the form.
    pub enum RequestKind {
        /// ログイン情報送付依頼
        LoginInfo = "login_info",
        /// その他, and whatever else the form may offer.
        Other = "other",
    }
}

coded! {
    /// The way by which a request or a call came in.
    pub enum Channel {
        /// 電話
        Phone = "phone",
        /// 問合せフォーム
        Form = "form",
        /// 窓口
        Counter = "counter",
    }
}
