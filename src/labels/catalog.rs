//! All groups of texts in one language.

use super::cli::CliTexts;
use super::{
    Acts, AdminTexts, AuditFactTexts, Batches, Call, Calls, Dialogs, Employers, Frame, Home, Import, Incidents,
    InstallationTexts, Lang, Manual, Members, Notes, PackingTexts, Promises, Queue, Replies, Requests, SignInTexts,
    StatsTexts, StatusTexts, Words,
};

/// Every text of one language.
#[derive(Debug)]
pub struct Labels {
    /// The language of all of them.
    pub lang: Lang,
    /// Words that several screens share.
    pub words: Words,
    /// Around every screen.
    pub frame: Frame,
    /// Questions and forms that lie over a screen.
    pub dialogs: Dialogs,
    /// Sign-in and screen lock.
    pub sign_in: SignInTexts,
    /// Entries of the audit log.
    pub acts: Acts,
    /// The facts of these entries.
    pub audit_facts: AuditFactTexts,
    /// The reader of the manual.
    pub manual: Manual,
    /// The home screen.
    pub home: Home,
    /// The screen 加入者 and the member's record.
    pub members: Members,
    /// The panel 電話対応 of a member.
    pub call: Call,
    /// Calls that wait, and those of a day.
    pub calls: Calls,
    /// 事業所: the list and the record.
    pub employers: Employers,
    /// 漏えい等: incidents.
    pub incidents: Incidents,
    /// What a database is where it lies.
    pub installation: InstallationTexts,
    /// P1: what is owed to members.
    pub promises: Promises,
    /// 対応記録: notes and their follow-ups.
    pub notes: Notes,
    /// Requests for login data.
    pub requests: Requests,
    /// Replies that wait to be sent.
    pub replies: Replies,
    /// The screen 発送待ち.
    pub queue: Queue,
    /// The screen バッチ and its steps.
    pub batches: Batches,
    /// The dialog 封入の確認.
    pub packing: PackingTexts,
    /// The screen 取込 and its report.
    pub import: Import,
    /// 統計
    pub stats: StatsTexts,
    /// What waits, in one line.
    pub status: StatusTexts,
    /// Staff, settings, audit log.
    pub admin: AdminTexts,
    /// The command line.
    pub cli: CliTexts,
}

impl Labels {
    const fn new(lang: Lang) -> Self {
        Self {
            lang,
            words: Words::new(lang),
            frame: Frame::new(lang),
            dialogs: Dialogs::new(lang),
            sign_in: SignInTexts::new(lang),
            acts: Acts::new(lang),
            audit_facts: AuditFactTexts::new(lang),
            manual: Manual::new(lang),
            home: Home::new(lang),
            members: Members::new(lang),
            call: Call::new(lang),
            employers: Employers::new(lang),
            incidents: Incidents::new(lang),
            installation: InstallationTexts::new(lang),
            promises: Promises::new(lang),
            notes: Notes::new(lang),
            calls: Calls::new(lang),
            requests: Requests::new(lang),
            replies: Replies::new(lang),
            queue: Queue::new(lang),
            batches: Batches::new(lang),
            packing: PackingTexts::new(lang),
            import: Import::new(lang),
            stats: StatsTexts::new(lang),
            status: StatusTexts::new(lang),
            admin: AdminTexts::new(lang),
            cli: CliTexts::new(lang),
        }
    }
}

/// All texts in Japanese.
pub const JA: Labels = Labels::new(Lang::Ja);

/// All texts in English.
pub const EN: Labels = Labels::new(Lang::En);

impl Lang {
    /// Every text of this language.
    pub const fn labels(self) -> &'static Labels {
        match self {
            Self::Ja => &JA,
            Self::En => &EN,
        }
    }
}
