//! カスタマバーコード: 67 bars that the post office sorts by.

mod code;

use super::card::PrintedRoute;
use super::fit::HorizontalAlign;
use super::geometry::{Area, Size};
use super::page::Shape;
use crate::domain::postal::{AddressCheck, PostalTables};
use code::{BARS, Bar};
use std::sync::{Arc, Mutex, PoisonError};

/// Kept white around the bars, mm.
pub(super) const QUIET: f32 = 2.0;

/// From the bars to every edge of the card at least, mm.
pub(super) const EDGE: f32 = 10.0;

/// Lengths at 10 pt, mm.
const LONG: f32 = 3.6;
const THIRD: f32 = 1.2;
const PITCH: f32 = 1.2;
const WIDTH: f32 = 0.6;

/// The surface of the bars alone at a size in pt, mm.
pub(super) fn extent(size: f32) -> Size {
    let scale = size / 10.0;
    Size { width: ((BARS - 1) as f32 * PITCH + WIDTH) * scale, height: LONG * scale }
}

/// Where the bars stand in a field that holds their quiet zones too.
pub(super) fn place(field: &Area, size: f32, across: HorizontalAlign) -> Area {
    let Size { width, height } = extent(size);
    let x = match across {
        HorizontalAlign::Left => field.x + QUIET,
        HorizontalAlign::Centre => field.x + (field.width - width) / 2.0,
        HorizontalAlign::Right => field.right() - QUIET - width,
    };
    Area { x, y: field.y + (field.height - height) / 2.0, width, height }
}

/// What the tables of the post office say of a route. Cards to one employer follow one another, so that the last answer
/// is mostly the next.
#[derive(Debug, Clone, Default)]
pub(super) struct RouteCheck(Arc<Mutex<Option<(PrintedRoute, AddressCheck)>>>);

impl RouteCheck {
    pub(super) fn of(&self, route: &PrintedRoute) -> AddressCheck {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, check)) = last.as_ref().filter(|(known, _)| known == route) {
            return check.clone();
        }
        let postcode = route.postcode.as_deref().unwrap_or_default();
        let check = PostalTables::embedded().check(postcode, &format!("{} {}", route.address1, route.address2));
        *last = Some((route.clone(), check.clone()));
        check
    }
}

/// The bars of a route in its field; none where postcode and address have none.
pub(super) fn shapes(check: &AddressCheck, field: &Area, size: f32, across: HorizontalAlign) -> Vec<Shape> {
    let data = check.barcode.as_deref().and_then(|data| data.split_at_checked(7));
    let bars = data.and_then(|(postcode, address)| code::bars(postcode, address));
    let place = place(field, size, across);
    let scale = size / 10.0;
    bars.unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(at, bar)| {
            let (from, to) = match bar {
                Bar::Full => (0.0, LONG),
                Bar::Ascending => (0.0, 2.0 * THIRD),
                Bar::Descending => (THIRD, LONG),
                Bar::Timing => (THIRD, 2.0 * THIRD),
            };
            let (x, y) = (place.x + at as f32 * PITCH * scale, place.y + from * scale);
            Shape::Fill { area: Area { x, y, width: WIDTH * scale, height: (to - from) * scale }, grey: 0.0 }
        })
        .collect()
}

#[cfg(test)]
mod tests;
