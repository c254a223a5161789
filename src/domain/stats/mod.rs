//! Figures of a month or a fiscal year for the 理事会: what they are, and how small ones are kept from naming a person.

mod disclosure;
mod figure;
mod period;

pub use disclosure::{FigureValue, disclosed, nearest_rank};
pub use figure::{Figure, FigurePart};
pub use period::{PeriodLength, PeriodState, StatsPeriod};
