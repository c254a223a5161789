//! Every command, one row each: name, keys, place in the footer, permission, when it makes sense, and what it is called:
//! short name, long name (Japanese | English), reading.
//!
//! A new command is a row here, its name in the table of its screen, and an arm in the screen's `command`. The tests of
//! the tables name what is missing.

use super::row::CommandRow;
use super::row::Foot::{Hidden, Shown, Spare};
use super::row::When::{
    Always, BatchStep as CanStep, CardIsAnswer, FileToApply, InHand, Matched, NoPasswordsYet, NothingToApply, OnPaper,
    RejectsUnwritten, RequestStep as CanSettle, RowsRejected, Unmatched,
};
use crate::domain::request::RequestStep;
use crate::domain::{BatchStep, Permission};
use crate::labels::{Chapter, Lang};
use crate::tui::keys::{
    BACK_TAB, DOWN, END, ENTER, ESC, HOME, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, TAB, UP, alt, ctrl, f, key,
};

commands! {
    tabs {
        Home [key('1'), alt('1')] Hidden, needs Look, chapter Start,
            "ホーム" | "Home", "ホームへ" | "Go to home", "ほーむへ";
        Members [key('2'), alt('2')] Hidden, needs Look, chapter Phone,
            "加入者" | "Members", "加入者の画面へ" | "Go to members", "かにゅうしゃのがめんへ";
        Requests [key('3'), alt('3')] Hidden, needs Look, chapter Requests,
            "送付依頼" | "Requests", "送付依頼の画面へ" | "Go to requests", "そうふいらいのがめんへ";
        Queue [key('4'), alt('4')] Hidden, needs Look, chapter Queue,
            "発送待ち" | "Queue", "発送待ちの画面へ" | "Go to the queue", "はっそうまちのがめんへ";
        Batches [key('5'), alt('5')] Hidden, needs Look, chapter Batches,
            "バッチ" | "Batches", "バッチの画面へ" | "Go to batches", "ばっちのがめんへ";
        Import [key('6'), alt('6')] Hidden, needs Look, chapter Import,
            "取込" | "Import", "取込の画面へ" | "Go to import", "とりこみのがめんへ";
        Admin [key('7'), alt('7')] Hidden, needs None, chapter Staff,
            "管理" | "Admin", "管理の画面へ" | "Go to admin", "かんりのがめんへ";
    }
    // Everywhere.
    Search [key('/'), ctrl('f')] Shown, needs None, when Always,
        "検索" | "find", "加入者を探す" | "Find a member", "かにゅうしゃをさがす けんさく";
    FollowUps [f(6)] Hidden, needs None, when Always,
        "次の連絡" | "follow-ups", "今日までに連絡する方の一覧を見る" | "List the follow-ups that are due", "きょうまでにれんらくするかたのいちらんをみる つぎのれんらく";
    SearchNotes [f(9)] Hidden, needs None, when Always,
        "記録検索" | "notes", "対応記録をことばで探す" | "Find contact notes by their words", "たいおうきろくをことばでさがす";
    NextCall [ctrl('n')] Hidden, needs Note, when Always,
        "次の電話" | "next call", "次の電話へ(下書きはそのまま)" | "To the next call; what was typed stays", "つぎのでんわへ したがき";
    NewCall [alt('n'), f(11)] Hidden, needs Note, when Always,
        "電話を受ける" | "new call", "新しい電話を受ける(いまの電話はそのまま)" | "Take a new call; the one in hand waits", "あたらしいでんわをうける";
    Calls [alt('c')] Hidden, needs Look, when Always,
        "電話の一覧" | "calls", "一日の電話の一覧を見る" | "List the calls of a day", "いちにちのでんわのいちらんをみる";
    Incidents [alt('i')] Hidden, needs Look, when Always,
        "漏えい等" | "incidents", "漏えい等の一覧と報告の期限を見る" | "List the incidents and when they are reported", "ろうえいとうのいちらんとほうこくのきげんをみる";
    Employers [key('8'), alt('8')] Hidden, needs Look, when Always,
        "事業所" | "employers", "事業所の一覧を見る" | "List the employers", "じぎょうしょのいちらんをみる";
    Help [key('?'), f(2)] Shown, needs None, when Always,
        "キー" | "keys", "使えるキーを表示する" | "Show the keys", "つかえるきーをひょうじする へるぷ";
    Manual [f(1)] Shown, needs None, when Always,
        "手引" | "manual", "手引を開く" | "Open the manual", "てびきをひらく へるぷ";
    Contents [TAB] Shown, needs None, when Always,
        "目次" | "contents", "目次を見る" | "List the chapters", "もくじをみる";
    NextChapter [RIGHT, ENTER] Shown, needs None, when Always,
        "次の章" | "next", "次の章へ" | "To the next chapter", "つぎのしょうへ";
    PreviousChapter [LEFT] Shown, needs None, when Always,
        "前の章" | "back", "前の章へ" | "To the previous chapter", "まえのしょうへ";
    FindText [key('/')] Shown, needs None, when Always,
        "検索" | "find", "手引の中を探す" | "Find in the manual", "てびきのなかをさがす";
    NextHit [key('n')] Hidden, needs None, when Always,
        "次の一致" | "next hit", "次に見つかる所へ" | "To the next place found", "つぎにみつかるところへ";
    PreviousHit [key('N')] Hidden, needs None, when Always,
        "前の一致" | "previous hit", "前に見つかる所へ" | "To the previous place found", "まえにみつかるところへ";
    Palette [ctrl('p')] Spare, needs None, when Always,
        "操作" | "commands", "操作を名前で探す" | "Find a command by name", "そうさをなまえでさがす";
    Lock [key('L'), ctrl('o')] Hidden, needs None, when Always,
        "画面ロック" | "lock", "画面をロックする" | "Lock the screen", "がめんをろっくする";
    SignOut [ctrl('x')] Hidden, needs None, when Always,
        "サインアウト" | "sign out", "サインアウトして別の職員に替わる" | "Sign out, for another person", "さいんあうとしてべつのしょくいんにかわる";
    Quit [f(12), ctrl('q'), ctrl('c')] Spare, needs None, when Always,
        "終了" | "quit", "コンソールを終了する" | "Leave the console", "こんそーるをしゅうりょうする";
    Suspend [ctrl('z')] Hidden, needs None, when Always,
        "一時停止" | "suspend", "一時停止して端末に戻る" | "Suspend to the shell", "いちじていししてたんまつにもどる";
    Redraw [ctrl('l')] Hidden, needs None, when Always,
        "再描画" | "redraw", "画面を描き直す" | "Draw the screen again", "がめんをかきなおす さいびょうが";
    Reload [f(5)] Spare, needs None, when Always,
        "最新" | "reload", "最新の状態を読み込む" | "Load the latest state", "さいしんのじょうたいをよみこむ こうしん";
    // Moving.
    Up [UP, key('k')] Hidden, needs None, when Always,
        "上" | "up", "上の行へ" | "Up one row", "うえのぎょうへ";
    Down [DOWN, key('j')] Hidden, needs None, when Always,
        "下" | "down", "下の行へ" | "Down one row", "したのぎょうへ";
    PageUp [PAGE_UP, f(7)] Hidden, needs None, when Always,
        "1画面上" | "page up", "1画面分、上へ" | "Up one screenful", "いちがめんぶん、うえへ";
    PageDown [PAGE_DOWN, f(8)] Hidden, needs None, when Always,
        "1画面下" | "page down", "1画面分、下へ" | "Down one screenful", "いちがめんぶん、したへ";
    First [HOME, key('g')] Hidden, needs None, when Always,
        "先頭" | "first", "先頭の行へ" | "To the first row", "せんとうのぎょうへ";
    Last [END, key('G')] Hidden, needs None, when Always,
        "末尾" | "last", "末尾の行へ" | "To the last row", "まつびのぎょうへ";
    Filter [key('/')] Shown, needs None, when Always,
        "絞り込み" | "filter", "一覧を絞り込む" | "Filter the list", "いちらんをしぼりこむ ふぃるたー";
    ClearFilter [ESC, f(3)] Shown, needs None, when Always,
        "解除" | "clear", "絞り込みを解除する" | "Clear the filter", "しぼりこみをかいじょする";
    Open [ENTER] Shown, needs None, when Always,
        "開く" | "open", "選んだものを開く" | "Open what is selected", "えらんだものをひらく";
    Back [ESC, f(3)] Shown, needs None, when Always,
        "戻る" | "back", "前の画面に戻る" | "Go back", "まえのがめんにもどる";
    NextField [TAB, DOWN] Shown, needs None, when Always,
        "次の欄" | "next", "次の欄へ" | "To the next field", "つぎのらんへ";
    PreviousField [BACK_TAB, UP] Hidden, needs None, when Always,
        "前の欄" | "previous", "前の欄へ" | "To the previous field", "まえのらんへ";
    NextPage [TAB] Shown, needs None, when Always,
        "ページ" | "page", "次のページに替える" | "Turn to the next page", "つぎのぺーじにかえる";
    PreviousPage [BACK_TAB] Hidden, needs None, when Always,
        "前のページ" | "previous page", "前のページに替える" | "Turn to the page before", "まえのぺーじにかえる";
    Submit [ENTER] Shown, needs None, when Always,
        "決定" | "done", "入力を決定する" | "Submit what was typed", "にゅうりょくをけっていする";
    Save [ctrl('s'), f(10)] Shown, needs None, when Always,
        "完了" | "save", "入力を終えて登録する" | "Save what was typed", "にゅうりょくをおえてとうろくする";
    TickPaper [key(' ')] Shown, needs None, when Always,
        "書類" | "paper", "代理の書類を確認した印を付ける・外す" | "Tick or untick that the paper of a representative was seen", "だいりのしょるいをかくにんしたしるしをつける・はずす いにんじょう";
    NextChoice [RIGHT, key(' ')] Shown, needs None, when Always,
        "選ぶ" | "choose", "次の候補を選ぶ" | "Choose the next one", "つぎのこうほをえらぶ";
    PreviousChoice [LEFT] Hidden, needs None, when Always,
        "前の候補" | "previous choice", "前の候補を選ぶ" | "Choose the one before", "まえのこうほをえらぶ";
    Yes [key('y')] Shown, needs None, when Always,
        "はい" | "yes", "はい、実行する" | "Yes, do it", "はい、じっこうする";
    No [key('n'), ESC, f(3)] Shown, needs None, when Always,
        "いいえ" | "no", "いいえ、やめる" | "No, leave it", "いいえ、やめる";
    // Home.
    Stats [key('m')] Shown, needs Look, when Always,
        "統計" | "statistics", "月・年度の統計を見る" | "Show the figures of a month or a fiscal year", "つきねんどのとうけいをみる りじかい";
    PeriodBefore [LEFT] Shown, needs None, when Always,
        "前の期間" | "before", "前の月・年度の統計" | "The month or year before", "まえのつきねんどのとうけい";
    PeriodAfter [RIGHT] Shown, needs None, when Always,
        "次の期間" | "after", "次の月・年度の統計" | "The month or year after", "つぎのつきねんどのとうけい";
    MonthOrYear [key('y')] Shown, needs None, when Always,
        "月・年度" | "month, year", "月と年度を切り替える" | "Switch between month and fiscal year", "つきとねんどをきりかえる";
    // Members.
    Reissue [key('r')] Shown, needs Queue, when Always,
        "再発行" | "reissue", "閲覧用パスワードを再発行する" | "Reissue the viewing password", "えつらんようぱすわーどをさいはっこうする";
    Diagnose [key('d')] Shown, needs None, when Always,
        "診断" | "diagnose", "電話の用件を選んで診断する" | "Choose the caller's topic", "でんわのようけんをえらんでしんだんする";
    Note [key('n')] Shown, needs Note, when Always,
        "記録" | "note", "対応記録を残す" | "Write a contact note", "たいおうきろくをのこす";
    FollowUpDone [key('s')] Shown, needs Note, when Always,
        "連絡済" | "done", "次の連絡を済みにする" | "Mark the follow-up as done", "つぎのれんらくをすみにする";
    Contact [key('b')] Hidden, needs None, when Always,
        "担当者" | "contact", "事業所の健康保険事務担当者を見る" | "Show the employer's insurance contact", "じぎょうしょのけんこうほけんじむたんとうしゃをみる";
    History [key('h')] Shown, needs None, when Always,
        "経緯" | "history", "この加入者の経緯を見る" | "Show this member's history", "このかにゅうしゃのけいいをみる";
    Caller [key('a')] Shown, needs None, when Always,
        "相手" | "caller", "電話の相手を選ぶ" | "Say who is calling", "でんわのあいてをえらぶ";
    Call [f(4), ctrl('t')] Shown, needs None, when Always,
        "電話で開く" | "call", "電話の相手の本人確認をしてから開く" | "Open for a caller, after the identity check", "でんわのあいてのほんにんかくにんをしてからひらく";
    CopyPhone [key('y')] Shown, needs None, when Always,
        "番号をコピー" | "copy number", "折返し先の番号をコピーする" | "Copy the number to call back", "おりかえしさきのばんごうをこぴーする";
    EndCall [key('x')] Shown, needs Note, when Always,
        "電話を終える" | "end call", "記録を残さずに電話を終える" | "End the call without a note", "きろくをのこさずにでんわをおえる";
    DayBefore [LEFT] Shown, needs None, when Always,
        "前の日" | "day before", "前の日の電話" | "The day before", "まえのひのでんわ";
    DayAfter [RIGHT] Shown, needs None, when Always,
        "次の日" | "day after", "次の日の電話" | "The day after", "つぎのひのでんわ";
    Answer [key('q')] Hidden, needs None, when Always,
        "回答" | "answer", "お尋ねしたことの答えを入れる" | "Enter the caller's answer", "おたずねしたことのこたえをいれる かいとう";
    ShowCards [key('c')] Hidden, needs None, when Always,
        "はがき" | "cards", "はがきを見る" | "Show the cards", "はがきをみる";
    TakeRequest [key('n')] Shown, needs Requests, when Always,
        "依頼受付" | "take request", "ログイン情報の送付依頼を電話で受ける" | "Take a request for login data", "ろぐいんじょうほうのそうふいらいをでんわでうける";
    Former [key('p')] Hidden, needs None, when Always,
        "旧番号" | "former", "以前の番号の記録へ" | "To the former record", "いぜんのばんごうのきろくへ";
    Later [key('s')] Hidden, needs None, when Always,
        "新番号" | "later", "新しい番号の記録へ" | "To the later record", "あたらしいばんごうのきろくへ";
    Lineage [key('w')] Hidden, needs None, when Always,
        "番号の変遷" | "numbers", "番号の変遷と、本人に見える記録を調べる" | "All records of the person, and which are visible", "ばんごうのへんせんと、ほんにんにみえるきろくをしらべる";
    Family [key('f')] Hidden, needs None, when Always,
        "家族" | "family", "家族を順に開く" | "Open the next member of the family", "かぞくをじゅんにひらく";
    Protect [key('P')] Hidden, needs Protect, when Always,
        "保護措置" | "protect", "保護措置を設定する・終了する" | "Set or end the protective measure", "ほごそちをせっていする・しゅうりょうする DV しえんそち";
    // Incidents.
    NewIncident [key('N')] Shown, needs Note, when Always,
        "漏えい等" | "incident", "漏えい等を記録する" | "Record an incident", "ろうえいとうをきろくする ふんしつ かいふう ごそうふ";
    NoteIncident [key('n')] Shown, needs Note, when Always,
        "経過・報告" | "add", "漏えい等の経過、報告、対象者を記録する" | "Add a note, a report or persons to the incident", "ろうえいとうのけいかほうこくたいしょうしゃをきろくする そくほう かくほう";
    StopPasswords [key('s')] Shown, needs Queue, when Always,
        "停止・再発行" | "stop", "はがきのパスワードを停止し、再発行を手配する" | "Stop the passwords on the cards, and ask for new ones", "はがきのぱすわーどをていしし、さいはっこうをてはいする しっこう";
    CopyPaper [key('y')] Shown, needs None, when Always,
        "文案" | "copy text", "報告またはご本人への文案をコピーする" | "Copy the text for the report or for the member", "ほうこくまたはごほんにんへのぶんあんをこぴーする";
    CloseIncident [key('C')] Spare, needs Incidents, when Always,
        "終了" | "close", "講じた措置を記録して、漏えい等の対応を終了する" | "Close the incident with what was done", "こうじたそちをきろくして、ろうえいとうのたいおうをしゅうりょうする";
    ReopenIncident [key('Z')] Spare, needs Incidents, when Always,
        "再開" | "reopen", "終了した漏えい等の対応を、理由を付けて再開する" | "Reopen a closed incident, with a reason", "しゅうりょうしたろうえいとうのたいおうをさいかいする";
    // What is owed.
    Promises [alt('p')] Hidden, needs None, when Always,
        "お待たせ" | "owed", "お待たせしている方の一覧を見る" | "List what is owed to members", "おまたせしているかたのいちらんをみる";
    NextDate [key('e')] Shown, needs Note, when Always,
        "次の連絡日" | "next date", "次の連絡日と担当を決める" | "Set the next date and the owner", "つぎのれんらくびとたんとうをきめる";
    NotNeeded [key('x')] Shown, needs Note, when Always,
        "対応不要" | "not needed", "対応不要の理由を記録する" | "Record why it needs no answer", "たいおうふようのりゆうをきろくする";
    // Requests.
    ShowAll [key('A')] Shown, needs None, when Always,
        "すべて" | "all", "完了・却下も表示する" | "Show settled requests, too", "かんりょう・きゃっかもひょうじする すべて";
    Tick [key(' ')] Shown, needs Requests, when Matched,
        "確認" | "tick", "本人確認の印を付ける・外す" | "Tick or untick an identity check", "ほんにんかくにんのしるしをつける・はずす";
    SettleAgreed [key('y')] Shown, needs Requests, when CanSettle(RequestStep::Verify),
        "一致" | "agrees", "すべて一致する依頼を、確認して発送待ちに入れる" | "Check and queue a request that agrees in everything", "すべていっちするいらいをかくにんしてはっそうまちにいれる";
    LetPass [key('O')] Spare, needs Release, when Matched,
        "特例" | "let pass", "一致しない・記入のない確認を、理由を付けて認める" | "Let checks pass without evidence, with a reason", "いっちしないきにゅうのないかくにんをりゆうをつけてみとめる とくれい";
    TakeOn [key('t')] Spare, needs Requests, when CanSettle(RequestStep::Verify),
        "担当" | "mine", "依頼の担当になる・担当を外れる" | "Take the request on, or give it back", "いらいのたんとうになる・たんとうをはずれる";
    Resume [key('Z')] Shown, needs Requests, when CanSettle(RequestStep::Resume),
        "再開" | "resume", "処理した依頼を再開する(翌営業日まで)" | "Take a settled request up again", "しょりしたいらいをさいかいする";
    SortRows [key('s')] Spare, needs None, when Always,
        "並べ替え" | "sort", "一覧の並びを替える" | "Sort the list in another order", "いちらんのならびをかえる ならべかえ";
    Outbox [key('r')] Spare, needs None, when Always,
        "返信" | "replies", "送付を待つ返信を見る" | "See the replies that wait to be sent", "そうふをまつへんしんをみる そうしんばこ";
    ExportReply [key('e')] Shown, needs Requests, when Always,
        "出力" | "export", "返信をメールのファイルに出力する" | "Write replies as mail files", "へんしんをめーるのふぁいるにしゅつりょくする";
    ReplySent [key('s')] Shown, needs Requests, when Always,
        "送付済" | "sent", "返信を送付済みにする" | "Say that the reply was sent", "へんしんをそうふずみにする";
    CopyReply [key('c')] Shown, needs None, when Always,
        "コピー" | "copy", "返信の文面をコピーする" | "Copy the reply", "へんしんのぶんめんをこぴーする";
    ChangeReply [key('m')] Shown, needs Requests, when Always,
        "修正" | "change", "返信文を直す" | "Change the words of the reply", "へんしんぶんをなおす しゅうせい";
    NoReply [key('x')] Spare, needs Requests, when Always,
        "取りやめ" | "withdraw", "返信を送らずに終える" | "Do not send the reply", "へんしんをおくらずにおえる とりやめ";
    QueueNotice [key('q')] Shown, needs Requests, when CardIsAnswer,
        "発送待ちへ" | "queue", "ログイン情報のはがきを発送待ちに入れる" | "Queue the login notice", "ろぐいんじょうほうのはがきをはっそうまちにいれる";
    HoldRequest [key('o')] Shown, needs Requests, when CanSettle(RequestStep::Hold),
        "保留" | "hold", "依頼を保留にする" | "Put the request on hold", "いらいをほりゅうにする";
    Reject [key('x')] Shown, needs Requests, when CanSettle(RequestStep::Reject),
        "却下" | "reject", "依頼を却下または回答し、返信する" | "Reject or answer the request with a reply", "いらいをきゃっかまたはかいとうし、へんしんする";
    Merge [key('m')] Hidden, needs Release, when CanSettle(RequestStep::Merge),
        "統合" | "merge", "同じ方の依頼を統合する" | "Merge with another of the same member", "おなじかたのいらいをとうごうする";
    ChooseMember [key('c')] Spare, needs Requests, when Unmatched,
        "加入者の指定" | "whose", "依頼がどなたのものか指定する" | "Say whose request it is", "いらいがどなたのものかしていする";
    NextRequest [key('N')] Shown, needs None, when Always,
        "次へ" | "next", "一つ下の依頼を開く" | "Open the next request below", "ひとつしたのいらいをひらく つぎのいらい";
    // Cards.
    Draft [key('n')] Shown, needs Draft, when Always,
        "バッチ作成" | "new batch", "発送待ちからバッチを作成する" | "Draft a batch from the queue", "はっそうまちからばっちをさくせいする";
    MarkCard [key(' ')] Hidden, needs Draft, when Always,
        "印" | "mark", "バッチに入れるはがきに印を付ける・外す" | "Mark a card for a batch, or unmark it", "ばっちにいれるはがきにしるしをつける・はずす";
    Hold [key('o')] Shown, needs Queue, when NoPasswordsYet,
        "保留" | "hold", "保留にする" | "Put on hold", "ほりゅうにする";
    ConfirmAddress [key('a')] Shown, needs ConfirmAddress, when Always,
        "住所の確認" | "address", "代表住所の変更を確認する" | "Confirm the changed address", "だいひょうじゅうしょのへんこうをかくにんする";
    Release [key('u')] Shown, needs Release, when Always,
        "保留解除" | "release", "保留を解除する" | "Release from hold", "ほりゅうをかいじょする";
    OneOff [key('s')] Shown, needs Release, when Always,
        "送付先" | "address", "一度だけの送付先を提案する・承認する" | "Propose or decide a one-off address", "いちどだけのそうふさきをていあんする・しょうにんする だいひょうじゅうしいがい";
    CancelCard [key('c')] Shown, needs Queue, when NoPasswordsYet,
        "取消" | "cancel", "はがきを取り消す" | "Cancel the card", "はがきをとりけす";
    // Batches.
    Preview [key('p')] Shown, needs None, when NoPasswordsYet,
        "見本" | "preview", "パスワードを伏せた見本を書き出す" | "Write a masked preview", "ぱすわーどをふせたみほんをかきだす";
    Approve [key('a')] Shown, needs Approve, when CanStep(BatchStep::Approve),
        "承認" | "approve", "バッチを承認する" | "Approve the batch", "ばっちをしょうにんする";
    SendBack [key('s')] Shown, needs Approve, when CanStep(BatchStep::Approve),
        "差戻し" | "send back", "理由を付けてバッチを差し戻す" | "Send the draft back with a reason", "りゆうをつけてばっちをさしもどす";
    Comment [key('e')] Hidden, needs Batches, when Always,
        "コメント" | "comment", "バッチにコメントを書く" | "Comment on the batch", "ばっちにこめんとをかく";
    Export [key('x')] Shown, needs Export, when CanStep(BatchStep::Export),
        "出力" | "export", "パスワードを作り、印刷用PDFを書き出す" | "Make passwords and write the PDF", "ぱすわーどをつくり、いんさつようPDFをかきだす しゅつりょく";
    Printed [key('w')] Shown, needs Batches, when OnPaper,
        "印刷完了" | "printed", "印刷を完了にする" | "Record the printing", "いんさつをかんりょうにする";
    Remake [key('m')] Shown, needs Export, when InHand,
        "作り直し" | "remake", "刷り損じを作り直す" | "Make spoiled cards again", "すりそんじをつくりなおす";
    MakeLetters [key('l')] Shown, needs Batches, when InHand,
        "送付状" | "letters", "手元のはがきで送付状と受領書を作り直す" | "Make letters and receipts of the cards in hand", "そうふじょうとじゅりょうしょをつくりなおす";
    Dispatch [key('t')] Shown, needs Batches, when CanStep(BatchStep::Dispatch),
        "発送確定" | "dispatch", "発送を確定する" | "Confirm the dispatch", "はっそうをかくていする";
    Scan [key('i')] Shown, needs Batches, when InHand,
        "読み取り" | "scan", "スキャナーで封入を確かめる、受領書を読み取る" | "Scan: pack parcels, find a receipt", "すきゃなーでふうにゅうをたしかめる、じゅりょうしょをよみとる よみとり にじげんこーど";
    Receipt [key('b')] Shown, needs Batches, when Always,
        "受領書" | "receipt", "戻った受領書を記録する" | "Record a receipt", "もどったじゅりょうしょをきろくする";
    Tracking [key('T')] Shown, needs Batches, when Always,
        "追跡番号" | "tracking", "小包の追跡番号を記録する" | "Note the tracking number of a parcel", "こづつみのついせきばんごうをきろくする";
    MissingReceipts [key('f')] Shown, needs None, when Always,
        "未着の受領書" | "receipts", "届いていない受領書を一覧する" | "List the missing receipts", "とどいていないじゅりょうしょをいちらんする みちゃく";
    TickPulled [key(' ')] Shown, needs None, when Always,
        "抜き取った" | "pulled", "抜き取ったはがきに印を付ける・外す" | "Tick or untick a card that is pulled", "ぬきとったはがきにしるしをつける・はずす";
    Returned [key('R')] Shown, needs Batches, when Always,
        "返戻" | "returned", "戻ってきたはがきを記録する" | "Record a returned card", "もどってきたはがきをきろくする へんれい";
    CancelBatch [key('C')] Shown, needs Batches, when CanStep(BatchStep::Cancel),
        "取消" | "cancel", "バッチを取り消す" | "Cancel the batch", "ばっちをとりけす";
    // Import.
    ChooseFile [key('n')] Shown, needs Import, when NothingToApply,
        "ファイルを選ぶ" | "choose a file", "取り込むファイルを選び、結果を確かめる" | "Choose a file and check what it would do", "とりこむふぁいるをえらび、けっかをたしかめる";
    Complete [TAB] Shown, needs None, when Always,
        "補完" | "complete", "パスの続きを補う" | "Complete the path", "ぱすのつづきをおぎなう ほかん";
    FilterCode [key('f')] Shown, needs None, when RowsRejected,
        "理由で絞る" | "filter", "取込不可の行を理由ごとに見る" | "Show rejected rows by reason", "とりこみふかのぎょうをりゆうごとにみる";
    WriteRejects [key('w')] Shown, needs Import, when RejectsUnwritten,
        "不可の行" | "rejects", "取込不可の行をファイルに書き出す" | "Write the rejected rows to a file", "とりこみふかのぎょうをふぁいるにかきだす";
    Apply [key('a')] Shown, needs Import, when FileToApply,
        "取り込む" | "import", "確かめたファイルを取り込む" | "Import the file that was checked", "たしかめたふぁいるをとりこむ";
    // Admin.
    AddStaff [key('n')] Shown, needs Staff, when Always,
        "登録" | "add", "職員を登録する" | "Register a member of staff", "しょくいんをとうろくする";
    UnlockStaff [key('u')] Shown, needs Unlock, when Always,
        "解除" | "unlock", "職員のロックを解除する" | "Unlock a member of staff", "しょくいんのろっくをかいじょする";
    ResetPassword [key('p')] Shown, needs Staff, when Always,
        "初期化" | "reset", "職員のパスワードを初期化する" | "Reset a staff password", "しょくいんのぱすわーどをしょきかする";
    DisableStaff [key('D')] Shown, needs Staff, when Always,
        "利用停止" | "disable", "職員の利用を停止する" | "Disable a member of staff", "しょくいんのりようをていしする";
    ChangeRole [key('r')] Hidden, needs Staff, when Always,
        "役割" | "role", "職員の役割を変更する" | "Change a staff role", "しょくいんのやくわりをへんこうする";
    ResetFactor [key('f')] Hidden, needs Staff, when Always,
        "認証の取消" | "2nd factor", "職員の二要素認証の登録を取り消す" | "Reset a second factor", "しょくいんのにようそにんしょうのとうろくをとりけす";
    EditSetting [ENTER, key('e')] Shown, needs Settings, when Always,
        "変更" | "change", "設定を変更する" | "Change a setting", "せっていをへんこうする";
    DecideChange [ENTER] Shown, needs Second, when Always,
        "確認" | "decide", "提案された変更を確認・却下する" | "Confirm or refuse a proposed change", "ていあんされたへんこうをかくにんきゃっかする";
    AskLog [key('s')] Shown, needs Audit, when Always,
        "条件" | "ask", "職員・加入者・バッチ・日で記録を探す" | "Ask the log by person, member, batch or day", "しょくいんかにゅうしゃばっちひできろくをさがす じょうけん";
    OpenLooks [ENTER] Shown, needs Browsing, when Always,
        "照会を見る" | "looks", "その日の照会の記録を見る" | "Open the looks themselves", "そのひのしょうかいのきろくをみる";
    VerifyAudit [key('v')] Shown, needs Audit, when Always,
        "検証" | "verify", "監査記録が書き換えられていないか確かめる" | "Check that no audit entry was changed", "かんさきろくがかきかえられていないかたしかめる けんしょう";
    Stop [key('s')] Shown, needs None, when Always,
        "中断" | "stop", "進行中の作業を中断する" | "Stop what is under way", "しんこうちゅうのさぎょうをちゅうだんする";
}

impl Command {
    /// Everything about it.
    pub(crate) const fn row(self) -> &'static CommandRow {
        &ROWS[self as usize]
    }

    /// Whether it only moves the selection or the caret.
    pub(crate) const fn is_moving(self) -> bool {
        use Command as C;
        matches!(self, C::Up | C::Down | C::PageUp | C::PageDown | C::First | C::Last | C::NextField | C::PreviousField)
    }
}

impl Tab {
    /// The tab that a command goes to.
    pub(crate) fn of(command: Command) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.command() == command)
    }

    /// Its number key.
    pub(crate) fn number(self) -> String {
        self.command().row().keys.first().map(|key| key.shown()).unwrap_or_default()
    }

    pub(crate) const fn name(self, lang: Lang) -> &'static str {
        self.command().row().short(lang)
    }
}
