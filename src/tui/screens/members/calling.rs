//! Calls on this screen: taken up, parked while another one is in hand, noted and ended.

use super::call::{CallPanel, CallerState};
use super::calls::HeldCall;
use super::note_form::{self, Noted};
use super::requests::{GiveUpCall, KeptReply, MembersMsg, OpenCalls, TypingPause};
use super::unnamed::UnnamedPane;
use super::view::MemberPane;
use super::{Front, MembersScreen, Parked, day_calls, incident_dialogs, on_call};
use crate::domain::MemberKey;
use crate::domain::diagnosis::CallerKind;
use crate::tui::call_strip::CallSlot;
use crate::tui::commands::Command;
use crate::tui::context::Context;
use crate::tui::layers::Confirm;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::take_incident::{self, IncidentSource};
use crate::usecases::calls::CallDraft;
use crate::usecases::notes::NoteDraft;

impl MembersScreen {
    /// The own calls that were open when the person signed in.
    pub(super) fn load_calls(&self) -> Vec<KeyAction> {
        vec![KeyAction::request(OpenCalls, MembersMsg::CallsLoaded)]
    }

    /// The strip; and what was typed is kept before long.
    pub(super) fn calls_changed(&mut self, cx: &Context) -> Vec<KeyAction> {
        if let Front::Viewing(view) = &self.front
            && let Some(member) = view.loaded.ready()
        {
            self.calls.name(&view.key, &member.member.name);
        }
        let strip = KeyAction::Calls(self.calls.strip(cx.labels));
        let waits = self.calls.is_behind() && !std::mem::replace(&mut self.pausing, true);
        let pause = waits.then(|| KeyAction::request(TypingPause, |_| MembersMsg::PauseOver));
        if pause.is_none() && !self.calls.is_behind() {
            self.pausing = false;
        }
        std::iter::once(strip).chain(pause).collect()
    }

    /// Keeps what the database does not have yet.
    pub(super) fn keep_calls(&mut self) -> Vec<KeyAction> {
        self.pausing = false;
        let kept = self.calls.take_changed();
        kept.map(|calls| KeyAction::request(calls, MembersMsg::Kept)).into_iter().collect()
    }

    /// What was kept, and what was not: that goes again with the next change.
    pub(super) fn kept(&mut self, reply: Result<Vec<KeptReply>, RefusalText>, cx: &Context) -> Vec<KeyAction> {
        let mut actions = nothing();
        for KeptReply { slot, done } in reply.unwrap_or_default() {
            self.calls.kept(slot, done.as_ref().map(drop).map_err(drop));
            if let Err(why) = done {
                actions.push(KeyAction::Say(StatusTone::Bad, cx.labels.calls.not_kept(&why)));
            }
        }
        if actions.is_empty() { self.calls_changed(cx) } else { actions }
    }

    /// Leaves the call in hand on the line, with everything that stands on the screen.
    pub(super) fn park(&mut self) {
        if !std::mem::take(&mut self.in_call) {
            return;
        }
        let front = std::mem::replace(&mut self.front, Front::Listing);
        let parked = Parked { front, checked: std::mem::take(&mut self.checked) };
        if let Some(call) = self.calls.current_mut() {
            call.parked = Some(parked);
        }
    }

    /// Takes a call up, where it was left.
    pub(super) fn take_up(&mut self, slot: CallSlot, cx: &Context) -> Vec<KeyAction> {
        self.park();
        self.calls.take_up(Some(slot));
        self.in_call = true;
        let parked = self.calls.current_mut().and_then(|call| call.parked.take());
        let mut actions = match parked {
            Some(Parked { front, checked }) => {
                (self.front, self.checked) = (front, checked);
                match &self.front {
                    // What it had asked for has come while another call was in hand.
                    Front::Viewing(view) if view.loaded.ready().is_none() => vec![view.load()],
                    Front::Listing | Front::Checking(_) | Front::Viewing(_) | Front::Unnamed(_) => nothing(),
                }
            }
            None => self.open_in_hand(),
        };
        actions.extend(self.calls_changed(cx));
        actions
    }

