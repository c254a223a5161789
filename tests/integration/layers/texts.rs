//! No text that a person reads stands in `cli`: it has a row in `labels`, in both languages.

use super::graph::{attributes, is_test};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::path::{Path, PathBuf};

/// Literals with a Japanese character. Attributes do not count, since clap's help is made of them, and neither do tests.
fn japanese_literals(source: &str) -> Vec<String> {
    let items = syn::parse_file(source).unwrap().items;
    let mut found = Vec::new();
    for item in items.iter().filter(|item| !attributes(item).iter().any(is_test)) {
        collect(item.to_token_stream(), &mut found);
    }
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    let mut attribute = false;
    for token in tokens {
        match &token {
            TokenTree::Group(group) if !attribute => collect(group.stream(), found),
            TokenTree::Literal(literal) if literal.to_string().contains(is_japanese) => found.push(literal.to_string()),
            _ => {}
        }
        attribute = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
    }
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

#[test]
fn no_text_that_a_person_reads_stands_in_the_command_line() {
    let mut files: Vec<PathBuf> = Vec::new();
    super::rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli"), &mut files);
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        assert_eq!(japanese_literals(&std::fs::read_to_string(&file).unwrap()), Vec::<String>::new(), "{file:?}");
    }
}

#[test]
fn a_japanese_literal_is_found_wherever_it_stands() {
    for source in [
        r#"fn f() -> &'static str { "発送済" }"#,
        r#"fn f(n: u32) { println!("{}", format!("{n}枚")) }"#,
        r#"const SEPARATOR: char = '、';"#,
        r##"impl X { fn f(&self) { self.say(r#"はい"#, "yes") } }"##,
    ] {
        assert_eq!(japanese_literals(source).len(), 1, "{source}");
    }
    for source in [
        "/// 一覧 / list\nstruct List { /// 番号\n #[arg(long, help = \"番号\")] number: u32 }",
        r#"// 発送済
        fn f() {}"#,
        r#"#[cfg(test)] mod tests { const NAME: &str = "東海林"; }"#,
    ] {
        assert_eq!(japanese_literals(source), Vec::<String>::new(), "{source}");
    }
}
