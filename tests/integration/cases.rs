//! Requests as cases (Q-6 to Q-9, L4): evidence, what a supervisor lets pass, days, a settled one taken up again. On both
//! engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{sql, why};
use crate::common::people::{Person, day, employer, event, key, moment, person, register, sent, staff};
use crate::common::{Place, on_each_engine, society};
use chrono::NaiveTime;
use mykempo_console::domain::diagnosis::{CallerKind, PaperCheck, Section};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::request::{
    CaseVerdict, Channel, Checklist, Claim, ClaimField, Evidence, Ground, IdentityCheck, NumberSource, RequestKind,
    RequestState, RequestStep,
};
use mykempo_console::domain::{CardState, HoldReason, PromiseKind, Role, WebDisplay};
use mykempo_console::secrets::Passphrase;
use mykempo_console::store;
use mykempo_console::usecases::notes::{self, Note};
use mykempo_console::usecases::promises::{self, NextStep, PromiseScope};
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::requests::{
    self, IncomingCall, NewRequest, PointedBy, RequestRefusal, RequestView, Scope, Settlement, Taken,
};
use mykempo_console::usecases::{
    Actor, AppContext, AuditFilter, AuditOrder, AuditQuestion, AuditWhom, Clock, Error, Refusal, audit_export,
    audit_list, diagnosis, protection, queue, staff as staff_of,
};

/// 高橋花子 of 260-1 with an account; a clerk, a supervisor, an admin.
struct Desk {
    ctx: AppContext,
    sato: Actor,
    suzuki: Actor,
    admin: Actor,
}

impl Desk {
    async fn new(place: &Place) -> Self {
        let (ctx, admin) = society(place).await;
        employer(&ctx).await;
        person(&ctx, Person::default()).await;
        register(&ctx, "260-1-00", WebDisplay::NotWanted).await;
        let (sato, suzuki) = (staff("sato", Role::Clerk), staff("suzuki", Role::Supervisor));
        Self { ctx, sato, suzuki, admin }
    }

    /// A request of the form, received at nine on that day of November.
    async fn form(&self, receipt: &str, on: u32, claim: &Claim) -> Taken {
        self.form_of(RequestKind::LoginInfo, receipt, on, claim).await
    }

    async fn form_of(&self, kind: RequestKind, receipt: &str, on: u32, claim: &Claim) -> Taken {
        let new = NewRequest {
            receipt,
            received_at: moment(11, on),
            channel: Channel::Form,
            kind,
            claim,
            phone: "090-0000-0000",
            email: "hanako@example.jp",
            body: "IDを忘れました。",
        };
        sent(&self.ctx, &new).await
    }

    async fn show(&self, receipt: &str) -> RequestView {
        requests::show(&self.ctx, &self.sato, receipt).await.unwrap()
    }

    async fn tick(&self, receipt: &str, checks: &[IdentityCheck]) -> Result<RequestView, Error> {
        requests::verify(&self.ctx, &self.sato, receipt, &list(checks), None).await
    }

    async fn acts(&self) -> Vec<String> {
        let of_her = AuditFilter { member: Some("260-1-00".into()), ..AuditFilter::default() };
        audit_export(&self.ctx, &self.admin, &of_her).await.unwrap().into_iter().map(|entry| entry.action).collect()
    }

    /// So many days later.
    fn on_day(&mut self, month: u32, of: u32) {
        self.ctx.clock = Clock::frozen(day(month, of), NaiveTime::from_hms_opt(9, 0, 0).unwrap());
    }
}

fn hers() -> Claim {
    Claim {
        symbol: "260".into(),
        number: "1".into(),
        branch: "00".into(),
        name: "高橋　花子".into(),
        kana: "タカハシ　ハナコ".into(),
        born_on: Some(Person::default().born_on),
        employer: "旭精機株式会社".into(),
    }
}

