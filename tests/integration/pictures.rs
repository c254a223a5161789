//! The pictures of the README, drawn from the real program: `MYKEMPO_DRAW_PICTURES=1 cargo test --test integration pictures`.
//! The same program draws the same bytes but for one count, so `git diff` tells whether they are stale.
#![allow(clippy::unwrap_used)]

mod scenes;
mod svg;

use crate::pty::Terminal;
use scenes::Demo;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const SCREENS: [&str; 4] = ["member.svg", "queue.svg", "batch.svg", "member-en.svg"];
/// The sample papers, whose passwords are masked: the picture, the PDF, its page.
const PAPERS: [(&str, &str, &str); 2] =
    [("card.png", "B20261122-001-01.pdf", "2"), ("letter.png", "B20261122-001-letters.pdf", "1")];
/// Pictures are looked at over slow lines, too.
const MOST_BYTES: u64 = 150_000;

#[test]
fn the_readme_shows_pictures_that_are_there() {
    if std::env::var_os("MYKEMPO_DRAW_PICTURES").is_some() {
        draw_screens();
        draw_papers();
    }
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for name in SCREENS.into_iter().chain(PAPERS.map(|(name, ..)| name)) {
        let size = std::fs::metadata(folder().join(name)).unwrap().len();
        assert!(size < MOST_BYTES, "{name} has {size} bytes");
        assert!(readme.contains(&format!("(assets/pictures/{name})")), "{name} is not shown");
    }
}

#[test]
fn pictures_have_every_glyph_that_they_use() {
    for name in SCREENS {
        let picture = std::fs::read_to_string(folder().join(name)).unwrap();
        let named = |start: &str| -> BTreeSet<String> {
            picture.split(start).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let (used, there) = (named(r##"<use href="#"##), named(r#"<path id=""#));
        assert!(used.len() > 50 && used.is_subset(&there), "{name}: {:?}", used.difference(&there).next());
    }
}

fn draw_screens() {
    let place = tempfile::tempdir().unwrap();
    let demo = Demo::new(place.path());
    for (lang, name) in [("ja", "member.svg"), ("en", "member-en.svg")] {
        let mut screen = demo.signed_in("sato", lang);
        // Somebody whose card waits: the first of an employer in the queue.
        screen.types("4").settled().presses(DOWN).enter().settled().enter().settled().types("d").settled().types("e");
        draw(screen.settled(), name);
    }
    demo.makes_hashing_slow();
    let mut clerk = demo.signed_in("sato", "ja");
    draw(clerk.types("4").settled(), "queue.svg");
    clerk.types("n").sees("すべて").types("a").sees("でバッチを作成します").types("y").sees("を作成しました");
    demo.signed_in("suzuki", "ja").types("5").settled().enter().settled().types("a").settled().types("y").settled();
    clerk.types("5").settled().enter().settled().types("x").sees("発送予定日");
    clerk.enter().settled().enter().settled().enter();
    // The pages are set long before. Two hashes may end in one frame, so the count is not the same each time.
    let half_way = |screen: &vt100::Screen| (120..130).any(|count| screen.contents().contains(&format!(" {count}/")));
    draw(clerk.waits("an export half way", half_way), "batch.svg");
    clerk.types("s").sees("中断");
}

const DOWN: &str = "\x1b[B";

fn draw(screen: &Terminal, name: &str) {
    let font = std::fs::read(root().join("assets/fonts/BIZUDGothic-Regular.ttf")).unwrap();
    let font = skrifa::FontRef::new(&font).unwrap();
    std::fs::write(folder().join(name), svg::drawn(screen.screen(), &font)).unwrap();
}

fn draw_papers() {
    for (name, paper, page) in PAPERS {
        let pdf = root().join("exports/sample").join(paper);
        let to = folder().join(name).with_extension("");
        let drawn = Command::new("pdftoppm")
            .args(["-png", "-gray", "-singlefile", "-r", "80", "-f", page, "-l", page])
            .args([&pdf, &to])
            .status();
        assert!(drawn.unwrap().success(), "pdftoppm (poppler-utils) draws the papers");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn folder() -> PathBuf {
    root().join("assets/pictures")
}
