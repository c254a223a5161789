//! The clerk's day at the real console, in a terminal: calls, with Japanese typed and pasted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::sql;
use crate::common::people::{Person, employer, moment, person, register, sent};
use crate::common::society;
use crate::pty::{SIZE, Terminal, program};
use mykempo_console::domain::WebDisplay;
use mykempo_console::domain::request::{Channel, Claim, RequestKind};
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::AppContext;
use mykempo_console::usecases::requests::NewRequest;
use mykempo_console::usecases::staff::{self, SignIn};

const PASSWORD: &str = "a better password";

/// 高橋花子 waits for a card, 佐藤 answers the phone; a request of hers lies in the inbox.
fn prepared(place: &crate::common::Place) -> String {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (ctx, admin) = society(place).await;
        employer(&ctx).await;
        person(&ctx, Person::default()).await;
        register(&ctx, "260-1-00", WebDisplay::Wanted).await;
        let claim = Claim {
            symbol: "260".into(),
            number: "1".into(),
            branch: "00".into(),
            name: "髙橋　花子".into(),
            kana: "タカハシ　ハナコ".into(),
            born_on: Some(Person::default().born_on),
            employer: "旭精機".into(),
        };
        let new = NewRequest {
            receipt: "F20261119-0001",
            received_at: moment(11, 19),
            channel: Channel::Form,
            kind: RequestKind::LoginInfo,
            claim: &claim,
            phone: "090-0000-0000",
            email: "hanako@example.jp",
            body: "IDを忘れました。",
        };
        sent(&ctx, &new).await;
        let first = Passphrase::new("first password".into());
        staff::add(&ctx, &admin, "sato", "佐藤", mykempo_console::domain::Role::Clerk, &first).await.unwrap();
        let (SignIn::MustChange(sato) | SignIn::Ready(sato)) = staff::sign_in(&ctx, "sato", &first).await.unwrap();
        staff::change_password(&ctx, &sato, &first, &Passphrase::new(PASSWORD.into())).await.unwrap();
        ctx.close().await;
    });
    match &place.url {
        DbUrl::Sqlite(path) => path.display().to_string(),
        DbUrl::Postgres(url) => url.clone(),
    }
}

fn signed_in(database: &str) -> Terminal {
    let mut command = program();
    command.args(["--db", database, "--staff", "sato"]);
    command.env("MYKEMPO_TODAY", "2026-11-24");
    let mut terminal = Terminal::open(command, SIZE);
    terminal.sees("パスワード").types(PASSWORD).enter().sees("ホーム").sees("佐藤");
    terminal.pressed();
    terminal
}

fn place() -> crate::common::Place {
    crate::common::places().remove(0)
}

#[test]
fn call_about_a_missing_card_is_answered_and_noted() {
    let place = place();
    let mut terminal = signed_in(&prepared(&place));
    terminal.types("/").sees("探せます").types("たかはし").sees("タカハシ");
    terminal.pressed();
    terminal.enter().sees("旭精機株式会社").types("d").sees("どのようなご用件ですか").types("e");
    terminal.sees("確認が済むまで").types("\x1bOS").sees("次のことをお尋ねし");
    terminal.types("タカハシ ハナコ").enter().sees("一致").types("S54.7.26").enter();
    terminal.sees("本人確認ができました").enter().sees("10月3日");
    terminal
        .types("n")
        .sees("次の連絡日")
        .types("\r家族からの電話")
        // A day is there already: the words have promised it.
        .types("\t\t\x1511/30")
        .sees("2026-11-30(月)")
        .types("\x13");
    terminal.sees("対応記録を残しました");
    terminal.types("\t\t").sees("依頼・記録");
    terminal.leaves();
}

/// A note of 高橋花子, half written.
fn half_written(terminal: &mut Terminal) {
    terminal.types("/").sees("探せます").types("たかはし").sees("タカハシ").enter().sees("旭精機株式会社");
    terminal.types("n").sees("次の連絡日").types("かけ直し希望").sees("かけ直し希望");
}

/// The call is in the strip, unchecked, and its note goes on where it was.
fn goes_on(terminal: &mut Terminal) {
    terminal.sees("A 260-1-00").types("\x0e").sees("本人確認 未").types("n").sees("かけ直し希望");
    terminal.types("\x1b").sees_no("次の連絡日").leaves();
}

#[test]
fn draft_is_there_after_the_terminal_was_killed() {
    let place = place();
    let database = prepared(&place);
    let mut terminal = signed_in(&database);
    half_written(&mut terminal);
    // What was typed is kept once a second.
    terminal.settles(std::time::Duration::from_secs(4));
    terminal.line.signal("KILL");
    while !terminal.line.has_ended() {
        terminal.settles(std::time::Duration::from_millis(20));
    }
    goes_on(&mut signed_in(&database));
}