fn list(checks: &[IdentityCheck]) -> Checklist {
    checks.iter().copied().collect()
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> RequestRefusal {
    match result {
        Err(Error::Refused(Refusal::Request(refusal))) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

use IdentityCheck::{BirthDate, CallBack, Employer};

#[test]
fn q7_ticks_that_contradict_or_lack_the_registry_are_refused() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        let born_on = Some(day(1, 1));
        desk.form("F1", 19, &Claim { born_on, employer: String::new(), ..hers() }).await;
        let unbacked = refused(desk.tick("F1", &[BirthDate, Employer]).await);
        let checks = vec![(BirthDate, Evidence::Differs), (Employer, Evidence::NotGiven)];
        assert_eq!(unbacked, RequestRefusal::NoEvidence { receipt: "F1".into(), checks });
        assert_eq!(desk.show("F1").await.state, RequestState::New, "nothing was stored");
        // What agrees can be ticked, and does not suffice.
        let view = desk.tick("F1", &[CallBack]).await.unwrap();
        assert_eq!((view.called.as_deref(), view.lacking.as_slice()), (Some("03-0000-0000"), &[BirthDate][..]));
        assert!(matches!(
            refused(requests::queue(&desk.ctx, &desk.sato, "F1", None).await),
            RequestRefusal::NotIdentified { .. }
        ));
        // A form that nobody fits has no evidence at all.
        desk.form("F2", 19, &Claim::default()).await;
        assert!(matches!(refused(desk.tick("F2", &[BirthDate]).await), RequestRefusal::NoEvidence { .. }));
    });
}

#[test]
fn q7_supervisor_lets_a_check_pass_with_a_reason_that_stays() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        desk.form("F1", 19, &Claim { employer: String::new(), ..hers() }).await;
        desk.tick("F1", &[BirthDate]).await.unwrap();
        let pass = async |who: &Actor, checks: &[IdentityCheck], reason: &str| {
            requests::let_pass(&desk.ctx, who, "F1", &list(checks), &why(reason)).await
        };
        assert!(matches!(pass(&desk.sato, &[Employer], "来訪").await, Err(Error::Refused(Refusal::Role { .. }))));
        let backed = refused(pass(&desk.suzuki, &[BirthDate], "来訪").await);
        assert_eq!(backed, RequestRefusal::NothingToOverride("F1".into()));
        let view = pass(&desk.suzuki, &[Employer], "窓口で資格確認書を確認").await.unwrap();
        let passed = view.let_pass.unwrap();
        assert_eq!((passed.by.as_deref(), passed.reason.as_str()), (Some("suzuki"), "窓口で資格確認書を確認"));
        assert!(view.checked.has(BirthDate) && view.checked.has(Employer) && view.lacking.is_empty());
        // A tick made later leaves it as it is.
        assert!(desk.tick("F1", &[BirthDate, Employer]).await.unwrap().let_pass.is_some());
        requests::queue(&desk.ctx, &desk.sato, "F1", None).await.unwrap();
        let acts = desk.acts().await;
        assert!(acts.contains(&"request_let_pass".to_owned()), "{acts:?}");
        // What was let pass for one member does not count for another.
        desk.form("F2", 19, &Claim { employer: String::new(), ..hers() }).await;
        requests::let_pass(&desk.ctx, &desk.suzuki, "F2", &list(&[Employer]), &why("同上")).await.unwrap();
        let him =
            Person { key: "260-2-00", name: "佐々木　修", kana: "ササキ　オサム", ..Person::default() };
        person(&desk.ctx, him).await;
        let view = requests::choose(&desk.ctx, &desk.sato, "F2", &key("260-2-00")).await.unwrap();
        assert_eq!((view.let_pass, view.lacking), (None, vec![BirthDate, CallBack]));
    });
}

