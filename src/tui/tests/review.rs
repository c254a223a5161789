//! What an approver looks at before a batch binds.

use super::batches::{gate, line, list};
use super::fixtures::{at, batch_view, number};
use crate::domain::{BatchState, CommentKind, GateReason, Role};
use crate::labels::Lang;
use crate::tui::screens::batches::requests::{
    ApproveBatch, DispatchBatch, ListBatches, LoadGate, SendBatchBack, ShowBatch,
};
use crate::tui::tests::testing::{LOOKS, Rig};
use crate::usecases::batches::{BatchComment, BatchLine, BatchReview, BatchView, Gate, GateReport, SentBackDraft};

#[test]
fn b11_a_review_without_room_says_that_there_is_more() {
    let mut view = batch_view(BatchState::Draft);
    let members: Vec<String> = (1..=4).map(|number| format!("260-{number}-00")).collect();
    let review = view.review.as_mut().unwrap();
    review.twice = members.clone();
    review.leftovers = members.iter().map(|member| (member.clone(), "B20261120-001".to_owned())).collect();
    for (size, is_cut) in [((80, 24), true), ((120, 36), false)] {
        let mut rig = list(Lang::Ja, size, Role::Supervisor);
        rig.keys("<Enter>").reply::<ShowBatch>(Box::new(view.clone()));
        let screen = rig.screen();
        assert!(screen.contains("作成者が自分で依頼した"), "what wants attention comes first: {screen}");
        assert_eq!(screen.contains("画面を広げるか"), is_cut, "{screen}");
        assert_eq!(screen.contains("依頼                      ポータル"), !is_cut, "{screen}");
    }
}

fn opened(lang: Lang, size: (u16, u16), view: &BatchView) -> Rig {
    let mut rig = list(lang, size, Role::Supervisor);
    rig.keys("<Enter>").reply::<ShowBatch>(Box::new(view.clone()));
    rig
}

#[test]
fn b7_each_card_of_a_printed_batch_says_why_it_must_not_leave() {
    let mut view = batch_view(BatchState::Printed);
    view.cards[1].id = 2;
    let stopped = Gate { card: 2, ..gate(2, "260-7-01", "渡邉 はるか", GateReason::MemberLost) };
    let report = GateReport { batch: number(), cards: vec![stopped], holds: Vec::new(), warnings: Vec::new() };
    view.review = Some(BatchReview { gate: Some(report), ..BatchReview::default() });
    for (_, lang, size) in LOOKS {
        let screen = opened(lang, size, &view).keys("<Tab>").screen();
        let row = screen.lines().find(|line| line.contains("渡邉")).unwrap_or_default();
        assert!(row.contains(lang.pick("送れない: ", "not to leave: ")), "{screen}");
        let place = |name: &str| screen.find(name);
        assert!(place("渡邉") < place("東海林"), "it stands first: {screen}");
    }
}

/// A draft that was sent back for a reason of several lines.
fn sent_back() -> BatchView {
    let reason = format!("{}ヱ", "宛名を確かめてから、もう一度お願いします。".repeat(5));
    let mut view = batch_view(BatchState::Draft);
    let comment = |kind, by: &str, text: &str, minute| BatchComment {
        kind,
        text: text.to_owned(),
        had_left: 0,
        by: by.to_owned(),
        at: at(24, 10, minute),
    };
    view.comments = vec![
        comment(CommentKind::SentBack, "suzuki", &reason, 41),
        comment(CommentKind::Comment, "sato", "事業所に確かめました", 45),
    ];
    view.sent_back = Some(SentBackDraft { batch: number(), by: "鈴木".to_owned(), reason });
    view
}

#[test]
fn b17_a_draft_that_was_sent_back_says_so_everywhere() {
    for (_, lang, size) in LOOKS {
        let mut rig = opened(lang, size, &sent_back());
        let screen = rig.screen();
        assert!(screen.contains("ヱ"), "the reason is read whole: {screen}");
        assert!(screen.contains(lang.pick("差戻し中", "sent back")), "{screen}");
        let footer = screen.lines().last().unwrap_or_default();
        assert!(!footer.contains(lang.pick("a 承認", "a approve")), "{footer}");
        rig.keys("a").keys("y").keys("s");
        assert!(!rig.has_requested::<ApproveBatch>() && !rig.has_requested::<SendBatchBack>());
    }
    let mut rig = Rig::signed_in(Lang::Ja, (80, 24), Role::Clerk);
    rig.keys("5").reply::<ListBatches>(vec![BatchLine { sent_back: true, ..line(BatchState::Draft) }]);
    assert!(rig.screen().contains("差戻し中"), "{}", rig.screen());
}

#[test]
fn b17_a_comment_and_its_answer_stand_before_the_approval() {
    let mut rig = opened(Lang::Ja, (80, 24), &sent_back());
    rig.keys("<Tab><Tab><Tab><Tab>").keys("<Enter>");
    assert!(rig.screen().contains("ヱ"), "{}", rig.screen());
    let answered = BatchView { sent_back: None, ..sent_back() };
    let mut rig = opened(Lang::Ja, (120, 36), &answered);
    assert!(rig.screen().contains("事業所に確かめました"), "{}", rig.screen());
    rig.keys("a");
    assert!(rig.screen().contains("佐藤: 事業所に確かめました"), "{}", rig.screen());
}

#[test]
fn b7_a_batch_of_which_nothing_is_left_is_not_said_to_leave() {
    let mut rig = opened(Lang::Ja, (80, 24), &batch_view(BatchState::Printed));
    let all = [("260-1-00", "東海林 拓也"), ("260-7-01", "渡邉 はるか")];
    let cards = all.into_iter().zip(1..).map(|((member, name), at)| gate(at, member, name, GateReason::MemberLost));
    rig.keys("t").reply::<LoadGate>(cards.collect());
    rig.keys("  <Enter><Enter><Enter>");
    let screen = rig.screen();
    assert!(screen.contains("はすべて抜き取るため") && !screen.contains("パスワードが有効になり"), "{screen}");
    rig.keys("y");
    assert!(rig.has_requested::<DispatchBatch>());
}
