//! The settings as the database has them: text by key.

use super::{SETTINGS, Setting, SettingId, Settings};
use crate::store::{self, Tx};
use crate::usecases::{Error, Refusal};

const REHEARSAL: &str = "rehearsal";

/// The key of the last business date that was begun, which stands among the settings.
pub(in crate::usecases) const DAY_BEGUN: &str = "day.begun";

/// The settings of the database.
pub(in crate::usecases) async fn load(tx: &mut Tx) -> Result<Settings, Error> {
    Ok(read(&store::setting::all(tx).await?))
}

/// The settings by key and text.
pub(super) fn read(stored: &[(String, String)]) -> Settings {
    let mut settings = Settings::default();
    let known = |key: &str| SETTINGS.iter().find(|setting| setting.key == key);
    // Twice, because alphabet and length are checked together: a pair that fits may fit in one order only.
    for (key, value) in stored.iter().chain(stored) {
        if key == REHEARSAL {
            settings.rehearsal = value == "true";
        } else if let Some(setting) = known(key) {
            let _ = setting.set(&mut settings, value);
        }
    }
    for (key, value) in stored {
        let Some(setting) = known(key).filter(|setting| setting.fits(&settings, value).is_none()) else { continue };
        settings.unreadable.push(setting.id);
        if let Some(strictest) = setting.strictest {
            let _ = setting.set(&mut settings, strictest);
        }
    }
    settings
}

/// Stored keys that this program does not know.
pub(in crate::usecases) async fn unknown_keys(tx: &mut Tx) -> Result<Vec<String>, Error> {
    let known = |key: &str| [REHEARSAL, DAY_BEGUN].contains(&key) || SETTINGS.iter().any(|setting| setting.key == key);
    let stored = store::setting::all(tx).await?;
    Ok(stored.into_iter().map(|(key, _)| key).filter(|key| !known(key)).collect())
}

impl Settings {
    /// The keys whose stored values do not fit.
    pub fn unreadable_keys(&self) -> impl Iterator<Item = &'static str> {
        SETTINGS.iter().filter(|setting| self.unreadable.contains(&setting.id)).map(|setting| setting.key)
    }

    /// Before something that needs these settings.
    ///
    /// # Errors
    /// [`Refusal::SettingUnreadable`] with the keys whose stored values do not fit.
    pub(in crate::usecases) fn must_be_readable(&self, needed: impl Fn(SettingId) -> bool) -> Result<(), Refusal> {
        let unreadable = |setting: &&Setting| self.unreadable.contains(&setting.id) && needed(setting.id);
        let keys: Vec<&'static str> = SETTINGS.iter().filter(unreadable).map(|setting| setting.key).collect();
        if keys.is_empty() { Ok(()) } else { Err(Refusal::SettingUnreadable(keys)) }
    }
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
