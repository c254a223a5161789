//! The house of `src/lib.rs`: no room may use a room above it.
#![allow(clippy::unwrap_used)]

use std::path::Path;

/// Rooms from top to bottom; those of one line may not use each other, except that a room may use itself.
const FLOORS: &[&[&str]] = &[
    &["cli"],
    &["tui"],
    &["labels"],
    &["config", "usecases"],
    &["store", "print", "interchange"],
    &["secrets"],
    &["domain"],
    &["text", "files"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn rust_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn arrows_run_down_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    assert!(files.len() > 20, "the scan found only {} files", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&src).unwrap();
        let room = inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(from) = floor(&room) else {
            assert!(["lib", "main"].contains(&room.as_str()), "{room} stands on no floor");
            continue;
        };
        for (number, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                let up = floor(&used).is_some_and(|to| to < from || (to == from && used != room));
                if up {
                    wrong.push(format!("{}:{}: {room} uses {used}", inside.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rule's own test: an arrow that runs up is seen.
#[test]
fn an_arrow_up_would_be_seen() {
    assert!(floor("domain") > floor("usecases"));
    assert!(floor("text") > floor("domain"));
    assert!(floor("tui") > floor("cli"));
}
