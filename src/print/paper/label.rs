//! 宛名ラベル: the addresses of parcels on sheets of twelve labels (2 × 6, 86.4 × 42.3 mm, as A-one and Kokuyo sell them).

use super::context::PaperContext;
use super::letter::contact;
use super::page_builder::{A4, PageBuilder};
use crate::domain::packing::PaperCode;
use crate::print::bundle::CardBundle;
use crate::print::fit::HorizontalAlign;
use crate::print::geometry::{Area, Size};
use crate::print::page::PageContent;
use crate::print::slot;

const LABEL: Size = Size { width: 86.4, height: 42.3 };
const ACROSS: usize = 2;
const DOWN: usize = 6;

/// As many sheets as the parcels need, in the order of the pile.
pub(super) fn pages(context: &PaperContext<'_>, parcels: &[&CardBundle<'_>]) -> Vec<PageContent> {
    let sheet = |parcels: &[&CardBundle<'_>]| {
        let mut builder = PageBuilder::new(&context.layout.fonts);
        for (at, parcel) in parcels.iter().enumerate() {
            label(context, parcel, &place(at), &mut builder);
        }
        builder.finish()
    };
    parcels.chunks(ACROSS * DOWN).map(sheet).collect()
}

/// The label with this number on its sheet, of the whole sheet in mm.
fn place(at: usize) -> Area {
    let left = (A4.width - ACROSS as f32 * LABEL.width) / 2.0;
    let top = (A4.height - DOWN as f32 * LABEL.height) / 2.0;
    let (column, row) = (at % ACROSS, at / ACROSS);
    let (x, y) = (left + column as f32 * LABEL.width, top + row as f32 * LABEL.height);
    Area { x, y, width: LABEL.width, height: LABEL.height }
}

fn label(context: &PaperContext<'_>, parcel: &CardBundle<'_>, place: &Area, builder: &mut PageBuilder<'_>) {
    let route = parcel.route;
    let within = |x: f32, y: f32, width: f32, height: f32| Area { x: place.x + x, y: place.y + y, width, height };
    let postcode = slot::postcode(route).map(|postcode| format!("〒{postcode}")).unwrap_or_default();
    builder.line(within(6.0, 4.0, 40.0, 5.0), 11.0, HorizontalAlign::Left, &postcode);
    let lines = [&route.address1, &route.address2, &route.company, &route.department];
    let lines: Vec<&str> = lines.iter().map(|line| line.as_str()).filter(|line| !line.trim().is_empty()).collect();
    builder.block(within(6.0, 9.5, 74.0, 20.0), 9.5, &lines.join("\n"));
    let receiver = format!("{}　様", contact(route));
    builder.line(within(6.0, 29.5, 62.0, 5.0), 10.0, HorizontalAlign::Left, &receiver);
    let what = format!("{}　{}　{}枚", context.run.batch, route.code(), parcel.cards.len());
    builder.line(within(6.0, 35.5, 62.0, 4.0), 7.0, HorizontalAlign::Left, &what);
    let code = PaperCode::parcel(context.run.batch, route.code());
    builder.code(&within(LABEL.width - 16.0, 27.5, 11.0, 11.0), &code);
}
