//! The society in its settings: the sender of its post, and how its cards travel.

use crate::domain::coded;

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

coded! {
    /// R4: how cards travel.
    pub enum Delivery {
        /// An employer's cards in one parcel with letter and receipt.
        Bundle = "bundle",
        /// Each card posted by itself to the employer.
        Single = "single",
    }
}
