//! バッチ: the list, and one batch with its steps.

mod dialogs;
mod dispatch;
mod employers;
mod export;
mod incident;
mod list;
pub(crate) mod packing;
mod progress;
mod receipts;
pub(crate) mod requests;
mod returned;
mod review;
mod rows;
mod steps;
mod view;

use crate::domain::{BatchNumber, BatchState, BatchStep};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, When, bindings};
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::Notice;
use crate::tui::progress::{LongTask, WorkProgress};
use crate::tui::request::Message;
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::{common, take_incident};
use crate::tui::widgets::list_view::{AnyList, ListView};
use crate::usecases::batches::{Approver, BatchLine};
use dispatch::Leaving;
use employers::EmployersPage;
pub(crate) use employers::{EMPLOYER, EMPLOYERS};
use packing::PackingDialog;
use ratatui::layout::Rect;
use receipts::Receipts;
use requests::{BatchesMsg, Dispatch, ListBatches};
use std::collections::BTreeMap;
use view::BatchPane;

/// The keys of the list.
pub(crate) const LIST: &[Binding] = bindings![Open, MissingReceipts, Returned, Filter; list];

/// The keys of one batch.
pub(crate) const VIEW: &[Binding] = bindings![
    Preview, Approve, SendBack, Export, Printed, Remake, MakeLetters, Scan, Dispatch, CancelBatch, Hold.hidden(), CancelCard.hidden(), NextPage.hidden(),
    Open.hidden(), Tracking.hidden(), Returned.hidden(), Comment.spare(), Filter; list
];

/// The keys of a batch that has left the house.
pub(crate) const SENT: &[Binding] = bindings![Receipt, Returned, NextPage, Tracking.spare(), NewIncident.spare(), MissingReceipts.hidden(), Open.hidden(), Comment.hidden(), Filter; list];

/// The keys of the missing receipts.
pub(crate) const RECEIPTS: &[Binding] = bindings![Open, Receipt, Scan, NewIncident, Filter; list];

/// The keys while an export is under way.
pub(crate) const EXPORTING: &[Binding] = bindings![Stop, Back];

/// List, view and the follow-up list, from which a view is opened, too.
#[derive(Default)]
pub(crate) struct BatchesScreen {
    lines: ListView<BatchLine>,
    view: Option<Box<BatchPane>>,
    receipts: Option<Receipts>,
    /// In front of all others.
    employers: Option<EmployersPage>,
    /// Exports under way, whichever batch is open.
    exports: BTreeMap<BatchNumber, WorkProgress>,
}

impl BatchesScreen {
    /// How far the export of the open batch is.
    fn progress(&self) -> Option<&WorkProgress> {
        self.exports.get(&self.view.as_ref()?.number)
    }

    fn load(&mut self) -> Vec<KeyAction> {
        self.lines.wait();
        let view = self.view.as_ref().map(|view| view.load());
        let receipts = self.receipts.as_mut().map(Receipts::load);
        std::iter::once(KeyAction::request(ListBatches, BatchesMsg::Listed)).chain(view).chain(receipts).collect()
    }

    /// Something was changed, or was about to be: says so, and reads everything again.
    fn done(&mut self, text: Vec<KeyAction>) -> Vec<KeyAction> {
        text.into_iter().chain(self.load()).collect()
    }

    /// The batch in front, where it is this one.
    fn open(&mut self, number: &BatchNumber) -> Option<&mut BatchPane> {
        self.view.as_deref_mut().filter(|view| view.number == *number)
    }

    fn show(&mut self, number: BatchNumber) -> Vec<KeyAction> {
        vec![self.view.insert(Box::new(BatchPane::new(number))).load()]
    }

