//! 点検 as words: what was looked at, what was found, and what helps.

use super::texts::plural;
use super::{Lang, incidents, installation, refusals, server_findings, two_people};
use crate::text::japan::local;
use crate::usecases::upkeep::doctor::{DoctorCheck, Finding, FindingCode, State, YearBegun};

/// What was looked at.
pub const fn check(lang: Lang, check: DoctorCheck) -> &'static str {
    match check {
        DoctorCheck::Database => lang.pick("データベース", "database"),
        DoctorCheck::Integrity => lang.pick("整合性", "integrity"),
        DoctorCheck::Settings => lang.pick("設定", "settings"),
        DoctorCheck::Audit => lang.pick("監査記録", "audit log"),
        DoctorCheck::Backup => lang.pick("バックアップ", "backup"),
        DoctorCheck::Server => lang.pick("サーバー", "server"),
        DoctorCheck::Permissions => lang.pick("権限", "permissions"),
        DoctorCheck::Space => lang.pick("空き容量", "free space"),
        DoctorCheck::Exports => lang.pick("出力先", "export folder"),
        DoctorCheck::Expired => lang.pick("PDFの消去", "PDFs to destroy"),
        DoctorCheck::Lost => lang.pick("PDFの有無", "PDFs to print"),
        DoctorCheck::Print => lang.pick("印刷の準備", "printing"),
        DoctorCheck::Clock => lang.pick("時計", "clock"),
        DoctorCheck::Holidays => lang.pick("祝日", "holidays"),
        DoctorCheck::Staff => lang.pick("職員", "staff"),
        DoctorCheck::Promises => lang.pick("お待たせしている方", "owed to members"),
        DoctorCheck::Incidents => lang.pick("漏えい等", "incidents"),
        DoctorCheck::Feed => lang.pick("ポータル連携", "portal feed"),
    }
}

/// How it stands.
pub const fn state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Good => lang.pick("正常", "good"),
        State::Notice => lang.pick("注意", "notice"),
        State::Wrong => lang.pick("異常", "WRONG"),
    }
}

