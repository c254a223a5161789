//! 電話対応 beside the facts: what was found, what to say, what never, what next.

use super::keys::VIEW;
use super::record;
use super::requests::{DiagnoseRequest, Guidance, MembersMsg, StateCaller};
use crate::domain::MemberKey;
use crate::domain::diagnosis::{self, Caller, CallerKind, ContactCheck, Disclosure, Question, Scripts, Topic};
use crate::domain::request::{CallerStanding, Claim};
use crate::labels::{Labels, codes};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command};
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::{area, cells};
use crate::usecases::calls::CallerWords;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Who is on the line about a member.
#[derive(Debug, Clone)]
pub(super) struct CallerState {
    pub(super) kind: CallerKind,
    pub(super) standing: CallerStanding,
    /// Of the employer's contact.
    contact: ContactCheck,
    /// What an identified caller has said.
    pub(super) said: Claim,
}

impl Default for CallerState {
    fn default() -> Self {
        Self::of(CallerKind::Member)
    }
}

impl CallerState {
    /// A caller who has said nothing yet.
    pub(super) fn of(kind: CallerKind) -> Self {
        Self { kind, standing: CallerStanding::Unknown, contact: ContactCheck::Unknown, said: Claim::default() }
    }

    /// A caller who was identified.
    pub(super) fn identified(kind: CallerKind, said: Claim) -> Self {
        Self { standing: CallerStanding::Identified, said, ..Self::of(kind) }
    }

    /// Whether anything of the person may be said.
    pub(super) fn may_hear(&self) -> bool {
        self.kind.is_checked() && self.standing == CallerStanding::Identified
    }
}

/// A call about a member.
pub(super) struct CallPanel {
    pub(super) caller: CallerState,
    /// What this caller hears before anything of the person.
    opening: Option<Box<CallerWords>>,
    /// The topic that waits for the identity check.
    pub(super) pending: Option<Topic>,
    pub(super) guidance: Load<Box<Guidance>>,
    scroll: Scroll,
}

impl CallPanel {
    pub(super) fn new(caller: CallerState) -> Self {
        Self { caller, opening: None, pending: None, guidance: Load::Idle, scroll: Scroll::default() }
    }

    /// Whether someone is on the line: who calls, or about what, was said.
    pub(super) const fn is_begun(&self) -> bool {
        self.pending.is_some() || self.opening.is_some()
    }

    /// What may not be told to this caller yet, or ever.
    pub(super) fn limit(&self, labels: &Labels) -> String {
        match self.caller.kind.is_checked() {
            true => labels.call.check_first(&key_for(Command::Call)),
            false => labels.call.hears_nothing.to_owned(),
        }
    }

    /// A topic: diagnosed at once, or once the caller is identified.
    pub(super) fn ask(&mut self, topic: Topic, key: &MemberKey) -> Vec<KeyAction> {
        if self.caller.may_hear() {
            return vec![diagnose(topic, key.clone(), Caller::default())];
        }
        self.pending = Some(topic);
        vec![self.state(key)]
    }

    /// Another caller is on the line: what the one before has proved and heard does not hold any more.
    pub(super) fn caller_is(&mut self, kind: CallerKind, key: &MemberKey) -> Vec<KeyAction> {
        if self.caller.kind != kind {
            self.caller = CallerState::of(kind);
            self.guidance = Load::Idle;
            self.scroll.go(0);
        }
        self.opening = None;
        vec![self.state(key)]
    }

    /// The employer's contact was checked.
    pub(super) fn contact_is(&mut self, contact: ContactCheck, key: &MemberKey) -> Vec<KeyAction> {
        self.caller.contact = contact;
        vec![self.state(key)]
    }

    fn state(&self, key: &MemberKey) -> KeyAction {
        let of = key.clone();
        let state = StateCaller { key: key.clone(), caller: self.caller.kind, contact: self.caller.contact };
        KeyAction::request_ok(state, |words| MembersMsg::CallerStated { key: of, words })
    }

    /// Whether there is an employer against which its contact is checked.
    pub(super) fn has_office(&self) -> bool {
        self.opening.as_ref().is_some_and(|opening| opening.office.is_some())
    }

    pub(super) fn stated(&mut self, words: Box<CallerWords>) {
        if words.caller == self.caller.kind {
            self.opening = Some(words);
        }
    }

    /// A diagnosis has come.
    pub(super) fn show(&mut self, guidance: Box<Guidance>) {
        if !self.caller.may_hear() {
            return;
        }
        self.guidance = Load::Ready(guidance);
        self.scroll.go(0);
    }

    /// The caller has answered, besides what was answered before.
    pub(super) fn answer(&self, question: Question, answer: &str, key: &MemberKey, labels: &Labels) -> Vec<KeyAction> {
        let Some(guidance) = self.guidance.ready() else { return nothing() };
        let (topic, mut caller) = (guidance.found.diagnosis.topic, guidance.caller.clone());
        match caller.hear(question, answer) {
            Ok(()) => vec![diagnose(topic, key.clone(), caller)],
            Err(refused) => vec![KeyAction::Say(StatusTone::Attention, labels.call.no_answer(&refused.text))],
        }
    }

