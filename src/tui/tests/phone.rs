//! 電話対応: identity, topic, answer, note.

use super::fixtures::{employer, found, view};
use crate::domain::diagnosis::{
    Addressee, Answer, Caller, CallerKind, CardInHand, CardStatus, ChangeReason, Checkup, Coverage, Diagnosis,
    DiagnosisCard, DiagnosisFacts, Mail, OldRecord, OpenAccount, Question, Registration, Scripts, Sending,
    SocietyWords, Speech, Topic, ViewingPassword, diagnose,
};
use crate::domain::lineage::Sight;
use crate::domain::request::{CallerStanding, ClaimField, Identity, Verdict};
use crate::domain::{CardKind, DeadReason, Relation, Role, WebDisplay};
use crate::labels::Lang;
use crate::tui::screens::members::requests::{
    DiagnoseRequest, FindMembers, Guidance, Identify, ShowLineage, ShowMember, WriteNote,
};
use crate::tui::screens::take_call::TakeCall;
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::diagnosis::Diagnosed;
use crate::usecases::lineage::Record;
use chrono::NaiveDate;

const SIZE: (u16, u16) = (80, 24);

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// A reissue on its way, an earlier card dead.
fn facts(caller: Caller) -> DiagnosisFacts {
    let card = |kind, issued: NaiveDate, status, dead_on: Option<NaiveDate>| DiagnosisCard {
        kind,
        asked_on: issued - chrono::Days::new(6),
        issue_on: Some(issued),
        serial: Some("B20261120-002-0017".to_owned()),
        status,
        one_off: None,
        addressee: Addressee::Present,
        sent_at: None,
        valid_until: None,
        dead_on,
        dead: dead_on.map(|_| DeadReason::Superseded),
        delay: None,
        waited: 3,
    };
    let to = || "旭精機株式会社".to_owned();
    let receipt = crate::domain::diagnosis::Receipt::Awaited;
    DiagnosisFacts {
        relation: Relation::Insured,
        coverage: Coverage::Running,
        account: Registration::Open(OpenAccount {
            registered_on: day(10, 3),
            mail: Mail::Arrives,
            web_display: WebDisplay::Wanted,
            viewing: ViewingPassword::None,
            login_changed_at: None,
            points_applied_on: None,
        }),
        cards: vec![
            card(CardKind::Viewing, day(11, 26), CardStatus::Planned { on: day(11, 26), employer: to() }, None),
            card(CardKind::Login, day(10, 9), CardStatus::Dispatched { on: day(10, 9), employer: to(), receipt }, None),
            card(
                CardKind::Viewing,
                day(10, 5),
                CardStatus::Dispatched { on: day(10, 5), employer: to(), receipt },
                Some(day(11, 20)),
            ),
        ],
        predecessor: None,
        successor: None,
        login_request: None,
        checkup: Checkup::NotEligible,
        checkup_deadline: None,
        sending: Sending::default(),
        caller,
    }
}

fn in_words(diagnosis: &Diagnosis, lang: Lang) -> Answer {
    let society = SocietyWords { portal: "MyKempo".to_owned(), ..SocietyWords::default() };
    let speech = Speech { language: lang.into(), today: day(11, 24), society: &society };
    Scripts::embedded().unwrap().render(diagnosis, speech).unwrap()
}

pub(super) fn called(topic: Topic, lang: Lang, caller: Caller) -> Box<Guidance> {
    let diagnosis = diagnose(topic, &facts(caller.clone()), day(11, 24));
    let words = in_words(&diagnosis, lang);
    let found = Diagnosed { member: "260-1-00".to_owned(), diagnosis, employer: Some(employer()), call_by: None };
    Box::new(Guidance { found, words, caller })
}

pub(super) fn results(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("/ショウジ").reply::<FindMembers>(found());
    rig
}

pub(super) fn opened(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = results(lang, size);
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(view()));
    rig
}

pub(super) fn right() -> Identity {
    Identity {
        verdicts: vec![(ClaimField::Kana, Verdict::Match), (ClaimField::BirthDate, Verdict::Match)],
        standing: CallerStanding::Identified,
    }
}

/// A caller who is identified, with the record in front.
pub(super) fn identified(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = results(lang, size);
    rig.keys("<F4>ショウジ タクヤ<Enter>1979-07-26<Enter>").reply::<Identify>(right());
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(view()));
    rig
}