    /// Shows the call in hand from what was noted of it.
    fn open_in_hand(&mut self) -> Vec<KeyAction> {
        let Some(call) = self.calls.current() else { return nothing() };
        let (slot, caller) = (call.slot, call.draft.note.caller);
        let kind = caller.unwrap_or(CallerKind::Unknown);
        let Some(key) = call.draft.member.clone() else { return self.unnamed(slot, kind) };
        let mut actions = self.show(key, CallerState::of(kind));
        if let (Front::Viewing(view), Some(kind)) = (&mut self.front, caller) {
            actions.extend(view.caller_is(kind));
        }
        actions
    }

    fn unnamed(&mut self, slot: CallSlot, kind: CallerKind) -> Vec<KeyAction> {
        let (pane, greet) = UnnamedPane::new(slot, kind);
        self.front = Front::Unnamed(Box::new(pane));
        vec![greet]
    }

    /// To the next call; from elsewhere first back to the one in hand.
    pub(super) fn next_call(&mut self, cx: &Context) -> Vec<KeyAction> {
        let back = self.calls.current().map(|call| call.slot).filter(|_| !self.in_call);
        match (back.or_else(|| self.calls.next()), self.calls.current().map(|call| call.slot)) {
            (None, _) => vec![KeyAction::Say(StatusTone::Quiet, cx.labels.calls.no_call.to_owned())],
            (Some(next), Some(current)) if next == current && self.in_call => {
                vec![KeyAction::Say(StatusTone::Quiet, cx.labels.calls.no_other.to_owned())]
            }
            (Some(next), _) => self.take_up(next, cx),
        }
    }

    /// The call in hand, from another screen; the first one where none is in hand.
    pub(super) fn back_to_call(&mut self, cx: &Context) -> Vec<KeyAction> {
        if self.in_call { self.calls_changed(cx) } else { self.next_call(cx) }
    }

    /// The telephone rings: nothing is known of the caller yet.
    pub(super) fn new_call(&mut self, cx: &Context) -> Vec<KeyAction> {
        self.park();
        let slot = self.calls.begin(CallDraft::new(CallerKind::Unknown), cx.now);
        self.in_call = true;
        let mut actions = self.unnamed(slot, CallerKind::Unknown);
        actions.extend(self.calls_changed(cx));
        actions
    }

    /// Who is on the line, as far as it was said before a member was found.
    pub(super) fn kind_in_hand(&self) -> CallerKind {
        let unnamed = self.calls.current().filter(|call| call.draft.member.is_none());
        let kind = unnamed.and_then(|call| call.draft.note.caller).unwrap_or(CallerKind::Member);
        if kind == CallerKind::Unknown { CallerKind::Member } else { kind }
    }

    /// The call is about this member from now on: the one in hand where it is about no one yet, an open one about the same
    /// member, or another that begins here.
    pub(super) fn join(&mut self, key: &MemberKey, kind: CallerKind, cx: &Context) -> Vec<KeyAction> {
        match self.calls.current_mut() {
            Some(call) if call.draft.member.as_ref() == Some(key) => call.parked = None,
            Some(call) if call.draft.member.is_none() => {
                call.parked = None;
                let slot = call.slot;
                self.calls.changed(slot, |draft| {
                    draft.member = Some(key.clone());
                    draft.note.caller = Some(kind);
                });
            }
            // Another one of the family, in the same call.
            Some(_) if self.in_call => return nothing(),
            Some(_) | None => {
                self.calls.take_up(self.calls.about(key));
                match self.calls.current_mut() {
                    Some(call) => call.parked = None,
                    None => {
                        self.calls.begin(CallDraft { member: Some(key.clone()), ..CallDraft::new(kind) }, cx.now);
                    }
                }
            }
        }
        self.in_call = true;
        self.calls_changed(cx)
    }

