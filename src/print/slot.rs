//! Slots in a template's texts: `{name}`, `{serial}`, …

use super::card::{CardContent, PrintedRoute, Sender};
use super::date::DateStyle;
use crate::domain::{coded, parse_postcode};
use crate::text::name_key;

coded! {
    /// A name between braces in a template.
    pub enum TemplateSlot {
        /// 〒 of the route, `101-0025`
        Postcode = "postcode",
        /// 〒 of the route as sorting machines read it, `１０１－００２５`
        PostcodeWide = "postcode_wide",
        /// 住所1
        Address1 = "address1",
        /// 住所2
        Address2 = "address2",
        /// 事業所名
        Company = "company",
        /// 担当部署
        Department = "department",
        /// 事業所名, with 気付 where no department stands behind it
        CareOfCompany = "care_of_company",
        /// 担当部署 with 気付
        CareOfDepartment = "care_of_department",
        /// Who is asked on the back of the card to hand it over: the employer's contact, or who receives it elsewhere (R3)
        HandOver = "hand_over",
        /// 健康保険事務担当者
        Contact = "contact",
        /// 事業所記号
        EmployerCode = "employer_code",
        /// 氏名
        Name = "name",
        /// 被保険者の氏名, on cards of dependents alone
        Insured = "insured",
        /// 記号-番号-枝番
        Key = "key",
        /// はがき番号 (B6)
        Serial = "serial",
        /// V4: 令和8年11月24日
        IssueDate = "issue_date",
        /// A7: what the viewing password opens: 健診結果 alone on cards of dependents
        Records = "records",
        /// A7: the portal's menu for them, as the member sees it
        RecordsMenu = "records_menu",
        /// L5: the last day of a temporary password
        ExpiresOn = "expires_on",
        /// ログインID, empty on viewing-password cards
        LoginId = "login_id",
        /// 健保組合の名称
        Society = "society",
        /// 健保組合の郵便番号
        SocietyPostcode = "society_postcode",
        /// 健保組合の所在地
        SocietyAddress = "society_address",
        /// 担当課
        SocietyDepartment = "society_department",
        /// 健保組合の電話番号
        SocietyPhone = "society_phone",
        /// 電話の受付時間
        SocietyHours = "society_hours",
        /// ポータルの名称
        PortalName = "portal_name",
        /// ポータルのアドレス
        PortalUrl = "portal_url",
        /// 保険者番号
        InsurerNumber = "insurer_number",
    }
}

impl TemplateSlot {
    /// Whether the value is the same on every card.
    pub(super) fn is_fixed(self) -> bool {
        use TemplateSlot::*;
        matches!(
            self,
            Society
                | SocietyPostcode
                | SocietyAddress
                | SocietyDepartment
                | SocietyPhone
                | SocietyHours
                | PortalName
                | PortalUrl
                | InsurerNumber
        )
    }

    /// The value of a fixed slot.
    pub(super) fn of_sender(self, sender: &Sender) -> String {
        match self {
            Self::Society => sender.name.clone(),
            Self::SocietyPostcode => hyphenated(&sender.postcode).unwrap_or_else(|| sender.postcode.clone()),
            Self::SocietyAddress => sender.address.clone(),
            Self::SocietyDepartment => sender.department.clone(),
            Self::SocietyPhone => sender.phone.clone(),
            Self::SocietyHours => sender.hours.clone(),
            Self::PortalName => sender.portal_name.clone(),
            Self::PortalUrl => sender.portal_url.clone(),
            Self::InsurerNumber => sender.insurer_number.clone(),
            Self::Postcode
            | Self::PostcodeWide
            | Self::Address1
            | Self::Address2
            | Self::Company
            | Self::Department
            | Self::CareOfCompany
            | Self::CareOfDepartment
            | Self::HandOver
            | Self::Contact
            | Self::EmployerCode
            | Self::Name
            | Self::Insured
            | Self::Key
            | Self::Serial
            | Self::IssueDate
            | Self::Records
            | Self::RecordsMenu
            | Self::ExpiresOn
            | Self::LoginId => String::new(),
        }
    }

    /// The value on this card.
    pub(super) fn value(self, card: &CardContent, sender: &Sender, dates: DateStyle) -> String {
        let CardContent { route, .. } = card;
        match self {
            Self::Postcode => postcode(route).unwrap_or_default(),
            Self::PostcodeWide => wide(&postcode(route).unwrap_or_default()),
            Self::Address1 => route.address1.clone(),
            Self::Address2 => route.address2.clone(),
            Self::Company => route.company.clone(),
            Self::Department => route.department.clone(),
            Self::CareOfCompany if route.department.trim().is_empty() => care_of(&route.company, &card.name),
            Self::CareOfCompany => route.company.clone(),
            Self::CareOfDepartment => care_of(&route.department, &card.name),
            Self::HandOver if route.employer_code.is_some() => "お勤め先の健康保険事務のご担当者さまへ".to_owned(),
            Self::HandOver => "お受け取りになった方へ".to_owned(),
            Self::Contact => route.contact.clone(),
            Self::EmployerCode => route.code().to_owned(),
            Self::Name => with_proper_spaces(&card.name),
            Self::Key => card.key.clone(),
            Self::Serial => card.serial.clone(),
            Self::Insured => with_proper_spaces(card.family.as_ref().map_or("", |family| &family.insured)),
            Self::IssueDate => dates.show(card.issue_date),
            Self::Records if card.family.is_some() => "健診結果".to_owned(),
            Self::Records => "健診結果や医療費のお知らせ".to_owned(),
            Self::RecordsMenu if card.family.is_some() => "健診結果".to_owned(),
            Self::RecordsMenu => "健診結果／医療費のお知らせ".to_owned(),
            Self::ExpiresOn => card.expires_on.map(|day| dates.show(day)).unwrap_or_default(),
            Self::LoginId => card.login_id.clone().unwrap_or_default(),
            Self::Society
            | Self::SocietyPostcode
            | Self::SocietyAddress
            | Self::SocietyDepartment
            | Self::SocietyPhone
            | Self::SocietyHours
            | Self::PortalName
            | Self::PortalUrl
            | Self::InsurerNumber => self.of_sender(sender),
        }
    }
}

/// A name in Latin letters has narrow spaces; the registry's full-width ones stay between kanji or kana.
pub(super) fn with_proper_spaces(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let is_latin = |at: Option<usize>| {
        at.and_then(|at| characters.get(at)).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, 'À'..='ɏ' | '.'))
    };
    let proper = |(at, c): (usize, &char)| match c {
        '\u{3000}' if is_latin(at.checked_sub(1)) && is_latin(Some(at + 1)) => ' ',
        other => *other,
    };
    characters.iter().enumerate().map(proper).collect()
}

/// 気付: who receives a card for another person. Nothing where that is the person: a one-off address (R3).
fn care_of(receiver: &str, name: &str) -> String {
    let receiver = receiver.trim();
    match receiver {
        "" => String::new(),
        _ if name_key(receiver) == name_key(name) => String::new(),
        // 佐藤様方: says already that it is another's place.
        _ if receiver.ends_with('方') || receiver.ends_with("気付") => receiver.to_owned(),
        _ => format!("{receiver}　気付"),
    }
}

/// Digits and hyphen of full width.
fn wide(text: &str) -> String {
    let wide = |c: char| match c {
        '-' => '－',
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(wide).collect()
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
