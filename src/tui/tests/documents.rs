//! The generated tables in `docs/` are the program's own, and what the documents name exists.

use crate::domain::diagnosis::Scripts;
use crate::domain::request::{ReplyState, RequestState};
use crate::domain::stats::Figure;
use crate::domain::{
    BatchState, CardCause, CardState, DeadReason, HoldReason, Permission, Role, ViewingState, WebDisplay,
};
use crate::interchange::{RowCode, RowWarning};
use crate::labels::{Lang, codes, doctor, files, settings as setting_words, stats};
use crate::tui::commands::{Binding, EVERYWHERE};
use crate::tui::keys::Key;
use crate::tui::screens::TABLES;
use crate::usecases::FailureKind;
use crate::usecases::settings::{SETTINGS, Settings};
use crate::usecases::upkeep::METRICS;
use crate::usecases::upkeep::doctor::FindingCode;
use std::fmt::Write;
use std::path::Path;

const OPEN: &str = "<!-- keys: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const PERMISSIONS: &str =
    "<!-- permissions: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const CLOSE: &str = "<!-- /keys -->";
const CODES: &str =
    "<!-- codes: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const SETTING_ROWS: &str =
    "<!-- settings: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const GUIDE: &str =
    "<!-- guide: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const FIGURES: &str =
    "<!-- figures: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const METRIC_ROWS: &str =
    "<!-- metrics: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const EXIT_CODES: &str =
    "<!-- exit codes: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";
const TYPES: &str =
    "<!-- types: written by `MYKEMPO_WRITE_DOCS=1 cargo test documents`, checked by the same test -->\n";

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
    let roles = [Role::Clerk, Role::Supervisor, Role::Admin, Role::Auditor];
    let name = |role: Role| format!("{} {}", Lang::Ja.labels().words.role(role), role.code());
    let names = roles.map(name).join(" | ");
    let mut text = format!("\n| 操作 / action | {names} |\n|---|:-:|:-:|:-:|:-:|\n");
    for what in Permission::ALL.iter().copied() {
        let marks = roles.map(|role| if role.may(what) { "○" } else { "" }).join(" | ");
        let (ja, en) = (codes::permission(Lang::Ja, what), codes::permission(Lang::En, what));
        let _ = writeln!(text, "| {ja} / {en} | {marks} |");
    }
    text.push('\n');
    text
}

/// The codes that stand in the database, in JSON and in files, by what they are codes of.
fn code_tables() -> String {
    fn rows<T: Copy>(
        text: &mut String,
        of: &str,
        all: &[T],
        code: fn(T) -> &'static str,
        words: fn(Lang, T) -> &'static str,
    ) {
        for (at, value) in all.iter().copied().enumerate() {
            let of = if at == 0 { of } else { "" };
            let _ = writeln!(
                text,
                "| {of} | `{}` | {} | {} |",
                code(value),
                words(Lang::Ja, value),
                words(Lang::En, value)
            );
        }
    }
    let mut text = String::from("\n| of | code | Japanese | English |\n|---|---|---|---|\n");
    rows(&mut text, "card", CardState::ALL, CardState::code, codes::card_state);
    rows(&mut text, "cause of a card", CardCause::ALL, CardCause::code, codes::card_cause);
    rows(&mut text, "reason to hold a card", HoldReason::ALL, HoldReason::code, codes::hold_reason);
    rows(&mut text, "end of a password", DeadReason::ALL, DeadReason::code, codes::dead_reason);
    rows(&mut text, "viewing password", ViewingState::ALL, ViewingState::code, codes::viewing_state);
    rows(&mut text, "web display", WebDisplay::ALL, WebDisplay::code, codes::web_display);
    rows(&mut text, "batch", BatchState::ALL, BatchState::code, codes::batch_state);
    rows(&mut text, "request", RequestState::ALL, RequestState::code, codes::request_state);
    rows(&mut text, "reply", ReplyState::ALL, ReplyState::code, |lang, state| lang.labels().replies.state(state));
    rows(&mut text, "rejected row", RowCode::ALL, RowCode::code, files::row_code);
    rows(&mut text, "warning of a row", RowWarning::ALL, RowWarning::code, files::warning);
    rows(&mut text, "finding of doctor", FindingCode::ALL, FindingCode::code, doctor::finding_code);
    text.push('\n');
    text
}

/// What the exit codes mean, and the word for each in `{"error":{"kind"}}`.
fn exit_codes() -> String {
    let mut text =
        String::from("\n| exit code | kind | Japanese | English |\n|---|---|---|---|\n| 0 |  | 完了 | done |\n");
    for kind in FailureKind::ALL.iter().copied() {
        let [ja, en] = [Lang::Ja, Lang::En].map(|lang| codes::failure_kind(lang, kind));
        let _ = writeln!(text, "| {} | `{}` | {ja} | {en} |", kind.exit_code(), kind.code());
    }
    text.push('\n');
    text
}

/// Each metric of `mykempo metrics`.
fn metric_table() -> String {
    let mut text =
        String::from("\n| metric | meaning |\n|---|---|\n| `mykempo_up` | Whether the database could be read. |\n");
    for metric in METRICS {
        let _ = writeln!(text, "| `{}` | {} |", metric.name, metric.help);
    }
    text.push('\n');
    text
}

/// Each figure of the statistics with its definition.
fn figure_table() -> String {
    let mut text = String::from("\n| code | 項目 | figure | 定義 | definition |\n|---|---|---|---|---|\n");
    for figure in Figure::ALL.iter().copied() {
        let [ja, en] = [Lang::Ja, Lang::En].map(|lang| stats::figure(lang, figure));
        let [what, meaning] = [Lang::Ja, Lang::En].map(|lang| stats::definition(lang, figure));
        let _ = writeln!(text, "| `{}` | {ja} | {en} | {what} | {meaning} |", figure.code());
    }
    text.push('\n');
    text
}

