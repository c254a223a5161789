//! The effects of an import beyond its rows are listed before it is applied.

use super::{EMPLOYERS, EVENTS, HANAKO, JIRO, MEMBERS, TARO, TARO_REGISTERS, counts, file, run, run_with, small};
use crate::common::fixtures::{sql, strings};
use crate::common::{at, on_each_engine};
use mykempo_console::domain::{CardState, HoldReason};
use mykempo_console::interchange::FileKind;
use mykempo_console::usecases::import::{ImportRefusal, Mode, NewRoute, Outcome};
use mykempo_console::usecases::promises::{self, PromiseScope};
use mykempo_console::usecases::{AppContext, day};
use std::path::PathBuf;

const HANAKO_REGISTERS: &str = "2,2026-11-02 10:00:00,registered,101,1,01,hanako,hanako@example.jp,希望する";
const TARO_ASKS: &str = "3,2026-11-24 12:00:00,viewing_reissue,101,1,00,taro,,";
const HANAKO_TURNS_OFF: &str = "4,2026-11-24 12:00:00,web_display_off,101,1,01,hanako,,希望しない";

/// Taro's card is drafted, exported and printed.
const PRINT_TAROS: &str = "
    UPDATE card SET state = 'drafted' WHERE member_id = (SELECT id FROM member WHERE number = '1' AND branch = '00');
    UPDATE card SET state = 'exported', serial = 'B20261124-001-0001' WHERE state = 'drafted';
    UPDATE card SET state = 'printed' WHERE state = 'exported'";

async fn print_taros(ctx: &AppContext) {
    sql(ctx, PRINT_TAROS).await;
}

#[test]
fn b7_cancelled_and_pulled_cards_are_listed_by_account() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS, HANAKO_REGISTERS]);
        let effects = run(&ctx, &admin, FileKind::PortalEvents, &events).await.preview.effects;
        assert_eq!((effects.accounts_opened, effects.cards_asked), (2, 2));
        print_taros(&ctx).await;
        let lost = [TARO, HANAKO].map(|row| row.replace("H20.4.1,,,", "H20.4.1,20261120,退職,"));
        let path = file(&place, "lost.csv", MEMBERS, &[&lost[0], &lost[1]]);
        let dry = run_with(&ctx, &admin, FileKind::Members, &path, Mode::DryRun, None).await.unwrap();
        let effects = dry.preview.effects;
        assert_eq!((effects.accounts_closed, effects.cards_cancelled, effects.cards_to_pull), (2, 1, 1));
        let cards: Vec<_> = effects.endings.iter().flat_map(|ended| &ended.cards).collect();
        assert_eq!((cards[0].was, cards[0].serial.as_deref()), (CardState::Printed, Some("B20261124-001-0001")));
        assert_eq!((cards[1].was, cards[1].serial.as_deref()), (CardState::Queued, None));
        assert_eq!(effects.endings[1].name, "髙橋　花子");
    });
}

#[test]
fn p1_a_loss_that_the_next_file_takes_back_is_named_and_owed() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let hanako_off = HANAKO_REGISTERS.replace("希望する", "希望しない");
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS, &hanako_off]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let lost = [TARO, HANAKO].map(|row| row.replace("H20.4.1,,,", "H20.4.1,20261120,退職,"));
        run(&ctx, &admin, FileKind::Members, &file(&place, "lost.csv", MEMBERS, &[&lost[0], &lost[1]])).await;
        let owed = async || promises::list(&ctx, &admin, PromiseScope::Open).await.unwrap();
        assert!(owed().await.is_empty());
        let back = file(&place, "back.csv", MEMBERS, &[TARO, HANAKO]);
        for mode in [Mode::DryRun, Mode::Apply] {
            let effects = run_with(&ctx, &admin, FileKind::Members, &back, mode, None).await.unwrap().preview.effects;
            assert_eq!((effects.members_reinstated, effects.reinstated.len()), (2, 2));
            let [taro, hanako] = &effects.reinstated[..] else { panic!("{:?}", effects.reinstated) };
            assert_eq!((taro.member.as_str(), taro.cards.len()), ("101-1-00", 1));
            assert_eq!((hanako.member.as_str(), hanako.cards.len()), ("101-1-01", 0));
            assert_eq!(taro.closed_on, Some(ctx.clock.today()));
        }
        let open = owed().await;
        let told: Vec<_> = open.iter().map(|it| (it.member.as_str(), it.kind.code(), it.why.code())).collect();
        assert_eq!(told, [("101-1-00", "viewing", "reinstated"), ("101-1-01", "login", "reinstated")]);
        assert!(open.iter().all(|it| it.next.is_some()));
        // The same file again opens nothing, and registering again keeps the promise.
        run(&ctx, &admin, FileKind::Members, &back).await;
        assert_eq!(owed().await.len(), 2);
        let again = "9,2026-11-24 12:00:00,registered,101,1,00,taro,taro@example.jp,希望する";
        run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "again.csv", EVENTS, &[again])).await;
        assert_eq!(owed().await.len(), 1);
    });
}

