//! The identity checklist.

use super::{Agreement, Comparison};
use crate::domain::coded;
use std::collections::BTreeSet;

coded! {
    /// What the clerk has checked with the person.
    pub enum IdentityCheck {
        /// 生年月日
        BirthDate = "birth_date",
        /// 事業所名
        Employer = "employer",
        /// 電話折返し: called back at the number on the form.
        CallBack = "call_back",
    }
}

/// The checks that were ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Checklist(BTreeSet<IdentityCheck>);

/// What is still to be checked before membership may be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Lacking(pub Vec<IdentityCheck>);

impl Checklist {
    /// Reads codes separated by commas; the unknown one is named.
    pub fn parse(codes: &str) -> Result<Self, crate::domain::UnknownCode> {
        codes
            .split(',')
            .map(str::trim)
            .filter(|code| !code.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The codes, separated by commas.
    pub fn codes(&self) -> String {
        self.0.iter().map(|check| check.code()).collect::<Vec<_>>().join(",")
    }

    /// Whether a check is ticked.
    pub fn has(&self, check: IdentityCheck) -> bool {
        self.0.contains(&check)
    }

    /// Ticks or unticks.
    pub fn toggle(&mut self, check: IdentityCheck) {
        if !self.0.remove(&check) {
            self.0.insert(check);
        }
    }

    /// *decision* Birth date and one more; a call back, too, where a field that identifies the sender differs.
    pub fn suffices(&self, compared: &[Comparison]) -> Result<(), Lacking> {
        let differs = compared.iter().any(|line| line.field.identifies() && line.agreement == Agreement::Differs);
        let mut lacking = Vec::new();
        if !self.has(IdentityCheck::BirthDate) {
            lacking.push(IdentityCheck::BirthDate);
        }
        if differs && !self.has(IdentityCheck::CallBack) {
            lacking.push(IdentityCheck::CallBack);
        }
        if !self.has(IdentityCheck::Employer) && !self.has(IdentityCheck::CallBack) && !differs {
            lacking.push(IdentityCheck::Employer);
        }
        if lacking.is_empty() { Ok(()) } else { Err(Lacking(lacking)) }
    }
}

impl FromIterator<IdentityCheck> for Checklist {
    fn from_iter<T: IntoIterator<Item = IdentityCheck>>(checks: T) -> Self {
        Self(checks.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::request::ClaimField;

    fn compared(name: Agreement) -> Vec<Comparison> {
        let line = |field, agreement| Comparison { field, given: String::new(), on_file: String::new(), agreement };
        vec![line(ClaimField::Name, name), line(ClaimField::Employer, Agreement::Differs)]
    }

    fn lacking(checks: &[IdentityCheck], name: Agreement) -> Vec<IdentityCheck> {
        let list: Checklist = checks.iter().copied().collect();
        list.suffices(&compared(name)).err().map_or_else(Vec::new, |lacking| lacking.0)
    }

    #[test]
    fn q3_birth_date_and_one_more_identify() {
        use IdentityCheck::{BirthDate, CallBack, Employer};
        assert_eq!(lacking(&[], Agreement::Exact), [BirthDate, Employer]);
        assert_eq!(lacking(&[BirthDate], Agreement::Exact), [Employer]);
        assert_eq!(lacking(&[Employer, CallBack], Agreement::Variant), [BirthDate]);
        assert_eq!(lacking(&[BirthDate, Employer], Agreement::Variant), []);
        assert_eq!(lacking(&[BirthDate, CallBack], Agreement::Exact), []);
    }

    #[test]
    fn q3_where_a_name_differs_the_sender_is_called_back() {
        use IdentityCheck::{BirthDate, CallBack, Employer};
        assert_eq!(lacking(&[BirthDate, Employer], Agreement::Differs), [CallBack]);
        assert_eq!(lacking(&[BirthDate, CallBack], Agreement::Differs), []);
    }

    #[test]
    fn a_checklist_is_stored_as_codes() {
        let list = Checklist::parse("employer, birth_date").unwrap();
        assert_eq!(list.codes(), "birth_date,employer");
        assert_eq!(Checklist::parse("shoe_size").unwrap_err().code, "shoe_size");
    }
}
