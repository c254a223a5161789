//! The parcels for the software of carriers: CP932 with CRLF, as it reads nothing else.
//!
//! ヤマト B2クラウド takes the first columns of its own basic layout, which has 95. ゆうプリR and others are told once which
//! column of a file with headings is which.

use super::context::PaperContext;
use super::letter::contact;
use crate::print::bundle::CardBundle;
use crate::print::slot;
use chrono::NaiveDate;
use std::io;

/// What a waybill says is in the parcel: no health data, and nothing worth a thief's while.
const CONTENTS: &str = "書類";
/// 発払い
const PREPAID: &str = "0";
const B2_COLUMNS: usize = 95;

/// Columns of the basic layout by their numbers, from 1, with their headings.
const B2: &[(usize, &str)] = &[
    (1, "お客様管理番号"),
    (2, "送り状種類"),
    (5, "出荷予定日"),
    (9, "お届け先電話番号"),
    (11, "お届け先郵便番号"),
    (12, "お届け先住所"),
    (13, "お届け先アパートマンション名"),
    (14, "お届け先会社・部門１"),
    (15, "お届け先会社・部門２"),
    (16, "お届け先名"),
    (18, "敬称"),
    (20, "ご依頼主電話番号"),
    (22, "ご依頼主郵便番号"),
    (23, "ご依頼主住所"),
    (25, "ご依頼主名"),
    (28, "品名１"),
    (33, "記事"),
];

const PLAIN: &[&str] = &[
    "お客様管理番号",
    "発送予定日",
    "お届け先電話番号",
    "お届け先郵便番号",
    "お届け先住所１",
    "お届け先住所２",
    "お届け先会社名",
    "お届け先部署名",
    "お届け先氏名",
    "敬称",
    "品名",
    "はがきの枚数",
];

/// A parcel with the phone number of its employer.
pub(super) struct AddressedParcel<'a> {
    pub(super) bundle: &'a CardBundle<'a>,
    /// With or without hyphens; may be empty.
    pub(super) phone: String,
}

impl AddressedParcel<'_> {
    /// Phone, postcode, both lines of the address, firm, department, name and its title, as both files have them.
    fn receiver(&self) -> [String; 8] {
        let route = self.bundle.route;
        [
            self.phone.clone(),
            slot::postcode(route).unwrap_or_default(),
            route.address1.clone(),
            route.address2.clone(),
            route.company.clone(),
            route.department.clone(),
            contact(route),
            "様".to_owned(),
        ]
    }
}

/// For ヤマト B2クラウド: a line a parcel.
pub(super) fn b2(context: &PaperContext<'_>, parcels: &[AddressedParcel<'_>]) -> io::Result<Vec<u8>> {
    let headings = B2.iter().map(|(column, heading)| (*column, (*heading).to_owned()));
    let (sender, run) = (&context.layout.sender, context.run);
    let lines = parcels.iter().map(|parcel| {
        let route = parcel.bundle.route;
        let [phone, postcode, address1, address2, company, department, name, title] = parcel.receiver();
        let values = [
            own_number(run.batch, route.code()),
            PREPAID.to_owned(),
            day(run.date),
            phone,
            postcode,
            address1,
            address2,
            company,
            department,
            name,
            title,
            sender.phone.clone(),
            slot::hyphenated(&sender.postcode).unwrap_or_else(|| sender.postcode.clone()),
            sender.address.clone(),
            sender.name.clone(),
            CONTENTS.to_owned(),
            format!("{}枚", parcel.bundle.cards.len()),
        ];
        B2.iter().map(|(column, _)| *column).zip(values).collect::<Vec<_>>()
    });
    let spread = |cells: Vec<(usize, String)>| {
        let mut line = vec![String::new(); B2_COLUMNS];
        for (column, value) in cells {
            line[column - 1] = value;
        }
        line
    };
    csv(std::iter::once(headings.collect()).chain(lines).map(spread))
}

/// For ゆうプリR and others: a line a parcel under headings of its own.
pub(super) fn plain(context: &PaperContext<'_>, parcels: &[AddressedParcel<'_>]) -> io::Result<Vec<u8>> {
    let headings = PLAIN.iter().map(|heading| (*heading).to_owned()).collect();
    let lines = parcels.iter().map(|parcel| {
        let number = own_number(context.run.batch, parcel.bundle.route.code());
        let mut line = vec![number, day(context.run.date)];
        line.extend(parcel.receiver());
        line.extend([CONTENTS.to_owned(), parcel.bundle.cards.len().to_string()]);
        line
    });
    csv(std::iter::once(headings).chain(lines))
}

/// By which the carrier's answer names the parcel; carriers take letters and digits of half width only.
fn own_number(batch: &str, employer: &str) -> String {
    let employer: String = employer.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{batch}-{employer}").trim_end_matches('-').to_owned()
}

fn day(date: NaiveDate) -> String {
    date.format("%Y/%m/%d").to_string()
}

fn csv(lines: impl Iterator<Item = Vec<String>>) -> io::Result<Vec<u8>> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for line in lines {
        out.write_record(line.iter().map(|value| cp932(&harmless(value))))?;
    }
    out.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// What a spreadsheet would run as a formula begins with the same character in full width.
fn harmless(value: &str) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c);
    match value.chars().next() {
        Some(first @ ('=' | '+' | '-' | '@')) => format!("{}{}", wide(first), &value[first.len_utf8()..]),
        _ => value.to_owned(),
    }
}

/// With 〓 for what CP932 lacks: the label sheet and the letter have it right.
fn cp932(value: &str) -> Vec<u8> {
    let each = |c: char| {
        let mut buffer = [0; 4];
        let (bytes, _, lacks) = encoding_rs::SHIFT_JIS.encode(c.encode_utf8(&mut buffer));
        if lacks { encoding_rs::SHIFT_JIS.encode("〓").0.into_owned() } else { bytes.into_owned() }
    };
    value.chars().flat_map(each).collect()
}
