//! What every command starts from: the language, the database, the clock, and who acts.

use super::args::Global;
use super::output::{Failure, Format};
use super::terminal::Terminal;
use crate::files::{Existing, OutputError, OutputFile};
use crate::labels::cli::{CliTexts, SystemFault};
use crate::labels::{Lang, codes, installation, log_texts, refusals};
use crate::telemetry::{self, LogConfig, LogTarget};
use crate::text;
use crate::tui::{ColorScheme, Drawing};
use crate::usecases::batches::{self, Recovered};
use crate::usecases::staff::Passphrase;
use crate::usecases::staff::{self, Credentials, SignIn};
use crate::usecases::upkeep::{self, Upgrade};
use crate::usecases::{Actor, AppContext, Clock, DbUrl, Error, Refusal, day, interrupted};
use chrono::NaiveDateTime;
use clap::ArgMatches;
use serde::Serialize;
use serde_json::json;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// What every command runs with: settings, output, database.
#[derive(Debug, Clone)]
pub(super) struct CliContext {
    pub(super) lang: Lang,
    pub(super) format: Format,
    pub(super) url: DbUrl,
    pub(super) clock: Clock,
    pub(super) terminal: String,
    pub(super) drawing: Drawing,
    pub(super) tone: Option<ColorScheme>,
    /// The settings of this terminal, with their origins.
    pub(super) settings: Arc<Terminal>,
    /// Where the diagnostic log goes.
    pub(super) log: LogTarget,
    /// Who has signed in.
    acting: Arc<Mutex<Option<Actor>>>,
    /// The society that a command has opened last.
    opened: Arc<Mutex<Option<AppContext>>>,
}

