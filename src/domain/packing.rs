//! 封入 (B14): which card belongs into which parcel, scan by scan.

use super::BatchNumber;
use super::gate::GateReason;
use std::collections::{BTreeMap, BTreeSet};

/// What a code on paper names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperCode {
    /// はがき番号: `B20261122-001-0042`.
    Card(String),
    /// The parcel of an employer, on its letter and its receipt: `B20261122-001/260`.
    Parcel(BatchNumber, String),
}

impl PaperCode {
    /// The text in the code of a letter and a receipt.
    pub fn parcel(batch: &str, employer: &str) -> String {
        format!("{batch}/{employer}")
    }

    /// Reads what a scanner or a person typed, in any width and case.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = crate::text::nfkc(typed.trim()).to_uppercase();
        if let Some((batch, employer)) = typed.split_once('/') {
            return Some(Self::Parcel(BatchNumber::parse(batch)?, crate::text::key(employer)));
        }
        let (batch, place) = typed.rsplit_once('-')?;
        let place = place.parse().ok()?;
        Some(Self::Card(BatchNumber::parse(batch)?.serial(place)))
    }
}

/// The parcel of an employer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct ParcelName {
    /// 事業所記号
    pub employer: String,
    /// 事業所名
    pub name: String,
}

/// Whether a card may be packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packable {
    /// It belongs to the parcel and is in force.
    Yes,
    /// The gate stops it (B7).
    MustPull(GateReason),
    /// Spoiled, or pulled before.
    NotInPile,
}

/// A card of a printed batch.
#[derive(Debug, Clone)]
pub struct PileCard {
    /// Row ID of the card.
    pub id: i64,
    /// Its parcel; none where it goes to a one-off address by itself.
    pub parcel: Option<ParcelName>,
    /// Whether it may be packed.
    pub packable: Packable,
}

/// What is said to a scan.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum ScanAnswer {
    /// A parcel is begun.
    Begun {
        /// The employer of the parcel.
        #[serde(flatten)]
        parcel: ParcelName,
        /// Cards that belong into it.
        cards: usize,
    },
    /// The card belongs here.
    Ok,
    /// The same, and it was the last one.
    Complete {
        /// The employer of the parcel.
        #[serde(flatten)]
        parcel: ParcelName,
        /// Cards in it.
        cards: usize,
    },
    /// The card goes to a one-off address, into no parcel.
    Alone,
    /// ちがう事業所
    OtherParcel {
        /// Where it belongs.
        #[serde(flatten)]
        parcel: ParcelName,
    },
    /// 抜取: it must not leave.
    MustPull {
        /// Why it must not leave.
        reason: GateReason,
    },
    /// Spoiled, or pulled before.
    NotInPile,
    /// 読取済
    Repeated,
    /// Another parcel is scanned while cards of this one are missing.
    Unfinished {
        /// はがき番号 of those.
        missing: Vec<String>,
    },
    /// Of another batch.
    OtherBatch,
    /// No code of this program, or of nothing in this batch.
    Unknown,
}

impl ScanAnswer {
    /// Whether work may go on.
    pub const fn is_right(&self) -> bool {
        matches!(self, Self::Begun { .. } | Self::Ok | Self::Complete { .. } | Self::Alone)
    }
}

/// A printed batch that is being packed, one parcel after another.
#[derive(Debug, Clone)]
pub struct Packing {
    batch: BatchNumber,
    cards: BTreeMap<String, PileCard>,
    parcel: Option<ParcelName>,
    packed: BTreeSet<String>,
}

impl Packing {
    /// Begins with the cards of a batch by their serials.
    pub const fn new(batch: BatchNumber, cards: BTreeMap<String, PileCard>) -> Self {
        Self { batch, cards, parcel: None, packed: BTreeSet::new() }
    }

    /// A parcel that was complete before is so still.
    pub fn resume(&mut self, parcel: &ParcelName) {
        let serials = self.missing(parcel);
        self.packed.extend(serials);
    }

    /// The batch that is packed.
    pub const fn batch(&self) -> &BatchNumber {
        &self.batch
    }

    /// The parcel in hand.
    pub const fn parcel(&self) -> Option<&ParcelName> {
        self.parcel.as_ref()
    }

