//! 取込: choose a file, see what it would do, then do it.

mod choose;
mod dialogs;
mod follows;
mod path;
mod report;
pub(crate) mod requests;
mod rows;
mod runs;

use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, When, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{BACK_TAB, LEFT, RIGHT, TAB};
use crate::tui::progress::WorkProgress;
use crate::tui::request::Message;
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{AnyList, ListView};
use crate::tui::widgets::{InputField, progress_bar};
use crate::usecases::import::FileKind;
use crate::usecases::import::{ImportRun, Mode, Outcome};
pub(crate) use choose::CHOOSING;
use choose::Choose;
use ratatui::layout::Rect;
use report::Checked;
use requests::{ImportJob, ImportMsg, ListImports, RejectsRequest};

/// The keys of the list of imports.
pub(crate) const RUNS: &[Binding] = bindings![ChooseFile, Filter; list];

/// The keys of a checked file.
pub(crate) const CHECKED: &[Binding] = bindings![
    Apply, NextPage.on(&[TAB, RIGHT]), PreviousPage.on(&[BACK_TAB, LEFT]), FilterCode, WriteRejects, ChooseFile; list
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
    runs: ListView<ImportRun>,
    /// Of the file that was chosen last.
    folder: String,
    front: Front,
}

impl Default for ImportScreen {
    fn default() -> Self {
        Self { runs: ListView::default(), folder: String::new(), front: Front::Runs }
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
            _ => nothing(),
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

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        match self.front {
            Front::Runs => Some(&mut self.runs),
            Front::Choosing(_) | Front::Reading(_) | Front::Checked(_) => None,
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
            ImportMsg::Runs(reply) => common::loaded(&mut self.runs, reply, cx),
            ImportMsg::Files { beginning, reply } => match &mut self.front {
                Front::Choosing(choose) => choose.listed(&beginning, reply, cx),
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
            Front::Runs => runs::draw(canvas, area, &self.runs),
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
