//! Every text that a person reads, Japanese beside English.
//!
//! One file per screen or subject. To add a text, add its row to a `texts!` group, or an arm to a `match` whose arms give
//! both languages.

mod acts;
pub mod addresses;
mod admin;
pub mod audit_facts;
pub mod audit_lines;
mod batch_refusals;
pub mod batch_review;
mod batches;
pub mod browsing;
mod call;
pub mod calls;
mod catalog;
pub mod cli;
pub mod codes;
mod database;
mod dialogs;
pub mod doctor;
pub mod effects;
pub mod files;
mod frame;
pub mod gate;
mod home;
mod import;
mod lang;
mod last_transition;
pub mod log_texts;
mod manual;
mod members;
mod notes;
pub mod one_off;
pub mod persons;
pub mod postal;
pub mod print;
pub mod promises;
mod queue;
pub mod refusals;
mod requests;
mod server_findings;
pub mod settings;
mod sign_in;
mod texts;
pub mod two_people;
pub mod upkeep;
mod words;

pub use acts::Acts;
pub use admin::AdminTexts;
pub use batches::Batches;
pub use call::Call;
pub use calls::Calls;
pub use catalog::{EN, JA, Labels};
pub use dialogs::Dialogs;
pub use frame::Frame;
pub use home::Home;
pub use import::Import;
pub use lang::Lang;
pub use manual::{Chapter, Manual};
pub use members::Members;
pub use notes::Notes;
pub use promises::Promises;
pub use queue::Queue;
pub use requests::Requests;
pub use sign_in::SignIn;
pub use words::Words;
