//! H1, H2, A11: persons behind numbers, and what the registry said on an earlier day.

use super::{EMPLOYERS, EVENTS, HANAKO, JIRO, MEMBERS, TARO, TARO_REGISTERS, counts, file, run, run_with, small};
use crate::common::fixtures::{second_terminal, why};
use crate::common::people::staff;
use crate::common::{Place, at, on_each_engine, refusal};
use chrono::NaiveDate;
use mykempo_console::domain::request::Channel;
use mykempo_console::domain::{MemberKey, Role};
use mykempo_console::interchange::{FileKind, RowCode};
use mykempo_console::store::Tx;
use mykempo_console::usecases::cards::Confirmation;
use mykempo_console::usecases::import::Mode;
use mykempo_console::usecases::notes::{self, Note};
use mykempo_console::usecases::persons::{self, PersonRefusal};
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::{
    Act, Actor, AppContext, AuditQuestion, AuditWhom, Error, Refusal, as_of, audit_list, members,
};

/// Another person under the number of Tarō.
const SHIRO: &str = "06139497,101,0001,00,1,本人,ｲﾄｳ ｼﾛｳ,伊藤　四郎,1,H5.4.1,R8.4.1,,,101,0,,,,,0";
/// Tarō under a new number.
const TARO_AGAIN: &str = "06139497,102,7,00,1,本人,ﾀｶﾊｼ ﾀﾛｳ,髙橋　太郎,1,S55.4.1,R8.4.1,,,101,0,101,1,00,2,0";

/// A registration from before the number went to another person.
const EVENTS_BEFORE: &str = "7,2026-11-03 10:00:00,registered,101,1,00,taro2,taro@example.jp,希望する";

fn key(symbol: &str, number: &str, branch: &str) -> MemberKey {
    MemberKey::parse(symbol, number, branch).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn members_file(place: &Place, ctx: &AppContext, admin: &Actor, rows: &[&str]) -> [u64; 5] {
    let path = file(place, "members-2.csv", MEMBERS, rows);
    let outcome = run(ctx, admin, FileKind::Members, &path).await;
    assert!(outcome.applied, "{:?}", outcome.refused);
    counts(&outcome)
}

async fn note(ctx: &AppContext, whose: &MemberKey, body: &str) {
    let note = Note {
        topic: None,
        channel: Channel::Phone,
        body: body.into(),
        follow_up_on: None,
        referred: None,
        caller: None,
        phone: String::new(),
        adds_to: None,
        call: None,
    };
    notes::write(ctx, &staff("sato", Role::Clerk), whose, &note).await.unwrap();
}

async fn notes_of(ctx: &AppContext, whose: &MemberKey) -> Vec<String> {
    let view = members::show(ctx, &staff("sato", Role::Clerk), whose).await.unwrap();
    view.notes.into_iter().map(|note| note.body).collect()
}

#[test]
fn a11_another_person_under_a_number_in_use_is_rejected() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        note(&ctx, &key("101", "1", "00"), "太郎さんの秘密").await;
        // Many other rows: one rejected row is below the limit of a file.
        let others: Vec<String> = (10..30).map(|n| JIRO.replace("101,2,", &format!("101,{n},"))).collect();
        let mut rows = vec![SHIRO, HANAKO, JIRO];
        rows.extend(others.iter().map(String::as_str));
        let path = file(&place, "members-2.csv", MEMBERS, &rows);
        let outcome = run(&ctx, &admin, FileKind::Members, &path).await;
        assert_eq!((outcome.applied, counts(&outcome)), (true, [23, 20, 0, 2, 1]));
        assert_eq!(outcome.report.by_code[&RowCode::OtherPerson], 1);
        assert_eq!(outcome.preview.errors[0].line, 2);
        assert_eq!(notes_of(&ctx, &key("101", "1", "00")).await, ["太郎さんの秘密"]);

        let suzuki = staff("suzuki", Role::Supervisor);
        let clerk =
            persons::end(&ctx, &staff("sato", Role::Clerk), &key("101", "1", "00"), &why("退職")).await.unwrap_err();
        assert!(matches!(clerk, Error::Refused(Refusal::Role { .. })));
        persons::end(&ctx, &suzuki, &key("101", "1", "00"), &why("番号の再使用")).await.unwrap();
        let again = run(&ctx, &admin, FileKind::Members, &path).await;
        assert_eq!(counts(&again), [23, 1, 0, 22, 0]);
        assert_eq!(notes_of(&ctx, &key("101", "1", "00")).await, [""; 0], "nothing of the person before");
        let view = members::show(&ctx, &suzuki, &key("101", "1", "00")).await.unwrap();
        assert_eq!((view.member.name.as_str(), view.account.is_none()), ("伊藤　四郎", true));
        let found = members::find(&ctx, &suzuki, "101-1", 10).await.unwrap();
        assert_eq!(found.len(), 2, "the new holder and Hanako");
        let before = as_of::member(&ctx, &suzuki, &key("101", "1", "00"), day("2026-11-23")).await;
        assert!(before.is_err(), "the first import was on the 24th");
        let early = EVENTS_BEFORE;
        let stale = run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "early.csv", EVENTS, &[early])).await;
        assert_eq!(stale.report.by_code[&RowCode::StaleEvent], 1, "it happened to the person before");
        let once_more = run(&ctx, &admin, FileKind::Members, &path).await;
        assert_eq!(counts(&once_more), [23, 0, 0, 23, 0], "the same file again changes nothing");
    });
}

