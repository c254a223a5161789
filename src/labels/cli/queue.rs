//! `queue`.

use crate::labels::texts::texts;

texts! {
    /// What waits to be sent, and what came of a step.
    pub struct QueueTexts {
        empty = "発送待ち・保留のはがきはありません" | "No card is queued or held";
        no_employer = "事業所なし" | "no employer";
        viewing = "閲覧用" | "viewing";
        login = "ログイン" | "login";
        held = "保留" | "held";
        address_waits(by: &str) = "  送付先の承認待ち(提案 {by})" | "  address to approve (by {by})";
        request_is_for_login =
            "--request はログイン情報のはがき(login)に付けます。閲覧用パスワードの再発行には付けないでください。"
            | "--request belongs to a login notice. Leave it out for a viewing-password card.";
        added(card: i64) = "はがき {card} を発送待ちに加えました。" | "Card {card} is queued.";
        added_held(card: i64, why: &str) =
            "はがき {card} は送付先がないため保留にしました({why})。"
            | "Card {card} is on hold: {why}.";
        card_held(card: i64) = "はがき {card}: 保留にしました。" | "Card {card}: on hold.";
        all_done(done: usize, refused: usize) = match refused {
            0 => "{done}枚を処理しました。" | "{done} done.";
            _ => "{done}枚を処理しました。{refused}枚は処理できませんでした。" | "{done} done, {refused} not.";
        };
        released_waits(card: i64, why: &str) =
            "はがき {card}: 職員による保留を解除しましたが、送付先がないため保留のままです({why})。"
            | "Card {card}: the hold is taken back, but it has no route and waits for one ({why}).";
        released(card: i64) = "はがき {card}: 保留を解除しました。" | "Card {card}: released.";
        cancelled(card: i64) = "はがき {card}: 取り消しました。" | "Card {card}: cancelled.";
        proposed(card: i64) =
            "はがき {card}: 次の送付先を提案しました。別の責任者が承認すると発送待ちに戻ります。"
            | "Card {card}: this address is proposed. It is queued when another supervisor approves.";
        waits(card: i64) = "はがき {card}: 承認を待っています。" | "Card {card}: waits for approval.";
        approved(card: i64) =
            "はがき {card}: 送付先を承認し、発送待ちに戻しました。このはがきは単独で次へ送られます。"
            | "Card {card}: approved and queued. It goes by itself to:";
        refused(card: i64) =
            "はがき {card}: 次の送付先を却下しました。保留のままです。"
            | "Card {card}: refused; it stays on hold.";
        address(postcode: &str, place: &str, reason: &str, by: &str) =
            "〒{postcode} {place}\n理由: {reason}(提案 {by})"
            | "{postcode} {place}\nReason: {reason} (proposed by {by})";
    }
}
