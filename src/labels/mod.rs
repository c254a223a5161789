//! Every text that a person reads, Japanese beside English.
//!
//! One file per screen or subject. To add a text, add its row to a `texts!` group, or an arm to a `match` whose arms give
//! both languages.

mod acts;
mod admin;
pub mod audit_facts;
mod batches;
pub mod browsing;
mod call;
pub mod cli;
pub mod codes;
mod database;
mod dialogs;
pub mod doctor;
pub mod effects;
pub mod files;
mod frame;
mod home;
mod import;
mod lang;
mod last_transition;
pub mod log_texts;
mod manual;
mod members;
mod notes;
pub mod one_off;
pub mod print;
mod queue;
pub mod refusals;
mod requests;
mod server_findings;
pub mod settings;
mod sign_in;
mod texts;
pub mod upkeep;
mod words;

pub use acts::Acts;
pub use admin::AdminTexts;
pub use batches::Batches;
pub use call::Call;
pub use dialogs::Dialogs;
pub use frame::Frame;
pub use home::Home;
pub use import::Import;
pub use lang::Lang;
pub use manual::{Chapter, Manual};
pub use members::Members;
pub use notes::Notes;
pub use queue::Queue;
pub use requests::Requests;
pub use sign_in::SignIn;
pub use words::Words;

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
    pub sign_in: SignIn,
    /// Entries of the audit log.
    pub acts: Acts,
    /// The reader of the manual.
    pub manual: Manual,
    /// The home screen.
    pub home: Home,
    /// The screen 加入者 and the member's record.
    pub members: Members,
    /// The panel 電話対応 of a member.
    pub call: Call,
    /// 対応記録: notes and their follow-ups.
    pub notes: Notes,
    /// Requests for login data.
    pub requests: Requests,
    /// The screen 発送待ち.
    pub queue: Queue,
    /// The screen バッチ and its steps.
    pub batches: Batches,
    /// The screen 取込 and its report.
    pub import: Import,
    /// Staff, settings, audit log.
    pub admin: AdminTexts,
    /// The command line.
    pub cli: cli::CliTexts,
}

impl Labels {
    const fn new(lang: Lang) -> Self {
        Self {
            lang,
            words: Words::new(lang),
            frame: Frame::new(lang),
            dialogs: Dialogs::new(lang),
            sign_in: SignIn::new(lang),
            acts: Acts::new(lang),
            manual: Manual::new(lang),
            home: Home::new(lang),
            members: Members::new(lang),
            call: Call::new(lang),
            notes: Notes::new(lang),
            requests: Requests::new(lang),
            queue: Queue::new(lang),
            batches: Batches::new(lang),
            import: Import::new(lang),
            admin: AdminTexts::new(lang),
            cli: cli::CliTexts::new(lang),
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
