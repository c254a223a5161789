//! The delivery of the feed as words.

use super::{Lang, files};
use crate::usecases::refusal::DeliveryRefusal;

/// Why the feed was not delivered, and what helps, in both languages.
pub(super) fn refusal(refusal: &DeliveryRefusal) -> (String, String) {
    match refusal {
        DeliveryRefusal::NoPlace => (
            "連携データの配信先が決まっていません。管理者が設定 feed.deliver に folder:/… または command:/… を指定してください。".into(),
            "There is no place to deliver the feed to. An admin sets feed.deliver to folder:/… or command:/….".into(),
        ),
        DeliveryRefusal::Running => (
            "別の配信、または大きな変更が進行中です。終わってからもう一度実行してください。".into(),
            "Another delivery, or a large change, is under way. Try again once it has ended.".into(),
        ),
        DeliveryRefusal::Open { path, mode } => (
            format!("{}: ほかの利用者にも開かれています({mode:04o})。フォルダーは所有者とグループだけ(2750 など)、プログラムは所有者だけが書けるようにしてください。配信していません。", path.display()),
            format!("{}: open to others (mode {mode:04o}). Close a folder to all but owner and group (such as 2750), and let only the owner write the program. Nothing was delivered.", path.display()),
        ),
        DeliveryRefusal::NoProgram { path, why } => (
            format!("{}: 起動できません({})。配信していません。", path.display(), files::io_fault(Lang::Ja, why)),
            format!("{} cannot be started ({}). Nothing was delivered.", path.display(), files::io_fault(Lang::En, why)),
        ),
        DeliveryRefusal::NotTaken { path, exit } => {
            let code = exit.map_or_else(|| "-".to_owned(), |code| code.to_string());
            (
                format!("{}: 受け取られませんでした(終了コード {code})。次の配信でもう一度渡します。", path.display()),
                format!("{} did not take it (exit code {code}). The next delivery offers it again.", path.display()),
            )
        }
    }
}
