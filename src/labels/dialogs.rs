//! Dialogs: confirmation, forms, help, the command palette.

#[derive(Debug)]
pub struct Dialogs {
    pub yes_key: &'static str,
    pub no_key: &'static str,
    pub help_title: &'static str,
    pub help_here: &'static str,
    pub help_everywhere: &'static str,
    pub palette_title: &'static str,
    pub palette_prompt: &'static str,
    pub palette_empty: &'static str,
    pub quit_title: &'static str,
    pub quit_text: &'static str,
    pub required: &'static str,
    pub not_all_ticked: fn(usize) -> String,
    pub ticked: fn(usize, usize) -> String,
    pub new_mark: &'static str,
    pub refused_title: &'static str,
    pub search_title: &'static str,
    pub search_prompt: &'static str,
    pub search_hint: &'static str,
}

pub(super) const JA: Dialogs = Dialogs {
    yes_key: "はい",
    no_key: "いいえ",
    help_title: "使えるキー",
    help_here: "この画面",
    help_everywhere: "どの画面でも",
    palette_title: "命令を探す",
    palette_prompt: "命令",
    palette_empty: "該当する命令がありません",
    quit_title: "終了",
    quit_text: "コンソールを終了します。よろしいですか。",
    required: "入力してください",
    not_all_ticked: |open| {
        format!("まだ印のないはがきが {open}枚 あります。束から抜き取り、Space で印を付けてください")
    },
    ticked: |done, all| format!("抜き取り済み {done} / {all}枚   すべてに印が付くと、Enter で先へ進めます"),
    new_mark: "[新]",
    refused_title: "できませんでした",
    search_title: "加入者を探す",
    search_prompt: "検索",
    search_hint: "記号-番号、カナ、漢字のどれでも探せます  例) 260-1  ショウジ  東海林",
};

pub(super) const EN: Dialogs = Dialogs {
    yes_key: "Yes",
    no_key: "No",
    help_title: "Keys",
    help_here: "This screen",
    help_everywhere: "Everywhere",
    palette_title: "Find a command",
    palette_prompt: "Command",
    palette_empty: "No such command",
    quit_title: "Quit",
    quit_text: "Leave the console?",
    required: "Please fill this in",
    not_all_ticked: |open| format!("{open} cards are not ticked yet. Pull them from the pile and tick each with Space"),
    ticked: |done, all| format!("{done} of {all} pulled. Enter goes on when all are ticked"),
    new_mark: "[new]",
    refused_title: "Not done",
    search_title: "Find a member",
    search_prompt: "Find",
    search_hint: "Symbol-number, kana or kanji, e.g. 260-1",
};
