//! 発送待ち.

use super::texts::{plural, texts};

texts! {
    /// The queue of cards to send, with one-off addresses.
    pub struct Queue {
        employer = "事業所" | "Employer";
        postcode = "〒" | "Postcode";
        viewing = "閲覧用" | "Viewing";
        login = "ログイン" | "Login";
        oldest = "最古" | "Oldest";
        kind = "種類" | "Kind";
        cause = "理由" | "Cause";
        asked = "依頼日" | "Asked";
        asked_by(who: &str) = "依頼 {who}" | "asked by {who}";
        no_employer = "(事業所なし)" | "(no employer)";
        empty = "発送待ちのはがきはありません" | "No card is waiting";
        empty_next =
            "加入者の画面で再発行を受け付けるか、ポータルの申込みを取り込むと、ここに並びます"
            | "Reissues and the portal's imported events put cards here";
        held(count: i64, reason: &str) = "保留{count}: {reason}" | "{count} held: {reason}";
        totals(queued: i64, employers: usize, held: i64) =
            "合計 {queued}枚  {employers}事業所    保留 {held}枚"
            | "{queued} {}, {employers} {}    {held} held",
            plural(queued, "card", "cards"),
            plural(employers, "employer", "employers");
        cards_of(employer: &str) = "{employer} の内訳" | "Cards for {employer}";
        hold_title = "保留" | "Hold";
        hold_text(card: &str) =
            "{card} のはがきを保留にします。解除するまで発送されません。"
            | "The card of {card} will be held: it is not dispatched until it is released.";
        hold_reason = "理由" | "Reason";
        release_title = "保留解除" | "Release";
        release_text(card: &str) =
            "{card} のはがきを発送待ちに戻します。"
            | "The card of {card} goes back to the queue.";
        cancel_title = "取消" | "Cancel";
        cancel_text(card: &str) = "{card} のはがきを取り消します。" | "The card of {card} will be cancelled.";
        cancel_warning =
            "取り消したはがきは元に戻せません。必要になったときは、あらためて依頼してください。"
            | "This cannot be undone. If a card is needed later, ask for a new one.";
        cancel_viewing =
            "この方には、あらためて依頼するまで、閲覧用パスワードのはがきは届きません。"
            | "Until a card is asked for again, this member gets no viewing password.";
        cancel_login =
            "このはがきで答えるはずだった送付依頼は「保留」に戻ります。"
            | "The request that this card was to answer goes on hold.";
        draft_title = "バッチ作成" | "New batch";
        draft_marked(count: i64) = "印を付けたはがきだけ ({count}枚)" | "Marked cards only ({count})";
        draft_all(count: i64) = "すべて ({count}枚)" | "Everything ({count})";
        draft_viewing(count: i64) = "閲覧用パスワードだけ ({count}枚)" | "Viewing passwords only ({count})";
        draft_login(count: i64) = "ログイン情報だけ ({count}枚)" | "Login notices only ({count})";
        draft_employer(employer: &str, count: i64) = "{employer} だけ ({count}枚)" | "{employer} only ({count})";
        draft_before = "依頼日の古いものだけ" | "Older cards only";
        draft_day = "この日より前の依頼" | "Asked for before";
        draft_text_before(day: &str) =
            "{day} より前に依頼された発送待ちのはがきで、バッチを作成します。保留中のはがきは含みません。"
            | "A batch of the queued cards asked for before {day} will be drafted. Held cards stay behind.";
        mark_hint =
            "Space で印を付け、n で印のはがきだけをバッチにできます"
            | "Space marks a card; n drafts a batch of what is marked";
        held_hint =
            "保留中です。理由がなくなったら、責任者が u で解除します"
            | "On hold. Once the reason is gone, a supervisor releases it with u";
        marked(count: usize) = "印 {count}枚" | "{count} marked";
        held_stays = "保留中のはがきはバッチに入れられません" | "A held card cannot go into a batch";
        draft_text(count: i64) =
            "発送待ちの {count}枚 でバッチを作成します。保留中のはがきは含みません。"
            | "A batch of {count} queued {} will be drafted. Held cards stay behind.", plural(count, "card", "cards");
        // S6: the other kind of the same member is too close.
        apart(kind: &str, day: &str) = match day {
            "" => "{kind}のはがきの発送まで待ちます" | "Waits for the {kind} card to leave";
            _ => "{kind}のはがきと別に {day} から" | "From {day}, apart from {kind} card";
        };
        draft_next =
            "このあと、責任者が承認します。承認前なら取り消せます。"
            | "Then a supervisor approves it. Until then it can be cancelled.";
        drafted(batch: &str, count: usize, held: usize, apart: usize, gone: usize) = match (held, apart, gone) {
            (0, 0, 0) =>
                "バッチ {batch} を作成しました ({count}枚)。次は責任者の承認です"
                | "Batch {batch} drafted ({count} {}). Next: a supervisor's approval", plural(count, "card", "cards");
            (0, 1.., _) =>
                "バッチ {batch} を作成しました ({count}枚)。別の種類のはがきと日を分けるため {apart}枚 は残しました"
                | "Batch {batch} drafted ({count} {}). {apart} stay queued, apart from another card",
                plural(count, "card", "cards");
            (0, 0, _) =>
                "バッチ {batch} を作成しました ({count}枚)。印のうち {gone}枚 は、すでに発送待ちにありません"
                | "Batch {batch} drafted ({count} {}). {gone} of the marked ones {} not queued any more",
                plural(count, "card", "cards"),
                plural(gone, "is", "are");
            _ =>
                "バッチ {batch} を作成しました ({count}枚)。今は送れない {held}枚 は保留です"
                | "Batch {batch} drafted ({count} {}). {held} that cannot go out now {} held",
                plural(count, "card", "cards"),
                plural(held, "is", "are");
        };
        drafted_cancelled(cancelled: usize) = match cancelled {
            0 => "" | "";
            _ =>
                "。不要になった {cancelled}枚 は取り消しました"
                | ". {cancelled} not wanted any more {} cancelled", plural(cancelled, "is", "are");
        };
        held_done(card: &str) = "{card} のはがきを保留にしました" | "The card of {card} is held";
        released_done(card: &str) = "{card} のはがきを発送待ちに戻しました" | "The card of {card} is back in the queue";
        released_waits(card: &str, why: &str) =
            "{card} のはがきは、職員による保留を解除しましたが、送付先がないため保留のままです({why})。送付先ができると発送待ちに戻ります"
            | "The hold on the card of {card} is taken back, but it has no route: {why}. It goes back to the queue once there is one";
        cancelled_done(card: &str) = "{card} のはがきを取り消しました" | "The card of {card} is cancelled";
        nothing_to_draft = "バッチにできる発送待ちのはがきがありません" | "No queued card could go into a batch";
        only_held = "保留中のはがきではありません" | "This card is not held";
        only_queued = "このはがきはすでに保留中です" | "This card is held already";
        address_waits = "送付先の承認" | "to approve";
        address_proposed_by(who: &str) =
            "{who}さんの送付先の提案を、別の責任者が s で確かめます"
            | "{who} proposed an address; another supervisor: s";
        address_to(to: &str) = "一度だけの送付先: {to}" | "one-off address: {to}";
        address_title = "代表住所の変更の確認" | "Confirm the changed address";
        address_code = "記号" | "Code";
        address_after = "変更後の住所" | "New address";
        address_changed_on = "変更" | "Changed";
        address_changed_by = "取込" | "By";
        address_none_next = "取込で代表住所が変わると、ここに並びます" | "An import that changes an address puts it here";
        address_by_supervisor =
            "確認は、取り込んだ方とは別の責任者が行います。"
            | "A supervisor other than the importer confirms it.";
        address_own =
            "ご自身が取り込んだ住所です。別の責任者が確認します"
            | "You imported this address; another supervisor confirms it";
        address_effect =
            "確認すると、この事業所あてに保留しているはがきは発送待ちに戻り、変更後の住所に送られます。電話などで事業所に確かめてください。"
            | "Its held cards go back to the queue and will be sent to the new address. Check with the employer first.";
        address_confirmed(code: &str, released: usize) =
            "事業所 {code} の住所を確認し、{released}枚を発送待ちに戻しました"
            | "The address of {code} is confirmed; {released} {} queued again", plural(released, "card is", "cards are");
        to_title = "一度だけの送付先" | "One-off address";
        to_text(card: &str) =
            "{card} のはがきを、代表住所ではない送付先へ一度だけ送ることを提案します。"
            | "This proposes to send the card of {card}, once, to an address that is not an employer's.";
        to_rule =
            "責任者2人が責任を負う例外です。全喪した事業所の清算人など、受け取る権限を確かめた相手に限ります。任意継続や退職は、組合の定めがないかぎり、自宅へ送る理由になりません。"
            | "An exception that two supervisors answer for, such as the liquidator of a withdrawn employer. Voluntary continuation is no reason to send to a home unless the society's rules say so.";
        to_postcode = "郵便番号" | "Postcode";
        to_postcode_digits = "郵便番号は7桁です" | "A postcode has seven digits";
        to_address = "住所" | "Address";
        to_building = "建物名など" | "Building";
        to_name = "あて名(会社・氏名)" | "Addressee";
        to_department = "部署・担当者" | "Department";
        to_reason = "理由" | "Reason";
        to_why(why: &str) = "理由  {why}" | "Reason: {why}";
        to_by(who: &str, at: &str) = "提案  {who} {at}" | "Proposed by {who} {at}";
        to_own =
            "承認できるのは、提案した方とは別の責任者です。"
            | "A supervisor other than the proposer must approve it.";
        to_approve = "承認する" | "Approve";
        to_refuse = "却下する" | "Refuse";
        to_take_back = "提案を取り下げる" | "Withdraw it";
        to_refuse_text(card: &str) = "{card} のはがきは保留のままになります。" | "The card of {card} stays on hold.";
        to_effect =
            "承認すると発送待ちに戻り、事業所の束には入れず、このはがきだけを上の送付先へ送ります。責任者2人の名前が記録に残ります。"
            | "The card is queued and goes to this address by itself, in no employer's parcel. Both supervisors are on record.";
        to_proposed(card: &str) =
            "{card} の送付先を提案しました。別の責任者が承認すると発送待ちに戻ります"
            | "Address proposed for {card}. Another supervisor must approve it";
        to_approved(card: &str) =
            "{card} の送付先を承認し、はがきを発送待ちに戻しました"
            | "Address approved; the card of {card} is queued";
        to_refused(card: &str) =
            "{card} の送付先を却下しました。はがきは保留のままです"
            | "Address refused; the card of {card} stays on hold";
    }
}
