//! Every command of the console and what it is called: one row feeds footer, help, palette and the README.

use super::Lang;

/// What a command is called, in both languages, and how the Japanese is read (the palette finds it by any of them).
#[derive(Debug, Clone, Copy)]
pub struct Name {
    short: [&'static str; 2],
    long: [&'static str; 2],
    reading: &'static str,
}

impl Command {
    /// Whether it only moves the selection or the caret.
    pub const fn is_moving(self) -> bool {
        use Command as C;
        matches!(self, C::Up | C::Down | C::PageUp | C::PageDown | C::First | C::Last | C::NextField | C::PreviousField)
    }
}

impl Name {
    const fn new(short: [&'static str; 2], long: [&'static str; 2], reading: &'static str) -> Self {
        Self { short, long, reading }
    }

    /// For the footer.
    pub const fn short(&self, lang: Lang) -> &'static str {
        lang.pick(self.short[0], self.short[1])
    }

    /// For help and the palette.
    pub const fn long(&self, lang: Lang) -> &'static str {
        lang.pick(self.long[0], self.long[1])
    }

    /// Every text of it, for finding.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        self.short.into_iter().chain(self.long)
    }

    /// The long Japanese name in kana, and other words for it behind a blank.
    pub const fn reading(&self) -> &'static str {
        self.reading
    }
}

macro_rules! commands {
    ($($command:ident: $short_ja:literal, $long_ja:literal, $reading:literal, $short_en:literal, $long_en:literal;)+) => {
        /// Something that a key or the palette asks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command { $(#[doc = $long_en] $command),+ }

        impl Command {
            /// Every command.
            pub const ALL: &'static [Self] = &[$(Self::$command),+];

            /// What it is called.
            pub const fn name(self) -> Name {
                match self { $(Self::$command => Name::new([$short_ja, $short_en], [$long_ja, $long_en], $reading)),+ }
            }
        }
    };
}

