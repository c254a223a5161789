//! Who is on the line, and what that allows to be said.

use crate::domain::coded;

coded! {
    /// 電話の相手
    pub enum CallerKind {
        /// 本人
        Member = "member",
        /// 代理人(委任状)
        Proxy = "proxy",
        /// 法定代理人(成年後見等)
        Guardian = "guardian",
        /// 遺族
        Bereaved = "bereaved",
        /// 家族
        Family = "family",
        /// 事業所の担当者
        Employer = "employer",
        /// 不明
        Unknown = "unknown",
    }
}

coded! {
    /// Whether the paper that gives a caller the power (委任状, 登記事項証明書) was seen.
    pub enum PaperCheck {
        /// It is here and was looked at.
        Seen = "seen",
        /// Not seen yet.
        NotSeen = "not_seen",
    }
}

coded! {
    /// Whether what an employer's contact said of the employer agrees with the record.
    pub enum ContactCheck {
        /// Employer, contact and phone agree.
        Matches = "matches",
        /// Something differs, or was not asked yet.
        Unknown = "unknown",
    }
}

/// What a caller may hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// Everything of the own record, once identified.
    OwnRecord,
    /// The same, once the paper that gives the power is on file, too.
    OnPaper,
    /// Of the employer's parcels: counts, dates, receipts, serials; no kind, no name.
    Bundle,
    /// Nothing of the person; words of their own.
    Nothing,
}

impl CallerKind {
    /// What this caller may hear.
    pub const fn disclosure(self) -> Disclosure {
        match self {
            Self::Member => Disclosure::OwnRecord,
            Self::Proxy | Self::Guardian => Disclosure::OnPaper,
            Self::Employer => Disclosure::Bundle,
            Self::Bereaved | Self::Family | Self::Unknown => Disclosure::Nothing,
        }
    }

    /// Whether the identity of the person is checked with this caller.
    pub const fn is_checked(self) -> bool {
        matches!(self.disclosure(), Disclosure::OwnRecord | Disclosure::OnPaper)
    }

    /// Whether this is surely another person, who is not checked as the member.
    pub const fn is_never_the_member(self) -> bool {
        matches!(self, Self::Bereaved | Self::Family)
    }

    /// Whether a paper must be seen besides.
    pub const fn needs_paper(self) -> bool {
        matches!(self.disclosure(), Disclosure::OnPaper)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_and_unknown_callers_hear_nothing_of_the_person() {
        for kind in [CallerKind::Family, CallerKind::Unknown, CallerKind::Bereaved] {
            assert_eq!(kind.disclosure(), Disclosure::Nothing);
            assert!(!kind.is_checked());
        }
        assert_eq!(CallerKind::Employer.disclosure(), Disclosure::Bundle);
    }
}
