//! Several terminals at one database: what one does, the others see and are told of.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::fixtures::{PEOPLE, cast, key, register, sql};
use common::on_each_engine;
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::{batches, members, news};

#[test]
fn a_terminal_hears_of_changes_but_not_of_looks() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        sql(&cast.office, PEOPLE).await;
        register(&cast, &["260 1"]).await;
        let first = news::since(&cast.office, &cast.clerk, None).await.unwrap();
        assert!(first.changed && first.head > 0);
        let again = news::since(&cast.office, &cast.clerk, Some(first.head)).await.unwrap();
        assert_eq!((again.head, again.changed), (first.head, false));
        members::show(&cast.office, &cast.supervisor, &key("260 1")).await.unwrap();
        let looked = news::since(&cast.office, &cast.clerk, Some(first.head)).await.unwrap();
        assert_eq!((looked.head, looked.changed), (first.head + 1, false));
        batches::draft(&cast.office, &cast.supervisor, &QueueFilter::default(), None).await.unwrap();
        assert!(news::since(&cast.office, &cast.clerk, Some(looked.head)).await.unwrap().changed);
    });
}
