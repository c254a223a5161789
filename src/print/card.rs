//! The content of a card as plain data. The secret is passed beside it, never inside it.

use super::postage::PostageMark;
use crate::domain::CardKind;
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
    pub insured: Option<String>,
}

/// R1: the representative address (代表住所) of the insured's employer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintedRoute {
    /// 事業所記号; nothing for a one-off address (R3), which is no employer's.
    pub employer_code: Option<String>,
    /// Seven digits, with or without a hyphen, any width.
    pub postcode: Option<String>,
    /// Prefecture to house number.
    pub address1: String,
    /// Building; may be empty.
    pub address2: String,
    /// 事業所名: the employer's name.
    pub company: String,
    /// 担当部署; may be empty.
    pub department: String,
    /// 健康保険事務担当者; may be empty.
    pub contact: String,
}

impl PrintedRoute {
    /// 事業所記号 as paper shows it: empty for a one-off address.
    pub(super) fn code(&self) -> &str {
        self.employer_code.as_deref().unwrap_or_default()
    }
}

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
