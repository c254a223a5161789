//! What of a figure is shown: a count below five that tells something of persons is shown as that, and a part is not
//! shown where the total would give such a count away.

use serde::Serialize;

/// Fewer persons than this are not shown as a number.
const FEWEST: u64 = 5;

/// What is shown of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum FigureValue {
    /// A number that may be shown.
    Count(u64),
    /// 5未満: one to four.
    Few,
    /// It would give away a count of fewer than five.
    Withheld,
    /// A share, in tenths of a percent.
    Rate(u64),
    /// A number of calendar days.
    Days(u64),
    /// There is nothing to compute it from.
    Nothing,
}

impl FigureValue {
    /// A count that tells something of persons.
    pub const fn of_persons(count: u64) -> Self {
        match count {
            1..FEWEST => Self::Few,
            count => Self::Count(count),
        }
    }

    /// A share; of fewer than five it is not shown.
    pub const fn share(part: u64, of: u64) -> Self {
        match of {
            0 => Self::Nothing,
            1..FEWEST => Self::Withheld,
            of => Self::Rate((part * 1000 + of / 2) / of),
        }
    }
}

/// The total of these parts and the parts, as they are shown: no part below five can be told from the others.
pub fn disclosed(parts: &[u64]) -> (FigureValue, Vec<FigureValue>) {
    let total: u64 = parts.iter().sum();
    let alone: Vec<FigureValue> = parts.iter().map(|count| FigureValue::of_persons(*count)).collect();
    let few = alone.iter().filter(|value| **value == FigureValue::Few).count() as u64;
    if total < FEWEST {
        // Four parts of fewer than five in a total of fewer than five are one each.
        let whole = if few == FEWEST - 1 { FigureValue::Withheld } else { FigureValue::of_persons(total) };
        return (whole, alone);
    }
    let mut shown = alone.clone();
    while gives_away(total, &shown, few) {
        let smallest = shown.iter_mut().filter(|value| matches!(value, FigureValue::Count(1..)));
        match smallest.min_by_key(|value| count_of(value)) {
            Some(part) => *part = FigureValue::Withheld,
            None => return (FigureValue::Withheld, alone),
        }
    }
    (FigureValue::Count(total), shown)
}

/// Whether what is hidden can be only one thing: `few` parts of one to four, and what is withheld of five at least.
fn gives_away(total: u64, shown: &[FigureValue], few: u64) -> bool {
    let hidden = total - shown.iter().map(count_of).sum::<u64>();
    let withheld = shown.iter().filter(|value| **value == FigureValue::Withheld).count() as u64;
    match (few, withheld) {
        (0, _) => false,
        (1, 0) => true,
        (few, 0) => hidden == few || hidden == few * (FEWEST - 1),
        (few, withheld) => hidden - FEWEST * withheld <= few,
    }
}

const fn count_of(value: &FigureValue) -> u64 {
    match value {
        FigureValue::Count(count) => *count,
        _ => 0,
    }
}

/// The nearest rank: the smallest value that so many percent of all have at most. `counts` are values with how many have
/// each, in ascending order. Of fewer than five it is not shown.
pub fn nearest_rank(counts: &[(u64, u64)], percent: u64) -> FigureValue {
    let all: u64 = counts.iter().map(|(_, count)| count).sum();
    match all {
        0 => return FigureValue::Nothing,
        1..FEWEST => return FigureValue::Withheld,
        _ => {}
    }
    let rank = (all * percent).div_ceil(100);
    let mut below = 0;
    for (value, count) in counts {
        below += count;
        if below >= rank {
            return FigureValue::Days(*value);
        }
    }
    FigureValue::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row of counts that shows the same.
    fn alike(total: FigureValue, shown: &[FigureValue]) -> Vec<Vec<u64>> {
        const MOST: u64 = 20;
        let choices = |value: &FigureValue| match value {
            FigureValue::Count(count) => *count..=*count,
            FigureValue::Few => 1..=FEWEST - 1,
            _ => FEWEST..=MOST,
        };
        let mut rows = vec![Vec::new()];
        for value in shown {
            let longer = rows.into_iter().flat_map(|row: Vec<u64>| {
                choices(value).map(move |count| row.iter().copied().chain([count]).collect::<Vec<u64>>())
            });
            rows = longer.collect();
        }
        rows.retain(|row| match (total, row.iter().sum::<u64>()) {
            (FigureValue::Count(count), sum) => sum == count,
            (FigureValue::Few, sum) => (1..FEWEST).contains(&sum),
            _ => true,
        });
        rows
    }

    #[test]
    fn no_part_below_five_can_be_told_from_the_rest() {
        for code in 0..12_u64.pow(4) {
            let parts: Vec<u64> = (0..4).map(|place| code / 12_u64.pow(place) % 12).collect();
            let (total, shown) = disclosed(&parts);
            let rows = alike(total, &shown);
            for at in (0..4).filter(|at| shown[*at] == FigureValue::Few) {
                let first = rows[0][at];
                assert!(rows.iter().any(|row| row[at] != first), "{parts:?}: {total:?} {shown:?}");
            }
            assert!(rows.contains(&parts), "{parts:?}: what is shown is true");
        }
    }

    #[test]
    fn a_large_part_is_shown_where_it_gives_nothing_away() {
        use FigureValue as V;
        assert_eq!(disclosed(&[0, 7, 12]), (V::Count(19), vec![V::Count(0), V::Count(7), V::Count(12)]));
        assert_eq!(disclosed(&[2, 3, 12]), (V::Count(17), vec![V::Few, V::Few, V::Count(12)]));
        assert_eq!(disclosed(&[2, 7, 12]), (V::Count(21), vec![V::Few, V::Withheld, V::Count(12)]));
        assert_eq!(disclosed(&[3, 0, 0]), (V::Few, vec![V::Few, V::Count(0), V::Count(0)]));
        assert_eq!(disclosed(&[]), (V::Count(0), vec![]));
    }

    #[test]
    fn ranks_are_those_of_a_sorted_row() {
        let counts = [(0, 3), (2, 1), (5, 4), (9, 2)];
        let row = [0, 0, 0, 2, 5, 5, 5, 5, 9, 9];
        for percent in 1..=100 {
            let rank = (row.len() * percent).div_ceil(100);
            assert_eq!(nearest_rank(&counts, percent as u64), FigureValue::Days(row[rank - 1]), "{percent}");
        }
        assert_eq!(nearest_rank(&[(3, 4)], 50), FigureValue::Withheld);
        assert_eq!(nearest_rank(&[], 50), FigureValue::Nothing);
    }

    #[test]
    fn a_share_of_few_is_not_shown() {
        assert_eq!(FigureValue::share(2, 3), FigureValue::Withheld);
        assert_eq!(FigureValue::share(0, 0), FigureValue::Nothing);
        assert_eq!(FigureValue::share(2, 6), FigureValue::Rate(333));
        assert_eq!(FigureValue::share(6, 6), FigureValue::Rate(1000));
    }
}
