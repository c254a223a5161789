//! B14: what is printed as a code is read back by another implementation from a picture.

use super::bars::Picture;
use super::*;
use std::ops::Range;

/// The codes of a picture.
fn codes(picture: &Picture) -> Vec<String> {
    let (width, height) = (picture.width, picture.pixels.len() / picture.width);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.pixels[y * width + x]);
    prepared.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}

/// The code of a field as a scanner that is aimed at it sees it, at 300 dpi; nothing without poppler.
fn read(file: &Path, card: usize, template: &Template, field: &str) -> Option<Vec<String>> {
    let field = template.fields.iter().find(|known| known.name == field).unwrap();
    let page = match template.panels[field.panel].side {
        Side::Front => 2 * card - 1,
        Side::Back => 2 * card,
    };
    Some(codes(&Picture::part(file, page, 300.0, &template.on_sheet(field.panel, &field.area))?))
}

fn printed(template: Template, numbers: Range<usize>) -> (tempfile::TempDir, WrittenFile) {
    let folder = tempfile::tempdir().unwrap();
    let mut staging = Staging::open(folder.path()).unwrap();
    let renderer = CardRenderer::open(template, Fonts::embedded().unwrap(), sender()).unwrap();
    let cards = numbers.map(|at| masked(card(at, CardKind::ALL[at % 2])));
    renderer.cards(&run(None, 10_000), cards, &mut staging, &mut go).unwrap();
    let file = staging.publish().unwrap().remove(0);
    (folder, file)
}

#[test]
fn b14_serials_are_read_outside_and_inside() {
    for template in [Template::v_fold().unwrap(), Template::z_fold().unwrap()] {
        let (folder, file) = printed(template.clone(), 1..4);
        let file = folder.path().join(&file.name);
        for at in 1..4 {
            let serial = format!("B20261122-001-{at:04}");
            let read = |field| read(&file, at, &template, field);
            let (Some(outside), Some(inside), Some(portal)) =
                (read("serial-code"), read("inside-code"), read("portal-code"))
            else {
                return;
            };
            assert_eq!((outside, inside), (vec![serial.clone()], vec![serial]), "{}", template.name);
            assert_eq!(portal, ["https://mykempo.example.jp/"]);
        }
    }
}

#[test]
fn b14_letter_and_receipt_say_whose_parcel_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut staging = Staging::open(folder.path()).unwrap();
    let cards: Vec<CardContent> = (1..4).map(|at| card(at, CardKind::Viewing)).collect();
    renderer().letters(&run(None, 9), &bundles(&cards), LetterFiles::Joined, &mut staging).unwrap();
    let file = folder.path().join(staging.publish().unwrap().remove(0).name);
    let whole = Area { x: 0.0, y: 0.0, width: 210.0, height: 297.0 };
    for page in [1, 2] {
        let Some(picture) = Picture::part(&file, page, 300.0, &whole) else { return };
        assert_eq!(codes(&picture), ["B20261122-001/260"], "page {page}");
    }
}

/// `cargo test --lib -- --ignored thousand`: takes minutes.
#[test]
#[ignore = "a thousand cards take minutes"]
fn b14_a_thousand_of_a_thousand_codes_are_read() {
    let template = Template::v_fold().unwrap();
    let (folder, file) = printed(template.clone(), 1..1001);
    let file = folder.path().join(&file.name);
    let mut right = 0;
    for at in 1..1001 {
        let serial = format!("B20261122-001-{at:04}");
        let read = |field| read(&file, at, &template, field);
        let (Some(outside), Some(inside)) = (read("serial-code"), read("inside-code")) else { return };
        right += usize::from(outside == [serial.clone()] && inside == [serial]);
    }
    println!("{right} of 1000 cards: both codes read");
    assert_eq!(right, 1000);
}
