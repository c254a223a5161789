//! バッチ.

use super::fixtures::{batch, batch_view, day, number};
use crate::domain::{BatchState, DeadReason, Role};
use crate::labels::Lang;
use crate::tui::message::{Answer, Effect, Msg, Order, Part, Progress, Query};
use crate::tui::testing::{Album, LOOKS, Rig};
use crate::usecases::batches::{BatchLine, Gate};
use chrono::Duration;

const SIZE: (u16, u16) = (80, 24);

fn list(lang: Lang, size: (u16, u16), role: Role) -> Rig {
    let mut rig = Rig::signed_in(lang, size, role);
    let line = |state| BatchLine { batch: batch(state), viewing: 28, login: 3, employers: 12 };
    let lines = [BatchState::Draft, BatchState::Printed, BatchState::Dispatched, BatchState::Cancelled].map(line);
    rig.keys("5").answer(Ok(Answer::Batches(lines.to_vec())));
    rig
}

fn opened(lang: Lang, size: (u16, u16), role: Role, state: BatchState) -> Rig {
    let mut rig = list(lang, size, role);
    rig.keys("<Enter>").answer(Ok(Answer::Batch(Box::new(batch_view(state)))));
    rig
}

#[test]
fn batches_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("batches", name, &list(lang, size, Role::Clerk).screen());
        for state in BatchState::ALL {
            let mut rig = opened(lang, size, Role::Clerk, *state);
            album.add(&format!("batch_{}", state.code()), name, &rig.screen());
        }
    }
    insta::assert_snapshot!("batches", album.pages);
}

#[test]
fn pages_of_a_batch_look() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Dispatched);
    insta::assert_snapshot!("batch_parcels", rig.keys("<Tab>").screen());
    insta::assert_snapshot!("batch_files", rig.keys("<Tab>").screen());
}

#[test]
fn an_empty_list_says_how_a_batch_is_made() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("5").answer(Ok(Answer::Batches(Vec::new())));
    insta::assert_snapshot!("batches_empty", rig.screen());
}

#[test]
fn b3_a_clerk_is_told_that_a_supervisor_approves() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Draft);
    rig.keys("a");
    assert!(rig.screen().contains("「バッチの承認」は担当の権限ではできません"));
    let mut rig = opened(Lang::Ja, SIZE, Role::Supervisor, BatchState::Draft);
    rig.keys("a");
    insta::assert_snapshot!("batch_approve", rig.screen());
    rig.keys("y");
    assert!(matches!(rig.ordered(), Some(Order::Approve(_))));
}

#[test]
fn a_step_out_of_turn_is_answered_with_the_next_one() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Draft);
    rig.keys("t");
    assert!(rig.screen().contains("いまはその操作ではありません。次は承認です。"));
}

#[test]
fn an_export_takes_a_date_and_shows_how_far_it_is() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Approved);
    rig.keys("x１１/２６");
    insta::assert_snapshot!("batch_export_form", rig.screen());
    rig.keys("<Enter><Enter><Enter>");
    assert!(matches!(rig.ordered(), Some(Order::Export { date, .. }) if *date == Some(day("2026-11-26"))));
    let ticket = rig.ticket();
    let progress = |hashed, set| Progress {
        parts: vec![Part { name: "パスワード生成と暗号化", done: hashed }, Part { name: "ページ組版", done: set }],
        total: 31,
    };
    rig.send(Msg::Progress(ticket, progress(0, 0)));
    rig.now += Duration::seconds(8);
    rig.send(Msg::Progress(ticket, progress(17, 24)));
    insta::assert_snapshot!("batch_exporting", rig.screen());
    rig.keys("s");
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::Stop(stopped) if *stopped == ticket)));
}

#[test]
fn work_under_way_is_seen_from_every_screen_and_quitting_waits_for_it() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Approved);
    rig.keys("x<Enter><Enter><Enter>");
    let ticket = rig.ticket();
    let parts = vec![Part { name: "パスワード生成と暗号化", done: 17 }];
    rig.send(Msg::Progress(ticket, Progress { parts, total: 31 })).keys("2");
    assert!(rig.screen().contains("パスワード生成と暗号化  17/31"));
    rig.send(Msg::Terminate);
    assert!(!rig.has_quit());
    let refusal = crate::tui::message::Refusal { text: "中断しました".to_owned() };
    rig.send(Msg::Reply(crate::tui::message::Reply { ticket, outcome: Err(refusal) }));
    assert!(rig.has_quit());
}

#[test]
fn b6_spoiled_and_good_together_are_what_was_exported() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Exported);
    rig.keys("w２");
    insta::assert_snapshot!("batch_printed_form", rig.screen());
    rig.keys("<Enter>");
    assert!(matches!(rig.ordered(), Some(Order::Printed { spoiled, .. }) if spoiled == "２"));
}

#[test]
fn b7_the_cards_to_pull_are_listed_before_the_dispatch() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Printed);
    rig.keys("t");
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::Ask(_, _, Query::Gate(_)))));
    let gate = Gate {
        serial: number().serial(2),
        member: "260-7-01".to_owned(),
        name: "渡邉 はるか".to_owned(),
        employer: "旭精機株式会社".to_owned(),
        reason: DeadReason::MemberLost,
    };
    rig.answer(Ok(Answer::Gate(number(), vec![gate])));
    insta::assert_snapshot!("batch_gate", rig.screen());
    rig.keys("<Enter>");
    insta::assert_snapshot!("batch_dispatch", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.ordered().is_none(), "Enter alone dispatches nothing");
    rig.keys("t").answer(Ok(Answer::Gate(number(), Vec::new()))).keys("<Enter>y");
    assert!(matches!(rig.ordered(), Some(Order::Dispatch { on, .. }) if *on == day("2026-11-24")));
}
