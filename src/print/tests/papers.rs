//! Letters, receipts, summary, manifest and alignment, read back.

use super::*;
use crate::domain::gate::FamilyOf;

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
    let (folder, files) = written(|renderer, cards, staging| {
        renderer.letters(&run(None, 9), &bundles(cards), LetterFiles::Joined, staging).unwrap();
    });
    assert_eq!((files[0].name.as_str(), files[0].pages), ("B20261122-001-letters.pdf", 9));
    let Some(text) = tool("pdftotext", &["-layout"], &folder.path().join(&files[0].name)) else { return };
    let pages: Vec<String> = text.split('\u{c}').map(squeezed).collect();
    for expected in ["令和8年11月24日", "健康保険事務ご担当者様", "3枚", "東海林拓也", "退職・転籍", "控え", "1/1"]
    {
        assert!(pages[0].contains(expected), "{expected}: {}", pages[0]);
    }
    for expected in ["受領書", "受領印", "ご返送先", "260-1", "0003", "□退職□転籍□休職□受取拒否□不明"]
    {
        assert!(pages[1].contains(expected), "{expected}: {}", pages[1]);
    }
    assert!(pages[2].contains("健康保険事務ご担当鈴木様") && pages[2].contains("60枚"), "{}", pages[2]);
    assert!(pages[4].contains("B20261122-001-0063") && pages[4].contains("3/3"), "{}", pages[4]);
    assert!(pages[5].contains("次のページの一覧") && pages[5].contains("1/4"), "{}", pages[5]);
    assert!(pages[8].contains("0063") && pages[8].contains("□退職"), "the reasons are ticked: {}", pages[8]);
    let tells = |page: &String| page.contains("パスワード") || page.contains("ログイン") || page.contains("260-1-00");
    assert!(!pages.iter().any(tells), "a letter does not tell the kind of card or the member's key");
}