#[test]
fn draft_is_there_after_the_line_was_hung_up() {
    let place = place();
    let database = prepared(&place);
    let mut terminal = signed_in(&database);
    half_written(&mut terminal);
    // At once: what was not kept yet is kept before the program ends.
    terminal.line.signal("HUP");
    while !terminal.line.has_ended() {
        terminal.settles(std::time::Duration::from_millis(20));
    }
    goes_on(&mut signed_in(&database));
}

#[test]
fn draft_is_there_after_lock_and_sign_out() {
    let place = place();
    let database = prepared(&place);
    let mut terminal = signed_in(&database);
    half_written(&mut terminal);
    terminal.types("\x0f").sees("ロック").types(PASSWORD).enter().sees("かけ直し希望").types("\x1b");
    terminal.sees_no("次の連絡日").types("\x18").sees("サインアウト").types("y").sees("職員ID");
    terminal.types("sato").enter().types(PASSWORD).enter().sees("ホーム");
    goes_on(&mut terminal);
}

#[test]
fn caller_is_identified_before_the_member_is_shown() {
    let place = place();
    let mut terminal = signed_in(&prepared(&place));
    terminal.pastes("260-1\n").sees("タカハシ").types("\x14").sees("本人確認");
    assert!(!terminal.text().contains("高橋"), "{}", terminal.text());
    terminal.types("タカハシ ハナコ").enter().sees("一致");
    terminal.types("S54.7.25").enter().sees("不一致");
    assert!(!terminal.text().contains("旭精機"), "{}", terminal.text());
    terminal.types("\x1b[A\x15Ｓ５４．７．２６").enter().sees("本人確認ができました").enter();
    terminal.sees("高橋").types("di").sees("本人確認 済").sees("「10月3日に、ご登録いただいて");
    terminal.leaves();
}

#[test]
fn member_is_found_by_kana_and_a_call_noted_in_three_keys() {
    let place = place();
    let mut terminal = signed_in(&prepared(&place));
    terminal.types("/").sees("探せます").types("タカハシ　は").sees("高橋");
    let typed = "タカハシ　は".chars().count();
    assert_eq!(terminal.pressed(), typed + 1, "one key to the search, from any screen");
    terminal.enter().sees("旭精機株式会社").types("n").sees("次の連絡日");
    terminal.types("折り返しのお電話").sees("折り返しのお電話").types("\x13");
    terminal.sees("対応記録を残しました");
    let text = "折り返しのお電話".chars().count();
    assert_eq!(terminal.pressed(), text + 3, "open, note, keep");
    terminal.types("\t").sees("折り返しのお電話").leaves();
}

#[test]
fn a_second_reissue_is_refused_before_anything_is_asked() {
    let place = place();
    let mut terminal = signed_in(&prepared(&place));
    terminal.types("/").sees("探せます").types("260-1").sees("タカハシ").enter().sees("旭精機株式会社");
    terminal.types("r").sees("すでに発送待ちか発送準備中です").leaves();
}

#[test]
fn reissue_takes_three_keys_and_names_the_destination() {
    let place = place();
    let database = prepared(&place);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        sql(&ctx, "UPDATE card SET state = 'cancelled'").await;
        ctx.close().await;
    });
    let mut terminal = signed_in(&database);
    terminal.types("/").sees("探せます").types("260-1").sees("タカハシ");
    terminal.pressed();
    terminal.enter().sees("旭精機株式会社").types("r").sees("閲覧用パスワードの再発行");
    terminal.types("y").sees("発送待ちに入れました");
    assert_eq!(terminal.pressed(), 3, "open, reissue, yes");
    terminal.types("4").sees("合計").sees("旭精機").leaves();
}

#[test]
fn matching_request_is_queued_by_one_key_in_its_list() {
    let place = place();
    let mut terminal = signed_in(&prepared(&place));
    terminal.types("3").sees("すべて一致");
    terminal.pressed();
    terminal.types("y").sees("のはがきを発送待ちに入れました");
    assert_eq!(terminal.pressed(), 1, "one key where everything agrees");
    terminal.leaves();
}

#[test]
fn request_is_checked_and_queued_in_six_keys() {
    let place = place();
    let mut terminal = signed_in(&prepared(&place));
    terminal.types("3").sees("すべて一致");
    terminal.pressed();
    terminal.enter().sees("表記ちがい").types(" ").sees("[x] 生年月日").types("\t ").sees("[x] 事業所名");
    terminal.types("q").sees("ログイン").types("y").sees("のはがきを発送待ちに入れました");
    assert_eq!(terminal.pressed(), 6, "six keys from the inbox to the queue");
    terminal.leaves();
}

#[test]
fn a_request_is_rejected_with_the_proposed_reply_in_four_keys() {
    let place = place();
    let mut terminal = signed_in(&prepared(&place));
    terminal.types("3").sees("すべて一致");
    terminal.pressed();
    terminal.enter().sees("表記ちがい").types("x").sees("本人と確認できない").types("d").sees("返信文");
    terminal.types("\x13").sees("F20261119-0001 を却下しました");
    assert_eq!(terminal.pressed(), 4, "four keys from the inbox to the reply");
    terminal.leaves();
}
