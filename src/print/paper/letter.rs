//! 送付状: the list of the cards in a parcel, and what the employer does with them (B9). The employer keeps it; what goes
//! back is the receipt.

use super::context::PaperContext;
use super::listed::listed;
use super::page_builder::{MEASURE, PageBuilder, area, foot};
use super::table::PaperTable;
use super::words;
use crate::domain::packing::PaperCode;
use crate::print::bundle::CardBundle;
use crate::print::card::PrintedRoute;
use crate::print::fit::HorizontalAlign;
use crate::print::page::PageContent;
use crate::print::slot;
use crate::print::template::PaperPart;

const TABLE: PaperTable<'static> = PaperTable {
    columns: &[
        ("番号", 0.0, 12.0, HorizontalAlign::Right),
        ("記号-番号", 13.0, 30.0, HorizontalAlign::Left),
        ("氏名", 43.0, 79.0, HorizontalAlign::Left),
        ("はがき番号", 122.0, 44.0, HorizontalAlign::Left),
    ],
    row: 9.0,
    size: 9.5,
};

/// Where the list begins on the first page and on the others, mm.
const FIRST: f32 = 170.0;
const NEXT: f32 = 30.0;

/// As many pages as the list needs. It does not say which kind a card is.
pub(super) fn pages(context: &PaperContext<'_>, bundle: &CardBundle<'_>) -> Vec<PageContent> {
    let rows: Vec<Vec<String>> =
        listed(bundle).into_iter().map(|card| vec![card.number, card.household, card.name, card.serial]).collect();
    let (first, rest) = rows.split_at(rows.len().min(TABLE.capacity(FIRST)));
    let rest: Vec<&[Vec<String>]> = rest.chunks(TABLE.capacity(NEXT)).collect();
    let of = rest.len() + 1;
    let footing = format!("送付状　{}　{} {}", context.run.shown(), bundle.route.code(), bundle.route.company);
    let mut pages = Vec::with_capacity(of);
    let mut builder = PageBuilder::new(&context.layout.fonts);
    head(context, bundle, &mut builder);
    TABLE.draw(&mut builder, FIRST, first);
    foot(&mut builder, &footing, 1, of);
    pages.push(builder.finish());
    for (rows, page) in rest.into_iter().zip(2..) {
        let mut builder = PageBuilder::new(&context.layout.fonts);
        builder.line(area(0.0, 20.0, MEASURE, 7.0), 10.0, HorizontalAlign::Left, "送付するはがきの一覧(続き)");
        TABLE.draw(&mut builder, NEXT, rows);
        foot(&mut builder, &footing, page, of);
        pages.push(builder.finish());
    }
    pages
}

fn head(context: &PaperContext<'_>, bundle: &CardBundle<'_>, builder: &mut PageBuilder<'_>) {
    builder.line(
        area(MEASURE - 60.0, 17.0, 60.0, 5.0),
        10.0,
        HorizontalAlign::Right,
        &context.layout.dates.show(context.run.date),
    );
    builder.line(area(MEASURE - 60.0, 22.5, 60.0, 4.0), 8.0, HorizontalAlign::Right, context.run.batch);
    let code = PaperCode::parcel(context.run.batch, bundle.route.code());
    builder.code(&area(MEASURE - 14.0, 28.0, 14.0, 14.0), &code);
    addressee(bundle, builder);
    sender(context, builder, 64.0);
    for part in [PaperPart::LetterTitle, PaperPart::LetterGreeting, PaperPart::LetterRequests] {
        words::put(builder, context.layout, part);
    }
    let count = format!("送付するはがき　{}枚", bundle.cards.len());
    builder.line(area(0.0, 161.0, MEASURE, 6.0), 11.0, HorizontalAlign::Left, &count);
}

fn addressee(bundle: &CardBundle<'_>, builder: &mut PageBuilder<'_>) {
    let route = bundle.route;
    let postcode = slot::postcode(route).map(|postcode| format!("〒{postcode}")).unwrap_or_default();
    let contact = format!("{}　様", contact(route));
    let lines = [&postcode, &route.address1, &route.address2, &route.company, &route.department, &contact];
    builder.block(area(0.0, 30.0, 86.0, 40.0), 10.5, &lines.map(String::as_str).join("\n"));
}

/// Who receives the parcel: `健康保険事務ご担当　鈴木`, or without a name `健康保険事務ご担当者`.
pub(super) fn contact(route: &PrintedRoute) -> String {
    match route.contact.trim().trim_end_matches(['様', '　', ' ']) {
        "" | "担当" | "ご担当" | "御担当" | "担当者" | "ご担当者" | "御担当者" => {
            "健康保険事務ご担当者".to_owned()
        }
        name => format!("健康保険事務ご担当　{name}"),
    }
}

/// The society as sender, right.
pub(super) fn sender(context: &PaperContext<'_>, builder: &mut PageBuilder<'_>, y: f32) {
    let sender = &context.layout.sender;
    let postcode = slot::hyphenated(&sender.postcode).unwrap_or_else(|| sender.postcode.clone());
    let text = format!("{}\n〒{postcode}\n{}\n電話 {}", sender.name, sender.address, sender.phone);
    builder.block(area(MEASURE - 72.0, y, 72.0, 25.0), 9.5, &text);
}
