//! Choose a file; apply what was checked.

use super::report::Checked;
use super::requests::{self, ImportJob, RejectsRequest};
use crate::labels::files;
use crate::tui::context::Context;
use crate::tui::layers::{Choice, Confirm, Pick};
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, StatusTone};
use crate::usecases::import::FileKind;
use crate::usecases::import::Mode;

/// First the kind; the file is chosen on the screen.
pub(super) fn choose(cx: &Context) -> Vec<KeyAction> {
    let (labels, words) = (cx.labels, &cx.labels.import);
    let choices = FileKind::ALL.iter().zip('a'..).map(|(kind, letter)| Choice {
        letter,
        text: files::kind(labels.lang, *kind).to_owned(),
        then: vec![KeyAction::Visit(ScreenRoute::Import(*kind))],
    });
    vec![KeyAction::dialog(Pick::new(words.kind_title, choices.collect()))]
}

/// The rejected rows to a file, before anything is imported; of a refused file, too.
pub(super) fn write_rejects(checked: &Checked, cx: &Context) -> Vec<KeyAction> {
    if checked.has_unwritten_rejects() {
        return vec![again(checked, Mode::DryRun, RejectsRequest::Written)];
    }
    match checked.rejects_at() {
        Some(path) => {
            let path = path.display().to_string();
            vec![KeyAction::Say(StatusTone::Quiet, cx.labels.import.written_at(checked.done.report.rejected, &path))]
        }
        None => Vec::new(),
    }
}

/// The file that was checked once more; if it has changed since, that is refused.
fn again(checked: &Checked, mode: Mode, rejects: RejectsRequest) -> KeyAction {
    let ImportJob { kind, path, .. } = checked.job.clone();
    requests::run(ImportJob { kind, path, mode, checked: Some(checked.done.sha256.clone()), rejects })
}

/// What the import will do, in words; then it is done.
pub(super) fn apply(checked: &Checked, cx: &Context) -> Vec<KeyAction> {
    let (labels, words) = (cx.labels, &cx.labels.import);
    let report = &checked.done.report;
    if !checked.may_be_applied() {
        return Vec::new();
    }
    if report.added + report.changed == 0 {
        return vec![KeyAction::Say(StatusTone::Quiet, words.nothing_new.to_owned())];
    }
    let kind = files::kind(labels.lang, checked.job.kind);
    let rejects = match checked.rejects_at() {
        Some(path) => RejectsRequest::At(path.to_owned()),
        None => RejectsRequest::Written,
    };
    let rejected = checked.has_unwritten_rejects().then(|| words.apply_rejects(report.rejected));
    let then = again(checked, Mode::Apply, rejects);
    let effects = &checked.done.preview.effects;
    let (cancelled, to_pull) = (effects.cards_cancelled, effects.cards_to_pull);
    let ends = [
        (effects.accounts_closed > 0).then(|| words.apply_closes(effects.accounts_closed)),
        (cancelled + to_pull > 0).then(|| words.apply_cards(cancelled, to_pull)),
    ];
    let ends: Vec<String> = ends.into_iter().flatten().collect();
    let no_way_back = (!ends.is_empty()).then(|| words.no_way_back.to_owned());
    let ends: String = ends.into_iter().chain(no_way_back).collect::<Vec<_>>().join(labels.lang.pick("", " "));
    let question = Confirm::new(words.apply_title, words.apply_yes, vec![then])
        .saying(std::iter::once(words.apply_text(kind, report.added, report.changed)).chain(rejected))
        .warning((!ends.is_empty()).then_some(ends));
    vec![KeyAction::dialog(question)]
}