    /// Every parcel that has cards to pack.
    pub fn parcels(&self) -> BTreeSet<&ParcelName> {
        self.packable().filter_map(|(_, card)| card.parcel.as_ref()).collect()
    }

    /// Serials and row IDs of the cards of a parcel, in the order of the pile.
    pub fn cards_of(&self, parcel: &ParcelName) -> impl Iterator<Item = (&str, i64)> {
        let of = self.packable().filter(move |(_, card)| card.parcel.as_ref() == Some(parcel));
        of.map(|(serial, card)| (serial.as_str(), card.id))
    }

    /// Serials of a parcel that were not scanned yet.
    pub fn missing(&self, parcel: &ParcelName) -> Vec<String> {
        let serials = self.cards_of(parcel).map(|(serial, _)| serial);
        serials.filter(|serial| !self.packed.contains(*serial)).map(str::to_owned).collect()
    }

    fn packable(&self) -> impl Iterator<Item = (&String, &PileCard)> {
        self.cards.iter().filter(|(_, card)| card.packable == Packable::Yes)
    }

    /// Takes what was scanned next.
    pub fn scan(&mut self, typed: &str) -> ScanAnswer {
        match PaperCode::parse(typed) {
            None => ScanAnswer::Unknown,
            Some(PaperCode::Parcel(batch, _)) if batch != self.batch => ScanAnswer::OtherBatch,
            Some(PaperCode::Parcel(_, employer)) => {
                let known = self.parcels().into_iter().find(|parcel| crate::text::key(&parcel.employer) == employer);
                known.cloned().map_or(ScanAnswer::Unknown, |parcel| self.begin(parcel))
            }
            Some(PaperCode::Card(serial)) => self.card(serial),
        }
    }

    fn begin(&mut self, parcel: ParcelName) -> ScanAnswer {
        if let Some(unfinished) = self.unfinished(&parcel) {
            return unfinished;
        }
        if self.parcel.as_ref() == Some(&parcel) || self.missing(&parcel).is_empty() {
            return ScanAnswer::Repeated;
        }
        let cards = self.cards_of(&parcel).count();
        self.parcel = Some(parcel.clone());
        ScanAnswer::Begun { parcel, cards }
    }

    /// Cards of the parcel in hand that are missing when another one is scanned.
    fn unfinished(&self, next: &ParcelName) -> Option<ScanAnswer> {
        let missing = self.missing(self.parcel.as_ref().filter(|parcel| *parcel != next)?);
        (!missing.is_empty()).then_some(ScanAnswer::Unfinished { missing })
    }

