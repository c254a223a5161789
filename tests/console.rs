//! The real program in a real terminal: what a person types, and what then stands on the screen.
#![allow(clippy::unwrap_used)]

mod pty;

use pty::Society;

#[test]
fn a_first_sign_in_changes_the_password_and_opens_home() {
    let society = Society::new();
    let mut screen = society.console(&[]);
    screen.sees("職員ID").types("sato\rfirst-password\r");
    screen.sees("パスワードの変更").types("my own password\rmy own password\r");
    screen.sees("待っているもの").sees("担当 佐藤");
    screen.leaves_by("\x11y");
}

#[test]
fn a_wrong_password_says_so_in_both_languages() {
    let society = Society::new();
    for (lang, words) in [("ja", "職員IDまたはパスワードが違います"), ("en", "The staff ID or the password is wrong")]
    {
        let mut screen = society.console(&["--lang", lang]);
        screen.sees("ID").types("sato\rnot this one\r").sees(words);
        screen.leaves_by("\x11");
    }
}

#[test]
fn japanese_typed_and_a_key_pasted_find_nobody_in_an_empty_society_and_say_what_to_do() {
    let society = Society::new();
    let mut screen = society.signed_in();
    screen.types("/").sees("記号-番号").types("東海林").sees("「東海林」に当てはまる加入者はいません");
    screen.types("\x15").pastes("1234-567\r\n").sees("「1234-567」に当てはまる加入者はいません");
    screen.types("\x1b").sees("待っているもの").leaves_by("\x11y");
}

#[test]
fn the_cursor_stands_where_the_input_method_needs_it() {
    let society = Society::new();
    let mut screen = society.signed_in();
    screen.types("/").sees("記号-番号");
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
fn files_are_checked_imported_and_found_and_a_card_goes_into_a_batch() {
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
