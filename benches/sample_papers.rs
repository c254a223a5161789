//! Prints the papers in `exports/sample`: `cargo bench --bench sample_papers`. All names are made up, and passwords
//! are masked.

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use mykempo_console::domain::CardKind;
use mykempo_console::domain::gate::FamilyOf;
use mykempo_console::files::{Existing, OutputFile, Protected};
use mykempo_console::print::{
    Calibration, CardContent, CardRenderer, Fonts, LetterFiles, Postage, PostageMark, PrintRun, PrintedRoute, Secret,
    Sender, Staging, Template, alignment, bundles,
};
use std::ops::ControlFlow;
use std::path::Path;

/// Kana order within an employer; two of them are login notices.
const MEMBERS: &[(&str, &str, CardKind, usize)] = &[
    ("石原　健人", "104-11-00", CardKind::Viewing, 0),
    ("葛\u{E0100}城　結衣", "104-27-00", CardKind::Viewing, 0),
    ("辻\u{E0100}　真理", "104-27-01", CardKind::Login, 0),
    ("東海林　拓也", "260-1-00", CardKind::Viewing, 1),
    ("髙橋　德子", "260-19-00", CardKind::Viewing, 1),
    ("マリア・ロペス・デ・ラ・クルス・ゴンザレス", "260-44-00", CardKind::Login, 1),
    ("宮﨑　直樹", "260-8-00", CardKind::Viewing, 1),
];

fn main() -> anyhow::Result<()> {
    let sender = Sender {
        name: "見本電子工業健康保険組合".to_owned(),
        postcode: "1110053".to_owned(),
        address: "東京都台東区浅草橋0-0-0".to_owned(),
        department: "業務課 適用係".to_owned(),
        phone: "03-0000-0000".to_owned(),
        hours: "平日 9:00～17:00".to_owned(),
        portal_name: "MyKempo".to_owned(),
        portal_url: "https://mykempo.example.jp/".to_owned(),
        postage: PostageMark { postage: Postage::Deferred, office: "浅草局".to_owned(), yen: 85 },
        insurer_number: "06139497".to_owned(),
    };
    let (template, fonts) = (Template::v_fold().map_err(|faults| anyhow!("{faults:?}"))?, Fonts::embedded()?);
    let renderer =
        CardRenderer::open(template.clone(), fonts.clone(), sender).map_err(|faults| anyhow!("{faults:?}"))?;
    let date = NaiveDate::from_ymd_opt(2026, 11, 24).context("the date of the samples")?;
    let run = PrintRun {
        batch: "B20261122-001",
        date,
        cards_per_file: 2_000,
        passphrase: None,
        edition: None,
        fingerprint: None,
    };
    let cards: Vec<CardContent> = (1..).zip(MEMBERS).map(|(position, member)| card(position, *member, date)).collect();
    let masked = cards.iter().map(|card| (card.clone(), Secret::Masked { length: 12 }));
    let bundles = bundles(&cards);

    let folder = Path::new("exports/sample");
    let mut staging = Staging::open(folder)?;
    renderer.cards(&run, masked, &mut staging, &mut |_| ControlFlow::Continue(()))?;
    renderer.ticket(&run, cards.len(), &mut staging)?;
    renderer.letters(&run, &bundles, LetterFiles::Joined, &mut staging)?;
    renderer.parcels(&run, &bundles, |_| "03-0000-0001".to_owned(), &mut staging)?;
    renderer.posting(&run, &bundles.iter().collect::<Vec<_>>(), &mut staging)?;
    renderer.summary(&run, &bundles, &[], &mut staging)?;
    renderer.manifest(&run, &cards, &mut staging)?;
    let name = "v-fold-alignment.pdf";
    let mut page = OutputFile::create(&folder.join(name), Existing::Replace, Protected::default())?;
    let pages = alignment(&template, &fonts, Calibration::NONE, date, name, &mut page)?;
    page.finish()?;
    println!("{name} {pages} pages");
    for file in staging.publish()? {
        println!("{} {} pages", file.name, file.pages);
    }
    Ok(())
}

fn card(
    position: usize,
    (name, key, kind, employer): (&str, &str, CardKind, usize),
    issue_date: NaiveDate,
) -> CardContent {
    CardContent {
        serial: format!("B20261122-001-{position:04}"),
        kind,
        issue_date,
        name: name.to_owned(),
        key: key.to_owned(),
        route: route(employer),
        login_id: (kind == CardKind::Login).then(|| format!("mihon{position:04}")),
        expires_on: issue_date.checked_add_days(chrono::Days::new(30)).filter(|_| kind == CardKind::Login),
        family: FamilyOf::of(key.ends_with("-01").then(|| "葛\u{E0100}城　結衣".to_owned()), Some("母".to_owned())),
    }
}

fn route(employer: usize) -> PrintedRoute {
    let rows = [
        [
            "104",
            "1010025",
            "東京都千代田区神田佐久間町一丁目8-4",
            "第3双葉ビル609号室",
            "見本テクノ電子株式会社",
            "労務課",
            "鈴木",
        ],
        [
            "260",
            "2320014",
            "神奈川県横浜市南区吉野町六丁目20番16号",
            "三協ビル3F",
            "見本精機株式会社",
            "管理部総務課",
            "",
        ],
    ];
    let [employer_code, postcode, address1, address2, company, department, contact] = rows[employer].map(str::to_owned);
    PrintedRoute {
        employer_code: Some(employer_code),
        postcode: Some(postcode),
        address1,
        address2,
        company,
        department,
        contact,
    }
}
