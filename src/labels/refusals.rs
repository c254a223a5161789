//! Why something was not done, and what helps: one sentence each in both languages.

use super::{
    Lang, batch_refusals, codes, database, delivery, files, import, incidents, installation, intake, last_transition,
    machines, notes, one_off, persons, print, promises, replies, requests, settings, two_people, upkeep,
};
use crate::usecases::refusal::ReissueWarning;
use crate::usecases::{Error, Refusal};

/// What happened, what was not done, and what to do.
pub fn explain(lang: Lang, error: &Error) -> String {
    let (ja, en) = match error {
        Error::Refused(refusal) => sentence(refusal),
        Error::Store(error) => database::fault(error),
        Error::Print(error) => (
            format!("印刷データを作成できませんでした。{}", print::print_error(Lang::Ja, error)),
            format!("The pages could not be made: {}", print::print_error(Lang::En, error)),
        ),
        Error::Fonts(error) => (print::font_error(Lang::Ja, error), print::font_error(Lang::En, error)),
        Error::Stopped(what) => (
            format!("プログラムの一部({what})が止まりました。この操作は行われていません。もう一度お試しください。"),
            format!("Part of the program stopped ({what}). This was not done. Try again."),
        ),
        Error::Data(why) => (
            format!("同梱のデータを読めません({why})。プログラムを入れ直してください。"),
            format!("Data that comes with this program cannot be read ({why}). Install it again."),
        ),
        Error::BadFile { path, fault } => {
            let (path, why) = (path.display(), files::fault(lang, fault));
            (
                format!("ファイル {path} は取り込めません。{why}何も変更していません。"),
                format!("The file {path} cannot be imported. {why} Nothing was changed."),
            )
        }
        Error::Secrets(why) => (
            format!("パスワードを生成できませんでした({why})。何も変更していません。"),
            format!("No password could be made ({why}). Nothing was changed."),
        ),
    };
    lang.choose(ja, en)
}