/// What was found, and what helps; the second is empty where nothing needs to be done.
pub fn finding(lang: Lang, finding: &Finding) -> (String, String) {
    let ((found_ja, found_en), (remedy_ja, remedy_en)) = match finding {
        Finding::Good => (("異常ありません".into(), "all is well".into()), ("", "")),
        Finding::Whole(anchor) => {
            ((format!("異常ありません。控え {anchor}"), format!("all is well. Anchor {anchor}")), ("", ""))
        }
        Finding::Failed(error) => (
            (refusals::explain(Lang::Ja, error), refusals::explain(Lang::En, error)),
            ("上の原因を取り除いてから、もう一度点検してください。", "Put this right, then check again."),
        ),
        Finding::OldSchema { found, known } => (
            (
                format!("第{found}版です(このプログラムは第{known}版)"),
                format!("schema {found}; this program works with {known}"),
            ),
            (
                "次に開くときに更新されます。PostgreSQL では管理者が mykempo migrate を実行してください。",
                "The next start brings it up to date; on PostgreSQL, run mykempo migrate.",
            ),
        ),
        Finding::Copy(life) => {
            let said = |lang| installation::said(lang, life).unwrap_or_default();
            ((said(Lang::Ja), said(Lang::En)), ("", ""))
        }
        Finding::NotOurFolder(refusal) => (installation::refusal(refusal), ("", "")),
        Finding::Damaged(what) => (
            (format!("壊れています: {what}"), format!("damaged: {what}")),
            (
                "使用を止め、ファイルを写して保全し、最後のバックアップを mykempo restore で別の場所に復元してください。",
                "Stop using it, keep a copy of the file, and restore the last backup in another place (mykempo restore).",
            ),
        ),
        Finding::SettingUnreadable(key) => (
            (
                format!(
                    "{key} に読み取れない値が入っています。policy.* は最も厳しい値として扱い、必要とする処理は止めています"
                ),
                format!(
                    "the stored value of {key} cannot be read; a policy counts as the strictest, and what needs it is refused"
                ),
            ),
            (
                "だれがいつ変えたかを監査記録で確かめ、管理者が mykempo settings set で設定し直してください。",
                "See in the audit log who changed it, and set it again with mykempo settings set.",
            ),
        ),
        Finding::SettingUnknown(key) => (
            (format!("{key} という設定はこのプログラムにありません"), format!("this program knows no setting {key}")),
            (
                "別の版のプログラムか、データベースへの直接の書込みによるものです。心当たりがなければ管理責任者に知らせてください。",
                "Another version of the program or a person with access to the database has written it. Tell the person in charge.",
            ),
        ),
        Finding::BrokenChain(seq) => (
            (
                format!("{seq} 番目の記録が書き換えられているか、欠けています"),
                format!("entry {seq} was changed, moved or removed"),
            ),
            (
                "データベースとバックアップを保全し、管理責任者に知らせてください。",
                "Keep the database and the backups safe, and tell the person in charge.",
            ),
        ),
        Finding::NoBackup => (
            ("一度も取られていません".into(), "none was ever made".into()),
            (
                "mykempo backup で取り、別の場所に保管してください。",
                "Make one with mykempo backup, and keep it elsewhere.",
            ),
        ),
        Finding::OldBackup(days) => (
            (
                format!("最後のバックアップから{days}日たっています"),
                format!("the last one is {days} {} old", plural(*days, "day", "days")),
            ),
            ("mykempo backup を毎日の処理に入れてください。", "Put mykempo backup into the daily routine."),
        ),
        Finding::Exposed(it) => (
            (
                format!("{} をほかの利用者が読めます({:04o})", it.path.display(), it.mode),
                format!("others may read {} ({:04o})", it.path.display(), it.mode),
            ),
            ("chmod でファイルは 600、フォルダーは 700 にしてください。", "chmod files to 600 and folders to 700."),
        ),
        Finding::ClearCopy(path) => (
            (
                format!("中断したバックアップの写しが残っています: {}", path.display()),
                format!("an interrupted backup left its copy: {}", path.display()),
            ),
            (
                "バックアップの実行中でなければ、フォルダーごと消してください(次の暗号化バックアップでも消えます)。",
                "Unless a backup is running, remove the folder (the next sealed backup does, too).",
            ),
        ),
        Finding::NoSpace { path, free, wanted } => (
            (
                format!("{} の空きは {free} MiB です({wanted} MiB 以上必要)", path.display()),
                format!("{} has {free} MiB left, {wanted} are needed", path.display()),
            ),
            ("不要なファイルを移し、空きを増やしてください。", "Move away what is not needed."),
        ),
        Finding::Unfinished(path) => (
            (
                format!("出力の途中のファイルがあります: {}", path.display()),
                format!("an unfinished export: {}", path.display()),
            ),
            (
                "出力中でなければ、次に mykempo を開いたときに整理されます。",
                "Unless an export is running, the next start of mykempo puts it right.",
            ),
        ),
        Finding::Stray(path) => (
            (
                format!("このデータベースにないものがあります: {}", path.display()),
                format!("not of this database: {}", path.display()),
            ),
            (
                "ほかのデータベースのバッチでないか確かめ、パスワード入りのPDFなら消してください。",
                "See whether it belongs to another database; destroy it if it holds passwords.",
            ),
        ),
        Finding::PastTime(path) => (
            (
                format!("消去すべきPDFが残っています: {}", path.display()),
                format!("a PDF that should be gone: {}", path.display()),
            ),
            (
                "mykempo を開くと消去されます。残るときはファイルの権限を確かめ、手で消してください。",
                "Opening mykempo destroys it. If it stays, check its permissions and remove it by hand.",
            ),
        ),
        Finding::LostFile { batch, path } => (
            (
                format!("バッチ {batch} のファイルがありません: {}", path.display()),
                format!("a file of batch {batch} is missing: {}", path.display()),
            ),
            (
                "印刷前なら mykempo batch cancel で取り消し、作成し直してください。印刷済みなら全部のはがきを刷り損じとし、再発行してください。",
                "Before printing: cancel the batch and draft again. After printing: record every card as spoiled.",
            ),
        ),
        Finding::PrintSoon { batch, on } => (
            (
                format!("バッチ {batch} はまだ印刷されていません。PDFは {on} に消去されます"),
                format!("batch {batch} is not printed yet; its PDF is destroyed on {on}"),
            ),
            (
                "印刷して、印刷完了を登録してください。過ぎると期限切れになり、はがきは発送待ちに戻ります。",
                "Print it and note the print. After that day the batch expires and its cards go back to the queue.",
            ),
        ),
        Finding::PrintOver { batch, on } => (
            (
                format!("バッチ {batch} は、印刷されないまま期限({on})を過ぎました"),
                format!("batch {batch} was not printed by {on}"),
            ),
            (
                "次に mykempo を開いたときに期限切れとなり、はがきは発送待ちに戻ります。印刷した紙があれば裁断してください。",
                "It expires at the next start of mykempo, and its cards go back to the queue. Shred what was printed.",
            ),
        ),
        Finding::NoSender(keys) => (
            (format!("差出人が未設定です: {}", keys.join("、")), format!("no sender: {}", keys.join(", "))),
            ("mykempo settings set で設定してください。", "Set them with mykempo settings set."),
        ),
        Finding::OldPostcodes(as_of) => (
            (format!("郵便番号のデータが古くなっています({as_of}現在)"), format!("the postcodes are of {as_of}")),
            ("新しい版のプログラムに入れ替えてください。", "Install a newer version of the program."),
        ),
        Finding::ClockBack { newest } => (
            (
                format!("時計が遅れています(最後の記録は {})", local(*newest).format("%F %H:%M")),
                format!("the clock is behind (the newest entry is of {})", local(*newest).format("%F %H:%M")),
            ),
            (
                "時刻合わせ(NTP)を確かめてください。遅れたまま使うと記録の時刻が前後します。",
                "Check the time service (NTP): entries would go back in time.",
            ),
        ),
        Finding::OtherZone(zone) => (
            (
                format!("端末の時間帯は {zone} です。業務日は日本時間で動いています"),
                format!("this machine's zone is {zone}; business days are Japan's all the same"),
            ),
            (
                "TZ=Asia/Tokyo にすると、ファイルの日時も日本時間になります。",
                "With TZ=Asia/Tokyo the dates of files are Japan's, too.",
            ),
        ),
        Finding::NoHolidays { year, begun } => (
            (
                format!("{year}年の祝日を官報の一覧と照合していません"),
                format!("the holidays of {year} were not compared with the official list"),
            ),
            match begun {
                YearBegun::Yes => (
                    "営業日の計算がずれることがあります。プログラムを更新してください。",
                    "Business days may be counted wrongly. Update the program.",
                ),
                YearBegun::NotYet => {
                    ("年内にプログラムを更新してください。", "Update the program before the year begins.")
                }
            },
        ),
        Finding::NeverSignedIn(who) => (
            (
                format!("最初のパスワードを変更していない職員: {}", who.join("、")),
                format!("first password not changed: {}", who.join(", ")),
            ),
            (
                "本人に mykempo staff password で変更してもらうか、不要なら利用を停止してください。",
                "Have them change it (mykempo staff password), or disable accounts that are not needed.",
            ),
        ),
        Finding::SilentMachines(who) => (
            (
                format!("1日以上動いていない自動処理: {}", who.join("、")),
                format!("machines that have not run for more than a day: {}", who.join(", ")),
            ),
            (
                "systemctl list-timers と journalctl で確かめてください。使わないアカウントは利用を停止してください。",
                "See systemctl list-timers and journalctl; disable accounts that are not used.",
            ),
        ),
        Finding::FewSupervisors(count) => (
            (
                format!("責任者が{count}人です。作成者と承認者を分けられないことがあります"),
                format!(
                    "{count} {}: a draft may find no one to approve it",
                    plural(*count, "supervisor", "supervisors")
                ),
            ),
            (
                "責任者をもう1人登録してください(mykempo staff add --role supervisor)。",
                "Register another one (mykempo staff add --role supervisor).",
            ),
        ),
        Finding::OneDecides(people) => (
            (two_people::one_decides(Lang::Ja, *people), two_people::one_decides(Lang::En, *people)),
            (
                "責任者か管理者を3人以上にするか、policy.two_people を見直してください。新しい職員は、登録した方と2週間は別の方とみなしません。",
                "Have three supervisors and admins or more, or look at policy.two_people. New staff count as one with who added them for two weeks.",
            ),
        ),
        Finding::FeedWaits { since, count, acknowledged } => (
            (
                format!(
                    "ポータルが取り込んでいない連携データが{count}件あります({} から。取込済みは連番 {acknowledged} まで)",
                    local(*since).format("%F")
                ),
                format!(
                    "{count} {} for the portal since {}; it has acknowledged {acknowledged}",
                    plural(*count, "instruction waits", "instructions wait"),
                    local(*since).format("%F")
                ),
            ),
            (
                "mykempo feed の定期処理と、ポータルの取込済みの連番を記録する mykempo feed ack が動いているか確かめてください。",
                "Check that the job that runs mykempo feed works, and that mykempo feed ack records what the portal has.",
            ),
        ),
        Finding::ForgottenPromises { count, first } => (
            (
                format!(
                    "手配中のはがきがなく、次の連絡日が過ぎているか決まっていない「お待たせ」が{count}件あります(最初は {first})"
                ),
                format!(
                    "{count} {} without a card on its way and without a date to come ({first} first)",
                    plural(*count, "promise is open", "promises are open")
                ),
            ),
            (
                "mykempo promises(画面ではホームの「お待たせ」)で、手配するか次の連絡日を決めてください。",
                "See mykempo promises (Home, Owed): send a card, or set the next date.",
            ),
        ),
        Finding::ReportDue(next) => (
            (
                format!("報告の期限が近づいています: 漏えい等 {}", incidents::next(Lang::Ja, next)),
                format!("a report is due: incident {}", incidents::next(Lang::En, next)),
            ),
            (
                "mykempo incident show で内容を確かめ、報告してから、提出した日を記録してください。",
                "See mykempo incident show; make the report, and record the day.",
            ),
        ),
        Finding::ReportLate(next) => (
            (
                format!("報告の期限を過ぎています: 漏えい等 {}", incidents::next(Lang::Ja, next)),
                format!("a report is late: incident {}", incidents::next(Lang::En, next)),
            ),
            (
                "ただちに報告し、提出した日を記録してください(mykempo incident note)。",
                "Report at once, and record the day (mykempo incident note).",
            ),
        ),
        Finding::Server(finding) => server_findings::words(finding),
    };
    (lang.choose(found_ja, found_en), lang.pick(remedy_ja, remedy_en).to_owned())
}

