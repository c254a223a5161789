//! 手引: the clerk's manual, one chapter a file in `assets/manual/{ja,en}`.

use super::Lang;
use super::texts::texts;

/// A chapter of the manual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// はじめに
    Start,
    /// 電話に答える
    Phone,
    /// 送付依頼を処理する
    Requests,
    /// はがきを発送待ちへ
    Queue,
    /// バッチを作り、発送する
    Batches,
    /// 印刷室での作業
    PrintRoom,
    /// 受領書と返戻
    Receipts,
    /// 漏えい等
    Incidents,
    /// 取込
    Import,
    /// 職員の管理
    Staff,
    /// 困ったとき
    Trouble,
}

macro_rules! text {
    ($name:literal) => {
        [
            include_str!(concat!("../../assets/manual/ja/", $name)),
            include_str!(concat!("../../assets/manual/en/", $name)),
        ]
    };
}

impl Chapter {
    /// In the order of the book.
    pub const ALL: [Self; 11] = [
        Self::Start,
        Self::Phone,
        Self::Requests,
        Self::Queue,
        Self::Batches,
        Self::PrintRoom,
        Self::Receipts,
        Self::Incidents,
        Self::Import,
        Self::Staff,
        Self::Trouble,
    ];

    /// The chapter as it was written: `#` titles, `-` and `1.` lists, `` `keys` ``, `**strong words**`.
    pub const fn text(self, lang: Lang) -> &'static str {
        let [ja, en] = match self {
            Self::Start => text!("start.md"),
            Self::Phone => text!("phone.md"),
            Self::Requests => text!("requests.md"),
            Self::Queue => text!("queue.md"),
            Self::Batches => text!("batches.md"),
            Self::PrintRoom => text!("print-room.md"),
            Self::Receipts => text!("receipts.md"),
            Self::Incidents => text!("incidents.md"),
            Self::Import => text!("import.md"),
            Self::Staff => text!("staff.md"),
            Self::Trouble => text!("trouble.md"),
        };
        lang.pick(ja, en)
    }

    /// The title of the page in the language.
    pub fn title(self, lang: Lang) -> &'static str {
        self.text(lang).lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}

texts! {
    /// The reader of the manual.
    pub struct Manual {
        title = "手引" | "Manual";
        search = "手引の中を探す" | "Find in the manual";
        found(at: usize, all: usize) = "{all}か所のうち{at}番目  n 次へ  N 前へ" | "{at} of {all}  n next  N previous";
        nowhere(word: &str) = "「{word}」は手引にありません" | "\"{word}\" is not in the manual";
    }
}