fn sentence(refusal: &Refusal) -> (String, String) {
    match refusal {
        Refusal::SignIn => (
            "職員IDまたはパスワードが違うか、今は受け付けていません。失敗が続くと、その職員IDと端末の待ち時間が延び、職員IDは20回で締め切ります。責任者か管理者が解除できます。"
                .into(),
            "The staff ID or the password is wrong, or no try is taken now. After failures in a row the staff ID and the terminal wait longer, and after 20 the staff ID is closed. A supervisor or an admin can open it."
                .into(),
        ),
        Refusal::CodeNeeded => (
            "認証アプリの確認コードが必要です。MYKEMPO_TOTP に設定するか、端末から実行してください。".into(),
            "A code from the authenticator app is needed. Set MYKEMPO_TOTP, or run this in a terminal.".into(),
        ),
        Refusal::Code => (
            "確認コードが違うか、使用済みです。次のコードが表示されるのを待って入力してください。スマートフォンとこの端末の時計もお確かめください。"
                .into(),
            "The code is wrong or was used before. Wait for the next one, and check the clocks of the phone and of this computer."
                .into(),
        ),
        Refusal::MustEnrol => (
            "二要素認証の登録が必要です。コンソールを開くか、mykempo staff totp enrol を実行してください。".into(),
            "A second factor must be enrolled first: open the console, or run mykempo staff totp enrol.".into(),
        ),
        Refusal::ShutOut => (
            "この職員IDは利用停止、パスワードの初期化または役割の変更を受けました。この操作は行われていません。サインインし直してください。"
                .into(),
            "This staff ID was disabled, reset or given another role. This was not done. Sign in again.".into(),
        ),
        Refusal::MustChange => (
            "先にパスワードを変更してください(mykempo staff password)。何も変更していません。".into(),
            "Change your password first (mykempo staff password). Nothing was changed.".into(),
        ),
        Refusal::WeakPassword(rule) => {
            let told = |lang: Lang| lang.labels().sign_in.broken(*rule).to_owned();
            (told(Lang::Ja), told(Lang::En))
        }
        Refusal::WeakPassphrase(rule) => {
            let told = |lang: Lang| lang.labels().sign_in.passphrase(*rule).to_owned();
            (told(Lang::Ja), told(Lang::En))
        }
        Refusal::WeakHash(cost) => (
            format!(
                "ハッシュの強さ(メモリ {} KiB、{}回)が足りません。19456 KiB・2回、または 47104 KiB・1回より軽くはできません。",
                cost.memory_kib, cost.passes
            ),
            format!(
                "Hashes of {} KiB and {} passes are too cheap. No less than 19456 KiB with 2 passes, or 47104 KiB with 1.",
                cost.memory_kib, cost.passes
            ),
        ),
        Refusal::NoBreakGlass(id) => (
            format!("職員ID「{id}」は、この方法では解除できません。締め切られた管理者で、ほかに解除できる責任者・管理者がいないときだけ使えます。"),
            format!("\"{id}\" cannot be opened this way. It is for an admin who is closed while no supervisor or admin can open the account."),
        ),
        Refusal::NotTheHost => (
            "この操作は、データベースのファイルを持つアカウントから、PostgreSQLではテーブルの所有者の接続先で行ってください。何も変更していません。"
                .into(),
            "Run this as the account that owns the database file; on PostgreSQL, with the address of the tables' owner. Nothing was changed."
                .into(),
        ),
        Refusal::SamePassword => (
            "新しいパスワードが今のものと同じです。別のものにしてください。".into(),
            "The new password is the old one. Choose another.".into(),
        ),
        Refusal::Role { role, needs } => {
            let told = |lang: Lang| {
                let (role, who) = (lang.labels().words.role(*role), codes::who_may(lang, *needs));
                lang.labels().frame.not_allowed(codes::permission(lang, *needs), &who, role)
            };
            (
                format!("{}。何も変更していません。", told(Lang::Ja)),
                format!("{}. Nothing was changed.", told(Lang::En)),
            )
        }
        Refusal::StaffId(id) => (
            format!("職員ID「{id}」は使えません。半角の英数字と . - _ で32文字までにしてください。"),
            format!("\"{id}\" cannot be a staff ID. Use up to 32 letters, digits, . - or _."),
        ),
        Refusal::NoStaffName => {
            ("職員の氏名を入力してください。登録していません。".into(), "Give the person's name. Nothing was added.".into())
        }
        Refusal::StaffExists(id) => {
            (format!("職員ID「{id}」は登録済みです。"), format!("The staff ID \"{id}\" is taken."))
        }
        Refusal::StaffUnknown(id) => {
            (
                format!("職員ID「{id}」の方は、登録がないか、利用を停止しています。"),
                format!("There is no active member of staff with the ID \"{id}\"."),
            )
        }
        Refusal::OwnAccount => (
            "ご自身の利用停止や役割の変更はできません。ほかの管理者に依頼してください。".into(),
            "You cannot disable yourself or change your own role. Another admin can.".into(),
        ),
        Refusal::AnchorPurged { anchor, floor } => (
            format!(
                "{anchor}番目の記録は保存期間を過ぎて消去済みです({floor}番目まで消去)。より新しい控えで検証してください。"
            ),
            format!("Entry {anchor} was purged (everything up to {floor} was). Verify with a newer anchor."),
        ),
        Refusal::Insurer(number) => (
            format!("保険者番号「{number}」が正しくありません。8桁の数字と検証番号をお確かめください。"),
            format!("\"{number}\" is not an insurer number. Check its eight digits."),
        ),
        Refusal::NotInitialised => (
            "このデータベースにはまだ組合が登録されていません。mykempo init を実行してください。".into(),
            "There is no society in this database yet. Run mykempo init.".into(),
        ),
        Refusal::Initialised => (
            "このデータベースには組合が登録済みです。何も変更していません。".into(),
            "There is already a society in this database. Nothing was changed.".into(),
        ),
        Refusal::NotRehearsal => (
            "MYKEMPO_TODAY は練習用のデータベースでだけ使えます。環境変数を外してください。".into(),
            "MYKEMPO_TODAY works in rehearsal databases only. Unset it.".into(),
        ),
        Refusal::BadToday(text) => (
            format!("MYKEMPO_TODAY の「{text}」は日付ではありません(例 2026-11-24)。"),
            format!("MYKEMPO_TODAY \"{text}\" is not a date (e.g. 2026-11-24)."),
        ),
        Refusal::SettingUnknown(key) => (
            format!("「{key}」という設定はありません。mykempo settings get で一覧を確認できます。"),
            format!("There is no setting \"{key}\". mykempo settings get lists them."),
        ),
        Refusal::SettingValue { key, value, takes } => (
            format!("{key} に「{value}」は設定できません(設定できる値: {})。", settings::takes(Lang::Ja, *takes)),
            format!("{key} cannot be \"{value}\". It takes: {}.", settings::takes(Lang::En, *takes)),
        ),
        Refusal::SettingUnreadable(keys) => {
            let keys = keys.join(", ");
            (
                format!(
                    "設定 {keys} に読み取れない値が入っているため、実行できません。管理者に mykempo settings set での再設定を依頼してください。"
                ),
                format!(
                    "The stored value of {keys} cannot be read, so this cannot be done. An administrator sets it again with mykempo settings set."
                ),
            )
        }
        Refusal::SettingUnfit { key, template } => (
            format!(
                "設定 {key} の内容は、はがきの様式 {template} に入りきらないか、印字できない文字があります。短くするか、文字を変えてください。"
            ),
            format!(
                "The value of {key} does not fit the template {template}, or has a character that cannot be printed. Shorten it, or use other characters."
            ),
        ),
        Refusal::NoCardsOfEmployer(code) => (
            format!("事業所 {code} に、この操作を待つはがきはありません。何も変更していません。"),
            format!("No card of employer {code} waits for this. Nothing was changed."),
        ),
        Refusal::BadKey(text) => (
            format!("「{text}」は記号・番号・枝番として読めません(例 260 1 01)。"),
            format!("\"{text}\" is not a symbol, number and branch (e.g. 260 1 01)."),
        ),
        Refusal::MemberUnknown(key) => {
            (format!("記号・番号 {key} の加入者は見つかりません。何も変更していません。"), format!("There is no member {key}. Nothing was changed."))
        }
        Refusal::NoAccount(key) => (
            format!("{key} の方はポータルに未登録です。はがきではなく、新規登録をご案内ください。"),
            format!("{key} has no account. The answer is to register, not a card."),
        ),
        Refusal::MemberLost { member, on } => (
            format!("{member} の方は {on} に資格を喪失しています。はがきは発行できません。"),
            format!("The coverage of {member} ended on {on}. No card can be issued."),
        ),
        Refusal::DisplayOff(key) => (
            format!(
                "{key} の方は健康・医療情報のWeb表示を「希望しない」にしています。ポータルで「希望する」に変更していただくと、はがきの発行を受け付けます(送付先のない方は、いったん保留になります)。"
            ),
            format!(
                "{key} does not want the web display. A card is issued when the member switches it on in the portal."
            ),
        ),
        Refusal::AlreadyQueued(key) => (
            format!("{key} の方の同じ種類のはがきは、すでに発送待ちか発送準備中です。追加はしていません。"),
            format!("A card of this kind for {key} is already waiting or under way. None was added."),
        ),
        Refusal::FeedBeyond { given, last } => (
            format!("連番 {given} はまだ出力されていません。連携データの最後の連番は {last} です。ポータルの取込済みの連番をお確かめください。"),
            format!("There is no instruction {given} yet; the last one is {last}. Ask the portal once more what it has."),
        ),
        Refusal::FeedBackwards { given, acknowledged } => (
            format!("ポータルは連番 {acknowledged} まで取込済みと記録されています。{given} には戻せません。ポータルのデータを戻したときは、連携データを先頭から読み直してください(docs/portal.md)。"),
            format!("The portal has acknowledged {acknowledged} already and cannot go back to {given}. If its data was put back, it reads the feed again from the beginning (docs/portal.md)."),
        ),
        Refusal::NeedsConfirm(warning) => reissue(warning),
        Refusal::CardUnknown(id) => (format!("はがき {id} は見つかりません。"), format!("There is no card {id}.")),
        Refusal::CardStep { card, state, step, moved } => last_transition::card(card, *state, *step, moved.as_ref()),
        Refusal::NoRoute { card, reason } => (
            format!(
                "{card} のはがきには、まだ送付先がありません({})。保留のままにしました。",
                codes::hold_reason(Lang::Ja, *reason)
            ),
            format!("The card of {card} still has nowhere to go ({}). It stays on hold.", codes::hold_reason(Lang::En, *reason)),
        ),
        Refusal::Address(refusal) => one_off::refusal(refusal),
        Refusal::OwnAddressChange(code) => (
            format!("事業所 {code} の住所は、ご自身が取り込んだものです。別の責任者が確認してください。何も変更していません。"),
            format!("You imported the address of employer {code} yourself; another supervisor must confirm it. Nothing was changed."),
        ),
        Refusal::AddressChangedSince(code) => (
            format!("事業所 {code} で確認を待っているのは、ご覧になったものとは別の住所です。いまの内容を表示し直して(mykempo employer changes)、お確かめください。何も変更していません。"),
            format!("Another address of employer {code} waits than the one that you have seen. Look again (mykempo employer changes). Nothing was changed."),
        ),
        Refusal::NothingToConfirm(code) => (
            format!("事業所 {code} には、確認を待っている住所の変更がありません。"),
            format!("No changed address of employer {code} waits to be confirmed."),
        ),
        Refusal::Changed { what } => (
            format!("{what} は、ほかの方が先に変更したか、作業中です。表示を更新してやり直してください。"),
            format!("Another person has just changed {what}, or is working on it. Refresh the screen and try again."),
        ),
        Refusal::BadDay { given, earliest, latest } => (
            format!(
                "日付 {given} は指定できません。{}。",
                match earliest == latest {
                    true => format!("指定できるのは {latest} だけです"),
                    false => format!("{earliest} から {latest} までの日付にしてください"),
                }
            ),
            format!(
                "{given} is not possible. {}.",
                match earliest == latest {
                    true => format!("The only day is {latest}"),
                    false => format!("Choose a day from {earliest} to {latest}"),
                }
            ),
        ),
        Refusal::Folder { path, why } => {
            let path = path.display();
            let (ja, en) = (files::io_fault(Lang::Ja, why), files::io_fault(Lang::En, why));
            (
                format!(
                    "フォルダーまたはファイル {path} を使えません({ja})。場所・空き容量・権限をお確かめください。"
                ),
                format!("{path} cannot be used ({en}). Check the place, the free space and the permissions."),
            )
        }
        Refusal::FileExists(path) => (
            format!(
                "{} はすでにあります。上書きはしていません。別の名前にするか、--replace を付けてください。",
                path.display()
            ),
            format!("{} exists and was not overwritten. Choose another name, or give --replace.", path.display()),
        ),
        Refusal::FileProtected(path) => (
            format!(
                "{} はデータベースの一部か、読み込むファイルそのものです。--replace を付けても上書きできません。別の名前にしてください。",
                path.display()
            ),
            format!(
                "{} belongs to the database or is the file that is read. It is never overwritten, not even with --replace. Choose another name.",
                path.display()
            ),
        ),
        Refusal::FileNotRegular(path) => (
            format!(
                "{} は通常のファイルではありません(リンク・フォルダー・装置は置き換えません)。別の名前にしてください。",
                path.display()
            ),
            format!(
                "{} is a link, a folder or a device, which is never replaced. Choose another name.",
                path.display()
            ),
        ),
        Refusal::Template { name, lines } => {
            let lines = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            (
                format!(
                    "はがきの様式 {name} に誤りがあります({lines}行目)。mykempo template check で内容を確認してください。"
                ),
                format!("The template {name} is wrong (line {lines}). mykempo template check says what."),
            )
        }
        Refusal::NoSender(keys) => {
            let keys = keys.join(", ");
            (
                format!(
                    "差出人が設定されていないため、出力できません({keys})。届かなかったはがきが戻れません。\
                     管理者に mykempo settings set での設定を依頼してください。"
                ),
                format!(
                    "Nothing is exported without a sender ({keys}): cards that cannot be delivered could not come back. \
                     An administrator sets them with mykempo settings set."
                ),
            )
        }
        Refusal::File { path, why } => {
            let path = path.display();
            let (ja, en) = (files::io_fault(Lang::Ja, why), files::io_fault(Lang::En, why));
            (format!("ファイル {path} を読めません({ja})。"), format!("The file {path} cannot be read ({en})."))
        }
        Refusal::EmployerUnknown(code) => (
            format!("事業所記号「{code}」の事業所は見つかりません。"),
            format!("There is no employer \"{code}\" here."),
        ),
        Refusal::EmptyText => {
            ("内容を入力してください。何も記録していません。".into(), "The text is empty. Nothing was recorded.".into())
        }
        Refusal::NoReason => {
            ("理由を入力してください。何も変更していません。".into(), "Give a reason. Nothing was changed.".into())
        }
        Refusal::Batch(refusal) => batch_refusals::refusal(refusal),
        Refusal::Note(refusal) => notes::refusal(refusal),
        Refusal::Request(refusal) => requests::refusal(refusal),
        Refusal::WorkUnderWay { kind, staff } => (
            format!(
                "職員 {staff} の{}を反映しています。何も変更していません。終わってから、もう一度お試しください。",
                codes::work(Lang::Ja, *kind)
            ),
            format!(
                "The {} of {staff} is being applied. Nothing was changed. Try again when it is done.",
                codes::work(Lang::En, *kind)
            ),
        ),
        Refusal::Import(refusal) => import::refusal(refusal),
        Refusal::Intake(refusal) => intake::refusal(refusal),
        Refusal::Machine(refusal) => machines::refusal(refusal),
        Refusal::Delivery(refusal) => delivery::refusal(refusal),
        Refusal::Upkeep(refusal) => upkeep::refusal(refusal),
        Refusal::Person(refusal) => persons::refusal(refusal),
        Refusal::Promise(refusal) => promises::refusal(refusal),
        Refusal::Incident(refusal) => incidents::refusal(refusal),
        Refusal::Installation(refusal) => installation::refusal(refusal),
        Refusal::Reply(refusal) => replies::refusal(refusal),
        Refusal::TwoPeople(refusal) => two_people::refusal(refusal),
        Refusal::Cancelled => ("中断しました。何も変更していません。".into(), "Stopped. Nothing was changed.".into()),
    }
}

