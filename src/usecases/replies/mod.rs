//! 返信: drafts wait in an outbox, leave it as mail files, by phone or by post, and say who sent them and when.

mod draft;
mod folder;
mod line;
mod list;
mod send;
mod texts;

pub use draft::edit;
pub(in crate::usecases) use draft::{draft, withdraw_draft};
pub(in crate::usecases) use folder::{FOLDER, strays, written};
pub use line::{ReplyLine, ReplyStatus};
pub use list::{OutboxScope, list, show};
pub use send::{ExportedReply, export, sent, withdraw};
pub use texts::{check_file, export_file};
pub(in crate::usecases) use texts::{texts, texts_in, usable_texts};
