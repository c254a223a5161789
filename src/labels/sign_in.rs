//! Sign-in, the first change of password, the screen lock.

use super::texts::{plural, texts};
use crate::secrets::Rule;

texts! {
    /// Sign-in, the second factor, the first change of password, the screen lock.
    pub struct SignInTexts {
        program = "MyKempo 職員コンソール" | "MyKempo staff console";
        staff_id = "職員ID" | "Staff ID";
        password = "パスワード" | "Password";
        hint =
            "職員IDとパスワードを入力して Enter を押してください"
            | "Type your staff ID and password, then press Enter";
        checking = "確認しています" | "Checking";
        missing = "職員IDとパスワードの両方を入力してください" | "Please type both your staff ID and your password";
        change_title = "パスワードの変更" | "Change your password";
        change_why =
            "最初のパスワードのままです。ご自分だけが知っているパスワードに変えてください。"
            | "You still have the password you were given. Please choose one that only you know.";
        rule: Rule = {
            Rule::Long => "12文字以上(文字の種類は問いません)" | "12 characters or more, of any kind",
            Rule::NotTheId =>
                "職員IDに数文字を足しただけのものでない"
                | "more than your staff ID with a few characters added",
            Rule::NotCommon =>
                "よく使われる言葉や並びでなく、推測しにくい"
                | "no common word or pattern; hard to guess",
        };
        broken: Rule = {
            Rule::Long =>
                "パスワードが短すぎます。12文字以上にしてください。"
                | "The password is too short. Use 12 characters or more.",
            Rule::NotTheId =>
                "職員IDに数文字を足しただけのパスワードです。職員IDと関係のないものにしてください。"
                | "The password is little more than the staff ID. Choose one that has nothing to do with it.",
            Rule::NotCommon =>
                "推測されやすいパスワードです。関係のない言葉をいくつか並べるなど、もっと長く意外なものにしてください。"
                | "The password is easy to guess. Make it longer and less expected, such as several unrelated words.",
        };
        passphrase: Rule = {
            Rule::Long => "合言葉が短すぎます。12文字以上にしてください。" | "The passphrase is too short. Use 12 characters or more.",
            Rule::NotTheId => "合言葉が単純すぎます。" | "The passphrase is too simple.",
            Rule::NotCommon =>
                "推測されやすい合言葉です。関係のない言葉をいくつか並べてください。"
                | "The passphrase is easy to guess. Use several unrelated words.",
        };
        change_hint =
            "関係のない言葉をいくつか並べると、覚えやすく推測されにくくなります"
            | "Several unrelated words are easy to remember and hard to guess";
        new_password = "新しいパスワード" | "New password";
        again = "もう一度" | "Once more";
        differ = "2回の入力が一致しません。入力し直してください" | "The two entries differ. Please type them again";
        changed = "パスワードを変更しました" | "Password changed";
        code = "確認コード" | "Code";
        code_title = "二要素認証" | "Second factor";
        code_text =
            "認証アプリに表示されている6桁のコードを入力してください。"
            | "Type the six digits that your authenticator app shows.";
        code_hint =
            "スマートフォンが手元にないときは、控えておいた回復コードを入力してください。1つにつき1回だけ使えます"
            | "Without your phone, type one of the recovery codes that you wrote down; each works once";
        enrol_title = "二要素認証の登録" | "Enrol a second factor";
        enrol_scan =
            "1 スマートフォンの認証アプリでQRコードを読み取ってください。読み取れないときは、次の文字を入力します。"
            | "1 Scan the QR code with the authenticator app of your phone. If it cannot be scanned, type this:";
        enrol_type =
            "1 スマートフォンの認証アプリに、次の文字を入力してください(方式は時刻ベース)。"
            | "1 Type this into the authenticator app of your phone (time-based):";
        enrol_code =
            "2 アプリに表示された6桁のコードを入力してください。"
            | "2 Then type the six digits that the app shows.";
        recovery_title = "回復コード" | "Recovery codes";
        recovery_text =
            "登録しました。スマートフォンをなくしたときは、次のコードを1つずつ使ってサインインできます。表示されるのは今回だけです。書き留めて、鍵のかかる場所に保管してください。"
            | "Your phone is enrolled. Without it, each of these codes lets you in once. They are shown this one time only: write them down and lock them away.";
        recovery_next = "書き留めたら Enter を押してください" | "Press Enter when you have written them down";
        lock_title = "画面をロックしています" | "The screen is locked";
        lock_text(name: &str) = "{name}さんのパスワードで再開します" | "{name}: type your password to go on";
        failures(name: &str, count: u64, at: &str) =
            "{name}さん、前回のサインインの後に、あなたの職員IDで {count}回のサインイン失敗がありました(最後は {at})。心当たりがないときは責任者に知らせてください"
            | "{name}, {count} {} under your staff ID since you last signed in, the last at {at}. If that was not you, tell a supervisor",
            plural(count, "sign-in failed", "sign-ins failed");
        welcome(name: &str) = "{name}さん、おつかれさまです" | "Welcome, {name}";
    }
}
