//! 作業指示書: what the print room needs to know of a batch, and where it signs for each step.

use super::context::PaperContext;
use super::page_builder::{MARGIN, MEASURE, PageBuilder, area, foot};
use super::table::FactTable;
use crate::print::fit::HorizontalAlign;
use crate::print::page::PageContent;
use crate::print::staging::WrittenFile;
use crate::print::template::{Fold, Stock, Template};

const STEPS: &[&str] = &[
    "見本(見本の文字が入ったPDF)を1枚刷り、表裏のずれと折り位置を確かめる",
    "上のPDFを両面(長辺とじ)、倍率100%(「用紙に合わせる」を切る)で刷る",
    "刷り上がりの枚数を数え、刷り損じのはがき番号を下に書く",
    "内側を中にして折り、圧着する。内側の文面は読まない",
    "端の接着と、外からパスワードが読めないことを、10枚ごとに1枚確かめる",
    "刷り損じと試し刷りを裁断し、プリンターとサーバーに残ったデータを消す",
    "印刷の結果を端末に入れ、送付状・受領書・ラベルを刷る",
];

/// One page. `files` are those with the cards.
pub(super) fn page(
    context: &PaperContext<'_>,
    template: &Template,
    cards: usize,
    files: &[WrittenFile],
) -> PageContent {
    let mut builder = PageBuilder::new(&context.layout.fonts);
    builder.line(area(0.0, 18.0, MEASURE, 9.0), 15.0, HorizontalAlign::Left, "作業指示書　圧着はがきの印刷");
    builder.line(area(0.0, 18.0, MEASURE, 9.0), 13.0, HorizontalAlign::Right, context.run.batch);
    let table = FactTable { top: 34.0, row: 7.5, size: 10.0 };
    let y = table.draw(&mut builder, &facts(context, template, cards, files));
    let y = steps(&mut builder, y + 8.0);
    let y = spoiled(&mut builder, y + 6.0);
    let note = "はがきのPDFには、パスワードが記されています。担当者以外に見せず、複製や転送をせず、発送の確定後に消えることを\
        確かめてください。";
    builder.prose(area(0.0, y + 5.0, MEASURE, 12.0), 9.0, 1.4, note);
    foot(&mut builder, &format!("作業指示書　{}", context.run.shown()), 1, 1);
    builder.finish()
}

fn facts(
    context: &PaperContext<'_>,
    template: &Template,
    cards: usize,
    files: &[WrittenFile],
) -> Vec<(&'static str, String)> {
    let sheet = template.sheet;
    let files: Vec<String> = files.iter().map(|file| format!("{}({}枚)", file.name, file.pages / 2)).collect();
    vec![
        ("発送予定日", context.layout.dates.show(context.run.date)),
        ("はがき", format!("{cards}枚(1枚は表と裏の2ページ)")),
        ("ファイル", files.join("、")),
        (
            "パスフレーズ",
            if context.run.passphrase.is_some() { "あり(作成した担当者に尋ねる)" } else { "なし" }.to_owned(),
        ),
        ("テンプレート", template.name.clone()),
        ("用紙", format!("{} × {} mm　{}", sheet.width, sheet.height, paper(template))),
        ("折り", folds(template)),
        ("承認の指紋", context.run.fingerprint.unwrap_or("-").to_owned()),
    ]
}

/// `135 g/m²(1枚 4.2 g)　白紙`
fn paper(template: &Template) -> String {
    let stock = match template.paper.stock {
        Stock::Plain => "白紙(裏に隠蔽用の地紋を印刷)",
        Stock::Patterned => "地紋入りの圧着用紙",
    };
    let Some(weight) = template.paper.weight else { return stock.to_owned() };
    let grams = weight * template.sheet.width * template.sheet.height / 1_000_000.0;
    format!("{weight} g/m²(1枚 {grams:.1} g)　{stock}")
}

/// `上から 105 mm で折る`
fn folds(template: &Template) -> String {
    let fold = |fold: &Fold| match fold {
        Fold::Across(mm) => format!("上から {mm} mm"),
        Fold::Down(mm) => format!("左から {mm} mm"),
    };
    let folds: Vec<String> = template.folds.iter().map(fold).collect();
    if folds.is_empty() { "なし".to_owned() } else { format!("{}で折る", folds.join("、")) }
}

/// A box to tick, what is done, who and when; where it ends, mm.
fn steps(builder: &mut PageBuilder<'_>, top: f32) -> f32 {
    const ROW: f32 = 9.5;
    builder.line(area(0.0, top, 100.0, 6.0), 10.5, HorizontalAlign::Left, "作業");
    builder.line(area(MEASURE - 44.0, top, 44.0, 6.0), 9.0, HorizontalAlign::Left, "担当者・日時");
    let top = top + 6.5;
    for (at, step) in STEPS.iter().enumerate() {
        let y = top + at as f32 * ROW;
        builder.rule(y, MARGIN, MEASURE, if at == 0 { 0.3 } else { 0.1 });
        builder.line(area(1.0, y, 6.0, ROW), 12.0, HorizontalAlign::Left, "□");
        builder.cell(area(8.0, y, MEASURE - 54.0, ROW), 9.5, HorizontalAlign::Left, &format!("{}　{step}", at + 1));
    }
    let end = top + STEPS.len() as f32 * ROW;
    builder.rule(end, MARGIN, MEASURE, 0.3);
    end
}

/// Room for the serials that are entered afterwards; where it ends, mm.
fn spoiled(builder: &mut PageBuilder<'_>, top: f32) -> f32 {
    const HEIGHT: f32 = 24.0;
    let label = "刷り損じのはがき番号(下4桁)。なければ「なし」";
    builder.line(area(0.0, top, MEASURE, 5.0), 9.5, HorizontalAlign::Left, label);
    builder.frame(&area(0.0, top + 6.0, MEASURE, HEIGHT), 0.2);
    top + 6.0 + HEIGHT
}