impl CliContext {
    pub(super) fn new(global: &Global, matches: &ArgMatches) -> Result<Self, Failure> {
        let settings = Terminal::new(global, matches)?;
        let (lang, url) = (settings.lang.value, settings.url.value.clone());
        let log = start_log(lang, settings.log.value.clone(), &url)?;
        Ok(Self {
            lang,
            format: if global.json { Format::Json } else { Format::Words },
            url,
            clock: clock()?,
            terminal: settings.name.value.clone(),
            drawing: if global.ascii { Drawing::Ascii } else { Drawing::Lines },
            tone: global.theme,
            settings: Arc::new(settings),
            log,
            acting: Arc::default(),
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

    /// What the command line says.
    pub(super) fn texts(&self) -> &'static CliTexts {
        &self.lang.labels().cli
    }

    /// Prints a result; the words are made only where they are wanted. A closed pipe is no fault.
    pub(super) fn print<T: Serialize>(&self, value: &T, words: impl FnOnce() -> String) -> Result<(), Failure> {
        let copy = self.opened.lock().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(copy_code);
        let (Format::Json, Some(copy)) = (self.format, copy) else { return self.format.print(value, words) };
        // A script reads what it is in the document: stderr is for errors.
        let mut document = serde_json::to_value(value).map_err(|e| Failure::system(SystemFault::Json, e))?;
        if let Some(document) = document.as_object_mut() {
            document.insert("copy".to_owned(), copy.into());
        }
        self.format.print(&document, words)
    }

    /// What was done, in JSON as one named value: `{"staff":"sato"}`.
    pub(super) fn done(&self, name: &str, value: impl Serialize, words: impl Into<String>) -> Result<(), Failure> {
        self.print(&json!({ name: value }), || words.into())
    }

    /// A line for each item, or a text where there is none; in JSON one named array: `{"cards":[…]}`.
    pub(super) fn list<T: Serialize>(
        &self,
        name: &str,
        items: &[T],
        empty: &str,
        line: impl Fn(&T) -> String,
    ) -> Result<(), Failure> {
        self.print(&json!({ name: items }), || match items {
            [] => empty.to_owned(),
            items => items.iter().map(line).collect::<Vec<_>>().join("\n"),
        })
    }

    /// R7: what stands before a protected person, wherever one is shown.
    pub(super) fn protected_mark(&self, protected: bool) -> &'static str {
        if protected { self.lang.labels().members.protected_first } else { "" }
    }

    /// Opens the society, and puts right what an interrupted export or dispatch left (B5, S4).
    pub(super) async fn open(&self) -> Result<AppContext, Failure> {
        // A file is this person's to bring up to date; a server is not, and then the opening says so.
        if let DbUrl::Sqlite(_) = self.url {
            self.upgrade().await?;
        }
        let ctx = AppContext::open(&self.url, self.clock, self.terminal.clone()).await?;
        self.opened(&ctx);
        if let (Format::Words, Some(said)) = (self.format, installation::said(self.lang, &ctx.life)) {
            eprintln!("mykempo: {}", text::plain_page(&said));
        }
        ctx.optimize().await;
        let texts = &self.texts().start;
        match interrupted::carry_on(&ctx).await {
            Ok(None) => {}
            Ok(Some(work)) => {
                eprintln!("mykempo: {}", texts.carried_on(codes::work(self.lang, work.kind), &work.staff))
            }
            Err(error) => eprintln!("mykempo: {}", refusals::explain(self.lang, &error)),
        }
        match batches::recover(&ctx).await {
            Ok(done) if done == Recovered::default() => {}
            Ok(Recovered { finished, cleared, destroyed, expired }) => {
                if !(finished.is_empty() && cleared == 0) {
                    eprintln!("mykempo: {}", texts.recovered(finished.len(), cleared));
                }
                if destroyed > 0 {
                    eprintln!("mykempo: {}", texts.destroyed(destroyed));
                }
                for batch in expired {
                    eprintln!("mykempo: {}", texts.expired(&batch));
                }
            }
            // Members can still be looked up; the fault of the files is reported at every start, and to scripts by doctor.
            Err(error) if matches!(self.format, Format::Json) => {
                tracing::warn!(code = error.code(), "the files of exports were left as they are");
            }
            Err(error) => eprintln!("mykempo: {}", text::plain_page(&refusals::explain(self.lang, &error))),
        }
        // A day that cannot be begun now, with an import under way, is begun by the next command.
        match day::begin(&ctx).await {
            Ok(closed) if closed.accounts == 0 => {}
            Ok(closed) => eprintln!("mykempo: {}", texts.day_begun(closed.accounts, closed.cards)),
            Err(error) => eprintln!("mykempo: {}", refusals::explain(self.lang, &error)),
        }
        Ok(ctx)
    }

    /// Brings the schema up to date, and says so.
    pub(super) async fn upgrade(&self) -> Result<Option<Upgrade>, Failure> {
        let done = upkeep::upgrade(&self.url, &self.terminal).await?;
        if let Some(Upgrade { from, to, copy }) = done.as_ref().filter(|done| done.from > 0) {
            let copy = copy.as_ref().map(|path| path.display().to_string());
            eprintln!("mykempo: {}", self.texts().start.upgraded(*from, *to, copy.as_deref()));
        }
        Ok(done)
    }

    /// Begins a file that a command writes: never over the database.
    pub(super) fn output(&self, path: &Path, replace: bool) -> Result<OutputFile, OutputError> {
        OutputFile::create(path, Existing::replaced(replace), self.url.protected())
    }

    /// Opens the society and signs in who acts: a machine with its key, or `--staff`, and `MYKEMPO_PASSWORD` or a prompt.
    pub(super) async fn signed_in(&self) -> Result<(AppContext, Actor), Failure> {
        let ctx = self.open().await?;
        let actor = self.actor(&ctx).await?;
        Ok((ctx, actor))
    }

    /// Signs in who acts. A first password must be changed before anything else.
    pub(super) async fn actor(&self, ctx: &AppContext) -> Result<Actor, Failure> {
        if let Some(key) = self.settings.key()? {
            let machine = staff::sign_in_by_key(ctx, &key).await?;
            self.acts(&machine);
            return Ok(machine);
        }
        match self.sign_in(ctx, &self.password()?).await? {
            SignIn::Ready(actor) => {
                self.tell_failures(ctx, &actor).await?;
                self.acts(&actor);
                Ok(actor)
            }
            SignIn::MustChange(_) => Err(Refusal::MustChange.into()),
        }
    }

    /// F1: what failed under this staff ID since its last sign-in; people read it, scripts have the log.
    async fn tell_failures(&self, ctx: &AppContext, actor: &Actor) -> Result<(), Failure> {
        if let (Format::Words, Some(failed)) = (self.format, staff::failures_since_last(ctx, actor).await?) {
            let at = text::japan::local(failed.last).format("%m/%d %H:%M").to_string();
            eprintln!("mykempo: {}", self.lang.labels().sign_in.failures(&actor.name, failed.count, &at));
        }
        Ok(())
    }

    /// F3: records that the person tried what the role may not do.
    pub(super) async fn refused(&self, failure: &Failure) {
        let acting = self.acting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Failure::UseCase(Error::Refused(Refusal::Role { needs, .. })) = failure else { return };
        if let (Some(actor), Some(ctx)) = (acting, opened)
            && let Err(error) = staff::record_refused(&ctx, &actor, *needs).await
        {
            tracing::warn!(code = error.code(), "a refused attempt was not audited");
        }
    }

    fn acts(&self, actor: &Actor) {
        *self.acting.lock().unwrap_or_else(PoisonError::into_inner) = Some(actor.clone());
    }

    /// Signs in with the password, and with a code where one is wanted.
    pub(super) async fn sign_in(&self, ctx: &AppContext, password: &Passphrase) -> Result<SignIn, Failure> {
        self.with_code(password, async |given| staff::sign_in_with(ctx, given).await).await
    }

    /// Tries the password with the code of `MYKEMPO_TOTP`, where that is set; a code that is wanted besides is asked for.
    pub(super) async fn with_code<T>(
        &self,
        password: &Passphrase,
        attempt: impl AsyncFn(&Credentials<'_>) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let code = std::env::var("MYKEMPO_TOTP").ok().map(Passphrase::new);
        let given = Credentials { id: self.staff()?, password, code: code.as_ref() };
        match attempt(&given).await {
            Err(Error::Refused(Refusal::CodeNeeded)) => {
                let code = self.code("MYKEMPO_TOTP")?;
                Ok(attempt(&Credentials { code: Some(&code), ..given }).await?)
            }
            done => Ok(done?),
        }
    }

    /// A code of the authenticator app.
    pub(super) fn code(&self, variable: &str) -> Result<Passphrase, Failure> {
        match std::env::var(variable) {
            Ok(code) => Ok(Passphrase::new(code)),
            Err(_) if std::io::stdin().is_terminal() => self.secret(variable, self.lang.labels().sign_in.code),
            Err(_) => Err(Refusal::CodeNeeded.into()),
        }
    }

    /// The staff ID that acts: `--staff` or `MYKEMPO_STAFF`.
    pub(super) fn staff(&self) -> Result<&str, Failure> {
        self.settings.staff.value.as_deref().ok_or_else(|| Failure::new("no_staff", self.texts().start.no_staff))
    }

    /// The acting person's password.
    pub(super) fn password(&self) -> Result<Passphrase, Failure> {
        match self.settings.password()? {
            Some(password) => Ok(password),
            None => self.secret("MYKEMPO_PASSWORD", self.lang.labels().sign_in.password),
        }
    }

    /// The passphrase of a file, in a variable that the command line names.
    pub(super) fn passphrase(&self, variable: &str) -> Result<Passphrase, Failure> {
        let missing = || Failure::new("no_passphrase", self.texts().start.no_passphrase(variable));
        std::env::var(variable).ok().filter(|text| !text.is_empty()).map(Passphrase::new).ok_or_else(missing)
    }

    /// A secret from the environment, or typed unseen.
    pub(super) fn secret(&self, variable: &str, name: &str) -> Result<Passphrase, Failure> {
        if let Ok(secret) = std::env::var(variable) {
            return Ok(Passphrase::new(secret));
        }
        let nowhere = |_| Failure::new("no_password", self.texts().start.no_password(variable));
        rpassword::prompt_password(format!("{name}: ")).map(Passphrase::new).map_err(nowhere)
    }
}

/// What kind of copy a database is, where it is one.
fn copy_code(ctx: &AppContext) -> Option<&'static str> {
    ctx.life.refusal().map(|_| ctx.life.code())
}

/// `MYKEMPO_TODAY` sets the business date, and with a time (`2026-11-24T10:42`) stops the clock there; refused outside a
/// rehearsal when the database is opened.
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
