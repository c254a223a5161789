//! Seven screens, the dialogs over them, and the way back.

use super::call_strip::{CallSlot, CallStrip};
use super::context::Context;
use super::layers::confirm::LEAVE;
use super::layers::{Confirm, FilterPrompt, Help, ManualLayer, Notice, Palette};
use super::message::RequestId;
use super::request::RefusalText;
use super::route::ScreenRoute;
use super::screen::{KeyAction, Screen, ScreenEvent, StatusTone};
use super::screens;
use super::widgets::list_view::AnyList;
use crate::domain::Permission;
use crate::tui::commands::{Command, EVERYWHERE, OVER, Tab};

/// What a person who has signed in works at.
pub(crate) struct Workspace {
    screens: [Box<dyn Screen>; Tab::ALL.len()],
    /// The screen in front.
    pub(crate) open: Tab,
    /// Where Esc leads back to.
    history: Vec<Tab>,
    /// Dialogs, the topmost last.
    pub(crate) layers: Vec<Box<dyn Screen>>,
    /// Dialogs that came by themselves, each for its screen: a key never goes to a dialog that has just appeared.
    late: Vec<(Tab, Box<dyn Screen>)>,
    /// The open calls.
    pub(crate) calls: CallStrip,
    /// Dialogs of calls that wait.
    parked: Vec<ParkedLayers>,
}

/// The dialogs of a call, or of no call.
type ParkedLayers = (Option<CallSlot>, Vec<Box<dyn Screen>>);

impl Workspace {
    /// Everything empty, one screen in front.
    pub(crate) fn new(open: Tab) -> Self {
        Self {
            screens: screens::all(),
            open,
            history: Vec::new(),
            layers: Vec::new(),
            late: Vec::new(),
            calls: CallStrip::default(),
            parked: Vec::new(),
        }
    }

    /// One of the seven.
    pub(crate) fn screen(&mut self, tab: Tab) -> &mut dyn Screen {
        self.screens[tab as usize].as_mut()
    }

    /// The open one, to draw.
    pub(crate) fn front(&self) -> &dyn Screen {
        self.screens[self.open as usize].as_ref()
    }

    /// What has the focus.
    pub(crate) fn top(&self) -> &dyn Screen {
        match self.layers.last() {
            Some(layer) => layer.as_ref(),
            None => self.front(),
        }
    }

    /// What has the focus, to tell it something.
    pub(crate) fn top_mut(&mut self) -> &mut dyn Screen {
        match self.layers.last_mut() {
            Some(layer) => layer.as_mut(),
            None => self.screens[self.open as usize].as_mut(),
        }
    }

    /// Brings a screen to the front.
    pub(crate) fn go(&mut self, tab: Tab, cx: &Context) -> Vec<KeyAction> {
        self.bring(tab);
        self.screen(tab).on(ScreenEvent::Shown, cx)
    }

    fn bring(&mut self, tab: Tab) {
        const LONGEST: usize = 20;
        if self.open != tab {
            self.history.push(self.open);
            if self.history.len() > LONGEST {
                self.history.remove(0);
            }
            self.open = tab;
        }
    }

    /// A command of calls. A dialog of a call waits with it; another one is finished first.
    pub(crate) fn call(&mut self, route: ScreenRoute, command: Command, cx: &Context) -> Vec<KeyAction> {
        if self.open == Tab::Members {
            return self.screen(Tab::Members).on(ScreenEvent::Command(command), cx);
        }
        match self.layers.is_empty() {
            true => vec![KeyAction::Visit(route)],
            false => vec![KeyAction::Say(StatusTone::Attention, cx.labels.calls.close_first.to_owned())],
        }
    }