#[test]
fn a11_a_free_number_passes_to_another_person() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        note(&ctx, &key("101", "1", "00"), "太郎さんの秘密").await;
        // Moved first, then the number is given to another person.
        assert_eq!(members_file(&place, &ctx, &admin, &[TARO, TARO_AGAIN]).await, [2, 1, 0, 1, 0]);
        let later = file(&place, "later.csv", MEMBERS, &[SHIRO]);
        let ctx = AppContext::open(&place.url, at(2026, 12, 1), "test".into()).await.unwrap();
        let outcome = run(&ctx, &admin, FileKind::Members, &later).await;
        assert_eq!((counts(&outcome), outcome.preview.effects.replaced), ([1, 1, 0, 0, 0], 1));
        assert_eq!(notes_of(&ctx, &key("101", "1", "00")).await, [""; 0]);
        assert_eq!(notes_of(&ctx, &key("102", "7", "00")).await, ["太郎さんの秘密"]);
        let view = members::show(&ctx, &admin, &key("102", "7", "00")).await.unwrap();
        assert_eq!(view.predecessor.as_deref(), Some("101-1-00"));
        let shiro = members::show(&ctx, &admin, &key("101", "1", "00")).await.unwrap();
        assert_eq!((shiro.successor, shiro.records.len()), (None, 1), "the new holder is no part of that life");
        assert!(shiro.history.iter().all(|entry| entry.action != "note_written"), "{:?}", shiro.history);
    });
}

#[test]
fn a11_f5_the_log_names_who_had_the_number_then() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let number = key("101", "1", "00");
        let taro = members::show(&ctx, &admin, &number).await.unwrap().member.name;
        members_file(&place, &ctx, &admin, &[TARO, TARO_AGAIN]).await;
        let later = file(&place, "later.csv", MEMBERS, &[SHIRO]);
        let ctx = AppContext::open(&place.url, at(2026, 12, 1), "test".into()).await.unwrap();
        run(&ctx, &admin, FileKind::Members, &later).await;
        let shiro = members::show(&ctx, &admin, &number).await.unwrap().member.name;
        let looks = AuditQuestion {
            whom: Some(AuditWhom::Member(number)),
            acts: vec![Act::MemberSeen],
            limit: 100,
            ..AuditQuestion::default()
        };
        let lines = audit_list(&ctx, &admin, &looks).await.unwrap();
        let names: Vec<_> = lines.into_iter().filter_map(|line| line.member_name).collect();
        assert_ne!(taro, shiro);
        assert_eq!(names, [taro, shiro]);
    });
}

#[test]
fn a3_the_account_of_a_new_holder_stays_open() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        members_file(&place, &ctx, &admin, &[TARO_AGAIN]).await;
        run(&ctx, &admin, FileKind::Members, &file(&place, "later.csv", MEMBERS, &[SHIRO])).await;
        let registers = TARO_REGISTERS.replace("2026-11-02 10:00:00", "2026-11-24 11:00:00");
        let events = file(&place, "events.csv", EVENTS, &[&registers]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        members_file(&place, &ctx, &admin, &[TARO_AGAIN, SHIRO]).await;
        let view = members::show(&ctx, &admin, &key("101", "1", "00")).await.unwrap();
        assert!(view.account.is_some_and(|account| account.closed_at.is_none()));
    });
}

