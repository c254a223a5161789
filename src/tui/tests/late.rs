//! Answers that come late: to another member's view, another screen, a dialog or a locked one.

use super::fixtures::{found, number, view};
use super::inbox::{inbox, request};
use super::{batches, phone, requests};
use crate::domain::diagnosis::{Caller, Topic};
use crate::domain::request::{Agreement, CallerStanding, ClaimField, Identity, IdentityCheck, RequestState, Verdict};
use crate::domain::{BatchNumber, BatchState, MemberKey, Role};
use crate::labels::Lang;
use crate::tui::authentication::AuthStep;
use crate::tui::message::{Effect, Msg, RequestId};
use crate::tui::progress::{LongTask, Part, WorkProgress};
use crate::tui::screens::batches::requests::{Dispatch, DispatchBatch, ListBatches, LoadGate, ShowBatch};
use crate::tui::screens::members::requests::{
    DiagnoseRequest, FindMembers, Identify, ListFollowUps, Reissue, Reissued, ShowMember,
};
use crate::tui::screens::requests::calls::{ListRequests, QueueNotice, ShowRequest, VerifyRequest};
use crate::tui::tests::testing::Rig;
use crate::usecases::refusal::ReissueWarning;

const SIZE: (u16, u16) = (80, 24);

fn shoji() -> MemberKey {
    MemberKey::parse("260", "1", "00").unwrap()
}

/// 260-1-00 was open and left for 260-1-01, the next of the list.
fn gone_on(rig: &mut Rig) {
    let mut other = view();
    other.member = found()[1].member.clone();
    rig.keys("<Esc><Down><Enter>").reply::<ShowMember>(Box::new(other));
    assert!(rig.screen().contains("東海林 葉子"), "{}", rig.screen());
}

#[test]
fn a_diagnosis_is_not_shown_beside_somebody_elses_facts() {
    let mut rig = phone::identified(Lang::Ja, SIZE);
    rig.keys("de");
    let id = rig.id_of::<DiagnoseRequest>();
    gone_on(&mut rig);
    rig.reply_to::<DiagnoseRequest>(id, phone::called(Topic::CardNotArrived, Lang::Ja, Caller::default()));
    assert!(!rig.screen().contains("お勤め先"), "{}", rig.screen());
    assert!(!rig.keys("n").screen().contains("ご案内"), "the note is prefilled from another's diagnosis");
}

fn identified() -> Identity {
    Identity { verdicts: vec![(ClaimField::Kana, Verdict::Match)], standing: CallerStanding::Identified }
}

#[test]
fn q3_an_identity_counts_for_whom_and_what_it_was_compared_with() {
    let mut rig = phone::results(Lang::Ja, SIZE);
    rig.keys("<F4>ショウジ<Enter>");
    let id = rig.id_of::<Identify>();
    rig.keys("<Esc><Down><F4>").reply_to::<Identify>(id, identified()).effects.clear();
    rig.keys("<Enter>");
    assert!(!rig.has_requested::<ShowMember>(), "another member is opened as identified");
    let mut rig = phone::results(Lang::Ja, SIZE);
    rig.keys("<F4>ショウジ<Enter>");
    let id = rig.id_of::<Identify>();
    rig.keys("1979-07-26").reply_to::<Identify>(id, identified()).effects.clear();
    rig.keys("<Enter>");
    assert!(!rig.has_requested::<ShowMember>(), "what was typed since was never compared");
}

#[test]
fn v3_a_warning_about_one_member_asks_nothing_about_another() {
    let mut rig = phone::results(Lang::Ja, SIZE);
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(super::fixtures::active())).keys("ry");
    assert_eq!(rig.requested::<Reissue>().map(|it| &it.key), Some(&shoji()));
    let id = rig.id_of::<Reissue>();
    gone_on(&mut rig);
    let warning = ReissueWarning {
        posted: None,
        member: "260-1-00".to_owned(),
        under_way: Some("B20261120-002-0017".to_owned()),
        planned: None,
        usable: true,
    };
    rig.effects.clear();
    rig.reply_to::<Reissue>(id, Reissued::NeedsConfirmation(Box::new(warning)));
    assert!(rig.screen().contains("260-1-00 東海林 拓也 様の再発行は、まだ受け付けていません"), "{}", rig.screen());
    rig.keys("y");
    assert!(rig.written().is_none());
}

#[test]
fn whom_the_search_finds_is_not_opened_over_another_list() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("/260-1<Enter>");
    let id = rig.id_of::<FindMembers>();
    rig.keys("<F6>").reply::<ListFollowUps>(Vec::new());
    rig.reply_to::<FindMembers>(id, found());
    assert!(!rig.has_requested::<ShowMember>());
}

