//! 取込: choose a file, see what it would do, then do it.

mod choose;
mod dialogs;
mod follows;
mod path;
mod report;
pub(crate) mod requests;
mod rows;

use crate::interchange::FileKind;
use crate::labels::files;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, When, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{BACK_TAB, LEFT, RIGHT, TAB};
use crate::tui::progress::WorkProgress;
use crate::tui::request::Message;
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Load, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::table::{self, Selection, TableColumn};
use crate::tui::widgets::{Focus, InputField, progress_bar};
use crate::usecases::import::{ImportRun, Mode, Outcome};
pub(crate) use choose::CHOOSING;
use choose::Choose;
use ratatui::layout::Rect;
use report::Checked;
use requests::{ImportJob, ImportMsg, ListImports, RejectsRequest};

/// The keys of the list of imports.
pub(crate) const RUNS: &[Binding] = bindings![ChooseFile, Up, Down, PageUp, PageDown, First, Last, Back];

/// The keys of a checked file.
pub(crate) const CHECKED: &[Binding] = bindings![
    Apply,
    NextPage.on(&[TAB, RIGHT]),
    PreviousPage.on(&[BACK_TAB, LEFT]),
    FilterCode,
    WriteRejects,
    ChooseFile,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Back
];

/// The keys while a file is read.
pub(crate) const READING: &[Binding] = bindings![Stop, Back];

/// What is in front.
enum Front {
    Runs,
    Choosing(Box<Choose>),
    Reading(Option<WorkProgress>),
    Checked(Box<Checked>),
}

/// Imports so far, and the one at hand.
pub(crate) struct ImportScreen {
    runs: Load<Vec<ImportRun>>,
    at: Selection,
    /// Of the file that was chosen last.
    folder: String,
    front: Front,
}

impl Default for ImportScreen {
    fn default() -> Self {
        Self { runs: Load::Idle, at: Selection::default(), folder: String::new(), front: Front::Runs }
    }
}

impl ImportScreen {
    fn load(&mut self) -> Vec<KeyAction> {
        self.runs.wait();
        vec![KeyAction::request(ListImports, ImportMsg::Runs)]
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match (&mut self.front, command) {
            (Front::Choosing(choose), Command::Reload) => choose.ask(),
            (_, Command::Reload) => self.load(),
            (Front::Runs, Command::Back) | (Front::Reading(_), Command::Back) => vec![KeyAction::Leave],
            (Front::Checked(_) | Front::Choosing(_), Command::Back) => {
                self.front = Front::Runs;
                self.load()
            }
            (Front::Choosing(choose), other) => choose.command(other, cx),
            (Front::Runs | Front::Checked(_), Command::ChooseFile) => dialogs::choose(cx),
            (Front::Reading(progress), Command::Stop) => {
                progress.iter().map(|progress| KeyAction::Stop(progress.job.clone())).collect()
            }
            (Front::Checked(checked), Command::Apply) => dialogs::apply(checked, cx),
            (Front::Checked(checked), Command::WriteRejects) => dialogs::write_rejects(checked, cx),
            (Front::Checked(checked), other) => {
                checked.moved(other);
                nothing()
            }
            (_, other) => {
                self.at.moved(other, self.runs.ready().map_or(0, Vec::len));
                nothing()
            }
        }
    }

    /// A file of this kind is to be chosen.
    fn choose(&mut self, kind: FileKind) -> Vec<KeyAction> {
        let mut choose = Choose::new(kind, &self.folder);
        let asked = choose.ask();
        self.front = Front::Choosing(Box::new(choose));
        asked
    }

    /// A file was read: what it did, or would do, comes to the front.
    fn imported(&mut self, job: ImportJob, done: Box<Outcome>, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.import;
        let path = job.path.to_string_lossy();
        self.folder = path.rfind('/').map_or_else(String::new, |at| path[..=at].to_owned());
        let written = done.rejects.as_ref().filter(|_| job.rejects == RejectsRequest::Written);
        let text = match (job.mode, written) {
            (Mode::Apply, _) if done.applied => Some(words.done(done.report.added, done.report.changed)),
            (Mode::DryRun, Some(at)) => Some(words.written_at(done.report.rejected, &at.display().to_string())),
            (Mode::Apply | Mode::DryRun, _) => None,
        };
        self.front = Front::Checked(Box::new(Checked::new(job, done)));
        text.map(|text| KeyAction::Say(StatusTone::Good, text)).into_iter().collect()
    }

