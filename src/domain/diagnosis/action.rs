//! What a clerk may do after a diagnosis.

use crate::domain::coded;

coded! {
    /// A next step.
    pub enum NextAction {
        /// 対応記録に残す
        RecordNote = "record_note",
        /// Look at the card that the findings speak of.
        OpenCard = "open_card",
        /// Clear the reason for which a card is held (R2).
        ResolveHold = "resolve_hold",
        /// Show the employer's contact (担当者).
        EmployerContact = "employer_contact",
        /// Queue a new viewing-password card; V2 and V3 are told before.
        ReissueViewing = "reissue_viewing",
        /// Type in a ログイン情報送付依頼 for the caller (A6).
        TypeInRequest = "type_in_request",
        /// Walk to the record of the former number.
        OpenPredecessor = "open_predecessor",
        /// Walk to the record of the new number.
        OpenSuccessor = "open_successor",
        /// Refer to the section for medical costs.
        TransferMedical = "transfer_medical",
        /// Refer to the section for health projects.
        TransferHealth = "transfer_health",
    }
}
