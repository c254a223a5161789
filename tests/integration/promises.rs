//! P1, P2: what is owed to members and is not on its way. R7, A12: persons whose cards wait.

use crate::common::fixtures::{self, Cast, PEOPLE, cast, key, sql, why};
use crate::common::{Place, on_each_engine, refusal};
use mykempo_console::domain::diagnosis::{Caller, CallerKind, Case, ContactCheck, Language, Topic, What};
use mykempo_console::domain::{BatchNumber, CardState, DeadReason, HoldReason, ReturnReason};
use mykempo_console::store::{self, card::Card};
use mykempo_console::usecases::batches::{self, ExportOptions, ReturnFacts};
use mykempo_console::usecases::cards::{self, Confirmation};
use mykempo_console::usecases::promises::{self, NextStep, OpenPromise, PromiseKind, PromiseScope};
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::refusal::BatchRefusal;
use mykempo_console::usecases::refusal::{NoteRefusal, PersonRefusal, PromiseRefusal};
use mykempo_console::usecases::{Error, Refusal, calls, day, diagnosis, members, persons, protection};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    cast
}

async fn open(cast: &Cast) -> Vec<OpenPromise> {
    promises::list(&cast.ctx, &cast.clerk, PromiseScope::Open).await.unwrap()
}

async fn codes(cast: &Cast) -> Vec<(String, &'static str)> {
    open(cast).await.into_iter().map(|it| (it.member, it.why.code())).collect()
}

async fn card_of(cast: &Cast, member: &str) -> Card {
    let mut tx = cast.db.read().await.unwrap();
    let member = store::member::by_key(&mut tx, &key(member)).await.unwrap().unwrap();
    store::card::of_member(&mut tx, member.id).await.unwrap().pop().unwrap()
}

#[test]
fn p1_a_cancelled_card_opens_the_promise_again() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        fixtures::register(&cast, &["260 1", "260 2"]).await;
        assert_eq!(codes(&cast).await, [], "both are on their way");
        cards::cancel(&cast.ctx, &cast.clerk, card_of(&cast, "260 1").await.id).await.unwrap();
        let listed = open(&cast).await;
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].member.as_str(), listed[0].why.code(), listed[0].next), ("260-1-00", "cancelled", None));
        let shown = members::show(&cast.ctx, &cast.clerk, &key("260 1")).await.unwrap();
        assert_eq!(shown.promises, listed);
        cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 1"), Confirmation::NotYet).await.unwrap();
        assert_eq!(codes(&cast).await, []);
    });
}

#[test]
fn p2_a_date_and_a_reason_can_be_recorded() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        fixtures::register(&cast, &["260 1"]).await;
        cards::cancel(&cast.ctx, &cast.clerk, card_of(&cast, "260 1").await.id).await.unwrap();
        let (ctx, clerk, him) = (&cast.ctx, &cast.clerk, key("260 1"));
        let overdue = async || promises::list(ctx, clerk, PromiseScope::Overdue).await.unwrap().len();
        assert_eq!(overdue().await, 1, "it has no date");
        let today = ctx.clock.today();
        let step = |on, owner: &str| NextStep { on, owner: Some(owner.to_owned()), note: "電話する".to_owned() };
        let follow = async |kind, step| promises::follow(ctx, clerk, &him, kind, step).await;
        let refused = |result: Result<(), Error>| match result {
            Err(Error::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        let yesterday = today.pred_opt().unwrap();
        let past = refused(follow(PromiseKind::Viewing, step(yesterday, &clerk.id)).await);
        assert_eq!(past, Refusal::Note(NoteRefusal::FollowUpPast { given: yesterday, today }));
        let nobody = refused(follow(PromiseKind::Viewing, step(today, "nobody")).await);
        assert_eq!(nobody, Refusal::StaffUnknown("nobody".into()));
        assert!(matches!(
            refused(follow(PromiseKind::Login, step(today, &clerk.id)).await),
            Refusal::Promise(PromiseRefusal::NotOwed { .. })
        ));
        follow(PromiseKind::Viewing, step(today, &clerk.id)).await.unwrap();
        follow(PromiseKind::Viewing, step(today, &cast.supervisor.id)).await.unwrap();
        let listed = open(&cast).await;
        assert_eq!((listed[0].next, listed[0].owner.as_deref()), (Some(today), Some(cast.supervisor.id.as_str())));
        assert_eq!(overdue().await, 0);
        promises::close(ctx, clerk, &him, PromiseKind::Viewing, &why("本人が不要とのこと")).await.unwrap();
        assert_eq!(codes(&cast).await, []);
        // What happens to a card later opens it again.
        let mut cast = cast;
        cast.ctx.clock = mykempo_console::usecases::Clock::frozen(today + chrono::Days::new(1), chrono::NaiveTime::MIN);
        cards::ask_viewing(&cast.ctx, &cast.clerk, &him, Confirmation::NotYet).await.unwrap();
        cards::cancel(&cast.ctx, &cast.clerk, card_of(&cast, "260 1").await.id).await.unwrap();
        assert_eq!(codes(&cast).await, [("260-1-00".to_owned(), "cancelled")]);
    });
}