commands! {
    // Everywhere.
    Home: "ホーム", "ホームへ", "ほーむへ", "home", "Go to home";
    Members: "加入者", "加入者の画面へ", "かにゅうしゃのがめんへ", "members", "Go to members";
    Requests: "送付依頼", "送付依頼の画面へ", "そうふいらいのがめんへ", "requests", "Go to requests";
    Queue: "発送待ち", "発送待ちの画面へ", "はっそうまちのがめんへ", "queue", "Go to the queue";
    Batches: "バッチ", "バッチの画面へ", "ばっちのがめんへ", "batches", "Go to batches";
    Import: "取込", "取込の画面へ", "とりこみのがめんへ", "import", "Go to import";
    Admin: "管理", "管理の画面へ", "かんりのがめんへ", "admin", "Go to admin";
    Search: "検索", "加入者を探す", "かにゅうしゃをさがす けんさく", "find", "Find a member";
    FollowUps: "次の連絡", "今日までに連絡する方の一覧を見る", "きょうまでにれんらくするかたのいちらんをみる つぎのれんらく", "follow-ups", "List the follow-ups that are due";
    SearchNotes: "記録検索", "対応記録をことばで探す", "たいおうきろくをことばでさがす", "notes", "Find contact notes by their words";
    Help: "キー", "使えるキーを表示する", "つかえるきーをひょうじする へるぷ", "keys", "Show the keys";
    Manual: "手引", "手引を開く", "てびきをひらく へるぷ", "manual", "Open the manual";
    Contents: "目次", "目次を見る", "もくじをみる", "contents", "List the chapters";
    NextChapter: "次の章", "次の章へ", "つぎのしょうへ", "next", "To the next chapter";
    PreviousChapter: "前の章", "前の章へ", "まえのしょうへ", "back", "To the previous chapter";
    FindText: "検索", "手引の中を探す", "てびきのなかをさがす", "find", "Find in the manual";
    NextHit: "次の一致", "次に見つかる所へ", "つぎにみつかるところへ", "next hit", "To the next place found";
    PreviousHit: "前の一致", "前に見つかる所へ", "まえにみつかるところへ", "previous hit", "To the previous place found";
    Palette: "操作", "操作を名前で探す", "そうさをなまえでさがす", "commands", "Find a command by name";
    Lock: "画面ロック", "画面をロックする", "がめんをろっくする", "lock", "Lock the screen";
    SignOut: "サインアウト", "サインアウトして別の職員に替わる", "さいんあうとしてべつのしょくいんにかわる", "sign out", "Sign out, for another person";
    Quit: "終了", "コンソールを終了する", "こんそーるをしゅうりょうする", "quit", "Leave the console";
    Suspend: "一時停止", "一時停止して端末に戻る", "いちじていししてたんまつにもどる", "suspend", "Suspend to the shell";
    Redraw: "再描画", "画面を描き直す", "がめんをかきなおす さいびょうが", "redraw", "Draw the screen again";
    Reload: "最新", "最新の状態を読み込む", "さいしんのじょうたいをよみこむ こうしん", "reload", "Load the latest state";
    // Moving.
    Up: "上", "上の行へ", "うえのぎょうへ", "up", "Up one row";
    Down: "下", "下の行へ", "したのぎょうへ", "down", "Down one row";
    PageUp: "1画面上", "1画面分、上へ", "いちがめんぶん、うえへ", "page up", "Up one screenful";
    PageDown: "1画面下", "1画面分、下へ", "いちがめんぶん、したへ", "page down", "Down one screenful";
    First: "先頭", "先頭の行へ", "せんとうのぎょうへ", "first", "To the first row";
    Last: "末尾", "末尾の行へ", "まつびのぎょうへ", "last", "To the last row";
    Open: "開く", "選んだものを開く", "えらんだものをひらく", "open", "Open what is selected";
    Back: "戻る", "前の画面に戻る", "まえのがめんにもどる", "back", "Go back";
    NextField: "次の欄", "次の欄へ", "つぎのらんへ", "next", "To the next field";
    PreviousField: "前の欄", "前の欄へ", "まえのらんへ", "previous", "To the previous field";
    NextPage: "ページ", "次のページに替える", "つぎのぺーじにかえる", "page", "Turn to the next page";
    PreviousPage: "前のページ", "前のページに替える", "まえのぺーじにかえる", "previous page", "Turn to the page before";
    Submit: "決定", "入力を決定する", "にゅうりょくをけっていする", "done", "Submit what was typed";
    Save: "完了", "入力を終えて登録する", "にゅうりょくをおえてとうろくする", "save", "Save what was typed";
    NextChoice: "選ぶ", "次の候補を選ぶ", "つぎのこうほをえらぶ", "choose", "Choose the next one";
    PreviousChoice: "前の候補", "前の候補を選ぶ", "まえのこうほをえらぶ", "previous choice", "Choose the one before";
    Yes: "はい", "はい、実行する", "はい、じっこうする", "yes", "Yes, do it";
    No: "いいえ", "いいえ、やめる", "いいえ、やめる", "no", "No, leave it";
    // Members.
    Reissue: "再発行", "閲覧用パスワードを再発行する", "えつらんようぱすわーどをさいはっこうする", "reissue", "Reissue the viewing password";
    Diagnose: "診断", "電話の用件を選んで診断する", "でんわのようけんをえらんでしんだんする", "diagnose", "Choose the caller's topic";
    Note: "記録", "対応記録を残す", "たいおうきろくをのこす", "note", "Write a contact note";
    FollowUpDone: "連絡済", "次の連絡を済みにする", "つぎのれんらくをすみにする", "done", "Mark the follow-up as done";
    Contact: "担当者", "事業所の健康保険事務担当者を見る", "じぎょうしょのけんこうほけんじむたんとうしゃをみる", "contact", "Show the employer's insurance contact";
    History: "経緯", "この加入者の経緯を見る", "このかにゅうしゃのけいいをみる", "history", "Show this member's history";
    Call: "電話で開く", "電話の相手の本人確認をしてから開く", "でんわのあいてのほんにんかくにんをしてからひらく", "call", "Open for a caller, after the identity check";
    Answer: "回答", "お尋ねしたことの答えを入れる", "おたずねしたことのこたえをいれる かいとう", "answer", "Enter the caller's answer";
    ShowCards: "はがき", "はがきを見る", "はがきをみる", "cards", "Show the cards";
    TakeRequest: "依頼受付", "ログイン情報の送付依頼を電話で受ける", "ろぐいんじょうほうのそうふいらいをでんわでうける", "take request", "Take a request for login data";
    Former: "旧番号", "以前の番号の記録へ", "いぜんのばんごうのきろくへ", "former", "To the former record";
    Later: "新番号", "新しい番号の記録へ", "あたらしいばんごうのきろくへ", "later", "To the later record";
    Lineage: "番号の変遷", "番号の変遷と、本人に見える記録を調べる", "ばんごうのへんせんと、ほんにんにみえるきろくをしらべる", "numbers", "All records of the person, and which are visible";
    Family: "家族", "家族を順に開く", "かぞくをじゅんにひらく", "family", "Open the next member of the family";
    // Requests.
    ShowAll: "すべて", "完了・却下も表示する", "かんりょう・きゃっかもひょうじする すべて", "all", "Show settled requests, too";
    Tick: "確認", "本人確認の印を付ける・外す", "ほんにんかくにんのしるしをつける・はずす", "tick", "Tick or untick an identity check";
    QueueNotice: "発送待ちへ", "ログイン情報のはがきを発送待ちに入れる", "ろぐいんじょうほうのはがきをはっそうまちにいれる", "queue", "Queue the login notice";
    HoldRequest: "保留", "依頼を保留にする", "いらいをほりゅうにする", "hold", "Put the request on hold";
    Reject: "却下", "依頼を却下し、返信する", "いらいをきゃっかし、へんしんする", "reject", "Reject the request with a reply";
    Merge: "統合", "同じ方の依頼を統合する", "おなじかたのいらいをとうごうする", "merge", "Merge with another of the same member";
    ChooseMember: "加入者の指定", "依頼がどなたのものか指定する", "いらいがどなたのものかしていする", "whose", "Say whose request it is";
    NextRequest: "次へ", "次の依頼を開く", "つぎのいらいをひらく", "next", "Open the next request";
    // Cards.
    Draft: "バッチ作成", "発送待ちからバッチを作成する", "はっそうまちからばっちをさくせいする", "new batch", "Draft a batch from the queue";
    MarkCard: "印", "バッチに入れるはがきに印を付ける・外す", "ばっちにいれるはがきにしるしをつける・はずす", "mark", "Mark a card for a batch, or unmark it";
    Hold: "保留", "保留にする", "ほりゅうにする", "hold", "Put on hold";
    Release: "保留解除", "保留を解除する", "ほりゅうをかいじょする", "release", "Release from hold";
    OneOff: "送付先", "一度だけの送付先を提案する・承認する", "いちどだけのそうふさきをていあんする・しょうにんする だいひょうじゅうしいがい", "address", "Propose or decide a one-off address";
    CancelCard: "取消", "はがきを取り消す", "はがきをとりけす", "cancel", "Cancel the card";
    // Batches.
    Preview: "見本", "パスワードを伏せた見本を書き出す", "ぱすわーどをふせたみほんをかきだす", "preview", "Write a masked preview";
    Approve: "承認", "バッチを承認する", "ばっちをしょうにんする", "approve", "Approve the batch";
    Export: "出力", "パスワードを作り、印刷用PDFを書き出す", "ぱすわーどをつくり、いんさつようPDFをかきだす しゅつりょく", "export", "Make passwords and write the PDF";
    Printed: "印刷完了", "印刷を完了にする", "いんさつをかんりょうにする", "printed", "Record the printing";
    Dispatch: "発送確定", "発送を確定する", "はっそうをかくていする", "dispatch", "Confirm the dispatch";
    Receipt: "受領書", "戻った受領書を記録する", "もどったじゅりょうしょをきろくする", "receipt", "Record a receipt";
    MissingReceipts: "未着の受領書", "届いていない受領書を一覧する", "とどいていないじゅりょうしょをいちらんする みちゃく", "receipts", "List the missing receipts";
    TickPulled: "抜き取った", "抜き取ったはがきに印を付ける・外す", "ぬきとったはがきにしるしをつける・はずす", "pulled", "Tick or untick a card that is pulled";
    Returned: "返戻", "戻ってきたはがきを記録する", "もどってきたはがきをきろくする へんれい", "returned", "Record a returned card";
    CancelBatch: "取消", "バッチを取り消す", "ばっちをとりけす", "cancel", "Cancel the batch";
    // Import.
    ChooseFile: "ファイルを選ぶ", "取り込むファイルを選び、結果を確かめる", "とりこむふぁいるをえらび、けっかをたしかめる", "choose a file", "Choose a file and check what it would do";
    Complete: "補完", "パスの続きを補う", "ぱすのつづきをおぎなう ほかん", "complete", "Complete the path";
    FilterCode: "理由で絞る", "取込不可の行を理由ごとに見る", "とりこみふかのぎょうをりゆうごとにみる", "filter", "Show rejected rows by reason";
    WriteRejects: "不可の行", "取込不可の行をファイルに書き出す", "とりこみふかのぎょうをふぁいるにかきだす", "rejects", "Write the rejected rows to a file";
    Apply: "取り込む", "確かめたファイルを取り込む", "たしかめたふぁいるをとりこむ", "import", "Import the file that was checked";
    // Admin.
    AddStaff: "登録", "職員を登録する", "しょくいんをとうろくする", "add", "Register a member of staff";
    UnlockStaff: "解除", "職員のロックを解除する", "しょくいんのろっくをかいじょする", "unlock", "Unlock a member of staff";
    ResetPassword: "初期化", "職員のパスワードを初期化する", "しょくいんのぱすわーどをしょきかする", "reset", "Reset a staff password";
    DisableStaff: "利用停止", "職員の利用を停止する", "しょくいんのりようをていしする", "disable", "Disable a member of staff";
    ChangeRole: "役割", "職員の役割を変更する", "しょくいんのやくわりをへんこうする", "role", "Change a staff role";
    ResetFactor: "認証の取消", "職員の二要素認証の登録を取り消す", "しょくいんのにようそにんしょうのとうろくをとりけす", "2nd factor", "Reset a second factor";
    EditSetting: "変更", "設定を変更する", "せっていをへんこうする", "change", "Change a setting";
    VerifyAudit: "検証", "監査記録が書き換えられていないか確かめる", "かんさきろくがかきかえられていないかたしかめる けんしょう", "verify", "Check that no audit entry was changed";
    Stop: "中断", "進行中の作業を中断する", "しんこうちゅうのさぎょうをちゅうだんする", "stop", "Stop what is under way";
}
