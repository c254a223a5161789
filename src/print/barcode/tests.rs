//! Against the post office's published examples, and against another encoder.

use super::code::{Bar, bars};
use super::*;
use std::process::Command;

/// Postcode, address, address characters and check character of the post office's manual.
const PUBLISHED: &[(&str, &str, &str, &str)] = &[
    ("2630023", "千葉市稲毛区緑町3丁目30-8　郵便ビル403号", "3-30-8-403", "5"),
    ("0140113", "秋田県大仙市堀見内　南田茂木　添60-1", "60-1", "CC8"),
    ("1100016", "東京都台東区台東5-6-3　ABCビル10F", "5-6-3-10", "9"),
    ("0600906", "北海道札幌市東区北六条東4丁目　郵便センター6号館", "4-6", "9"),
    ("0650006", "北海道札幌市東区北六条東8丁目　郵便センター10号館", "8-10", "9"),
    ("4070033", "山梨県韮崎市龍岡町下條南割　韮崎400", "400", "-"),
    ("2730102", "千葉県鎌ケ谷市右京塚　東3丁目-20-5　郵便・A&bコーポB604号", "3-20-5B604", "0"),
    ("1980036", "東京都青梅市河辺町十一丁目六番地一号　郵便タワー601", "11-6-1-601", "CC8"),
    ("0270203", "岩手県宮古市大字津軽石第二十一地割大淵川480", "21-480", "CC5"),
    ("5900016", "大阪府堺市堺区中田出井町四丁六番十九号", "4-6-19", "CC2"),
    ("0800831", "北海道帯広市稲田町南七線　西28", "7-28", "CC7"),
    ("3170055", "茨城県日立市宮田町6丁目7-14　ABCビル2F", "6-7-14-2", "CC1"),
    ("6500046", "神戸市中央区港島中町9丁目7-6　郵便シティA棟1F1号", "9-7-6A1-1", "5"),
    ("6230011", "京都府綾部市青野町綾部6-7　LプラザB106", "6-7LB106", "4"),
    ("0640804", "札幌市中央区南四条西29丁目1524-23　第2郵便ハウス501", "29-1524-23-2-501", "3"),
    ("9100067", "福井県福井市新田塚3丁目80-25　J1ビル2-B", "3-80-25J1-2B", "9"),
    ("1000013", "東京都千代田区霞が関1丁目3番2号　郵便プラザ503室", "1-3-2-503", "9"),
];

fn check_shape(check: &str) -> &'static str {
    match check {
        "0" => "FTT",
        "3" => "DFA",
        "4" => "FAD",
        "5" => "FTF",
        "9" => "TFF",
        "-" => "TFT",
        "CC1" => "DAT",
        "CC2" => "DTA",
        "CC5" => "ATD",
        "CC7" => "TTF",
        "CC8" => "FFF",
        other => panic!("{other}"),
    }
}

fn letters(bars: &[Bar]) -> String {
    let letter = |bar: &Bar| match bar {
        Bar::Full => 'F',
        Bar::Ascending => 'A',
        Bar::Descending => 'D',
        Bar::Timing => 'T',
    };
    bars.iter().map(letter).collect()
}

#[test]
fn the_published_examples_come_out() {
    for (postcode, address, characters, check) in PUBLISHED {
        let found = PostalTables::embedded().check(postcode, address).barcode;
        assert_eq!(found, Some(format!("{postcode}{characters}")), "{address}");
        let code = letters(&bars(postcode, characters).unwrap());
        assert_eq!(&code[62..65], check_shape(check), "{address}");
    }
}

#[test]
fn zint_draws_the_same_bars() {
    for (postcode, _, characters, _) in PUBLISHED {
        // It refuses what we cut.
        let letters_in = characters.chars().filter(char::is_ascii_alphabetic).count();
        if characters.len() + letters_in > 13 {
            continue;
        }
        let data = format!("{postcode}{characters}");
        let Ok(output) = Command::new("zint").args(["--barcode=JAPANPOST", "--dump", "-d", &data]).output() else {
            eprintln!("SKIPPED: zint is not installed");
            return;
        };
        let rows: Vec<Vec<bool>> = String::from_utf8(output.stdout).unwrap().lines().map(row).collect();
        let other: String = (0..BARS).map(|at| shape(rows[0][2 * at], rows[2][2 * at])).collect();
        assert_eq!(letters(&bars(postcode, characters).unwrap()), other, "{data}");
    }
}

fn row(hex: &str) -> Vec<bool> {
    let nibbles = hex.chars().filter_map(|c| c.to_digit(16));
    nibbles.flat_map(|nibble| [8, 4, 2, 1].map(|bit| nibble & bit != 0)).collect()
}

fn shape(up: bool, down: bool) -> char {
    match (up, down) {
        (true, true) => 'F',
        (true, false) => 'A',
        (false, true) => 'D',
        (false, false) => 'T',
    }
}

#[test]
fn bars_have_the_published_lengths_and_keep_their_quiet_zone() {
    let route = PrintedRoute {
        postcode: Some("263-0023".to_owned()),
        address1: "千葉市稲毛区緑町3丁目30-8".to_owned(),
        address2: "郵便ビル403号".to_owned(),
        ..PrintedRoute::default()
    };
    for size in [8.0, 9.5, 10.0, 11.5] {
        let Size { width, height } = extent(size);
        let field = Area { x: 11.0, y: 60.0, width: width + 2.0 * QUIET, height: height + 2.0 * QUIET };
        let areas: Vec<Area> = shapes(&RouteCheck::default().of(&route), &field, size, HorizontalAlign::Left)
            .into_iter()
            .map(|shape| match shape {
                Shape::Fill { area, grey: 0.0 } => area,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(areas.len(), BARS);
        let scale = size / 10.0;
        let close = |a: f32, b: f32| (a - b).abs() < 0.001;
        for (at, bar) in areas.iter().enumerate() {
            assert!(field.holds(&bar.grown(QUIET)) || bar.height < 3.6 * scale);
            assert!(close(bar.width, 0.6 * scale) && close(bar.x - areas[0].x, at as f32 * 1.2 * scale));
            assert!([3.6, 2.4, 1.2].iter().any(|length| close(bar.height, length * scale)));
        }
    }
}

#[test]
fn an_address_without_a_usable_postcode_has_no_bars() {
    for postcode in [None, Some(""), Some("101-002"), Some("1234567890")] {
        let route = PrintedRoute { postcode: postcode.map(str::to_owned), ..PrintedRoute::default() };
        assert!(
            shapes(
                &RouteCheck::default().of(&route),
                &Area { x: 0.0, y: 0.0, width: 100.0, height: 10.0 },
                10.0,
                HorizontalAlign::Left
            )
            .is_empty()
        );
    }
}
