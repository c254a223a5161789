//! The README's key table is the console's own.

use crate::labels::Lang;
use crate::tui::keys::{Binding, EVERYWHERE, Foot, Key};
use crate::tui::screens::TABLES;
use std::fmt::Write;
use std::path::Path;

const OPEN: &str = "<!-- keys: written by `MYKEMPO_WRITE_README=1 cargo test readme`, checked by the same test -->\n";
const CLOSE: &str = "<!-- /keys -->";

/// Everywhere first; then each screen with what its footer shows. The rest is in the help (`?`).
fn table() -> String {
    let mut text = String::from("\n| 画面 / screen | キー / keys | 操作 | what it does |\n|---|---|---|---|\n");
    rows(&mut text, "everywhere", EVERYWHERE.iter());
    for (screen, bindings) in TABLES {
        rows(&mut text, screen, bindings.iter().filter(|binding| binding.foot == Foot::Shown));
    }
    text.push('\n');
    text
}

fn rows<'a>(text: &mut String, screen: &str, bindings: impl Iterator<Item = &'a Binding>) {
    for (at, binding) in bindings.enumerate() {
        let keys: Vec<_> = binding.keys.iter().map(|key| format!("`{}`", Key::shown(*key))).collect();
        let name = binding.command.name();
        let screen = if at == 0 { screen } else { "" };
        let _ = writeln!(text, "| {screen} | {} | {} | {} |", keys.join(" "), name.long(Lang::Ja), name.long(Lang::En));
    }
}

#[test]
fn the_readme_has_the_console_s_keys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(OPEN).expect("the README marks the beginning of its key table");
    let (keys, after) = rest.split_once(CLOSE).expect("and its end");
    if std::env::var_os("MYKEMPO_WRITE_README").is_some() {
        std::fs::write(&path, format!("{before}{OPEN}{}{CLOSE}{after}", table())).unwrap();
    } else {
        assert!(keys == table(), "run MYKEMPO_WRITE_README=1 cargo test readme");
    }
}
