//! What the program is built from: licences, sources, doubled crates, and a reason for each direct dependency. It asks
//! cargo and the lock file only, so it runs without a network.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Licences that ask for no more than their text. Everything else is a decision, made here.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CDLA-Permissive-2.0", // webpki-roots: Mozilla's list of roots, data
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that are built in two versions, because those who use them have not moved on together yet.
const DOUBLED: &[&str] = &[
    // RustCrypto between two generations: argon2 and sha2 are on the new one, sqlx and chacha20poly1305 on the old.
    "block-buffer",
    "chacha20",
    "cipher",
    "cpufeatures",
    "crypto-common",
    "digest",
    "inout",
    "sha2",
    "getrandom", // ring
    "hashbrown", // sqlx's hashlink
    "heck",      // proc macros, not in the program
    "syn",       // proc macros, not in the program
    "thiserror", // crossterm's filedescriptor
    "thiserror-impl",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// Name, version and licence of everything along these edges.
fn built_from(edges: &str) -> BTreeSet<[String; 3]> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--locked", "--offline", "--prefix", "none", "--format", "{p}|{l}", "-e", edges]);
    let output = cargo.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| crate_of(line.trim_end_matches(" (*)"))).collect()
}

fn crate_of(line: &str) -> [String; 3] {
    let (package, licence) = line.split_once('|').unwrap();
    let mut words = package.split_whitespace().map(str::to_owned);
    [words.next().unwrap(), words.next().unwrap(), licence.to_owned()]
}

/// Whether an SPDX expression can be met. AND binds closer than OR; brackets stand around ORs only.
fn allowed(expression: &str) -> bool {
    if let Some((bracket, rest)) = expression.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
        let rest = rest.trim().strip_prefix("AND ").map_or(rest.trim(), str::trim);
        return allowed(bracket) && (rest.is_empty() || allowed(rest));
    }
    let expression = expression.replace(" / ", " OR ").replace('/', " OR ");
    expression.split(" OR ").any(|all| all.split(" AND ").all(|one| LICENCES.contains(&one.trim())))
}

#[test]
fn every_licence_is_one_that_we_accept() {
    let crates = built_from("normal,build,dev");
    assert!(crates.len() > 100, "{}", crates.len());
    let wrong: Vec<_> = crates.iter().filter(|[.., licence]| !allowed(licence)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn an_expression_is_met_by_one_side_of_or_and_both_of_and() {
    for met in ["MIT", "MIT/GPL-3.0", "GPL-3.0 OR MIT", "(MIT OR GPL-3.0) AND Unicode-3.0", "Apache-2.0 AND ISC"] {
        assert!(allowed(met), "{met}");
    }
    for unmet in ["GPL-3.0", "", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "GPL-2.0/GPL-3.0"] {
        assert!(!allowed(unmet), "{unmet}");
    }
}

#[test]
fn everything_comes_from_the_registry_with_a_checksum() {
    let lock: toml::Table = toml::from_str(&read("Cargo.lock")).unwrap();
    for package in lock["package"].as_array().unwrap() {
        let text = |key: &str| package.get(key).and_then(toml::Value::as_str);
        let name = text("name").unwrap();
        if name == env!("CARGO_PKG_NAME") {
            continue;
        }
        assert_eq!(text("source"), Some("registry+https://github.com/rust-lang/crates.io-index"), "{name}");
        assert!(text("checksum").is_some_and(|sum| sum.len() == 64), "{name}");
    }
}

#[test]
fn no_crate_is_built_twice_that_is_not_known_to_be() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for [name, version, _] in built_from("normal,build") {
        versions.entry(name).or_default().insert(version);
    }
    let doubled: Vec<&str> = versions.iter().filter(|(_, v)| v.len() > 1).map(|(name, _)| name.as_str()).collect();
    let new: Vec<_> = doubled.iter().filter(|name| !DOUBLED.contains(name)).collect();
    let gone: Vec<_> = DOUBLED.iter().filter(|name| !doubled.contains(name)).collect();
    assert!(new.is_empty() && gone.is_empty(), "new: {new:?}, no longer: {gone:?}");
}

#[test]
fn each_direct_dependency_has_its_reason_beside_it() {
    let manifest = read("Cargo.toml");
    let section = |name: &str| {
        let rest = manifest.split_once(&format!("\n[{name}]\n")).unwrap().1;
        rest.split("\n[").next().unwrap().lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>()
    };
    let lines: Vec<&str> = [section("dependencies"), section("dev-dependencies")].concat();
    assert!(lines.len() > 20, "{lines:?}");
    let beside = |line: &str| line.split_once(" # ").is_some_and(|(_, reason)| reason.len() > 7);
    let above = |at: usize| at > 0 && lines[at - 1].starts_with("# ");
    let given = |(at, line): &(usize, &&str)| line.starts_with('#') || beside(line) || above(*at);
    let without: Vec<_> = lines.iter().enumerate().filter(|entry| !given(entry)).collect();
    assert!(without.is_empty(), "no reason beside or above: {without:#?}");
}

#[test]
fn unsafe_code_is_forbidden_and_the_lints_are_a_table() {
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).unwrap();
    assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    assert_eq!(manifest["lints"]["clippy"]["unwrap_used"].as_str(), Some("warn"));
}