    fn leaving<'a>(&self, number: &'a BatchNumber) -> Leaving<'a> {
        let view = self.view.as_ref().filter(|view| view.number == *number).and_then(|view| view.loaded.ready());
        let days = view.and_then(|view| view.batch.planned_on).map_or(Days::Past, Days::Since);
        Leaving {
            number,
            days,
            most: view.map_or(0, |view| dialogs::last_place(view)),
            live: view.map_or(0, |view| dialogs::live(view)),
        }
    }

    fn show_employers(&mut self) -> Vec<KeyAction> {
        vec![self.employers.insert(EmployersPage::default()).load()]
    }

    /// A command of the page of employers.
    fn employers_command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let Some(page) = &mut self.employers else { return nothing() };
        match command {
            Command::Back if page.close_record() => nothing(),
            Command::Back => {
                self.employers = None;
                std::iter::once(KeyAction::Leave).chain(self.load()).collect()
            }
            Command::Reload => page.load_all(),
            other => page.command(other, cx),
        }
    }

    fn follow_up(&mut self) -> Vec<KeyAction> {
        self.view = None;
        self.receipts = Some(Receipts::default());
        self.load()
    }

    /// A command of the follow-up list.
    fn receipts_command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let Some(receipts) = &mut self.receipts else { return nothing() };
        match command {
            Command::Back => {
                self.receipts = None;
                self.load()
            }
            Command::Open => receipts.batch().map_or_else(nothing, |number| self.show(number)),
            Command::Receipt => receipts.came(cx),
            Command::Tracking => receipts.selected().map_or_else(nothing, |bundle| receipts::track(bundle, cx)),
            Command::Scan => receipts::scan(cx),
            Command::NewIncident => receipts.selected().map_or_else(nothing, |bundle| incident::of_parcel(bundle, cx)),
            _ => nothing(),
        }
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        if self.employers.is_some() {
            return self.employers_command(command, cx);
        }
        if self.view.is_none() && self.receipts.is_some() && command != Command::Reload {
            return self.receipts_command(command, cx);
        }
        match (&mut self.view, command) {
            (_, Command::Reload) => self.load(),
            (view, Command::Returned) => returned::ask(view.as_ref().map(|view| view.number.clone()), cx),
            (_, Command::MissingReceipts) => self.follow_up(),
            (None, Command::Back) => vec![KeyAction::Leave],
            (Some(_), Command::Back) => {
                self.view = None;
                self.load()
            }
            (None, Command::Open) => {
                let line = self.lines.selected().map(|line| line.batch.number.clone());
                line.map_or_else(nothing, |number| self.show(number))
            }
            (None, _) => nothing(),
            (Some(view), Command::Stop) => vec![KeyAction::Stop(LongTask::Export(view.number.clone()))],
            (Some(view), command) => view.command(command, cx),
        }
    }
}

