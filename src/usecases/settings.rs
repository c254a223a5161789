//! Settings of the society: typed here, named and parsed in one table of keys.

mod change;
mod setting;
mod table;
#[cfg(test)]
mod tests;
mod value;

use super::{Error, Refusal};
use crate::domain::coded;
use crate::store::{self, Tx};

coded! {
    /// R4: how cards travel.
    pub enum Delivery {
        /// An employer's cards in one parcel with letter and receipt.
        Bundle = "bundle",
        /// Each card posted by itself to the employer.
        Single = "single",
    }
}

pub use crate::domain::TotpPolicy;
pub use crate::print::DateStyle;
pub use change::{get, set};
pub use setting::Setting;
pub use table::{SETTINGS, SettingId, Settings};
pub use value::ValueKind;

/// The society as the sender of its post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Society {
    /// 保険者番号
    pub insurer: String,
    /// 名称
    pub name: String,
    /// 郵便番号
    pub postcode: String,
    /// 所在地
    pub address: String,
    /// 担当課
    pub department: String,
    /// 電話
    pub phone: String,
}

const REHEARSAL: &str = "rehearsal";

/// The settings of the database. A value that no longer fits its key counts as never set.
pub(super) async fn load(tx: &mut Tx) -> Result<Settings, Error> {
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
pub(super) async fn mark_rehearsal(tx: &mut Tx) -> Result<(), Error> {
    Ok(store::setting::set(tx, REHEARSAL, "true").await?)
}

/// Sets a key in an open transaction. Returns its old and its new value.
pub(super) async fn put(tx: &mut Tx, key: &str, value: &str) -> Result<(String, String), Error> {
    let setting = find(key)?;
    let before = load(tx).await?;
    let fits = setting.fits(&before, value);
    let unfit = || Refusal::SettingValue { key: setting.key, value: value.to_owned(), takes: setting.takes };
    let new = fits.ok_or_else(unfit)?;
    store::setting::set(tx, setting.key, &new).await?;
    Ok((setting.get(&before), new))
}

fn find(key: &str) -> Result<&'static Setting, Refusal> {
    SETTINGS.iter().find(|setting| setting.key == key).ok_or_else(|| Refusal::SettingUnknown(key.to_owned()))
}
