//! The customer barcode as poppler draws it, against zint, bar by bar.

use super::*;

/// A grey picture of a page.
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) pixels: Vec<u8>,
    dpi: f32,
}

impl Picture {
    /// A page of a file, or nothing without poppler.
    pub(super) fn of(file: &Path, page: usize, dpi: f32) -> Option<Self> {
        Self::drawn(file, page, dpi, &[])
    }

    /// A part of a page, from its upper left corner in mm.
    pub(super) fn part(file: &Path, page: usize, dpi: f32, area: &Area) -> Option<Self> {
        let pixels = |mm: f32| ((mm / 25.4 * dpi) as usize).to_string();
        let (x, y, width, height) = (pixels(area.x), pixels(area.y), pixels(area.width), pixels(area.height));
        Self::drawn(file, page, dpi, &["-x", &x, "-y", &y, "-W", &width, "-H", &height])
    }

    fn drawn(file: &Path, page: usize, dpi: f32, more: &[&str]) -> Option<Self> {
        let (page, resolution) = (page.to_string(), dpi.to_string());
        let arguments = ["-r", &resolution, "-gray", "-f", &page, "-l", &page];
        let output = Command::new("pdftoppm").args(arguments).args(more).arg(file).output();
        let Ok(output) = output else {
            eprintln!("SKIPPED: pdftoppm is not installed");
            return None;
        };
        let header = output.stdout.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(2)?.0;
        let text = String::from_utf8_lossy(&output.stdout[..header]).into_owned();
        let width = text.split_whitespace().nth(1)?.parse().ok()?;
        Some(Self { width, pixels: output.stdout[header + 1..].to_vec(), dpi })
    }

    /// Whether ink stands at a place in mm.
    fn ink(&self, x: f32, y: f32) -> bool {
        let pixel = |length: f32| (length / 25.4 * self.dpi) as usize;
        self.pixels[pixel(y) * self.width + pixel(x)] < 128
    }
}

#[test]
fn the_printed_bars_are_those_of_zint() {
    let folder = tempfile::tempdir().unwrap();
    let mut staging = Staging::open(folder.path()).unwrap();
    let mut sample = card(1, CardKind::Viewing);
    sample.route.postcode = Some("263-0023".to_owned());
    sample.route.address1 = "千葉市稲毛区緑町3丁目30-8".to_owned();
    sample.route.address2 = "郵便ビル403号".to_owned();
    renderer().cards(&run(None, 9), vec![masked(sample)], &mut staging, &mut go).unwrap();
    let files = staging.publish().unwrap();
    let Some(picture) = Picture::of(&folder.path().join(&files[0].name), 1, 600.0) else { return };

    let template = Template::v_fold().unwrap();
    let field = template.fields.iter().find(|field| field.name == "barcode").unwrap();
    let place = crate::print::barcode::place(&field.area, 10.0, field.style.across);
    let row =
        |y: f32| -> Vec<bool> { (0..67).map(|at| picture.ink(place.x + at as f32 * 1.2 + 0.3, place.y + y)).collect() };
    let (upper, middle, lower) = (row(0.6), row(1.8), row(3.0));
    assert!(middle.iter().all(|ink| *ink), "every bar crosses the timing line");
    let between = |at: usize| picture.ink(place.x + at as f32 * 1.2 + 0.9, place.y + 1.8);
    assert!((0..66).all(|at| !between(at)), "bars are apart");
    let quiet = |x: f32, y: f32| picture.ink(place.x + x, place.y + y);
    assert!((0..80).all(|x| !quiet(x as f32, -1.0) && !quiet(x as f32, 4.6)), "nothing above or below");
    assert!((0..36).all(|y| !quiet(-1.0, y as f32 / 10.0) && !quiet(81.0, y as f32 / 10.0)), "nothing beside");

    let zint = Command::new("zint").args(["--barcode=JAPANPOST", "--dump", "-d", "26300233-30-8-403"]).output();
    let Ok(zint) = zint else {
        eprintln!("SKIPPED: zint is not installed");
        return;
    };
    let rows: Vec<Vec<bool>> = String::from_utf8(zint.stdout).unwrap().lines().map(modules).collect();
    let of_zint = |row: usize| (0..67).map(|at| rows[row][2 * at]).collect::<Vec<_>>();
    assert_eq!((upper, lower), (of_zint(0), of_zint(2)));
}

fn modules(hex: &str) -> Vec<bool> {
    let nibbles = hex.chars().filter_map(|c| c.to_digit(16));
    nibbles.flat_map(|nibble| [8, 4, 2, 1].map(|bit| nibble & bit != 0)).collect()
}
