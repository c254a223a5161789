//! Where a card goes: the representative address (代表住所) of the insured's employer, or nowhere yet (R1, R2).

use super::HoldReason;
use chrono::NaiveDate;

/// What the rule needs to know of the member's employer.
#[derive(Debug, Clone, Copy)]
pub struct EmployerFacts<'a> {
    /// 全喪日
    pub withdrawn_on: Option<NaiveDate>,
    /// 住所1
    pub address: &'a str,
}

/// R2: the reason why there is no usable route today, if so. A missing postcode is no reason: the card is printed,
/// without its barcode.
pub fn obstacle(voluntary: bool, employer: Option<EmployerFacts<'_>>, today: NaiveDate) -> Option<HoldReason> {
    match employer {
        _ if voluntary => Some(HoldReason::Voluntary),
        None => Some(HoldReason::NoEmployer),
        Some(employer) if employer.withdrawn_on.is_some_and(|day| day <= today) => Some(HoldReason::Withdrawn),
        Some(employer) if employer.address.trim().is_empty() => Some(HoldReason::NoAddress),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r2_each_missing_route_has_its_reason() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let at = |withdrawn_on, address| Some(EmployerFacts { withdrawn_on, address });
        assert_eq!(obstacle(true, at(None, "東京都"), day(24)), Some(HoldReason::Voluntary));
        assert_eq!(obstacle(false, None, day(24)), Some(HoldReason::NoEmployer));
        assert_eq!(obstacle(false, at(Some(day(24)), "東京都"), day(24)), Some(HoldReason::Withdrawn));
        assert_eq!(obstacle(false, at(Some(day(25)), "東京都"), day(24)), None);
        assert_eq!(obstacle(false, at(None, "　"), day(24)), Some(HoldReason::NoAddress));
    }
}