#[test]
fn q7_call_back_counts_at_numbers_that_others_know() {
    on_each_engine(|place| async move {
        let mut desk = Desk::new(&place).await;
        desk.form("F1", 19, &hers()).await;
        let at = async |desk: &Desk, receipt: &str, number: &str| {
            requests::verify(&desk.ctx, &desk.sato, receipt, &list(&[BirthDate, CallBack]), Some(number)).await
        };
        let unknown = refused(at(&desk, "F1", "090-0000-0000").await);
        let known = vec!["03-0000-0000".to_owned()];
        let number = Some("090-0000-0000".to_owned());
        assert_eq!(unknown, RequestRefusal::UnknownNumber { receipt: "F1".into(), number, known });
        assert!(at(&desk, "F1", "０３（００００）００００").await.unwrap().lacking.is_empty());

        // She calls, is identified, and leaves a number: it counts for what comes later.
        let said = Claim { kana: "タカハシ ハナコ".into(), born_on: hers().born_on, ..Claim::default() };
        let note = |phone: &str| Note {
            topic: None,
            channel: Channel::Phone,
            body: "折返しの番号を伺う".into(),
            follow_up_on: None,
            referred: None,
            caller: Some(CallerKind::Member),
            phone: phone.into(),
            adds_to: None,
            call: None,
        };
        notes::write(&desk.ctx, &desk.sato, &key("260-1-00"), &note("080-9999-9999")).await.unwrap();
        let (caller, paper) = (CallerKind::Member, PaperCheck::NotSeen);
        diagnosis::identify(&desk.ctx, &desk.sato, &key("260-1-00"), caller, paper, &said).await.unwrap();
        notes::write(&desk.ctx, &desk.sato, &key("260-1-00"), &note("080-1111-2222")).await.unwrap();
        assert_eq!(desk.show("F1").await.call_back.len(), 1, "a note of after the request does not count");
        desk.on_day(11, 26);
        desk.form("F2", 25, &hers()).await;
        let known = desk.show("F2").await.call_back;
        let known: Vec<_> = known.iter().map(|known| (known.number.as_str(), known.source)).collect();
        let expected = [("03-0000-0000", NumberSource::Employer), ("080-1111-2222", NumberSource::Note)];
        assert_eq!(known, expected, "not the one given before the check");
        let which = refused(desk.tick("F2", &[CallBack]).await);
        assert!(matches!(which, RequestRefusal::UnknownNumber { number: None, .. }), "two are known: {which:?}");
        assert_eq!(at(&desk, "F2", "08011112222").await.unwrap().called.as_deref(), Some("080-1111-2222"));

        // R7: nothing is asked of the employer of a protected person.
        protection::protect(&desk.ctx, &desk.suzuki, &key("260-1-00"), &why("届出")).await.unwrap();
        assert_eq!(desk.show("F2").await.call_back.len(), 1);
        assert!(!desk.show("F1").await.checked.has(CallBack), "and a call there counts no more");
    });
}

#[test]
fn q7_tick_stops_counting_when_the_registry_says_otherwise() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        desk.form("F1", 19, &hers()).await;
        desk.tick("F1", &[BirthDate, Employer]).await.unwrap();
        sql(&desk.ctx, "UPDATE member SET born_on = '1980-01-01'").await;
        assert_eq!(desk.show("F1").await.lacking, [BirthDate, CallBack]);
        assert!(matches!(
            refused(requests::queue(&desk.ctx, &desk.sato, "F1", None).await),
            RequestRefusal::NotIdentified { .. }
        ));
    });
}

#[test]
fn l4_request_that_arrives_after_the_recovery_is_closed_at_once() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        event(&desk.ctx, "260-1-00", EventKind::LoggedIn, moment(11, 20), WebDisplay::NotWanted).await;
        assert!(matches!(desk.form("F1", 19, &hers()).await, Taken::Added));
        let view = desk.show("F1").await;
        assert_eq!((view.state, view.reason.as_deref()), (RequestState::Done, Some("recovered")));
        assert_eq!(view.settled_by.as_deref(), Some("portal"));
        // One that came after the login is open, and so is one that may be another person's.
        desk.form("F2", 21, &hers()).await;
        desk.form("F3", 19, &Claim { name: "高橋　達也".into(), ..hers() }).await;
        assert_eq!(desk.show("F2").await.state, RequestState::New);
        let other = desk.show("F3").await;
        assert_eq!((other.state, other.instead), (RequestState::New, Some(Ground::Recovered)));
    });
}

