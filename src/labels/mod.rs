//! User-visible words: Japanese first, English second. A text that lacks one of the two does not compile.
//!
//! One file per screen. Each holds one struct and its two constants; texts with something to fill in are functions.
// The two texts beside each other say what a field means.
#![allow(missing_docs)]

mod acts;
mod admin;
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
pub mod lists;
mod manual;
mod members;
mod notes;
pub mod one_off;
pub mod print;
mod queue;
pub mod refusals;
mod requests;
pub mod settings;
mod sign_in;
pub mod upkeep;
mod words;

pub use acts::Acts;
pub use admin::Admin;
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
    pub lang: Lang,
    pub words: Words,
    pub frame: Frame,
    pub dialogs: Dialogs,
    pub sign_in: SignIn,
    pub acts: Acts,
    pub manual: Manual,
    pub home: Home,
    pub members: Members,
    pub call: Call,
    pub notes: Notes,
    pub requests: Requests,
    pub queue: Queue,
    pub batches: Batches,
    pub import: Import,
    pub admin: Admin,
}

/// Japanese.
pub const JA: Labels = Labels {
    lang: Lang::Ja,
    words: words::JA,
    frame: frame::JA,
    dialogs: dialogs::JA,
    sign_in: sign_in::JA,
    acts: acts::JA,
    manual: manual::JA,
    home: home::JA,
    members: members::JA,
    call: call::JA,
    notes: notes::JA,
    requests: requests::JA,
    queue: queue::JA,
    batches: batches::JA,
    import: import::JA,
    admin: admin::JA,
};

/// English.
pub const EN: Labels = Labels {
    lang: Lang::En,
    words: words::EN,
    frame: frame::EN,
    dialogs: dialogs::EN,
    sign_in: sign_in::EN,
    acts: acts::EN,
    manual: manual::EN,
    home: home::EN,
    members: members::EN,
    call: call::EN,
    notes: notes::EN,
    requests: requests::EN,
    queue: queue::EN,
    batches: batches::EN,
    import: import::EN,
    admin: admin::EN,
};
