//! Paper read back by poppler.

use mykempo_console::secrets::PasswordPolicy;
use std::path::Path;
use std::process::Command;

/// Poppler's text of a file, page by page; nothing where poppler is missing.
pub fn pages(file: &Path, passphrase: Option<&str>) -> Option<Vec<String>> {
    let mut command = Command::new("pdftotext");
    command.arg("-layout").args(passphrase.iter().flat_map(|words| ["-upw", *words])).arg(file).arg("-");
    let Ok(output) = command.output() else {
        println!("SKIPPED: no pdftotext on this machine");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.split('\u{c}').filter(|page| !page.trim().is_empty()).map(str::to_owned).collect())
}

/// The password on an inside page: the single characters between its label and what follows its frame. Poppler may take
/// its groups for columns.
pub fn password(page: &str) -> String {
    let frame = page.split_once("空白は入力しません").and_then(|(_, rest)| rest.split_once("お心当たり"));
    let (frame, _) = frame.unwrap_or_else(|| panic!("{page}"));
    let password: String = frame.split_whitespace().filter(|word| word.len() == 1).collect();
    assert!(password.len() == 12 && password.chars().all(|c| PasswordPolicy::ALPHABET.contains(c)), "{page}");
    password
}

/// Serial and password of every card in a file; the inside is every second page.
pub fn cards(file: &Path, passphrase: Option<&str>) -> Option<Vec<(String, String)>> {
    let card = |page: &String| {
        let flat: String = page.split_whitespace().collect();
        let digits = |at: &usize| flat[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        let serial = flat.match_indices('B').map(|(at, _)| at).find(digits).unwrap_or_else(|| panic!("{page}"));
        (flat[serial..serial + 18].to_owned(), password(page))
    };
    Some(pages(file, passphrase)?.iter().skip(1).step_by(2).map(card).collect())
}
