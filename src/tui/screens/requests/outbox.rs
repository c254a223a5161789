//! 返信の送信箱: replies that wait, what each says, and how it leaves.

use super::calls::{EditReply, ExportReplies, ListReplies, RequestsMsg, SendReply, WithdrawReply};
use crate::domain::request::{ReplyState, ReplyStep, ReplyWay};
use crate::labels::replies as names;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::layers::{Choice, Confirm, Form, FormRow, Pick};
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::theme::Theme;
use crate::tui::widgets::list_view::{ListItem, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area, cells};
use crate::usecases::replies::{OutboxScope, ReplyLine};
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;

/// The keys of the outbox.
pub(crate) const OUTBOX: &[Binding] = bindings![ExportReply, ReplySent, CopyReply, ChangeReply, NoReply, Open.spare(), ShowAll.spare(), Filter.spare(); list];

impl ListItem for ReplyLine {
    type Key = i64;

    fn key(&self) -> i64 {
        self.reply
    }

    fn cells(&self, cx: &Context) -> Row {
        let (words, theme) = (&cx.labels.replies, cx.theme);
        let (_, at) = self.status.last();
        vec![
            (at.map(common::minute).unwrap_or_default(), theme.quiet),
            (self.receipt.clone(), theme.text),
            (self.name.clone(), theme.text),
            (words.state(self.status.state).to_owned(), state_style(self.status.state, &theme)),
            (names::to(cx.labels.lang, self), theme.text),
        ]
    }
}

const fn state_style(state: ReplyState, theme: &Theme) -> Style {
    match state {
        ReplyState::Draft => theme.attention,
        ReplyState::Exported => theme.moving,
        ReplyState::Sent => theme.good,
        ReplyState::Withdrawn | ReplyState::Unrecorded => theme.quiet,
    }
}

/// Replies of one scope.
pub(super) struct Outbox {
    scope: OutboxScope,
    pub(super) lines: ListView<ReplyLine>,
    /// The request whose reply is to be selected when the list has come.
    wanted: Option<String>,
}

impl Outbox {
    /// The outbox; the reply to `wanted` is selected in it.
    pub(super) fn new(wanted: Option<String>) -> Self {
        Self { scope: OutboxScope::Waiting, lines: ListView::default(), wanted }
    }

    pub(super) fn load(&mut self) -> Vec<KeyAction> {
        self.lines.wait();
        vec![KeyAction::request(ListReplies(self.scope), RequestsMsg::Replies)]
    }

    pub(super) fn loaded(&mut self, reply: Result<Vec<ReplyLine>, RefusalText>, cx: &Context) -> Vec<KeyAction> {
        let done = common::loaded(&mut self.lines, reply, cx);
        let wanted = self.wanted.take();
        if let Some(row) = wanted.and_then(|receipt| self.lines.rows().iter().position(|it| it.receipt == receipt)) {
            self.lines.select_row(row);
        }
        done
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match command {
            Command::Reload => return self.load(),
            Command::ShowAll => {
                self.scope = match self.scope {
                    OutboxScope::Waiting => OutboxScope::All,
                    OutboxScope::All => OutboxScope::Waiting,
                };
                return self.load();
            }
            _ => {}
        }
        let Some(line) = self.lines.selected() else { return nothing() };
        match command {
            Command::ExportReply => after(line, ReplyStep::Export, cx).unwrap_or_else(|| self.export(line, cx)),
            Command::ReplySent => after(line, ReplyStep::Send, cx).unwrap_or_else(|| send(line, cx)),
            Command::ChangeReply => after(line, ReplyStep::Edit, cx).unwrap_or_else(|| edit(line, cx)),
            Command::NoReply => after(line, ReplyStep::Withdraw, cx).unwrap_or_else(|| withdraw(line, cx)),
            Command::CopyReply => {
                let text = cx.labels.replies.copied(&line.receipt);
                vec![KeyAction::Copy(line.page.clone()), KeyAction::Say(StatusTone::Good, text)]
            }
            _ => nothing(),
        }
    }

