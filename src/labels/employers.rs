//! 事業所: the list, and the record of one.

use super::texts::{plural, texts};
use super::{Lang, addresses, calls, codes};
use crate::usecases::employers::{EmployerCounts, EmployerOrder, EmployerView};

texts! {
    /// The page of employers.
    pub struct Employers {
        title = "事業所" | "Employers";
        none = "事業所がまだありません" | "There is no employer yet";
        none_next = "6 取込 で事業所のファイルを取り込みます" | "6 Import takes the file of employers in";
        code = "記号" | "Code";
        name = "名称" | "Name";
        contact = "担当者" | "Contact";
        phone = "電話" | "Phone";
        waiting = "未発送" | "Unsent";
        last = "最終発送" | "Last sent";
        attention = "気をつけること" | "Attention";
        open_next = "Enter で記録を開きます" | "Enter opens the record";
        may_hear = "担当者にお答えできること" | "What the contact may hear";
        not_for_contact = "担当者にはお答えしないこと" | "Not for the contact";
        address = "代表住所" | "Address";
        address_waits = "住所の確認待ち" | "address to confirm";
        address_plain = "住所の変更はありません" | "no change of address";
        members(insured: i64, dependants: i64) =
            "加入者 被保険者 {insured}人、被扶養者 {dependants}人"
            | "Members: {insured} insured, {dependants} {}", plural(dependants, "dependant", "dependants");
        cards(waiting: i64, held: i64) = "未発送のはがき {waiting}枚、保留 {held}枚" | "Cards not sent: {waiting}, held: {held}";
        calls = "担当者との電話" | "Calls of the contact";
        no_calls = "電話の記録はありません" | "no call is on record";
        withdrawn(day: &str) = "{day} 全喪" | "withdrawn on {day}";
        to_come_back(cards: i64) = "返送待ち{cards}" | "{cards} to come back";
        receipts_open(count: i64) = "受領書未着{count}" | "{count} {} open", plural(count, "receipt", "receipts");
        sorted: EmployerOrder = {
            EmployerOrder::Code => "記号の順" | "by code",
            EmployerOrder::Kana => "カナの順" | "by kana",
            EmployerOrder::Attention => "気をつけることのある順" | "by what wants attention",
            EmployerOrder::LastSent => "最後に発送した順" | "by the latest parcel",
        };
    }
}

/// What is to be seen to with an employer, in a few words.
pub fn attention(lang: Lang, row: &EmployerCounts) -> String {
    let words = &lang.labels().employers;
    let withdrawn = row.employer.record.withdrawn_on.map(|day| words.withdrawn(&day.to_string()));
    let address = (row.changed_addresses > 0).then(|| words.address_waits.to_owned());
    let back = (row.expected_back > 0).then(|| words.to_come_back(row.expected_back));
    let receipts = (row.open_receipts > 0).then(|| words.receipts_open(row.open_receipts));
    [withdrawn, address, back, receipts].into_iter().flatten().collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// One employer on a line.
pub fn line(lang: Lang, row: &EmployerCounts) -> String {
    let record = &row.employer.record;
    let last = row.last_sent_on.map(|day| day.to_string()).unwrap_or_default();
    let text = [&record.code_shown, &record.name, &record.contact, &record.phone, &last, &attention(lang, row)];
    text.map(String::as_str).join("  ").trim_end().to_owned()
}

/// What only staff see of an employer: changes of the address, and calls.
pub fn for_staff(lang: Lang, view: &EmployerView) -> Vec<String> {
    let words = &lang.labels().employers;
    let totals = &view.totals;
    let mut lines = vec![words.members(totals.insured, totals.dependants), words.cards(totals.waiting, totals.held)];
    lines.push(words.address.to_owned());
    lines.extend(
        view.addresses
            .iter()
            .flat_map(|change| addresses::change(lang, change).lines().map(str::to_owned).collect::<Vec<_>>()),
    );
    if view.addresses.is_empty() {
        lines.push(format!("  {}", words.address_plain));
    }
    lines.push(words.calls.to_owned());
    lines.extend(view.calls.iter().flat_map(|call| calls::contact_call(lang, call)));
    if view.calls.is_empty() {
        lines.push(format!("  {}", words.no_calls));
    }
    lines
}

/// What the contact may hear: the parcels with their dates, and the cards to be sent back.
pub fn for_contact(lang: Lang, view: &EmployerView) -> Vec<String> {
    let words = &lang.labels().call;
    let mut lines = Vec::new();
    for bundle in &view.contact.bundles {
        let day = bundle.dispatched_on.map(|day| day.to_string()).unwrap_or_default();
        let receipt = match bundle.receipt_on {
            Some(day) => words.receipt_back(&day.to_string()),
            None => words.receipt_none.to_owned(),
        };
        lines.push(words.bundle(&bundle.batch.to_string(), &day, bundle.cards));
        let tracking = (!bundle.tracking.is_empty()).then(|| words.tracking(&bundle.tracking));
        lines.push(format!("  {}", [Some(receipt), tracking].into_iter().flatten().collect::<Vec<_>>().join("  ")));
        lines.push(format!("  {}", bundle.serials.join("  ")));
    }
    if lines.is_empty() {
        lines.push(words.no_bundle.to_owned());
    }
    lines.extend(view.contact.to_return.iter().map(|card| {
        let reason = codes::undelivered(lang, card.reason);
        format!("{}  {reason}", words.to_return(&card.serial, &card.noted_on.to_string()))
    }));
    lines
}
