//! Whom a row is of, and whom the family of an insured belongs to (A11, A12).

use super::{EMPLOYERS, EVENTS, HANAKO, JIRO, MEMBERS, TARO, TARO_REGISTERS, counts, file, run, run_with, small};
use crate::common::on_each_engine;
use crate::common::people::staff;
use mykempo_console::domain::gate::CardRoute;
use mykempo_console::domain::{CardState, HoldReason, MemberKey, Role};
use mykempo_console::interchange::{FileKind, RowCode, RowWarning};
use mykempo_console::usecases::batches;
use mykempo_console::usecases::import::{Mode, NewRoute};
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::{Actor, AppContext, day, members};

const HANAKO_REGISTERS: &str = "2,2026-11-02 10:00:00,registered,101,1,01,hanako,hanako@example.jp,希望する";
const TARO_ELSEWHERE: &str = "06139497,205,7,00,1,本人,ﾀｶﾊｼ ﾀﾛｳ,髙橋　太郎,1,S55.4.1,R8.11.20,,,205,0,101,0001,00,3,0";
const HANAKO_ELSEWHERE: &str = "06139497,205,7,01,2,妻,ﾀｶﾊｼ ﾊﾅｺ,髙橋　花子,2,S56.4.1,R8.11.20,,,205,0,101,0001,01,3,1";

fn renamed(row: &str) -> String {
    row.replace("ﾀｶﾊｼ ﾀﾛｳ", "ﾜﾙｲ ﾋﾄ").replace("髙橋　太郎", "悪井　人")
}

fn reborn(row: &str) -> String {
    row.replace("S55.4.1", "H11.9.9")
}

#[test]
fn a11_two_corrections_make_no_other_person() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "events.csv", EVENTS, &[TARO_REGISTERS])).await;
        let [name, both, birth] = [renamed(TARO), reborn(&renamed(TARO)), reborn(TARO)];
        let told = run(&ctx, &admin, FileKind::Members, &file(&place, "n1.csv", MEMBERS, &[&name])).await;
        assert_eq!(told.preview.warnings[0].warning, RowWarning::NameChanged);
        let second = file(&place, "n2.csv", MEMBERS, &[&both]);
        for mode in [Mode::DryRun, Mode::Apply] {
            let told = run_with(&ctx, &admin, FileKind::Members, &second, mode, None).await.unwrap();
            assert_eq!((counts(&told), told.preview.errors[0].code), ([1, 0, 0, 0, 1], RowCode::OtherPerson));
        }
        // The name is as it was when the account was opened: a correction of the birth date.
        let told = run(&ctx, &admin, FileKind::Members, &file(&place, "n3.csv", MEMBERS, &[&birth])).await;
        assert_eq!(counts(&told), [1, 0, 1, 0, 0]);
        let warned: Vec<_> = told.preview.warnings.iter().map(|it| it.warning).collect();
        assert_eq!(warned, [RowWarning::NameChanged, RowWarning::BirthChanged]);
    });
}

#[test]
fn a11_an_accounts_holder_keeps_name_or_birth_date() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "events.csv", EVENTS, &[TARO_REGISTERS])).await;
        let rows = [TARO.to_owned(), renamed(TARO), reborn(TARO), reborn(&renamed(TARO))];
        let taro = MemberKey::parse("101", "1", "00").unwrap();
        // Every step from one to another, each from wherever the walk is by then.
        for (at, step) in [1, 3, 2, 3, 0, 2, 1, 0, 3, 1, 2, 0].into_iter().enumerate() {
            let path = file(&place, "step.csv", MEMBERS, &[&rows[step]]);
            let told = run(&ctx, &admin, FileKind::Members, &path).await;
            assert_eq!(told.report.rejected, u64::from(step == 3), "step {at}");
            let now = members::show(&ctx, &admin, &taro).await.unwrap().member;
            assert!(now.name == "髙橋　太郎" || now.born_on.to_string() == "1980-04-01", "step {at}: {now:?}");
        }
    });
}

#[test]
fn a11_unused_numbers_are_compared_with_the_last_file() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        for row in [renamed(TARO), reborn(&renamed(TARO))] {
            let told = run(&ctx, &admin, FileKind::Members, &file(&place, "n.csv", MEMBERS, &[&row])).await;
            assert_eq!(counts(&told), [1, 0, 1, 0, 0]);
        }
    });
}

/// Both have a card in the queue, and there is another employer.
async fn registered(place: &crate::common::Place) -> (AppContext, Actor) {
    let (ctx, admin) = small(place).await;
    let other = file(place, "e.csv", EMPLOYERS, &["205,ﾐﾅﾐ,株式会社南,1000005,東京都千代田区丸の内9-2,,,,,,"]);
    run(&ctx, &admin, FileKind::Employers, &other).await;
    let events = file(place, "events.csv", EVENTS, &[TARO_REGISTERS, HANAKO_REGISTERS]);
    run(&ctx, &admin, FileKind::PortalEvents, &events).await;
    (ctx, admin)
}

