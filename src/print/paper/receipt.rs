//! 受領書: the employer stamps it and sends it back (B9), with what could not be handed over (B15).

use super::context::PaperContext;
use super::listed::{ListedCard, listed};
use super::page_builder::{MARGIN, MEASURE, PageBuilder, area, foot};
use super::table::{FactTable, PaperTable};
use super::words::{self, LIST};
use crate::domain::UndeliveredReason;
use crate::domain::packing::PaperCode;
use crate::print::bundle::CardBundle;
use crate::print::fit::HorizontalAlign;
use crate::print::page::PageContent;
use crate::print::slot;
use crate::print::template::PaperPart;

/// What goes back where a card could not be handed over (B15): the reason is ticked.
const UNDELIVERED: PaperTable<'static> = PaperTable {
    columns: &[
        ("番号", 0.0, 10.0, HorizontalAlign::Right),
        ("記号-番号", 10.0, 24.0, HorizontalAlign::Left),
        ("氏名", 34.0, 54.0, HorizontalAlign::Left),
        ("はがき番号", 88.0, 18.0, HorizontalAlign::Left),
        ("お渡しできなかった理由", 106.0, 60.0, HorizontalAlign::Left),
    ],
    row: 8.0,
    size: 8.5,
};

/// Where that list begins on further pages, and where the receipt has no more room for it, mm.
const NEXT: f32 = 30.0;
const RETURN: f32 = 236.0;

/// The receipt of one bundle. The list stands on the receipt where it has room, else on pages of its own.
pub(super) fn pages(context: &PaperContext<'_>, bundle: &CardBundle<'_>) -> Vec<PageContent> {
    let rows: Vec<Vec<String>> = listed(bundle).into_iter().map(row).collect();
    let fits = LIST + (rows.len() + 1) as f32 * UNDELIVERED.row <= RETURN;
    let further: Vec<&[Vec<String>]> = match fits {
        true => Vec::new(),
        false => rows.chunks(UNDELIVERED.capacity(NEXT)).collect(),
    };
    let of = further.len() + 1;
    let footing = format!("受領書　{}　{}", context.run.shown(), bundle.route.code());
    let mut builder = PageBuilder::new(&context.layout.fonts);
    head(context, bundle, &mut builder);
    if fits {
        words::put(&mut builder, context.layout, PaperPart::ReceiptNote);
        UNDELIVERED.draw(&mut builder, LIST, &rows);
    } else {
        words::put(&mut builder, context.layout, PaperPart::ReceiptFurther);
    }
    return_address(context, &mut builder);
    foot(&mut builder, &footing, 1, of);
    let mut pages = vec![builder.finish()];
    for (rows, page) in further.into_iter().zip(2..) {
        let mut builder = PageBuilder::new(&context.layout.fonts);
        let title = "お渡しできなかった方の一覧(受領書とともにご返送ください)";
        builder.line(area(0.0, 18.0, MEASURE, 7.0), 11.0, HorizontalAlign::Left, title);
        UNDELIVERED.draw(&mut builder, NEXT, rows);
        foot(&mut builder, &footing, page, of);
        pages.push(builder.finish());
    }
    pages
}

fn row(card: ListedCard) -> Vec<String> {
    let place = card.serial.rsplit('-').next().unwrap_or_default().to_owned();
    let ticks: Vec<String> = UndeliveredReason::ALL.iter().map(|it| format!("□{}", reason(*it))).collect();
    vec![card.number, card.household, card.name, place, ticks.join(" ")]
}

/// As the employer ticks it.
fn reason(reason: UndeliveredReason) -> &'static str {
    match reason {
        UndeliveredReason::Left => "退職",
        UndeliveredReason::Transferred => "転籍",
        UndeliveredReason::OnLeave => "休職",
        UndeliveredReason::Refused => "受取拒否",
        UndeliveredReason::Unknown => "不明",
    }
}

fn head(context: &PaperContext<'_>, bundle: &CardBundle<'_>, builder: &mut PageBuilder<'_>) {
    builder.line(
        area(0.0, 18.0, MEASURE, 6.0),
        11.0,
        HorizontalAlign::Left,
        &format!("{}　御中", context.layout.sender.name),
    );
    let code = PaperCode::parcel(context.run.batch, bundle.route.code());
    builder.code(&area(MEASURE - 16.0, 16.0, 16.0, 16.0), &code);
    builder.line(area(0.0, 34.0, MEASURE, 10.0), 18.0, HorizontalAlign::Centre, "受 領 書");
    words::put(builder, context.layout, PaperPart::ReceiptStatement);
    facts(context, bundle, builder);
    stamp(builder);
}

fn facts(context: &PaperContext<'_>, bundle: &CardBundle<'_>, builder: &mut PageBuilder<'_>) {
    let route = bundle.route;
    let postcode = slot::postcode(route).map(|postcode| format!("〒{postcode} ")).unwrap_or_default();
    let rows = [
        ("送付の番号", context.run.batch.to_owned()),
        ("発送予定日", context.layout.dates.show(context.run.date)),
        ("事業所", format!("{} {}", bundle.route.code(), route.company)),
        ("所在地", format!("{postcode}{} {}", route.address1, route.address2)),
        ("はがきの枚数", format!("{}枚", bundle.cards.len())),
        ("はがき番号", format!("{}-{}", context.run.batch, bundle.places())),
    ];
    FactTable { top: 58.0, row: 8.5, size: 10.5 }.draw(builder, &rows);
}

/// Boxes for the date, the receiver, what could not be handed over, and the seal.
fn stamp(builder: &mut PageBuilder<'_>) {
    const TOP: f32 = 114.0;
    const ROW: f32 = 14.0;
    const SEAL: f32 = 40.0;
    let rows = ["受領日　　　令和　　　　年　　　　月　　　　日", "受領者", "お渡しできなかった枚数　　　　　　　　枚"];
    for (at, label) in rows.iter().enumerate() {
        let y = TOP + at as f32 * ROW;
        let cell = area(0.0, y, MEASURE - SEAL, ROW);
        builder.frame(&cell, 0.2);
        builder.line(area(4.0, y, MEASURE - SEAL - 8.0, ROW), 10.5, HorizontalAlign::Left, label);
    }
    let seal = area(MEASURE - SEAL, TOP, SEAL, 3.0 * ROW);
    builder.frame(&seal, 0.2);
    builder.line(area(MEASURE - SEAL, TOP + 2.0, SEAL, 6.0), 9.5, HorizontalAlign::Centre, "受領印");
}

/// Cut out or shown in a window envelope.
fn return_address(context: &PaperContext<'_>, builder: &mut PageBuilder<'_>) {
    builder.dashed(RETURN, MARGIN, MEASURE);
    builder.line(area(0.0, RETURN + 3.0, 60.0, 5.0), 8.5, HorizontalAlign::Left, "ご返送先");
    let sender = &context.layout.sender;
    let postcode = slot::hyphenated(&sender.postcode).unwrap_or_else(|| sender.postcode.clone());
    let text = format!("〒{postcode}\n{}\n{}　行\n電話 {}", sender.address, sender.name, sender.phone);
    builder.block(area(8.0, RETURN + 9.0, 110.0, 28.0), 12.0, &text);
}