/// V2, V3: what a reissue does, before it is done.
fn reissue(warning: &ReissueWarning) -> (String, String) {
    let member = &warning.member;
    match (&warning.under_way, warning.planned, warning.posted) {
        (Some(serial), Some(day), _) => (
            format!(
                "{member} の方のはがき {serial} は {day} に発送予定です。再発行すると、そのはがきは届いても使えません。到着をお待ちいただくことをお勧めします。それでも再発行するときは --confirm を付けてください。"
            ),
            format!(
                "Card {serial} for {member} is to be dispatched on {day}. After a reissue it will not work when it arrives. It is better to wait for it. To reissue anyway, add --confirm."
            ),
        ),
        (_, _, Some(day)) => (
            format!(
                "{member} の方のはがきは {day} に発送したところです。再発行すると、そのはがきは届いても使えません。到着をお待ちいただくことをお勧めします。それでも再発行するときは --confirm を付けてください。"
            ),
            format!(
                "The card for {member} was dispatched on {day} and can still be in the post. After a reissue it will not work when it arrives. It is better to wait for it. To reissue anyway, add --confirm."
            ),
        ),
        _ => (
            format!(
                "再発行すると、{member} の方が今お使いの閲覧用パスワードはすぐに使えなくなり、新しいはがきの発送日まで閲覧できません。よろしければ --confirm を付けてください。"
            ),
            format!(
                "A reissue makes the viewing password that {member} uses now void at once; until the new card is dispatched there is none. If that is wanted, add --confirm."
            ),
        ),
    }
}
