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

/// The codes of a page at 300 dpi, or nothing without poppler.
fn read(file: &Path, page: usize) -> Option<Vec<String>> {
    Some(codes(&Picture::of(file, page, 300.0)?))
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
        let (folder, file) = printed(template, 1..3);
        for at in 1..3 {
            let serial = format!("B20261122-001-{at:04}");
            let pages = [2 * at - 1, 2 * at].map(|page| read(&folder.path().join(&file.name), page));
            let [Some(front), Some(back)] = pages else { return };
            let found: Vec<&String> = front.iter().chain(&back).filter(|text| **text == serial).collect();
            assert_eq!(found.len(), 2, "{front:?} {back:?}");
            let portal = |text: &String| text == "https://mykempo.example.jp/";
            assert!(front.iter().chain(&back).any(portal), "{front:?} {back:?}");
        }
    }
}

/// `cargo test --lib -- --ignored thousand`: takes minutes.
#[test]
#[ignore = "a thousand cards take minutes"]
fn b14_a_thousand_of_a_thousand_codes_are_read() {
    let template = Template::v_fold().unwrap();
    let place = |name: &str| {
        let field = template.fields.iter().find(|field| field.name == name).unwrap();
        template.on_sheet(field.panel, &field.area)
    };
    let (outside, inside) = (place("serial-code"), place("inside-code"));
    let (folder, file) = printed(template, 1..1001);
    let mut right = 0;
    for at in 1..1001 {
        let serial = format!("B20261122-001-{at:04}");
        let part = |page, area| Picture::part(&folder.path().join(&file.name), page, 300.0, area);
        let (Some(front), Some(back)) = (part(2 * at - 1, &outside), part(2 * at, &inside)) else { return };
        right += usize::from(codes(&front) == [serial.clone()] && codes(&back) == [serial]);
    }
    println!("{right} of 1000 cards: both codes read");
    assert_eq!(right, 1000);
}