impl Screen for BatchesScreen {
    fn bindings(&self) -> &'static [Binding] {
        match &self.view {
            _ if self.employers.as_ref().is_some_and(EmployersPage::is_opened) => EMPLOYER,
            _ if self.employers.is_some() => EMPLOYERS,
            None if self.receipts.is_some() => RECEIPTS,
            None => LIST,
            Some(_) if self.progress().is_some() => EXPORTING,
            Some(view) if view.is_sent() => SENT,
            Some(_) => VIEW,
        }
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        if let Some(page) = &mut self.employers {
            return page.list();
        }
        match (&mut self.view, &mut self.receipts) {
            (Some(view), _) => Some(view.list()),
            (None, Some(receipts)) => Some(&mut receipts.missing),
            (None, None) => Some(&mut self.lines),
        }
    }

    fn meets(&self, condition: When) -> bool {
        let Some(pane) = &self.view else { return true };
        // What a batch can do is not known while it is read.
        let Some(view) = pane.loaded.ready() else { return condition == When::Always };
        match condition {
            When::BatchStep(BatchStep::Approve) if view.approver == Approver::DraftedIt => false,
            // B17: first it is answered.
            When::BatchStep(BatchStep::Approve) if view.sent_back.is_some() => false,
            When::BatchStep(step) => view.next.contains(&step),
            When::NoPasswordsYet => matches!(view.batch.state(), BatchState::Draft | BatchState::Approved),
            When::OnPaper => matches!(view.batch.state(), BatchState::Exported | BatchState::Printed),
            When::InHand => view.batch.state() == BatchState::Printed,
            _ => true,
        }
    }

    fn chosen(&mut self) {
        self.employers = None;
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Shown | ScreenEvent::Changed | ScreenEvent::Refused => match &mut self.employers {
                Some(page) => vec![page.load()],
                None => self.load(),
            },
            ScreenEvent::Visit(ScreenRoute::Employers) => self.show_employers(),
            ScreenEvent::Command(command) => self.command(command, cx),
            ScreenEvent::Visit(ScreenRoute::Batch(number)) => {
                self.employers = None;
                self.receipts = None;
                self.show(number)
            }
            ScreenEvent::Visit(ScreenRoute::MissingReceipts) => {
                self.employers = None;
                self.follow_up()
            }
            ScreenEvent::Progress(progress) => {
                if let LongTask::Export(number) = &progress.job {
                    self.exports.insert(number.clone(), progress);
                }
                nothing()
            }
            ScreenEvent::Ended(LongTask::Export(number)) => {
                self.exports.remove(&number);
                nothing()
            }
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.batches;
        let Some(message) = message.read() else { return nothing() };
        match message {
            BatchesMsg::Listed(reply) => common::loaded(&mut self.lines, reply, cx),
            BatchesMsg::Shown { number, reply } => self.open(&number).map_or_else(nothing, |view| view.take(reply, cx)),
            BatchesMsg::Missing(reply) => match &mut self.receipts {
                Some(receipts) => common::loaded(&mut receipts.missing, reply, cx),
                None => nothing(),
            },
            // Another batch has been opened since: its dispatch would be asked for over that one.
            BatchesMsg::Gate { number, .. } if self.open(&number).is_none() => nothing(),
            BatchesMsg::Gate { number, gate } => dispatch::ask(self.leaving(&number), &gate, cx),
            BatchesMsg::Dispatched { number, pulled, reply: Dispatch::GateChanged(gate) } => {
                let again = dispatch::ask_again(self.leaving(&number), &gate, &pulled, cx);
                self.done(again)
            }
            BatchesMsg::Dispatched { number, pulled, reply: Dispatch::LettersMade(letters) } => {
                let again = dispatch::letters_made(&letters, self.leaving(&number), pulled, cx);
                self.done(again)
            }
            BatchesMsg::Dispatched { reply: Dispatch::Done(done), .. } => self.done(vec![match &done.not_destroyed {
                None => KeyAction::Say(StatusTone::Good, words.dispatched(done.batch.as_str(), done.cards)),
                Some(file) => {
                    KeyAction::dialog(Notice::new(words.dispatch_title, StatusTone::Bad, words.not_destroyed(file)))
                }
            }]),
            BatchesMsg::Pile(packing) => vec![KeyAction::dialog(PackingDialog::new(packing))],
            BatchesMsg::Packed(packed) => packing::recorded(&packed, cx),
            BatchesMsg::ReceiptScanned(code) => {
                self.receipts.as_mut().map_or_else(nothing, |receipts| receipts.scanned(&code, cx))
            }
            BatchesMsg::Found(Ok(found)) => returned::confirm(&found, cx),
            BatchesMsg::Found(Err(why)) => {
                vec![KeyAction::dialog(Notice::new(words.not_found_title, StatusTone::Attention, why))]
            }
            BatchesMsg::Previewed(preview) => self.done(dialogs::previewed(&preview, cx)),
            BatchesMsg::Printed(printed) => self.done(dialogs::printed_done(&printed, cx)),
            BatchesMsg::Letters(letters) => self.done(dialogs::letters_made(&letters, cx)),
            BatchesMsg::Remade(remade) => self.done(dialogs::remade(&remade, cx)),
            BatchesMsg::Exported(exported) => self.done(export::done(&exported, cx)),
            BatchesMsg::Cancelled(done) => self.done(vec![match &done.not_destroyed {
                None => KeyAction::Say(StatusTone::Good, words.cancelled(done.batch.as_str())),
                Some(file) => {
                    KeyAction::dialog(Notice::new(words.cancel_title, StatusTone::Bad, words.cancelled_kept(file)))
                }
            }]),
            BatchesMsg::CameOpened { text, serial } => {
                let said = vec![KeyAction::Say(StatusTone::Good, text)];
                self.done(said).into_iter().chain(incident::of_card(&serial, cx)).collect()
            }
            BatchesMsg::Employers(reply) => match &mut self.employers {
                Some(page) => page.loaded(reply, cx),
                None => nothing(),
            },
            BatchesMsg::Employer { code, reply } => match &mut self.employers {
                Some(page) => page.shown(&code, reply),
                None => nothing(),
            },
            BatchesMsg::AddressConfirmed(text) => {
                let again = self.employers.as_mut().map_or_else(nothing, EmployersPage::load_all);
                std::iter::once(KeyAction::Say(StatusTone::Good, text)).chain(again).collect()
            }
            BatchesMsg::Incident(text, change) => self.done(take_incident::done(text, &change, cx)),
            BatchesMsg::Done(text) => self.done(vec![KeyAction::Say(StatusTone::Good, text)]),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        if let Some(page) = &self.employers {
            return page.draw(canvas, area);
        }
        match (&self.view, &self.receipts) {
            (Some(view), _) => view.draw(canvas, area, self.progress()),
            (None, Some(receipts)) => receipts.draw(canvas, area),
            (None, None) => list::draw(canvas, area, &self.lines),
        }
    }
}