#[test]
fn r8_a_held_card_has_a_date_to_call_back() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        sql(&cast.ctx, "UPDATE member SET voluntary = TRUE, employer_id = NULL WHERE symbol = '260' AND number = '2'")
            .await;
        fixtures::register(&cast, &["260 2"]).await;
        let listed = open(&cast).await;
        let after = cast.ctx.workdays.after(cast.ctx.clock.today(), cast.ctx.settings.promise_days);
        assert_eq!((listed[0].why.code(), listed[0].next), ("voluntary", Some(after)));
    });
}

#[test]
fn r7_nothing_of_a_protected_person_goes_the_ordinary_way() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, clerk, boss, wife) = (&cast.ctx, &cast.clerk, &cast.supervisor, key("260 1 01"));
        fixtures::register(&cast, &["260 1", "260 1 01"]).await;
        let refused = protection::protect(ctx, clerk, &wife, &why("x")).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Role { .. }))), "{refused:?}");
        assert_eq!(protection::protect(ctx, boss, &wife, &why("支援措置")).await.unwrap().held, 1);
        let card = card_of(&cast, "260 1 01").await;
        assert_eq!((card.state(), card.held()), (CardState::Held, Some(HoldReason::Protected)));
        assert_eq!(card_of(&cast, "260 1").await.state(), CardState::Queued, "the insured is not");
        let refused = cards::release(ctx, boss, card.id).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NoRoute { reason: HoldReason::Protected, .. }))));
        // The family's view does not show the person; the search and the own record tell it first.
        let husband = members::show(ctx, clerk, &key("260 1")).await.unwrap();
        assert!(husband.family.iter().all(|other| other.key() != "260-1-01"), "{:?}", husband.family);
        assert!(husband.protection.is_none());
        assert!(members::show(ctx, clerk, &wife).await.unwrap().protection.is_some());
        let found = members::find(ctx, clerk, "260-1", 10).await.unwrap();
        let told: Vec<_> = found.iter().map(|it| (it.member.key(), it.protected_since.is_some())).collect();
        assert!(told.contains(&("260-1-01".to_owned(), true)) && told.contains(&("260-1-00".to_owned(), false)));
        // Whoever says to be the employer's contact hears nothing, checked or not.
        let told = calls::caller(ctx, clerk, &wife, CallerKind::Employer, ContactCheck::Matches, Language::Japanese);
        let told = told.await.unwrap();
        assert!(told.office.is_none() && told.bundles.is_empty());
        assert!(!told.say.contains("はがき"), "{}", told.say);
        // A reissue is held, too; the end of the measure sends it on.
        cards::cancel(ctx, clerk, card.id).await.unwrap();
        let again = cards::ask_viewing(ctx, clerk, &wife, Confirmation::Confirmed).await.unwrap();
        assert_eq!(again.held, Some(HoldReason::Protected));
        let standing = protection::protect(ctx, boss, &wife, &why("x")).await;
        assert!(matches!(standing, Err(Error::Refused(Refusal::Person(PersonRefusal::Protected { .. })))));
        assert_eq!(protection::unprotect(ctx, boss, &wife, &why("終了の届出")).await.unwrap(), 1);
        assert_eq!(card_of(&cast, "260 1 01").await.state(), CardState::Queued);
        let none = protection::unprotect(ctx, boss, &wife, &why("x")).await;
        assert!(matches!(none, Err(Error::Refused(Refusal::Person(PersonRefusal::NotProtected(_))))));
    });
}

