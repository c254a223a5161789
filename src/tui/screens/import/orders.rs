//! Choose a file; apply what was checked.

use super::order;
use super::report::Checked;
use crate::interchange::FileKind;
use crate::labels::files;
use crate::tui::context::Context;
use crate::tui::layers::{Choice, Confirm, Form, Pick, Row};
use crate::tui::screen::{Action, Tone};
use crate::usecases::import::Mode;
use std::path::PathBuf;

/// First the kind, then the path.
pub(super) fn choose(cx: &Context) -> Vec<Action> {
    let (labels, words) = (cx.labels, &cx.labels.import);
    let choices = FileKind::ALL.iter().zip('a'..).map(|(kind, letter)| {
        let name = files::kind(labels.lang, *kind);
        let row = Row::text(words.path).required();
        let form = Form::new((words.path_title)(name), vec![row], move |texts| {
            let path = texts.into_iter().next().unwrap_or_default();
            vec![order(*kind, PathBuf::from(unquoted(&path)), Mode::DryRun)]
        });
        let then = vec![Action::Form(form.saying([words.path_text.to_owned()]))];
        Choice { letter, text: name.to_owned(), then }
    });
    vec![Action::Pick(Pick::new(words.kind_title, choices.collect()))]
}

/// A path as a file manager or a shell gives it to be pasted.
fn unquoted(path: &str) -> String {
    let path = path.trim();
    let inner = path.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let inner = inner.or_else(|| path.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')));
    let path = inner.unwrap_or(path);
    match (path.strip_prefix("~/"), std::env::var("HOME")) {
        (Some(rest), Ok(home)) => format!("{home}/{rest}"),
        _ => path.to_owned(),
    }
}

/// What the import will do, in words; then it is done.
pub(super) fn apply(checked: &Checked, cx: &Context) -> Vec<Action> {
    let (labels, words) = (cx.labels, &cx.labels.import);
    let report = &checked.done.report;
    if !checked.may_be_applied() {
        return Vec::new();
    }
    if report.added + report.changed == 0 {
        return vec![Action::Say(Tone::Quiet, words.nothing_new.to_owned())];
    }
    let kind = files::kind(labels.lang, checked.job.kind);
    let then = order(checked.job.kind, checked.job.path.clone(), Mode::Apply);
    let rejects = checked.job.rejects();
    let rejected =
        (report.rejected > 0).then(|| (words.apply_rejects)(report.rejected, &rejects.display().to_string()));
    let effects = &checked.done.preview.effects;
    let closes =
        (effects.accounts_closed > 0).then(|| (words.apply_closes)(effects.accounts_closed, effects.cards_cancelled));
    let question = Confirm::new(words.apply_title, words.apply_yes, vec![then])
        .saying(std::iter::once((words.apply_text)(kind, report.added, report.changed)).chain(rejected))
        .warning(closes);
    vec![Action::Confirm(question)]
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn a_pasted_path_may_stand_in_quotes() {
        assert_eq!(unquoted(" '/srv/in/加入者 11月.csv' "), "/srv/in/加入者 11月.csv");
        assert_eq!(unquoted("\"a.csv\""), "a.csv");
        assert_eq!(unquoted("a'b.csv"), "a'b.csv");
    }
}
