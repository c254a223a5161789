//! `request`.

use crate::labels::texts::texts;

texts! {
    /// Requests for login data, and the names in front of each fact about one.
    pub struct RequestTexts {
        head(receipt: &str, state: &str, kind: &str, name: &str) =
            "{receipt}  {state}  {kind}  {name}"
            | "{receipt}  {state}  {kind}  {name}";
        none = "未完了の送付依頼はありません。" | "No request is open.";
        member = "加入者" | "member";
        no_member = "該当なし" | "nobody";
        candidates = "ほかの候補" | "others";
        instead = "はがきに代わる回答" | "answer in place of a card";
        no_route = "送付先がない" | "no route";
        checked = "確認済み" | "checked";
        to_check = "未確認" | "to check";
        together = "ほかの依頼" | "together with";
        reason = "理由" | "reason";
        reply = "返信文" | "reply";
        reply_status = "返信の状況" | "sent";
        next = "次にできること" | "next";
        // Between the items of a list.
        comma = "、" | ", ";
    }
}