#[test]
fn r7_joining_and_parting_numbers_keeps_the_measure() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, boss) = (&cast.ctx, &cast.supervisor);
        fixtures::register(&cast, &["260 1", "260 2"]).await;
        let (one, other) = (key("260 1"), key("260 2"));
        protection::protect(ctx, boss, &other, &why("支援措置")).await.unwrap();
        persons::join(ctx, boss, &one, &other, &why("同じ方"), Confirmation::Confirmed).await.unwrap();
        assert_eq!(card_of(&cast, "260 1").await.held(), Some(HoldReason::Protected), "held under every number");
        for parted in [&one, &other] {
            persons::part(ctx, boss, parted, &why("別の方")).await.unwrap();
            for member in ["260 1", "260 2"] {
                let shown = members::show(ctx, boss, &key(member)).await.unwrap();
                assert!(shown.protection.is_some(), "{member} is not protected after {parted} was parted");
                assert_eq!(card_of(&cast, member).await.held(), Some(HoldReason::Protected));
            }
            persons::join(ctx, boss, &one, &other, &why("同じ方"), Confirmation::Confirmed).await.unwrap();
        }
        // One measure of the person: it ends once.
        protection::unprotect(ctx, boss, &one, &why("終了の届出")).await.unwrap();
        for member in ["260 1", "260 2"] {
            assert_eq!(card_of(&cast, member).await.state(), CardState::Queued);
        }
    });
}

#[test]
fn h1_two_of_one_household_in_force_are_never_one_person() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, boss) = (&cast.ctx, &cast.supervisor);
        let join = async || {
            let (one, other) = (key("260 1"), key("260 1 01"));
            persons::join(ctx, boss, &one, &other, &why("同じ方"), Confirmation::Confirmed).await
        };
        let both = ("260-1-00".to_owned(), "260-1-01".to_owned());
        let together = PersonRefusal::InForceTogether { member: both.0.clone(), other: both.1.clone() };
        assert_eq!(refusal(join().await), Refusal::Person(together), "confirmed or not");
        // By way of a third number, too.
        let (one, third) = (key("260 1"), key("107 1"));
        persons::join(ctx, boss, &one, &third, &why("同じ方"), Confirmation::Confirmed).await.unwrap();
        let round = persons::join(ctx, boss, &third, &key("260 1 01"), &why("同じ方"), Confirmation::Confirmed).await;
        assert!(matches!(refusal(round), Refusal::Person(PersonRefusal::InForceTogether { .. })));
        let assigned = persons::assign(ctx, boss, &one, &why("x")).await.map(drop);
        assert_eq!(refusal(assigned), Refusal::Person(PersonRefusal::IsInsured(both.0)));
    });
}

#[test]
fn p2_a_day_too_far_ahead_is_refused() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        fixtures::register(&cast, &["260 1"]).await;
        cards::cancel(&cast.ctx, &cast.clerk, card_of(&cast, "260 1").await.id).await.unwrap();
        let (latest, far) = (day(2027, 11, 24), day(2027, 11, 25));
        let step = |on| NextStep { on, owner: None, note: String::new() };
        let follow = async |on| {
            let him = key("260 1");
            promises::follow(&cast.ctx, &cast.clerk, &him, PromiseKind::Viewing, step(on)).await
        };
        assert_eq!(refusal(follow(far).await), Refusal::Note(NoteRefusal::FollowUpFar { given: far, latest }));
        follow(latest).await.unwrap();
    });
}

