//! 受領書: the employer stamps it and sends it back (B9).

use super::Desk;
use super::sheet::{MARGIN, MEASURE, Sheet, area};
use crate::print::fit::Across;
use crate::print::order::Bundle;
use crate::print::page::Page;
use crate::print::slot;

/// One page.
pub(super) fn page(desk: &Desk<'_>, bundle: &Bundle<'_>) -> Page {
    let mut sheet = Sheet::new(desk.fonts);
    sheet.line(area(0.0, 20.0, MEASURE, 6.0), 11.0, Across::Left, &format!("{}　御中", desk.sender.name));
    sheet.line(area(0.0, 38.0, MEASURE, 10.0), 18.0, Across::Centre, "受 領 書");
    let statement = "親展はがきを、下記のとおり受領しました。";
    sheet.line(area(0.0, 56.0, MEASURE, 6.0), 10.5, Across::Left, statement);
    facts(desk, bundle, &mut sheet);
    stamp(&mut sheet);
    let note = "お渡しできなかったはがきは、開封せずに、この受領書とともにご返送ください。";
    sheet.line(area(0.0, 197.0, MEASURE, 5.0), 9.0, Across::Left, note);
    return_address(desk, &mut sheet);
    let footing = format!("受領書　{}　{}", desk.run.batch, bundle.route.code());
    sheet.line(area(0.0, 282.0, MEASURE, 5.0), 7.5, Across::Left, &footing);
    sheet.page()
}

fn facts(desk: &Desk<'_>, bundle: &Bundle<'_>, sheet: &mut Sheet<'_>) {
    let route = bundle.route;
    let postcode = slot::postcode(route).map(|postcode| format!("〒{postcode} ")).unwrap_or_default();
    let first = bundle.cards.first().map_or("", |card| card.serial.as_str());
    let last = bundle.cards.last().map_or("", |card| card.serial.as_str());
    let rows = [
        ("送付の番号", desk.run.batch.to_owned()),
        ("送付日", desk.dates.show(desk.run.date)),
        ("事業所", format!("{} {}", bundle.route.code(), route.company)),
        ("所在地", format!("{postcode}{} {}", route.address1, route.address2)),
        ("はがきの枚数", format!("{}枚", bundle.cards.len())),
        ("はがき番号", if first == last { first.to_owned() } else { format!("{first} から {last} まで") }),
    ];
    const ROW: f32 = 9.0;
    for (at, (label, value)) in rows.iter().enumerate() {
        let y = 66.0 + at as f32 * ROW;
        sheet.rule(y, MARGIN, MEASURE, if at == 0 { 0.3 } else { 0.1 });
        sheet.line(area(2.0, y, 32.0, ROW), 9.5, Across::Left, label);
        sheet.line(area(36.0, y, MEASURE - 38.0, ROW), 10.5, Across::Left, value);
    }
    sheet.rule(66.0 + rows.len() as f32 * ROW, MARGIN, MEASURE, 0.3);
}

/// Boxes for the date, the receiver, what could not be handed over, and the seal.
fn stamp(sheet: &mut Sheet<'_>) {
    const TOP: f32 = 132.0;
    const SEAL: f32 = 40.0;
    let rows = ["受領日　　　令和　　　　年　　　　月　　　　日", "受領者", "お渡しできなかった枚数　　　　　　　　枚"];
    for (at, label) in rows.iter().enumerate() {
        let y = TOP + at as f32 * 18.0;
        let cell = area(0.0, y, MEASURE - SEAL, 18.0);
        sheet.frame(&cell, 0.2);
        sheet.line(area(4.0, y, MEASURE - SEAL - 8.0, 18.0), 10.5, Across::Left, label);
    }
    let encrypt = area(MEASURE - SEAL, TOP, SEAL, 54.0);
    sheet.frame(&encrypt, 0.2);
    sheet.line(area(MEASURE - SEAL, TOP + 2.0, SEAL, 6.0), 9.5, Across::Centre, "受領印");
}

/// Cut out or shown in a window envelope.
fn return_address(desk: &Desk<'_>, sheet: &mut Sheet<'_>) {
    const TOP: f32 = 214.0;
    sheet.dashed(TOP - 6.0, MARGIN, MEASURE);
    sheet.line(area(0.0, TOP, 60.0, 5.0), 8.5, Across::Left, "ご返送先");
    let sender = desk.sender;
    let postcode = slot::hyphenated(&sender.postcode).unwrap_or_else(|| sender.postcode.clone());
    let text = format!("〒{postcode}\n{}\n{}　行\n電話 {}", sender.address, sender.name, sender.phone);
    sheet.block(area(8.0, TOP + 8.0, 110.0, 32.0), 12.0, &text);
}
