//! バッチ.

use super::fixtures::{batch, batch_view, day, number};
use crate::domain::gate::{GateFinding, GateValue};
use crate::domain::{BatchState, CardKind, CardState, GateReason, Role};
use crate::labels::Lang;
use crate::tui::message::{Effect, Msg};
use crate::tui::progress::{LongTask, Part, WorkProgress};
use crate::tui::screens::batches::requests::{
    ApproveBatch, Dispatch, DispatchBatch, ExportBatch, ListBatches, ListMissingReceipts, LoadGate, RecordPrinted,
    ShowBatch,
};
use crate::tui::screens::card_dialogs::{CancelCard, HoldCard};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::batches::{Approver, BatchLine, Due, Gate, LeftCard, Letters, Missing, SentBackDraft};
use crate::usecases::members::KeyColumns;
use chrono::Duration;

pub(super) const SIZE: (u16, u16) = (80, 24);

pub(super) fn line(state: BatchState) -> BatchLine {
    BatchLine {
        batch: batch(state),
        viewing: 28,
        login: 3,
        employers: 12,
        drafter: "佐藤".to_owned(),
        sent_back: false,
    }
}

pub(super) fn list(lang: Lang, size: (u16, u16), role: Role) -> Rig {
    let mut rig = Rig::signed_in(lang, size, role);
    let lines = [BatchState::Draft, BatchState::Printed, BatchState::Dispatched, BatchState::Cancelled].map(line);
    rig.keys("5").reply::<ListBatches>(lines.to_vec());
    rig
}

pub(super) fn opened(lang: Lang, size: (u16, u16), role: Role, state: BatchState) -> Rig {
    let mut rig = list(lang, size, role);
    rig.keys("<Enter>").reply::<ShowBatch>(Box::new(batch_view(state)));
    rig
}

/// One receipt is late, the other still has time.
pub(super) fn missing(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = list(lang, size, Role::Clerk);
    let bundles = batch_view(BatchState::Dispatched).bundles;
    let missing = |at: usize, waited, due| Missing { bundle: bundles[at].clone(), waited, due };
    let lines = vec![missing(1, 7, Due::Overdue), missing(0, 2, Due::Awaited)];
    rig.keys("f").reply::<ListMissingReceipts>(lines);
    rig
}

fn progress(hashed: u64, set: u64) -> WorkProgress {
    let parts = [("パスワード生成と暗号化", hashed), ("ページ組版", set)];
    let parts = parts.map(|(name, done)| Part { name, done }).to_vec();
    WorkProgress { job: LongTask::Export(number()), parts, total: 31 }
}

/// An export that has just begun.
pub(super) fn exporting(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = opened(lang, size, Role::Clerk, BatchState::Approved);
    rig.keys("x<Enter><Enter><Enter>");
    let request_id = rig.request_id();
    rig.send(Msg::Progress(request_id, progress(0, 0)));
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
    rig.keys("5").reply::<ListBatches>(Vec::new());
    insta::assert_snapshot!("batches_empty", rig.screen());
}

#[test]
fn b3_a_clerk_is_told_that_a_supervisor_approves() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Draft);
    rig.keys("a");
    assert!(rig.screen().contains("「バッチの承認」を行えるのは責任者です(現在の役割は担当)"));
    let mut rig = opened(Lang::Ja, SIZE, Role::Supervisor, BatchState::Draft);
    rig.keys("a");
    insta::assert_snapshot!("batch_approve", rig.screen());
    rig.keys("y");
    assert!(rig.has_requested::<ApproveBatch>());
}

#[test]
fn b3_drafter_is_told_that_another_must_approve() {
    let mut view = batch_view(BatchState::Draft);
    view.approver = Approver::DraftedIt;
    let mut rig = list(Lang::Ja, SIZE, Role::Supervisor);
    rig.keys("<Enter>").reply::<ShowBatch>(Box::new(view));
    assert!(!rig.screen().contains("a 承認"));
    rig.keys("a");
    assert!(rig.screen().contains("ご自身が作成したバッチは承認できません。別の責任者が承認します"));
    rig.keys("y");
    assert!(rig.written().is_none());
}