#[test]
fn f3_lists_of_requests_and_cards_are_looks_with_members() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        desk.form("F1", 19, &hers()).await;
        let all = AuditFilter::default();
        let looks = async || {
            let entries = audit_export(&desk.ctx, &desk.admin, &all).await.unwrap();
            let searched = entries.into_iter().filter(|entry| entry.action == "member_searched");
            searched.map(|entry| entry.detail).collect::<Vec<_>>()
        };
        requests::list(&desk.ctx, &desk.sato, Scope::Open).await.unwrap();
        requests::list(&desk.ctx, &desk.sato, Scope::Open).await.unwrap();
        queue::list(&desk.ctx, &desk.sato, &QueueFilter::default()).await.unwrap();
        let seen = looks().await;
        assert_eq!(seen.len(), 2, "the same list again is no new look: {seen:?}");
        assert!(seen[0].contains("\"requests\"") && seen[0].contains("\"listed\":[[1,1]]"), "{}", seen[0]);
        assert!(seen[1].contains("\"queue\"") && seen[1].contains("\"count\":0"), "{}", seen[1]);
        let him =
            Person { key: "260-2-00", name: "佐々木　修", kana: "ササキ　オサム", ..Person::default() };
        person(&desk.ctx, him).await;
        desk.form("F2", 19, &Claim { number: "2".into(), ..Claim { symbol: "260".into(), ..Claim::default() } }).await;
        requests::list(&desk.ctx, &desk.sato, Scope::Open).await.unwrap();
        requests::list(&desk.ctx, &desk.suzuki, Scope::Open).await.unwrap();
        let seen = looks().await;
        assert_eq!(seen.len(), 4, "somebody else is shown, or to somebody else: {seen:?}");
        assert!(seen[2].contains("\"listed\":[[1,2]]"), "{}", seen[2]);
        // Who saw this member: also in a list.
        for (member, lists) in [("260-1-00", 3), ("260-2-00", 2)] {
            let of_one = AuditFilter { member: Some(member.into()), ..AuditFilter::default() };
            let found = audit_export(&desk.ctx, &desk.admin, &of_one).await.unwrap();
            assert_eq!(found.iter().filter(|entry| entry.action == "member_searched").count(), lists, "{member}");
            let whom = AuditWhom::parse(member);
            let question =
                AuditQuestion { whom, limit: 100, order: AuditOrder::NewestFirst, ..AuditQuestion::default() };
            let found = audit_list(&desk.ctx, &desk.admin, &question).await.unwrap();
            let found = found.iter().filter(|line| line.entry.action == "member_searched").count();
            assert_eq!(found, lists, "{member} in words");
        }
    });
}

#[test]
fn q6_list_and_case_name_both_where_two_people_are_meant() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        let him =
            Person { key: "104-7-00", name: "佐々木　修", kana: "ササキ　オサム", ..Person::default() };
        person(&desk.ctx, him).await;
        // The number is hers, name and birth date are his.
        let mixed = Claim { name: "佐々木　修".into(), kana: "ササキ　オサム".into(), ..hers() };
        desk.form("F1", 19, &mixed).await;
        let both = [("260-1-00".to_owned(), PointedBy::Number), ("104-7-00".to_owned(), PointedBy::Name)];
        let line = requests::list(&desk.ctx, &desk.sato, Scope::Open).await.unwrap().remove(0);
        assert_eq!((line.member, line.verdict), (None, Some(CaseVerdict::TwoPeople)));
        let of = |candidates: Vec<requests::Candidate>| {
            candidates.into_iter().map(|it| (it.member, it.by)).collect::<Vec<_>>()
        };
        assert_eq!((of(line.candidates), line.instead), (both.to_vec(), Some(Ground::NotIdentified)));
        let view = desk.show("F1").await;
        assert_eq!(
            (view.verdict, of(view.candidates.into_iter().map(|it| it.candidate).collect())),
            (CaseVerdict::TwoPeople, vec![both[1].clone(), both[0].clone()]),
            "who agrees in most comes first"
        );
        assert_eq!((view.notice, view.destination, view.no_route), (None, None, None), "nothing of one of them");

        desk.form(
            "F2",
            19,
            &Claim { name: "だれか".into(), kana: "ダレカ".into(), born_on: Some(day(1, 1)), ..hers() },
        )
        .await;
        assert_eq!(desk.show("F2").await.verdict, CaseVerdict::KeyOnly);
        desk.form("F3", 19, &Claim::default()).await;
        assert_eq!(desk.show("F3").await.verdict, CaseVerdict::Nobody);
    });
}