fn day(year: i32, month: u32, day: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn a12_the_family_of_a_lost_insured_waits_for_the_registry() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        fixtures::register(&cast, &["260 1", "260 1 01"]).await;
        persons::end(&cast.ctx, &cast.supervisor, &key("260 1"), &why("別人")).await.unwrap();
        let card = card_of(&cast, "260 1 01").await;
        assert_eq!((card.state(), card.held()), (CardState::Held, Some(HoldReason::InsuredLost)));
        assert_eq!(codes(&cast).await, [("260-1-01".to_owned(), "insured_lost")]);
        // The registry says more: the insured is back.
        sql(&cast.ctx, "UPDATE member SET lost_on = NULL WHERE symbol = '260' AND number = '1'").await;
        day::begin(&cast.ctx).await.unwrap();
        assert_eq!(card_of(&cast, "260 1 01").await.state(), CardState::Queued);
    });
}

#[test]
fn r7_a12_cards_on_paper_are_pulled_before_the_dispatch() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, clerk, boss) = (&cast.ctx, &cast.clerk, &cast.supervisor);
        fixtures::register(&cast, &["260 1", "260 1 01", "260 2"]).await;
        let number = printed(&cast).await;
        protection::protect(ctx, boss, &key("260 2"), &why("支援措置")).await.unwrap();
        sql(ctx, "UPDATE member SET lost_on = '2026-11-24' WHERE symbol = '260' AND number = '1' AND branch = '00'")
            .await;
        let gate = batches::gate(ctx, clerk, &number).await.unwrap();
        let stopped: BTreeMap<_, _> = gate.iter().map(|card| (card.member.as_str(), card.reason().ends_as())).collect();
        let expected = [
            ("260-1-00", DeadReason::MemberLost),
            ("260-1-01", DeadReason::InsuredLost),
            ("260-2-00", DeadReason::Protected),
        ];
        assert_eq!(stopped, expected.into());
        let refused = batches::dispatch(ctx, clerk, &number, None, "").await;
        assert!(
            matches!(refused, Err(Error::Refused(Refusal::Batch(BatchRefusal::MustPull(cards)))) if cards.len() == 3)
        );
        // The wife's card is on paper and will not leave: no day is promised.
        let (late, her) = (Topic::CardNotArrived, key("260 1 01"));
        let told = diagnosis::diagnose(ctx, clerk, late, &her, Caller::default()).await.unwrap().diagnosis;
        assert_eq!(told.case, Case::Held);
        assert!(told.findings.iter().any(|it| it.what == What::WillBePulled), "{told:?}");
    });
}

#[test]
fn a12_a_card_of_a_renumbered_insured_is_pulled() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        fixtures::register(&cast, &["260 1 01", "260 2"]).await;
        let number = printed(&cast).await;
        sql(
            &cast.ctx,
            "INSERT INTO member (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship,
                 kana, kana_key, name, name_key, sex, born_on, acquired_on, loss_reason, employer_id, voluntary, checkup,
                 former_symbol, former_number, former_branch, person_id)
             SELECT 77, '107', '61', '00', '107', '61', '00', relation, relationship, kana, kana_key, name, name_key, sex, born_on,
                 '2026-11-20', '', 2, FALSE, FALSE, symbol, number, branch, id FROM member WHERE id = 1",
        )
        .await;
        let gate = batches::gate(&cast.ctx, &cast.clerk, &number).await.unwrap();
        let stopped: Vec<_> = gate.iter().map(|card| (card.member.as_str(), card.reason().ends_as())).collect();
        assert_eq!(stopped, [("260-1-01", DeadReason::InsuredLost)]);
    });
}

