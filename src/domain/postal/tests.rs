use super::*;

/// Postcode, address and address characters of the post office's manual.
pub(super) const PUBLISHED: &[(&str, &str, &str)] = &[
    ("2630023", "千葉市稲毛区緑町3丁目30-8　郵便ビル403号", "3-30-8-403"),
    ("0140113", "秋田県大仙市堀見内　南田茂木　添60-1", "60-1"),
    ("1100016", "東京都台東区台東5-6-3　ABCビル10F", "5-6-3-10"),
    ("0600906", "北海道札幌市東区北六条東4丁目　郵便センター6号館", "4-6"),
    ("0650006", "北海道札幌市東区北六条東8丁目　郵便センター10号館", "8-10"),
    ("4070033", "山梨県韮崎市龍岡町下條南割　韮崎400", "400"),
    ("2730102", "千葉県鎌ケ谷市右京塚　東3丁目-20-5　郵便・A&bコーポB604号", "3-20-5B604"),
    ("1980036", "東京都青梅市河辺町十一丁目六番地一号　郵便タワー601", "11-6-1-601"),
    ("0270203", "岩手県宮古市大字津軽石第二十一地割大淵川480", "21-480"),
    ("5900016", "大阪府堺市堺区中田出井町四丁六番十九号", "4-6-19"),
    ("0800831", "北海道帯広市稲田町南七線　西28", "7-28"),
    ("3170055", "茨城県日立市宮田町6丁目7-14　ABCビル2F", "6-7-14-2"),
    ("6500046", "神戸市中央区港島中町9丁目7-6　郵便シティA棟1F1号", "9-7-6A1-1"),
    ("6230011", "京都府綾部市青野町綾部6-7　LプラザB106", "6-7LB106"),
    ("0640804", "札幌市中央区南四条西29丁目1524-23　第2郵便ハウス501", "29-1524-23-2-501"),
    ("9100067", "福井県福井市新田塚3丁目80-25　J1ビル2-B", "3-80-25J1-2B"),
    ("1000013", "東京都千代田区霞が関1丁目3番2号　郵便プラザ503室", "1-3-2-503"),
];

fn barcode(postcode: &str, address: &str) -> Option<String> {
    PostalTables::embedded().check(postcode, address).barcode
}

#[test]
fn published_addresses_have_their_published_characters() {
    for (postcode, address, characters) in PUBLISHED {
        assert_eq!(barcode(postcode, address), Some(format!("{postcode}{characters}")), "{address}");
    }
}

#[test]
fn numerals_of_a_towns_name_are_no_house_numbers() {
    let cases = [
        ("1060045", "東京都港区麻布十番2-3-4", "2-3-4"),
        ("1060045", "東京都港区麻布十番２の３の４", "2-3-4"),
        ("1060045", "港区麻布十番二丁目3番4号", "2-3-4"),
        ("1020075", "東京都千代田区三番町6番地2", "6-2"),
        ("4600001", "名古屋市中区三の丸三丁目1番2号", "3-1-2"),
        ("1040032", "東京都中央区八丁堀二丁目1番1号", "2-1-1"),
        ("0691318", "北海道夕張郡長沼町西三線北14", "14"),
        ("0711411", "上川郡東川町西１１号北25", "25"),
        ("4560058", "名古屋市熱田区六番三丁目4-41", "3-4-41"),
    ];
    for (postcode, address, characters) in cases {
        let check = PostalTables::embedded().check(postcode, address);
        assert_eq!(check.barcode, Some(format!("{postcode}{characters}")), "{address}: {check:?}");
    }
}

#[test]
fn an_office_is_its_code_alone_and_a_city_has_none() {
    let tables = PostalTables::embedded();
    let office = tables.check("060-8621", "北海道札幌市中央区北一条西6丁目1-2 アーバンネット札幌ビル2F");
    assert_eq!((office.postcode, office.barcode.as_deref()), (PostcodeKind::Office, Some("0608621")));
    let city = tables.check("0600000", "北海道札幌市中央区北一条西6丁目1-2");
    assert_eq!((city.postcode, city.barcode), (PostcodeKind::Representative, None));
    let boxed = tables.check("1038691", "日本橋郵便局 私書箱第12号");
    assert_eq!((boxed.barcode.as_deref(), boxed.why), (Some("103869112"), AddressReason::BoxNumber));
    assert_eq!(tables.check("1038691", "日本橋郵便局").why, AddressReason::NoBox);
}

#[test]
fn another_town_or_city_is_told_and_gets_no_barcode() {
    let tables = PostalTables::embedded();
    for (postcode, address, why) in [
        ("1010025", "東京都千代田区神田佐久間町一丁目8-4", AddressReason::Agrees),
        ("101-0025", "千代田区神田佐久間町1-8-4", AddressReason::Agrees),
        ("1010025", "東京都千代田区外神田一丁目8-4", AddressReason::OtherTown),
        ("1010025", "神奈川県横浜市南区吉野町6-20-16", AddressReason::OtherTown),
        ("9999999", "東京都千代田区外神田一丁目8-4", AddressReason::UnknownPostcode),
        ("101002", "東京都千代田区外神田一丁目8-4", AddressReason::BadPostcode),
    ] {
        let check = tables.check(postcode, address);
        assert_eq!((check.why, check.barcode.is_some()), (why, why == AddressReason::Agrees), "{check:?}");
    }
}

