//! 連携データの配信: what the portal has not been given, to a folder or a program; nothing twice, and resumed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, cast, recorded, sql};
use crate::common::{on_each_engine, refusal};
use mykempo_console::domain::Role;
use mykempo_console::usecases::delivery::{Delivered, deliver};
use mykempo_console::usecases::refusal::DeliveryRefusal;
use mykempo_console::usecases::{
    Actor, AppContext, AuditEvent, AuditFilter, Error, Refusal, audit_export, feed, settings,
};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// One instruction behind those that there are.
async fn append(ctx: &AppContext) {
    sql(
        ctx,
        "INSERT INTO feed (seq, at, operation, symbol, number, branch, valid_from, must_change)
         SELECT COALESCE(MAX(seq), 0) + 1, '2026-11-24T01:42:00.000000+00:00', 'close', '300', '1', '00', '2026-11-24', FALSE
         FROM feed",
    )
    .await;
}

async fn to(people: &mut Cast, place: &str) {
    settings::set(&people.ctx, &people.admin, "feed.deliver", place).await.unwrap();
    people.ctx.refresh().await.unwrap();
}

fn folder(of: &Path, mode: u32) -> String {
    let out = of.join("out");
    std::fs::create_dir_all(&out).unwrap();
    std::fs::set_permissions(&out, std::fs::Permissions::from_mode(mode)).unwrap();
    format!("folder:{}", out.display())
}

fn portal() -> Actor {
    Actor { id: "portal".into(), name: "portal".into(), role: Role::MachineFeed }
}

async fn given(people: &Cast) -> Vec<(i64, i64, usize)> {
    let numbers = |it: &Delivered| (it.after, it.last, it.rows);
    deliver(&people.ctx, &portal()).await.unwrap().iter().map(numbers).collect()
}

fn names(of: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(of.join("out")).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn refused(result: Result<Vec<Delivered>, Error>) -> DeliveryRefusal {
    match refusal(result) {
        Refusal::Delivery(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_instruction_is_delivered_once_to_a_folder() {
    on_each_engine(|place| async move {
        let mut people = cast(&place).await;
        assert_eq!(refused(deliver(&people.ctx, &portal()).await), DeliveryRefusal::NoPlace);
        to(&mut people, &folder(place.folder.path(), 0o750)).await;
        assert_eq!(given(&people).await, [], "nothing to do is done");
        append(&people.ctx).await;
        append(&people.ctx).await;
        assert_eq!(given(&people).await, [(0, 2, 2)]);
        assert_eq!(given(&people).await, []);
        // Taken away by the portal, and acknowledged by another way.
        let first = place.folder.path().join("out/feed-1-0-2.csv");
        assert_eq!(first.metadata().unwrap().permissions().mode() & 0o777, 0o640, "the group of the folder reads it");
        let part = feed::after(&people.ctx, &people.supervisor, 0).await.unwrap();
        assert_eq!(std::fs::read(&first).unwrap(), feed::write(Vec::new(), &part.rows).unwrap());
        std::fs::remove_file(first).unwrap();
        append(&people.ctx).await;
        append(&people.ctx).await;
        feed::acknowledge(&people.ctx, &people.supervisor, 3).await.unwrap();
        assert_eq!(given(&people).await, [(3, 4, 1)]);
        assert_eq!(names(place.folder.path()), ["feed-1-3-4.csv"]);
        let entries = audit_export(&people.ctx, &people.admin, &AuditFilter::default()).await.unwrap();
        let told = entries.iter().filter(|it| matches!(recorded(it), AuditEvent::FeedDelivered { .. })).count();
        assert_eq!(told, 2);
    });
}

#[test]
fn a_broken_delivery_is_done_again_before_anything_newer() {
    on_each_engine(|place| async move {
        let mut people = cast(&place).await;
        to(&mut people, &folder(place.folder.path(), 0o700)).await;
        append(&people.ctx).await;
        append(&people.ctx).await;
        // Killed after the file had its name, and before that was noted.
        assert_eq!(given(&people).await, [(0, 2, 2)]);
        sql(&people.ctx, "UPDATE portal SET delivered = 0").await;
        append(&people.ctx).await;
        assert_eq!(given(&people).await, [(0, 2, 2), (2, 3, 1)]);
        assert_eq!(names(place.folder.path()), ["feed-1-0-2.csv", "feed-1-2-3.csv"]);
    });
}

#[test]
fn a_program_takes_the_feed_or_gets_it_again() {
    on_each_engine(|place| async move {
        let mut people = cast(&place).await;
        let (program, taken) = (place.folder.path().join("send"), place.folder.path().join("taken"));
        let script =
            |end: &str| format!("#!/bin/sh\n[ -z \"$MYKEMPO_PASSWORD\" ] && cat >> \"$1/$FEED_NAME\"\n{end}\n");
        let write = |end: &str| {
            std::fs::write(&program, script(end)).unwrap();
            std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        };
        write("exit 3");
        std::fs::create_dir(&taken).unwrap();
        to(&mut people, &format!("command:{} {}", program.display(), taken.display())).await;
        append(&people.ctx).await;
        let not_taken = DeliveryRefusal::NotTaken { path: program.clone(), exit: Some(3) };
        assert_eq!(refused(deliver(&people.ctx, &portal()).await), not_taken);
        std::fs::remove_file(taken.join("feed-1-0-1.csv")).unwrap();
        write("exit 0");
        assert_eq!(given(&people).await, [(0, 1, 1)]);
        let part = feed::after(&people.ctx, &people.supervisor, 0).await.unwrap();
        assert_eq!(std::fs::read(taken.join("feed-1-0-1.csv")).unwrap(), feed::write(Vec::new(), &part.rows).unwrap());
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o722)).unwrap();
        append(&people.ctx).await;
        assert!(matches!(refused(deliver(&people.ctx, &portal()).await), DeliveryRefusal::Open { .. }));
    });
}

#[test]
fn a_folder_that_others_enter_gets_no_feed() {
    on_each_engine(|place| async move {
        let mut people = cast(&place).await;
        to(&mut people, &folder(place.folder.path(), 0o755)).await;
        append(&people.ctx).await;
        assert!(matches!(refused(deliver(&people.ctx, &portal()).await), DeliveryRefusal::Open { mode: 0o755, .. }));
        assert_eq!(names(place.folder.path()), [""; 0]);
        assert!(matches!(refusal(deliver(&people.ctx, &people.clerk).await), Refusal::Role { .. }));
    });
}
