//! The batch on paper, for the society's own file: employers, counts, and the files with their digests.

use super::Desk;
use super::sheet::{MEASURE, Sheet, Table, area, foot};
use crate::domain::CardKind;
use crate::print::fit::Across;
use crate::print::order::Bundle;
use crate::print::page::Page;
use crate::print::slot;
use crate::print::staging::WrittenFile;

const EMPLOYERS: Table<'static> = Table {
    columns: &[
        ("番号", 0.0, 12.0, Across::Right),
        ("〒", 13.0, 22.0, Across::Left),
        ("記号", 35.0, 18.0, Across::Left),
        ("事業所", 53.0, 57.0, Across::Left),
        ("枚数", 110.0, 14.0, Across::Right),
        ("はがき番号", 126.0, 40.0, Across::Left),
    ],
    row: 6.5,
    size: 9.0,
};

const FILES: Table<'static> = Table {
    columns: &[
        ("ファイル", 0.0, 44.0, Across::Left),
        ("ページ", 44.0, 16.0, Across::Right),
        ("SHA-256", 62.0, 104.0, Across::Left),
    ],
    row: 6.5,
    size: 8.0,
};

/// Where tables begin on the first page and on the others, mm.
const FIRST: f32 = 74.0;
const NEXT: f32 = 24.0;

/// Employers first, then files; as many pages as that needs.
pub(super) fn pages(desk: &Desk<'_>, bundles: &[Bundle<'_>], files: &[WrittenFile]) -> Vec<Page> {
    let employers: Vec<Vec<String>> =
        bundles.iter().zip(1..).map(|(bundle, number)| employer(bundle, number)).collect();
    let files: Vec<Vec<String>> =
        files.iter().map(|file| vec![file.name.clone(), file.pages.to_string(), file.sha256.clone()]).collect();
    let mut pages = Pages { desk, sheets: vec![Sheet::new(desk.fonts)], top: FIRST };
    if let Some(first) = pages.sheets.first_mut() {
        head(desk, bundles, first);
    }
    pages.table(&EMPLOYERS, &employers);
    pages.top += 8.0;
    pages.table(&FILES, &files);
    pages.finish()
}

/// Sheets as they fill.
struct Pages<'a> {
    desk: &'a Desk<'a>,
    sheets: Vec<Sheet<'a>>,
    top: f32,
}

impl Pages<'_> {
    fn table(&mut self, table: &Table<'_>, mut rows: &[Vec<String>]) {
        while !rows.is_empty() {
            let room = table.room(self.top);
            if room == 0 {
                self.turn();
                continue;
            }
            let (now, later) = rows.split_at(rows.len().min(room));
            if let Some(sheet) = self.sheets.last_mut() {
                self.top = table.draw(sheet, self.top, now);
            }
            rows = later;
            if !rows.is_empty() {
                self.turn();
            }
        }
    }

    fn turn(&mut self) {
        self.sheets.push(Sheet::new(self.desk.fonts));
        self.top = NEXT;
    }

    fn finish(self) -> Vec<Page> {
        let of = self.sheets.len();
        let footing = format!("バッチ記録　{}", self.desk.run.batch);
        let footed = self.sheets.into_iter().zip(1..).map(|(mut sheet, page)| {
            foot(&mut sheet, &footing, page, of);
            sheet.page()
        });
        footed.collect()
    }
}

fn employer(bundle: &Bundle<'_>, number: usize) -> Vec<String> {
    let short = |card: &crate::print::Card| card.serial.rsplit('-').next().unwrap_or_default().to_owned();
    let first = bundle.cards.first().map(|card| short(card)).unwrap_or_default();
    let last = bundle.cards.last().map(|card| short(card)).unwrap_or_default();
    vec![
        number.to_string(),
        slot::postcode(bundle.route).unwrap_or_default(),
        bundle.route.employer_code.clone().unwrap_or_else(|| "個別".to_owned()),
        bundle.route.company.clone(),
        bundle.cards.len().to_string(),
        if first == last { first } else { format!("{first} から {last}") },
    ]
}

/// `12事業所、個別 1件`
fn parcels(bundles: &[Bundle<'_>]) -> String {
    let single = bundles.iter().filter(|bundle| bundle.route.employer_code.is_none()).count();
    let employers = format!("{}事業所", bundles.len() - single);
    if single == 0 { employers } else { format!("{employers}、個別 {single}件") }
}

fn head(desk: &Desk<'_>, bundles: &[Bundle<'_>], sheet: &mut Sheet<'_>) {
    sheet.line(area(0.0, 18.0, MEASURE, 9.0), 15.0, Across::Left, "はがき発送 バッチ記録");
    sheet.line(area(0.0, 18.0, MEASURE, 9.0), 13.0, Across::Right, desk.run.batch);
    let count =
        |kind: CardKind| bundles.iter().flat_map(|bundle| &bundle.cards).filter(|card| card.kind == kind).count();
    let (viewing, login) = (count(CardKind::Viewing), count(CardKind::Login));
    let text = format!(
        "発行日　　{}\n枚数　　　{}枚(閲覧用パスワード {viewing}枚、ログイン情報 {login}枚)\n送付先　　{}\n{}",
        desk.dates.show(desk.run.date),
        viewing + login,
        parcels(bundles),
        desk.sender.name,
    );
    sheet.block(area(0.0, 32.0, MEASURE, 32.0), 10.5, &text);
}
