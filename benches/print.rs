//! Layout and writing of cards, without hashing: `cargo bench --bench print`. Two pages a card.
// A bench may panic.
#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use divan::counter::ItemsCount;
use mykempo_console::domain::CardKind;
use mykempo_console::domain::gate::FamilyOf;
use mykempo_console::print::{
    CardContent, CardRenderer, Fonts, Postage, PostageMark, PrintRun, PrintedRoute, Secret, Sender, Staging, Template,
};
use mykempo_console::secrets::PasswordPolicy;
use std::ops::ControlFlow;

fn main() {
    divan::main();
}

fn renderer() -> CardRenderer {
    let sender = Sender {
        name: "東京電子機械工業健康保険組合".to_owned(),
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
    CardRenderer::open(Template::v_fold().unwrap(), Fonts::embedded().unwrap(), sender).unwrap()
}

/// A card of a pile in which names and addresses have about 2,000 different kanji.
fn card(at: usize) -> CardContent {
    let kanji = |n: usize| char::from_u32(0x4E00 + (n * 7919 % 2000) as u32).filter(|c| in_font(*c)).unwrap_or('山');
    let login = at.is_multiple_of(10);
    CardContent {
        serial: format!("B20261122-001-{:04}", at + 1),
        kind: if login { CardKind::Login } else { CardKind::Viewing },
        issue_date: date(),
        name: format!("{}{}　{}{}", kanji(at), kanji(at + 1), kanji(at + 2), kanji(at / 3)),
        key: format!("260-{at}-00"),
        route: PrintedRoute {
            employer_code: Some((at / 25).to_string()),
            postcode: Some(format!("{:07}", at / 25 * 31)),
            address1: format!(
                "東京都{}{}区{}町一丁目{}-{}",
                kanji(at / 25),
                kanji(at / 30),
                kanji(at / 40),
                at % 30,
                at % 17
            ),
            address2: format!("第{}双葉ビル{}号室", at % 9 + 1, at % 900 + 100),
            company: format!("{}{}精機株式会社", kanji(at / 25 + 5), kanji(at / 25 + 6)),
            department: "人事部労務課".to_owned(),
            contact: String::new(),
        },
        login_id: login.then(|| format!("member{at}")),
        expires_on: login.then(date),
        family: FamilyOf::of(at.is_multiple_of(3).then(|| "藤井　健一".to_owned()), Some("妻".to_owned())),
    }
}

fn in_font(c: char) -> bool {
    let (_, _, unmappable) = encoding_rs::SHIFT_JIS.encode(c.encode_utf8(&mut [0; 4]));
    !unmappable
}

fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

/// Reads fonts, parses templates, lays out the common content.
#[divan::bench]
fn open_renderer() -> CardRenderer {
    renderer()
}

/// B4: the check of one card before an export.
#[divan::bench]
fn preflight(bencher: divan::Bencher<'_, '_>) {
    let (renderer, card) = (renderer(), card(1));
    bencher.bench(|| renderer.preflight(&card));
}

/// From cards to files on the disk, synced and read back.
#[divan::bench(args = [1_000, 10_000, 20_000], sample_count = 5)]
fn cards_to_files(bencher: divan::Bencher<'_, '_>, count: usize) {
    let (renderer, policy) = (renderer(), PasswordPolicy::default());
    let run = PrintRun {
        batch: "B20261122-001",
        date: date(),
        cards_per_file: 2_000,
        passphrase: None,
        edition: None,
        fingerprint: None,
    };
    bencher.counter(ItemsCount::new(2 * count)).with_inputs(|| tempfile::tempdir().unwrap()).bench_local_values(
        |folder| {
            let mut staging = Staging::open(folder.path()).unwrap();
            let cards = (0..count).map(|at| (card(at), Secret::Clear(policy.generate().unwrap())));
            renderer.cards(&run, cards, &mut staging, &mut |_| ControlFlow::Continue(())).unwrap();
            (staging.publish().unwrap(), folder)
        },
    );
}
