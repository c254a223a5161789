//! What surrounds every screen: tabs, the message line, the states of waiting and failing.

#[derive(Debug)]
pub struct Frame {
    pub rehearsal: &'static str,
    /// The keys that switch screens while one types.
    pub screens_key: &'static str,
    pub screens: &'static str,
    pub loading: &'static str,
    pub scroll_more: &'static str,
    pub too_small: fn(u16, u16) -> [String; 2],
    pub failed: &'static str,
    pub reload_hint: &'static str,
    pub no_such_key: fn(&str) -> String,
    pub quit_waits: &'static str,
    pub lock_after: fn(u64) -> String,
    pub work: fn(&str, u64, u64) -> String,
    pub work_rate: fn(f64, u64) -> String,
    pub range: fn(usize, usize, usize) -> String,
    /// What, who may do it, and the role of who asked.
    pub not_allowed: fn(&str, &str, &str) -> String,
    pub more: &'static str,
    pub signed_out: &'static str,
    /// Something to read has come for a screen that is not in front, or has a dialog over it.
    pub late: fn(&str) -> String,
    pub late_below: &'static str,
}

pub(super) const JA: Frame = Frame {
    rehearsal: "練習用",
    screens_key: "Alt-数字",
    screens: "画面",
    loading: "読み込んでいます",
    scroll_more: "(上下キーで続き)",
    too_small: |width, height| {
        ["画面を 80×24 以上に広げてください".replace('×', "x"), format!("現在 {width}x{height}")]
    },
    failed: "読み込めませんでした",
    reload_hint: "F5 でもう一度読み込みます",
    no_such_key: |key| format!("{key} はここでは使いません。F2 で使えるキーを表示します"),
    quit_waits: "書き込みの完了を待って終了します",
    lock_after: |minutes| format!("{minutes}分間操作がなかったため、画面をロックしました"),
    work: |what, done, total| format!("{what}  {done}/{total}"),
    work_rate: |rate, left| format!("{rate:.1}/秒  残り{left}秒"),
    range: |first, last, all| format!("{first}-{last} / {all}件"),
    not_allowed: |what, who, role| format!("「{what}」を行えるのは{who}です(現在の役割は{role})"),
    more: " 続く ",
    signed_out: "サインアウトしました",
    late: |tab| format!("「{tab}」にお知らせが届いています。「{tab}」を開くとお読みいただけます"),
    late_below: "お知らせが届いています。開いている窓を閉じるとお読みいただけます",
};

pub(super) const EN: Frame = Frame {
    rehearsal: "REHEARSAL",
    screens_key: "Alt-digit",
    screens: "screens",
    loading: "Loading",
    scroll_more: "(more: up, down)",
    too_small: |width, height| ["Please enlarge to 80x24 or more".to_owned(), format!("now {width}x{height}")],
    failed: "Could not be loaded",
    reload_hint: "F5 tries again",
    no_such_key: |key| format!("{key} does nothing here. F2 lists the keys"),
    quit_waits: "Finishing what is being written, then leaving",
    lock_after: |minutes| format!("Locked after {minutes} idle minutes"),
    work: |what, done, total| format!("{what}  {done}/{total}"),
    work_rate: |rate, left| format!("{rate:.1}/s  {left}s left"),
    range: |first, last, all| format!("{first}-{last} of {all}"),
    not_allowed: |what, who, role| format!("For {who} only: {what} (your role is {role})"),
    more: " more ",
    signed_out: "Signed out",
    late: |tab| format!("Something has come for you to read: open {tab} to see it"),
    late_below: "Something has come for you to read: close the dialog to see it",
};