/// A caller who has said which card it is.
fn holds(kind: CardKind) -> Caller {
    Caller { card: CardInHand { kind: Some(kind), ..CardInHand::default() }, ..Caller::default() }
}

/// The topic 「パスワードのはがきが届かない」 is the fifth.
pub(super) fn told(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = identified(lang, size);
    rig.keys("de").reply::<DiagnoseRequest>(called(Topic::CardNotArrived, lang, holds(CardKind::Viewing)));
    rig
}

pub(super) fn asked(rig: &Rig) -> Option<(Topic, Caller)> {
    rig.requested::<DiagnoseRequest>().map(|it| (it.topic, it.caller.clone()))
}

#[test]
fn the_call_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("call_topics", name, &opened(lang, size).keys("d").screen());
        album.add("call_told", name, &told(lang, size).screen());
        album.add("call_note", name, &told(lang, size).keys("n").screen());
        album.add("call_identity", name, &results(lang, size).keys("<F4>").screen());
    }
    insta::assert_snapshot!("phone", album.pages);
}

#[test]
fn answer_is_two_keys_from_an_identified_caller() {
    let mut rig = identified(Lang::Ja, SIZE);
    rig.keys("de");
    assert_eq!(asked(&rig).map(|(topic, _)| topic), Some(Topic::CardNotArrived));
    rig.reply::<DiagnoseRequest>(called(Topic::CardNotArrived, Lang::Ja, holds(CardKind::Viewing)));
    assert!(rig.screen().contains("「11月26日に、お勤め先"), "{}", rig.screen());
}

#[test]
fn full_width_letters_choose_a_topic_too() {
    let mut rig = identified(Lang::Ja, SIZE);
    rig.keys("ｄｅ");
    assert_eq!(asked(&rig).map(|(topic, _)| topic), Some(Topic::CardNotArrived));
}

#[test]
fn answer_narrows_the_diagnosis_until_a_new_topic() {
    let mut rig = identified(Lang::Ja, SIZE);
    rig.keys("de").reply::<DiagnoseRequest>(called(Topic::CardNotArrived, Lang::Ja, Caller::default()));
    assert!(!rig.screen().contains("「11月26日に、お勤め先"), "neither is said before the answer: {}", rig.screen());
    rig.keys("q");
    insta::assert_snapshot!("call_question", rig.screen());
    rig.keys("b");
    let login = holds(CardKind::Login);
    assert_eq!(asked(&rig), Some((Topic::CardNotArrived, login.clone())));
    rig.reply::<DiagnoseRequest>(called(Topic::CardNotArrived, Lang::Ja, login));
    assert!(rig.screen().contains("「10月9日に、お勤め先"), "{}", rig.screen());
    rig.keys("de");
    assert_eq!(asked(&rig), Some((Topic::CardNotArrived, Caller::default())));
}

#[test]
fn date_question_takes_any_notation() {
    let mut rig = identified(Lang::Ja, SIZE);
    let two = facts(Caller::default());
    let mut diagnosis = diagnose(Topic::ViewingRejected, &two, day(11, 24));
    diagnosis.question = Some(Question::IssueDate);
    let words = in_words(&diagnosis, Lang::Ja);
    let found = Diagnosed { member: "260-1-00".to_owned(), diagnosis, employer: None, call_by: None };
    rig.keys("db").reply::<DiagnoseRequest>(Box::new(Guidance { found, words, caller: Caller::default() }));
    rig.keys("qR8.10.5");
    assert!(rig.screen().contains("2026-10-05(月)  令和8年10月5日"), "{}", rig.screen());
    rig.keys("<Enter>");
    assert_eq!(asked(&rig).unwrap().1.card.issue_on, Some(day(10, 5)));
    rig.keys("q<Enter>");
    assert!(rig.screen().contains("入力してください"));
    rig.keys("10/5<Enter>");
    assert_eq!(asked(&rig).unwrap().1.card.issue_on, Some(day(10, 5)), "without its year, too");
}

#[test]
fn note_is_prefilled_from_the_diagnosis() {
    let mut rig = told(Lang::Ja, SIZE);
    rig.keys("n");
    insta::assert_snapshot!("call_note", rig.screen());
    rig.keys("<Enter>折返しのご希望<Tab><Tab>+3<Tab><Tab><Tab><Tab><Tab>090-0000-0000<C-s>");
    let WriteNote { note, .. } = rig.requested().expect("no note");
    assert_eq!(note.topic, Some(Topic::CardNotArrived));
    assert!(note.body.starts_with("ご案内: 11月26日に"), "{}", note.body);
    assert!(note.body.ends_with("\n折返しのご希望"), "{}", note.body);
    assert_eq!(note.follow_up_on, Some(day(11, 27)));
    assert_eq!((note.caller, note.phone.as_str()), (Some(CallerKind::Member), "090-0000-0000"));
    rig.reply::<WriteNote>(());
    assert!(rig.screen().contains("対応記録を残しました"));
    assert!(rig.screen().contains("260-1-00 東海林 拓也"));
}