#[test]
fn a11_a_number_that_comes_back_finds_its_person_again() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        note(&ctx, &key("101", "1", "00"), "太郎さんの秘密").await;
        members_file(&place, &ctx, &admin, &[SHIRO, HANAKO]).await;
        let view = members::show(&ctx, &admin, &key("101", "1", "00")).await.unwrap();
        assert!(view.family.is_empty(), "Hanako was insured before this person was: {:?}", view.family);
        let hanako = members::show(&ctx, &admin, &key("101", "1", "01")).await.unwrap();
        assert!(hanako.no_route.is_some() && hanako.employer.is_none(), "her cards do not go to the new insured");
        members_file(&place, &ctx, &admin, &[TARO, HANAKO]).await;
        assert_eq!(notes_of(&ctx, &key("101", "1", "00")).await, ["太郎さんの秘密"]);
    });
}

#[test]
fn a11_the_family_on_file_stays_with_the_person_before() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let hanako = key("101", "1", "01");
        let hers = "1,2026-11-02 10:00:00,registered,101,1,01,hanako,hanako@example.jp,希望する";
        run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "events.csv", EVENTS, &[hers])).await;
        // The registry says of the new insured what it said of the one before, but for the person.
        let shiro = SHIRO.replace("R8.4.1", "H20.4.1");
        members_file(&place, &ctx, &admin, &[&shiro]).await;
        let held = async || {
            let cards = queue::list(&ctx, &staff("sato", Role::Clerk), &QueueFilter::default()).await.unwrap();
            cards[0].reason.clone()
        };
        assert_eq!(held().await.as_deref(), Some("insured_lost"), "never to the next insured's employer");
        let view = members::show(&ctx, &admin, &key("101", "1", "00")).await.unwrap();
        assert!(view.family.is_empty(), "{:?}", view.family);
        // A supervisor knows better.
        let suzuki = staff("suzuki", Role::Supervisor);
        let assigned = persons::assign(&ctx, &suzuki, &hanako, &why("届出で確認")).await.unwrap();
        assert_eq!((assigned.insured.as_str(), assigned.released), ("101-1-00", 1));
        assert_eq!(held().await, None);
        let again = persons::assign(&ctx, &suzuki, &hanako, &why("もう一度")).await;
        assert_eq!(refusal(again), PersonRefusal::NotApart(hanako.to_string()).into());
    });
}

#[test]
fn a11_a_new_dependant_listed_first_is_of_the_new_insured() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let hana = "06139497,101,0001,02,2,長女,ｲﾄｳ ﾊﾅ,伊藤　花,2,H30.4.1,R8.4.1,,,101,0,,,,,0";
        // More rows in between than are written at once.
        let others: Vec<String> = (1..=900).map(|it| TARO.replace("101,0001,00", &format!("103,{it},00"))).collect();
        let others = others.iter().map(String::as_str);
        let rows: Vec<&str> = [hana, HANAKO].into_iter().chain(others).chain([SHIRO]).collect();
        members_file(&place, &ctx, &admin, &rows).await;
        let view = members::show(&ctx, &admin, &key("101", "1", "02")).await.unwrap();
        assert!(view.employer.is_some() && view.no_route.is_none(), "{:?}", view.no_route);
        assert_eq!(view.family.len(), 1, "the new insured: {:?}", view.family);
        let hanako = members::show(&ctx, &admin, &key("101", "1", "01")).await.unwrap();
        assert!(hanako.employer.is_none(), "she was on file before");
    });
}

#[test]
fn a11_the_person_before_is_found_and_marked() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        members_file(&place, &ctx, &admin, &[SHIRO]).await;
        for said in ["タカハシ タロウ", "髙橋　太郎", "たろう"] {
            let found = members::find(&ctx, &admin, said, 10).await.unwrap();
            let taro = found.iter().find(|found| found.member.key() == "101-1-00");
            assert!(taro.is_some_and(|found| found.member.replaced_on.is_some()), "{said}: {found:?}");
        }
    });
}

