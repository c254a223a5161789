//! 料金表示: the mark of how postage is paid, in the place of a stamp.

use super::fit::{Flow, HorizontalAlign, TextStyle, VerticalAlign, fit};
use super::font::{Fonts, Weight};
use super::geometry::Area;
use super::page::{Shape, frame};
use crate::domain::coded;

coded! {
    /// How the postage of cards is paid (`print.postage`).
    #[derive(Default)]
    pub enum Postage {
        /// With stamps, or the cards go in parcels: no mark.
        #[default]
        None = "none",
        /// 料金後納郵便: paid for a month together.
        Deferred = "deferred",
        /// 料金別納郵便: paid for a posting together.
        Separate = "separate",
    }
}

/// The mark of a posting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostageMark {
    /// How it is paid.
    pub postage: Postage,
    /// 差出局, such as 浅草局; may be left out where the sender is on the card.
    pub office: String,
    /// 1通の料金: postage of one card, yen.
    pub yen: u32,
}

impl PostageMark {
    /// A square with the post office above and the way of payment in the middle; empty without a mark. `None` if the
    /// name of the office does not fit.
    pub(super) fn shapes(&self, area: &Area, fonts: &Fonts) -> Option<Vec<Shape>> {
        let words = match self.postage {
            Postage::None => return Some(Vec::new()),
            Postage::Deferred => "料金後納\n郵便",
            Postage::Separate => "料金別納\n郵便",
        };
        let mut shapes = frame(area, 0.3);
        let third = area.height / 3.0;
        let office = Area { y: area.y + 1.0, height: third - 1.0, ..area.grown(-1.0) };
        let middle = Area { y: area.y + third, height: third * 1.4, ..area.grown(-1.0) };
        for (text, place, largest, weight) in
            [(self.office.as_str(), office, 10.0, Weight::Regular), (words, middle, 12.0, Weight::Bold)]
        {
            let style = TextStyle {
                largest,
                smallest: 7.0,
                flow: Flow::Lines(1),
                leading: 1.2,
                across: HorizontalAlign::Centre,
                down: VerticalAlign::Middle,
                weight,
            };
            let lines = text.lines().filter(|line| !line.is_empty());
            let lines: Option<Vec<_>> = lines.map(|line| fonts.resolve_in(line, weight).ok()).collect();
            shapes.extend(fit(&lines?, &place, &style)?.into_iter().map(Shape::Text));
        }
        Some(shapes)
    }
}