    /// Who is on the line was said.
    pub(super) fn caller_said(&mut self, kind: CallerKind, cx: &Context) -> Vec<KeyAction> {
        let mut actions = match &mut self.front {
            Front::Viewing(view) => {
                if view.call.caller.kind != kind {
                    // What one caller has proved holds for no other.
                    self.checked.forget();
                }
                view.caller_is(kind)
            }
            Front::Unnamed(pane) => {
                let slot = pane.slot;
                self.unnamed(slot, kind)
            }
            Front::Listing | Front::Checking(_) => return nothing(),
        };
        if let Some(call) = self.calls.current_mut() {
            call.identified &= call.draft.note.caller == Some(kind);
            let slot = call.slot;
            self.calls.changed(slot, |draft| draft.note.caller = Some(kind));
        }
        actions.extend(self.calls_changed(cx));
        actions
    }

    /// The form of the note of the member in front, or of a call about no member.
    pub(super) fn note(&mut self, cx: &Context) -> Vec<KeyAction> {
        let (key, kind) = match &self.front {
            Front::Unnamed(_) => return self.note_of_unnamed(cx),
            Front::Viewing(view) if view.loaded.ready().is_some() => (view.key.clone(), view.call.caller.kind),
            Front::Listing | Front::Checking(_) | Front::Viewing(_) => return nothing(),
        };
        let mut actions = self.join(&key, kind, cx);
        actions.extend(self.note_of_family(&key, cx));
        let (Some(slot), Front::Viewing(view)) = (self.calls.about(&key), &self.front) else { return actions };
        let (Load::Ready(member), Some(call)) = (&view.loaded, self.calls.current()) else { return actions };
        let draft = if call.draft.note.body.trim().is_empty() {
            let guidance = view.call.guidance.ready().map(AsRef::as_ref);
            CallDraft { note: on_call::prefilled(&call.draft.note, guidance, cx), ..call.draft.clone() }
        } else {
            call.draft.clone()
        };
        actions.extend(note_form::of_member(Noted { slot, id: call.id.clone(), draft }, member, cx));
        actions
    }

    /// In a call about another one of the family, this member has a note of their own: the first stays on the line.
    fn note_of_family(&mut self, key: &MemberKey, cx: &Context) -> Vec<KeyAction> {
        let Some(call) = self.calls.current_mut().filter(|call| call.draft.member.as_ref() != Some(key)) else {
            return nothing();
        };
        let caller = call.draft.note.caller.unwrap_or(CallerKind::Unknown);
        let note = NoteDraft { phone: call.draft.note.phone.clone(), ..NoteDraft::of_call(caller) };
        let draft = CallDraft { member: Some(key.clone()), name: call.draft.name.clone(), note };
        if let Some(first) = call.draft.member.clone() {
            let pane = MemberPane::new(first.clone(), self.checked.of(&first));
            call.parked = Some(Parked { front: Front::Viewing(Box::new(pane)), checked: self.checked.clone() });
        }
        self.calls.take_up(self.calls.about(key));
        if self.calls.current().is_none() {
            self.calls.begin(draft, cx.now);
        }
        self.calls_changed(cx)
    }

    fn note_of_unnamed(&self, cx: &Context) -> Vec<KeyAction> {
        let Some(call) = self.calls.current() else { return nothing() };
        note_form::of_call(Noted { slot: call.slot, id: call.id.clone(), draft: call.draft.clone() }, cx)
    }

    /// What was typed in the form of a call.
    pub(super) fn typed(&mut self, slot: CallSlot, typed: CallDraft, cx: &Context) -> Vec<KeyAction> {
        let kind = typed.note.caller.unwrap_or(CallerKind::Unknown);
        self.calls.changed(slot, |draft| *draft = typed);
        let mut actions = match &self.front {
            Front::Unnamed(pane) if pane.slot == slot && pane.kind != kind => self.unnamed(slot, kind),
            _ => nothing(),
        };
        actions.extend(self.calls_changed(cx));
        actions
    }

