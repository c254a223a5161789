//! The content of a card as plain data. The secret is passed beside it, never inside it.

use super::postage::PostageMark;
use crate::domain::CardKind;
use crate::domain::gate::FamilyOf;
use crate::secrets::Password;
use chrono::NaiveDate;

/// One sealed postcard (圧着ハガキ).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardContent {
    /// B6: `B20261122-001-0042`.
    pub serial: String,
    /// The kind of notice.
    pub kind: CardKind,
    /// V4, V5: the planned dispatch date, printed at the top right.
    pub issue_date: NaiveDate,
    /// 氏名, as printed.
    pub name: String,
    /// 記号-番号-枝番: `260-1-00`.
    pub key: String,
    /// R1: the representative address.
    pub route: PrintedRoute,
    /// L1: on login notices only.
    pub login_id: Option<String>,
    /// L5: the last day of a temporary password, if it ends.
    pub expires_on: Option<NaiveDate>,
    /// 被保険者: on a dependent's card, so that the employer can group it with the insured's.
    pub family: Option<FamilyOf>,
}

/// R1: the representative address (代表住所) of the insured's employer, or a one-off address.
pub use crate::domain::CardRoute as PrintedRoute;

/// The password field of a card (S2).
#[derive(Debug)]
pub enum Secret {
    /// B2: one ● for each character.
    Masked {
        /// Length of a real password by the policy.
        length: usize,
    },
    /// The real password; wiped when dropped.
    Clear(Password),
}

/// 差出人: the society as the sender on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// 名称: the society's name.
    pub name: String,
    /// Seven digits, with or without a hyphen.
    pub postcode: String,
    /// 所在地: address in one line.
    pub address: String,
    /// 担当課: the section that sends the card and answers; may be empty.
    pub department: String,
    /// 電話番号: telephone number, with hyphens.
    pub phone: String,
    /// 受付時間: when it is answered; may be empty.
    pub hours: String,
    /// The portal's name, as members know it.
    pub portal_name: String,
    /// The portal's address; may be empty.
    pub portal_url: String,
    /// How the postage of single cards is paid.
    pub postage: PostageMark,
    /// 保険者番号: eight digits.
    pub insurer_number: String,
}
