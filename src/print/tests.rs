//! The whole way, from cards to files, read back with poppler.

use super::*;
use crate::domain::CardKind;
use crate::secrets::{Passphrase, PasswordPolicy};
use chrono::NaiveDate;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

mod bars;
mod codes;
mod concealment;
mod outside;
mod papers;

pub(super) fn sender() -> Sender {
    Sender {
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
    }
}

pub(super) fn renderer() -> CardRenderer {
    CardRenderer::open(Template::v_fold().unwrap(), Fonts::embedded().unwrap(), sender()).unwrap()
}

pub(super) fn card(position: usize, kind: CardKind) -> CardContent {
    CardContent {
        serial: format!("B20261122-001-{position:04}"),
        kind,
        issue_date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        name: "東海林　拓也".to_owned(),
        key: "260-1-00".to_owned(),
        route: PrintedRoute {
            employer_code: Some("260".to_owned()),
            postcode: Some("1010025".to_owned()),
            address1: "東京都千代田区神田佐久間町一丁目8-4".to_owned(),
            address2: "第3双葉ビル609号室".to_owned(),
            company: "旭精機株式会社".to_owned(),
            department: "人事部労務課".to_owned(),
            contact: String::new(),
        },
        login_id: (kind == CardKind::Login).then(|| "takuya.shoji1972".to_owned()),
        expires_on: (kind == CardKind::Login).then(|| NaiveDate::from_ymd_opt(2026, 12, 24).unwrap()),
        family: None,
    }
}

fn run<'a>(passphrase: Option<&'a Passphrase>, cards_per_file: usize) -> PrintRun<'a> {
    let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    PrintRun { batch: "B20261122-001", date, cards_per_file, passphrase, edition: None, fingerprint: None }
}

fn go(_: PrintProgress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn masked(card: CardContent) -> (CardContent, Secret) {
    (card, Secret::Masked { length: 12 })
}

/// Runs a tool, or says that it is missing.
fn tool(name: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let output = Command::new(name).args(arguments).arg(file).arg("-").output();
    let Ok(output) = output else {
        eprintln!("SKIPPED: {name} is not installed");
        return None;
    };
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn b4_a_good_card_passes_preflight() {
    for kind in CardKind::ALL {
        assert_eq!(renderer().preflight(&card(1, *kind)), Ok(Vec::new()));
    }
}

#[test]
fn b4_preflight_names_every_reason_to_hold() {
    let mut bad = card(1, CardKind::Login);
    bad.name = "𠮷田\u{E000}".to_owned();
    bad.login_id = None;
    bad.route.address1 = "　".to_owned();
    bad.route.department = "部".repeat(500);
    let faults = renderer().preflight(&bad).unwrap_err();
    let expected = [
        PreflightFault::Missing(TemplateSlot::Address1),
        PreflightFault::Missing(TemplateSlot::LoginId),
        PreflightFault::DoesNotFit { field: "route".to_owned() },
        PreflightFault::Unprintable { slot: TemplateSlot::Name, character: Unprintable::NoGlyph('𠮷', None) },
        PreflightFault::Unprintable { slot: TemplateSlot::Name, character: Unprintable::PrivateUse('\u{E000}') },
    ];
    assert_eq!(faults, expected);
}

#[test]
fn cards_become_chunks_of_two_pages_each_and_poppler_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut staging = Staging::open(folder.path()).unwrap();
    let password = PasswordPolicy::default().generate().unwrap();
    let clear = password.expose().to_owned();
    let cards = vec![
        (card(1, CardKind::Viewing), Secret::Clear(password)),
        masked(card(2, CardKind::Login)),
        masked(card(3, CardKind::Viewing)),
    ];
    renderer().cards(&run(None, 2), cards, &mut staging, &mut go).unwrap();
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().filter(|f| !is_hidden(f)).count(),
        0,
        "nothing before publish"
    );
    let files = staging.publish().unwrap();
    let names: Vec<_> = files.iter().map(|file| (file.name.as_str(), file.pages)).collect();
    assert_eq!(names, [("B20261122-001-01.pdf", 4), ("B20261122-001-02.pdf", 2)]);
    let Some(text) = tool("pdftotext", &["-layout"], &folder.path().join(&files[0].name)) else { return };
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    for expected in [
        "１０１－００２５",
        "人事部労務課気付",
        "旭精機株式会社",
        "東海林拓也様",
        "令和8年11月24日",
        "takuya.shoji1972",
    ] {
        assert!(lines.iter().any(|line| line.contains(expected)), "{expected} in {text}");
    }
    // Its groups stand apart, and poppler may take them for columns.
    let characters: String = text.split_whitespace().filter(|word| word.len() == 1).collect();
    assert!(characters.contains(&clear), "{text}");
}