    /// The open calls are these now. The dialogs of the one in hand come back, those of the one before wait with it.
    fn show_calls(&mut self, calls: CallStrip) {
        let (before, now) = (self.calls.current, calls.current);
        self.calls = calls;
        if before != now {
            let layers = std::mem::take(&mut self.layers);
            self.parked.push((before, layers));
            if let Some(at) = self.parked.iter().position(|(slot, _)| *slot == now) {
                (_, self.layers) = self.parked.remove(at);
            }
            let calls = &self.calls.calls;
            self.parked.retain(|(slot, layers)| {
                !layers.is_empty() && slot.is_none_or(|slot| calls.iter().any(|call| call.slot == slot))
            });
        }
    }

    /// Starts a search for a member, with what was pasted.
    pub(crate) fn search(&mut self, text: Option<&str>, cx: &Context) -> Vec<KeyAction> {
        self.bring(Tab::Members);
        let members = self.screen(Tab::Members);
        let mut actions = members.on(ScreenEvent::Command(Command::Search), cx);
        if let (Some(text), Some(field)) = (text, members.field()) {
            field.paste(text);
            actions.extend(members.on(ScreenEvent::Edited, cx));
        }
        actions
    }

    /// Does with the list in front what a command does with every list: move, filter, show all again. False where the
    /// command is the screen's own.
    pub(crate) fn list_command(&mut self, command: Command, cx: &Context) -> bool {
        let Some(list) = self.top_mut().list() else { return false };
        match command {
            Command::Filter => {
                let prompt = FilterPrompt::new(list.filter_text());
                self.layers.push(Box::new(prompt));
            }
            Command::Back if !list.filter_text().is_empty() => list.filter("", cx),
            other => return list.moved(other),
        }
        true
    }

    /// The list below the prompt that has the focus.
    fn list_below(&mut self) -> Option<&mut dyn AnyList> {
        match &mut self.layers[..] {
            [.., below, _] => below.list(),
            _ => self.screens[self.open as usize].list(),
        }
    }

    /// Loads what is in front again.
    pub(crate) fn reload(&mut self, cx: &Context) -> Vec<KeyAction> {
        self.top_mut().on(ScreenEvent::Command(Command::Reload), cx)
    }

    /// Whether a list that others change is in front, with nothing laid over it.
    pub(crate) fn shows_lists(&self) -> bool {
        self.layers.is_empty() && matches!(self.open, Tab::Home | Tab::Requests | Tab::Queue | Tab::Batches)
    }

    /// Another user has changed something.
    pub(crate) fn changed(&mut self, cx: &Context) -> Vec<KeyAction> {
        self.screen(self.open).on(ScreenEvent::Changed, cx)
    }

    /// Lists the keys of what has the focus, a dialog's where one is in front.
    pub(crate) fn help(&mut self) -> Vec<KeyAction> {
        let common = if self.layers.is_empty() { EVERYWHERE } else { OVER };
        let help = Help::new(self.top().bindings(), common);
        self.layers.push(Box::new(help));
        Vec::new()
    }

    /// Opens the manual at the chapter about what is in front.
    pub(crate) fn manual(&mut self) -> Vec<KeyAction> {
        self.layers.push(Box::new(ManualLayer::at(self.open.chapter())));
        Vec::new()
    }

    /// Lists the commands.
    pub(crate) fn palette(&mut self) -> Vec<KeyAction> {
        self.layers.push(Box::new(Palette::new(self.front())));
        Vec::new()
    }

    /// Asks before leaving.
    pub(crate) fn confirm_quit(&mut self, cx: &Context) {
        let words = &cx.labels.dialogs;
        let question = Confirm::new(words.quit_title, words.quit_title, vec![KeyAction::Quit]).keys(LEAVE);
        self.ask_to_end(question.saying([words.quit_text.to_owned()]), cx);
    }

    /// Asks before signing out for another person.
    pub(crate) fn confirm_sign_out(&mut self, cx: &Context) {
        let words = &cx.labels.dialogs;
        let question = Confirm::new(words.sign_out_title, words.sign_out_title, vec![KeyAction::SignOut]);
        self.ask_to_end(question.saying([words.sign_out_text.to_owned()]), cx);
    }