#[test]
fn r1_a_waiting_card_of_the_family_follows_the_insured() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let employers =
            file(&place, "more.csv", EMPLOYERS, &["102,ﾐﾅﾐ,株式会社南,1000005,東京都千代田区丸の内9-2,,,,,,"]);
        run(&ctx, &admin, FileKind::Employers, &employers).await;
        let hers = "1,2026-11-02 10:00:00,registered,101,1,01,hanako,hanako@example.jp,希望する";
        run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "events.csv", EVENTS, &[hers])).await;
        members_file(&place, &ctx, &admin, &[&TARO.replace(",,,101,0", ",,,102,0")]).await;
        let of = async |employer: &str| {
            let filter = QueueFilter { employer: Some(employer.to_owned()), ..QueueFilter::default() };
            queue::list(&ctx, &staff("sato", Role::Clerk), &filter).await.unwrap().len()
        };
        assert_eq!((of("101").await, of("102").await), (0, 1));
    });
}

#[test]
fn h1_a_former_number_of_another_person_is_not_told() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let wrong = SHIRO.replace("101,0001,00", "102,9,00").replace(",101,0,,,,,0", ",101,0,101,1,00,2,0");
        members_file(&place, &ctx, &admin, &[&wrong]).await;
        let view = members::show(&ctx, &admin, &key("102", "9", "00")).await.unwrap();
        assert_eq!((view.records.len(), view.predecessor), (1, None));
    });
}

#[test]
fn h1_supervisors_join_and_part_numbers_by_hand() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let (taro, jiro) = (key("101", "1", "00"), key("101", "2", "00"));
        note(&ctx, &taro, "一").await;
        note(&ctx, &jiro, "二").await;
        let suzuki = staff("suzuki", Role::Supervisor);
        let differ =
            persons::join(&ctx, &suzuki, &taro, &jiro, &why("同じ方"), Confirmation::NotYet).await.unwrap_err();
        assert!(matches!(differ, Error::Refused(Refusal::Person(PersonRefusal::Differ { .. }))));
        persons::join(&ctx, &suzuki, &taro, &jiro, &why("同じ方と確認"), Confirmation::Confirmed).await.unwrap();
        assert_eq!(notes_of(&ctx, &taro).await.len(), 2);
        assert_eq!(notes_of(&ctx, &jiro).await.len(), 2);
        let twice =
            persons::join(&ctx, &suzuki, &jiro, &taro, &why("もう一度"), Confirmation::NotYet).await.unwrap_err();
        assert!(matches!(twice, Error::Refused(Refusal::Person(PersonRefusal::OnePerson { .. }))));
        persons::part(&ctx, &suzuki, &taro, &why("誤り")).await.unwrap();
        assert_eq!(notes_of(&ctx, &taro).await, ["一"]);
        assert_eq!(notes_of(&ctx, &jiro).await, ["二"]);
        let alone = persons::part(&ctx, &suzuki, &taro, &why("誤り")).await.unwrap_err();
        assert!(matches!(alone, Error::Refused(Refusal::Person(PersonRefusal::OnlyMembership(_)))));
        // A former key of the registry does not undo what was decided by hand.
        members_file(&place, &ctx, &admin, &[TARO_AGAIN]).await;
        persons::part(&ctx, &suzuki, &key("102", "7", "00"), &why("別の方")).await.unwrap();
        members_file(&place, &ctx, &admin, &[&TARO_AGAIN.replace("ﾀﾛｳ", "ﾀﾛｵ")]).await;
        assert_eq!(notes_of(&ctx, &key("102", "7", "00")).await, [""; 0]);
    });
}