    fn draw_runs(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.import;
        let Some(runs) = common::ready(canvas, area, &self.runs) else { return };
        if runs.is_empty() {
            return common::draw_empty(canvas, area, words.empty, words.empty_next);
        }
        let columns = [
            TableColumn::cells(words.when, 11),
            TableColumn::cells(words.kind, 13),
            TableColumn::rest(words.file),
            TableColumn::number(words.added, 6),
            TableColumn::number(words.changed, 7),
            TableColumn::number(words.rejected, 8),
            TableColumn::cells(words.who, 8),
        ];
        table::draw(canvas, area, &columns, (&self.at, runs.len(), Focus::Here), |index| {
            let run = &runs[index];
            let kind = run.kind.parse::<FileKind>().map_or(run.kind.as_str(), |kind| files::kind(labels.lang, kind));
            let rejected = if run.rejected > 0 { theme.attention } else { theme.text };
            vec![
                (common::minute(run.at), theme.text),
                (kind.to_owned(), theme.text),
                (run.file.clone(), theme.quiet),
                (common::count(run.added), theme.text),
                (common::count(run.changed), theme.text),
                (common::count(run.rejected), rejected),
                (run.staff.clone(), theme.quiet),
            ]
        });
    }
}

impl Screen for ImportScreen {
    fn bindings(&self) -> &'static [Binding] {
        match self.front {
            Front::Runs => RUNS,
            Front::Choosing(_) => CHOOSING,
            Front::Reading(_) => READING,
            Front::Checked(_) => CHECKED,
        }
    }

    fn field(&mut self) -> Option<&mut InputField> {
        match &mut self.front {
            Front::Choosing(choose) => Some(&mut choose.field),
            Front::Runs | Front::Reading(_) | Front::Checked(_) => None,
        }
    }

    fn meets(&self, condition: When) -> bool {
        match (&self.front, condition) {
            (Front::Checked(checked), When::RowsRejected) => checked.has_rejected(),
            (Front::Checked(checked), When::RejectsUnwritten) => checked.has_unwritten_rejects(),
            (Front::Checked(checked), When::FileToApply) => checked.may_be_applied(),
            (Front::Checked(checked), When::NothingToApply) => !checked.may_be_applied(),
            _ => true,
        }
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Shown => self.load(),
            ScreenEvent::Command(command) => self.command(command, cx),
            ScreenEvent::Edited => match &mut self.front {
                Front::Choosing(choose) => choose.ask(),
                Front::Runs | Front::Reading(_) | Front::Checked(_) => nothing(),
            },
            ScreenEvent::Visit(ScreenRoute::Import(kind)) => self.choose(kind),
            ScreenEvent::Progress(progress) => {
                self.front = Front::Reading(Some(progress));
                nothing()
            }
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        let Some(message) = message.read() else { return nothing() };
        match message {
            ImportMsg::Runs(Ok(runs)) => {
                self.runs = Load::Ready(runs);
                nothing()
            }
            ImportMsg::Runs(Err(refusal)) => self.runs.fail(&refusal),
            ImportMsg::Files { beginning, reply } => match &mut self.front {
                Front::Choosing(choose) => choose.listed(&beginning, reply),
                Front::Runs | Front::Reading(_) | Front::Checked(_) => nothing(),
            },
            ImportMsg::Imported { job, reply: Ok(done) } => self.imported(job, done, cx),
            ImportMsg::Imported { reply: Err(_), .. } => {
                if matches!(self.front, Front::Reading(_)) {
                    self.front = Front::Runs;
                }
                nothing()
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.front {
            Front::Runs => self.draw_runs(canvas, area),
            Front::Choosing(choose) => choose.draw(canvas, area),
            Front::Reading(progress) => draw_reading(canvas, area, progress.as_ref()),
            Front::Checked(checked) => checked.draw(canvas, area),
        }
    }
}

fn draw_reading(canvas: &mut Canvas<'_, '_>, area: Rect, progress: Option<&WorkProgress>) {
    let (words, theme) = (&canvas.cx.labels.import, canvas.cx.theme);
    let y = area.y + 4;
    canvas.text(area.x + 4, y, 20, words.reading, theme.text);
    if let Some((part, total)) = progress.and_then(|p| p.slowest().map(|part| (part, p.total))) {
        progress_bar::bar(canvas, (area.x + 16, y, 40), part.done, total, theme.moving);
        let percent = part.done * 100 / total.max(1);
        canvas.text(area.x + 58, y, 10, &format!("{percent}%"), theme.text);
    }
    canvas.text(area.x + 4, y + 2, area.width - 8, words.safe, theme.quiet);
}