/// A dispatch is ordered, and the clerk searches for a member meanwhile.
fn dispatching() -> (Rig, RequestId, Dispatch) {
    let mut rig = batches::opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Printed);
    rig.keys("t").reply::<LoadGate>(Vec::new()).keys("<Enter><Enter>y");
    let request_id = rig.request_id();
    let gate = vec![batches::gate(2, "260-1-00", "東海林 拓也", crate::domain::GateReason::Superseded)];
    (rig, request_id, Dispatch::GateChanged(gate))
}

#[test]
fn b7_a_gate_that_changed_is_not_laid_over_a_search() {
    let (mut rig, request_id, changed) = dispatching();
    rig.keys("<C-f>");
    rig.reply_to::<DispatchBatch>(request_id, changed);
    assert!(rig.screen().contains("「バッチ」にお知らせが届いています"), "{}", rig.screen());
    rig.keys("ショウジ ");
    assert!(rig.screen().contains("ショウジ"), "{}", rig.screen());
    assert!(rig.screen().contains("「バッチ」にお知らせが届いています"), "said for as long as it waits");
    rig.keys("<A-5>");
    assert!(rig.screen().contains("抜き取り済み 0 / 1枚"), "{}", rig.screen());
}

#[test]
fn no_dispatch_is_asked_for_over_another_batch() {
    let mut rig = batches::opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Printed);
    rig.keys("t");
    let request_id = rig.request_id();
    rig.keys("<Esc>");
    rig.reply_to::<LoadGate>(request_id, Vec::new());
    assert!(!rig.screen().contains("発送の確定"), "{}", rig.screen());
}

#[test]
fn late_dialog_is_shown_when_lock_or_dialog_is_gone() {
    let (mut rig, request_id, changed) = dispatching();
    rig.keys("?");
    rig.reply_to::<DispatchBatch>(request_id, changed);
    assert!(!rig.screen().contains("抜き取り済み"), "{}", rig.screen());
    assert!(rig.keys("<Esc>").screen().contains("抜き取り済み"));
    let (mut rig, request_id, _) = dispatching();
    rig.keys("L");
    rig.refuse_to(request_id, "PDF を消せませんでした。");
    assert!(!rig.screen().contains("PDF"), "{}", rig.screen());
    rig.keys("pass<Enter>").authenticate(AuthStep::Unlock);
    assert!(rig.screen().contains("PDF を消せませんでした。"), "{}", rig.screen());
}

#[test]
fn late_is_said_in_english_too() {
    let mut rig = batches::opened(Lang::En, SIZE, Role::Supervisor, BatchState::Draft);
    rig.keys("ay");
    let request_id = rig.request_id();
    rig.keys("2");
    rig.refuse_to(request_id, "another clerk was faster");
    assert!(rig.screen().contains("open Batches to see it"), "{}", rig.screen());
}

#[test]
fn q3_ticks_one_after_another_are_all_stored() {
    let mut rig = requests::opened(Lang::Ja, SIZE, &[]);
    rig.keys(" ");
    let first = rig.request_id();
    assert!(rig.screen().contains("[x] 生年月日"), "ticked at once");
    rig.effects.clear();
    rig.keys("<Right><Right> ");
    assert!(rig.written().is_none(), "one order after another");
    let stored = |checks| Box::new(request(RequestState::Verifying, Agreement::Differs, checks));
    rig.reply_to::<VerifyRequest>(first, stored(&[IdentityCheck::BirthDate]));
    let screen = rig.screen();
    assert!(screen.contains("[x] 生年月日") && screen.contains("[x] 電話折返し"), "{screen}");
    let both = |it: &VerifyRequest| it.checked.has(IdentityCheck::BirthDate) && it.checked.has(IdentityCheck::CallBack);
    assert!(rig.requested().is_some_and(both));
    let second = rig.id_of::<VerifyRequest>();
    rig.effects.clear();
    rig.reply_to::<VerifyRequest>(second, stored(&[IdentityCheck::BirthDate, IdentityCheck::CallBack]));
    assert!(rig.written().is_none());
}

#[test]
fn q3_a_step_that_follows_a_tick_waits_until_it_is_stored() {
    let mut rig = requests::opened(Lang::Ja, SIZE, &[IdentityCheck::BirthDate]);
    rig.keys("<Right><Right> q");
    let view =
        request(RequestState::Verifying, Agreement::Differs, &[IdentityCheck::BirthDate, IdentityCheck::CallBack]);
    rig.reply::<VerifyRequest>(Box::new(view));
    rig.keys("y");
    assert!(rig.requested::<QueueNotice>().is_some_and(|it| it.receipt == "R-0019"), "{}", rig.screen());
}

#[test]
fn a_refused_tick_is_taken_back_by_what_is_stored() {
    let mut rig = requests::opened(Lang::Ja, SIZE, &[]);
    rig.keys(" ").refuse("ほかの人が先に変更しました。");
    assert!(rig.requested::<ShowRequest>().is_some_and(|it| it.0 == "R-0019"));
}

