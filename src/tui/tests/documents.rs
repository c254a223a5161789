//! The tables of keys and permissions in `docs/` are the program's own, and what the documents name exists.

use crate::domain::{Permission, Role};
use crate::labels::{Lang, codes};
use crate::tui::commands::{Binding, EVERYWHERE};
use crate::tui::keys::Key;
use crate::tui::screens::TABLES;
use std::fmt::Write;
use std::path::Path;

const OPEN: &str = "<!-- keys: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const PERMISSIONS: &str =
    "<!-- permissions: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const CLOSE: &str = "<!-- /keys -->";

/// Everywhere first; then each screen with its commands. What only moves is in the help (`?`).
fn table() -> String {
    let mut text = String::from("\n| 画面 / screen | キー / keys | 操作 | what it does |\n|---|---|---|---|\n");
    rows(&mut text, "everywhere", EVERYWHERE.iter());
    for (screen, bindings) in TABLES {
        rows(&mut text, screen, bindings.iter().filter(|binding| !binding.command.is_moving()));
    }
    text.push('\n');
    text
}

fn rows<'a>(text: &mut String, screen: &str, bindings: impl Iterator<Item = &'a Binding>) {
    for (at, binding) in bindings.enumerate() {
        let keys: Vec<_> = binding.keys.iter().map(|key| format!("`{}`", Key::shown(*key))).collect();
        let name = binding.command.row();
        let screen = if at == 0 { screen } else { "" };
        let _ = writeln!(text, "| {screen} | {} | {} | {} |", keys.join(" "), name.long(Lang::Ja), name.long(Lang::En));
    }
}

/// Role × action, from the one table that the use cases ask.
fn permissions() -> String {
    let roles = [Role::Clerk, Role::Supervisor, Role::Admin];
    let name = |role: Role| format!("{} {}", Lang::Ja.labels().words.role(role), role.code());
    let names = roles.map(name).join(" | ");
    let mut text = format!("\n| 操作 / action | {names} |\n|---|:-:|:-:|:-:|\n");
    for what in Permission::ALL.iter().copied() {
        let marks = roles.map(|role| if role.may(what) { "○" } else { "" }).join(" | ");
        let (ja, en) = (codes::permission(Lang::Ja, what), codes::permission(Lang::En, what));
        let _ = writeln!(text, "| {ja} / {en} | {marks} |");
    }
    text.push('\n');
    text
}

/// Writes a table between its marks, or checks it.
fn generated(document: &str, open: &str, close: &str, table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(open).expect("the document marks the beginning of its table");
    let (found, after) = rest.split_once(close).expect("and its end");
    if std::env::var_os("MYKEMPO_WRITE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{open}{table}{close}{after}")).unwrap();
    } else {
        assert!(found == table, "run MYKEMPO_WRITE_DOCS=1 cargo test documents");
    }
}

#[test]
fn documents_have_the_keys_and_permissions_of_the_program() {
    generated("docs/keys.md", OPEN, CLOSE, &table());
    generated("docs/security.md", PERMISSIONS, "<!-- /permissions -->", &permissions());
}

/// Files of the repository that the documents link to or name in code spans.
#[test]
fn documents_name_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut missing = Vec::new();
    for document in docs.chain([root.join("README.md")]) {
        let text = std::fs::read_to_string(&document).unwrap();
        let folder = document.parent().unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        missing.extend(links.filter(|link| !folder.join(link).exists()).map(ToOwned::to_owned));
        for named in text.split('`').skip(1).step_by(2).filter(|named| is_file_name(named)) {
            let places = [root.join(named), root.join("src").join(named)];
            if !places.iter().any(|place| place.exists()) {
                missing.push(format!("{}: {named}", document.display()));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

fn is_file_name(named: &str) -> bool {
    named.contains('/') && named.ends_with(".rs") && !named.contains(['*', ' ', '<'])
}

#[test]
fn every_test_that_the_threat_table_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(root.join("docs/security.md")).unwrap();
    let (_, rest) = document.split_once("<!-- threats -->").expect("the document marks its threat table");
    let (threats, _) = rest.split_once("<!-- /threats -->").unwrap();
    let mut sources = String::new();
    for folder in ["src", "tests"] {
        read_all(&root.join(folder), &mut sources);
    }
    let last_columns =
        threats.lines().filter_map(|line| line.trim_end_matches('|').rsplit_once(" | ").map(|(_, last)| last));
    let names: Vec<&str> = last_columns.flat_map(|column| column.split('`').skip(1).step_by(2)).collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        assert!(sources.contains(&format!("fn {name}(")), "no test is called {name}");
    }
}

fn read_all(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
