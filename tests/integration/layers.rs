//! The layers of `src/lib.rs`: dependencies point down only, and no files depend on one another in a circle.

mod graph;
mod texts;

use graph::Graph;
use std::path::{Path, PathBuf};

/// Layers from top to bottom. Modules of one layer do not use each other.
const LAYERS: &[&[&str]] = &[
    &["cli"],
    &["tui"],
    &["labels"],
    &["config", "usecases"],
    &["store", "print", "interchange", "telemetry"],
    &["secrets"],
    &["domain"],
    &["text", "files"],
];

/// Modules that a module may not name, though they lie below it: it works with use cases, which hand on what is needed.
const UNNAMED: &[(&str, &[&str])] =
    &[("cli", &["store", "interchange", "print", "secrets"]), ("tui", &["store", "interchange", "print", "secrets"])];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The crate's files; those of tests and `main.rs` are left out.
fn crate_graph() -> Graph {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let mut graph = Graph::default();
    for file in files {
        let inside = file.strip_prefix(&src).unwrap().with_extension("");
        let names: Vec<String> = inside.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        let mut module: Vec<&str> = names.iter().map(String::as_str).collect();
        if module == ["main"] || module.contains(&"tests") {
            continue;
        }
        if module == ["lib"] || module.last() == Some(&"mod") {
            module.pop();
        }
        graph.add(&module, &std::fs::read_to_string(&file).unwrap()).unwrap();
    }
    graph
}

/// Dependencies that do not point down.
fn upward(graph: &Graph) -> Vec<String> {
    let mut wrong = Vec::new();
    for (module, used) in graph.dependencies() {
        let Some(from) = module.first() else { continue };
        let Some(from_layer) = layer(from) else {
            wrong.push(format!("{from} is in no layer"));
            continue;
        };
        for other in used {
            let Some(to) = other.first() else { continue };
            if to != from && layer(to).is_none_or(|to_layer| to_layer <= from_layer) {
                wrong.push(format!("{} uses {}", module.join("::"), other.join("::")));
            }
        }
    }
    wrong
}

#[test]
fn dependencies_point_down_only() {
    let graph = crate_graph();
    assert!(graph.dependencies().len() > 200, "the scan found only {} files", graph.dependencies().len());
    assert_eq!(upward(&graph), Vec::<String>::new());
}

/// Files that name a module which they must not name; `use` of a use case's re-export is not that.
fn misnamed(graph: &Graph, rules: &[(&str, &[&str])]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (module, named) in graph.named() {
        for (_, forbidden) in rules.iter().filter(|(from, _)| module.first().is_some_and(|first| first == from)) {
            let found = forbidden.iter().filter(|other| named.contains(**other));
            wrong.extend(found.map(|other| format!("{} names {other}", module.join("::"))));
        }
    }
    wrong
}

#[test]
fn screens_and_commands_name_use_cases_and_no_rows() {
    assert_eq!(misnamed(&crate_graph(), UNNAMED), Vec::<String>::new());
}

#[test]
fn no_files_depend_on_one_another_in_a_circle() {
    let circles: Vec<String> = crate_graph().cycles().iter().map(|group| group.join(" – ")).collect();
    assert_eq!(circles, Vec::<String>::new());
}

/// Each form of naming something that the scan must see, as a file of `domain` that uses `cli`.
const FORMS: &[&str] = &[
    "use crate::cli::run;",
    "use crate::{cli::run, text};",
    "use crate::{text, cli::{self, other}}; fn f() { cli::run() }",
    "use crate::cli as c; fn f() { c::run() }",
    "use crate::cli::*;",
    "use super::cli::run as go;",
    "fn f() { use crate::cli::{run, other}; }",
    "fn f() { crate::cli::run() }",
    "fn f(x: Vec<crate::cli::Type>) {}",
    "fn f() { log!(crate::cli::run(), 1) }",
    "impl crate::cli::Trait for X {}",
    "mod inner { use crate::cli::run; }",
];

#[test]
fn every_form_of_an_upward_dependency_is_seen() {
    for form in FORMS {
        let mut graph = Graph::default();
        graph.add(&[], "pub mod cli; pub mod domain; pub mod text;").unwrap();
        graph.add(&["cli"], "pub fn run() {} pub fn other() {} pub struct Type; pub trait Trait {}").unwrap();
        graph.add(&["text"], "").unwrap();
        graph.add(&["domain"], form).unwrap();
        assert_eq!(upward(&graph), ["domain uses cli"], "{form}");
        assert_eq!(misnamed(&graph, &[("domain", &["cli"])]), ["domain names cli"], "{form}");
    }
}

#[test]
fn a_use_case_may_hand_on_what_a_screen_must_not_name() {
    let mut graph = Graph::default();
    graph.add(&[], "pub mod store; pub mod tui; pub mod usecases;").unwrap();
    graph.add(&["store"], "pub struct Row;").unwrap();
    graph.add(&["usecases"], "pub use crate::store::Row;").unwrap();
    graph.add(&["tui"], "use crate::usecases::Row; fn f(row: Row) {}").unwrap();
    assert_eq!(misnamed(&graph, UNNAMED), Vec::<String>::new());
}

#[test]
fn a_circle_through_a_reexport_is_seen() {
    let mut graph = Graph::default();
    graph.add(&[], "pub mod a;").unwrap();
    graph.add(&["a"], "mod one; mod two; pub use one::One; pub use two::Two;").unwrap();
    graph.add(&["a", "one"], "use super::Two; pub struct One(Two);").unwrap();
    graph.add(&["a", "two"], "pub struct Two; fn f() { super::one::One::new() }").unwrap();
    assert_eq!(graph.cycles(), [["a::one", "a::two"]]);
}

#[test]
fn tests_and_reexports_make_no_circle() {
    let mut graph = Graph::default();
    graph.add(&[], "pub mod a;").unwrap();
    graph
        .add(&["a"], "mod one; pub use one::One; pub struct Shared; #[cfg(test)] mod tests { use super::one::One; }")
        .unwrap();
    graph.add(&["a", "one"], "use super::Shared; pub struct One(Shared);").unwrap();
    assert_eq!(graph.cycles(), Vec::<Vec<String>>::new());
}
