//! What the gate compares.

use crate::domain::{CardKind, DeadReason, HoldReason, WebDisplay};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Where a card goes, with everything of it that is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRoute {
    /// 事業所記号; nothing for a one-off address (R3), which is no employer's.
    pub employer_code: Option<String>,
    /// Seven digits, with or without a hyphen, any width.
    pub postcode: Option<String>,
    /// Prefecture to house number.
    pub address1: String,
    /// Building; may be empty.
    pub address2: String,
    /// 事業所名: the employer's name, or the addressee of a one-off address.
    pub company: String,
    /// 担当部署; may be empty.
    pub department: String,
    /// 健康保険事務担当者; may be empty.
    pub contact: String,
}

impl CardRoute {
    /// Whether there is no address to send anything to (R2).
    pub fn is_blank(&self) -> bool {
        self.address1.trim().is_empty()
    }

    /// Postcode and address, without the names of who receives it.
    pub fn destination(&self) -> (Option<&str>, &str, &str) {
        (self.postcode.as_deref(), &self.address1, &self.address2)
    }

    /// 事業所記号 as paper shows it: empty for a one-off address.
    pub fn code(&self) -> &str {
        self.employer_code.as_deref().unwrap_or_default()
    }
}

/// The addressee of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPerson {
    /// 氏名
    pub name: String,
    /// 生年月日; none of cards that were printed before it was kept.
    pub born_on: Option<NaiveDate>,
}

/// On a dependent's card, the insured by which the employer can tell the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyOf {
    /// 氏名 of the insured.
    pub insured: String,
    /// 続柄, as the registry has it; may be empty.
    pub relationship: String,
}

impl FamilyOf {
    /// From what is on record; none without an insured.
    pub fn of(insured: Option<String>, relationship: Option<String>) -> Option<Self> {
        Some(Self { insured: insured?, relationship: relationship.unwrap_or_default() })
    }
}

/// H3, B11: a card as it was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// Name and key that were approved.
    pub person: CardPerson,
    /// Destination that was approved.
    pub route: CardRoute,
    /// The insured that was approved; none on an insured's own card, and where it was not kept.
    pub family: Option<FamilyOf>,
}

/// Where a card would go now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteNow {
    /// R1: to the insured's employer.
    Employer(CardRoute),
    /// R3: where two supervisors have sent it.
    OneOff(CardRoute),
    /// R2: nowhere yet.
    Nowhere {
        /// The insured's employer, if there is one.
        employer: Option<CardRoute>,
        /// Why nothing goes there.
        reason: HoldReason,
    },
}

impl RouteNow {
    /// Where something goes, if anywhere.
    pub fn place(&self) -> Option<&CardRoute> {
        match self {
            Self::Employer(route) | Self::OneOff(route) => Some(route),
            Self::Nowhere { .. } => None,
        }
    }
}

/// R7: 保護措置 of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Protection {
    /// None, or it has ended.
    #[default]
    None,
    /// It stands today.
    Stands,
}

/// S6: why a card waits for one of the other kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delay {
    /// What the other card carries.
    pub other: CardKind,
    /// Its batch, where it is in one.
    pub batch: Option<String>,
    /// The first day on which this one may leave; nothing where the other one has not left yet.
    pub not_before: Option<NaiveDate>,
}

/// What is true of a card, its member and its destination now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateFacts {
    /// What the card carries.
    pub kind: CardKind,
    /// Who holds the number now.
    pub holder: CardPerson,
    /// 資格喪失日 of the member.
    pub lost_on: Option<NaiveDate>,
    /// For a dependent: 資格喪失日 of the insured, or the day from which the insured has another number (A12).
    pub insured_lost_on: Option<NaiveDate>,
    /// When the account was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// What has ended the card's password.
    pub dead: Option<DeadReason>,
    /// Day since which it is dead.
    pub dead_on: Option<NaiveDate>,
    /// Web表示
    pub web_display: WebDisplay,
    /// Where the card would go.
    pub route: RouteNow,
    /// R7
    pub protection: Protection,
    /// L4: when the request came in that the card answers, or when the card was asked for.
    pub requested_at: DateTime<Utc>,
    /// L4: 最終ログイン
    pub last_login_at: Option<DateTime<Utc>>,
    /// L4: when the member last changed or reset the login password.
    pub login_changed_at: Option<DateTime<Utc>>,
    /// S6: why it must not leave yet beside a card of the other kind; only where that is so.
    pub delay: Option<Delay>,
}

/// The days that the gate looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateDays {
    /// The business date.
    pub today: NaiveDate,
    /// The last day on which a loss is soon: ten business days ahead.
    pub soon: NaiveDate,
}

impl GateDays {
    /// Business days ahead in which a loss is soon.
    pub const SOON: u32 = 10;
}

/// What was approved, or is true now, of what a reason is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum GateValue {
    /// Nothing to compare.
    None,
    /// A day: of a loss, a closing, a dispatch.
    Day(NaiveDate),
    /// An instant: of a log-in.
    At(DateTime<Utc>),
    /// A person: name and key of today.
    Person(CardPerson),
    /// A destination of today.
    Route(CardRoute),
    /// The choice of the Web display.
    Display(WebDisplay),
    /// A card of the other kind that is too close.
    Delay(Delay),
}

macro_rules! values {
    ($($of:ty => $variant:ident),+ $(,)?) => {
        $(impl From<$of> for GateValue {
            fn from(value: $of) -> Self {
                Self::$variant(value)
            }
        })+
    };
}
values! {
    NaiveDate => Day,
    DateTime<Utc> => At,
    CardPerson => Person,
    CardRoute => Route,
    WebDisplay => Display,
    Delay => Delay,
}

impl<T: Into<Self>> From<Option<T>> for GateValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}
