//! 仕切り紙: a slip before the cards of each parcel in the pile, two on a page to be cut.

use super::context::PaperContext;
use super::page_builder::{A4, MARGIN, MEASURE, PageBuilder, area};
use crate::domain::packing::PaperCode;
use crate::print::bundle::CardBundle;
use crate::print::fit::HorizontalAlign;
use crate::print::page::PageContent;

/// A slip is half a page: the size of a card before it is folded.
const SLIP: f32 = A4.height / 2.0;

/// Half as many pages as parcels.
pub(super) fn pages(context: &PaperContext<'_>, parcels: &[&CardBundle<'_>]) -> Vec<PageContent> {
    let numbered: Vec<(usize, &&CardBundle<'_>)> = (1..).zip(parcels).collect();
    let page = |slips: &[(usize, &&CardBundle<'_>)]| {
        let mut builder = PageBuilder::new(&context.layout.fonts);
        for (at, (number, parcel)) in slips.iter().enumerate() {
            slip(context, parcel, (*number, parcels.len()), at as f32 * SLIP, &mut builder);
        }
        builder.dashed(SLIP, 0.0, A4.width);
        builder.finish()
    };
    numbered.chunks(2).map(page).collect()
}

fn slip(
    context: &PaperContext<'_>,
    parcel: &CardBundle<'_>,
    (number, of): (usize, usize),
    top: f32,
    builder: &mut PageBuilder<'_>,
) {
    let route = parcel.route;
    let line = |y: f32, height: f32| area(0.0, top + y, MEASURE - 34.0, height);
    builder.line(line(18.0, 6.0), 11.0, HorizontalAlign::Left, &format!("仕切り紙　{number} / {of}"));
    builder.line(line(30.0, 20.0), 44.0, HorizontalAlign::Left, route.code());
    let code = PaperCode::parcel(context.run.batch, route.code());
    builder.code(&area(MEASURE - 30.0, top + 20.0, 30.0, 30.0), &code);
    builder.cell(area(0.0, top + 54.0, MEASURE, 18.0), 20.0, HorizontalAlign::Left, &route.company);
    builder.rule(top + 75.0, MARGIN, MEASURE, 0.3);
    let count = format!("このあとの {}枚", parcel.cards.len());
    builder.line(area(0.0, top + 79.0, MEASURE, 12.0), 26.0, HorizontalAlign::Left, &count);
    let serials = format!("はがき番号　{}", parcel.places());
    builder.cell(area(0.0, top + 94.0, MEASURE, 14.0), 13.0, HorizontalAlign::Left, &serials);
    builder.line(area(0.0, top + 132.0, MEASURE, 5.0), 8.0, HorizontalAlign::Left, &context.run.shown());
}