    /// Enter means yes only where nothing is lost.
    fn ask_to_end(&mut self, question: Confirm, cx: &Context) {
        let open = self.layers.iter().any(|layer| layer.is_lossy());
        let open = open.then(|| cx.labels.dialogs.end_loses.to_owned());
        let lost: Vec<String> = open.into_iter().chain(self.late(cx)).collect();
        let question = if lost.is_empty() { question.harmless() } else { question.warning(lost) };
        self.layers.push(Box::new(question));
    }

    /// Takes a dialog for a screen that need not be in front any more.
    pub(crate) fn keep(&mut self, tab: Tab, layer: Box<dyn Screen>) {
        self.late.push((tab, layer));
    }

    /// Lays the next dialog that waits for the screen in front, where nothing lies over it.
    pub(crate) fn show_late(&mut self) {
        if self.layers.is_empty()
            && let Some(at) = self.late.iter().position(|(tab, _)| *tab == self.open)
        {
            let (_, layer) = self.late.remove(at);
            self.layers.push(layer);
        }
    }

    /// That a dialog waits, and where it is read.
    pub(crate) fn late(&self, cx: &Context) -> Option<String> {
        let (tab, _) = self.late.first()?;
        let words = &cx.labels.frame;
        Some(if *tab == self.open { words.late_below.to_owned() } else { words.late(tab.name(cx.labels.lang)) })
    }

    /// A write has ended: the form that waits for it goes, or says why it was refused, with everything in it. Where no
    /// form waits, a refusal is said in full.
    pub(crate) fn ended(&mut self, id: RequestId, refused: Option<&RefusalText>, cx: &Context) -> Option<KeyAction> {
        let stacks = std::iter::once(&mut self.layers).chain(self.parked.iter_mut().map(|(_, layers)| layers));
        let form = stacks
            .into_iter()
            .find_map(|layers| layers.iter().position(|layer| layer.awaits() == Some(id)).map(|at| (layers, at)));
        match (form, refused) {
            (Some((layers, at)), None) => drop(layers.remove(at)),
            (Some((layers, at)), Some(refusal)) => layers[at].refused(refusal),
            (None, Some(refusal)) => {
                let title = cx.labels.dialogs.refused_title;
                return Some(KeyAction::dialog(Notice::new(title, StatusTone::Bad, refusal.text.clone())));
            }
            (None, None) => {}
        }
        None
    }

    /// Long work has begun: what the form said is taken, and the screen below shows how far it is.
    pub(crate) fn begun(&mut self, request_id: RequestId) {
        self.layers.retain(|layer| layer.awaits() != Some(request_id));
    }

    /// Carries out what concerns screens and dialogs.
    pub(crate) fn act(&mut self, action: KeyAction, cx: &Context) -> Vec<KeyAction> {
        match action {
            KeyAction::Dialog(dialog) => self.layers.push(dialog),
            KeyAction::Calls(calls) => self.show_calls(calls),
            KeyAction::Send(message) => {
                let open = self.open;
                return self.screen(open).update(message, cx);
            }
            KeyAction::Filter(text) => {
                if let Some(list) = self.list_below() {
                    list.filter(&text, cx);
                }
            }
            KeyAction::Move(command) => {
                self.list_below().map(|list| list.moved(command));
            }
            KeyAction::Close => {
                self.layers.pop();
            }
            KeyAction::Visit(target) => {
                let tab = target.tab();
                self.bring(tab);
                return self.screen(tab).on(ScreenEvent::Visit(target), cx);
            }
            KeyAction::Leave => {
                if let Some(tab) = self.history.pop() {
                    self.open = tab;
                    return self.screen(tab).on(ScreenEvent::Shown, cx);
                }
                if self.open != Tab::Home && cx.may(Permission::Look) {
                    self.open = Tab::Home;
                    return self.screen(Tab::Home).on(ScreenEvent::Shown, cx);
                }
            }
            _ => {}
        }
        Vec::new()
    }
}
