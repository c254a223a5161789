//! 管理: staff, settings, the audit log.

mod dialogs;
mod doctor;
mod log;
mod pages;
mod proposals;
pub(crate) mod requests;

use crate::domain::Permission;
use crate::domain::browsing::Unusual;
use crate::labels::{codes, two_people};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::request::Message;
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Load, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::area;
use crate::tui::widgets::list_view::{AnyList, ListView};
use crate::usecases::staff::Staff;
use crate::usecases::two_people::{Asked, Deciders, Proposal};
use crate::usecases::{AuditLine, AuditQuestion, Chain, Settings};
use doctor::CheckLine;
use pages::SettingLine;
use ratatui::layout::Rect;
use requests::{AdminMsg, CheckAll, ListChanges, ListStaff, ListUnusual, LoadSettings, ReadLog, VerifyAudit};

/// The keys of the staff list.
pub(crate) const STAFF: &[Binding] =
    bindings![AddStaff, UnlockStaff, ResetPassword, ChangeRole, ResetFactor, DisableStaff, Filter, NextPage; list];

/// The keys of the settings.
pub(crate) const SETTINGS: &[Binding] = bindings![EditSetting, Filter, NextPage; list];

/// The keys of the audit log.
pub(crate) const AUDIT: &[Binding] = bindings![OpenLooks, VerifyAudit, Filter, NextPage; list];

/// The keys of the log itself.
pub(crate) const LOG: &[Binding] = bindings![Open, AskLog, Filter, NextPage; list];

/// The keys of proposed changes.
pub(crate) const CHANGES: &[Binding] = bindings![DecideChange, Filter, NextPage; list];

/// The keys of the checks.
pub(crate) const DOCTOR: &[Binding] = bindings![Filter, NextPage; list];

/// The keys of a page that is another's.
pub(crate) const CLOSED: &[Binding] = bindings![NextPage];

/// What the check of the chain takes on its page.
const AUDIT_ROWS: u16 = 7;

/// What is in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Staff,
    Settings,
    Audit,
    Log,
    Changes,
    Doctor,
}

/// The six pages.
pub(crate) struct AdminScreen {
    page: Page,
    /// The permission that is missing to see it.
    lacks: Option<Permission>,
    staff: ListView<Staff>,
    deciders: Deciders,
    changes: ListView<Proposal>,
    settings: Option<Box<Settings>>,
    setting_lines: ListView<SettingLine>,
    chain: Load<Chain>,
    unusual: ListView<Unusual>,
    /// What the log is asked for.
    question: AuditQuestion,
    lines: ListView<AuditLine>,
    checks: ListView<CheckLine>,
}

impl Default for AdminScreen {
    fn default() -> Self {
        Self {
            page: Page::default(),
            lacks: None,
            staff: ListView::default(),
            deciders: Deciders::default(),
            changes: ListView::default(),
            settings: None,
            setting_lines: ListView::default(),
            chain: Load::default(),
            unusual: ListView::default(),
            question: log::newest(),
            lines: ListView::default(),
            checks: ListView::default(),
        }
    }
}

impl AdminScreen {
    /// The permission that is missing to see the page in front.
    fn lacking(&self, cx: &Context) -> Option<Permission> {
        let needs = match self.page {
            Page::Staff => Permission::Unlock,
            Page::Settings => Permission::Look,
            Page::Audit => Permission::Browsing,
            Page::Log => self.question.needs(),
            Page::Changes => Permission::Second,
            Page::Doctor => Permission::Upkeep,
        };
        (!cx.may(needs)).then_some(needs)
    }

    fn load(&mut self, cx: &Context) -> Vec<KeyAction> {
        self.lacks = self.lacking(cx);
        match self.page {
            _ if self.lacks.is_some() => nothing(),
            Page::Staff => {
                self.staff.wait();
                vec![KeyAction::request(ListStaff, AdminMsg::Staff)]
            }
            Page::Settings => {
                self.setting_lines.wait();
                vec![KeyAction::request(LoadSettings, AdminMsg::Settings)]
            }
            Page::Audit => {
                self.unusual.wait();
                vec![KeyAction::request(ListUnusual, AdminMsg::Unusual)]
            }
            Page::Log => {
                self.lines.wait();
                vec![KeyAction::request(ReadLog(self.question.clone()), AdminMsg::Log)]
            }
            Page::Changes => {
                self.changes.wait();
                vec![KeyAction::request(ListChanges, AdminMsg::Changes)]
            }
            Page::Doctor => {
                self.checks.wait();
                vec![KeyAction::request(CheckAll, AdminMsg::Checked)]
            }
        }
    }

    fn said(&mut self, text: String, cx: &Context) -> Vec<KeyAction> {
        std::iter::once(KeyAction::Say(StatusTone::Good, text)).chain(self.load(cx)).collect()
    }

    fn turn(&mut self, cx: &Context) -> Vec<KeyAction> {
        self.page = match self.page {
            Page::Staff => Page::Settings,
            Page::Settings => Page::Audit,
            Page::Audit => Page::Log,
            Page::Log => Page::Changes,
            Page::Changes => Page::Doctor,
            Page::Doctor => Page::Staff,
        };
        self.load(cx)
    }