#[test]
fn another_person_under_a_known_number_is_named_first() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let married = HANAKO.replace("ﾀｶﾊｼ", "ﾜﾀﾅﾍﾞ").replace("髙橋", "渡邉");
        let fields: Vec<&str> = JIRO.split(',').collect();
        let (kana, name, born) = (fields[6], fields[7], fields[9]);
        let another = JIRO.replace(kana, "ﾆｼﾑﾗ ｻﾁｺ").replace(name, "西村　幸子").replace(born, "S47.8.5");
        let path = file(&place, "m.csv", MEMBERS, &[TARO, &married, &another]);
        let effects =
            run_with(&ctx, &admin, FileKind::Members, &path, Mode::DryRun, None).await.unwrap().preview.effects;
        assert_eq!((effects.replaced, effects.replacements.len()), (1, 1), "a marriage alone is none");
        assert_eq!(
            (effects.replacements[0].before.as_str(), effects.replacements[0].after.as_str()),
            (name, "西村　幸子")
        );
    });
}

#[test]
fn v2_v6_cards_that_stop_by_a_portal_event_are_named() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS, HANAKO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        print_taros(&ctx).await;
        let more = file(&place, "more.csv", EVENTS, &[TARO_ASKS, HANAKO_TURNS_OFF]);
        let dry = run_with(&ctx, &admin, FileKind::PortalEvents, &more, Mode::DryRun, None).await.unwrap();
        let effects = dry.preview.effects;
        assert_eq!((effects.cards_asked, effects.cards_cancelled, effects.cards_to_pull), (1, 1, 1));
        let stopped: Vec<_> = effects.stopped.iter().map(|card| (card.member.as_str(), card.was)).collect();
        assert_eq!(stopped, [("101-1-00", CardState::Printed), ("101-1-01", CardState::Queued)]);
    });
}

#[test]
fn r1_r2_import_names_cards_whose_employer_moved_or_withdrew() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[HANAKO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let employer = |address: &str, withdrawn: &str| {
            let row = format!("101,ﾎｸﾄ,株式会社北斗,1000005,{address},,,,,,{withdrawn}");
            file(&place, "employers.csv", EMPLOYERS, &[&row])
        };
        let (ctx, admin) = (&ctx, &admin);
        let routes = |path: PathBuf| async move {
            let dry = run_with(ctx, admin, FileKind::Employers, &path, Mode::DryRun, None).await.unwrap();
            let routes = dry.preview.effects.routes.into_iter();
            routes.map(|change| (change.member, change.becomes)).collect::<Vec<_>>()
        };
        let hanako = || "101-1-01".to_owned();
        assert_eq!(routes(employer("東京都千代田区丸の内9-1", "")).await, []);
        assert_eq!(routes(employer("東京都千代田区丸の内9-2", "")).await, [(hanako(), NewRoute::Elsewhere)]);
        let withdrawn = routes(employer("東京都千代田区丸の内9-1", "R8.11.1")).await;
        assert_eq!(withdrawn, [(hanako(), NewRoute::None(HoldReason::Withdrawn))]);
        assert_eq!(routes(employer("", "")).await, [(hanako(), NewRoute::None(HoldReason::NoAddress))]);
    });
}

/// State and reason of the cards, in the order of asking.
async fn waiting(ctx: &AppContext) -> Vec<String> {
    strings(ctx, "SELECT state || ' ' || COALESCE(reason, '') FROM card ORDER BY id").await
}

#[test]
fn r2_members_file_holds_and_releases_queued_cards() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS, HANAKO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let left = file(&place, "left.csv", MEMBERS, &[&TARO.replace(",,,101,0,", ",,,,1,")]);
        let routes = |outcome: Outcome| {
            let routes = outcome.preview.effects.routes.into_iter();
            routes.map(|change| (change.member, change.becomes)).collect::<Vec<_>>()
        };
        let family = |becomes| vec![("101-1-00".to_owned(), becomes), ("101-1-01".to_owned(), becomes)];
        let dry = run_with(&ctx, &admin, FileKind::Members, &left, Mode::DryRun, None).await.unwrap();
        assert_eq!(routes(dry), family(NewRoute::None(HoldReason::Voluntary)));
        assert_eq!(waiting(&ctx).await, ["queued ", "queued "], "a dry run holds nothing");
        assert_eq!(
            routes(run(&ctx, &admin, FileKind::Members, &left).await),
            family(NewRoute::None(HoldReason::Voluntary))
        );
        assert_eq!(waiting(&ctx).await, ["held voluntary", "held voluntary"]);
        let open = promises::list(&ctx, &admin, PromiseScope::Open).await.unwrap();
        let next = Some(ctx.workdays.after(ctx.clock.today(), ctx.settings.promise_days));
        let owed: Vec<_> = open.iter().map(|it| (it.member.as_str(), it.why.code(), it.next)).collect();
        assert_eq!(owed, [("101-1-00", "voluntary", next), ("101-1-01", "voluntary", next)], "R8, P1");
        sql(&ctx, "UPDATE card SET reason = 'by_hand' WHERE id = 2").await;
        let back = file(&place, "back.csv", MEMBERS, &[TARO]);
        assert_eq!(
            routes(run(&ctx, &admin, FileKind::Members, &back).await),
            [("101-1-00".to_owned(), NewRoute::Found)]
        );
        assert_eq!(waiting(&ctx).await, ["queued ", "held by_hand"], "what a person stopped stays so");
    });
}

