//! F2: what redirects or unlocks is proposed by one person and confirmed by another, where three or more could.

use crate::common::fixtures::{cast, recorded, sql, why};
use crate::common::{Place, on_each_engine};
use chrono::NaiveTime;
use mykempo_console::domain::{ChangeState, GuardedChange, Role};
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::confirmations::{confirm, confirm_on_host};
use mykempo_console::usecases::refusal::TwoPeopleRefusal;
use mykempo_console::usecases::staff::{self, SignIn};
use mykempo_console::usecases::two_people::{self, Asked, Proposal, ProposalScope};
use mykempo_console::usecases::upkeep::doctor::{Finding, Scene, doctor};
use mykempo_console::usecases::{Actor, AppContext, AuditEvent, AuditFilter, Clock, Error, Refusal, audit_export, day};
use mykempo_console::usecases::{audit_verify, settings};

/// An admin and two supervisors who have been there for years, and a clerk.
struct Office {
    ctx: AppContext,
    admin: Actor,
    clerk: Actor,
    suzuki: Actor,
    tanaka: Actor,
}

async fn office(place: &Place) -> Office {
    let cast = cast(place).await;
    let (ctx, admin, clerk, suzuki) = (cast.ctx, cast.admin, cast.clerk, cast.supervisor);
    let tanaka = employ(&ctx, &admin, "tanaka", Role::Supervisor).await;
    years_pass(&ctx).await;
    Office { ctx, admin, clerk, suzuki, tanaka }
}

async fn years_pass(ctx: &AppContext) {
    let old = "UPDATE staff SET created_at = '2020-04-01T00:00:00+00:00', handed_at = '2020-04-01T00:00:00+00:00'";
    sql(ctx, old).await;
}

fn pass(text: &str) -> Passphrase {
    Passphrase::new(text.into())
}

async fn employ(ctx: &AppContext, admin: &Actor, id: &str, role: Role) -> Actor {
    let added = staff::add(ctx, admin, id, id, role, &pass("zebra first umbrella")).await.unwrap();
    assert_eq!(added, Asked::Done, "{id}");
    first_sign_in(ctx, id, &pass("zebra first umbrella")).await
}

async fn first_sign_in(ctx: &AppContext, id: &str, first: &Passphrase) -> Actor {
    let SignIn::MustChange(actor) = staff::sign_in(ctx, id, first).await.unwrap() else { panic!("{id}") };
    staff::change_password(ctx, &actor, first, &pass("seven quiet lanterns")).await.unwrap();
    actor
}

