//! 保険者番号.

/// The society's eight digits; the last is a check digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsurerNumber(String);

impl InsurerNumber {
    /// Eight digits (any width) with a right check digit, or nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = crate::text::nfkc(text);
        let digits: Vec<u32> = folded.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
        let (check, body) = digits.split_last()?;
        (digits.len() == 8 && check_digit(body) == *check).then_some(Self(folded))
    }

    /// The eight digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Weights 2, 1, 2, … from the right; the digits of each product are added.
fn check_digit(body: &[u32]) -> u32 {
    let sum: u32 = body
        .iter()
        .rev()
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::InsurerNumber;

    #[test]
    fn the_check_digit_decides() {
        assert!(InsurerNumber::parse("06139497").is_some());
        assert!(InsurerNumber::parse("０６１３９４９７").is_some());
        for wrong in ["06139498", "0613949", "061394970", "0613949x", ""] {
            assert!(InsurerNumber::parse(wrong).is_none(), "{wrong}");
        }
    }
}