/// What kind of finding it is.
pub const fn finding_code(lang: Lang, code: FindingCode) -> &'static str {
    match code {
        FindingCode::Good => lang.pick("異常なし", "nothing is wrong"),
        FindingCode::Whole => lang.pick("監査記録に異常なし", "audit log whole"),
        FindingCode::Failed => lang.pick("点検できない", "the check failed"),
        FindingCode::OldSchema => lang.pick("古い版", "older schema"),
        FindingCode::Copy => lang.pick("写し", "copy"),
        FindingCode::NotOurFolder => lang.pick("出力先を使えない", "export folder not this database's alone"),
        FindingCode::Damaged => lang.pick("破損", "damaged"),
        FindingCode::BrokenChain => lang.pick("監査記録の改ざん・欠落", "audit log changed"),
        FindingCode::NoBackup => lang.pick("バックアップなし", "no backup"),
        FindingCode::OldBackup => lang.pick("古いバックアップ", "old backup"),
        FindingCode::Exposed => lang.pick("ほかの利用者が読める", "open to others"),
        FindingCode::ClearCopy => lang.pick("平文の写し", "clear copy left"),
        FindingCode::NoSpace => lang.pick("空き容量不足", "little space"),
        FindingCode::SettingUnreadable => lang.pick("読み取れない設定", "unreadable setting"),
        FindingCode::SettingUnknown => lang.pick("知らない設定", "unknown setting"),
        FindingCode::Unfinished => lang.pick("出力の途中", "unfinished export"),
        FindingCode::Stray => lang.pick("このデータベースにないもの", "not of this database"),
        FindingCode::PastTime => lang.pick("消去すべきPDF", "PDF to destroy"),
        FindingCode::LostFile => lang.pick("PDFの紛失", "missing PDF"),
        FindingCode::PrintOver => lang.pick("印刷期限切れ", "not printed in time"),
        FindingCode::PrintSoon => lang.pick("印刷期限が近い", "print soon"),
        FindingCode::NoSender => lang.pick("差出人未設定", "no sender"),
        FindingCode::OldPostcodes => lang.pick("郵便番号が古い", "old postcodes"),
        FindingCode::ClockBack => lang.pick("時計の遅れ", "clock behind"),
        FindingCode::OtherZone => lang.pick("時間帯の違い", "other time zone"),
        FindingCode::NoHolidays => lang.pick("祝日未照合", "holidays not compared"),
        FindingCode::NeverSignedIn => lang.pick("最初のパスワードのまま", "first password not changed"),
        FindingCode::SilentMachines => lang.pick("動いていない自動処理", "a job does not run"),
        FindingCode::FewSupervisors => lang.pick("責任者不足", "few supervisors"),
        FindingCode::OneDecides => lang.pick("一人で変更できる", "one person decides"),
        FindingCode::FeedWaits => lang.pick("連携データの滞留", "instructions wait"),
        FindingCode::ForgottenPromises => lang.pick("連絡の遅れ", "owed, overdue"),
        FindingCode::ReportDue => lang.pick("報告の期限が近い", "report due"),
        FindingCode::ReportLate => lang.pick("報告の期限超過", "report late"),
        FindingCode::NotAServer => lang.pick("対象外(SQLite)", "not a server"),
        FindingCode::OwnersRole => lang.pick("所有者のロール", "owner's role"),
        FindingCode::ExcessGrant => lang.pick("権限が広すぎる", "too many privileges"),
        FindingCode::MissingGrant => lang.pick("権限の不足", "missing privileges"),
        FindingCode::OtherDefault => lang.pick("既定値の違い", "other default"),
        FindingCode::SwitchedOff => lang.pick("無効な設定", "setting is off"),
        FindingCode::FewConnections => lang.pick("接続数の不足", "few connections left"),
        FindingCode::NoArchive => lang.pick("WAL の保管なし", "no WAL archive"),
        FindingCode::ArchiveFails => lang.pick("WAL の保管の失敗", "WAL archiving fails"),
        FindingCode::OldArchive => lang.pick("古い WAL の保管", "old WAL archive"),
        FindingCode::StandbyLag => lang.pick("待機サーバーの遅れ", "standby behind"),
        FindingCode::DeadRows => lang.pick("不要な行", "dead rows"),
        FindingCode::Hidden => lang.pick("読む権限なし", "may not be read"),
    }
}
