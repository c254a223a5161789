//! A member is found by whatever a caller says, on both engines.

use crate::common::{Place, on_each_engine, society};
use mykempo_console::interchange::{FileKind, demo};
use mykempo_console::usecases::import::{Job, Mode, import};
use mykempo_console::usecases::members::{FoundMember, MatchKind, find};
use mykempo_console::usecases::{Actor, AppContext, requests, settings};
use std::sync::atomic::AtomicBool;

/// The demo society with its requests.
async fn demo_society(place: &Place) -> (AppContext, Actor) {
    let (ctx, admin) = society(place).await;
    settings::set(&ctx, &admin, "society.insurer", demo::INSURER).await.unwrap();
    let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
    for kind in [FileKind::Employers, FileKind::Members, FileKind::PortalEvents, FileKind::Requests] {
        let path = place.folder.path().join(format!("{}.csv", kind.code()));
        let mut bytes = Vec::new();
        demo::write(kind, demo::MEMBERS, &mut bytes).unwrap();
        std::fs::write(&path, bytes).unwrap();
        let (cancel, reason) = (AtomicBool::new(false), |_: &_| String::new());
        let (mode, path) = (Mode::Apply, &*path);
        let job = Job {
            kind,
            path,
            mode,
            expected: None,
            rejects: None,
            reason: &reason,
            progress: &|_| {},
            cancel: &cancel,
        };
        assert!(import(&ctx, &admin, &job).await.unwrap().applied);
    }
    (ctx, admin)
}

/// Whether a search finds this member, and why.
fn why(found: &[FoundMember], key: &str) -> Option<MatchKind> {
    found.iter().find(|found| found.member.key() == key).map(|found| found.why)
}

#[test]
fn members_are_found_by_whatever_a_caller_says() {
    on_each_engine(|place| async move {
        let (ctx, admin) = demo_society(&place).await;
        // イシカワ リコ, 1991-11-17
        let riko = find(&ctx, &admin, "イシカワ リコ", 10).await.unwrap();
        let riko = riko.first().unwrap().member.key();
        for (query, expected) in [
            ("いしかわ　りこ", MatchKind::Reading),
            ("リコ", MatchKind::Given),
            ("りこ 1991年", MatchKind::Given),
            ("イシガワ リコ", MatchKind::Similar),
            ("ishikawa riko", MatchKind::Romaji),
            ("石川莉子", MatchKind::Name),
            ("平成3年11月17日", MatchKind::Born),
            ("H3.11.17", MatchKind::Born),
            ("19911117", MatchKind::Born),
            ("イシカワ 平成3", MatchKind::Reading),
        ] {
            let found = find(&ctx, &admin, query, 200).await.unwrap();
            assert_eq!(why(&found, &riko), Some(expected), "{query}");
        }
        let (symbol, rest) = riko.split_once('-').unwrap();
        let (number, _) = rest.split_once('-').unwrap();
        for query in [format!("記号{symbol}番号{number}"), format!("{symbol}の{number}")] {
            assert_eq!(why(&find(&ctx, &admin, &query, 10).await.unwrap(), &riko), Some(MatchKind::Key), "{query}");
        }
        let all = find(&ctx, &admin, "イシカワ", 200).await.unwrap();
        let narrowed = find(&ctx, &admin, "イシカワ 平成3", 200).await.unwrap();
        assert!(
            narrowed.len() < all.len() && narrowed.iter().all(|it| it.member.born_on.to_string().as_str() >= "1991")
        );
    });
}

#[test]
fn requests_and_accounts_lead_to_their_members() {
    on_each_engine(|place| async move {
        let (ctx, admin) = demo_society(&place).await;
        let inbox = requests::list(&ctx, &admin, requests::Scope::Open).await.unwrap();
        let line = inbox.iter().find(|line| line.member.is_some()).unwrap();
        let key = line.member.clone().unwrap();
        let found = find(&ctx, &admin, &line.receipt, 10).await.unwrap();
        assert_eq!(why(&found, &key), Some(MatchKind::Receipt));
        let request = requests::show(&ctx, &admin, &line.receipt).await.unwrap();
        for phone in [request.phone.clone(), request.phone.replace('-', "")] {
            assert_eq!(why(&find(&ctx, &admin, &phone, 10).await.unwrap(), &key), Some(MatchKind::Phone), "{phone}");
        }
    });
}

#[test]
fn insured_members_come_before_those_who_left() {
    on_each_engine(|place| async move {
        let (ctx, admin) = demo_society(&place).await;
        let today = ctx.clock.today();
        for query in ["サ", "タカハシ", "高橋"] {
            let found = find(&ctx, &admin, query, 500).await.unwrap();
            let of_best = found.iter().filter(|it| it.why == found[0].why);
            let left: Vec<bool> = of_best.map(|it| it.member.lost_on.is_some_and(|day| day <= today)).collect();
            assert!(left.is_sorted(), "{query}");
        }
    });
}