#[test]
fn s5_a_caller_who_is_not_identified_sees_nothing_of_the_member() {
    let mut rig = results(Lang::Ja, SIZE);
    rig.keys("<F4>");
    let screen = rig.screen();
    for hidden in ["東海林", "ショウジ", "旭精機", "1979", "登録"] {
        assert!(!screen.contains(hidden), "{hidden} is shown: {screen}");
    }
    rig.keys("ショウジ タクヤ<Enter>S54.7.27<Enter>");
    let wrong = Identity {
        verdicts: vec![(ClaimField::Kana, Verdict::Match), (ClaimField::BirthDate, Verdict::NoMatch)],
        standing: CallerStanding::Unknown,
    };
    rig.reply::<Identify>(wrong);
    insta::assert_snapshot!("call_identity_no_match", rig.screen());
    assert!(!rig.screen().contains("旭精機"));
    rig.keys("<Enter>");
    assert!(!rig.has_requested::<ShowMember>(), "opened without identity");
}

#[test]
fn q3_an_identified_caller_is_opened_and_marked_as_such() {
    let mut rig = results(Lang::Ja, SIZE);
    rig.keys("<F4>ショウジ タクヤ<Enter>1979-07-26<Enter>");
    rig.reply::<Identify>(right());
    rig.keys("<Enter>");
    assert!(rig.has_requested::<ShowMember>());
    rig.reply::<ShowMember>(Box::new(view()));
    rig.keys("de").reply::<DiagnoseRequest>(called(Topic::CardNotArrived, Lang::Ja, Caller::default()));
    assert!(rig.screen().contains("本人確認 済"));
}

#[test]
fn the_actions_have_keys_contact_request_and_former_number() {
    let mut rig = told(Lang::Ja, SIZE);
    rig.keys("b");
    assert!(rig.screen().contains("山田") && rig.screen().contains("03-0000-0000"));
    rig.keys("<Esc>p");
    assert!(rig.screen().contains("以前の番号の記録はありません"));
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("t東海林拓也<Enter>ショウジ タクヤ<Enter>1979/7/26<Enter>旭精機<Enter>090-0000-0000<Enter>ID失念<Enter>");
    let TakeCall(call) = rig.requested().expect("no request");
    assert_eq!((call.claim.symbol.as_str(), call.claim.born_on), ("260", NaiveDate::from_ymd_opt(1979, 7, 26)));
    assert_eq!((call.phone.as_str(), call.body.as_str()), ("090-0000-0000", "ID失念"));
}

fn record(key: &str, record: OldRecord, changed: Option<ChangeReason>, sight: Sight) -> Record {
    let acquired_on = (record == OldRecord::OnFile).then(|| day(4, 1));
    Record { key: key.to_owned(), record, acquired_on, lost_on: None, changed, sight }
}

#[test]
fn a10_former_number_without_a_record_is_shown_as_such() {
    let mut rig = results(Lang::Ja, SIZE);
    let mut renumbered = view();
    renumbered.records = vec![
        record("104-7-00", OldRecord::NumberOnly, Some(ChangeReason::Rehired), Sight::CarriedOver),
        record("260-1-00", OldRecord::OnFile, None, Sight::Own),
    ];
    let records = renumbered.records.clone();
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(renumbered));
    assert!(rig.screen().contains("104-7-00 本人に見える"), "{}", rig.screen());
    rig.keys("p");
    assert!(rig.screen().contains("その記録は台帳にありません"), "{}", rig.screen());
    rig.keys("w").reply::<ShowLineage>(records);
    insta::assert_snapshot!("lineage", rig.screen());
}

#[test]
fn a_former_number_is_walked_to() {
    let mut rig = results(Lang::Ja, SIZE);
    let mut renumbered = view();
    renumbered.predecessor = Some("104-7-00".to_owned());
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(renumbered)).keys("p");
    let key = rig.requested::<ShowMember>().map(|it| it.0.to_string());
    assert_eq!(key.as_deref(), Some("104-7-00"));
}
