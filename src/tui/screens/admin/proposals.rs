//! F2: proposed changes. One person proposes, another sees what is proposed and decides.

use super::requests::{AdminMsg, ConfirmChange, ReadChangedTexts, RefuseChange, WithdrawChange};
use crate::domain::diagnosis::ReplyTextChange;
use crate::domain::{ChangeState, GuardedChange};
use crate::labels::two_people;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::layers::{Choice, Confirm, Form, FormRow, Notice, Pick};
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::Focus;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::usecases::confirmations::Confirmed;
use crate::usecases::staff::NewCredential;
use crate::usecases::two_people::Proposal;
use ratatui::layout::Rect;

/// Reads the words that a file would change first, where the proposal is about a file.
pub(super) fn open(proposal: &Proposal, cx: &Context) -> Vec<KeyAction> {
    let id = proposal.id;
    match &proposal.change {
        GuardedChange::SettingSet { sha256: Some(_), .. } if proposal.state == ChangeState::Open => {
            vec![KeyAction::request_ok(ReadChangedTexts(id), move |texts| AdminMsg::Texts { id, texts })]
        }
        _ => decide(proposal, cx),
    }
}

/// The changed words stand whole in front of the decision: it is seen once they were read.
pub(super) fn decide_read(proposal: &Proposal, texts: &[ReplyTextChange], cx: &Context) -> Vec<KeyAction> {
    let words = two_people::texts(cx.labels.lang, texts);
    let read = KeyAction::dialog(Notice::new(cx.labels.admin.change_title, StatusTone::Quiet, words));
    let first = (!texts.is_empty()).then_some(read);
    // A second dialog waits until the first is closed.
    first.into_iter().chain(decide(proposal, cx)).collect()
}

/// Shows what is proposed to the person who decides; who proposed it can take it back.
fn decide(proposal: &Proposal, cx: &Context) -> Vec<KeyAction> {
    if proposal.state != ChangeState::Open {
        return nothing();
    }
    let words = &cx.labels.admin;
    let id = proposal.id;
    let text = facts(proposal, cx);
    if cx.person.as_ref().is_some_and(|person| person.id == proposal.proposed_by) {
        let withdrawn = cx.labels.cli.proposal.withdrawn(id);
        let then = vec![KeyAction::request_ok(WithdrawChange(id), |()| AdminMsg::Done(withdrawn))];
        let choice = Choice { letter: 'x', text: words.change_withdraw.to_owned(), then };
        return vec![KeyAction::dialog(Pick::new(words.change_title, vec![choice]).saying(text))];
    }
    let confirm = KeyAction::request_ok(ConfirmChange(id), |done| AdminMsg::Confirmed(Box::new(done)));
    let question = Confirm::new(words.change_title, words.change_confirm, vec![confirm])
        .saying(text.clone())
        .warning([words.change_effect.to_owned()]);
    let refused = cx.labels.cli.proposal.refused(id);
    let form = Form::new(words.change_title, vec![FormRow::text(words.change_why).required()], move |mut filled| {
        let refused = refused.clone();
        vec![KeyAction::request_ok(RefuseChange { id, why: filled.text() }, |()| AdminMsg::Done(refused))]
    });
    let choices = vec![
        Choice { letter: 'a', text: words.change_confirm.to_owned(), then: vec![KeyAction::dialog(question)] },
        Choice {
            letter: 'x',
            text: words.change_refuse.to_owned(),
            then: vec![KeyAction::dialog(form.saying(text.clone()))],
        },
    ];
    vec![KeyAction::dialog(Pick::new(words.change_title, choices).saying(text))]
}

/// What was carried out; a first password or key stays on the screen until it was read.
pub(super) fn confirmed(done: &Confirmed, cx: &Context) -> Vec<KeyAction> {
    let (proposal, texts) = (&done.proposal, &cx.labels.cli.proposal);
    let what = texts.confirmed(proposal.id, &two_people::change(cx.labels.lang, &proposal.change));
    let shown = match &done.credential {
        None => return vec![KeyAction::Say(StatusTone::Good, what)],
        Some(NewCredential::Password(password)) => texts.first_password(proposal.change.subject(), password.expose()),
        Some(NewCredential::Key(key)) => texts.key(key.id(), key.line().expose()),
    };
    vec![KeyAction::dialog(Notice::new(cx.labels.admin.change_title, StatusTone::Good, format!("{what}\n\n{shown}")))]
}

fn facts(proposal: &Proposal, cx: &Context) -> Vec<String> {
    let words = &cx.labels.admin;
    let at = common::minute(proposal.proposed_at);
    vec![
        two_people::change(cx.labels.lang, &proposal.change),
        words.change_by(&proposal.proposed_by, &at, &proposal.until.to_string()),
        two_people::could_confirm(cx.labels.lang, proposal),
    ]
}

impl ListItem for Proposal {
    type Key = i64;

    fn key(&self) -> i64 {
        self.id
    }

    fn cells(&self, cx: &Context) -> Row {
        let theme = cx.theme;
        let style = if self.state == ChangeState::Open { theme.attention } else { theme.quiet };
        vec![
            (common::minute(self.proposed_at), theme.text),
            (self.proposed_by.clone(), theme.text),
            (two_people::state(cx.labels.lang, self.state).to_owned(), style),
            (two_people::change(cx.labels.lang, &self.change), theme.text),
        ]
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, proposals: &ListView<Proposal>) {
    let words = &canvas.cx.labels.admin;
    let columns = [
        TableColumn::cells(words.when, 12),
        TableColumn::cells(words.id, 12),
        TableColumn::cells(canvas.cx.labels.words.state, 10),
        TableColumn::rest(words.what),
    ];
    let empty = (words.no_change, words.no_change_next);
    proposals.draw(canvas, area, &ListLook { columns: &columns, empty, focus: Focus::Here, foot: 0 });
}