#[test]
fn r2_employers_file_holds_and_releases_queued_cards() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS, HANAKO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let hokuto = |withdrawn: &str| {
            let row = format!("101,ﾎｸﾄ,株式会社北斗,1000005,東京都千代田区丸の内9-1,,,,,,{withdrawn}");
            file(&place, "employers.csv", EMPLOYERS, &[&row])
        };
        run(&ctx, &admin, FileKind::Employers, &hokuto("R8.11.1")).await;
        assert_eq!(waiting(&ctx).await, ["held withdrawn", "held withdrawn"]);
        let back = run(&ctx, &admin, FileKind::Employers, &hokuto("")).await.preview.effects;
        let found: Vec<_> = back.routes.iter().map(|change| change.becomes).collect();
        assert_eq!(found, [NewRoute::Found, NewRoute::Found]);
        assert_eq!(waiting(&ctx).await, ["queued ", "queued "]);
    });
}

#[test]
fn r6_moving_to_an_unconfirmed_address_holds_the_card() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let other = |town: &str| format!("102,ﾐﾅﾐ,株式会社南,1000005,東京都千代田区丸の内{town},,,,,,");
        for town in ["1-1", "2-2"] {
            run(&ctx, &admin, FileKind::Employers, &file(&place, "south.csv", EMPLOYERS, &[&other(town)])).await;
        }
        let moves = file(&place, "moves.csv", MEMBERS, &[&TARO.replace(",,,101,0,", ",,,102,0,")]);
        run(&ctx, &admin, FileKind::Members, &moves).await;
        assert_eq!(waiting(&ctx).await, ["held address_changed"]);
        run(&ctx, &admin, FileKind::Members, &file(&place, "back.csv", MEMBERS, &[TARO])).await;
        assert_eq!(waiting(&ctx).await, ["queued "]);
    });
}

#[test]
fn what_changes_is_shown_as_the_files_write_it() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let other = file(&place, "e.csv", EMPLOYERS, &["0205,ﾐﾅﾐ,株式会社南,1000005,東京都千代田区丸の内9-2,,,,,,"]);
        run(&ctx, &admin, FileKind::Employers, &other).await;
        let changed = "06139497,101,2,,2,本人,ｽｽﾞｷ ｼﾞﾛｳ,鈴木　二郎,2,H2.4.1,H25.4.1,,,205,0,88,1,,9,0";
        let path = file(&place, "m.csv", MEMBERS, &[changed]);
        let dry = run_with(&ctx, &admin, FileKind::Members, &path, Mode::DryRun, None).await.unwrap();
        let fields = &dry.preview.changes[0].fields;
        let of = |column| {
            let field = fields.iter().find(|field| field.field == column).unwrap();
            (field.old.as_str(), field.new.as_str())
        };
        assert_eq!(of("事業所記号"), ("101", "0205"));
        assert_eq!((of("本人家族区分"), of("性別"), of("変更事由")), (("1", "2"), ("1", "2"), ("", "9")));
    });
}

#[test]
fn a_loss_to_come_in_every_row_is_refused_as_one_of_today_is() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let row = |number: u32, lost: &str| {
            format!("06139497,101,{number},,1,本人,ｽｽﾞｷ ｼﾞﾛｳ,鈴木　二郎,1,H2.4.1,H25.4.1,{lost},,101,0,,,,,0")
        };
        let all = |lost| (10..22).map(|number| row(number, lost)).collect::<Vec<_>>();
        let path = |rows: Vec<String>| {
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            file(&place, "m.csv", MEMBERS, &rows)
        };
        run(&ctx, &admin, FileKind::Members, &path(all(""))).await;
        let outcome = run(&ctx, &admin, FileKind::Members, &path(all("2026-12-31"))).await;
        assert!(matches!(outcome.refused, Some(ImportRefusal::Losses { lost: 12, .. })), "{:?}", outcome.refused);
    });
}