fn proposed(asked: Result<Asked, Error>) -> Proposal {
    match asked.unwrap() {
        Asked::Proposed(proposal) => *proposal,
        Asked::Done => panic!("done by one person"),
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> TwoPeopleRefusal {
    match result {
        Err(Error::Refused(Refusal::TwoPeople(refusal))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn events(ctx: &AppContext, admin: &Actor) -> Vec<(String, AuditEvent)> {
    let entries = audit_export(ctx, admin, &AuditFilter::default()).await.unwrap();
    entries.iter().map(|entry| (entry.staff.clone(), recorded(entry))).collect()
}

#[test]
fn f2_a_new_supervisor_waits_for_another_person() {
    on_each_engine(|place| async move {
        let Office { ctx, admin, clerk, suzuki, tanaka } = office(&place).await;
        let given = pass("chosen by the admin");
        let waits = proposed(staff::add(&ctx, &admin, "ghost", "幽霊", Role::Supervisor, &given).await);
        assert_eq!(waits.could_confirm, ["suzuki", "tanaka"]);
        assert!(staff::list(&ctx, &admin).await.unwrap().iter().all(|person| person.id != "ghost"));
        assert!(staff::sign_in(&ctx, "ghost", &given).await.is_err());
        let again = staff::add(&ctx, &admin, "ghost", "幽霊", Role::Admin, None).await;
        assert_eq!(refused(again), TwoPeopleRefusal::Waiting { proposal: waits.id, by: "admin".into() });

        assert_eq!(refused(confirm(&ctx, &admin, waits.id).await.map(drop)), TwoPeopleRefusal::Own(waits.id));
        let by_a_clerk = confirm(&ctx, &clerk, waits.id).await.map(drop);
        assert!(matches!(by_a_clerk, Err(Error::Refused(Refusal::Role { .. }))));
        let listed = two_people::list(&ctx, &tanaka, ProposalScope::Open).await.unwrap();
        assert_eq!(listed, std::slice::from_ref(&waits));

        let done = confirm(&ctx, &suzuki, waits.id).await.unwrap();
        assert_eq!(
            (done.proposal.state, done.proposal.decided_by.as_deref()),
            (ChangeState::Confirmed, Some("suzuki"))
        );
        assert!(staff::sign_in(&ctx, "ghost", &given).await.is_err(), "who proposed it chose no password");
        let ghost = first_sign_in(&ctx, "ghost", done.first_password().unwrap()).await;
        let change = GuardedChange::StaffAdd { id: "ghost".into(), name: "幽霊".into(), role: Role::Supervisor };
        let told = events(&ctx, &admin).await;
        let (proposal, proposed_by) = (waits.id, "admin".to_owned());
        for entry in [
            ("admin".to_owned(), AuditEvent::ChangeProposed { proposal, change: change.clone() }),
            ("suzuki".to_owned(), AuditEvent::StaffAdded { id: "ghost".into(), role: Role::Supervisor }),
            ("suzuki".to_owned(), AuditEvent::ChangeConfirmed { proposal, change, proposed_by }),
        ] {
            assert!(told.contains(&entry), "{entry:?}");
        }
        let twice = refused(confirm(&ctx, &tanaka, waits.id).await.map(drop));
        assert_eq!(twice, TwoPeopleRefusal::Decided { proposal: waits.id, state: ChangeState::Confirmed });

        // For neither of the two is the new one a second person.
        let off = proposed(settings::set(&ctx, &admin, "policy.four_eyes", "false").await);
        let one = refused(confirm(&ctx, &ghost, off.id).await.map(drop));
        assert!(matches!(one, TwoPeopleRefusal::OnePerson { other, .. } if other == "admin"));
        assert_eq!(off.could_confirm, ["suzuki", "tanaka"]);
        assert!(audit_verify(&ctx, &admin).await.unwrap().broken_at.is_none());
    });
}

#[test]
fn f2_an_account_made_by_one_person_confirms_nothing_for_it() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let (ctx, admin) = (&cast.ctx, &cast.admin);
        years_pass(ctx).await;
        // An admin and a supervisor are two: one decides, and a made account changes nothing of that.
        let ghost = employ(ctx, admin, "ghost", Role::Supervisor).await;
        assert_eq!(two_people::deciders(ctx, admin).await.unwrap(), two_people::Deciders::One);
        employ(ctx, admin, "tanaka", Role::Supervisor).await;
        assert_eq!(two_people::deciders(ctx, admin).await.unwrap(), two_people::Deciders::One);
        sql(ctx, "UPDATE staff SET created_at = '2020-04-01T00:00:00+00:00' WHERE id = 'tanaka'").await;
        let off = proposed(settings::set(ctx, admin, "policy.confirm_address", "false").await);
        let one = refused(confirm(ctx, &ghost, off.id).await.map(drop));
        let from = "2026-12-08".parse().unwrap();
        assert_eq!(one, TwoPeopleRefusal::OnePerson { other: "admin".into(), from });
        confirm(ctx, &cast.supervisor, off.id).await.unwrap();
        assert_eq!(settings::get(&ctx.current().await.unwrap(), "policy.confirm_address").unwrap(), "false");
    });
}

#[test]
fn f2_resets_roles_and_factors_wait_too() {
    on_each_engine(|place| async move {
        let Office { ctx, admin, suzuki, tanaka, .. } = office(&place).await;
        let reset = proposed(staff::reset(&ctx, &admin, "suzuki", &pass("chosen by the admin")).await);
        assert!(staff::sign_in(&ctx, "suzuki", &pass("chosen by the admin")).await.is_err());
        let about = refused(confirm(&ctx, &suzuki, reset.id).await.map(drop));
        assert_eq!(about, TwoPeopleRefusal::AboutYou(reset.id));
        let first = confirm(&ctx, &tanaka, reset.id).await.unwrap().first_password().unwrap().clone();
        first_sign_in(&ctx, "suzuki", &first).await;

        let role = proposed(staff::set_role(&ctx, &admin, "sato", Role::Supervisor).await);
        let told = "係が違う";
        assert_eq!(two_people::refuse(&ctx, &tanaka, role.id, &why(told)).await.unwrap().answer.as_deref(), Some(told));
        let role = proposed(staff::set_role(&ctx, &admin, "sato", Role::Supervisor).await);
        assert_eq!(refused(two_people::withdraw(&ctx, &tanaka, role.id).await), TwoPeopleRefusal::NotYours(role.id));
        two_people::withdraw(&ctx, &admin, role.id).await.unwrap();
        let factor = proposed(staff::reset_factor(&ctx, &admin, "sato").await);
        confirm(&ctx, &tanaka, factor.id).await.unwrap();
        let all = two_people::list(&ctx, &tanaka, ProposalScope::Lately).await.unwrap();
        let states: Vec<ChangeState> = all.iter().map(|proposal| proposal.state).collect();
        use ChangeState as S;
        assert_eq!(states, [S::Confirmed, S::Withdrawn, S::Refused, S::Confirmed]);
        assert!(two_people::list(&ctx, &tanaka, ProposalScope::Open).await.unwrap().is_empty());
    });
}

#[test]
fn f2_only_settings_that_weaken_or_redirect_wait() {
    on_each_engine(|place| async move {
        let Office { ctx, admin, tanaka, .. } = office(&place).await;
        assert_eq!(settings::set(&ctx, &admin, "export.cards_per_file", "100").await.unwrap(), Asked::Done);
        assert_eq!(settings::set(&ctx, &admin, "policy.four_eyes", "true").await.unwrap(), Asked::Done, "no change");
        let mut waiting = Vec::new();
        for (key, value) in [
            ("policy.two_people", "off"),
            ("print.template", "z-fold"),
            ("society.phone", "03-9999-9999"),
            ("browsing.members", "1000"),
        ] {
            waiting.push(proposed(settings::set(&ctx, &admin, key, value).await).id);
        }
        let unfit = settings::set(&ctx, &admin, "policy.idle_minutes", "0").await;
        assert!(matches!(unfit, Err(Error::Refused(Refusal::SettingValue { .. }))), "it would never be confirmed");
        for id in waiting {
            confirm(&ctx, &tanaka, id).await.unwrap();
        }
        assert_eq!(settings::get(&ctx.current().await.unwrap(), "print.template").unwrap(), "z-fold");
        assert_eq!(two_people::deciders(&ctx, &admin).await.unwrap(), two_people::Deciders::One);
        assert_eq!(settings::set(&ctx, &admin, "policy.four_eyes", "false").await.unwrap(), Asked::Done);
    });
}

#[test]
fn f2_a_value_that_changed_since_is_not_confirmed() {
    on_each_engine(|place| async move {
        let Office { ctx, admin, tanaka, .. } = office(&place).await;
        let waits = proposed(settings::set(&ctx, &admin, "policy.idle_minutes", "20").await);
        sql(&ctx, "INSERT INTO setting (key, value) VALUES ('policy.idle_minutes', '5')").await;
        let late = confirm(&ctx, &tanaka, waits.id).await.map(drop);
        assert!(matches!(late, Err(Error::Refused(Refusal::Changed { .. }))));
        assert_eq!(settings::get(&ctx.current().await.unwrap(), "policy.idle_minutes").unwrap(), "5");
    });
}

#[test]
fn f2_disabling_a_second_person_does_not_let_one_decide() {
    on_each_engine(|place| async move {
        let Office { ctx, admin, tanaka, .. } = office(&place).await;
        staff::disable(&ctx, &admin, "suzuki").await.unwrap();
        let back = proposed(staff::reset(&ctx, &admin, "suzuki", None).await);
        assert_eq!(back.could_confirm, ["tanaka"]);
        if let DbUrl::Sqlite(_) = place.url {
            let others = refused(confirm_on_host(&ctx, back.id).await.map(drop));
            assert_eq!(others, TwoPeopleRefusal::OthersCould(vec!["tanaka".into()]));
            staff::disable(&ctx, &admin, &tanaka.id).await.unwrap();
            let done = confirm_on_host(&ctx, back.id).await.unwrap();
            assert_eq!(done.proposal.decided_by, None);
            let told = events(&ctx, &admin).await;
            let on_the_host = |(by, event): &(String, AuditEvent)| {
                by == "system" && matches!(event, AuditEvent::ChangeConfirmed { .. })
            };
            assert!(told.iter().any(on_the_host));
            first_sign_in(&ctx, "suzuki", done.first_password().unwrap()).await;
        }
    });
}

#[test]
fn f2_a_proposal_ends_after_fourteen_days() {
    on_each_engine(|place| async move {
        let Office { mut ctx, admin, tanaka, .. } = office(&place).await;
        let waits = proposed(settings::set(&ctx, &admin, "policy.idle_minutes", "20").await);
        let at = |day: &str| Clock::frozen(day.parse().unwrap(), NaiveTime::from_hms_opt(9, 0, 0).unwrap());
        ctx.clock = at("2026-12-08");
        assert_eq!(two_people::show(&ctx, &tanaka, waits.id).await.unwrap().state, ChangeState::Open);
        ctx.clock = at("2026-12-09");
        let late = refused(confirm(&ctx, &tanaka, waits.id).await.map(drop));
        assert_eq!(late, TwoPeopleRefusal::Decided { proposal: waits.id, state: ChangeState::Expired });
        day::begin(&ctx).await.unwrap();
        let ended = events(&ctx, &admin).await;
        let expired = |(by, event): &(String, AuditEvent)| {
            let outcome = matches!(event, AuditEvent::ChangeEnded { outcome: ChangeState::Expired, .. });
            by == "system" && outcome
        };
        assert_eq!(ended.iter().filter(|entry| expired(entry)).count(), 1);
        proposed(settings::set(&ctx, &admin, "policy.idle_minutes", "20").await);
    });
}

#[test]
fn f2_where_two_could_confirm_one_decides_and_doctor_says_so() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        years_pass(&cast.ctx).await;
        let on = settings::set(&cast.ctx, &cast.admin, "policy.two_people", "on").await.unwrap();
        assert_eq!(on, Asked::Done);
        let off = proposed(settings::set(&cast.ctx, &cast.admin, "policy.two_people", "auto").await);
        confirm(&cast.ctx, &cast.supervisor, off.id).await.unwrap();
        let (url, clock) = (place.url.clone(), cast.ctx.clock);
        let scene = Scene { place: url, clock, anchor: None, private: Vec::new() };
        let found = doctor(&scene).await;
        assert!(found.iter().any(|row| matches!(row.finding, Finding::OneDecides(2))), "{found:?}");
        staff::disable(&cast.ctx, &cast.admin, "suzuki").await.unwrap();
        let alone = settings::set(&cast.ctx, &cast.admin, "policy.two_people", "on").await;
        assert_eq!(refused(alone), TwoPeopleRefusal::NoSecond);
        let none = staff::add(&cast.ctx, &cast.admin, "ito", "伊藤", Role::Clerk, None).await;
        assert_eq!(refused(none), TwoPeopleRefusal::NoPassword);
    });
}
