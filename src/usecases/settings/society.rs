//! The society in its settings: the sender of its post, and how its cards travel.

use crate::domain::coded;

/// The society as the sender of its post.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// 受付時間: when the phone is answered; may be empty.
    pub hours: String,
    /// The portal's name, as members know it.
    pub portal_name: String,
    /// The portal's address; may be empty.
    pub portal_url: String,
}

impl Society {
    /// The keys of what a sender needs and that is not set: without it a card that cannot be delivered does not come back.
    pub fn missing_as_sender(&self) -> Vec<&'static str> {
        let needed = [
            ("society.name", &self.name),
            ("society.postcode", &self.postcode),
            ("society.address", &self.address),
            ("society.phone", &self.phone),
        ];
        needed.into_iter().filter(|(_, value)| value.is_empty()).map(|(key, _)| key).collect()
    }
}

impl Default for Society {
    fn default() -> Self {
        let empty = String::new;
        Self {
            insurer: empty(),
            name: empty(),
            postcode: empty(),
            address: empty(),
            department: empty(),
            phone: empty(),
            hours: empty(),
            portal_name: "MyKempo".to_owned(),
            portal_url: empty(),
        }
    }
}

coded! {
    /// R4: how cards travel.
    pub enum Delivery {
        /// An employer's cards in one parcel with letter and receipt.
        Bundle = "bundle",
        /// Each card posted by itself to the employer.
        Single = "single",
    }
}
