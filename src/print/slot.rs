//! Slots in a template's texts: `{name}`, `{serial}`, …

use super::card::{CardContent, PrintedRoute, Sender};
use super::date::DateStyle;
use crate::domain::{coded, parse_postcode};

coded! {
    /// A name between braces in a template.
    pub enum TemplateSlot {
        /// 〒 of the route, `101-0025`
        Postcode = "postcode",
        /// 住所1
        Address1 = "address1",
        /// 住所2
        Address2 = "address2",
        /// 事業所名
        Company = "company",
        /// 担当部署
        Department = "department",
        /// 健康保険事務担当者
        Contact = "contact",
        /// 事業所記号
        EmployerCode = "employer_code",
        /// 氏名
        Name = "name",
        /// 記号-番号-枝番
        Key = "key",
        /// はがき番号 (B6)
        Serial = "serial",
        /// V4: 令和8年11月24日
        IssueDate = "issue_date",
        /// ログインID, empty on viewing-password cards
        LoginId = "login_id",
        /// 仮パスワードの有効終了日 (L5), empty on viewing-password cards
        ValidUntil = "valid_until",
        /// 健保組合の名称
        Society = "society",
        /// 健保組合の郵便番号
        SocietyPostcode = "society_postcode",
        /// 健保組合の所在地
        SocietyAddress = "society_address",
        /// 健保組合の電話番号
        SocietyPhone = "society_phone",
        /// 保険者番号
        InsurerNumber = "insurer_number",
    }
}

impl TemplateSlot {
    /// Whether the value is the same on every card.
    pub(super) fn is_fixed(self) -> bool {
        use TemplateSlot::*;
        matches!(self, Society | SocietyPostcode | SocietyAddress | SocietyPhone | InsurerNumber)
    }

    /// The value of a fixed slot.
    pub(super) fn of_sender(self, sender: &Sender) -> String {
        match self {
            Self::Society => sender.name.clone(),
            Self::SocietyPostcode => hyphenated(&sender.postcode).unwrap_or_else(|| sender.postcode.clone()),
            Self::SocietyAddress => sender.address.clone(),
            Self::SocietyPhone => sender.phone.clone(),
            Self::InsurerNumber => sender.insurer_number.clone(),
            Self::Postcode | Self::Address1 | Self::Address2 | Self::Company | Self::Department | Self::Contact => {
                String::new()
            }
            Self::EmployerCode
            | Self::Name
            | Self::Key
            | Self::Serial
            | Self::IssueDate
            | Self::LoginId
            | Self::ValidUntil => String::new(),
        }
    }

    /// The value on this card.
    pub(super) fn value(self, card: &CardContent, sender: &Sender, dates: DateStyle) -> String {
        let CardContent { route, .. } = card;
        match self {
            Self::Postcode => postcode(route).unwrap_or_default(),
            Self::Address1 => route.address1.clone(),
            Self::Address2 => route.address2.clone(),
            Self::Company => route.company.clone(),
            Self::Department => route.department.clone(),
            Self::Contact => route.contact.clone(),
            Self::EmployerCode => route.code().to_owned(),
            Self::Name => card.name.clone(),
            Self::Key => card.key.clone(),
            Self::Serial => card.serial.clone(),
            Self::IssueDate => dates.show(card.issue_date),
            Self::LoginId => card.login_id.clone().unwrap_or_default(),
            Self::ValidUntil => card.valid_until.map(|day| dates.show(day)).unwrap_or_default(),
            Self::Society | Self::SocietyPostcode | Self::SocietyAddress | Self::SocietyPhone | Self::InsurerNumber => {
                self.of_sender(sender)
            }
        }
    }
}

/// `101-0025`, if the route has a usable postcode.
pub(super) fn postcode(route: &PrintedRoute) -> Option<String> {
    hyphenated(route.postcode.as_deref()?)
}

/// Seven digits of any width, with or without a hyphen, as `101-0025`.
pub(super) fn hyphenated(written: &str) -> Option<String> {
    let digits = parse_postcode(written)?;
    Some(format!("{}-{}", digits.get(..3)?, digits.get(3..)?))
}
