//! 送付依頼.

use super::fixtures::{at, day};
use super::inbox::{inbox, request};
use crate::domain::HoldReason;
use crate::domain::Role;
use crate::domain::diagnosis::Language;
use crate::domain::request::{
    Agreement, Channel, Claim, Evidence, Ground, IdentityCheck, OnFile, RequestState, RequestStep,
};
use crate::labels::Lang;
use crate::tui::screens::requests::calls::{
    AssignRequest, HoldRequest, LetPassRequest, ListRequests, MergeRequest, PeekRequest, QueueNotice, RejectRequest,
    ResumeRequest, SettleRequest, ShowRequest, VerifyRequest,
};
use crate::tui::screens::take_call::TakeCall;
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::requests::{Candidate, CaseCandidate, PointedBy, RequestView, Sent};

const SIZE: (u16, u16) = (80, 24);
const WIDE: (u16, u16) = (120, 36);
const BOTH: &[IdentityCheck] = &[IdentityCheck::BirthDate, IdentityCheck::CallBack];

pub(super) fn list(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("3");
    // Whether there is room for a case beside the list is known once it was drawn.
    rig.screen();
    rig.reply::<ListRequests>(inbox());
    rig
}

/// The list with the case of its first row beside it.
fn wide(lang: Lang, role: Role) -> Rig {
    let mut rig = Rig::signed_in(lang, WIDE, role);
    rig.keys("3");
    rig.screen();
    rig.reply::<ListRequests>(inbox());
    rig.reply::<PeekRequest>(Box::new(request(RequestState::Verifying, Agreement::Differs, &[])));
    rig
}

pub(super) fn opened(lang: Lang, size: (u16, u16), checks: &[IdentityCheck]) -> Rig {
    case(lang, size, Role::Clerk, request(RequestState::Verifying, Agreement::Differs, checks))
}

/// A case that was opened from the list.
pub(super) fn case(lang: Lang, size: (u16, u16), role: Role, view: RequestView) -> Rig {
    let mut rig = Rig::signed_in(lang, size, role);
    rig.keys("3").reply::<ListRequests>(inbox());
    rig.keys("<Enter>").reply::<ShowRequest>(Box::new(view));
    rig
}

