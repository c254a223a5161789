//! Rows that are accepted and deserve a look are shown and kept.

use super::{HANAKO, MEMBERS, TARO, counts, file, run, run_with, small};
use crate::common::on_each_engine;
use mykempo_console::interchange::{FileKind, RowWarning};
use mykempo_console::usecases::import::{ImportRefusal, Mode, history, kept};
use mykempo_console::usecases::{Error, Refusal};

#[test]
fn row_warnings_are_named_and_kept_with_their_import() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let gaiji = TARO.replace("髙橋", "\u{E000}橋");
        let path = file(&place, "gaiji.csv", MEMBERS, &[&gaiji]);
        let dry = run_with(&ctx, &admin, FileKind::Members, &path, Mode::DryRun, None).await.unwrap();
        let warned = &dry.preview.warnings[0];
        assert_eq!((warned.line, warned.key.as_str()), (2, "101-1-00"));
        assert_eq!(warned.warning, RowWarning::UnprintableName);
        assert_eq!(history(&ctx, &admin, 10).await.unwrap().len(), 2);
        let outcome = run(&ctx, &admin, FileKind::Members, &path).await;
        assert_eq!(counts(&outcome), [1, 0, 1, 0, 0]);
        let id = history(&ctx, &admin, 10).await.unwrap()[0].id;
        let kept_one = kept(&ctx, &admin, id).await.unwrap();
        assert_eq!(kept_one.run.file, "gaiji.csv");
        let notes: Vec<_> = kept_one.notes.iter().map(|it| (it.line, it.key.as_str(), it.code.as_str())).collect();
        assert_eq!(notes, [(2, "101-1-00", "name_changed"), (2, "101-1-00", "unprintable_name")]);
        let nothing = kept(&ctx, &admin, 99).await;
        assert!(matches!(nothing, Err(Error::Refused(Refusal::Import(ImportRefusal::Unknown(99))))));
    });
}

#[test]
fn a_thousand_row_warnings_are_kept_and_all_counted() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let rows: Vec<String> = (100..1_200)
            .map(|number| TARO.replace("髙橋", "\u{E000}橋").replace("101,0001,00", &format!("101,{number},00")))
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let outcome = run(&ctx, &admin, FileKind::Members, &file(&place, "m.csv", MEMBERS, &rows)).await;
        assert_eq!(outcome.report.warnings[&RowWarning::UnprintableName], 1_100);
        let id = history(&ctx, &admin, 10).await.unwrap()[0].id;
        assert_eq!(kept(&ctx, &admin, id).await.unwrap().notes.len(), 1_000);
    });
}

#[test]
fn a12_a_family_that_outlasts_its_insured_is_warned_of() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let ends = |row: &str, day: &str| row.replace("H20.4.1,,,", &format!("H20.4.1,{day},退職,"));
        let warned = async |name, rows: &[&str]| {
            let path = file(&place, name, MEMBERS, rows);
            let dry = run_with(&ctx, &admin, FileKind::Members, &path, Mode::DryRun, None).await.unwrap();
            dry.preview.warnings.iter().map(|it| (it.line, it.key.clone(), it.warning)).collect::<Vec<_>>()
        };
        let (lost, before) = (ends(TARO, "20261120"), ends(HANAKO, "20261031"));
        let expected = vec![(2, "101-1-00".to_owned(), RowWarning::FamilyAfterInsured)];
        assert_eq!(warned("alone.csv", &[&lost]).await, expected, "the wife is not in the file");
        assert_eq!(warned("goes-on.csv", &[&lost, HANAKO]).await, expected);
        assert_eq!(warned("whole.csv", &[&lost, &before]).await, [], "she is lost, too");
    });
}