/// The waiting cards: whose, in which state, and why held.
async fn waiting(ctx: &AppContext, admin: &Actor) -> Vec<(String, CardState, Option<HoldReason>)> {
    let cards = queue::list(ctx, admin, &QueueFilter::default()).await.unwrap();
    cards.iter().map(|card| (card.key.to_string(), card.state, card.held())).collect()
}

#[test]
fn a12_the_family_of_a_renumbered_insured_waits() {
    on_each_engine(|place| async move {
        let (ctx, admin) = registered(&place).await;
        let moved = file(&place, "moved.csv", MEMBERS, &[TARO_ELSEWHERE]);
        for mode in [Mode::DryRun, Mode::Apply] {
            let told = run_with(&ctx, &admin, FileKind::Members, &moved, mode, None).await.unwrap();
            let warned: Vec<_> = told.preview.warnings.iter().map(|it| (it.key.as_str(), it.warning)).collect();
            assert_eq!(warned, [("205-7-00", RowWarning::FamilyAfterInsured)], "{mode:?}");
        }
        let held = vec![("101-1-01".to_owned(), CardState::Held, Some(HoldReason::InsuredLost))];
        assert_eq!(waiting(&ctx, &admin).await, held);
        // Neither the day nor the next file with her old row lets it go.
        day::begin(&ctx).await.unwrap();
        run(&ctx, &admin, FileKind::Members, &file(&place, "old.csv", MEMBERS, &[HANAKO, JIRO])).await;
        assert_eq!(waiting(&ctx, &admin).await, held);
        let told =
            run(&ctx, &admin, FileKind::Members, &file(&place, "follows.csv", MEMBERS, &[HANAKO_ELSEWHERE])).await;
        assert_eq!((told.preview.warnings.len(), told.preview.effects.accounts_closed), (0, 1));
        assert_eq!(waiting(&ctx, &admin).await, []);
    });
}

#[test]
fn a12_a_family_that_moves_in_one_file_is_not_warned_of() {
    on_each_engine(|place| async move {
        let (ctx, admin) = registered(&place).await;
        let moved = file(&place, "moved.csv", MEMBERS, &[TARO_ELSEWHERE, HANAKO_ELSEWHERE]);
        let told = run(&ctx, &admin, FileKind::Members, &moved).await;
        assert_eq!((told.preview.warnings, told.preview.effects.accounts_closed), (vec![], 2));
    });
}

#[test]
fn r1_cards_that_follow_the_insured_are_named() {
    on_each_engine(|place| async move {
        let (ctx, admin) = registered(&place).await;
        let moved = file(&place, "moved.csv", MEMBERS, &[&TARO.replace(",,,101,0", ",,,205,0")]);
        for mode in [Mode::DryRun, Mode::Apply] {
            let effects = run_with(&ctx, &admin, FileKind::Members, &moved, mode, None).await.unwrap().preview.effects;
            let place = |route: &Option<CardRoute>| route.as_ref().map(|it| it.address1.clone()).unwrap();
            let named: Vec<_> = effects
                .routes
                .iter()
                .map(|it| (it.member.as_str(), it.becomes, place(&it.before), place(&it.after)))
                .collect();
            let [from, to] = ["9-1", "9-2"].map(|house| format!("東京都千代田区丸の内{house}"));
            let expected = ["101-1-00", "101-1-01"].map(|it| (it, NewRoute::OtherEmployer, from.clone(), to.clone()));
            assert_eq!((effects.routes_changed, named), (2, expected.to_vec()), "{mode:?}");
        }
        let again = run(&ctx, &admin, FileKind::Members, &moved).await.preview.effects;
        assert_eq!(again.routes, []);
        // R6: the approver sees it, too.
        let clerk = staff("sato", Role::Clerk);
        let number = batches::draft(&ctx, &clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let review = batches::show(&ctx, &clerk, &number).await.unwrap().review.unwrap();
        let moved: Vec<_> = review.moved.iter().map(|it| it.member.as_str()).collect();
        assert_eq!(moved, ["101-1-00", "101-1-01"]);
        assert_eq!(review.moved[0].before.as_deref(), Some("101 株式会社北斗"));
        assert_eq!(review.moved[0].after.as_deref(), Some("205 株式会社南"));
    });
}

#[test]
fn an_event_that_has_not_come_yet_is_no_event() {
    on_each_engine(|place| async move {
        let (ctx, admin) = registered(&place).await;
        let off = |seq: u32, at: &str| format!("{seq},{at},web_display_off,101,1,00,taro,,");
        let (ahead, today) = (off(8, "2026-11-25 00:00:00"), off(9, "2026-11-24 10:00:00"));
        let told = run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "e.csv", EVENTS, &[&ahead])).await;
        let row = &told.preview.errors[0];
        assert_eq!((row.line, row.column, row.code), (2, "発生日時", RowCode::BadDate));
        assert_eq!(row.value, "2026-11-25 00:00:00");
        assert_eq!(waiting(&ctx, &admin).await.len(), 2, "nothing was cancelled");
        let told = run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "e.csv", EVENTS, &[&today])).await;
        assert_eq!(counts(&told), [1, 1, 0, 0, 0], "what was refused stands in no way");
    });
}