    /// Ends the call in hand without a note; asks first where something was typed.
    pub(super) fn end_call(&mut self, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.calls;
        let Some(call) = self.calls.current().filter(|_| self.in_call) else {
            return vec![KeyAction::Say(StatusTone::Quiet, words.no_call.to_owned())];
        };
        let slot = call.slot;
        if call.draft.is_empty() {
            return self.give_up(slot, cx);
        }
        let yes = vec![KeyAction::send(MembersMsg::GiveUp(slot))];
        let question = Confirm::new(words.drop_title, words.drop_yes, yes).warning([words.drop_text.to_owned()]);
        vec![KeyAction::dialog(question)]
    }

    pub(super) fn give_up(&mut self, slot: CallSlot, cx: &Context) -> Vec<KeyAction> {
        let erase = self.calls.end(slot).and_then(erase);
        let mut actions = self.over(slot, cx);
        actions.extend(erase);
        actions.push(KeyAction::Say(StatusTone::Quiet, cx.labels.calls.over.to_owned()));
        actions
    }

    /// A call has ended: the record stays as one for work, a call about no member goes.
    pub(super) fn over(&mut self, slot: CallSlot, cx: &Context) -> Vec<KeyAction> {
        self.calls.end(slot);
        if self.calls.current().is_none() {
            self.in_call = false;
            // What the caller has proved and heard does not outlive the call.
            self.checked.clear();
            if let Front::Viewing(view) = &mut self.front {
                view.call = CallPanel::new(CallerState::default());
            }
        }
        if matches!(&self.front, Front::Unnamed(pane) if pane.slot == slot) {
            self.front = Front::Listing;
        }
        self.calls_changed(cx)
    }

    /// The number to call back: of the call in hand, or of the latest note.
    pub(super) fn copy_phone(&self, cx: &Context) -> Vec<KeyAction> {
        let typed = self.calls.current().filter(|_| self.in_call).map(|call| call.draft.note.phone.as_str());
        let noted = match &self.front {
            Front::Viewing(view) => view
                .loaded
                .ready()
                .and_then(|member| member.notes.iter().map(|note| note.phone.as_str()).find(|phone| !phone.is_empty())),
            Front::Listing | Front::Checking(_) | Front::Unnamed(_) => None,
        };
        let phone = typed.filter(|phone| !phone.trim().is_empty()).or(noted).unwrap_or_default();
        day_calls::copy(phone, cx)
    }

    /// Records an incident of the member in front, or one that the caller tells of.
    pub(super) fn new_incident(&self, cx: &Context) -> Vec<KeyAction> {
        let call = self.calls.current().filter(|_| self.in_call).and_then(|call| call.id.get());
        let source = match &self.front {
            Front::Viewing(view) => match view.loaded.ready() {
                Some(member) => incident_dialogs::of_member(member, call, cx),
                None => return nothing(),
            },
            Front::Listing | Front::Checking(_) | Front::Unnamed(_) => IncidentSource::unknown(call),
        };
        take_incident::form(source, MembersMsg::IncidentChanged, cx)
    }

    /// The commands of calls that work on every screen.
    pub(super) fn call_command(&mut self, command: Command, cx: &Context) -> Option<Vec<KeyAction>> {
        Some(match command {
            Command::NextCall => self.next_call(cx),
            Command::NewCall => self.new_call(cx),
            Command::CopyPhone if !matches!(self.front, Front::Listing) => self.copy_phone(cx),
            Command::EndCall => self.end_call(cx),
            Command::Note => self.note(cx),
            _ => return None,
        })
    }
}

/// What is stored of a call that was given up goes.
fn erase<P>(call: HeldCall<P>) -> Option<KeyAction> {
    call.may_be_stored().then(|| KeyAction::request_ok(GiveUpCall(call.id), |()| MembersMsg::GivenUp))
}
