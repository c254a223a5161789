//! What leaves the house: with a sender, and without the samples of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{PEOPLE, cast, register, sql};
use crate::common::on_each_engine;
use crate::common::paper::pages;
use mykempo_console::usecases::batches::{self, ExportOptions};
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::{Error, Refusal, settings};
use std::ops::ControlFlow;

#[test]
fn an_export_without_a_sender_is_refused_and_leaves_nothing() {
    on_each_engine(|place| async move {
        let mut cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        register(&cast, &["260 1"]).await;
        sql(&cast.ctx, "DELETE FROM setting WHERE key IN ('society.postcode', 'society.phone')").await;
        cast.ctx.refresh().await.unwrap();
        let number = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
        batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
        let export = || {
            let go = |_| ControlFlow::Continue(());
            batches::export(&cast.ctx, &cast.clerk, &number, ExportOptions::default(), go)
        };
        let Err(Error::Refused(Refusal::NoSender(keys))) = export().await else { panic!("exported without a sender") };
        assert_eq!(keys, ["society.postcode", "society.phone"]);
        assert!(!place.folder.path().join("exports").join(number.as_str()).exists());
    });
}

#[test]
fn b2_a_preview_is_marked_and_removed_by_the_export() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        register(&cast, &["260 1"]).await;
        let number = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let samples = batches::preview(&cast.ctx, &cast.clerk, &number).await.unwrap();
        for sample in samples.iter().filter(|file| file.extension().is_some_and(|kind| kind == "pdf")) {
            let Some(pages) = pages(sample, None) else { continue };
            assert!(pages.iter().all(|page| page.contains('見') && page.contains('本')), "{}", sample.display());
        }
        batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
        let go = |_| ControlFlow::Continue(());
        let exported = batches::export(&cast.ctx, &cast.clerk, &number, ExportOptions::default(), go).await.unwrap();
        assert!(samples.iter().all(|file| !file.exists()), "a sample lies beside the real thing");
        assert!(exported.files.iter().all(|file| file.exists()));
    });
}

#[test]
fn a_template_and_a_printer_are_tried_before_they_are_set() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let missing = settings::set(&cast.ctx, &cast.admin, "print.template", "/nowhere.toml").await;
        assert!(matches!(missing, Err(Error::Refused(Refusal::File { .. }))), "{missing:?}");
        let unknown = settings::set(&cast.ctx, &cast.admin, "print.printer", "honkan").await;
        assert!(matches!(unknown, Err(Error::Refused(Refusal::SettingValue { key: "print.printer", .. }))));
        settings::set(&cast.ctx, &cast.admin, "print.printer", "").await.unwrap();
    });
}