#[test]
fn requests_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        let inbox = if size == WIDE { wide(lang, Role::Clerk).screen() } else { list(lang, size).screen() };
        album.add("requests", name, &inbox);
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
    assert!(rig.requested::<QueueNotice>().is_some_and(|it| it.receipt == "R-0019"));
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
fn q8_a_reply_can_be_written_in_english() {
    let mut rig = opened(Lang::Ja, SIZE, BOTH);
    rig.keys("xz");
    let screen = rig.screen();
    assert!(screen.contains("返信を日本語で書く") && !screen.contains("返信を英語で書く"), "{screen}");
    rig.keys("d");
    let screen = rig.screen();
    assert!(screen.contains("identity") || screen.contains("confirm"), "{screen}");
    rig.keys("<C-s>");
    let RejectRequest { why, .. } = rig.requested().expect("nothing was rejected");
    assert_eq!((why.ground, why.language), (Ground::NotIdentified, Language::English));
    assert!(why.reply.is_none(), "the proposed reply stays the society's");
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

#[test]
fn q7_tick_without_evidence_is_refused_at_the_key() {
    let mut rig = opened(Lang::Ja, SIZE, &[]);
    rig.keys("<Tab>　");
    assert!(rig.requested::<VerifyRequest>().is_none());
    let screen = rig.screen();
    assert!(screen.contains("事業所名は記入なしのため、印を付けられません"), "{screen}");
    assert!(screen.contains("[-] 事業所名") && screen.contains("[ ] 電話折返し"), "{screen}");
}

#[test]
fn q7_supervisor_lets_the_lacking_checks_pass_with_a_reason() {
    let view = || request(RequestState::Verifying, Agreement::Differs, &[]);
    let mut rig = case(Lang::Ja, SIZE, Role::Clerk, view());
    rig.keys("O本人来訪<Enter>");
    assert!(rig.written().is_none(), "a clerk does not");
    let mut rig = case(Lang::Ja, SIZE, Role::Supervisor, view());
    rig.keys("O");
    assert!(rig.screen().contains("生年月日、電話折返し"), "{}", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.written().is_none(), "not without a reason");
    rig.keys("本人来訪<Enter>");
    let LetPassRequest { checks, reason, .. } = rig.requested().expect("nothing was let pass");
    assert_eq!((checks.codes().as_str(), reason.as_str()), ("birth_date,call_back", "本人来訪"));
}

#[test]
fn list_and_case_are_read_again_after_a_refusal() {
    let first = request(RequestState::Verifying, Agreement::Exact, BOTH);
    let mut rig = Rig::signed_in(Lang::Ja, WIDE, Role::Clerk);
    rig.keys("3");
    rig.screen();
    rig.reply::<ListRequests>(inbox()).reply::<PeekRequest>(Box::new(first.clone()));
    rig.keys("<Enter>").keys("q").keys("y");
    assert!(!rig.has_requested::<ShowRequest>());
    rig.refuse("処理済みです").keys("<Enter>");
    assert!(rig.has_requested::<ShowRequest>(), "{}", rig.screen());
    assert!(rig.has_requested::<ListRequests>());
    // The other clerk has queued it: the case says so, and the mark of the list stays with it.
    let (list, case) = (rig.id_of::<ListRequests>(), rig.id_of::<ShowRequest>());
    rig.reply_to::<ListRequests>(list, inbox().into_iter().skip(1).collect());
    rig.reply_to::<ShowRequest>(
        case,
        Box::new(RequestView { next: Vec::new(), ..request(RequestState::Queued, Agreement::Exact, BOTH) }),
    );
    let screen = rig.screen();
    assert!(screen.contains(">") && screen.contains(&first.receipt) && screen.contains("4件"), "{screen}");
    let marked = screen.lines().find(|line| line.contains('>')).unwrap_or_default().to_owned();
    assert!(marked.contains("161-6-02"), "{screen}");
    rig.keys("y");
    assert!(rig.screen().contains("処理済み"), "{}", rig.screen());
}

#[test]
fn q6_what_was_sent_stands_beside_all_who_may_be_meant() {
    let sent =
        Claim { number: "5".into(), symbol: "134".into(), kana: "ハヤシ ハナコ".into(), ..Claim::default() };
    let side = |member: &str, name: &str, by| {
        let file = OnFile::without_employer(member, name, name, day("1980-01-02"));
        let candidate = Candidate { member: member.to_owned(), name: name.to_owned(), by };
        CaseCandidate { candidate, comparison: sent.compare(file) }
    };
    let view = RequestView {
        member: None,
        comparison: Vec::new(),
        candidates: vec![
            side("134-5-00", "石川 修", PointedBy::Number),
            side("125-8-04", "ハヤシ ハナコ", PointedBy::Name),
        ],
        sent: sent.clone(),
        ..request(RequestState::New, Agreement::Exact, &[])
    };
    for (_, lang, size) in LOOKS {
        let mut rig = case(lang, size, Role::Clerk, view.clone());
        let screen = rig.screen();
        for told in ["134-5", "ハヤシ ハナコ", "=134-5-00", "x125-8-04", "x石川 修", "=ハヤシ ハナコ", "1980-01-02"]
        {
            assert!(screen.contains(told), "{told}: {screen}");
        }
        let footer = screen.lines().last().unwrap_or_default();
        let offered = lang.pick("c 加入者の指定", "c whose");
        assert!(footer.contains(offered) && !footer.contains("q "), "{screen}");
        rig.keys("q");
        assert!(rig.written().is_none());
    }
}

#[test]
fn q7_what_no_tick_can_do_is_not_asked_for() {
    let mut rig = opened(Lang::Ja, SIZE, &[]);
    rig.keys("y");
    assert!(!rig.screen().contains("開いて確かめ"), "it is open: {}", rig.screen());
    let mut view = request(RequestState::Verifying, Agreement::Differs, &[]);
    view.comparison[3].agreement = Agreement::Differs;
    for it in &mut view.evidence {
        it.evidence = Evidence::Differs;
    }
    view.lacking = vec![IdentityCheck::BirthDate];
    let mut rig = case(Lang::Ja, SIZE, Role::Clerk, view);
    for key in ["q", "y"] {
        rig.keys(key);
        assert!(rig.screen().contains("責任者の判断") && !rig.screen().contains("Space で印を"), "{}", rig.screen());
    }
}

#[test]
fn q6_one_key_settles_what_agrees_and_says_why_not_else() {
    let mut rig = list(Lang::Ja, SIZE);
    rig.keys("y");
    assert!(rig.written().is_none() && rig.screen().contains("すべて一致してはいない"), "{}", rig.screen());
    rig.keys("<Down>y");
    assert!(rig.written().is_none(), "two requests of one member");
    rig.keys("<Down>y");
    assert!(rig.requested::<SettleRequest>().is_some_and(|it| it.0 == "R-0021"));
}

#[test]
fn list_and_case_stand_side_by_side_where_there_is_room() {
    let mut rig = wide(Lang::Ja, Role::Clerk);
    let screen = rig.screen();
    assert!(screen.contains("二人に当たる") && screen.contains("送信内容"), "{screen}");
    // Another row: its case is asked for, and that of before is not shown as its own.
    rig.keys("<Down>");
    assert!(rig.requested::<PeekRequest>().is_some_and(|it| it.0 == "R-0020"));
    assert!(!rig.screen().contains("送信内容"), "{}", rig.screen());
    // What stands there already is opened without another look.
    let mut rig = wide(Lang::Ja, Role::Clerk);
    rig.keys("<Enter>");
    assert!(rig.requested::<ShowRequest>().is_none());
    assert!(rig.screen().contains("N 次へ"), "{}", rig.screen());
    rig.keys("<Esc>");
    assert!(rig.screen().contains("送信内容"), "{}", rig.screen());
}

#[test]
fn the_next_request_is_the_one_below_also_when_one_was_settled() {
    let mut rig = list(Lang::Ja, SIZE);
    rig.keys("<Down><Enter>").reply::<ShowRequest>(Box::new(request(RequestState::New, Agreement::Exact, &[])));
    // It was settled meanwhile, and is in the list no more.
    rig.keys("<F5>");
    let rest: Vec<_> = inbox().into_iter().filter(|line| line.receipt != "R-0020").collect();
    rig.keys("N");
    assert!(rig.requested::<ShowRequest>().is_some_and(|it| it.0 == "R-0021"), "the one below");
    rig.keys("<Esc>").reply::<ListRequests>(rest);
    rig.keys("g<Down><Down><Enter>N");
    assert!(rig.requested::<ShowRequest>().is_some_and(|it| it.0 == "R-0019"), "from the top behind the last one");
}

#[test]
fn r8_hold_and_queue_without_a_route_ask_for_the_next_contact() {
    let mut view = request(RequestState::Verifying, Agreement::Exact, BOTH);
    (view.no_route, view.destination) = (Some(HoldReason::Voluntary), None);
    let mut rig = case(Lang::Ja, SIZE, Role::Clerk, view);
    assert!(rig.screen().contains("次の連絡日が必要です"), "{}", rig.screen());
    rig.keys("q<Enter>");
    let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 1);
    assert!(rig.requested::<QueueNotice>().is_some_and(|it| it.follow_up_on == day));
    let mut rig = opened(Lang::Ja, SIZE, BOTH);
    rig.keys("oa<C-s>");
    assert!(rig.requested::<HoldRequest>().is_some_and(|it| it.why.follow_up_on == day));
}

