//! `staff`, and the second factor.

use crate::labels::texts::texts;
use std::fmt::Display;

texts! {
    /// What came of a change of staff.
    pub struct StaffTexts {
        added(id: &str) =
            "{id}: 登録しました。次のサインインでパスワードの変更が必要です。"
            | "{id}: added; the password must be changed at the next sign-in.";
        machine_added(id: &str) =
            "{id}: 自動処理用のアカウントを登録しました。"
            | "{id}: machine account added.";
        key_made(id: &str) =
            "{id}: 新しい鍵を作りました。前の鍵は使えません。"
            | "{id}: has a new key; the old one opens nothing any more.";
        key_written(id: &str, path: impl Display) =
            "{id} の鍵: {path}(このファイルだけにあります。読めるのは所有者だけです。)"
            | "Key of {id}: {path} (it is nowhere else; only its owner can read it).";
        was_open(id: &str) =
            "{id}: ロックされていません。何も変更していません。"
            | "{id} is not locked. Nothing was changed.";
        unlocked(id: &str) = "{id}: ロックを解除しました。" | "{id}: unlocked.";
        reset(id: &str) = "{id}: パスワードを初期化しました。" | "{id}: has a new first password.";
        disabled(id: &str) = "{id}: 利用を停止しました。" | "{id}: disabled.";
        role_changed(id: &str) = "{id}: 役割を変更しました。" | "{id}: the role was changed.";
        password_changed = "パスワードを変更しました。" | "The password was changed.";
        factor_reset(id: &str) = "{id}: 二要素認証の登録を取り消しました。" | "{id}: second factor reset.";
        short_secret =
            "MYKEMPO_TOTP_SECRET は base32 で128ビット以上にしてください。"
            | "MYKEMPO_TOTP_SECRET must be base32 of 128 bits or more.";
        enrol(secret: &str) =
            "認証アプリに登録してください: {secret}"
            | "Put this into the authenticator app: {secret}";
        enrolled =
            "登録しました。回復コードが表示されるのは今回だけです。書き留めて、鍵のかかる場所に保管してください。"
            | "Enrolled. The recovery codes are shown this one time only: write them down and lock them away.";
    }
}
