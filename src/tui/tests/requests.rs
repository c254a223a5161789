//! 送付依頼.

use super::fixtures::{inbox, request};
use crate::domain::Role;
use crate::domain::request::{Agreement, Check, Ground, RequestState};
use crate::labels::Lang;
use crate::tui::message::{Answer, Order};
use crate::tui::testing::{Album, LOOKS, Rig};

const SIZE: (u16, u16) = (80, 24);
const BOTH: &[Check] = &[Check::BirthDate, Check::CallBack];

fn list(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("3").answer(Ok(Answer::Requests(inbox())));
    rig
}

fn opened(lang: Lang, size: (u16, u16), checks: &[Check]) -> Rig {
    let mut rig = list(lang, size);
    let view = request(RequestState::Verifying, Agreement::Differs, checks);
    rig.keys("<Enter>").answer(Ok(Answer::Request(Box::new(view))));
    rig
}

#[test]
fn requests_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("requests", name, &list(lang, size).screen());
        album.add("request", name, &opened(lang, size, &[]).screen());
        album.add("request_ready", name, &opened(lang, size, BOTH).screen());
    }
    insta::assert_snapshot!("requests", album.pages);
}

#[test]
fn an_empty_inbox_says_where_requests_come_from() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("3").answer(Ok(Answer::Requests(Vec::new())));
    insta::assert_snapshot!("requests_empty", rig.screen());
}

#[test]
fn q3_a_tick_is_stored_and_the_queue_waits_for_all_of_them() {
    let mut rig = opened(Lang::Ja, SIZE, &[Check::BirthDate]);
    rig.keys("q");
    assert!(rig.ordered().is_none());
    assert!(rig.screen().contains("本人確認が足りません: 電話折返し"));
    rig.keys("<Tab><Tab>　");
    assert!(matches!(rig.ordered(), Some(Order::Verify { checked, .. }) if checked.has(Check::CallBack)));
}

#[test]
fn l2_what_the_notice_does_is_said_before_it_is_queued() {
    let mut rig = opened(Lang::Ja, SIZE, BOTH);
    rig.keys("q");
    insta::assert_snapshot!("request_queue", rig.screen());
    rig.keys("y");
    assert!(matches!(rig.ordered(), Some(Order::QueueNotice(receipt)) if receipt == "R-0019"));
}

#[test]
fn a_rejection_takes_a_ground_and_proposes_the_reply() {
    let mut rig = opened(Lang::Ja, SIZE, BOTH);
    rig.keys("x");
    insta::assert_snapshot!("request_grounds", rig.screen());
    rig.keys("d");
    insta::assert_snapshot!("request_reply", rig.screen());
    rig.keys("<Enter>");
    let order = rig.ordered();
    assert!(
        matches!(order, Some(Order::Reject { why, .. }) if why.ground == Ground::NotIdentified && why.reply.is_none())
    );
}

#[test]
fn q1_a_call_is_typed_in_with_what_the_caller_said() {
    let mut rig = list(Lang::Ja, SIZE);
    rig.keys("n");
    insta::assert_snapshot!("request_call", rig.screen());
    rig.keys("２６０－１<Enter>東海林<Enter><Enter>s54.7.26<Enter><Enter><Enter><Enter>");
    let Some(Order::TakeCall(call)) = rig.ordered() else { panic!("no call was taken") };
    assert_eq!((call.claim.symbol.as_str(), call.claim.number.as_str()), ("260", "1"));
    assert_eq!(call.claim.born_on.unwrap().to_string(), "1979-07-26");
}

#[test]
fn the_next_request_that_waits_is_one_key_away() {
    let mut rig = opened(Lang::Ja, SIZE, &[]);
    rig.keys("N");
    assert!(rig.screen().contains("読み込んでいます"));
}