    pub(super) fn scrolled(&mut self, command: Command) {
        self.scroll.moved(command);
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        if !self.caller.may_hear() {
            return self.draw_lines(canvas, area, &self.withheld(canvas, area.width));
        }
        if matches!(self.guidance, Load::Idle) {
            canvas.text(area.x, area.y + 1, area.width, &self.caller.line(canvas.cx.labels), theme.good);
            canvas.text(area.x, area.y, area.width, words.no_topic, theme.quiet);
            return;
        }
        let Some(guidance) = common::ready(canvas, area, &self.guidance) else { return };
        let panel = Panel { guidance, caller: &self.caller, width: area.width };
        match area.height {
            ..ROOMY => self.draw_narrow(canvas, area, &panel),
            ROOMY.. => self.draw_lines(canvas, area, &panel.all(canvas)),
        }
    }

    /// What must never be said and the next keys stay in sight; the rest scrolls above them.
    fn draw_narrow(&self, canvas: &mut Canvas<'_, '_>, area: Rect, panel: &Panel<'_>) {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        let [above, below] = area::split_bottom(area, 2);
        let foot = below.y;
        let never = panel.guidance.words.never.first().map_or("", String::as_str);
        let heading = format!("{}: ", words.never_short);
        canvas.pieces(area, foot, &[(&heading, theme.bad), (never, theme.text)]);
        let lang = canvas.cx.labels.lang;
        let mut rest = below;
        for command in panel.commands() {
            let (key, name) = (key_for(command), command.row().short(lang));
            let pieces = [(key.as_str(), theme.key), (" ", theme.text), (name, theme.text), ("  ", theme.text)];
            let used = canvas.pieces(rest, foot + 1, &pieces);
            [_, rest] = area::split_left(rest, used);
        }
        self.draw_lines(canvas, above, &panel.first(canvas));
    }

    /// Before the check, or for a caller who may hear nothing: who calls, and what such a caller hears.
    fn withheld(&self, canvas: &Canvas<'_, '_>, width: u16) -> Vec<(String, Style)> {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.call;
        let office = self.opening.as_ref().and_then(|opening| opening.office.as_ref());
        let limit = match (self.caller.kind.disclosure(), self.caller.contact) {
            (Disclosure::OwnRecord | Disclosure::OnPaper, _) => words.check_first(&key_for(Command::Call)),
            (Disclosure::Bundle, _) if office.is_none() => words.hears_nothing.to_owned(),
            (Disclosure::Bundle, ContactCheck::Matches) => words.hears_bundles.to_owned(),
            (Disclosure::Bundle, ContactCheck::Unknown) => words.check_contact(&key_for(Command::Call)),
            (Disclosure::Nothing, _) => words.hears_nothing.to_owned(),
        };
        let mut lines = vec![(self.caller.line(labels), theme.attention)];
        let mut add = |text: &str, indent: &str, style: Style| {
            let room = width.saturating_sub(cells::width(indent));
            lines.extend(cells::wrap(text, room).into_iter().map(|line| (format!("{indent}{line}"), style)));
        };
        add(&limit, "", theme.quiet);
        if let (Some(topic), Ok(scripts)) = (self.pending, Scripts::embedded()) {
            add(scripts.title(topic, labels.lang.into()), "", theme.strong);
        }
        let unchecked = office.filter(|_| self.caller.contact == ContactCheck::Unknown);
        for line in unchecked.into_iter().flat_map(|office| record::office(office, labels)) {
            add(&line, "  ", theme.text);
        }
        let Some(opening) = &self.opening else { return lines };
        add("", "", theme.text);
        add(words.say, "", theme.text);
        add(&words.quoted(&opening.say), "  ", theme.strong);
        if office.is_none() || unchecked.is_some() {
            return lines;
        }
        add("", "", theme.text);
        if opening.bundles.is_empty() {
            add(words.no_bundle, "", theme.quiet);
        }
        for bundle in &opening.bundles {
            let day = bundle.dispatched_on.map(common::short).unwrap_or_default();
            let receipt = match bundle.receipt_on {
                Some(day) => words.receipt_back(&common::short(day)),
                None => words.receipt_none.to_owned(),
            };
            add(&words.bundle(&bundle.batch.to_string(), &day, bundle.cards), "", theme.text);
            if !bundle.tracking.is_empty() {
                add(&words.tracking(&bundle.tracking), "  ", theme.text);
            }
            add(&format!("{receipt}  {}", bundle.serials.join("  ")), "  ", theme.quiet);
        }
        lines
    }

    fn draw_lines(&self, canvas: &mut Canvas<'_, '_>, area: Rect, lines: &[(String, Style)]) {
        let part = self.scroll.part(canvas, area, lines.len());
        canvas.styled(area, &lines[part]);
    }
}

impl CallerState {
    /// `本人確認 未  本人`
    fn line(&self, labels: &Labels) -> String {
        let words = &labels.call;
        let kind = codes::caller_kind(labels.lang, self.kind);
        match (self.kind.is_checked(), self.standing) {
            (false, _) => format!("{} {kind}", words.caller),
            (true, CallerStanding::Identified) => format!("{}  {kind}", words.identified),
            (true, CallerStanding::Unknown | CallerStanding::PaperMissing | CallerStanding::Deceased) => {
                format!("{}  {kind}", words.not_identified)
            }
        }
    }
}

