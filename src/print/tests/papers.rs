//! Letters, receipts, summary, manifest and alignment, read back.

use super::*;

/// Two employers: three cards, and sixty.
fn pile() -> Vec<CardContent> {
    (1..=63)
        .map(|at| {
            let mut card = card(at, CardKind::ALL[at % 2]);
            if at > 3 {
                card.route.employer_code = Some("104".to_owned());
                card.route.company = "株式会社テクノエレクトロニクス".to_owned();
                card.route.contact = "鈴木".to_owned();
            }
            card
        })
        .collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn written(write: impl FnOnce(&CardRenderer, &[CardContent], &mut Staging)) -> (tempfile::TempDir, Vec<WrittenFile>) {
    let folder = tempfile::tempdir().unwrap();
    let mut staging = Staging::open(folder.path()).unwrap();
    write(&renderer(), &pile(), &mut staging);
    let files = staging.publish().unwrap();
    (folder, files)
}

#[test]
fn b9_each_employer_gets_a_letter_of_many_pages_and_a_receipt() {
    let (folder, files) =
        written(|renderer, cards, staging| renderer.letters(&run(None, 9), &bundles(cards), staging).unwrap());
    assert_eq!((files[0].name.as_str(), files[0].pages), ("B20261122-001-letters.pdf", 6));
    let Some(text) = tool("pdftotext", &["-layout"], &folder.path().join(&files[0].name)) else { return };
    let pages: Vec<String> = text.split('\u{c}').map(squeezed).collect();
    for expected in ["令和8年11月24日", "健康保険事務ご担当者様", "3枚", "東海林拓也", "退職・転籍", "1/1"]
    {
        assert!(pages[0].contains(expected), "{expected}: {}", pages[0]);
    }
    assert!(
        pages[1].contains("受領書") && pages[1].contains("受領印") && pages[1].contains("ご返送先"),
        "{}",
        pages[1]
    );
    assert!(pages[2].contains("健康保険事務ご担当鈴木様") && pages[2].contains("60枚"), "{}", pages[2]);
    assert!(pages[4].contains("B20261122-001-0063") && pages[4].contains("3/3"), "{}", pages[4]);
    let tells = |page: &String| page.contains("パスワード") || page.contains("ログイン") || page.contains("260-1-00");
    assert!(!pages.iter().any(tells), "a letter does not tell the kind of card or the member's key");
}

#[test]
fn the_summary_lists_employers_and_files_with_their_digests() {
    let (folder, files) = written(|renderer, cards, staging| {
        renderer.manifest(&run(None, 9), cards, staging).unwrap();
        renderer.summary(&run(None, 9), &bundles(cards), &[], staging).unwrap();
    });
    let Some(text) = tool("pdftotext", &["-layout"], &folder.path().join(&files[1].name)) else { return };
    let text = squeezed(&text);
    for expected in ["63枚", "2事業所", "0004～0063", &files[0].sha256] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let manifest = std::fs::read_to_string(folder.path().join(&files[0].name)).unwrap();
    assert_eq!(manifest.lines().nth(1), Some("B20261122-001-0001,'260-1-00,260,login"));
    assert_eq!(manifest.lines().count(), 64);
}

#[test]
fn the_alignment_page_has_a_ruler_folds_and_every_field() {
    for template in [Template::v_fold().unwrap(), Template::z_fold().unwrap()] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alignment.pdf");
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let fonts = Fonts::embedded().unwrap();
        let mut out = std::fs::File::create(&path).unwrap();
        assert_eq!(alignment(&template, &fonts, Calibration::NONE, date, "alignment.pdf", &mut out).unwrap(), 2);
        let Some(text) = tool("pdftotext", &["-layout"], &path) else { return };
        for expected in ["address", "password", "barcode", "140", "1ページ目", "2ページ目", "この向き", "scale"]
        {
            assert!(text.contains(expected), "{expected}: {text}");
        }
    }
}

#[test]
fn cards_are_sorted_by_postcode_employer_department_and_kana() {
    let route = |postcode: Option<&str>, employer: &str, department: &str| PrintedRoute {
        postcode: postcode.map(str::to_owned),
        employer_code: Some(employer.to_owned()),
        department: department.to_owned(),
        ..PrintedRoute::default()
    };
    let expected = [
        SortKey::of(&route(Some("101-0025"), "104", ""), "ワタナベ"),
        SortKey::of(&route(Some("1010025"), "260", "人事部"), "ア"),
        SortKey::of(&route(Some("1010025"), "260", "人事部"), "ｲ"),
        SortKey::of(&route(Some("1010025"), "260", "総務部"), "ア"),
        SortKey::of(&route(Some("２３２－００１４"), "100", ""), "ア"),
        SortKey::of(&route(None, "001", ""), "ア"),
    ];
    assert!(expected.is_sorted(), "{expected:#?}");
}

#[test]
fn statistics_with_every_row_are_one_page() {
    let row = |at: usize| StatsRow {
        name: format!("項目{at:02}"),
        values: ["5未満", "1234567", "-1234567"].map(str::to_owned),
    };
    let chart = |title: &str| StatsChart {
        title: title.to_owned(),
        months: (1..=12).map(|month: u64| (month.to_string(), month * 12_345, 99_999)).collect(),
    };
    let paper = StatsPaper {
        title: "統計 2026年度(令和8年度)".to_owned(),
        society: "架空工業健康保険組合".to_owned(),
        head: "2026-04-01 から 2027-03-31 まで\n作成 2027-04-05".to_owned(),
        headings: ["項目", "当期", "前年同期", "増減"],
        left: (1..=32).map(row).collect(),
        right: (33..=53).map(row).collect(),
        charts: vec![chart("登録(人)"), chart("発送(枚)")],
        notes: "「5未満」は1から4です。".repeat(9),
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("statistics.pdf");
    let date = "2027-04-05".parse().unwrap();
    let pages = statistics(&Fonts::embedded().unwrap(), &paper, date, &mut std::fs::File::create(&path).unwrap());
    assert_eq!(pages.unwrap(), 1);
    let Some(text) = tool("pdftotext", &["-layout"], &path) else { return };
    let text = squeezed(&text);
    let all = (1..=53).map(|at| format!("項目{at:02}")).chain(["148140".to_owned(), "架空工業健康保険組合".to_owned()]);
    for expected in all.chain(["統計2026年度(令和8年度)1/1".to_owned()]) {
        assert!(text.contains(&expected), "{expected}: {text}");
    }
}
