//! The outbox of replies (Q-8).

use super::fixtures::at;
use super::requests;
use crate::domain::Role;
use crate::domain::request::{ReplyState, ReplyWay};
use crate::labels::Lang;
use crate::tui::message::Effect;
use crate::tui::screens::requests::calls::{
    EditReply, ExportReplies, ListReplies, SendReply, ShowRequest, WithdrawReply,
};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::replies::{ReplyLine, ReplyStatus};

const SIZE: (u16, u16) = (80, 24);

fn reply(number: i64, receipt: &str, email: &str, state: ReplyState) -> ReplyLine {
    let status = ReplyStatus {
        state,
        drafted_by: Some("sato".to_owned()),
        drafted_at: Some(at(24, 10, 2)),
        exported_by: (state == ReplyState::Exported).then(|| "sato".to_owned()),
        exported_at: (state == ReplyState::Exported).then(|| at(24, 10, 30)),
        ended_by: None,
        ended_at: None,
        via: None,
    };
    ReplyLine::for_test(number, receipt, email, status)
}

fn replies() -> Vec<ReplyLine> {
    vec![
        reply(7, "F1123-0001", "h***@e***.jp", ReplyState::Draft),
        reply(8, "F1124-0002", "", ReplyState::Draft),
        reply(9, "F1124-0003", "t***@e***.jp", ReplyState::Draft),
        reply(5, "F1120-0004", "m***@e***.jp", ReplyState::Exported),
    ]
}

pub(super) fn outbox(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = requests::list(lang, size);
    rig.keys("r").reply::<ListReplies>(replies());
    rig
}

#[test]
fn q8_outbox_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("outbox", name, &outbox(lang, size).screen());
    }
    insta::assert_snapshot!("outbox", album.pages);
}

#[test]
fn q8_one_reply_or_all_that_have_an_address_are_exported() {
    let mut rig = outbox(Lang::Ja, SIZE);
    rig.keys("ea");
    assert_eq!(rig.requested::<ExportReplies>().map(|it| it.0.clone()), Some(vec![7]));
    let mut rig = outbox(Lang::Ja, SIZE);
    rig.keys("eb");
    assert_eq!(rig.requested::<ExportReplies>().map(|it| it.0.clone()), Some(vec![7, 9]));
}

#[test]
fn q8_how_it_was_sent_is_asked_before_it_counts() {
    let mut rig = outbox(Lang::Ja, SIZE);
    rig.keys("<Down>s");
    assert!(rig.written().is_none());
    // Without an address it was by phone, for the most part.
    rig.keys("<Enter>");
    assert!(rig.requested::<SendReply>().is_some_and(|it| (it.reply, it.via) == (8, ReplyWay::Phone)));
}

#[test]
fn q8_reply_is_copied_with_salutation_and_signature() {
    let mut rig = outbox(Lang::Ja, SIZE);
    rig.keys("c");
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::Copy(text) if text.starts_with("高橋"))));
    assert!(rig.screen().contains("F1123-0001 の返信文をコピーしました"));
}

#[test]
fn q8_words_are_changed_and_a_reply_is_withdrawn() {
    let mut rig = outbox(Lang::Ja, SIZE);
    rig.keys("m追伸です。<C-s>");
    assert!(rig.requested::<EditReply>().is_some_and(|it| it.reply == 7 && it.body.contains("追伸です。")));
    let mut rig = outbox(Lang::Ja, SIZE);
    rig.keys("<End>x");
    assert!(rig.screen().contains("すでにメールのファイルに出力されています"), "{}", rig.screen());
    rig.keys("y");
    assert!(rig.requested::<WithdrawReply>().is_some_and(|it| it.0 == 5));
}

#[test]
fn q8_a_sent_reply_takes_no_further_step() {
    let mut rig = requests::list(Lang::Ja, SIZE);
    rig.keys("r").reply::<ListReplies>(vec![reply(3, "F1", "h***@e***.jp", ReplyState::Sent)]);
    for key in ["e", "s", "m", "x"] {
        rig.keys(key);
        assert!(rig.screen().contains("この返信は「送付済み」です"), "{key}");
    }
    assert!(rig.written().is_none());
}

#[test]
fn enter_opens_the_request_and_r_finds_its_reply() {
    let mut rig = outbox(Lang::Ja, SIZE);
    rig.keys("<Down><Down><Enter>");
    assert_eq!(rig.requested::<ShowRequest>().map(|it| it.0.as_str()), Some("F1124-0003"));
    rig.keys("r").reply::<ListReplies>(replies());
    rig.keys("x");
    assert!(rig.screen().contains("F1124-0003 の返信を送らずに終えます"), "{}", rig.screen());
    rig.keys("<Esc><Esc>");
    assert!(rig.has_requested::<ShowRequest>(), "back in the case");
}

#[test]
fn q8_a_long_reply_is_read_to_its_end_in_its_case() {
    let mut view = super::inbox::request(
        crate::domain::request::RequestState::OnHold,
        crate::domain::request::Agreement::Exact,
        &[],
    );
    view.reply = Some((1..=12).map(|n| format!("{n}行目の文です。")).collect::<Vec<_>>().join("\n"));
    let mut rig = requests::case(Lang::Ja, SIZE, Role::Clerk, view);
    assert!(!rig.screen().contains("12行目"));
    rig.keys("<PgDn><PgDn><PgDn>");
    assert!(rig.screen().contains("12行目"), "{}", rig.screen());
    rig.keys("<Up>");
    assert!(!rig.screen().contains("12行目"));
}