#[test]
fn footer_hides_forbidden_keys_and_help_names_the_roles() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Supervisor, BatchState::Draft);
    assert!(rig.screen().contains("a 承認"));
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Draft);
    assert!(!rig.screen().contains("a 承認"));
    rig.keys("?");
    assert!(rig.screen().contains("バッチを承認する (責任者)"));
    rig.keys("<Esc><C-p>しょうにん");
    assert!(rig.screen().contains("バッチを承認する (責任者)"));
    rig.keys("<Enter>");
    assert!(rig.screen().contains("「バッチの承認」を行えるのは責任者です"));
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
    assert!(rig.requested::<ExportBatch>().is_some_and(|it| it.date == Some(day("2026-11-26"))));
    let request_id = rig.request_id();
    rig.send(Msg::Progress(request_id, progress(0, 0)));
    rig.now += Duration::seconds(8);
    rig.send(Msg::Progress(request_id, progress(17, 24)));
    insta::assert_snapshot!("batch_exporting", rig.screen());
    rig.keys("s");
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::Stop(stopped) if *stopped == request_id)));
}

#[test]
fn running_work_is_shown_everywhere_and_awaited_on_quit() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Approved);
    rig.keys("x<Enter><Enter><Enter>");
    let request_id = rig.request_id();
    let parts = vec![Part { name: "パスワード生成と暗号化", done: 17 }];
    rig.send(Msg::Progress(request_id, WorkProgress { job: LongTask::Export(number()), parts, total: 31 })).keys("2");
    assert!(rig.screen().contains("パスワード生成と暗号化  17/31"));
    rig.send(Msg::Terminate);
    assert!(!rig.has_quit());
    rig.refuse_to(request_id, "中断しました");
    assert!(rig.has_quit());
}

#[test]
fn b6_spoiled_and_good_together_are_what_was_exported() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Exported);
    rig.keys("w２");
    insta::assert_snapshot!("batch_printed_form", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.requested::<RecordPrinted>().is_some_and(|it| it.spoiled == "２"));
}

#[test]
fn b6_invalid_spoiled_number_is_named_while_typed() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Exported);
    rig.keys("w１，２－x");
    assert!(rig.screen().contains("はがき番号として読めません: 2-X"));
    rig.keys("<BS>９");
    assert!(rig.screen().contains("このバッチにないはがき番号です: 2-9"));
    rig.keys("<Enter>");
    assert!(rig.written().is_none());
    rig.keys("<BS><BS><BS><BS>－２");
    assert!(rig.screen().contains("刷り損じ 2枚 + 使えるはがき 0枚 = 出力 2枚"));
}

pub(super) fn gate(place: usize, member: &str, name: &str, reason: GateReason) -> Gate {
    let (serial, employer) = (number().serial(place), "旭精機株式会社".to_owned());
    let finding = GateFinding { reason, printed: GateValue::None, now: GateValue::None };
    let (member, name, card) = (member.to_owned(), name.to_owned(), 1);
    Gate { card, serial, member, name, employer, finding, also: Vec::new() }
}

/// At the gate of a printed batch with two cards to pull.
fn at_gate() -> (Rig, Vec<Gate>) {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Printed);
    rig.keys("t");
    assert!(rig.has_requested::<LoadGate>());
    let cards = vec![
        gate(1, "260-1-00", "東海林 拓也", GateReason::Superseded),
        gate(2, "260-7-01", "渡邉 はるか", GateReason::MemberLost),
    ];
    rig.reply::<LoadGate>(cards.clone());
    (rig, cards)
}

#[test]
fn b7_cards_to_pull_are_ticked_before_the_dispatch() {
    let (mut rig, _) = at_gate();
    insta::assert_snapshot!("batch_gate", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.screen().contains("まだ印のないはがきが 2枚 あります"));
    rig.keys("　");
    assert!(rig.screen().contains("抜き取り済み 1 / 2枚"));
    rig.keys("<Enter>");
    assert!(rig.screen().contains("まだ印のないはがきが 1枚 あります"));
    rig.keys(" ");
    insta::assert_snapshot!("batch_gate_ticked", rig.screen());
    rig.keys("<Enter><Enter><Enter>");
    insta::assert_snapshot!("batch_dispatch", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.written().is_none(), "Enter alone dispatches nothing");
    rig.keys("t").reply::<LoadGate>(Vec::new()).keys("<Enter><Enter>y");
    let DispatchBatch { on, pulled, .. } = rig.requested().expect("nothing was dispatched");
    assert!(*on == day("2026-11-24") && pulled.is_empty());
}

#[test]
fn b7_card_with_a_wrong_address_is_pulled_by_serial() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Printed);
    let dead = gate(1, "260-1-00", "東海林 拓也", GateReason::Superseded);
    rig.keys("t").reply::<LoadGate>(vec![dead]).keys(" <Enter><Enter>１，２");
    insta::assert_snapshot!("batch_dispatch_form", rig.screen());
    rig.keys("<Enter>y");
    let DispatchBatch { pulled, .. } = rig.requested().expect("nothing was dispatched");
    assert_eq!(*pulled, [1, 2].map(|place| number().serial(place)), "each once");
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Printed);
    rig.keys("t").reply::<LoadGate>(Vec::new()).keys("<Enter>99<Enter>y");
    assert!(rig.written().is_none(), "there is no such card: {}", rig.screen());
}

