//! The placeholders of replies.

use crate::domain::coded;

coded! {
    /// A placeholder, written `{code}` in a reply.
    pub enum ReplySlot {
        /// The portal's name.
        Portal = "portal",
        /// The society's name.
        Society = "society",
        /// 担当課
        Department = "department",
        /// 電話
        Phone = "phone",
        /// 受付時間
        Hours = "hours",
        /// The section for 医療費のお知らせ with its number.
        MedicalSection = "medical_section",
        /// The section for health projects with its number.
        HealthSection = "health_section",
        /// The section that answers another matter.
        Section = "section",
        /// When the card under way is sent.
        PlannedOn = "planned_on",
        /// The name that the sender gave.
        Name = "name",
        /// 受付番号
        Receipt = "receipt",
        /// The reply itself.
        Text = "text",
    }
}

impl ReplySlot {
    /// What every text may say.
    pub(super) const ANYWHERE: &'static [Self] = &[
        Self::Portal,
        Self::Society,
        Self::Department,
        Self::Phone,
        Self::Hours,
        Self::MedicalSection,
        Self::HealthSection,
    ];
}
