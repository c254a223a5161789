//! 受領書: the employer stamps it and sends it back (B9).

use super::context::PaperContext;
use super::page_builder::{MARGIN, MEASURE, PageBuilder, area};
use crate::domain::packing::PaperCode;
use crate::print::bundle::CardBundle;
use crate::print::fit::HorizontalAlign;
use crate::print::page::PageContent;
use crate::print::slot;

/// The receipt of one bundle, one page.
pub(super) fn page(context: &PaperContext<'_>, bundle: &CardBundle<'_>) -> PageContent {
    let mut builder = PageBuilder::new(context.fonts);
    builder.line(area(0.0, 20.0, MEASURE, 6.0), 11.0, HorizontalAlign::Left, &format!("{}　御中", context.sender.name));
    let code = PaperCode::parcel(context.run.batch, bundle.route.code());
    builder.code(&area(MEASURE - 16.0, 18.0, 16.0, 16.0), &code);
    builder.line(area(0.0, 38.0, MEASURE, 10.0), 18.0, HorizontalAlign::Centre, "受 領 書");
    let statement = "親展はがきを、下記のとおり受領しました。";
    builder.line(area(0.0, 56.0, MEASURE, 6.0), 10.5, HorizontalAlign::Left, statement);
    facts(context, bundle, &mut builder);
    stamp(&mut builder);
    let note = "お渡しできなかったはがきは、開封せずに、この受領書とともにご返送ください。";
    builder.line(area(0.0, 197.0, MEASURE, 5.0), 9.0, HorizontalAlign::Left, note);
    return_address(context, &mut builder);
    let footing = format!("受領書　{}　{}", context.run.shown(), bundle.route.code());
    builder.line(area(0.0, 282.0, MEASURE, 5.0), 7.5, HorizontalAlign::Left, &footing);
    builder.finish()
}

fn facts(context: &PaperContext<'_>, bundle: &CardBundle<'_>, builder: &mut PageBuilder<'_>) {
    let route = bundle.route;
    let postcode = slot::postcode(route).map(|postcode| format!("〒{postcode} ")).unwrap_or_default();
    let rows = [
        ("送付の番号", context.run.batch.to_owned()),
        ("発送予定日", context.dates.show(context.run.date)),
        ("事業所", format!("{} {}", bundle.route.code(), route.company)),
        ("所在地", format!("{postcode}{} {}", route.address1, route.address2)),
        ("はがきの枚数", format!("{}枚", bundle.cards.len())),
        ("はがき番号", format!("{}-{}", context.run.batch, bundle.places())),
    ];
    const ROW: f32 = 9.0;
    for (at, (label, value)) in rows.iter().enumerate() {
        let y = 66.0 + at as f32 * ROW;
        builder.rule(y, MARGIN, MEASURE, if at == 0 { 0.3 } else { 0.1 });
        builder.line(area(2.0, y, 32.0, ROW), 9.5, HorizontalAlign::Left, label);
        builder.line(area(36.0, y, MEASURE - 38.0, ROW), 10.5, HorizontalAlign::Left, value);
    }
    builder.rule(66.0 + rows.len() as f32 * ROW, MARGIN, MEASURE, 0.3);
}

/// Boxes for the date, the receiver, what could not be handed over, and the seal.
fn stamp(builder: &mut PageBuilder<'_>) {
    const TOP: f32 = 132.0;
    const SEAL: f32 = 40.0;
    let rows = ["受領日　　　令和　　　　年　　　　月　　　　日", "受領者", "お渡しできなかった枚数　　　　　　　　枚"];
    for (at, label) in rows.iter().enumerate() {
        let y = TOP + at as f32 * 18.0;
        let cell = area(0.0, y, MEASURE - SEAL, 18.0);
        builder.frame(&cell, 0.2);
        builder.line(area(4.0, y, MEASURE - SEAL - 8.0, 18.0), 10.5, HorizontalAlign::Left, label);
    }
    let seal = area(MEASURE - SEAL, TOP, SEAL, 54.0);
    builder.frame(&seal, 0.2);
    builder.line(area(MEASURE - SEAL, TOP + 2.0, SEAL, 6.0), 9.5, HorizontalAlign::Centre, "受領印");
}

/// Cut out or shown in a window envelope.
fn return_address(context: &PaperContext<'_>, builder: &mut PageBuilder<'_>) {
    const TOP: f32 = 214.0;
    builder.dashed(TOP - 6.0, MARGIN, MEASURE);
    builder.line(area(0.0, TOP, 60.0, 5.0), 8.5, HorizontalAlign::Left, "ご返送先");
    let sender = context.sender;
    let postcode = slot::hyphenated(&sender.postcode).unwrap_or_else(|| sender.postcode.clone());
    let text = format!("〒{postcode}\n{}\n{}　行\n電話 {}", sender.address, sender.name, sender.phone);
    builder.block(area(8.0, TOP + 8.0, 110.0, 32.0), 12.0, &text);
}