#[test]
fn a3_who_goes_back_to_an_old_number_keeps_the_new_account() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = |name: &str, row: &str| file(&place, name, EVENTS, &[row]);
        let members = |name: &str, row: &str| file(&place, name, MEMBERS, &[row]);
        let second = "06139497,101,77,00,1,本人,ﾀｶﾊｼ ﾀﾛｳ,髙橋　太郎,1,S55.4.1,R8.11.1,,,101,0,101,1,,2,0";
        let back = "06139497,101,1,00,1,本人,ﾀｶﾊｼ ﾀﾛｳ,髙橋　太郎,1,S55.4.1,R8.11.20,,,101,0,101,77,,2,0";
        let (ctx, admin) = (&ctx, &admin);
        let closed = |kind, path: PathBuf| async move {
            let endings = run(ctx, admin, kind, &path).await.preview.effects.endings;
            endings.into_iter().map(|ended| (ended.member, ended.why.code())).collect::<Vec<_>>()
        };
        let (member, event) = (FileKind::Members, FileKind::PortalEvents);
        assert_eq!(closed(event, events("1.csv", TARO_REGISTERS)).await, []);
        let why = "number_changed";
        assert_eq!(closed(member, members("2.csv", second)).await, [("101-1-00".to_owned(), why)]);
        let registers = "5,2026-11-24 11:00:00,registered,101,77,00,taro,taro@example.jp,希望する";
        assert_eq!(closed(event, events("3.csv", registers)).await, []);
        assert_eq!(closed(member, members("4.csv", back)).await, [("101-77-00".to_owned(), why)]);
        let again = "6,2026-11-24 12:00:00,registered,101,1,00,taro,taro@example.jp,希望する";
        let outcome = run(ctx, admin, event, &events("5.csv", again)).await;
        assert_eq!((outcome.report.added, outcome.preview.effects.accounts_closed), (1, 0));
        assert_eq!(closed(member, members("6.csv", back)).await, []);
    });
}

#[test]
fn a3_circular_or_ambiguous_renumbering_closes_nothing() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let registers = TARO_REGISTERS.replace("101,1,00", "101,2,00");
        run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "e.csv", EVENTS, &[&registers])).await;
        let closed = |row: &str, name: &str| {
            let (ctx, admin, path) = (&ctx, &admin, file(&place, name, MEMBERS, &[row]));
            async move { run(ctx, admin, FileKind::Members, &path).await.preview.effects.accounts_closed }
        };
        let itself = JIRO.replace("101,0,,,,,0", "101,0,101,2,,9,0");
        assert_eq!(closed(&itself, "1.csv").await, 0);
        // Each names the other, and both were acquired on one day.
        let other = "06139497,101,88,,1,本人,ｽｽﾞｷ ｼﾞﾛｳ,鈴木　二郎,1,H2.4.1,H25.4.1,,,101,0,101,2,,9,0";
        let mutual = JIRO.replace("101,0,,,,,0", "101,0,101,88,,9,0");
        assert_eq!(closed(&mutual, "2.csv").await, 0);
        assert_eq!(closed(other, "3.csv").await, 0);
        // With one direction only, a 取得日 that was kept is no doubt.
        assert_eq!(closed(JIRO, "4.csv").await, 1);
    });
}

#[test]
fn a3_a_number_of_next_april_closes_the_account_in_april() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let april = "06139497,101,77,00,1,本人,ﾀｶﾊｼ ﾀﾛｳ,髙橋　太郎,1,S55.4.1,R9.4.1,,,101,0,101,1,,2,0";
        let outcome = run(&ctx, &admin, FileKind::Members, &file(&place, "m.csv", MEMBERS, &[april])).await;
        assert_eq!((counts(&outcome)[1], outcome.preview.effects.accounts_closed), (1, 0));
        for (clock, closed) in [(at(2027, 3, 31), 0), (at(2027, 4, 1), 1)] {
            let ctx = AppContext::open(&place.url, clock, "test".into()).await.unwrap();
            assert_eq!(day::begin(&ctx).await.unwrap().accounts, closed);
        }
    });
}

#[test]
fn a3_loss_with_renumbering_is_reported_once() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let lost = TARO.replace("H20.4.1,,,", "H20.4.1,20261101,,");
        let new = "06139497,101,77,00,1,本人,ﾀｶﾊｼ ﾀﾛｳ,髙橋　太郎,1,S55.4.1,R8.11.1,,,101,0,101,1,,2,0";
        let outcome = run(&ctx, &admin, FileKind::Members, &file(&place, "m.csv", MEMBERS, &[&lost, new])).await;
        let endings = outcome.preview.effects.endings;
        assert_eq!((endings.len(), endings[0].why.code()), (1, "number_changed"));
    });
}
