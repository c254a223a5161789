//! The real program in a real terminal: what a person types, and what then stands on the screen.
#![allow(clippy::unwrap_used)]

use crate::pty::Society;
use chrono::{TimeDelta, Utc};
use mykempo_console::secrets::TotpSecret;

#[test]
fn a_first_sign_in_changes_the_password_and_opens_home() {
    let society = Society::new();
    let mut screen = society.console(&[]);
    screen.sees("職員ID").types("sato\rfirst-password\r");
    screen.sees("パスワードの変更").types("my own password\rmy own password\r");
    screen.sees("対応待ち").sees("担当 佐藤");
    screen.leaves_by("\x11y");
}

#[test]
fn a_wrong_password_says_so_in_both_languages() {
    let society = Society::new();
    for (lang, words) in [("ja", "職員IDまたはパスワードが違うか"), ("en", "The staff ID or the password is wrong")]
    {
        let mut screen = society.console(&["--lang", lang]);
        screen.sees("ID").types("sato\rnot this one\r").sees(words);
        screen.leaves_by("\x11");
    }
}

#[test]
fn empty_society_says_what_to_do_after_a_search() {
    let society = Society::new();
    let mut screen = society.signed_in();
    screen.types("/").sees("番号、カナ、漢字").types("東海林").sees("「東海林」に当てはまる加入者はいません");
    screen.types("\x15").pastes("1234-567\r\n").sees("「1234-567」に当てはまる加入者はいません");
    screen.types("\x1b").sees("対応待ち").leaves_by("\x11y");
}

#[test]
fn the_cursor_stands_where_the_input_method_needs_it() {
    let society = Society::new();
    let mut screen = society.signed_in();
    screen.types("/").sees("番号、カナ、漢字");
    let before = screen.cursor();
    screen.types("東海").sees("東海").has_cursor_at((before.0, before.1 + 4));
    screen.leaves_by("\x11y");
}

#[test]
fn ascii_draws_no_ambiguous_character() {
    let society = Society::new();
    let mut screen = society.console(&["--ascii"]);
    screen.sees("職員ID").sees("+--").types("sato\rfirst-password\r").sees("パスワードの変更");
    assert!(!screen.text().contains(['─', '│', '┌', '█', '…', '→']));
    screen.leaves_by("\x11");
}

#[test]
fn imported_member_is_found_and_the_card_goes_into_a_batch() {
    let society = Society::new();
    let mut screen = society.console(&[]);
    screen.sees("職員ID").types("admin\radmin-password\r").sees("管理者");
    for (letter, file) in [("a", "employers"), ("b", "members"), ("c", "portal-events"), ("d", "requests")] {
        screen.types("6").sees("取込").types(&format!("n{letter}")).sees("ファイルの取込");
        screen.pastes(&society.sample(file)).types("\r").sees("確認の結果");
        screen.types("a").sees("取り込む").types("y").sees("取り込みました").types("\x1b").sees("日時");
    }
    screen.leaves_by("\x11y");

    let mut screen = society.signed_in();
    screen.types("4").sees("合計").types("n").sees("すべて").types("a").sees("でバッチを作成します").types("y");
    screen.sees("を作成しました").types("5").sees("承認待ち");
    screen.leaves_by("\x11y");
}

#[test]
fn lock_hides_the_screen_and_opens_with_that_password_only() {
    let society = Society::new();
    let mut screen = society.signed_in();
    screen.types("L").sees("画面をロックしています");
    assert!(!screen.text().contains("対応待ち"), "{}", screen.text());
    screen.types("somebody else\r").sees("職員IDまたはパスワードが違うか");
    screen.types("clerks-password\r").sees("対応待ち");
    assert!(screen.has_set_no_title());
    screen.leaves_by("\x11y");
}

#[test]
fn a_console_is_shut_when_its_person_is_disabled() {
    let society = Society::new();
    let mut screen = society.signed_in();
    society.runs(&["staff", "disable", "sato"], "");
    screen.types("4").sees("この職員IDは利用停止");
    assert!(!screen.text().contains("発送待ち"), "{}", screen.text());
    screen.types("sato\rclerks-password\r").sees("職員IDまたはパスワードが違うか");
    screen.leaves_by("\x11");
}

#[test]
fn device_is_enrolled_by_qr_code_or_secret_and_then_required() {
    let society = Society::new();
    society.runs(&["staff", "add", "suzuki", "--name", "鈴木", "--role", "supervisor"], "first-password");
    society.runs(&["settings", "set", "policy.totp", "supervisors"], "");
    let mut screen = society.console(&[]);
    screen.sees("職員ID").types("suzuki\rfirst-password\r").sees("パスワードの変更");
    screen.types("seven quiet lanterns\rseven quiet lanterns\r").sees("二要素認証の登録").sees("▀");
    let secret = TotpSecret::parse(&secret_on(&screen.text())).expect("the secret stands beside the picture");
    let code = |steps: i64| secret.code_at(Utc::now() + TimeDelta::seconds(30 * steps));
    screen.types("000000\r").sees("確認コードが違うか");
    screen.types(&format!("{}\r", code(0))).sees("回復コード");
    screen.types("\r").sees("対応待ち").leaves_by("\x11y");

    let mut screen = society.console(&["--lang", "en"]);
    screen.sees("Staff ID").types("suzuki\rseven quiet lanterns\r").sees("Type the six digits");
    screen.types(&format!("{}\r", code(1))).sees("Welcome, 鈴木").leaves_by("\x11y");
}

/// Eight groups of four, on two lines.
fn secret_on(screen: &str) -> String {
    let is_group = |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    screen.split_whitespace().filter(is_group).collect()
}