/// Each setting with its default, what it takes and what it means. Those marked are asked about before they change.
fn setting_table() -> String {
    let defaults = Settings::default();
    let mut text = String::from("\n| key | default | takes | Japanese | English | |\n|---|---|---|---|---|---|\n");
    for setting in SETTINGS {
        let (default, takes) = (setting.get(&defaults), setting_words::takes(Lang::En, setting.takes));
        let default = if default.is_empty() { default } else { format!("`{default}`") };
        let [ja, en] = [Lang::Ja, Lang::En].map(|lang| setting_words::meaning(lang, setting.id));
        let guarded = if setting.guarded { "guarded" } else { "" };
        let _ = writeln!(text, "| `{}` | {default} | {takes} | {ja} | {en} | {guarded} |", setting.key);
    }
    text.push('\n');
    text
}

/// The guide's twin: each sentence of the guide with the lines that say it, and the lines that say none.
fn guide_map() -> String {
    let scripts = Scripts::embedded().unwrap();
    let lines = scripts.lines();
    let mut text = String::from("\n| sentence | meaning | 意味 | said by |\n|---|---|---|---|\n");
    for sentence in scripts.guide_sentences() {
        let said: Vec<String> =
            lines.iter().filter(|it| it.guide.contains(&sentence.id)).map(|it| format!("`{}`", it.place)).collect();
        let said = sentence.unsaid.as_ref().map_or(said.join(" "), |why| format!("– ({why})"));
        let _ = writeln!(text, "| `{}` | {} | {} | {said} |", sentence.id, sentence.en, sentence.ja);
    }
    text.push_str("\n| line | お伝えすること | sentences of the guide, or why none |\n|---|---|---|\n");
    for line in lines {
        let guide: Vec<String> = line.guide.iter().map(|id| format!("`{id}`")).collect();
        let why = line.beyond.map_or(guide.join(" "), |why| format!("– ({why})"));
        let _ = writeln!(text, "| `{}` | {} | {why} |", line.place, line.ja);
    }
    text.push('\n');
    text
}

/// Every public type of `domain` with the first sentence of its doc comment.
fn type_table() -> String {
    let mut sources = Vec::new();
    read_each(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain"), &mut sources);
    let mut rows = std::collections::BTreeSet::new();
    for (path, source) in &sources {
        let module = path.rsplit_once("src/").unwrap().1.trim_end_matches(".rs").trim_end_matches("/mod");
        if module.contains("/tests") {
            continue;
        }
        let live = source.split("#[cfg(test)]").next().unwrap();
        let mut doc = String::new();
        for line in live.lines().map(str::trim) {
            if let Some(words) = line.strip_prefix("/// ") {
                doc = if doc.is_empty() { words.to_owned() } else { format!("{doc} {words}") };
            } else if let Some(name) = declared(line) {
                let sentence = doc.split_inclusive(". ").next().unwrap_or_default().trim().replace('|', "\\|");
                rows.insert(format!("| `{name}` | {sentence} | `{}` |", module.replace('/', "::")));
                doc.clear();
            } else if !line.starts_with("#[") {
                doc.clear();
            }
        }
    }
    let rows = rows.into_iter().collect::<Vec<_>>().join("\n");
    format!("\n| type | meaning | module |\n|---|---|---|\n{rows}\n\n")
}

/// The name of a public type that a line declares.
fn declared(line: &str) -> Option<&str> {
    let rest = ["pub struct ", "pub enum ", "pub trait "].iter().find_map(|start| line.strip_prefix(start))?;
    rest.split(|c: char| !c.is_alphanumeric()).next()
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
fn documents_have_the_tables_of_the_program() {
    generated("docs/keys.md", OPEN, CLOSE, &table());
    generated("docs/security.md", PERMISSIONS, "<!-- /permissions -->", &permissions());
    generated("docs/settings.md", SETTING_ROWS, "<!-- /settings -->", &setting_table());
    generated("docs/codes.md", CODES, "<!-- /codes -->", &code_tables());
    generated("docs/guide-map.md", GUIDE, "<!-- /guide -->", &guide_map());
    generated("docs/codes.md", METRIC_ROWS, "<!-- /metrics -->", &metric_table());
    generated("docs/statistics.md", FIGURES, "<!-- /figures -->", &figure_table());
    generated("docs/codes.md", EXIT_CODES, "<!-- /exit codes -->", &exit_codes());
    generated("docs/glossary.md", TYPES, "<!-- /types -->", &type_table());
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
    let known = [".rs", ".toml", ".sql", ".md", ".csv"].iter().any(|extension| named.ends_with(extension));
    named.contains('/') && known && !named.contains(['*', ' ', '<', '…']) && !named.starts_with('/')
}

#[test]
fn every_test_that_the_threat_table_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(root.join("docs/security.md")).unwrap();
    let (_, rest) = document.split_once("<!-- threats -->").expect("the document marks its threat table");
    let (threats, _) = rest.split_once("<!-- /threats -->").unwrap();
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        read_each(&root.join(folder), &mut files);
    }
    let sources: String = files.into_iter().map(|(_, source)| source).collect();
    let last_columns =
        threats.lines().filter_map(|line| line.trim_end_matches('|').rsplit_once(" | ").map(|(_, last)| last));
    let names: Vec<&str> = last_columns.flat_map(|column| column.split('`').skip(1).step_by(2)).collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        assert!(sources.contains(&format!("fn {name}(")), "no test is called {name}");
    }
}

/// Path and text of every source file below a folder.
fn read_each(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_each(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}