#[test]
fn q6_list_and_case_tell_the_same_of_one_person() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        event(&desk.ctx, "260-1-00", EventKind::LoggedIn, moment(11, 17), WebDisplay::NotWanted).await;
        desk.form("F1", 19, &Claim { name: "高橋　達也".into(), ..hers() }).await;
        let line = requests::list(&desk.ctx, &desk.sato, Scope::Open).await.unwrap().remove(0);
        let view = desk.show("F1").await;
        assert_eq!((line.verdict, &line.differs), (Some(CaseVerdict::Differs), &vec![ClaimField::Name]));
        assert_eq!((Some(view.verdict), &view.differs), (line.verdict, &line.differs));
        assert_eq!((&line.destination, line.no_route, &line.notice), (&view.destination, None, &None));
        assert_eq!(view.destination.unwrap().employer, "旭精機株式会社");
        assert_eq!((line.login_used_at, line.instead), (Some(moment(11, 17)), None));
        assert_eq!(view.login_used_at, line.login_used_at);
    });
}

#[test]
fn q6_one_step_settles_what_agrees_in_everything_only() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        let settle = async |receipt: &str| requests::settle_agreed(&desk.ctx, &desk.sato, receipt).await;
        for (receipt, claim) in [
            ("F1", Claim { name: "高橋　達也".into(), ..hers() }),
            ("F2", Claim { employer: String::new(), ..hers() }),
            ("F3", Claim { employer: "旭".into(), ..hers() }),
            ("F4", Claim::default()),
        ] {
            desk.form(receipt, 19, &claim).await;
            assert_eq!(refused(settle(receipt).await), RequestRefusal::NotAllAgree(receipt.into()));
            requests::reject(&desk.ctx, &desk.sato, receipt, &Settlement::of(Ground::Withdrawn)).await.unwrap();
        }
        desk.form("F5", 19, &hers()).await;
        desk.form("F6", 19, &hers()).await;
        assert_eq!(refused(settle("F5").await), RequestRefusal::NotAllAgree("F5".into()), "another is open");
        requests::merge(&desk.ctx, &desk.suzuki, "F6", "F5").await.unwrap();
        let view = settle("F5").await.unwrap();
        assert_eq!((view.state, view.checked.codes().as_str()), (RequestState::Queued, "birth_date,employer"));
        assert_eq!((view.assignee.as_deref(), view.notice.map(|it| it.state)), (Some("sato"), Some(CardState::Queued)));
        let acts = desk.acts().await;
        let steps = acts.iter().rev().take(3).rev().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(steps, ["request_verified", "card_asked", "request_queued"]);

        desk.form_of(RequestKind::Other, "F7", 20, &hers()).await;
        assert!(matches!(refused(settle("F7").await), RequestRefusal::OtherMatter(_)));
    });
}

#[test]
fn r8_held_notice_needs_the_day_of_the_next_contact() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        sql(&desk.ctx, "UPDATE member SET voluntary = TRUE").await;
        desk.form("F1", 19, &hers()).await;
        desk.tick("F1", &[BirthDate, Employer]).await.unwrap();
        let needed = RequestRefusal::FollowUpNeeded { receipt: "F1".into(), why: HoldReason::Voluntary };
        assert_eq!(refused(requests::queue(&desk.ctx, &desk.sato, "F1", None).await), needed);
        let call_back = Settlement::of(Ground::CallBack);
        assert_eq!(refused(requests::hold(&desk.ctx, &desk.sato, "F1", &call_back).await), needed);
        let past = requests::queue(&desk.ctx, &desk.sato, "F1", Some(day(11, 23))).await;
        assert!(matches!(past, Err(Error::Refused(Refusal::Note(_)))), "{past:?}");
        let view = requests::queue(&desk.ctx, &desk.sato, "F1", Some(day(11, 27))).await.unwrap();
        assert_eq!((view.state, view.follow_up_on), (RequestState::Queued, Some(day(11, 27))));
        let owed = promises::list(&desk.ctx, &desk.sato, PromiseScope::Open).await.unwrap();
        let owed: Vec<_> = owed.iter().map(|it| (it.kind, it.next, it.owner.as_deref())).collect();
        assert_eq!(owed, [(PromiseKind::Login, Some(day(11, 27)), Some("sato"))]);
        // The day of a promise is the request's own.
        let first = Passphrase::new("first password".into());
        staff_of::add(&desk.ctx, &desk.admin, "sato", "佐藤", Role::Clerk, &first).await.unwrap();
        let step = NextStep { on: day(11, 30), owner: None, note: "もう一度".into() };
        promises::follow(&desk.ctx, &desk.sato, &key("260-1-00"), PromiseKind::Login, step).await.unwrap();
        assert_eq!(desk.show("F1").await.follow_up_on, Some(day(11, 30)));
    });
}

