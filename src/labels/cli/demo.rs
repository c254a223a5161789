//! `demo`.

use crate::labels::texts::{plural, texts};
use chrono::NaiveDate;
use std::fmt::Display;

texts! {
    /// The society of the demo, and what was done with it.
    pub struct DemoTexts {
        exists(dir: impl Display, db: impl Display) =
            "{dir} にはデモがすでにあります。上書きはしていません。続きを見るには mykempo --db {db} を、最初からやり直すには {dir} を消すか、--dir で別の場所を指定してください。"
            | "There is a demo in {dir} already; it was not overwritten. Go on with mykempo --db {db}, or start afresh: remove {dir}, or name another place with --dir.";
        wants_a_file =
            "デモはファイルに作成します。--db には PostgreSQL ではなくファイルを指定してください。"
            | "The demo is made in a file. Name a file with --db, not a server.";
        note_passwords =
            "パスワードを控えたら Enter を押してください。画面を開きます。"
            | "Note the passwords, then press Enter to open the console.";
        ready(society: &str, db: impl Display) =
            "{society}(架空)を {db} に作成しました。"
            | "{society} (made up) is ready in {db}.";
        drafted(batch: impl Display, cards: usize) =
            "{batch}: 発送待ちから{cards}枚で作成しました。"
            | "{batch}: drafted with {cards} {}.", plural(cards, "card", "cards");
        exported(batch: impl Display, by: &str, cards: usize, held: usize) =
            "{batch}: {by}が承認し、{cards}枚を出力しました(保留 {held}枚)。"
            | "{batch}: approved by {by}, {cards} {} exported, {held} held.", plural(cards, "card", "cards");
        sent(batch: impl Display, printed: usize, sent: usize, on: NaiveDate) =
            "{batch}: 印刷 {printed}枚、発送 {sent}枚({on})。PDFは発送確定とともに消去しました。"
            | "{batch}: {printed} printed, {sent} dispatched on {on}. Its PDF was destroyed with the dispatch.";
        files = "PDFと書類:" | "PDFs and papers:";
    }
}