    /// This reply, or every draft that has an address.
    fn export(&self, line: &ReplyLine, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.replies;
        let ready: Vec<i64> = self.lines.rows().iter().filter(|it| it.is_mail_draft()).map(|it| it.reply).collect();
        let export = |replies: Vec<i64>| {
            let count = replies.len();
            let text = words.exported(count);
            vec![KeyAction::request_ok(ExportReplies(replies), move |made| {
                let folder = made.first().and_then(|made| made.file.parent()).map(|it| it.display().to_string());
                RequestsMsg::RepliesMoved(format!("{text}: {}", folder.unwrap_or_default()))
            })]
        };
        if ready.len() < 2 {
            let question = Confirm::new(words.export_title, words.export_yes, export(vec![line.reply]));
            return vec![KeyAction::dialog(question.saying([words.export_hint.to_owned()]))];
        }
        let all = words.export_all(ready.len());
        let choices = vec![
            Choice { letter: 'a', text: words.export_one.to_owned(), then: export(vec![line.reply]) },
            Choice { letter: 'b', text: all, then: export(ready) },
        ];
        vec![KeyAction::dialog(Pick::new(words.export_title, choices).saying([words.export_hint.to_owned()]))]
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, wide: bool) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.replies;
        canvas.text(area.x + 2, area.y, area.width, words.title, theme.title);
        let count = |state| self.lines.rows().iter().filter(|line| line.status.state == state).count();
        let exported = count(ReplyState::Exported);
        let totals = words.totals(count(ReplyState::Draft) + exported, exported);
        let all = if self.scope == OutboxScope::All { format!("{}  ", words.all) } else { String::new() };
        canvas.text_right(area.inner(Margin::new(1, 0)), area.y, &format!("{all}{totals}"), theme.strong);
        let [_, below] = area::split_top(area, 1);
        let columns = [
            TableColumn::cells(words.since, 11),
            TableColumn::key(words.receipt, 11),
            TableColumn::rest(words.who),
            TableColumn::cells(words.state_name, 8),
            TableColumn::cells(words.to, 20),
        ];
        if !self.lines.draw_state(canvas, below, (words.none, words.none_next)) {
            return;
        }
        if wide {
            let [list, rule, page] = area::panes(below, below.width * 9 / 20);
            // Where it goes stands beside it.
            self.lines.draw_rows(canvas, list, (&columns[..4], Focus::Here));
            canvas.column_rule(rule.x, below);
            self.draw_page(canvas, area::inset(page));
            return;
        }
        let rows = area::height(self.lines.rows()).saturating_add(1).min(below.height / 3).max(3);
        let [list, page] = area::split_top(below, rows);
        self.lines.draw_rows(canvas, list, (&columns, Focus::Here));
        canvas.rule(area::row(page, page.y));
        self.draw_page(canvas, area::below(area::inset(page), page.y + 1));
    }

    /// The selected reply as its sender will read it.
    fn draw_page(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let Some(line) = self.lines.selected() else { return };
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.replies;
        let status = names::status(labels.lang, &line.status);
        let to = names::to(labels.lang, line);
        let head = [
            (format!("{} {to}", words.to), theme.text),
            (format!("{} {}", words.subject, line.subject), theme.text),
            (status, state_style(line.status.state, &theme)),
            (String::new(), theme.text),
        ];
        let file = line.file.as_ref().map(|file| (format!("{} {}", words.file, file.display()), theme.quiet));
        let page = line.page.lines().map(|text| (text.to_owned(), theme.text));
        let lines = head.into_iter().chain(page).chain(file);
        let wrapped = lines.flat_map(|(text, style)| {
            let lines = if text.is_empty() { vec![String::new()] } else { cells::wrap(&text, area.width) };
            lines.into_iter().map(move |line| (line, style))
        });
        canvas.styled(area, &wrapped.collect::<Vec<_>>());
    }
}

/// Why a step cannot be taken any more, in words.
fn after(line: &ReplyLine, step: ReplyStep, cx: &Context) -> Option<Vec<KeyAction>> {
    let words = &cx.labels.replies;
    let over = line.status.state.after(step).is_none();
    over.then(|| vec![KeyAction::Say(StatusTone::Attention, words.over(words.state(line.status.state)))])
}

/// How it was sent: the question and the answer are one.
fn send(line: &ReplyLine, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.replies;
    let choice = |(via, letter): (&ReplyWay, char)| {
        let (via, text) = (*via, words.sent(&line.receipt, words.way(*via)));
        let sent = SendReply { reply: line.reply, via };
        let then = vec![KeyAction::request_ok(sent, |_| RequestsMsg::RepliesMoved(text))];
        Choice { letter, text: words.way(via).to_owned(), then }
    };
    let choices = ReplyWay::ALL.iter().zip('a'..).map(choice).collect();
    let row = usize::from(line.email.is_empty());
    let who = format!("{}  {}", line.receipt, line.name);
    vec![KeyAction::dialog(Pick::new(words.send_title, choices).saying([who]).at(row))]
}

fn edit(line: &ReplyLine, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.replies;
    let (reply, text) = (line.reply, words.edited(&line.receipt));
    let row = FormRow::area(words.edit_field).holding(&line.body).required();
    let form = Form::new(words.edit_title(&line.receipt), vec![row], move |mut filled| {
        let (body, text) = (filled.text(), text.clone());
        vec![KeyAction::request_ok(EditReply { reply, body }, |_| RequestsMsg::RepliesMoved(text))]
    });
    vec![KeyAction::dialog(form.saying([words.edit_text.to_owned()]))]
}

fn withdraw(line: &ReplyLine, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.replies;
    let text = words.withdrawn(&line.receipt);
    let then = KeyAction::request_ok(WithdrawReply(line.reply), |_| RequestsMsg::RepliesMoved(text));
    let warning = (line.status.state == ReplyState::Exported).then(|| words.withdraw_exported.to_owned());
    let question = Confirm::new(words.withdraw_title, words.withdraw_yes, vec![then]);
    vec![KeyAction::dialog(question.saying([words.withdraw_text(&line.receipt)]).warning(warning))]
}