#[test]
fn p1_held_request_has_a_day_and_is_owed_an_answer() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        desk.form("F1", 19, &hers()).await;
        let view = requests::hold(&desk.ctx, &desk.sato, "F1", &Settlement::of(Ground::CallBack)).await.unwrap();
        let usual = view.follow_up_on.unwrap();
        assert!(usual > day(11, 24) && view.assignee.as_deref() == Some("sato"));
        let owed = promises::list(&desk.ctx, &desk.sato, PromiseScope::Open).await.unwrap();
        assert_eq!(
            owed.iter().map(|it| (it.receipt.as_deref(), it.next)).collect::<Vec<_>>(),
            [(Some("F1"), Some(usual))]
        );
        requests::reject(&desk.ctx, &desk.sato, "F1", &Settlement::of(Ground::Withdrawn)).await.unwrap();
        assert_eq!(desk.show("F1").await.follow_up_on, None);
        assert!(promises::list(&desk.ctx, &desk.sato, PromiseScope::Open).await.unwrap().is_empty());
    });
}

#[test]
fn q9_second_request_is_answered_as_arranged_with_its_day() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        desk.form("F1", 19, &hers()).await;
        requests::settle_agreed(&desk.ctx, &desk.sato, "F1").await.unwrap();
        desk.form("F2", 20, &hers()).await;
        let view = desk.show("F2").await;
        assert_eq!(
            (view.instead, view.notice.as_ref().map(|it| it.state)),
            (Some(Ground::Arranged), Some(CardState::Queued))
        );
        assert_eq!(desk.show("F1").await.instead, None, "its own notice is no second one");
        let arranged = Settlement::of(Ground::Arranged);
        assert!(matches!(
            refused(requests::answer(&desk.ctx, &desk.sato, "F2", &arranged).await),
            RequestRefusal::NotIdentified { .. }
        ));
        desk.tick("F2", &[BirthDate, Employer]).await.unwrap();
        sql(
            &desk.ctx,
            "INSERT INTO batch (id, number, state, drafted_by, drafted_at, planned_on)
            VALUES (1, 'B20261124-001', 'draft', 'sato', '2026-11-24T00:00:00.000000+00:00', '2026-11-26')",
        )
        .await;
        sql(&desk.ctx, "UPDATE card SET state = 'drafted', batch_id = 1").await;
        let view = requests::answer(&desk.ctx, &desk.sato, "F2", &arranged).await.unwrap();
        assert_eq!(view.state, RequestState::Done);
        assert!(view.reply.unwrap().contains("11月26日に発送する予定"));
    });
}

#[test]
fn q9_other_matter_is_answered_with_its_section_alone() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        desk.form_of(RequestKind::Other, "F1", 19, &hers()).await;
        let view = desk.show("F1").await;
        assert_eq!((view.kind, view.instead), (RequestKind::Other, Some(Ground::OtherInquiry)));
        desk.tick("F1", &[BirthDate, Employer]).await.unwrap();
        assert!(matches!(
            refused(requests::queue(&desk.ctx, &desk.sato, "F1", None).await),
            RequestRefusal::OtherMatter(_)
        ));
        let why = Settlement { section: Some(Section::Health), ..Settlement::of(Ground::OtherInquiry) };
        let view = requests::answer(&desk.ctx, &desk.sato, "F1", &why).await.unwrap();
        assert_eq!((view.state, view.referred), (RequestState::Done, Some(Section::Health)));
        // A login says nothing of another matter (L4).
        event(&desk.ctx, "260-1-00", EventKind::LoggedIn, moment(11, 21), WebDisplay::NotWanted).await;
        desk.form_of(RequestKind::Other, "F2", 20, &hers()).await;
        assert_eq!(desk.show("F2").await.state, RequestState::New);
        // Scripts of before rejected it.
        requests::reject(&desk.ctx, &desk.sato, "F2", &Settlement::of(Ground::OtherInquiry)).await.unwrap();
    });
}

