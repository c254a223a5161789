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
    /// Shared words.
    pub words: Words,
    /// Around every screen.
    pub frame: Frame,
    /// Dialogs.
    pub dialogs: Dialogs,
    /// Sign-in and screen lock.
    pub sign_in: SignIn,
    /// Entries of the audit log.
    pub acts: Acts,
    /// The reader of the manual.
    pub manual: Manual,
    /// The home screen.
    pub home: Home,
    /// Members.
    pub members: Members,
    /// Phone calls.
    pub call: Call,
    /// Contact notes.
    pub notes: Notes,
    /// Requests for login data.
    pub requests: Requests,
    /// The queue.
    pub queue: Queue,
    /// Batches.
    pub batches: Batches,
    /// Imports.
    pub import: Import,
    /// Staff, settings, audit log.
    pub admin: AdminTexts,
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
        }
    }
}

/// Japanese.
pub const JA: Labels = Labels::new(Lang::Ja);

/// English.
pub const EN: Labels = Labels::new(Lang::En);
