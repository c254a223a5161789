//! Arguments that several commands take.

use crate::domain::MemberKey;
use crate::labels::{Lang, cli};
use crate::text::parse_date;
use crate::tui::ColorScheme;
use crate::usecases::{Error, Refusal};
use chrono::NaiveDate;
use std::path::PathBuf;

/// What every command takes.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Global {
    /// 設定ファイル / settings file
    #[arg(long, global = true, env = "MYKEMPO_CONFIG", value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// データベース / database: a file or postgres://…
    #[arg(long, global = true, env = "MYKEMPO_DB", hide_env_values = true, value_name = "URL")]
    pub(super) db: Option<String>,
    /// 表示言語 / language
    #[arg(long, global = true, env = "MYKEMPO_LANG", value_name = "ja|en")]
    pub(super) lang: Option<Lang>,
    /// 結果をJSONで出力 / one JSON document on stdout
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// 罫線を半角文字で描く / draw lines in ASCII
    #[arg(long, global = true, env = "MYKEMPO_ASCII")]
    pub(super) ascii: bool,
    /// 端末の地の色 / the terminal's ground, where it is not told by itself
    #[arg(long, global = true, env = "MYKEMPO_THEME", value_name = "dark|light|plain")]
    pub(super) theme: Option<ColorScheme>,
    /// 動作の記録先 / diagnostic log: off, stderr, journald or file:PATH, with ,debug or another level behind it
    #[arg(long, global = true, env = "MYKEMPO_LOG", value_name = "TARGET[,LEVEL]")]
    pub(super) log: Option<String>,
    /// 操作する職員 / who acts
    #[arg(long, global = true, env = "MYKEMPO_STAFF", value_name = "ID")]
    pub(super) staff: Option<String>,
    /// その職員のパスワードを書いたファイル / a file with that person's password
    #[arg(long, global = true, env = "MYKEMPO_PASSWORD_FILE", value_name = "FILE")]
    pub(super) password_file: Option<PathBuf>,
    /// 自動処理の鍵のファイル(職員IDとパスワードの代わり) / the key of a machine account, in place of ID and password
    #[arg(long, global = true, env = "MYKEMPO_KEY_FILE", value_name = "FILE")]
    pub(super) key_file: Option<PathBuf>,
}

/// 記号・番号・枝番
#[derive(Debug, Clone, clap::Args)]
pub(super) struct MemberKeyArgs {
    /// 記号
    symbol: String,
    /// 番号
    number: String,
    /// 枝番(省略時は本人) / the insured where not given
    #[arg(default_value = "")]
    branch: String,
}

impl MemberKeyArgs {
    /// The key, or a refusal that repeats what was typed.
    pub(super) fn parse(&self) -> Result<MemberKey, Error> {
        let typed = || Refusal::BadKey(format!("{} {} {}", self.symbol, self.number, self.branch).trim().to_owned());
        Ok(MemberKey::parse(&self.symbol, &self.number, &self.branch).map_err(|_| typed())?)
    }
}

/// A date, Western or Japanese.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).ok().flatten().ok_or_else(|| cli::not_a_date(text))
}
