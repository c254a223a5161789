//! The first screen, on both engines: what waits, how old it is, the last four weeks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::people::{Person, employer, person, register, staff};
use crate::common::{on_each_engine, society};
use mykempo_console::domain::{CardState, Role, WebDisplay};
use mykempo_console::usecases::home::{Count, home};
use mykempo_console::usecases::requests::{self, IncomingCall};

#[test]
fn home_counts_what_waits_by_age_and_state() {
    on_each_engine(|place| async move {
        let (ctx, _) = society(&place).await;
        let sato = staff("sato", Role::Clerk);
        let empty = home(&ctx, &sato).await.unwrap();
        assert_eq!((empty.requests.count, empty.requests_by_age), (0, [0; 3]));
        assert!(empty.cards_by_state.is_empty() && empty.imports.is_empty());

        employer(&ctx).await;
        person(&ctx, Person::default()).await;
        register(&ctx, "260-1-00", WebDisplay::Wanted).await;
        requests::take_call(&ctx, &sato, &IncomingCall { body: "ログインできない".into(), ..IncomingCall::default() })
            .await
            .unwrap();

        let busy = home(&ctx, &sato).await.unwrap();
        assert_eq!(busy.requests, Count { count: 1, waited: 0 });
        assert_eq!(busy.requests_by_age, [1, 0, 0]);
        assert_eq!(busy.requests_by_week, [0, 0, 0, 1]);
        assert_eq!(busy.cards_by_state, [(CardState::Queued, 1)]);
        assert_eq!(busy.queued.count, 1);
    });
}
