//! 送付依頼.

use super::fixtures::at;
use super::inbox::{inbox, request};
use crate::domain::Role;
use crate::domain::request::{Agreement, Channel, Claim, Ground, IdentityCheck, RequestState};
use crate::labels::Lang;
use crate::tui::screens::requests::calls::{
    ListRequests, MergeRequest, QueueNotice, RejectRequest, ShowRequest, VerifyRequest,
};
use crate::tui::screens::take_call::TakeCall;
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::requests::Sent;

const SIZE: (u16, u16) = (80, 24);
const BOTH: &[IdentityCheck] = &[IdentityCheck::BirthDate, IdentityCheck::CallBack];

pub(super) fn list(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("3").reply::<ListRequests>(inbox());
    rig
}

pub(super) fn opened(lang: Lang, size: (u16, u16), checks: &[IdentityCheck]) -> Rig {
    let mut rig = list(lang, size);
    let view = request(RequestState::Verifying, Agreement::Differs, checks);
    rig.keys("<Enter>").reply::<ShowRequest>(Box::new(view));
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
    rig.keys("3").reply::<ListRequests>(Vec::new());
    insta::assert_snapshot!("requests_empty", rig.screen());
}

#[test]
fn q3_a_tick_is_stored_and_the_queue_waits_for_all_of_them() {
    let mut rig = opened(Lang::Ja, SIZE, &[IdentityCheck::BirthDate]);
    rig.keys("q");
    assert!(rig.written().is_none());
    assert!(rig.screen().contains("本人確認が足りません: 電話折返し"));
    rig.keys("<Tab><Tab>　");
    assert!(rig.requested::<VerifyRequest>().is_some_and(|it| it.checked.has(IdentityCheck::CallBack)));
}

#[test]
fn l2_what_the_notice_does_is_said_before_it_is_queued() {
    let mut rig = opened(Lang::Ja, SIZE, BOTH);
    rig.keys("q");
    insta::assert_snapshot!("request_queue", rig.screen());
    rig.keys("y");
    assert!(rig.requested::<QueueNotice>().is_some_and(|it| it.0 == "R-0019"));
}

#[test]
fn a_rejection_takes_a_ground_and_proposes_the_reply() {
    let mut rig = opened(Lang::Ja, SIZE, BOTH);
    rig.keys("x");
    insta::assert_snapshot!("request_grounds", rig.screen());
    rig.keys("d");
    insta::assert_snapshot!("request_reply", rig.screen());
    rig.keys("<C-s>");
    let RejectRequest { why, .. } = rig.requested().expect("nothing was rejected");
    assert!(why.ground == Ground::NotIdentified && why.reply.is_none());
}

#[test]
fn q1_a_call_is_typed_in_with_what_the_caller_said() {
    let mut rig = list(Lang::Ja, SIZE);
    rig.keys("n");
    insta::assert_snapshot!("request_call", rig.screen());
    rig.keys("２６０－１<Enter><Enter>ショウジ<Enter>s54.7.26<Enter><Enter><Enter><Enter>");
    let TakeCall(call) = rig.requested().expect("no call was taken");
    assert_eq!((call.claim.symbol.as_str(), call.claim.number.as_str()), ("260", "1"));
    assert_eq!(call.claim.born_on.unwrap().to_string(), "1979-07-26");
}

#[test]
fn the_next_request_that_waits_is_one_key_away() {
    let mut rig = opened(Lang::Ja, SIZE, &[]);
    rig.keys("N");
    assert!(rig.screen().contains("読み込んでいます"));
}

/// A supervisor at a request whose sender has sent others besides.
fn beside(lang: Lang, size: (u16, u16), others: &[&str], role: Role) -> Rig {
    let sent = |receipt: &str, day, body: &str| Sent {
        receipt: receipt.to_owned(),
        received_at: at(day, 14, 5),
        channel: Channel::Form,
        state: RequestState::New,
        claim: Claim {
            name: "中島 達也".into(),
            kana: "ナカジマ タツヤ".into(),
            employer: "旭精機".into(),
            ..Claim::default()
        },
        phone: "090-0000-0000".to_owned(),
        body: body.to_owned(),
    };
    let mut view = request(RequestState::Verifying, Agreement::Exact, BOTH);
    let this = sent(&view.receipt, 20, "ログインIDを忘れました。送ってください。");
    let rest = others.iter().map(|receipt| sent(receipt, 22, "先日お願いした件です。\nまだ届きません。"));
    view.beside = std::iter::once(this).chain(rest).collect();
    view.together = others.iter().map(|&receipt| receipt.to_owned()).collect();
    let mut rig = Rig::signed_in(lang, size, role);
    rig.keys("3").reply::<ListRequests>(inbox()).keys("<Enter>").reply::<ShowRequest>(Box::new(view));
    rig
}

#[test]
fn q4_two_requests_stand_side_by_side_before_one_of_them_ends() {
    for (name, lang, size) in [("ja", Lang::Ja, SIZE), ("en", Lang::En, SIZE)] {
        let mut rig = beside(lang, size, &["R-0023"], Role::Supervisor);
        rig.keys("m");
        insta::assert_snapshot!(format!("request_merge_{name}"), rig.screen());
        rig.keys("y");
        assert!(rig.requested::<MergeRequest>().is_some_and(|it| it.receipt == "R-0019" && it.into == "R-0023"));
    }
}

#[test]
fn q4_of_several_requests_the_one_that_stays_is_chosen() {
    let mut rig = beside(Lang::Ja, SIZE, &["R-0023", "R-0031"], Role::Supervisor);
    rig.keys("m");
    assert!(rig.screen().contains("残す依頼"), "{}", rig.screen());
    rig.keys("by");
    assert!(rig.requested::<MergeRequest>().is_some_and(|it| it.into == "R-0031"));
}

#[test]
fn a_clerk_does_not_merge() {
    let mut rig = beside(Lang::Ja, SIZE, &["R-0023"], Role::Clerk);
    rig.keys("my");
    assert!(rig.written().is_none());
}

#[test]
fn a_settled_request_offers_the_next_one_and_nothing_else() {
    let mut rig = list(Lang::Ja, SIZE);
    let mut view = request(RequestState::Rejected, Agreement::Differs, BOTH);
    view.next = Vec::new();
    rig.keys("<Enter>").reply::<ShowRequest>(Box::new(view));
    let screen = rig.screen();
    let footer = screen.lines().last().unwrap();
    assert!(footer.contains("N 次へ") && !footer.contains("却下"), "{footer}");
}