#[test]
fn whoever_has_gone_on_to_the_next_request_stays_there() {
    let mut rig = requests::opened(Lang::Ja, SIZE, &[]);
    rig.keys(" ");
    let request_id = rig.request_id();
    rig.keys("N");
    let mut next = request(RequestState::New, Agreement::Exact, &[]);
    next.receipt = "R-0020".to_owned();
    rig.reply::<ShowRequest>(Box::new(next.clone()));
    let view = request(RequestState::Verifying, Agreement::Differs, &[IdentityCheck::BirthDate]);
    rig.reply_to::<VerifyRequest>(request_id, Box::new(view));
    assert!(rig.screen().contains("R-0020"), "{}", rig.screen());
    rig.keys("<Esc>").reply::<ListRequests>(inbox());
    // The row of what was in front last.
    rig.keys("<Enter>").reply::<ShowRequest>(Box::new(next));
    rig.keys(" ");
    let request_id = rig.request_id();
    rig.keys("<Esc>").reply::<ListRequests>(inbox());
    let view = request(RequestState::Verifying, Agreement::Differs, &[IdentityCheck::BirthDate]);
    rig.reply_to::<VerifyRequest>(request_id, Box::new(view));
    assert!(rig.screen().contains("二人に当たる"), "the inbox was left for a request: {}", rig.screen());
}

fn so_far(batch: &BatchNumber, done: u64) -> WorkProgress {
    let parts = vec![Part { name: "パスワード生成と暗号化", done }];
    WorkProgress { job: LongTask::Export(batch.clone()), parts, total: 31 }
}

#[test]
fn an_export_is_shown_on_its_own_batch_and_stopped_there() {
    let other = BatchNumber::parse("B20261124-002").unwrap();
    let mut rig = batches::opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Approved);
    rig.keys("x<Enter><Enter><Enter>");
    let first = rig.request_id();
    rig.send(Msg::Progress(first, so_far(&number(), 3)));
    assert!(rig.screen().contains("s 中断"), "{}", rig.screen());
    let mut second = super::fixtures::batch_view(BatchState::Approved);
    second.batch.number = other.clone();
    let mut line = batches::line(BatchState::Approved);
    line.batch.number = other.clone();
    rig.keys("<Esc>").reply::<ListBatches>(vec![line]);
    rig.keys("<Enter>").reply::<ShowBatch>(Box::new(second));
    rig.send(Msg::Progress(first, so_far(&number(), 5)));
    assert!(!rig.screen().contains("s 中断"), "{}", rig.screen());
    rig.keys("x<Enter><Enter><Enter>");
    let request_id = rig.request_id();
    rig.send(Msg::Progress(request_id, so_far(&other, 1)));
    rig.send(Msg::Progress(first, so_far(&number(), 6)));
    rig.effects.clear();
    rig.keys("s");
    assert!(matches!(rig.effects[..], [Effect::Stop(stopped)] if stopped == request_id), "{:?}", rig.effects);
    rig.refuse_to(request_id, "中断しました");
    rig.keys("<Esc>");
    assert!(!rig.screen().contains("s 中断"), "{}", rig.screen());
}

#[test]
fn a_question_that_fails_is_answered_in_words() {
    let away = "データベースに接続できません。";
    for keys in ["de", "w", "<F5>"] {
        let mut rig = phone::results(Lang::Ja, SIZE);
        rig.keys("<Enter>").reply::<ShowMember>(Box::new(view())).keys(keys).refuse(away);
        assert!(rig.screen().contains(away), "{keys}: {}", rig.screen());
        assert!(rig.screen().contains("東海林 拓也"), "{keys}: what was there stays");
    }
    let mut rig = batches::list(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("<Enter>").refuse(away);
    assert!(rig.screen().contains(away) && !rig.screen().contains("読み込んでいます"), "{}", rig.screen());
    let mut rig = super::queue::queue(Lang::Ja, SIZE);
    rig.keys("<Enter>").refuse(away);
    assert!(rig.screen().contains(away) && !rig.screen().contains("読み込んでいます"), "{}", rig.screen());
    let mut rig = super::queue::queue(Lang::Ja, SIZE);
    rig.keys("<F5>").refuse(away);
    assert!(rig.screen().contains(away) && rig.screen().contains("旭精機"), "{}", rig.screen());
}

#[test]
fn a_list_that_fails_says_nothing_of_the_chain() {
    let mut rig = super::admin::staff(Lang::En, SIZE, Role::Admin);
    rig.keys("<Tab><Tab>");
    let before = rig.screen();
    rig.refuse("No connection.");
    let (chain, list) = (rig.screen(), 5 + 7);
    let rows = |screen: &str| screen.lines().take(list).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&chain), rows(&before));
    assert!(chain.contains("No connection."));
}
