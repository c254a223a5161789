//! Templates and what is found in bad ones.

use super::*;
use crate::print::slot::TemplateSlot;
use TemplateProblem::*;

fn faults(source: &str) -> Vec<(usize, TemplateProblem)> {
    let faults = Template::parse(source).err().unwrap_or_default();
    faults.into_iter().map(|fault| (fault.line, fault.problem)).collect()
}

/// A small good template with one line changed.
fn with(number: usize, line: &str) -> String {
    let mut lines: Vec<&str> = SMALL.lines().collect();
    lines[number - 1] = line;
    lines.join("\n")
}

const SMALL: &str = r#"name = "small"
sheet = { width = 148, height = 210 }
[[panel]]
name = "out"
side = "front"
seen = "outside"
area = [0, 0, 148, 105]
[[panel]]
name = "in"
side = "back"
seen = "inside"
area = [0, 0, 148, 105]
[[fold]]
across = 105
[[field]]
name = "who"
panel = "out"
area = [20, 20, 60, 10]
size = [8, 12]
text = "{address1} {name} 様"
[[field]]
name = "secret"
panel = "in"
area = [20, 40, 100, 20]
size = [14, 24]
show = "password"
[[field]]
name = "bars"
panel = "out"
area = [20, 60, 108, 8]
show = "barcode"
bar_size = 10
[paper]
stock = "patterned"
"#;

#[test]
fn both_embedded_templates_are_sound() {
    for (template, panels, sheet) in [(Template::v_fold(), 4, (148.0, 210.0)), (Template::z_fold(), 6, (210.0, 297.0))]
    {
        let template = template.unwrap();
        assert_eq!(template.panels.len(), panels);
        assert_eq!((template.sheet.width, template.sheet.height), sheet);
    }
    assert_eq!(faults(SMALL), []);
}

#[test]
fn every_fault_is_named_with_its_line() {
    let number = || Type { key: "across".to_owned(), expected: "number" };
    let cases = [
        (1, "nam = \"small\"", vec![(1, Missing("name")), (1, UnknownKey("nam".to_owned()))]),
        (2, "sheet = { width = 148, height = 1050 }", vec![(2, Range { key: "height", least: 50.0, most: 1000.0 })]),
        (4, "name = \"in\"", vec![(8, Duplicate("in".to_owned())), (17, UnknownPanel("out".to_owned()))]),
        (7, "area = [10, 0, 148, 105]", vec![(3, OffSheet("out".to_owned()))]),
        (14, "across = \"half\"", vec![(14, number())]),
        (14, "across = 250", vec![(1, FoldOffSheet)]),
        (14, "across = 50", vec![(3, FoldThrough("out".to_owned())), (8, FoldThrough("in".to_owned()))]),
        (20, "text = \"x\"", vec![(1, NoAddressee(TemplateSlot::Address1)), (1, NoAddressee(TemplateSlot::Name))]),
        (
            18,
            "area = [20, 20, 60]",
            vec![(18, Type { key: "area".to_owned(), expected: "list of 4 numbers: x, y, width, height in mm" })],
        ),
        (18, "area = [120, 20, 60, 10]", vec![(15, OffPanel("who".to_owned()))]),
        (18, "area = [20, 62, 60, 10]", vec![(27, Overlap("who".to_owned(), "bars".to_owned()))]),
        (19, "size = [12, 8]", vec![(19, Sizes)]),
        (20, "text = \"{nmae} 様\"", vec![(20, UnknownSlot("nmae".to_owned()))]),
        (20, "text = \"{name 様\"", vec![(20, Brace)]),
        (20, "viewing = \"{name} 様\"", vec![(15, TellsTooMuch("who".to_owned()))]),
        (20, "text = \"{key}\"", vec![(15, TellsTooMuch("who".to_owned()))]),
        (20, "across = \"left\"", vec![(15, NoContent("who".to_owned()))]),
        (23, "panel = \"out\"", vec![(21, NoPassword)]),
        (26, "text = \"x\"", vec![(1, NoPassword)]),
        (32, "bar_size = 12", vec![(32, Range { key: "bar_size", least: 8.0, most: 11.5 })]),
    ];
    for (number, line, expected) in cases {
        let found: Vec<_> = faults(&with(number, line));
        for fault in &expected {
            assert!(found.contains(fault), "{line}: {fault:?} not in {found:?}");
        }
    }
}

