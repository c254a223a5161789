//! What every command starts from: the language, the database, the clock, and who acts.

use super::Global;
use super::output::{Failure, Format};
use crate::config::{Config, DATABASE, FILE};
use crate::files::{Existing, OutputError, OutputFile};
use crate::labels::{Lang, log_texts, refusals};
use crate::secrets::Passphrase;
use crate::store::DbUrl;
use crate::store::migrate::Upgrade;
use crate::telemetry::{self, LogConfig, LogTarget};
use crate::text;
use crate::tui::{ColorScheme, Drawing};
use crate::usecases::batches::{self, Recovered};
use crate::usecases::staff::{self, Credentials, SignIn};
use crate::usecases::{Actor, AppContext, Clock, Error, Refusal, day, upkeep};
use chrono::NaiveDateTime;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The command line's desk.
#[derive(Debug, Clone)]
pub(super) struct CliContext {
    pub(super) lang: Lang,
    pub(super) format: Format,
    pub(super) url: DbUrl,
    pub(super) clock: Clock,
    pub(super) terminal: String,
    pub(super) drawing: Drawing,
    pub(super) tone: Option<ColorScheme>,
    /// The settings file, if there is one.
    pub(super) config: Option<PathBuf>,
    /// Where the diagnostic log goes.
    pub(super) log: LogTarget,
    staff: Option<String>,
    /// The society that a command has opened last.
    opened: Arc<Mutex<Option<AppContext>>>,
}

impl CliContext {
    pub(super) fn new(global: Global) -> Result<Self, Failure> {
        let config = Config::read(global.config.as_deref()).map_err(|e| Failure::new("config", e.to_string()))?;
        let configured = config.lang.as_deref().map(str::parse).transpose();
        let lang = global.lang.or(configured.map_err(|e: String| Failure::new("config", e))?).unwrap_or_default();
        let url = global.db.or_else(|| config.db.clone()).unwrap_or_else(|| DATABASE.to_owned());
        let url = url.parse().map_err(|e: crate::store::UrlError| {
            let scheme = e.scheme;
            let ja = format!("データベースの種類「{scheme}」は使えません。ファイル名か postgres:// で始まる接続先を指定してください。");
            let en = format!("Unknown kind of database \"{scheme}\". Give a file, or an address that starts with postgres://.");
            Failure::new("database_url", if lang == Lang::Ja { ja } else { en })
        })?;
        let log = start_log(lang, global.log.or_else(|| config.log.clone()), &url)?;
        let format = if global.json { Format::Json } else { Format::Words };
        let staff = global.staff.or_else(|| config.staff.clone());
        let drawing = if global.ascii { Drawing::Ascii } else { Drawing::Lines };
        let file = Some(global.config.unwrap_or_else(|| FILE.into())).filter(|path| path.exists());
        let (terminal, tone) = (config.terminal(), global.theme);
        Ok(Self {
            lang,
            format,
            url,
            clock: clock()?,
            terminal,
            drawing,
            tone,
            config: file,
            log,
            staff,
            opened: Arc::default(),
        })
    }

    /// The same at another database.
    pub(super) fn at(&self, url: DbUrl) -> Self {
        Self { url, ..self.clone() }
    }

    /// The end of the program.
    pub(super) async fn leave(&self) {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(ctx) = opened {
            ctx.leave().await;
        }
    }

    /// Remembers what [`Self::leave`] closes.
    pub(super) fn opened(&self, ctx: &AppContext) {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(ctx.clone());
    }

    /// The one of two texts that is in the desk's language.
    pub(super) fn say(&self, ja: impl Into<String>, en: impl Into<String>) -> String {
        match self.lang {
            Lang::Ja => ja.into(),
            Lang::En => en.into(),
        }
    }

    /// Opens the society, and puts right what an interrupted export or dispatch left (B5, S4).
    pub(super) async fn open(&self) -> Result<AppContext, Failure> {
        // A file is this person's to bring up to date; a server is not, and then the opening says so.
        if let DbUrl::Sqlite(_) = self.url {
            self.upgrade().await?;
        }
        let ctx = AppContext::open(&self.url, self.clock, self.terminal.clone()).await?;
        self.opened(&ctx);
        ctx.optimize().await;
        match batches::recover(&ctx).await {
            Ok(done) if done == Recovered::default() => {}
            Ok(Recovered { finished, cleared, destroyed }) => {
                let n = finished.len();
                eprintln!("mykempo: {}", self.say(
                    format!("中断した処理を整理しました(出力の完了 {n}件、不要なファイルの消去 {cleared}件、期限を過ぎたPDFの消去 {destroyed}件)。"),
                    format!("Put right what was interrupted: {n} exports finished, {cleared} files cleared, {destroyed} PDFs destroyed."),
                ));
            }
            // Members can still be looked up; the fault of the files is reported at every start.
            Err(error) => eprintln!("mykempo: {}", text::plain_page(&refusals::explain(self.lang, &error))),
        }
        // A day that cannot be begun now, with an import under way, is begun by the next command.
        match day::begin(&ctx).await {
            Ok(closed) if closed.accounts == 0 => {}
            Ok(closed) => eprintln!(
                "mykempo: {}",
                self.say(
                    format!(
                        "資格喪失日を迎えたアカウント {}件を閉じ、はがき {}枚を取り消しました。",
                        closed.accounts, closed.cards
                    ),
                    format!(
                        "{} accounts closed by their date of loss, {} cards cancelled.",
                        closed.accounts, closed.cards
                    ),
                )
            ),
            Err(error) => eprintln!("mykempo: {}", refusals::explain(self.lang, &error)),
        }
        Ok(ctx)
    }

