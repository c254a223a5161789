use super::*;

fn typed(text: &str) -> InputField {
    let mut field = InputField::new();
    for c in text.chars() {
        field.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
    }
    field
}

fn renderer(field: &mut InputField, code: KeyCode) -> Edit {
    field.key(KeyEvent::new(code, KeyModifiers::NONE))
}

#[test]
fn backspace_takes_a_whole_grapheme() {
    let mut field = typed("渡辺葛\u{E0100}");
    renderer(&mut field, KeyCode::Backspace);
    assert_eq!(field.text(), "渡辺");
    let mut field = typed("か\u{3099}");
    renderer(&mut field, KeyCode::Left);
    renderer(&mut field, KeyCode::Delete);
    assert_eq!(field.text(), "");
}

#[test]
fn a_paste_is_one_line_and_submits_nothing() {
    let mut field = InputField::new();
    assert_eq!(field.paste("1234-567\r\n"), Edit::Changed);
    assert_eq!(field.text(), "1234-567");
    field.paste("\n02\n");
    assert_eq!(field.text(), "1234-56702");
}

#[test]
fn the_caret_stands_behind_full_width_text_by_cells() {
    assert_eq!(typed("東海林").window(20), ("東海林".to_owned(), 6));
    assert_eq!(typed("ﾜﾀﾅﾍﾞ").window(20), ("ワタナベ".to_owned(), 8));
}

#[test]
fn caret_stands_behind_a_full_width_blank() {
    for (text, shown, caret) in [("東　", "東  ", 4), ("東　海", "東  海", 6), ("　　", "    ", 4), ("　a", "  a", 3)]
    {
        assert_eq!(typed(text).window(20), (shown.to_owned(), caret), "{text}");
    }
}

#[test]
fn a_long_text_scrolls_so_that_the_caret_is_seen() {
    let (shown, caret) = typed("東京電子機械工業").window(8);
    assert_eq!((shown.as_str(), caret), ("械工業", 6));
}

#[test]
fn a_password_shows_nothing_not_even_its_length() {
    let mut field = InputField::password();
    field.paste("correct horse");
    assert_eq!(field.window(20), (String::new(), 0));
}

#[test]
fn what_is_typed_takes_the_place_of_a_chosen_text() {
    let mut field = typed("サトウ");
    field.choose();
    assert_eq!(field.text(), "サトウ");
    renderer(&mut field, KeyCode::Char('タ'));
    assert_eq!(field.text(), "タ");
    field.choose();
    renderer(&mut field, KeyCode::Left);
    renderer(&mut field, KeyCode::Char('カ'));
    assert_eq!(field.text(), "カタ", "who moves the caret goes on with the text");
    field.choose();
    field.paste("イトウ");
    assert_eq!(field.text(), "イトウ");
}

fn written(text: &str) -> InputField {
    let mut field = InputField::area();
    field.paste(text);
    field
}

#[test]
fn an_area_keeps_line_breaks_and_nothing_else_that_steers() {
    let mut field = written("一行目\r\n二行目\u{202E}\x1b\n");
    assert_eq!(field.text(), "一行目\n二行目");
    assert_eq!(renderer(&mut field, KeyCode::Enter), Edit::Changed);
    assert_eq!(field.text(), "一行目\n二行目\n");
}

#[test]
fn up_and_down_stay_inside_an_area_until_its_edge() {
    let mut field = written("あいう\nか");
    assert_eq!(renderer(&mut field, KeyCode::Up), Edit::Moved);
    field.key(KeyEvent::new(KeyCode::Char('x'), KeyModifiers::NONE));
    assert_eq!(field.text(), "あxいう\nか");
    assert_eq!(renderer(&mut field, KeyCode::Up), Edit::Ignored);
    renderer(&mut field, KeyCode::Down);
    assert_eq!(renderer(&mut field, KeyCode::Down), Edit::Ignored);
    assert_eq!(renderer(&mut typed("一行"), KeyCode::Up), Edit::Ignored);
}

#[test]
fn home_end_and_delete_keep_to_the_line() {
    let mut field = written("一\n二三");
    renderer(&mut field, KeyCode::Home);
    field.key(KeyEvent::new(KeyCode::Char('k'), KeyModifiers::CONTROL));
    assert_eq!(field.text(), "一\n");
    renderer(&mut field, KeyCode::Backspace);
    assert_eq!(field.text(), "一");
}

#[test]
fn ctrl_w_deletes_back_to_the_hyphen() {
    let mut field = typed("1234-567");
    field.key(KeyEvent::new(KeyCode::Char('w'), KeyModifiers::CONTROL));
    assert_eq!(field.text(), "1234-");
}
