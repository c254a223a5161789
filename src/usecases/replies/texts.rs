//! The words of replies: the program's, or a file of the society's own (`reply.template`).

use crate::domain::diagnosis::ReplyTexts;
use crate::files::{Existing, OutputFile, Protected};
use crate::usecases::settings::SettingId;
use crate::usecases::{AppContext, DataError, Error, Refusal, templates};
use std::io::Write;
use std::path::Path;

/// The words that `reply.template` names.
///
/// # Errors
/// The file cannot be read, or has faults.
pub(in crate::usecases) fn texts(ctx: &AppContext) -> Result<ReplyTexts, Error> {
    ctx.settings.must_be_readable(|id| id == SettingId::ReplyTemplate)?;
    texts_in(&ctx.settings.reply_template)
}

/// The words that a value of `reply.template` names.
pub(in crate::usecases) fn texts_in(template: &str) -> Result<ReplyTexts, Error> {
    match template {
        "" => Ok(ReplyTexts::embedded().map_err(DataError::from)?.clone()),
        file => templates::replies(Path::new(file)),
    }
}

/// The same; where the file cannot be used any more, the program's words, so that requests can be answered. Doctor tells it.
pub(in crate::usecases) fn usable_texts(ctx: &AppContext) -> Result<ReplyTexts, Error> {
    match texts(ctx) {
        Err(Error::Refused(refusal)) => {
            tracing::warn!(code = refusal.code(), "the society's own replies cannot be used");
            Ok(ReplyTexts::embedded().map_err(DataError::from)?.clone())
        }
        found => found,
    }
}

/// Checks a file of replies where it is written; no database is needed.
///
/// # Errors
/// What is wrong with it, line by line.
pub fn check_file(file: &Path) -> Result<(), Error> {
    templates::replies(file).map(drop)
}

/// Writes the program's replies into a file, to be changed.
pub fn export_file(out: &Path, existing: Existing, protected: Protected) -> Result<(), Error> {
    let mut file = OutputFile::create(out, existing, protected)?;
    let written = file.write_all(ReplyTexts::SHIPPED.as_bytes());
    written.map_err(|e| Refusal::File { path: out.to_owned(), why: e.into() })?;
    file.finish()?;
    Ok(())
}
