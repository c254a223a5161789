//! B17: what people say about a batch.

use super::coded;

coded! {
    /// What a text about a batch is.
    pub enum CommentKind {
        /// A remark, or an answer.
        Comment = "comment",
        /// 差戻し: why an approver sent the draft back.
        SentBack = "sent_back",
    }
}
