//! Settings of the society: typed here, named and parsed in one table of keys.

mod change;
mod table;
mod value_kind;

use super::{Error, Refusal};
use crate::domain::browsing::Limits;
use crate::domain::{Retention, coded};
use crate::secrets::{HashCost, PasswordPolicy};
use crate::store::{self, Tx};
use chrono::NaiveDate;

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
pub use table::{SETTINGS, Setting};
pub use value_kind::ValueKind;

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

/// Everything that can be set, typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The sender.
    pub society: Society,
    /// The employer code under which the society insures its own staff; none where empty.
    pub society_employer: String,
    /// When looks at members are unusual.
    pub browsing: Limits,
    /// A rehearsal or demo database: `MYKEMPO_TODAY` is allowed. Set when it is made, never later.
    pub rehearsal: bool,
    /// B3
    pub four_eyes: bool,
    /// R3
    pub allow_route_override: bool,
    /// Who signs in with a second factor.
    pub totp: TotpPolicy,
    /// Idle minutes until the console locks.
    pub idle_minutes: u32,
    /// B9: business days until a missing receipt is listed.
    pub receipt_days: u32,
    /// S4: days until an exported PDF is destroyed.
    pub export_ttl_days: u32,
    /// The last day of applications for 巡回主婦健診, once it is known.
    pub checkup_deadline: Option<NaiveDate>,
    /// An import that rejects more than this share changes nothing.
    pub import_abort_percent: u8,
    /// Folder of exported batches, beside the database where relative.
    pub export_dir: String,
    /// Cards in one PDF.
    pub cards_per_file: u32,
    /// `v-fold`, `z-fold`, or a template file.
    pub template: String,
    /// The printer whose calibration in the template is used; none where empty.
    pub printer: String,
    /// Fonts tried after the embedded one, separated by commas.
    pub fallback_fonts: String,
    /// R4
    pub delivery: Delivery,
    /// R4
    pub date_style: DateStyle,
    /// S1
    pub passwords: PasswordPolicy,
    /// S2
    pub hash_cost: HashCost,
    /// Years until a purge may remove something.
    pub retention: Retention,
    alphabet: String,
    length: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            society: Society::default(),
            society_employer: String::new(),
            browsing: Limits::default(),
            rehearsal: false,
            four_eyes: true,
            allow_route_override: false,
            totp: TotpPolicy::Off,
            idle_minutes: 10,
            receipt_days: 5,
            export_ttl_days: 14,
            checkup_deadline: None,
            import_abort_percent: 10,
            export_dir: "exports".to_owned(),
            cards_per_file: 2000,
            template: "v-fold".to_owned(),
            printer: String::new(),
            fallback_fonts: String::new(),
            delivery: Delivery::Bundle,
            date_style: DateStyle::Wareki,
            passwords: PasswordPolicy::default(),
            hash_cost: HashCost::default(),
            retention: Retention::default(),
            alphabet: PasswordPolicy::ALPHABET.to_owned(),
            length: PasswordPolicy::LENGTH,
        }
    }
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
            let _ = (setting.set)(&mut settings, value);
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