    /// Shows what the log says to a question.
    fn ask(&mut self, question: AuditQuestion, cx: &Context) -> Vec<KeyAction> {
        (self.page, self.question) = (Page::Log, question);
        self.load(cx)
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let person = self.staff.selected();
        let setting = self.setting_lines.selected().map(|line| line.setting).zip(self.settings.as_deref());
        match command {
            Command::Back => vec![KeyAction::Leave],
            Command::Reload => self.load(cx),
            Command::NextPage => self.turn(cx),
            Command::AddStaff => dialogs::add(self.deciders, cx),
            Command::UnlockStaff => person.map_or_else(nothing, |it| dialogs::unlock(it, cx)),
            Command::ResetPassword => person.map_or_else(nothing, |it| dialogs::reset(it, self.deciders, cx)),
            Command::DisableStaff => person.map_or_else(nothing, |it| dialogs::disable(it, cx)),
            Command::ChangeRole => person.map_or_else(nothing, |it| dialogs::role(it, cx)),
            Command::ResetFactor => person.map_or_else(nothing, |it| dialogs::factor(it, cx)),
            Command::EditSetting => setting.map_or_else(nothing, |(it, now)| dialogs::edit(it, now, cx)),
            Command::DecideChange => self.changes.selected().map_or_else(nothing, |it| proposals::open(it, cx)),
            Command::Open => self.lines.selected().map_or_else(nothing, |line| log::show(line, cx)),
            Command::AskLog => log::ask(&self.question, cx),
            Command::OpenLooks => match self.unusual.selected().map(log::looks) {
                Some(question) => self.ask(question, cx),
                None => nothing(),
            },
            Command::VerifyAudit => {
                self.chain = Load::Waiting;
                vec![KeyAction::request(VerifyAudit, AdminMsg::Verified)]
            }
            _ => nothing(),
        }
    }
}

impl Screen for AdminScreen {
    fn bindings(&self) -> &'static [Binding] {
        match self.page {
            _ if self.lacks.is_some() => CLOSED,
            Page::Staff => STAFF,
            Page::Settings => SETTINGS,
            Page::Audit => AUDIT,
            Page::Log => LOG,
            Page::Changes => CHANGES,
            Page::Doctor => DOCTOR,
        }
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        if self.lacks.is_some() {
            return None;
        }
        Some(match self.page {
            Page::Staff => &mut self.staff,
            Page::Settings => &mut self.setting_lines,
            Page::Audit => &mut self.unusual,
            Page::Log => &mut self.lines,
            Page::Changes => &mut self.changes,
            Page::Doctor => &mut self.checks,
        })
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Shown => {
                // An auditor has this one page.
                if !cx.may(Permission::Look) {
                    self.page = Page::Audit;
                }
                self.load(cx)
            }
            ScreenEvent::Visit(ScreenRoute::Changes) => {
                self.page = Page::Changes;
                self.load(cx)
            }
            ScreenEvent::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        match message.read() {
            Some(AdminMsg::Staff(reply)) => {
                let staff = reply.map(|list| {
                    self.deciders = list.deciders;
                    list.staff
                });
                return common::loaded(&mut self.staff, staff, cx);
            }
            Some(AdminMsg::Changes(reply)) => return common::loaded(&mut self.changes, reply, cx),
            Some(AdminMsg::Texts { id, texts }) => {
                let proposal = self.changes.rows().iter().find(|proposal| proposal.id == id);
                return proposal.map_or_else(nothing, |proposal| proposals::decide_read(proposal, &texts, cx));
            }
            Some(AdminMsg::Confirmed(done)) => {
                return proposals::confirmed(&done, cx).into_iter().chain(self.load(cx)).collect();
            }
            Some(AdminMsg::Settings(reply)) => {
                let lines = reply.map(|settings| SettingLine::all(self.settings.insert(settings)));
                return common::loaded(&mut self.setting_lines, lines, cx);
            }
            Some(AdminMsg::Unusual(reply)) => return common::loaded(&mut self.unusual, reply, cx),
            Some(AdminMsg::Checked(reply)) => {
                let lines = reply.map(|rows| CheckLine::all(&rows, cx));
                return common::loaded(&mut self.checks, lines, cx);
            }
            Some(AdminMsg::Ask(question)) => return self.ask(*question, cx),
            Some(AdminMsg::Log(reply)) => return common::loaded(&mut self.lines, reply, cx),
            Some(AdminMsg::Verified(Ok(chain))) => self.chain = Load::Ready(chain),
            Some(AdminMsg::Verified(Err(refusal))) => return self.chain.fail(&refusal),
            Some(AdminMsg::Done(text) | AdminMsg::Asked(Asked::Done, text)) => return self.said(text, cx),
            Some(AdminMsg::Asked(Asked::Proposed(proposal), _)) => {
                return self.said(two_people::waits(cx.labels.lang, &proposal), cx);
            }
            None => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let [names, page] = area::split_top(area, 2);
        common::draw_pages(canvas, area::inset(names), &canvas.cx.labels.admin.pages, self.page as usize);
        if let Some(needs) = self.lacks {
            let labels = canvas.cx.labels;
            let whose = labels.admin.for_others(&codes::who_may(labels.lang, needs));
            return common::draw_empty(canvas, page, &whose, labels.admin.for_others_next);
        }
        match self.page {
            Page::Staff => pages::draw_staff(canvas, page, &self.staff),
            Page::Settings => pages::draw_settings(canvas, page, &self.setting_lines),
            Page::Audit => {
                let [chain, unusual] = area::split_top(page, AUDIT_ROWS);
                pages::draw_audit(canvas, chain, &self.chain);
                pages::draw_unusual(canvas, unusual, &self.unusual);
            }
            Page::Log => log::draw(canvas, page, &self.lines),
            Page::Changes => proposals::draw(canvas, page, &self.changes),
            Page::Doctor => doctor::draw(canvas, page, &self.checks),
        }
    }
}