#[test]
fn spellings_of_one_town_are_one_town() {
    for (postcode, address) in [
        ("1000013", "東京都千代田区霞ヶ関1-3-2"),
        ("1000013", "東京都千代田区霞ケ関1-3-2"),
        ("1020075", "東京都千代田区3番町6-2"),
        ("6040925", "京都府京都市中京区寺町通御池上る上本能寺前町488"),
    ] {
        let check = PostalTables::embedded().check(postcode, address);
        assert_ne!(check.why, AddressReason::OtherTown, "{address}: {check:?}");
    }
}

/// Each town in Japan Post's table with a numeral in its name, followed by a house number.
#[test]
fn no_town_with_a_numeral_leaks_it_into_the_barcode() {
    let tables = PostalTables::embedded();
    let ends_with_number = |name: &str| name.ends_with(|c: char| c.is_numeric() || super::fold::is_numeral(c));
    let (mut count, mut arguable, mut wrong) = (0, 0, Vec::new());
    for (postcode, prefecture, city, town) in tables.all_towns() {
        let plain = town.split('（').next().unwrap();
        if !plain.chars().any(|c| c.is_numeric() || super::fold::is_numeral(c)) || plain.contains(['、', '〜']) {
            continue;
        }
        count += 1;
        // 金田一2-3 could be 金田 12-3: a number behind a number needs a blank.
        let apart = if ends_with_number(plain) { " " } else { "" };
        arguable += usize::from(!apart.is_empty());
        let joined = tables.check(&postcode, &format!("{prefecture}{city}{plain}二丁目3番4号")).barcode;
        let right = format!("{postcode}2-3-4");
        assert!(joined.is_none() || joined == Some(right), "{postcode} {plain}: none is better than a wrong one");
        for (numbers, characters) in [("2-3-4", "2-3-4"), ("２丁目３番４号", "2-3-4"), ("二丁目3番4号", "2-3-4")]
        {
            let address = format!("{prefecture}{city}{plain}{apart}{numbers}");
            let found = tables.check(&postcode, &address).barcode;
            if found != Some(format!("{postcode}{characters}")) {
                wrong.push(format!("{postcode} {address}: {found:?}"));
            }
        }
    }
    println!("{count} towns with numerals, {arguable} that end with one, {} addresses wrong", wrong.len());
    assert!(count > 10_000 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_office_code_is_encoded_alone() {
    let tables = PostalTables::embedded();
    let codes = tables.all_offices();
    assert!(codes.len() > 22_000);
    for code in codes {
        let check = tables.check(&code, "どこか1-2-3");
        assert_eq!((check.postcode, check.barcode), (PostcodeKind::Office, Some(code)));
    }
}

#[test]
fn compact_tables_are_read_as_they_were_written() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    let town = |postcode: &str, town: &str| TownRow {
        postcode: postcode.to_owned(),
        prefecture: "東京都".to_owned(),
        city: "港区".to_owned(),
        town: town.to_owned(),
    };
    let rows = [town("1060000", "以下に掲載がない場合"), town("1060045", "麻布十番")];
    let office =
        OfficeRow { postcode: "1068001".into(), name: "見本商会".into(), place: "東京都港区六本木".into() };
    let (towns, offices) = (compact_towns(&rows, day).unwrap(), compact_offices(&[office], day).unwrap());
    let tables = PostalTables::read(&towns, &offices).unwrap();
    assert_eq!(tables.as_of(), Some(day));
    assert_eq!(tables.check("1060000", "港区").why, AddressReason::WholeCity);
    assert_eq!(tables.check("1060045", "港区麻布十番2-3").barcode.as_deref(), Some("10600452-3"));
    assert_eq!(tables.check("1068001", "").town.as_deref(), Some("東京都港区六本木 見本商会"));
    assert!(PostalTables::embedded().as_of().is_some_and(|as_of| as_of >= day));
}

/// Writes the compact tables: `MYKEMPO_POSTAL=FOLDER MYKEMPO_POSTAL_DAY=2026-09-30 cargo test --lib -- --ignored compact_tables`.
/// The folder has `utf_ken_all.csv` and `JIGYOSYO.CSV` as Japan Post publishes them.
#[test]
#[ignore = "needs Japan Post's files"]
fn the_compact_tables_are_made_of_japan_posts_files() {
    let folder = std::path::PathBuf::from(std::env::var("MYKEMPO_POSTAL").unwrap());
    let day = std::env::var("MYKEMPO_POSTAL_DAY").unwrap().parse().unwrap();
    let rows = |text: String| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(std::io::Cursor::new(text));
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let towns = rows(std::fs::read_to_string(folder.join("utf_ken_all.csv")).unwrap());
    let towns: Vec<TownRow> = towns
        .into_iter()
        .map(|row| TownRow {
            postcode: row[2].clone(),
            prefecture: row[6].clone(),
            city: row[7].clone(),
            town: row[8].clone(),
        })
        .collect();
    let offices = std::fs::read(folder.join("JIGYOSYO.CSV")).unwrap();
    let offices: Vec<OfficeRow> = rows(encoding_rs::SHIFT_JIS.decode(&offices).0.into_owned())
        .into_iter()
        .map(|row| OfficeRow {
            postcode: row[7].clone(),
            name: row[2].clone(),
            place: format!("{}{}{}", row[3], row[4], row[5]),
        })
        .collect();
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/postal");
    std::fs::write(assets.join("towns.zlib"), compact_towns(&towns, day).unwrap()).unwrap();
    std::fs::write(assets.join("offices.zlib"), compact_offices(&offices, day).unwrap()).unwrap();
}