    fn card(&mut self, serial: String) -> ScanAnswer {
        let Some(card) = self.cards.get(&serial) else {
            let here = serial.strip_prefix(self.batch.as_str()).is_some_and(|rest| rest.starts_with('-'));
            return if here { ScanAnswer::Unknown } else { ScanAnswer::OtherBatch };
        };
        match card.packable {
            Packable::Yes => {}
            Packable::MustPull(reason) => return ScanAnswer::MustPull { reason },
            Packable::NotInPile => return ScanAnswer::NotInPile,
        }
        let parcel = card.parcel.clone();
        if self.packed.contains(&serial) {
            return ScanAnswer::Repeated;
        }
        let Some(parcel) = parcel else {
            self.packed.insert(serial);
            return ScanAnswer::Alone;
        };
        if self.unfinished(&parcel).is_some() {
            return ScanAnswer::OtherParcel { parcel };
        }
        self.packed.insert(serial);
        let is_complete = self.missing(&parcel).is_empty();
        let cards = self.cards_of(&parcel).count();
        self.parcel = Some(parcel.clone());
        if is_complete { ScanAnswer::Complete { parcel, cards } } else { ScanAnswer::Ok }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BATCH: &str = "B20261122-001";

    fn parcel(employer: &str) -> ParcelName {
        ParcelName { employer: employer.to_owned(), name: format!("事業所{employer}") }
    }

    /// 1 and 2 of 170, 3 of 260, 4 must be pulled, 5 is spoiled, 6 goes alone.
    fn packing() -> Packing {
        let batch = BatchNumber::parse(BATCH).unwrap();
        let card = |id: i64, parcel: Option<ParcelName>, packable| {
            (batch.serial(id.unsigned_abs() as usize), PileCard { id, parcel, packable })
        };
        let cards = [
            card(1, Some(parcel("170")), Packable::Yes),
            card(2, Some(parcel("170")), Packable::Yes),
            card(3, Some(parcel("260")), Packable::Yes),
            card(4, Some(parcel("170")), Packable::MustPull(GateReason::Closed)),
            card(5, Some(parcel("170")), Packable::NotInPile),
            card(6, None, Packable::Yes),
        ];
        Packing::new(batch.clone(), cards.into_iter().collect())
    }

    fn serial(place: u32) -> String {
        format!("{BATCH}-{place:04}")
    }

    #[test]
    fn b14_codes_are_read_in_any_width() {
        let batch = BatchNumber::parse(BATCH).unwrap();
        assert_eq!(PaperCode::parse("ｂ20261122-001-0042 "), Some(PaperCode::Card(serial(42))));
        let text = PaperCode::parcel(BATCH, "170");
        assert_eq!(PaperCode::parse(&text), Some(PaperCode::Parcel(batch, "170".to_owned())));
        assert_eq!(PaperCode::parse("B20261122-001"), None);
        assert_eq!(PaperCode::parse("4901234567894"), None);
    }

    #[test]
    fn b14_a_parcel_is_packed_scan_by_scan() {
        let mut it = packing();
        assert_eq!(it.scan(&PaperCode::parcel(BATCH, "170")), ScanAnswer::Begun { parcel: parcel("170"), cards: 2 });
        assert_eq!(it.scan(&serial(1)), ScanAnswer::Ok);
        assert_eq!(it.scan(&serial(1)), ScanAnswer::Repeated);
        assert_eq!(it.scan(&serial(3)), ScanAnswer::OtherParcel { parcel: parcel("260") });
        assert_eq!(it.scan(&serial(4)), ScanAnswer::MustPull { reason: GateReason::Closed });
        assert_eq!(it.scan(&serial(5)), ScanAnswer::NotInPile);
        assert_eq!(it.scan(&serial(6)), ScanAnswer::Alone);
        let unfinished = ScanAnswer::Unfinished { missing: vec![serial(2)] };
        assert_eq!(it.scan(&PaperCode::parcel(BATCH, "260")), unfinished);
        assert_eq!(it.scan(&serial(2)), ScanAnswer::Complete { parcel: parcel("170"), cards: 2 });
        assert_eq!(it.scan(&serial(3)), ScanAnswer::Complete { parcel: parcel("260"), cards: 1 });
    }

    #[test]
    fn b14_a_parcel_packed_before_is_known_after_a_break() {
        let mut it = packing();
        it.resume(&parcel("170"));
        assert!(it.missing(&parcel("170")).is_empty());
        assert_eq!(it.scan(&serial(1)), ScanAnswer::Repeated);
        assert_eq!(it.scan(&PaperCode::parcel(BATCH, "170")), ScanAnswer::Repeated);
        assert_eq!(it.scan(&serial(3)), ScanAnswer::Complete { parcel: parcel("260"), cards: 1 });
    }

    #[test]
    fn b14_what_is_not_of_the_batch_is_told_apart() {
        let mut it = packing();
        assert_eq!(it.scan("B20261122-002-0001"), ScanAnswer::OtherBatch);
        assert_eq!(it.scan("B20261122-002/170"), ScanAnswer::OtherBatch);
        assert_eq!(it.scan(&serial(99)), ScanAnswer::Unknown);
        assert_eq!(it.scan(&PaperCode::parcel(BATCH, "999")), ScanAnswer::Unknown);
    }

    proptest! {
        /// Whatever is scanned in whatever order, a parcel is complete when exactly its own cards were said to be right.
        #[test]
        fn b14_a_complete_parcel_has_its_own_cards_only(places in proptest::collection::vec(1u32..8, 0..40)) {
            let mut it = packing();
            let mut right = BTreeSet::new();
            for place in places {
                let answer = it.scan(&serial(place));
                if answer.is_right() {
                    prop_assert!(right.insert(place), "a card is packed once");
                }
                if let ScanAnswer::Complete { parcel, .. } = answer {
                    let own: &[u32] = if parcel.employer == "170" { &[1, 2] } else { &[3] };
                    prop_assert!(own.iter().all(|place| right.contains(place)));
                }
            }
            prop_assert!(right.iter().all(|place| [1, 2, 3, 6].contains(place)));
        }
    }
}