/// A batch of everything that waits, printed.
async fn printed(cast: &Cast) -> BatchNumber {
    let (ctx, clerk) = (&cast.ctx, &cast.clerk);
    let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(ctx, &cast.supervisor, &number).await.unwrap();
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    batches::export(ctx, clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
    batches::printed(ctx, clerk, &number, "").await.unwrap();
    number
}

#[test]
fn b10_a_returned_card_has_a_reason_a_date_and_an_owner() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, clerk, him) = (&cast.ctx, &cast.clerk, key("260 1"));
        fixtures::register(&cast, &["260 1"]).await;
        let number = printed(&cast).await;
        batches::dispatch(ctx, clerk, &number, None, "").await.unwrap();
        assert_eq!(codes(&cast).await, []);
        assert_eq!(batches::missing(ctx, clerk).await.unwrap().len(), 1);
        let today = ctx.clock.today();
        let how = |next, owner: Option<&str>| ReturnFacts {
            reason: ReturnReason::Left,
            next,
            owner: owner.map(str::to_owned),
        };
        let past = batches::returned(ctx, clerk, &number.serial(1), how(today.pred_opt(), None)).await;
        assert!(matches!(past, Err(Error::Refused(Refusal::Note(NoteRefusal::FollowUpPast { .. })))), "{past:?}");
        let next = today + chrono::Days::new(3);
        let done = batches::returned(ctx, clerk, &number.serial(1), how(Some(next), Some("suzuki"))).await.unwrap();
        assert_eq!((done.next, done.owner.as_deref()), (Some(next), Some("suzuki")));
        let listed = open(&cast).await;
        assert_eq!((listed[0].why.code(), listed[0].next), ("returned", Some(next)));
        assert_eq!(listed[0].owner.as_deref(), Some("suzuki"));
        assert_eq!(card_of(&cast, "260 1").await.return_reason.as_deref(), Some("left"));
        // The parcel held this card only: no receipt is waited for.
        assert_eq!(batches::missing(ctx, clerk).await.unwrap().len(), 0);
        cards::ask_viewing(ctx, clerk, &him, Confirmation::NotYet).await.unwrap();
        assert_eq!(codes(&cast).await, [], "another is on its way");
    });
}

/// P1: a society with one in twenty waiting. Read set by set, so that its size costs little: what 100,000 members take is in
/// docs/performance.md.
#[test]
fn p1_the_list_of_a_large_society_is_whole() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        sql(&cast.ctx, LARGE).await;
        sql(&cast.ctx, "ANALYZE").await;
        let began = std::time::Instant::now();
        let listed = open(&cast).await;
        println!("{}: {} promises in {:?}", place.name, listed.len(), began.elapsed());
        assert_eq!(listed.len(), 1_000);
        assert!(listed.iter().all(|it| it.why.code() == "voluntary" && it.next.is_some()));
    });
}

const LARGE: &str = "
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
INSERT INTO member (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key,
    name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary, checkup)
SELECT 1000 + i, '300', CAST(i AS TEXT), '00', '300', CAST(i AS TEXT), '00', 'insured', '本人', 'ヤマダ タロウ', 'ヤマダタロウ',
    '山田　太郎', '山田太郎', '1', '1980-01-01', '2010-04-01', NULL, '', 1, FALSE, FALSE FROM n;
INSERT INTO account (id, member_id, login_id, email, web_display, registered_at)
SELECT id, id, 'login' || id, 'm@example.jp', 'wanted', '2026-11-01T00:00:00+00:00' FROM member WHERE id > 1000 AND id % 10 < 7;
INSERT INTO card (kind, state, cause, member_id, account_id, asked_by, asked_at, employer_id, dead_reason, dead_on, reason)
SELECT 'viewing', CASE WHEN id % 20 = 3 THEN 'held' ELSE 'queued' END, 'registered', member_id, id, 'portal', '2026-11-01T00:00:00+00:00', 1,
    NULL, NULL, CASE WHEN id % 20 = 3 THEN 'voluntary' END
FROM account WHERE id > 1000;
";
