//! カスタマバーコード.

use super::card::Route;
use super::geometry::Area;
use super::page::Mark;

/// The bars of a route in its field; none without a usable postcode.
pub(super) fn marks(_route: &Route, _area: &Area, _size: f32) -> Vec<Mark> {
    Vec::new()
}