#[test]
fn all_faults_are_found_at_once() {
    let source = SMALL.replace("[8, 12]", "[12, 8]").replace("bar_size = 10", "bar_size = 99").replace("{name}", "{x}");
    assert_eq!(faults(&source).len(), 3, "{:?}", faults(&source));
}

#[test]
fn what_is_not_toml_is_named_with_its_line() {
    assert!(matches!(faults(&with(5, "side = \"front"))[..], [(5, Syntax(_)), ..]));
}

#[test]
fn bars_keep_their_quiet_zone_and_ten_mm_from_every_edge() {
    for area in ["[7, 60, 108, 8]", "[20, 91, 108, 8]", "[20, 60, 80, 8]", "[20, 60, 108, 5]"] {
        let found = faults(&with(30, &format!("area = {area}")));
        assert!(matches!(found[..], [(27, BarcodeRoom { .. })]), "{area}: {found:?}");
    }
}

#[test]
fn a_calibration_that_cuts_a_field_off_is_named_by_its_printer() {
    let lines = Template::V_FOLD.lines().count();
    let far = |values: &str| faults(&format!("{}\n[printer.honkan]\n{values}\n", Template::V_FOLD));
    assert_eq!(far("x = 1.5\ny = -2\nback = { x = -1, scale = 0.998 }"), []);
    for values in ["y = -8", "x = 15", "back = { y = -9 }"] {
        let found = far(values);
        assert!(
            matches!(&found[..], [(line, CutOff { printer, .. })] if *line == lines + 2 && printer == "honkan"),
            "{values}: {found:?}"
        );
    }
}

#[test]
fn a_postage_mark_has_its_size_and_place() {
    for area in ["[114, 7, 19, 24]", "[60, 7, 24, 24]", "[114, 12, 24, 24]"] {
        let found = faults(&Template::V_FOLD.replace("area = [114, 7, 24, 24]", &format!("area = {area}")));
        assert!(matches!(&found[..], [(_, PostagePlace(name)), ..] if name == "postage"), "{area}: {found:?}");
    }
}

#[test]
fn a_side_has_corrections_of_its_own() {
    let source = format!("{}\n[printer.a]\nx = 1\nback = {{ x = -1 }}\n[printer.b]\nx = 1\n", Template::V_FOLD);
    let template = Template::parse(&source).unwrap();
    let x = |name| template.calibration(name).map(|shifts| (shifts.of(Side::Front).x, shifts.of(Side::Back).x));
    assert_eq!((x("a"), x("b")), (Some((1.0, -1.0)), Some((1.0, 1.0))));
}

#[test]
fn paper_that_is_too_light_or_heavy_for_the_post_is_named() {
    for (weight, taken) in [(100, false), (128, true), (135, true), (190, true), (200, false)] {
        let found = faults(&Template::V_FOLD.replace("weight = 135", &format!("weight = {weight}")));
        assert_eq!(found.is_empty(), taken, "{weight}: {found:?}");
        let named = |(least, most): (f32, f32)| (128.0..129.0).contains(&least) && (193.0..194.0).contains(&most);
        assert!(taken || matches!(found[..], [(1, PaperWeight { least, most })] if named((least, most))));
    }
}

#[test]
fn a_society_writes_the_words_of_letters_and_receipts() {
    let words = |text: &str| format!("{SMALL}[letter]\ntitle = \"{text}\"\n");
    let template = Template::parse(&words("{society}より")).unwrap();
    let of = |template: &Template, part| template.papers.iter().find(|text| text.part == part).unwrap().wording.clone();
    assert_eq!(of(&template, PaperPart::LetterTitle), Wording::parse("{society}より").unwrap());
    let shipped = Template::v_fold().unwrap();
    assert_eq!(of(&template, PaperPart::ReceiptNote), of(&shipped, PaperPart::ReceiptNote));
    assert_eq!(PaperPart::ALL.map(|part| of(&template, part).slots().count()), [1, 0, 0, 0, 0, 0]);
    let line = SMALL.lines().count() + 2;
    assert_eq!(faults(&words("{company}")), [(line, PaperSlot(TemplateSlot::Company))], "it differs from card to card");
}
