//! The settings as the database has them: text by key.

use super::{SETTINGS, Setting, Settings};
use crate::store::{self, Tx};
use crate::usecases::{Error, Refusal};

const REHEARSAL: &str = "rehearsal";

/// The settings of the database. A value that no longer fits its key counts as never set.
pub(in crate::usecases) async fn load(tx: &mut Tx) -> Result<Settings, Error> {
    let mut settings = Settings::default();
    let stored = store::setting::all(tx).await?;
    // Twice, because alphabet and length are checked together: a pair that fits may fit in one order only.
    for (key, value) in stored.iter().chain(&stored) {
        if key == REHEARSAL {
            settings.rehearsal = value == "true";
        } else if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) {
            let _ = setting.set(&mut settings, value);
        }
    }
    Ok(settings)
}

/// Marks a database for rehearsals, when it is made.
pub(in crate::usecases) async fn mark_rehearsal(tx: &mut Tx) -> Result<(), Error> {
    Ok(store::setting::set(tx, REHEARSAL, "true").await?)
}

/// Sets a key in an open transaction. Returns its old and its new value.
pub(in crate::usecases) async fn put(tx: &mut Tx, key: &str, value: &str) -> Result<(String, String), Error> {
    let (old, new) = fitting(tx, key, value).await?;
    store::setting::set(tx, find(key)?.key, &new).await?;
    Ok((old, new))
}

/// The old value of a key, and what it would be afterwards; refused where the value does not fit.
pub(super) async fn fitting(tx: &mut Tx, key: &str, value: &str) -> Result<(String, String), Error> {
    let setting = find(key)?;
    let before = load(tx).await?;
    let fits = setting.fits(&before, value);
    let unfit = || Refusal::SettingValue { key: setting.key, value: value.to_owned(), takes: setting.takes };
    let new = fits.ok_or_else(unfit)?;
    let mut after = before.clone();
    setting.set(&mut after, &new).ok_or_else(unfit)?;
    // Rehearsals and tests may be quick; a society's passwords are not.
    if after.hash_cost != before.hash_cost && !after.rehearsal && !after.hash_cost.is_enough() {
        return Err(Refusal::WeakHash(after.hash_cost).into());
    }
    Ok((setting.get(&before), new))
}

pub(super) fn find(key: &str) -> Result<&'static Setting, Refusal> {
    SETTINGS.iter().find(|setting| setting.key == key).ok_or_else(|| Refusal::SettingUnknown(key.to_owned()))
}
