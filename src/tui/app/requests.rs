//! Requests on their way out, and what they end with on its way back to who asked.

use super::changes::Background;
use super::{App, AppState, Asked, Asker, Leaving, Pending};
use crate::tui::commands::Tab;
use crate::tui::message::{Effect, RequestId, RequestOutcome};
use crate::tui::progress::WorkProgress;
use crate::tui::request::{AnyReply, RefusalText, ReplyRoute, RequestPolicy, Task, TypedRequest};
use crate::tui::screen::{KeyAction, ScreenEvent};
use crate::tui::status::RunningWork;
use std::any::Any;

impl App {
    pub(super) fn request_id(&mut self) -> RequestId {
        self.last_id += 1;
        RequestId(self.last_id)
    }

    /// Sends a request on its way; a read replaces an older one of its type from the same asker.
    pub(super) fn request(&mut self, task: Task, asker: Asker) -> RequestId {
        let Task { request, delivery } = task;
        let (kind, type_id) = (request.kind(), (&*request as &dyn Any).type_id());
        if kind == RequestPolicy::Latest {
            let older = |pending: &Pending| matches!(pending, Pending::Request(asked) if asked.asker == asker && asked.type_id == type_id);
            let replaced = self.pending.extract_if(.., |_, pending| older(pending)).map(|(id, _)| Effect::Abort(id));
            self.effects.extend(replaced);
        }
        let id = self.request_id();
        self.pending.insert(id, Pending::Request(Asked { asker, kind, type_id, delivery }));
        self.effects.push(Effect::Request(id, request));
        id
    }

    /// A request of the app itself.
    pub(super) fn request_in_background<R: TypedRequest>(&mut self, request: R, to: fn(R::Reply) -> Background) {
        self.request(Task::on_success(request, to), Asker::App);
    }

    pub(super) fn replied(&mut self, id: RequestId, reply: RequestOutcome) {
        // What nothing waits for any more is dropped here.
        let Some(pending) = self.pending.remove(&id) else { return };
        match (pending, reply) {
            (Pending::Request(_) | Pending::Credential, RequestOutcome::SessionEnded(why)) => self.shut_out(why),
            (Pending::Request(asked), RequestOutcome::Done(reply)) => self.deliver(id, asked, Ok(reply)),
            (Pending::Request(asked), RequestOutcome::Refused(refusal)) => self.deliver(id, asked, Err(refusal)),
            (Pending::Credential, RequestOutcome::Done(step)) => {
                if let Ok(step) = step.downcast() {
                    self.authenticated(*step);
                }
            }
            (Pending::Credential, RequestOutcome::Refused(refusal)) => self.state.screen_mut().refused(&refusal),
            (Pending::Left, _) => {}
        }
        if self.leaving == Leaving::WhenWritten {
            self.leave();
        }
    }

    fn deliver(&mut self, id: RequestId, asked: Asked, result: Result<AnyReply, RefusalText>) {
        match (asked.asker, asked.kind) {
            (Asker::App, _) => {
                if let Some(Ok(message)) = asked.delivery.deliver(result)
                    && let Some(message) = message.read()
                {
                    self.background(message);
                }
            }
            (Asker::Screen(tab), RequestPolicy::Latest) => self.deliver_read(tab, asked.delivery, result),
            (Asker::Screen(tab), RequestPolicy::Always) => {
                self.ended(id, tab);
                self.deliver_write(id, tab, asked.delivery, result);
            }
        }
    }

    fn deliver_read(&mut self, tab: Tab, delivery: ReplyRoute, result: Result<AnyReply, RefusalText>) {
        let Some(workspace) = self.state.workspace() else { return };
        let actions = match delivery.deliver(result) {
            Some(Ok(message)) => workspace.screen(tab).update(message, &self.cx),
            Some(Err(refusal)) => vec![KeyAction::refused(&refusal)],
            None => Vec::new(),
        };
        self.perform_for(tab, actions);
    }

    fn deliver_write(&mut self, id: RequestId, tab: Tab, delivery: ReplyRoute, result: Result<AnyReply, RefusalText>) {
        let Some(workspace) = self.state.workspace() else { return };
        let refused = result.as_ref().err().cloned();
        let shown = workspace.ended(id, refused.as_ref(), &self.cx);
        let mut actions = match delivery.deliver(result) {
            Some(Ok(message)) => workspace.screen(tab).update(message, &self.cx),
            Some(Err(_)) | None => Vec::new(),
        };
        actions.extend(shown);
        if refused.is_some() {
            actions.extend(workspace.screen(tab).on(ScreenEvent::Refused, &self.cx));
        }
        self.perform_for(tab, actions);
    }

    /// What a screen wants done that need not be in front any more.
    pub(super) fn perform_for(&mut self, tab: Tab, actions: Vec<KeyAction>) {
        for action in actions {
            match action {
                // What is said names members; behind the lock it must not be read.
                KeyAction::Say(..) if matches!(self.state, AppState::Locked(..)) => {}
                KeyAction::Request(task) => {
                    self.request(task, Asker::Screen(tab));
                }
                KeyAction::Dialog(dialog) => {
                    if let Some(workspace) = self.state.workspace() {
                        workspace.keep(tab, dialog);
                    }
                }
                other => self.act(other),
            }
        }
    }

    /// Long work has come so far: the screen that asked for it shows that.
    pub(super) fn progress(&mut self, request_id: RequestId, progress: WorkProgress) {
        let Some(Pending::Request(Asked { asker: Asker::Screen(tab), .. })) = self.pending.get(&request_id) else {
            return;
        };
        let known = self.works.iter().position(|work| work.request_id == request_id).map(|at| self.works.remove(at));
        let since = known.map_or(self.cx.now, |work| work.since);
        self.works.push(RunningWork { request_id, progress: progress.clone(), since });
        if let Some(workspace) = self.state.workspace() {
            workspace.begun(request_id);
            workspace.screen(*tab).on(ScreenEvent::Progress(progress), &self.cx);
        }
    }

    /// Long work is over, done or not.
    fn ended(&mut self, request_id: RequestId, tab: Tab) {
        let Some(at) = self.works.iter().position(|work| work.request_id == request_id) else { return };
        let work = self.works.remove(at);
        if let Some(workspace) = self.state.workspace() {
            workspace.screen(tab).on(ScreenEvent::Ended(work.progress.job), &self.cx);
        }
    }
}