fn is_hidden(entry: &std::io::Result<std::fs::DirEntry>) -> bool {
    entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with('.'))
}

#[test]
fn b2_two_masked_previews_are_the_same_bytes() {
    let preview = || {
        let folder = tempfile::tempdir().unwrap();
        let mut staging = Staging::open(folder.path()).unwrap();
        let cards = (1..=5).map(|at| masked(card(at, CardKind::Viewing)));
        renderer().cards(&run(None, 2), cards, &mut staging, &mut go).unwrap();
        staging.publish().unwrap()
    };
    assert_eq!(preview(), preview());
}

#[test]
fn b5_a_cancelled_run_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut staging = Staging::open(folder.path()).unwrap();
    let cards = (1..=5).map(|at| masked(card(at, CardKind::Viewing)));
    let mut stop = |progress: PrintProgress| match progress.cards {
        4 => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    };
    let result = renderer().cards(&run(None, 2), cards, &mut staging, &mut stop);
    assert!(matches!(result, Err(PrintError::Cancelled)));
    drop(staging);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn s4_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("exports");
    let mut staging = Staging::open(&inside).unwrap();
    renderer().cards(&run(None, 2), vec![masked(card(1, CardKind::Viewing))], &mut staging, &mut go).unwrap();
    let files = staging.publish().unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&inside), mode(&inside.join(&files[0].name))), (0o700, 0o600));
}

#[test]
fn s4_an_encrypted_file_opens_with_its_passphrase_alone() {
    let folder = tempfile::tempdir().unwrap();
    let passphrase = Passphrase::new("合言葉 correct horse".to_owned());
    let mut staging = Staging::open(folder.path()).unwrap();
    renderer()
        .cards(&run(Some(&passphrase), 9), vec![masked(card(1, CardKind::Viewing))], &mut staging, &mut go)
        .unwrap();
    let files = staging.publish().unwrap();
    let path = folder.path().join(&files[0].name);
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    if let Some(text) = tool("pdftotext", &["-upw", passphrase.expose()], &path) {
        assert!(text.contains("旭精機"), "{text}");
        let refused = Command::new("pdftotext").arg(&path).arg("-").output().unwrap();
        assert!(!refused.status.success(), "opened without the passphrase");
    }
    let password = format!("--password={}", passphrase.expose());
    match Command::new("qpdf").args(["--show-encryption", &password]).arg(&path).output() {
        Err(_) => eprintln!("SKIPPED: qpdf is not installed"),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success() && said.contains("AESv3"), "{said}");
        }
    }
}

#[test]
fn fonts_are_subset_and_embedded_and_metadata_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let mut staging = Staging::open(folder.path()).unwrap();
    renderer().cards(&run(None, 9), vec![masked(card(1, CardKind::Viewing))], &mut staging, &mut go).unwrap();
    let files = staging.publish().unwrap();
    let path = folder.path().join(&files[0].name);
    assert!(files[0].bytes < 300_000, "{}", files[0].bytes);
    let run = |name: &str| Command::new(name).arg(&path).output().map(|said| String::from_utf8(said.stdout).unwrap());
    let (Ok(fonts), Ok(info)) = (run("pdffonts"), run("pdfinfo")) else {
        eprintln!("SKIPPED: poppler is not installed");
        return;
    };
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "{fonts:?}");
    for (font, name) in fonts.iter().zip(["+BIZUDGothic-Regular", "+BIZUDGothic-Bold"]) {
        assert!(font.contains(name) && font.contains("yes yes yes"), "{fonts:?}");
    }
    for expected in
        ["B20261122-001-01.pdf", "東京電子機械工業健康保険組合", "mykempo-console", "1.7", "419.528 x 595.276 pts"]
    {
        assert!(info.contains(expected), "{expected}: {info}");
    }
    assert!(!info.contains("PDF/X"), "claims a conformance that it has not: {info}");
}
