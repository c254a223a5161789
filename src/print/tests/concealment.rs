//! 隠蔽地紋: what is read of a password through the paper, with 30 % of it showing.

use super::bars::Picture;
use super::*;
use crate::secrets::Password;

const DPI: f32 = 150.0;

/// The part of a black stroke that shows on the other side.
const THROUGH: f32 = 0.3;

/// Both sides laid over each other as a reader would hold them: the second page mirrored, then all of it mirrored back.
fn overlaid(template: Template, password: Password) -> Option<(usize, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let mut staging = Staging::open(folder.path()).unwrap();
    let renderer = CardRenderer::open(template, Fonts::embedded().unwrap(), sender()).unwrap();
    let cards = vec![(card(1, CardKind::Viewing), Secret::Clear(password))];
    renderer.cards(&run(None, 9), cards, &mut staging, &mut go).unwrap();
    let file = folder.path().join(&staging.publish().unwrap()[0].name);
    let (front, back) = (Picture::of(&file, 1, DPI)?, Picture::of(&file, 2, DPI)?);
    let width = front.width;
    let mirrored = front.pixels.chunks(width).flat_map(|row| row.iter().rev().copied());
    let shining = back.pixels.iter().map(|ink| 1.0 - THROUGH * (1.0 - f32::from(*ink) / 255.0));
    Some((width, mirrored.zip(shining).map(|(ink, light)| (f32::from(ink) * light) as u8).collect()))
}

/// The line of the password as tesseract reads it, at full contrast; nothing where it is not installed.
fn seen(width: usize, pixels: &[u8]) -> Option<String> {
    let template = Template::v_fold().unwrap();
    let field = template.fields.iter().find(|field| field.name == "password").unwrap();
    let area = template.on_sheet(field.panel, &field.area);
    let pixel = |mm: f32| (mm / 25.4 * DPI) as usize;
    let (left, right, top, bottom) =
        (pixel(area.x - 1.0), pixel(area.right() + 1.0), pixel(area.y - 0.5), pixel(area.y + area.height * 0.57));
    let line: Vec<u8> = (top..bottom).flat_map(|y| pixels[y * width + left..y * width + right].to_vec()).collect();
    let darkest = *line.iter().min().unwrap();
    let stretch = |ink: u8| (f32::from(ink - darkest) * 255.0 / f32::from(255 - darkest).max(1.0)) as u8;
    let header = format!("P5 {} {} 255\n", right - left, bottom - top);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seen.pgm");
    std::fs::write(&path, [header.as_bytes(), &line.into_iter().map(stretch).collect::<Vec<_>>()].concat()).unwrap();
    let Ok(read) = Command::new("tesseract").arg(&path).args(["-", "-l", "eng", "--psm", "7"]).output() else {
        eprintln!("SKIPPED: tesseract is not installed");
        return None;
    };
    Some(String::from_utf8_lossy(&read.stdout).split_whitespace().collect())
}

fn groups(text: &str, password: &str) -> usize {
    password.as_bytes().chunks(4).filter(|group| text.contains(std::str::from_utf8(group).unwrap())).count()
}

fn without_pattern(source: &str) -> String {
    source.replace("show = \"pattern\"\nsize", "show = \"shade\"\ngrey = 1.0\nsize")
}

fn on_patterned_paper(source: &str) -> String {
    source.replace("stock = \"plain\" }", "stock = \"patterned\" }")
}

#[test]
fn s2_no_group_of_a_password_is_read_through_the_paper() {
    let bare = Template::parse(&on_patterned_paper(&without_pattern(Template::V_FOLD))).unwrap();
    let (mut hidden, mut open) = (0, 0);
    for _ in 0..5 {
        let password = PasswordPolicy::default().generate().unwrap();
        let clear = password.expose().to_owned();
        let Some((width, pixels)) = overlaid(Template::v_fold().unwrap(), password.clone()) else { return };
        let Some(text) = seen(width, &pixels) else { return };
        hidden += groups(&text, &clear);
        let (width, pixels) = overlaid(bare.clone(), password).unwrap();
        open += groups(&seen(width, &pixels).unwrap(), &clear);
    }
    assert_eq!(hidden, 0, "a pattern that does not hide");
    assert!(open > 0, "without the pattern some of it is read, so this test can fail");
}

#[test]
fn s2_a_password_behind_an_empty_face_is_a_fault() {
    let unconcealed = |source: String| {
        let faults = Template::parse(&source).err().unwrap_or_default();
        faults.iter().any(|fault| matches!(&fault.problem, TemplateProblem::Unconcealed(name) if name == "password"))
    };
    for source in [Template::V_FOLD, Template::Z_FOLD] {
        let without = without_pattern(source);
        assert!(unconcealed(without.clone()) && !unconcealed(source.to_owned()));
        assert!(!unconcealed(on_patterned_paper(&without)));
    }
    let beside = Template::V_FOLD.replace("area = [11, 38, 126, 26]", "area = [11, 44, 126, 20]");
    assert!(unconcealed(beside), "it covers a part alone");
}
