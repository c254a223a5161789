//! Keys and pasted text, on their way to the screen in front or to the app itself.

use super::{App, AppState};
use crate::tui::commands::{Binding, Command, EVERYWHERE, OUTSIDE, OVER, Tab, command_of};
use crate::tui::keys::Key;
use crate::tui::message::Effect;
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, ScreenEvent, StatusTone};
use crate::tui::widgets::Edit;
use crossterm::event::KeyEvent;

impl App {
    pub(super) fn key(&mut self, event: KeyEvent) {
        let Some(key) = Key::of(event) else { return };
        // What a key does would not be seen.
        if self.small.get() && command_of(OUTSIDE, key).is_none() {
            return;
        }
        self.lock_when_idle();
        self.last_key = self.cx.now;
        self.said = None;
        let edit = match self.state.screen_mut().field() {
            Some(field) => field.key(event),
            None => Edit::Ignored,
        };
        match edit {
            Edit::Changed => self.tell(ScreenEvent::Edited),
            Edit::Moved => {}
            Edit::Ignored => self.command_key(key),
        }
    }

    fn command_key(&mut self, key: Key) {
        let command = command_of(self.state.screen().bindings(), key).or_else(|| command_of(self.common(), key));
        match command {
            Some(command) => self.command(command),
            None if matches!(self.state, AppState::Workspace(_)) => {
                self.say(StatusTone::Quiet, self.cx.labels.frame.no_such_key(&key.shown()));
            }
            None => {}
        }
    }

    /// The keys that work besides those of the screen in front.
    fn common(&self) -> &'static [Binding] {
        match &self.state {
            AppState::Workspace(workspace) if workspace.layers.is_empty() => EVERYWHERE,
            AppState::Workspace(_) => OVER,
            _ => OUTSIDE,
        }
    }

    /// A command of the screen in front goes there; the others are the app's. One that the role may not use goes nowhere.
    pub(super) fn command(&mut self, command: Command) {
        if let Some(why) = self.cx.refusal(command) {
            return self.say(StatusTone::Attention, why);
        }
        let own = self.state.screen().bindings().iter().any(|binding| binding.command == command);
        if own {
            if let AppState::Workspace(workspace) = &mut self.state
                && workspace.list_command(command, &self.cx)
            {
                return self.tell(ScreenEvent::Selected);
            }
            return self.tell(ScreenEvent::Command(command));
        }
        match command {
            Command::Quit => self.ask_to_quit(),
            Command::Suspend => self.effects.push(Effect::Suspend),
            Command::Redraw => self.effects.push(Effect::Redraw),
            Command::Lock => self.lock(),
            Command::SignOut => self.ask_to_sign_out(),
            _ => self.desk_command(command),
        }
    }

    fn desk_command(&mut self, command: Command) {
        let AppState::Workspace(workspace) = &mut self.state else { return };
        let actions = match (command, Tab::of(command)) {
            (_, Some(tab)) => workspace.go(tab, &self.cx),
            (Command::Search, _) => workspace.search(None, &self.cx),
            (Command::FollowUps, _) => vec![KeyAction::Visit(ScreenRoute::FollowUps)],
            (Command::Promises, _) => vec![KeyAction::Visit(ScreenRoute::Promises)],
            (Command::NextCall, _) => workspace.call(ScreenRoute::NextCall, command, &self.cx),
            (Command::NewCall, _) => workspace.call(ScreenRoute::NewCall, command, &self.cx),
            (Command::Calls, _) => vec![KeyAction::Visit(ScreenRoute::Calls)],
            (Command::Employers, _) => vec![KeyAction::Visit(ScreenRoute::Employers)],
            (Command::Incidents, _) => vec![KeyAction::Visit(ScreenRoute::Incidents)],
            (Command::SearchNotes, _) => vec![KeyAction::Visit(ScreenRoute::Notes)],
            (Command::Help, _) => workspace.help(),
            (Command::Manual, _) => workspace.manual(),
            (Command::Palette, _) => workspace.palette(),
            (Command::Reload, _) => workspace.reload(&self.cx),
            _ => Vec::new(),
        };
        self.perform(actions);
    }

    fn ask_to_quit(&mut self) {
        match &mut self.state {
            AppState::Workspace(workspace) => workspace.confirm_quit(&self.cx),
            _ => self.leave(),
        }
    }

    fn ask_to_sign_out(&mut self) {
        match &mut self.state {
            AppState::Workspace(workspace) => workspace.confirm_sign_out(&self.cx),
            _ => self.sign_out(),
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if self.small.get() {
            return;
        }
        self.lock_when_idle();
        self.last_key = self.cx.now;
        self.said = None;
        if let Some(field) = self.state.screen_mut().field() {
            if field.paste(text) == Edit::Changed {
                self.tell(ScreenEvent::Edited);
            }
            return;
        }
        if let AppState::Workspace(workspace) = &mut self.state
            && workspace.layers.is_empty()
        {
            let actions = workspace.search(Some(text), &self.cx);
            self.perform(actions);
        }
    }
}
