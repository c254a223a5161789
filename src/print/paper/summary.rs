//! The batch on paper, for the society's own file: employers, counts, and the files with their digests.

use super::context::PaperContext;
use super::page_builder::{MEASURE, PageBuilder, area, foot};
use super::table::PaperTable;
use crate::domain::CardKind;
use crate::print::bundle::CardBundle;
use crate::print::fit::HorizontalAlign;
use crate::print::page::PageContent;
use crate::print::slot;
use crate::print::staging::WrittenFile;

const EMPLOYERS: PaperTable<'static> = PaperTable {
    columns: &[
        ("番号", 0.0, 12.0, HorizontalAlign::Right),
        ("〒", 13.0, 22.0, HorizontalAlign::Left),
        ("記号", 35.0, 18.0, HorizontalAlign::Left),
        ("事業所", 53.0, 57.0, HorizontalAlign::Left),
        ("枚数", 110.0, 14.0, HorizontalAlign::Right),
        ("はがき番号", 126.0, 40.0, HorizontalAlign::Left),
    ],
    row: 6.5,
    size: 9.0,
};

const FILES: PaperTable<'static> = PaperTable {
    columns: &[
        ("ファイル", 0.0, 44.0, HorizontalAlign::Left),
        ("ページ", 44.0, 16.0, HorizontalAlign::Right),
        ("SHA-256", 62.0, 104.0, HorizontalAlign::Left),
    ],
    row: 6.5,
    size: 8.0,
};

/// Where tables begin on the first page and on the others, mm.
const FIRST: f32 = 74.0;
const NEXT: f32 = 24.0;

/// Employers first, then files; as many pages as that needs.
pub(super) fn pages(context: &PaperContext<'_>, bundles: &[CardBundle<'_>], files: &[WrittenFile]) -> Vec<PageContent> {
    let employers: Vec<Vec<String>> =
        bundles.iter().zip(1..).map(|(bundle, number)| employer(bundle, number)).collect();
    let files: Vec<Vec<String>> =
        files.iter().map(|file| vec![file.name.clone(), file.pages.to_string(), file.sha256.clone()]).collect();
    let mut pages = PagedTables { context, builders: vec![PageBuilder::new(&context.layout.fonts)], top: FIRST };
    if let Some(first) = pages.builders.first_mut() {
        head(context, bundles, first);
    }
    pages.table(&EMPLOYERS, &employers);
    pages.top += 8.0;
    pages.table(&FILES, &files);
    pages.finish()
}

/// Pages that tables fill one after the other.
struct PagedTables<'a> {
    context: &'a PaperContext<'a>,
    builders: Vec<PageBuilder<'a>>,
    top: f32,
}

impl PagedTables<'_> {
    fn table(&mut self, table: &PaperTable<'_>, mut rows: &[Vec<String>]) {
        while !rows.is_empty() {
            let capacity = table.capacity(self.top);
            if capacity == 0 {
                self.next_page();
                continue;
            }
            let (now, later) = rows.split_at(rows.len().min(capacity));
            if let Some(builder) = self.builders.last_mut() {
                self.top = table.draw(builder, self.top, now);
            }
            rows = later;
            if !rows.is_empty() {
                self.next_page();
            }
        }
    }

    fn next_page(&mut self) {
        self.builders.push(PageBuilder::new(&self.context.layout.fonts));
        self.top = NEXT;
    }

    fn finish(self) -> Vec<PageContent> {
        let of = self.builders.len();
        let footing = format!("バッチ記録　{}", self.context.run.shown());
        let footed = self.builders.into_iter().zip(1..).map(|(mut builder, page)| {
            foot(&mut builder, &footing, page, of);
            builder.finish()
        });
        footed.collect()
    }
}

fn employer(bundle: &CardBundle<'_>, number: usize) -> Vec<String> {
    vec![
        number.to_string(),
        slot::postcode(bundle.route).unwrap_or_default(),
        bundle.route.employer_code.clone().unwrap_or_else(|| "個別".to_owned()),
        bundle.route.company.clone(),
        bundle.cards.len().to_string(),
        bundle.places(),
    ]
}

/// `12事業所、個別 1件`
fn parcels(bundles: &[CardBundle<'_>]) -> String {
    let single = bundles.iter().filter(|bundle| bundle.route.employer_code.is_none()).count();
    let employers = format!("{}事業所", bundles.len() - single);
    if single == 0 { employers } else { format!("{employers}、個別 {single}件") }
}

fn head(context: &PaperContext<'_>, bundles: &[CardBundle<'_>], builder: &mut PageBuilder<'_>) {
    builder.line(area(0.0, 18.0, MEASURE, 9.0), 15.0, HorizontalAlign::Left, "はがき発送 バッチ記録");
    builder.line(area(0.0, 18.0, MEASURE, 9.0), 13.0, HorizontalAlign::Right, context.run.batch);
    let count =
        |kind: CardKind| bundles.iter().flat_map(|bundle| &bundle.cards).filter(|card| card.kind == kind).count();
    let (viewing, login) = (count(CardKind::Viewing), count(CardKind::Login));
    let approval = context.run.fingerprint.map(|it| format!("承認　　　指紋 {it}\n")).unwrap_or_default();
    let text = format!(
        "発行日　　{}\n枚数　　　{}枚(閲覧用パスワード {viewing}枚、ログイン情報 {login}枚)\n送付先　　{}\n{approval}{}",
        context.layout.dates.show(context.run.date),
        viewing + login,
        parcels(bundles),
        context.layout.sender.name,
    );
    builder.block(area(0.0, 32.0, MEASURE, 32.0), 10.5, &text);
}
