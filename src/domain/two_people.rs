//! F2: what one person proposes and another confirms, and who counts as another.
//!
//! People who got their first password from one another within [`APART_DAYS`] count as one, also by way of others: who
//! hands a password over can sign in with it. So do a person and who proposed that person's account or reset: the password
//! may have been handed over by way of the proposer. An account that one person made or reset therefore confirms nothing
//! for that person.

use super::{Role, coded, steps};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;

coded! {
    /// `policy.two_people`: whether what redirects or unlocks needs a second person.
    pub enum TwoPeople {
        /// Where [`ENOUGH`] people could confirm.
        Auto = "auto",
        /// Always, however few people there are.
        On = "on",
        /// Never: one person decides.
        Off = "off",
    }
}

coded! {
    /// What is proposed.
    pub enum ChangeKind {
        /// 職員の登録
        StaffAdd = "staff_add",
        /// パスワードの初期化, which also ends a lock or a disabling.
        StaffReset = "staff_reset",
        /// 役割の変更
        StaffRole = "staff_role",
        /// 二要素認証の登録の取消
        FactorReset = "factor_reset",
        /// 設定の変更
        SettingSet = "setting_set",
    }
}

coded! {
    /// What became of a proposed change.
    pub enum ChangeState {
        /// 確認待ち
        Open = "open",
        /// 確認済み: it was carried out.
        Confirmed = "confirmed",
        /// 却下
        Refused = "refused",
        /// 取下げ by who proposed it.
        Withdrawn = "withdrawn",
        /// 期限切れ: not confirmed within [`OPEN_DAYS`].
        Expired = "expired",
    }
}

coded! {
    /// What can happen to a proposed change.
    pub enum ChangeStep {
        /// 確認
        Confirm = "confirm",
        /// 却下
        Refuse = "refuse",
        /// 取下げ
        Withdraw = "withdraw",
        /// 期限切れ
        Expire = "expire",
    }
}

/// The life of a proposed change, whole: from, step, to. What is not here cannot happen.
pub const CHANGE_TABLE: &[(ChangeState, ChangeStep, ChangeState)] = {
    use ChangeState as S;
    use ChangeStep as T;
    &[
        (S::Open, T::Confirm, S::Confirmed),
        (S::Open, T::Refuse, S::Refused),
        (S::Open, T::Withdraw, S::Withdrawn),
        (S::Open, T::Expire, S::Expired),
    ]
};

impl ChangeState {
    /// Where the step leads, or nothing where the table has no such row.
    pub fn after(self, step: ChangeStep) -> Option<Self> {
        steps::after(CHANGE_TABLE, self, step)
    }
}

coded! {
    /// What an account signs in with.
    pub enum CredentialKind {
        /// パスワード of a person.
        Password = "password",
        /// 鍵 of a machine.
        Key = "key",
    }
}

impl CredentialKind {
    /// What accounts of this role have.
    pub const fn of(role: Role) -> Self {
        if role.is_machine() { Self::Key } else { Self::Password }
    }

    fn is_password(&self) -> bool {
        *self == Self::Password
    }
}

/// Proposals from before there were machines are about passwords.
impl Default for CredentialKind {
    fn default() -> Self {
        Self::Password
    }
}

/// A change that redirects or unlocks, with what it changes; never a password.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GuardedChange {
    /// A new member of staff.
    StaffAdd {
        /// 職員ID
        id: String,
        /// 氏名
        name: String,
        /// 役割
        role: Role,
    },
    /// A new first password, or a new key of a machine.
    StaffReset {
        /// 職員ID
        id: String,
        /// Which credential of the account is replaced.
        #[serde(default, skip_serializing_if = "CredentialKind::is_password")]
        credential: CredentialKind,
    },
    /// Another role for a member of staff.
    StaffRole {
        /// 職員ID
        id: String,
        /// The role when it was proposed.
        old: Role,
        /// The role that is proposed.
        new: Role,
    },
    /// The device of the second factor is forgotten.
    FactorReset {
        /// 職員ID
        id: String,
    },
    /// Another value of a setting.
    SettingSet {
        /// Key of the setting.
        key: String,
        /// The value when it was proposed.
        old: String,
        /// The value that is proposed.
        new: String,
        /// SHA-256 of the template that the value names.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
    },
}

impl GuardedChange {
    /// Kind of the change.
    pub const fn kind(&self) -> ChangeKind {
        match self {
            Self::StaffAdd { .. } => ChangeKind::StaffAdd,
            Self::StaffReset { .. } => ChangeKind::StaffReset,
            Self::StaffRole { .. } => ChangeKind::StaffRole,
            Self::FactorReset { .. } => ChangeKind::FactorReset,
            Self::SettingSet { .. } => ChangeKind::SettingSet,
        }
    }

    /// What it is about: a staff ID, or the key of a setting.
    pub fn subject(&self) -> &str {
        match self {
            Self::StaffAdd { id, .. }
            | Self::StaffReset { id, .. }
            | Self::StaffRole { id, .. }
            | Self::FactorReset { id } => id,
            Self::SettingSet { key, .. } => key,
        }
    }

    /// The member of staff that it is about.
    pub fn person(&self) -> Option<&str> {
        match self {
            Self::SettingSet { .. } => None,
            Self::StaffAdd { .. } | Self::StaffReset { .. } | Self::StaffRole { .. } | Self::FactorReset { .. } => {
                Some(self.subject())
            }
        }
    }

