//! バッチ.

use super::texts::{plural, texts};
use crate::domain::BatchState;

texts! {
    /// The batches: list, one batch, and its steps up to receipts and returned cards.
    pub struct Batches {
        number = "バッチ" | "Batch";
        viewing = "閲覧用" | "Viewing";
        login = "ログイン" | "Login";
        employers = "事業所" | "Employers";
        drafted = "作成" | "Drafted";
        planned = "発送予定" | "Planned";
        empty = "バッチはまだありません" | "No batches yet";
        empty_next = "4 発送待ち の画面で n を押すと、バッチを作成できます" | "On screen 4 Queue, n makes one";
        card = "番号" | "No.";
        sheets = "枚数" | "Cards";
        contact = "事業所の担当者" | "Contact";
        receipt = "受領書" | "Receipt";
        page_count = "ページ" | "Pages";
        steps[5] = ["作成", "承認", "出力", "印刷", "発送"] | ["Draft", "Approve", "Export", "Print", "Dispatch"];
        cancelled_by(who: &str, when: &str) = "取消 {who} {when}" | "cancelled {who} {when}";
        // What comes next, and who may do it.
        next: BatchState = {
            BatchState::Draft =>
                "次は承認です。責任者が a を押します。内容は p の見本で確かめられます。"
                | "Next: a supervisor approves it (a). p writes a masked preview.",
            BatchState::Approved =>
                "次は出力です。担当職員が x を押すと、パスワードを作り、印刷用PDFを書き出します。"
                | "Next: a clerk exports it (x): passwords are made and the PDF for printing is written.",
            BatchState::Exported =>
                "次は印刷です。刷り終えたら w を押し、刷り損じのはがき番号を入力します。"
                | "Next: print it, then press w and enter the numbers of spoiled cards.",
            BatchState::Printed =>
                "次は発送です。発送日になったら t を押して確定します。"
                | "Next: on the day of dispatch, confirm it with t.",
            BatchState::Dispatched =>
                "発送済です。受領書が戻ったら、事業所を選んで b を押します。"
                | "Dispatched. When a receipt comes back, select the employer and press b.",
            BatchState::Cancelled =>
                "取り消されたバッチです。取消のときに入っていたはがきは、発送待ちに戻りました。"
                | "Cancelled. The cards that were in it then went back to the queue.",
            BatchState::Expired =>
                "印刷前にPDFがなくなり、期限切れになりました。はがきは発送待ちに戻っています。印刷した紙があれば裁断してください。"
                | "Expired: its PDF was gone before it was printed. The cards are queued again; shred what was printed.",
        };
        next_other =
            "次は承認です。作成した方とは別の責任者が a を押します。内容は p の見本で確かめられます。"
            | "Next: a supervisor other than the drafter approves it (a). p writes a masked preview.";
        next_remake =
            "次は、作り直したはがきの印刷です。刷り終えたら w を押し、刷り損じのはがき番号を入力します。"
            | "Next: print the cards that were made again, then press w and enter the numbers of spoiled ones.";
        stopped(cards: usize) =
            "いま送れないはがきが {cards}枚あります(内訳は Tab)。束に入れず、抜き取ってください。"
            | "{cards} {} must not leave; Tab shows why. Keep {} out of the parcels. ",
            plural(cards, "card", "cards"),
            plural(cards, "it", "them");
        not_sendable(why: &str) = "送れない: {why}" | "not to leave: {why}";
        dispatch_on(day: &str) = "発送予定日 {day}" | "planned for {day}";
        print_by(day: &str) = "印刷期限 {day}" | "print by {day}";
        folder = "保存先" | "Folder";
        parcels_empty = "事業所ごとの発送はまだありません" | "No parcels yet";
        files_empty = "ファイルはまだありません" | "No files yet";
        files = "ファイル" | "Files";
        destroyed(day: &str) = "{day} に消去済" | "destroyed {day}";
        bundles = "事業所ごとの発送" | "Parcels";
        receipt_open = "受領書 未着" | "no receipt yet";
        receipt_on(day: &str) = "受領書 {day}" | "receipt {day}";
        approve_title = "バッチの承認" | "Approve the batch";
        approve_yes = "承認する" | "Approve";
        approve_text(batch: &str, cards: u64) =
            "{batch} (はがき {cards}枚) を承認します。"
            | "{batch} ({cards} {}) will be approved.", plural(cards, "card", "cards");
        approve_next =
            "承認すると、担当職員が出力して印刷できるようになります。"
            | "Then a clerk can export and print it.";
        own_draft =
            "ご自身が作成したバッチは承認できません。別の責任者が承認します"
            | "You drafted this batch yourself; another supervisor must approve it";
        approved(batch: &str, fingerprint: &str, held: usize) = match held {
            0 => "{batch} を承認しました(指紋 {fingerprint})。次は出力です" | "{batch} approved ({fingerprint}). Next: export";
            _ =>
                "{batch} を承認し、{held}枚を保留にしました(指紋 {fingerprint})。次は出力です"
                | "{batch} approved, {held} held ({fingerprint}). Next: export";
        };
        export_title = "バッチの出力" | "Export the batch";
        export_text(batch: &str, cards: u64) =
            "{batch} のはがき {cards}枚 に新しいパスワードを作り、印刷用PDFを書き出します。"
            | "New passwords for the {cards} {} of {batch} will be made, and the PDF for printing written.",
            plural(cards, "card", "cards");
        export_date = "発送予定日" | "Dispatch date";
        export_passphrase = "PDFの合言葉(任意)" | "Passphrase (optional)";
        export_again = "合言葉をもう一度" | "Passphrase again";
        hashing = "パスワードの生成" | "Passwords";
        setting = "ページ組版" | "Pages";
        next_day = "空のままなら次の営業日" | "empty: the next business day";
        this_day = "空のままなら今日" | "empty: today";
        export_safe = "中断しても、有効なパスワードは残りません。" | "Stopping leaves no valid password behind.";
        exported(batch: &str, cards: usize, files: usize) =
            "{batch} を出力しました (はがき {cards}枚、{files}ファイル)。次は印刷です"
            | "{batch} exported ({cards} {}, {files} {}). Next: print",
            plural(cards, "card", "cards"),
            plural(files, "file", "files");
        export_held = "次のはがきは出力せず、保留にするか、発送待ちに戻しました" | "These cards were not exported: they are held, or wait in the queue";
        printed_title = "印刷の完了" | "Printing done";
        printed_text(batch: &str, cards: u64) =
            "{batch} のはがき {cards}枚 の印刷を完了にします。"
            | "Records that {} been printed.",
            match cards { 1 => format!("the one card of {batch} has"), _ => format!("all {cards} cards of {batch} have") };
        printed_spoiled = "刷り損じのはがき番号" | "Spoiled numbers";
        printed_hint =
            "はがき番号(あて名面の左下、内側の右上)の末尾。例) 3, 17-19  なければ空のまま"
            | "The last digits of the card number (lower left of the address, top right inside), as 3, 17-19; empty if none";
        printed_effect =
            "刷り損じのはがきのパスワードは無効になり、同じ方の新しいはがきが発送待ちに入ります。刷り損じの紙は裁断してください。"
            | "The passwords of spoiled cards become void and new cards for the same members are queued. Shred the spoiled sheets.";
        printed_check(spoiled: u64, good: u64, cards: u64) =
            "刷り損じ {spoiled}枚 + 使えるはがき {good}枚 = 出力 {cards}枚"
            | "{spoiled} spoiled + {good} good = {cards} exported";
        bad_serials(text: &str) = "はがき番号として読めません: {text}" | "Not a number: {text}";
        not_there(text: &str) = "このバッチにないはがき番号です: {text}" | "Not in this batch: {text}";
        printed_done(batch: &str, spoiled: usize) = match spoiled {
            0 => "{batch} の印刷を完了にしました。次は発送です" | "{batch} printed. Next: dispatch";
            _ =>
                "{batch} の印刷を完了にしました。刷り損じ {spoiled}枚 は、m で作り直せます。使わないときは、発送待ちから別のバッチで送ります"
                | "{batch} printed. m makes the {spoiled} spoiled {} again; otherwise {} from the queue in another batch",
                plural(spoiled, "card", "cards"),
                plural(spoiled, "it goes", "they go");
        };
        dispatch_title = "発送の確定" | "Confirm the dispatch";
        dispatch_yes = "発送を確定する" | "Confirm";
        dispatch_text(batch: &str, day: &str) =
            "{batch} のはがきを {day} に発送したものとして確定します。"
            | "The cards of {batch} will count as dispatched on {day}.";
        too_early(day: &str) =
            "発送日は {day} と印刷されています。その日より前には確定できません"
            | "The cards are dated {day}; the dispatch cannot be confirmed before";
        dispatch_date = "発送日" | "Dispatched on";
        dispatch_more = "ほかに抜き取ったはがき番号" | "Pulled besides";
        more_pulled(count: usize) = match count {
            0 =>
                "なければ空のまま。宛先の誤りなどで抜き取ったはがきを、12,40-43 のように入れます"
                | "Empty for none; cards pulled for a wrong address and the like, as 12,40-43";
            _ =>
                "{count}枚を無効にします。作り直しはされませんので、必要な方は再発行してください"
                | "{count} {}",
                plural(
                    count,
                    "card becomes void; reissue it for members who still need one",
                    "cards become void; reissue for those who still need one"
                );
        };
        dispatch_effect =
            "確定すると、はがきのパスワードが有効になり、PDFは消去されます。元に戻せません。"
            | "Their passwords become valid and the PDF is destroyed. This cannot be undone.";
        gate_text(count: usize) =
            "作成後に事情が変わったため、次の {count}枚 は送れません。束から1枚ずつ抜き取り、Space で印を付けてください。"
            | "{} can no longer be sent. Pull {} from the pile {} with Space.",
            match count { 1 => "This card".to_owned(), _ => format!("These {count} cards") },
            plural(count, "it", "them"),
            plural(count, "and tick it", "one by one and tick each");
        gate_changed =
            "この画面を開いている間に、送れなくなったはがきがあります。まだ何も確定していません。新しい印の付いたはがきを束から抜き取ってください。"
            | "While this was open, more cards became impossible to send. Nothing has been dispatched yet. Please pull the new ones from the pile.";
        pulled_text(serials: &str) =
            "抜き取ったはがきは発送せず、パスワードは無効のままです: {serials}"
            | "Pulled and not sent; their passwords stay void: {serials}";
        dispatched(batch: &str, cards: usize) = match cards {
            0 =>
                "{batch} を終えました。発送したはがきはありません"
                | "{batch} is over; no card was dispatched";
            _ =>
                "{batch} を発送済にしました。はがき {cards}枚 のパスワードが有効になりました"
                | "{batch} dispatched: {cards} {} now valid", plural(cards, "password is", "passwords are");
        };
        dispatch_nothing(batch: &str) =
            "{batch} のはがきはすべて抜き取るため、発送するものがありません。確定するとバッチは終わり、PDFは消去されます。有効になるパスワードはありません。元に戻せません。"
            | "Every card of {batch} is pulled, so nothing leaves. The batch ends and the PDF is destroyed; no password becomes valid. This cannot be undone.";
        nothing_left =
            "このバッチから発送したはがきはありません。"
            | "No card of this batch was dispatched.";
        not_destroyed(file: &str) =
            "発送は確定しましたが、PDFを消去できていません。\n{file}\n\n原因を除くと、次の起動時に消去します。それまで、このファイルを人の目に触れさせないでください。"
            | "Dispatched, but the PDF could not be destroyed.\n{file}\n\nIt is tried again at every start. Keep the file out of everybody's sight until then.";
        print_correction(batch: &str) =
            "{batch} の印刷は完了しています。あとから見つかった刷り損じのはがき番号を入力してください。いちど刷り損じとしたはがきは、元に戻せません。"
            | "{batch} is printed. Enter numbers that turned out to be spoiled. What was recorded as spoiled stays so.";
        letters_title = "送付状と受領書" | "Letters and receipts";
        letters_text =
            "いま手元にあるはがきで、送付状・受領書・バッチ記録を作り直します。古いファイルは消去されます。"
            | "Letters, receipts and the summary are made of the cards in hand. Outdated files are removed.";
        letters_pulled = "抜き取ったはがき番号" | "Pulled numbers";
        letters_first =
            "抜き取ったはがきがあるため、送付状と受領書を作り直しました。発送はまだ確定していません。紙を入れ替えてから、もう一度発送日を入れて確定してください。"
            | "Cards were pulled, so letters and receipts were made again. Nothing is dispatched yet: replace the paper, then enter the day and confirm.";
        letters_made(edition: i64, employers: usize, cards: usize) =
            "第{edition}版  {employers}事業所  はがき {cards}枚"
            | "Edition {edition}: {employers} {}, {cards} {}",
            plural(employers, "employer", "employers"),
            plural(cards, "card", "cards");
        left_out(serials: &str) =
            "送れないため、送付状に入れていません。束から抜き取ってください: {serials}"
            | "Not listed, because they cannot be sent; pull them: {serials}";
        outdated(files: &str) =
            "古くなったため消去しました。印刷した紙があれば破棄してください: {files}"
            | "Outdated and removed; throw away what was printed of: {files}";
        changed_parcel(employer: &str, before: usize, cards: usize) = match cards {
            0 => "{employer}: {before}枚 → なし" | "{employer}: {before} -> none";
            _ => "{employer}: {before}枚 → {cards}枚" | "{employer}: {before} -> {cards}";
        };
        remake_title = "刷り損じの作り直し" | "Make spoiled cards again";
        remake_text(batch: &str) =
            "{batch} の刷り損じを、新しいパスワードと新しい番号で作り直します。承認のときと同じに印刷できるはがきだけを作るため、改めての承認は要りません。"
            | "The spoiled cards of {batch} get new passwords and new numbers. Only what prints as it was approved is made, so no new approval is needed.";
        remake_next =
            "PDFを印刷したら w で印刷完了を登録します。送付状は、そのときに作り直されます。"
            | "Print the PDF, then note it with w; the letters are made again then.";
        remade(batch: &str, cards: usize, serials: &str) =
            "{batch} の刷り損じ {cards}枚を作り直しました({serials})。印刷したら w を押してください。"
            | "{cards} spoiled {} of {batch} made again ({serials}). Print them, then press w.",
            plural(cards, "card", "cards");
        remake_left(members: &str) =
            "承認のときと内容が変わったため、発送待ちに残しました: {members}"
            | "These stay in the queue, because they would differ from the approval: {members}";
        nothing_spoiled = "このバッチに刷り損じはありません" | "No card of this batch was spoiled";
        preview_title = "見本を書き出しました" | "Preview written";
        cancel_title = "バッチの取消" | "Cancel the batch";
        cancel_yes = "取り消す" | "Cancel it";
        cancel_text(batch: &str, cards: u64) =
            "{batch} を取り消し、はがき {cards}枚 を発送待ちに戻します。"
            | "{batch} will be cancelled; its {cards} {} back to the queue.", plural(cards, "card goes", "cards go");
        cancel_exported =
            "出力したPDFは消去します。印刷した紙があれば、必ず裁断してください。そのパスワードは使えません。"
            | "The PDF is destroyed. Shred whatever was printed: those passwords never work.";
        cancelled(batch: &str) =
            "{batch} を取り消しました。はがきは発送待ちに戻りました"
            | "{batch} cancelled. Its cards are back in the queue";
        cancelled_kept(file: &str) =
            "バッチは取り消しましたが、PDFを消去できていません。\n{file}\n\n中のパスワードは、この先も使えません。原因を除くと、次の起動時に消去します。"
            | "Cancelled, but the PDF could not be destroyed.\n{file}\n\nIts passwords never become valid. It is tried again at every start.";
        receipt_title = "受領書の記録" | "Record a receipt";
        receipt_text(employer: &str) =
            "{employer} から受領書が戻ったことを記録します。"
            | "Records that the receipt of {employer} has come back.";
        undelivered = "お渡しできなかった番号" | "Not handed over";
        undelivered_why = "その理由" | "Because";
        undelivered_hint =
            "お渡しできなかったはがきがあれば、はがき番号の末尾と理由を入れます。返送されるまで一覧に残ります。理由が違うものは、分けて登録してください。"
            | "Enter the last digits of cards that could not be handed over, and why; they are listed until they come back. Enter different reasons one after the other.";
        expected_back(cards: i64) = "返送待ち {cards}枚" | "{cards} to come back";
        is_sent_back = "差戻し中" | "sent back";
        was_sent_back(who: &str, reason: &str) =
            "{who}さんが差し戻しました: {reason}  e のコメントで答えるか、はがきを外すと、承認できるようになります。"
            | "Sent back by {who}: {reason}  Answer with e, or take a card out; then it can be approved.";
        send_back_title = "バッチの差戻し" | "Send the draft back";
        send_back_reason = "理由" | "Reason";
        send_back_text =
            "理由は、作成した方のホームとこの画面に表示されます。答えがあるまで承認できません。"
            | "The drafter sees the reason on the home screen and here. The batch cannot be approved until it is answered.";
        sent_back(batch: &str) = "{batch} を差し戻しました" | "{batch} sent back";
        comment_title = "バッチへのコメント" | "Comment on the batch";
        comment_by = "職員" | "Staff";
        comments = "コメント" | "Comment";
        comments_empty = "コメントはありません" | "No comments";
        comments_next = "e を押すと書けます" | "e writes one";
        commented = "コメントを残しました" | "The comment is kept";
        receipt_date = "受領日" | "Received on";
        receipt_done(employer: &str) = "{employer} の受領書を記録しました" | "The receipt of {employer} is recorded";
        missing_title = "届いていない受領書(事業所への確認)" | "Missing receipts, to follow up";
        missing_none = "届いていない受領書はありません" | "No receipt is missing";
        missing_none_next =
            "発送すると、受領書が戻るまでの事業所がここに並びます"
            | "After a dispatch, employers are listed here until their receipts are back";
        missing_count(all: usize, overdue: usize) =
            "未着 {all}件   うち期限超過 {overdue}件"
            | "{all} missing, {overdue} of them overdue";
        sent_on = "発送" | "Sent";
        waited = "経過" | "Waited";
        waited_days(days: u32) = "{days}営業日" | "{days} {}", plural(days, "day", "days");
        wrong_state(next: &str) = "いまはその操作ではありません。{next}" | "That is not the next step. {next}";
        only_drafted =
            "保留と取消ができるのは、出力する前のバッチに入っているはがきだけです"
            | "Only a card of a batch that is not exported yet can be held or cancelled";
        card_leaves =
            "このはがきはバッチから外れます。ほかのはがきはそのまま進みます。"
            | "The card leaves the batch; the others go on.";
        returned_title = "返戻の記録" | "Record a returned card";
        returned_text =
            "戻ってきたはがきのパスワードを無効にします。加入者の画面にも表示されます。"
            | "The password of the returned card becomes void, and the member's screen says so.";
        returned_serial = "はがき番号" | "Card number";
        returned_hint =
            "あて名面の左下のはがき番号を入力するか、読み取ってください。はがきは開きません。  例) B20261122-001-0042"
            | "Type or scan the card number at the lower left of the address, e.g. B20261122-001-0042. Do not open the card";
        returned_hint_short =
            "あて名面の左下のはがき番号を入力するか、読み取ってください。はがきは開きません。このバッチなら末尾の数字だけで足ります。"
            | "Type or scan the card number at the lower left of the address; in this batch the last digits are enough. Do not open the card";
        returned_reason = "返戻の理由" | "Why";
        returned_next = "次の連絡日" | "Next date";
        returned_next_default = "設定の日数のあと" | "after the days of the settings";
        tracking = "追跡番号" | "Tracking";
        tracking_title = "追跡番号を記録する" | "Tracking number of a parcel";
        tracking_text = "空のまま登録すると、記録を取り消します。" | "An empty one takes it back.";
        tracking_done(who: &str) = "{who} の追跡番号を記録しました" | "The tracking number of {who} is noted";
        returned_seal = "封の状態" | "Seal";
        returned_sealed = "閉じたまま" | "closed";
        returned_opened = "開いた跡がある(続けて漏えい等を記録)" | "opened: record an incident next";
        returned_owner = "担当の職員ID(空欄は自分)" | "Owner (blank: you)";
        returned_sent(day: &str, to: &str) = "{day} に {to} あてに発送" | "sent to {to} on {day}";
        returned_effect =
            "このはがきのパスワードはすぐに無効になり、ポータルにも伝わります。ご本人に新しいはがきが要るときは、加入者の画面で再発行してください。"
            | "Its password becomes void at once, and the portal is told. If the member needs a new card, reissue it on the member's screen.";
        returned_dead(why: &str) =
            "このはがきのパスワードは、すでに無効です({why})。返戻だけを記録します。"
            | "Its password is already void ({why}); only the return is recorded.";
        not_found_title = "できませんでした" | "Not done";
        left_as(state: &str) = "離脱({state})" | "left: {state}";
        returned_done(serial: &str) =
            "{serial} の返戻を記録しました。パスワードは無効です"
            | "The return of {serial} is recorded; its password is void";
    }
}
