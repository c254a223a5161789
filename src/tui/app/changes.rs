//! What others have changed: lists in front are read again, quietly.

use super::{App, AppState, Asked, Asker, Pending};
use crate::tui::change_poller::{CheckSession, ConsoleSettings};
use crate::tui::context::TabCounts;
use crate::tui::message::Msg;
use crate::tui::screens::LoadHome;
use crate::usecases::change_summary::ChangeSummary;

/// What the app's own requests come back with.
pub(super) enum Background {
    Changes(ChangeSummary, ConsoleSettings),
    /// For the numbers beside the tabs.
    Counts(TabCounts),
    /// The person may still be here.
    Present(ConsoleSettings),
}

impl App {
    /// Asks, where a list is in front and it is time.
    pub(super) fn poll_changes(&mut self) {
        if matches!(&self.state, AppState::Workspace(workspace) if workspace.shows_lists())
            && let Some(request) = self.poller.poll(self.cx.now)
        {
            self.request_in_background(request, |(changes, settings)| Background::Changes(changes, settings));
        }
    }

    /// An open workspace asks each minute whether its person may still be here; lists ask for changes more often.
    pub(super) fn check_session(&mut self) {
        if matches!(&self.state, AppState::Workspace(workspace) if !workspace.shows_lists()) {
            self.request_in_background(CheckSession, Background::Present);
        }
    }

    /// What a request of the app itself has come back with.
    pub(super) fn background(&mut self, message: Background) {
        match message {
            Background::Changes(changes, settings) => {
                self.follow(settings);
                self.changes(changes);
            }
            Background::Counts(counts) => {
                self.changed |= self.cx.counts != counts;
                self.cx.counts.update(counts);
            }
            Background::Present(settings) => self.follow(settings),
        }
    }

    /// What an admin has set counts here, too.
    fn follow(&mut self, settings: ConsoleSettings) {
        let ConsoleSettings { society, idle_minutes } = settings;
        self.changed |= self.cx.society != society;
        self.cx.society = society;
        if let Some(person) = &mut self.cx.person {
            person.idle_minutes = idle_minutes;
        }
    }

    /// Lists are read again without a word; where a dialog has come up meanwhile, the next look finds it again.
    fn changes(&mut self, changes: ChangeSummary) {
        let AppState::Workspace(workspace) = &mut self.state else { return };
        if workspace.shows_lists() && self.poller.apply(changes) {
            let actions = workspace.changed(&self.cx);
            self.perform(actions);
            self.request_in_background(LoadHome, |home| Background::Counts(TabCounts::from(&*home)));
        }
    }

    /// Whether a message alone changes nothing on the screen: the timer, and the answer to its question.
    pub(super) fn is_quiet(&self, msg: &Msg) -> bool {
        match msg {
            Msg::Wake => true,
            Msg::Reply(id, _) => {
                matches!(self.pending.get(id), Some(Pending::Request(Asked { asker: Asker::App, .. })))
            }
            _ => false,
        }
    }

    /// Whether anything can look different since this was last asked.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }
}