    /// What is made and handed over when it is carried out.
    pub const fn makes(&self) -> Option<CredentialKind> {
        match self {
            Self::StaffAdd { role, .. } => Some(CredentialKind::of(*role)),
            Self::StaffReset { credential, .. } => Some(*credential),
            Self::StaffRole { .. } | Self::FactorReset { .. } | Self::SettingSet { .. } => None,
        }
    }
}

/// Days in which people who got a first password from one another count as one: longer than the holidays of the new year
/// and of May, and twice what a review of unusual browsing looks back.
pub const APART_DAYS: i64 = 14;

/// Days in which a proposal can be confirmed.
pub const OPEN_DAYS: i64 = 14;

/// So many people who could confirm, the proposer among them, are enough for two people to decide.
pub const ENOUGH: usize = 3;

/// What of a member of staff decides who counts as another person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// 職員ID
    pub id: String,
    /// 役割
    pub role: Role,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// No sign-in from this on.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Staff ID of who handed the last first password over.
    pub handed_by: Option<String>,
    /// Staff ID of who had proposed it; none where one person did both.
    pub asked_by: Option<String>,
    /// When that was.
    pub handed_at: Option<DateTime<Utc>>,
}

/// All staff at an instant.
#[derive(Debug)]
pub struct Colleagues {
    all: Vec<Colleague>,
    now: DateTime<Utc>,
}

impl Colleagues {
    /// All staff, disabled ones too.
    pub const fn new(all: Vec<Colleague>, now: DateTime<Utc>) -> Self {
        Self { all, now }
    }

    /// Whether two staff IDs stand for two people. A machine stands for who proposed it and for who has had its key, as
    /// long as it has that key: what it drafts, those approve as little as if they had drafted it.
    pub fn are_apart(&self, one: &str, other: &str) -> bool {
        let (ones, others) = (self.behind(one), self.behind(other));
        ones.iter().all(|one| others.iter().all(|other| self.people_are_apart(one, other)))
    }

    /// The machine among two staff IDs, where the other is behind it: however few people there are, that one is no second
    /// person to it.
    pub fn own_machine<'a>(&self, one: &'a str, other: &'a str) -> Option<&'a str> {
        let stands = |machine: &str, person: &str| machine != person && self.behind(machine).contains(&person);
        if stands(one, other) { Some(one) } else { stands(other, one).then_some(other) }
    }

    /// The people behind a staff ID: the person, or those behind a machine.
    fn behind<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let machine = self.all.iter().find(|it| it.id == id && it.role.is_machine());
        let people = machine.into_iter().flat_map(|it| [&it.handed_by, &it.asked_by]).flatten();
        std::iter::once(id).chain(people.map(String::as_str)).collect()
    }

    fn people_are_apart(&self, one: &str, other: &str) -> bool {
        let asked = |of: &str, by: &str| {
            self.all.iter().any(|it| it.id == of && self.is_handed(it) && it.asked_by.as_deref() == Some(by))
        };
        one != other && !asked(one, other) && !asked(other, one) && !group(one, &self.hands()).contains(other)
    }

    /// Until when at the latest a person is joined with others.
    pub fn joined_until(&self, one: &str) -> DateTime<Utc> {
        let joined = group(one, &self.hands());
        let last = self.all.iter().filter(|it| joined.contains(it.id.as_str())).filter_map(|it| it.handed_at).max();
        last.unwrap_or(self.now) + TimeDelta::days(APART_DAYS)
    }

    /// Who could confirm what a person proposes about another.
    pub fn could_confirm(&self, proposer: &str, about: Option<&str>) -> Vec<&str> {
        let able = self.all.iter().filter(|it| it.disabled_at.is_none() && confirms(it.role));
        let ids = able.map(|it| it.id.as_str());
        ids.filter(|id| Some(*id) != about && self.are_apart(proposer, id)).collect()
    }

    /// How many people there are who could confirm. Who made an account lately counts as one person with it; a reset
    /// counts for nothing here, and who was disabled lately still counts: neither lets an admin get rid of the second
    /// person that is needed.
    pub fn count(&self) -> usize {
        let made = self.all.iter().filter(|it| !it.role.is_machine() && self.is_recent(it.created_at));
        let hands: Vec<_> = made.filter_map(hand).collect();
        let there = |it: &&Colleague| confirms(it.role) && it.disabled_at.is_none_or(|at| self.is_recent(at));
        let mut counted: BTreeSet<&str> = BTreeSet::new();
        let mut count = 0;
        for person in self.all.iter().filter(there) {
            if !counted.contains(person.id.as_str()) {
                counted.extend(group(&person.id, &hands));
                count += 1;
            }
        }
        count
    }

    /// Pairs of a person who got a first password lately, and its giver.
    fn hands(&self) -> Vec<(&str, &str)> {
        self.all.iter().filter(|it| self.is_handed(it)).filter_map(hand).collect()
    }

    fn is_handed(&self, one: &Colleague) -> bool {
        !one.role.is_machine() && one.handed_at.is_some_and(|at| self.is_recent(at))
    }

    fn is_recent(&self, at: DateTime<Utc>) -> bool {
        self.now - at < TimeDelta::days(APART_DAYS)
    }
}

const fn confirms(role: Role) -> bool {
    role.may(super::Permission::Second)
}

fn hand(of: &Colleague) -> Option<(&str, &str)> {
    Some((of.id.as_str(), of.handed_by.as_deref()?))
}

/// Every person who is joined with one, that person included.
fn group<'a>(of: &'a str, hands: &[(&'a str, &'a str)]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::from([of]);
    loop {
        let before = found.len();
        for (one, other) in hands {
            if found.contains(one) || found.contains(other) {
                found.extend([*one, *other]);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

#[cfg(test)]
mod tests;
