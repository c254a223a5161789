//! Machine accounts as words.

use crate::usecases::refusal::MachineRefusal;

/// Why nothing was done with a machine account, and what helps, in both languages.
pub(super) fn refusal(refusal: &MachineRefusal) -> (String, String) {
    match refusal {
        MachineRefusal::Key => (
            "この鍵では入れません。新しい鍵が作られたか、アカウントが停止されています。管理者が mykempo staff key で鍵を作り直せます。何も変更していません。".into(),
            "This key opens nothing: a newer one was made, or the account is disabled. An admin makes a new one with mykempo staff key. Nothing was changed.".into(),
        ),
        MachineRefusal::NotAKey(path) => (
            format!("{}: 鍵のファイルではありません。mykempo staff key で作られた1行のままにしてください。", path.display()),
            format!("{}: holds no key. It must be the one line that mykempo staff key wrote.", path.display()),
        ),
        MachineRefusal::Account(id) => (
            format!("{id} は自動処理用のアカウントで、パスワードも認証アプリもありません。鍵は mykempo staff key {id} で作り直せます。"),
            format!("{id} is a machine account and has neither password nor device. mykempo staff key {id} makes a new key."),
        ),
        MachineRefusal::Person(id) => (
            format!("{id} は職員です。鍵は自動処理用のアカウントにだけ作れます。"),
            format!("{id} is a person. Only machine accounts have keys."),
        ),
        MachineRefusal::Role(id) => (
            format!("{id}: 自動処理用のアカウントの役割は変更できず、職員を自動処理用にすることもできません。別の職員IDで登録してください。"),
            format!("{id}: what a machine account may do is not changed, and a person does not become one. Add another account."),
        ),
        MachineRefusal::May => (
            "--may は自動処理用のアカウント(--role machine)だけに指定します。登録していません。".into(),
            "--may is for machine accounts only (--role machine). Nothing was added.".into(),
        ),
    }
}