#[test]
fn b9_a_letter_tells_families_and_namesakes_apart() {
    let person = |position, name: &str, key: &str, family: Option<(&str, &str)>| CardContent {
        name: name.to_owned(),
        key: key.to_owned(),
        family: family.and_then(|(insured, of)| FamilyOf::of(Some(insured.to_owned()), Some(of.to_owned()))),
        ..card(position, CardKind::Viewing)
    };
    let cards = [
        person(1, "佐藤　花子", "260-7-00", None),
        person(2, "佐藤　花子", "260-19-02", Some(("佐藤　一郎", "妻"))),
        person(3, "Maria　Lopez", "260-44-01", Some(("田中　健", ""))),
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut staging = Staging::open(folder.path()).unwrap();
    renderer().letters(&run(None, 9), &bundles(&cards), LetterFiles::Joined, &mut staging).unwrap();
    let files = staging.publish().unwrap();
    let Some(text) = tool("pdftotext", &["-layout"], &folder.path().join(&files[0].name)) else { return };
    for page in text.split('\u{c}').map(squeezed).take(2) {
        for expected in ["260-7", "260-19", "被保険者佐藤一郎様のご家族(妻)", "被保険者田中健様のご家族"]
        {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        assert_eq!(page.matches("※同姓同名").count(), 2, "{page}");
    }
}

#[test]
fn words_of_a_letter_that_do_not_fit_are_a_fault() {
    let greeting = "日頃より当組合の事業にご協力をいただき、ありがとうございます。";
    let long = Template::V_FOLD.replace(greeting, &greeting.repeat(40));
    let opened = CardRenderer::open(Template::parse(&long).unwrap(), Fonts::embedded().unwrap(), sender());
    let problems: Vec<TemplateProblem> = opened.unwrap_err().into_iter().map(|fault| fault.problem).collect();
    assert_eq!(problems, [TemplateProblem::DoesNotFit("letter.greeting".to_owned())]);
}

#[test]
fn letters_have_bookmarks_and_labels_by_employer() {
    let (folder, files) = written(|renderer, cards, staging| {
        renderer.letters(&run(None, 9), &bundles(cards), LetterFiles::Joined, staging).unwrap();
    });
    let document = lopdf::Document::load(folder.path().join(&files[0].name)).unwrap();
    let outline = document.get_toc().unwrap();
    let titles: Vec<(String, usize)> = outline.toc.into_iter().map(|entry| (entry.title, entry.page)).collect();
    let expected = [("260 旭精機株式会社".to_owned(), 1), ("104 株式会社テクノエレクトロニクス".to_owned(), 3)];
    assert_eq!(titles, expected);
    assert!(document.catalog().unwrap().get(b"PageLabels").is_ok());
}

#[test]
fn letters_by_employer_are_a_file_each() {
    let (_folder, files) = written(|renderer, cards, staging| {
        renderer.letters(&run(None, 9), &bundles(cards), LetterFiles::ByEmployer, staging).unwrap();
    });
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["B20261122-001-letters-260.pdf", "B20261122-001-letters-104.pdf"]);
}

#[test]
fn parcels_have_labels_dividers_and_files_for_carriers() {
    let (folder, files) = written(|renderer, cards, staging| {
        let mut cards = cards.to_vec();
        cards[0].route.address2 = "=SUM(A1) 𠮷田ビル".to_owned();
        renderer.parcels(&run(None, 9), &bundles(&cards), |code| format!("03-0000-0{code}"), staging).unwrap();
    });
    let names: Vec<&str> = files.iter().map(|file| &file.name["B20261122-001-".len()..]).collect();
    assert_eq!(names, ["labels.pdf", "dividers.pdf", "parcels.csv", "parcels-b2.csv"]);
    let csv = |at: usize| {
        let bytes = std::fs::read(folder.path().join(&files[at].name)).unwrap();
        let text = encoding_rs::SHIFT_JIS.decode(&bytes).0.into_owned();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect::<Vec<Vec<String>>>()
    };
    let b2 = csv(3);
    assert!(b2.len() == 3 && b2.iter().all(|line| line.len() == 95), "{b2:?}");
    let of = |line: &[String], heading: &str| line[b2[0].iter().position(|it| it == heading).unwrap()].clone();
    assert_eq!(of(&b2[1], "お客様管理番号"), "B20261122-001-260");
    assert_eq!(of(&b2[1], "出荷予定日"), "2026/11/24");
    assert_eq!(of(&b2[1], "お届け先電話番号"), "03-0000-0260");
    assert_eq!(of(&b2[1], "お届け先アパートマンション名"), "＝SUM(A1) 〓田ビル");
    assert_eq!((of(&b2[2], "お届け先名"), of(&b2[2], "品名１")), ("健康保険事務ご担当　鈴木".into(), "書類".into()));
    assert_eq!(csv(2)[2].last().map(String::as_str), Some("60"));
    for (at, expected) in [(0, ["〒101-0025", "旭精機株式会社", "60枚"]), (1, ["仕切り紙2/2", "0004～0063", "60枚"])]
    {
        let Some(text) = tool("pdftotext", &["-layout"], &folder.path().join(&files[at].name)) else { return };
        let text = squeezed(&text);
        assert!(expected.iter().all(|it| text.contains(it)), "{expected:?}: {text}");
    }
}

#[test]
fn the_print_room_gets_a_job_ticket_and_a_posting_slip() {
    let (folder, files) = written(|renderer, cards, staging| {
        let sheets = cards[..5].iter().map(|card| masked(card.clone()));
        renderer.cards(&run(None, 3), sheets, staging, &mut go).unwrap();
        renderer.ticket(&run(None, 3), 5, staging).unwrap();
        let bundles = bundles(cards);
        renderer.posting(&run(None, 3), &bundles.iter().collect::<Vec<_>>(), staging).unwrap();
    });
    let read = |end: &str| {
        let file = files.iter().find(|file| file.name.ends_with(end)).unwrap();
        tool("pdftotext", &["-layout"], &folder.path().join(&file.name)).map(|text| squeezed(&text))
    };
    let (Some(ticket), Some(posting)) = (read("-ticket.pdf"), read("-posting.pdf")) else { return };
    for expected in
        ["5枚", "B20261122-001-01.pdf(3枚)", "B20261122-001-02.pdf(2枚)", "135g/m²", "上から105mm", "v-fold"]
    {
        assert!(ticket.contains(expected), "{expected}: {ticket}");
    }
    for expected in ["63通", "85円", "5355円", "料金後納", "浅草局"] {
        assert!(posting.contains(expected), "{expected}: {posting}");
    }
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