#[test]
fn b7_changed_gate_dispatches_nothing_and_marks_new_cards() {
    let (mut rig, mut cards) = at_gate();
    rig.keys("  <Enter><Enter><Enter>y");
    let DispatchBatch { pulled, .. } = rig.requested().expect("nothing was dispatched");
    assert_eq!(*pulled, [number().serial(1), number().serial(2)]);
    cards.remove(0);
    cards.push(gate(3, "260-9-00", "高橋 一郎", GateReason::DisplayOff));
    rig.reply::<DispatchBatch>(Dispatch::GateChanged(cards));
    insta::assert_snapshot!("batch_gate_changed", rig.screen());
    rig.effects.clear();
    rig.keys("<Enter>");
    assert!(rig.screen().contains("まだ印のないはがきが 1枚 あります"));
    rig.keys(" <Enter><Enter><Enter>y");
    let DispatchBatch { pulled, .. } = rig.requested().expect("nothing was dispatched");
    assert_eq!(*pulled, [2, 3, 1].map(|place| number().serial(place)), "what was pulled stays pulled");
}

#[test]
fn card_that_left_its_batch_stays_listed() {
    let mut rig = list(Lang::Ja, SIZE, Role::Clerk);
    let mut view = batch_view(BatchState::Exported);
    view.left.push(LeftCard {
        id: 9,
        serial: None,
        kind: CardKind::Viewing,
        left_as: CardState::Held,
        state: CardState::Queued,
        key: KeyColumns { symbol: "118".to_owned(), number: "12".to_owned(), branch: "01".to_owned() },
        name: "山田 花子".to_owned(),
        protected: false,
    });
    rig.keys("<Enter>").reply::<ShowBatch>(Box::new(view));
    insta::assert_snapshot!("batch_left", rig.screen());
}

#[test]
fn a_refused_step_reads_the_batch_again() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Supervisor, BatchState::Draft);
    rig.keys("ay").refuse("鈴木さんが 10:52 に承認しました。");
    assert!(rig.screen().contains("鈴木さんが 10:52 に承認しました。"));
    assert!(rig.has_requested::<ShowBatch>());
    rig.refuse("データベースに接続できません。");
    assert!(rig.effects.is_empty(), "a list that cannot be read is not asked for over and over");
}

#[test]
fn only_a_draft_card_can_be_held_or_cancelled_alone() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Draft);
    rig.keys("o");
    assert!(rig.screen().contains("このはがきはバッチから外れます"));
    rig.keys("住所確認中<Enter>");
    assert!(rig.requested::<HoldCard>().is_some_and(|it| it.why == "住所確認中"));
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Approved);
    rig.keys("cy");
    assert!(rig.has_requested::<CancelCard>());
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Exported);
    rig.keys("o");
    assert!(rig.written().is_none() && rig.screen().contains("出力する前の"));
}

#[test]
fn b12_letters_made_at_the_dispatch_are_replaced_first() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Printed);
    rig.keys("t").reply::<LoadGate>(Vec::new());
    rig.keys("<Enter>1<Enter>y");
    assert!(rig.has_requested::<DispatchBatch>());
    let letters = Letters {
        batch: number(),
        edition: 2,
        cards: 1,
        employers: 1,
        left_out: vec![number().serial(1)],
        files: Vec::new(),
        outdated: vec!["B20261124-001-letters-1.pdf".to_owned()],
        changed: Vec::new(),
    };
    rig.reply::<DispatchBatch>(Dispatch::LettersMade(letters));
    rig.effects.clear();
    let screen = rig.screen();
    assert!(screen.contains("送付状と受領書を作り直しました") && screen.contains("letters-1.pdf"), "{screen}");
    rig.keys("<Enter><Enter><Enter>y");
    let DispatchBatch { pulled, .. } = rig.requested().expect("nothing was dispatched");
    assert_eq!(*pulled, [number().serial(1)]);
}

#[test]
fn b17_a_draft_that_was_sent_back_says_why() {
    let mut view = batch_view(BatchState::Draft);
    let back = SentBackDraft { batch: number(), by: "鈴木".to_owned(), reason: "宛先を確認".to_owned() };
    view.sent_back = Some(back);
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Draft);
    rig.keys("<F5>").reply::<ShowBatch>(Box::new(view));
    assert!(rig.screen().contains("鈴木さんが差し戻しました: 宛先を確認"), "{}", rig.screen());
}