    /// Brings the schema up to date, and says so.
    pub(super) async fn upgrade(&self) -> Result<Option<Upgrade>, Failure> {
        let done = upkeep::upgrade(&self.url, &self.terminal).await?;
        if let Some(Upgrade { from, to, copy }) = done.as_ref().filter(|done| done.from > 0) {
            let kept = copy.as_ref().map(|path| path.display().to_string());
            let (ja, en) = match &kept {
                Some(path) => (format!("更新前の写しは {path} です。"), format!(" The copy from before is {path}.")),
                None => (String::new(), String::new()),
            };
            eprintln!(
                "mykempo: {}",
                self.say(
                    format!("データベースを第{from}版から第{to}版に更新しました。{ja}"),
                    format!("Brought the database from schema {from} to {to}.{en}"),
                )
            );
        }
        Ok(done)
    }

    /// Begins a file that a command writes: never over the database.
    pub(super) fn output(&self, path: &Path, replace: bool) -> Result<OutputFile, OutputError> {
        OutputFile::create(path, Existing::replaced(replace), self.url.protected())
    }

    /// Opens the society and signs in who acts: `--staff`, and `MYKEMPO_PASSWORD` or a prompt.
    pub(super) async fn signed_in(&self) -> Result<(AppContext, Actor), Failure> {
        let ctx = self.open().await?;
        match self.sign_in(&ctx, &self.password()?).await? {
            SignIn::Ready(actor) => Ok((ctx, actor)),
            SignIn::MustChange(_) => Err(Refusal::MustChange.into()),
        }
    }

    /// Signs in with the password, and with a code where one is wanted.
    pub(super) async fn sign_in(&self, ctx: &AppContext, password: &Passphrase) -> Result<SignIn, Failure> {
        let given = Credentials { id: self.staff()?, password, code: None };
        match staff::sign_in_with(ctx, &given).await {
            Err(Error::Refused(Refusal::CodeNeeded)) => {
                let code = self.code("MYKEMPO_TOTP")?;
                Ok(staff::sign_in_with(ctx, &Credentials { code: Some(&code), ..given }).await?)
            }
            signed_in => Ok(signed_in?),
        }
    }

    /// A code of the authenticator app.
    pub(super) fn code(&self, variable: &str) -> Result<Passphrase, Failure> {
        match std::env::var(variable) {
            Ok(code) => Ok(Passphrase::new(code)),
            Err(_) if std::io::stdin().is_terminal() => self.secret(variable, &self.say("確認コード: ", "Code: ")),
            Err(_) => Err(Refusal::CodeNeeded.into()),
        }
    }

    /// Who acts.
    pub(super) fn staff(&self) -> Result<&str, Failure> {
        let missing = || {
            let ja = "操作する職員を --staff または MYKEMPO_STAFF で指定してください。";
            Failure::new("no_staff", self.say(ja, "Say who acts with --staff or MYKEMPO_STAFF."))
        };
        self.staff.as_deref().ok_or_else(missing)
    }

    /// The acting person's password.
    pub(super) fn password(&self) -> Result<Passphrase, Failure> {
        self.secret("MYKEMPO_PASSWORD", &self.say("パスワード: ", "Password: "))
    }

    /// The passphrase of a file, in a variable that the command line names.
    pub(super) fn passphrase(&self, variable: &str) -> Result<Passphrase, Failure> {
        std::env::var(variable).ok().filter(|text| !text.is_empty()).map(Passphrase::new).ok_or_else(|| {
            let ja = format!("環境変数 {variable} に合言葉がありません。");
            Failure::new("no_passphrase", self.say(ja, format!("The variable {variable} holds no passphrase.")))
        })
    }

    /// A secret from the environment, or typed unseen.
    pub(super) fn secret(&self, variable: &str, prompt: &str) -> Result<Passphrase, Failure> {
        if let Ok(secret) = std::env::var(variable) {
            return Ok(Passphrase::new(secret));
        }
        rpassword::prompt_password(prompt).map(Passphrase::new).map_err(|_| {
            let ja = format!("パスワードを入力できません。{variable} を設定するか、端末から実行してください。");
            let en = format!("No password can be typed here. Set {variable}, or run this in a terminal.");
            Failure::new("no_password", self.say(ja, en))
        })
    }
}

/// `MYKEMPO_TODAY` sets the business date, and with a time (`2026-11-24T10:42`) stops the clock there; the office
/// refuses it outside a rehearsal.
fn clock() -> Result<Clock, Failure> {
    let Ok(today) = std::env::var("MYKEMPO_TODAY") else { return Ok(Clock::default()) };
    if let Ok(moment) = NaiveDateTime::parse_from_str(&today, "%Y-%m-%dT%H:%M") {
        return Ok(Clock::frozen(moment.date(), moment.time()));
    }
    match text::parse_date(&today) {
        Ok(Some(day)) => Ok(Clock::new(Some(day))),
        Ok(None) | Err(_) => Err(Refusal::BadToday(today).into()),
    }
}

/// Starts the diagnostic log as flag, environment or settings file say.
fn start_log(lang: Lang, log: Option<String>, url: &DbUrl) -> Result<LogTarget, Failure> {
    let config = log.map_or_else(|| Ok(LogConfig::default()), |text| text.parse());
    let config = config.map_err(|error| Failure::new("log_target", log_texts::target(lang, &error)))?;
    telemetry::start(&config, &url.protected()).map_err(|error| Failure::new("log", log_texts::start(lang, &error)))?;
    Ok(config.target)
}