/// Rows from which on everything stands one under another, spaced.
const ROOMY: u16 = 24;

/// The words of a diagnosis as lines.
struct Panel<'a> {
    guidance: &'a Guidance,
    caller: &'a CallerState,
    width: u16,
}

impl Panel<'_> {
    /// What the clerk reads first: the question that narrows it, what was found, what to say.
    fn first(&self, canvas: &Canvas<'_, '_>) -> Vec<(String, Style)> {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        [
            self.title(canvas),
            self.part("", self.question(canvas), theme.attention),
            self.part("", self.findings(), theme.text),
            self.part(words.say, vec![words.quoted(&self.guidance.words.say)], theme.strong),
            self.part(words.steps, self.steps(), theme.text),
        ]
        .concat()
    }

    fn all(&self, canvas: &Canvas<'_, '_>) -> Vec<(String, Style)> {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        let answer = &self.guidance.words;
        let next = answer.next.iter().map(|(action, text)| format!("{} {text}", key_for(command_of(*action))));
        let parts = [
            self.part(words.ask, self.question(canvas), theme.attention),
            self.part(words.found, self.findings(), theme.text),
            self.part(words.say, vec![words.quoted(&answer.say)], theme.strong),
            self.part(words.steps, self.steps(), theme.text),
            self.part(words.never, answer.never.clone(), theme.bad),
            self.part(words.next, next.collect(), theme.text),
        ];
        let spaced = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .flat_map(|part| std::iter::once((String::new(), theme.text)).chain(part));
        self.title(canvas).into_iter().chain(spaced).collect()
    }

    fn title(&self, canvas: &Canvas<'_, '_>) -> Vec<(String, Style)> {
        let theme = canvas.cx.theme;
        let title = format!("{}  {}", self.guidance.words.title, self.guidance.words.guide);
        let identified = Some((self.caller.line(canvas.cx.labels), theme.good));
        let title = cells::wrap(&title, self.width).into_iter().map(|line| (line, theme.strong));
        identified.into_iter().chain(title).collect()
    }

    fn question(&self, canvas: &Canvas<'_, '_>) -> Vec<String> {
        let words = &canvas.cx.labels.call;
        let asked = self.guidance.words.question.as_ref();
        asked.map(|asked| format!("{} {}", key_for(Command::Answer), words.quoted(&asked.text))).into_iter().collect()
    }

    fn findings(&self) -> Vec<String> {
        self.guidance.words.findings.iter().zip(1..).map(|(text, n)| format!("{n} {text}")).collect()
    }

    fn steps(&self) -> Vec<String> {
        self.guidance.words.steps.iter().zip(1..).map(|(text, n)| format!("{n} {text}")).collect()
    }

    /// The distinct keys of the actions.
    fn commands(&self) -> Vec<Command> {
        let mut commands: Vec<Command> = Vec::new();
        for (action, _) in &self.guidance.words.next {
            let command = command_of(*action);
            if !commands.contains(&command) {
                commands.push(command);
            }
        }
        commands
    }

    /// A heading, if any, and its items wrapped below it.
    fn part(&self, heading: &str, items: Vec<String>, style: Style) -> Vec<(String, Style)> {
        let indent = if heading.is_empty() { "" } else { "  " };
        let width = self.width.saturating_sub(cells::width(indent));
        let lines = items.iter().flat_map(|item| cells::wrap(item, width));
        let lines: Vec<_> = lines.map(|line| (format!("{indent}{line}"), style)).collect();
        let heading = (!heading.is_empty() && !lines.is_empty()).then(|| (heading.to_owned(), Style::new()));
        heading.into_iter().chain(lines).collect()
    }
}

/// The key that does what an action says.
const fn command_of(action: diagnosis::NextAction) -> Command {
    use diagnosis::NextAction as A;
    match action {
        // A transfer is told on the phone and kept in the note.
        A::RecordNote | A::TransferMedical | A::TransferHealth => Command::Note,
        A::OpenCard | A::ResolveHold => Command::ShowCards,
        A::EmployerContact => Command::Contact,
        A::ReissueViewing => Command::Reissue,
        A::TypeInRequest => Command::TakeRequest,
        A::OpenPredecessor => Command::Former,
        A::OpenSuccessor => Command::Later,
    }
}

pub(super) fn key_for(command: Command) -> String {
    let row = VIEW.iter().find(|binding: &&Binding| binding.command == command);
    row.and_then(|binding| binding.keys.first()).map(|key| key.shown()).unwrap_or_default()
}

/// Asks for a diagnosis.
fn diagnose(topic: Topic, key: MemberKey, caller: Caller) -> KeyAction {
    let of = key.clone();
    KeyAction::request_ok(DiagnoseRequest { topic, key, caller }, move |guidance| MembersMsg::Diagnosed {
        key: of,
        guidance,
    })
}