#[test]
fn a_settled_request_is_taken_up_again_after_a_question() {
    let mut view = request(RequestState::Rejected, Agreement::Exact, BOTH);
    view.next = vec![RequestStep::Resume];
    let mut rig = case(Lang::Ja, SIZE, Role::Clerk, view);
    rig.keys("Z");
    assert!(rig.written().is_none());
    rig.keys("y");
    assert!(rig.requested::<ResumeRequest>().is_some_and(|it| it.0 == "R-0019"));
}

#[test]
fn a_request_is_taken_on_and_given_back() {
    let mut rig = list(Lang::Ja, SIZE);
    rig.keys("<Down>t");
    assert!(rig.requested::<AssignRequest>().is_some_and(|it| it.to.as_deref() == Some("sato")));
    let mut rig = list(Lang::Ja, SIZE);
    rig.keys("t");
    assert!(rig.requested::<AssignRequest>().is_some_and(|it| it.to.is_none()), "it was sato's");
}

#[test]
fn a_list_of_requests_is_sorted_by_another_order() {
    let mut rig = list(Lang::Ja, SIZE);
    let first = |rig: &mut Rig| rig.screen().lines().find(|line| line.starts_with('>')).map(str::to_owned).unwrap();
    rig.keys("s").keys("g");
    assert!(first(&mut rig).contains("すべて一致"), "{}", rig.screen());
    assert!(rig.screen().contains("判定順"), "{}", rig.screen());
}