#[test]
fn h2_any_day_can_be_asked_for() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let later = AppContext::open(&place.url, at(2026, 12, 1), "test".into()).await.unwrap();
        let married = TARO.replace("髙橋　太郎", "山本　太郎").replace("ﾀｶﾊｼ", "ﾔﾏﾓﾄ");
        members_file(&place, &later, &admin, &[&married]).await;
        let moved = "101,ﾎｸﾄ,株式会社北斗,5300001,大阪府大阪市北区梅田1-1,,,,,,";
        run(&later, &admin, FileKind::Employers, &file(&place, "moved.csv", EMPLOYERS, &[moved])).await;

        let taro = key("101", "1", "00");
        let on = async |day_text: &str| as_of::member(&later, &admin, &taro, day(day_text)).await;
        let before = on("2026-11-30").await.unwrap();
        assert_eq!(before.member.row.name, "髙橋　太郎");
        assert_eq!((before.member.period.since_run, before.member.period.until_run), (Some(2), Some(3)));
        assert_eq!(before.employer.unwrap().row.record.address1, "東京都千代田区丸の内9-1");
        let now = on("2026-12-01").await.unwrap();
        assert_eq!((now.member.row.name.as_str(), now.member.period.until), ("山本　太郎", None));
        assert_eq!(now.employer.unwrap().row.record.address1, "大阪府大阪市北区梅田1-1");
        let too_early = on("2026-11-23").await.unwrap_err();
        assert!(matches!(too_early, Error::Refused(Refusal::Person(PersonRefusal::UnknownThen { .. }))));

        let versions = as_of::member_versions(&later, &admin, &taro).await.unwrap();
        assert_eq!(versions.len(), 2);
        let employer = as_of::employer(&ctx, &admin, "101", day("2026-11-30")).await.unwrap();
        assert_eq!((employer.versions.len(), employer.employer.row.record.postcode.as_deref()), (2, Some("1000005")));
        let dry = file(&place, "dry.csv", MEMBERS, &[TARO]);
        run_with(&later, &admin, FileKind::Members, &dry, Mode::DryRun, None).await.unwrap();
        assert_eq!(as_of::member_versions(&later, &admin, &taro).await.unwrap().len(), 2, "a dry run keeps nothing");
    });
}

/// Every column that a version has, of the row in `table` that `of` selects; SQLite alone.
async fn columns(ctx: &AppContext, table: &str, of: &str) -> Option<String> {
    let db = crate::common::open(ctx).await;
    let Tx::Sqlite(mut t) = db.read().await.unwrap() else { return None };
    let shared = "SELECT 'quote(' || name || ')' FROM pragma_table_info('member_version')
        WHERE name NOT IN ('id', 'member_id', 'until_at', 'until_by', 'until_run') ORDER BY name";
    let shared: Vec<String> = sqlx::query_scalar(shared).fetch_all(&mut *t).await.unwrap();
    let all = format!("SELECT {} FROM {table} WHERE {of}", shared.join(" || '|' || "));
    Some(sqlx::query_scalar(sqlx::AssertSqlSafe(all)).fetch_one(&mut *t).await.unwrap())
}

#[test]
fn h2_a_version_is_the_row_as_it_was() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let full = TARO_AGAIN.replace("R8.4.1,,,", "R8.4.1,20270331,退職,");
        members_file(&place, &ctx, &admin, &[&full]).await;
        let before = columns(&ctx, "member", "symbol = '102'").await;
        members_file(&place, &ctx, &admin, &[TARO_AGAIN]).await;
        assert_ne!(columns(&ctx, "member", "symbol = '102'").await, before.clone().or(Some(String::new())));
        assert_eq!(columns(&ctx, "member_version", "symbol = '102'").await, before);
    });
}

#[test]
fn h4_engines_refuse_to_change_versions_and_feed() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let later = AppContext::open(&place.url, at(2026, 12, 1), "test".into()).await.unwrap();
        let lost = JIRO.replace("H25.4.1,,", "H25.4.1,20261130,");
        members_file(&place, &later, &admin, &[&TARO.replace("太郎", "太朗"), &lost]).await;
        persons::end(&later, &staff("suzuki", Role::Supervisor), &key("101", "1", "00"), &why("退職")).await.unwrap();
        let db = second_terminal(&place).await;
        for (statement, taken) in [
            ("UPDATE member_version SET name = 'x'", false),
            ("DELETE FROM member_version WHERE symbol = '101' AND number = '1'", true),
            ("UPDATE feed SET operation = 'activate'", false),
            ("DELETE FROM feed", false),
            ("UPDATE feed SET hash = 'x'", false),
            ("UPDATE feed SET login_id = NULL", true),
            ("UPDATE audit SET detail = 'x'", false),
            ("DELETE FROM audit", false),
        ] {
            let done = match db.write().await.unwrap() {
                Tx::Sqlite(mut t) => sqlx::query(statement).execute(&mut *t).await.map(drop),
                Tx::Postgres(mut t) => sqlx::query(statement).execute(&mut *t).await.map(drop),
            };
            assert_eq!(done.is_ok(), taken, "{}: {statement}: {done:?}", place.name);
        }
    });
}