#[test]
fn q9_settled_request_can_be_taken_up_again_for_a_day() {
    on_each_engine(|place| async move {
        let mut desk = Desk::new(&place).await;
        let resume = async |desk: &Desk, receipt: &str| requests::resume(&desk.ctx, &desk.sato, receipt).await;
        desk.form("F1", 19, &hers()).await;
        assert!(matches!(refused(resume(&desk, "F1").await), RequestRefusal::Step { .. }), "it is open");
        requests::settle_agreed(&desk.ctx, &desk.sato, "F1").await.unwrap();
        let view = resume(&desk, "F1").await.unwrap();
        assert_eq!((view.state, view.card, view.settled_at), (RequestState::Verifying, None, None));
        assert!(view.checked.has(BirthDate), "what was checked stays");
        let mut tx = crate::common::open(&desk.ctx).await.read().await.unwrap();
        assert_eq!(store::card::get(&mut tx, 1).await.unwrap().unwrap().state(), CardState::Cancelled);
        drop(tx);
        requests::reject(&desk.ctx, &desk.sato, "F1", &Settlement::of(Ground::Withdrawn)).await.unwrap();
        let view = desk.show("F1").await;
        assert_eq!((view.resumable_until, view.next.as_slice()), (Some(day(11, 25)), &[RequestStep::Resume][..]));
        desk.on_day(11, 25);
        let view = resume(&desk, "F1").await.unwrap();
        assert_eq!((view.state, view.reason, view.reply), (RequestState::Verifying, None, None));
        requests::reject(&desk.ctx, &desk.sato, "F1", &Settlement::of(Ground::Withdrawn)).await.unwrap();
        desk.on_day(11, 27);
        let late = refused(resume(&desk, "F1").await);
        assert_eq!(late, RequestRefusal::ResumeTooLate { receipt: "F1".into(), until: day(11, 26) });
        assert_eq!(desk.show("F1").await.next, []);

        desk.form("F2", 25, &hers()).await;
        requests::settle_agreed(&desk.ctx, &desk.sato, "F2").await.unwrap();
        for step in [
            "UPDATE card SET state = 'drafted' WHERE id = 2",
            "UPDATE card SET state = 'exported' WHERE id = 2",
            "UPDATE card SET state = 'printed' WHERE id = 2",
        ] {
            sql(&desk.ctx, step).await;
        }
        assert!(matches!(resume(&desk, "F2").await, Err(Error::Refused(Refusal::CardStep { .. }))), "it is in print");
        assert_eq!(desk.show("F2").await.state, RequestState::Queued, "and all stays as it was");
        sql(&desk.ctx, "UPDATE card SET state = 'dispatched', dispatched_on = '2026-11-27' WHERE id = 2").await;
        sql(&desk.ctx, "UPDATE request SET state = 'done' WHERE receipt = 'F2'").await;
        assert_eq!(refused(resume(&desk, "F2").await), RequestRefusal::Sent("F2".into()));
    });
}

#[test]
fn a_request_is_somebodys_work_until_it_is_settled() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        desk.form("F1", 19, &hers()).await;
        let assign = async |to: Option<&str>| requests::assign(&desk.ctx, &desk.sato, "F1", to).await;
        assert_eq!(assign(Some("sato")).await.unwrap().assignee.as_deref(), Some("sato"));
        let line = requests::list(&desk.ctx, &desk.sato, Scope::Open).await.unwrap().remove(0);
        assert_eq!(line.assignee.as_deref(), Some("sato"));
        let nobody = assign(Some("nobody")).await;
        assert!(matches!(nobody, Err(Error::Refused(Refusal::StaffUnknown(_)))), "{nobody:?}");
        assert_eq!(assign(None).await.unwrap().assignee, None);
        // Who checks a request that is nobody's works on it.
        desk.tick("F1", &[BirthDate]).await.unwrap();
        let suzukis =
            requests::verify(&desk.ctx, &desk.suzuki, "F1", &list(&[BirthDate, Employer]), None).await.unwrap();
        assert_eq!(suzukis.assignee.as_deref(), Some("sato"), "and it stays that person's");
        requests::queue(&desk.ctx, &desk.sato, "F1", None).await.unwrap();
        assert!(matches!(refused(assign(Some("sato")).await), RequestRefusal::Step { .. }));
        let call = IncomingCall { claim: hers(), ..IncomingCall::default() };
        assert_eq!(requests::take_call(&desk.ctx, &desk.sato, &call).await.unwrap().assignee, None);
    });
}
