//! Portal events that come late, after the staff or another event was faster.

use super::{EVENTS, MEMBERS, TARO, TARO_REGISTERS, counts, file, run, small};
use crate::common::fixtures::sql;
use crate::common::on_each_engine;
use mykempo_console::domain::MemberKey;
use mykempo_console::interchange::{FileKind, RowCode};
use mykempo_console::usecases::cards::{self, Confirmation};
use mykempo_console::usecases::import::Outcome;
use mykempo_console::usecases::{Actor, AppContext, members};
use std::path::PathBuf;

/// Every queued card is drafted, exported and printed.
const PRINT: &str = "UPDATE card SET state = 'drafted' WHERE state = 'queued';
    UPDATE card SET state = 'exported', serial = 'B20261124-001-' || id WHERE state = 'drafted';
    UPDATE card SET state = 'printed' WHERE state = 'exported'";
/// Every printed card was dispatched two weeks ago, at three in the afternoon.
const DISPATCH: &str = "UPDATE card SET state = 'dispatched', dispatched_on = '2026-11-10',
    changed_at = '2026-11-10T06:00:00.000000+00:00' WHERE state = 'printed'";

async fn imported(ctx: &AppContext, admin: &Actor, path: PathBuf) -> Outcome {
    run(ctx, admin, FileKind::PortalEvents, &path).await
}

fn stale(outcome: &Outcome) -> u64 {
    outcome.report.by_code.get(&RowCode::StaleEvent).copied().unwrap_or_default()
}

fn taro() -> MemberKey {
    MemberKey::parse("101", "1", "00").unwrap()
}

#[test]
fn v3_older_portal_reissue_keeps_the_newer_card() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        imported(&ctx, &admin, file(&place, "1.csv", EVENTS, &[TARO_REGISTERS])).await;
        sql(&ctx, PRINT).await;
        sql(&ctx, DISPATCH).await;
        let supervisor = Actor { role: mykempo_console::domain::Role::Supervisor, ..admin.clone() };
        cards::ask_viewing(&ctx, &supervisor, &taro(), Confirmation::Confirmed).await.unwrap();
        sql(&ctx, PRINT).await;
        let late = "2,2026-11-20 10:00:00,viewing_reissue,101,1,00,taro,,";
        let newer = "3,2026-11-24 12:00:00,viewing_reissue,101,1,00,taro,,";
        let outcome = imported(&ctx, &admin, file(&place, "2.csv", EVENTS, &[late])).await;
        assert_eq!((stale(&outcome), outcome.preview.effects.cards_to_pull), (1, 0));
        let outcome = imported(&ctx, &admin, file(&place, "3.csv", EVENTS, &[newer])).await;
        assert_eq!((stale(&outcome), outcome.preview.effects.cards_to_pull), (0, 1));
    });
}

#[test]
fn v1_change_before_the_dispatch_keeps_the_card_valid() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        imported(&ctx, &admin, file(&place, "1.csv", EVENTS, &[TARO_REGISTERS])).await;
        sql(&ctx, PRINT).await;
        sql(&ctx, DISPATCH).await;
        let changed = |seq: u32, hour: u32| format!("{seq},2026-11-10 {hour}:00:00,viewing_changed,101,1,00,taro,,");
        let outcome = imported(&ctx, &admin, file(&place, "2.csv", EVENTS, &[&changed(2, 14)])).await;
        assert_eq!(stale(&outcome), 1, "V7: an hour before");
        let outcome = imported(&ctx, &admin, file(&place, "3.csv", EVENTS, &[&changed(3, 16)])).await;
        assert_eq!((stale(&outcome), counts(&outcome)[1]), (0, 1));
        let outcome = imported(&ctx, &admin, file(&place, "4.csv", EVENTS, &[&changed(3, 16)])).await;
        assert_eq!(counts(&outcome), [1, 0, 0, 1, 0], "twice is once");
    });
}

#[test]
fn a1_bounce_before_a_mail_change_does_not_mark_the_new_one() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let changed = "2,2026-11-05 10:00:00,email_changed,101,1,00,taro,new@example.jp,";
        imported(&ctx, &admin, file(&place, "1.csv", EVENTS, &[TARO_REGISTERS, changed])).await;
        let bounced = |seq: u32, day: u32| format!("{seq},2026-11-{day:02} 10:00:00,mail_bounced,101,1,00,taro,,");
        let outcome = imported(&ctx, &admin, file(&place, "2.csv", EVENTS, &[&bounced(3, 4)])).await;
        assert_eq!(stale(&outcome), 1);
        let seen = || async { members::show(&ctx, &admin, &taro()).await.unwrap().account.unwrap().bounced_at };
        assert_eq!(seen().await, None);
        let unknown = bounced(4, 6).replace("101,1,00", "101,99,00");
        let outcome = imported(&ctx, &admin, file(&place, "3.csv", EVENTS, &[&bounced(5, 6), &unknown])).await;
        assert_eq!((counts(&outcome)[1], outcome.report.by_code[&RowCode::UnknownMember]), (1, 1));
        assert!(seen().await.is_some());
    });
}

#[test]
fn a4_refused_registration_opens_no_account_later() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let second = "7,2026-11-03 10:00:00,registered,101,1,00,taro2,taro2@example.jp,希望する";
        let both = file(&place, "1.csv", EVENTS, &[TARO_REGISTERS, second]);
        assert_eq!(stale(&imported(&ctx, &admin, both.clone()).await), 1);
        // Lost, and taken back by the registry.
        let lost = TARO.replace("H20.4.1,,,", "H20.4.1,20261120,退職,");
        for row in [lost.as_str(), TARO] {
            run(&ctx, &admin, FileKind::Members, &file(&place, "m.csv", MEMBERS, &[row])).await;
        }
        let outcome = imported(&ctx, &admin, both).await;
        assert_eq!((counts(&outcome), stale(&outcome)), ([2, 0, 0, 1, 1], 1));
        assert_eq!(outcome.preview.effects.accounts_opened, 0);
        let again = "8,2026-11-24 12:00:00,registered,101,1,00,taro3,taro3@example.jp,希望する";
        let outcome = imported(&ctx, &admin, file(&place, "2.csv", EVENTS, &[again])).await;
        assert_eq!(outcome.preview.effects.accounts_opened, 1);
    });
}

#[test]
fn a8_event_with_the_login_id_of_another_account_is_rejected() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        imported(&ctx, &admin, file(&place, "1.csv", EVENTS, &[TARO_REGISTERS])).await;
        let off = |seq: u32, login: &str| format!("{seq},2026-11-20 10:00:00,web_display_off,101,1,00,{login},,");
        let outcome = imported(&ctx, &admin, file(&place, "2.csv", EVENTS, &[&off(2, "jiro")])).await;
        assert_eq!((outcome.report.by_code.get(&RowCode::BadEvent), counts(&outcome)[1]), (Some(&1), 0));
        assert_eq!(outcome.preview.errors[0].column, "ログインID");
        let outcome = imported(&ctx, &admin, file(&place, "3.csv", EVENTS, &[&off(3, "taro"), &off(4, "")])).await;
        assert_eq!((outcome.report.by_code.get(&RowCode::BadEvent), outcome.report.rejected), (None, 0));
    });
}
