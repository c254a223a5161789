//! The settings of this terminal, each from the nearest place that says something.

use super::args::Global;
use super::output::Failure;
use crate::config::{self, Config, ConfigError, ConfigFiles, DATABASE, Origin, Sourced, TerminalSetting};
use crate::files::private;
use crate::labels::Lang;
use crate::labels::cli::SystemFault;
use crate::usecases::refusal::MachineRefusal;
use crate::usecases::staff::{MachineKey, Passphrase};
use crate::usecases::{DbUrl, Refusal, UrlError};
use clap::ArgMatches;
use clap::parser::ValueSource;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The file of a credential that holds the acting person's password.
const PASSWORD: &str = "mykempo.password";
/// The file of a credential that holds the key of a machine account.
const KEY: &str = "mykempo.key";
/// The file of a credential that holds the address of the database.
const DB: &str = "mykempo.db";

/// What this terminal works with.
#[derive(Debug, Clone)]
pub(super) struct Terminal {
    pub(super) lang: Sourced<Lang>,
    pub(super) url: Sourced<DbUrl>,
    pub(super) staff: Sourced<Option<String>>,
    pub(super) log: Sourced<Option<String>>,
    pub(super) name: Sourced<String>,
    pub(super) password_file: Sourced<Option<PathBuf>>,
    pub(super) key_file: Sourced<Option<PathBuf>>,
}

/// Where the values of one setting stand.
struct Places<'a> {
    files: &'a ConfigFiles,
    matches: &'a ArgMatches,
}

impl Places<'_> {
    /// The value of a flag or its variable, or else of a file.
    fn find<T>(
        &self,
        (id, flag, variable): (&str, &'static str, &'static str),
        given: Option<T>,
        in_file: impl Fn(&Config) -> Option<T>,
    ) -> Sourced<Option<T>> {
        if given.is_some() {
            let origin = match self.matches.value_source(id) {
                Some(ValueSource::EnvVariable) => Origin::Variable(variable),
                _ => Origin::Flag(flag),
            };
            return Sourced { value: given, origin };
        }
        match self.files.get(in_file) {
            Some((value, path)) => Sourced { value: Some(value), origin: Origin::File(path) },
            None => Sourced { value: None, origin: Origin::Default },
        }
    }
}

impl Terminal {
    pub(super) fn new(global: &Global, matches: &ArgMatches) -> Result<Self, Failure> {
        let files = &ConfigFiles::read(global.config.as_deref()).map_err(unusable)?;
        let places = Places { files, matches };
        let parsed = |config: &Config| config.lang.as_deref().map(Lang::from_str);
        let lang = places.find(("lang", "--lang", "MYKEMPO_LANG"), global.lang.map(Ok), parsed);
        let value = lang.value.transpose().map_err(|unknown| no_such_language(&unknown))?.unwrap_or_default();
        let lang = Sourced { value, origin: lang.origin };
        let name = files.get(|config| config.terminal.clone());
        Ok(Self {
            url: url(&places, global, lang.value)?,
            lang,
            staff: places.find(("staff", "--staff", "MYKEMPO_STAFF"), global.staff.clone(), |it| it.staff.clone()),
            log: places.find(("log", "--log", "MYKEMPO_LOG"), global.log.clone(), |it| it.log.clone()),
            name: match name {
                Some((value, path)) => Sourced { value, origin: Origin::File(path) },
                None => Sourced { value: config::machine(), origin: Origin::Default },
            },
            password_file: places.find(
                ("password_file", "--password-file", "MYKEMPO_PASSWORD_FILE"),
                global.password_file.clone(),
                |it| it.password_file.clone(),
            ),
            key_file: key_file(&places, global),
        })
    }

    /// Every setting as it may be shown.
    pub(super) fn settings(&self) -> Vec<TerminalSetting> {
        fn row<T>(key: &'static str, of: &Sourced<T>, value: String) -> TerminalSetting {
            TerminalSetting { key, shown: Sourced { value, origin: of.origin.clone() } }
        }
        let lang = if self.lang.value == Lang::En { "en" } else { "ja" };
        let text = |of: &Sourced<Option<String>>| of.value.clone().unwrap_or_default();
        let path = self.password_file.value.as_ref().map(|path| path.display().to_string());
        let key = self.key_file.value.as_ref().map(|path| path.display().to_string());
        vec![
            row("db", &self.url, self.url.value.to_string()),
            row("lang", &self.lang, lang.to_owned()),
            row("staff", &self.staff, text(&self.staff)),
            row("log", &self.log, text(&self.log)),
            row("terminal", &self.name, self.name.value.clone()),
            row("password_file", &self.password_file, path.unwrap_or_default()),
            row("key_file", &self.key_file, key.unwrap_or_default()),
        ]
    }

    /// The key with which a machine account acts, where one is given. A person who is named by a flag acts all the same.
    pub(super) fn key(&self) -> Result<Option<MachineKey>, Failure> {
        let named = matches!(self.staff.origin, Origin::Flag(_));
        match (&self.key_file.value, &self.key_file.origin) {
            (Some(path), Origin::Flag(_)) => key_of(path, &read_private(path, self.lang.value)?).map(Some),
            (Some(path), Origin::Credential(_)) if !named => key_of(path, &read_secret(path)?).map(Some),
            (Some(path), _) if !named => key_of(path, &read_private(path, self.lang.value)?).map(Some),
            _ => Ok(None),
        }
    }

    /// The password where no person types it: the file of `--password-file`, `MYKEMPO_PASSWORD`, a file that a variable or
    /// a settings file names, or a credential of systemd. The file of a settings file is the password of the staff ID that
    /// this terminal works as; it is not tried for one of `--staff`, since a wrong password would lock that one.
    pub(super) fn password(&self) -> Result<Option<Passphrase>, Failure> {
        let variable = std::env::var("MYKEMPO_PASSWORD").ok().map(Passphrase::new);
        let another = matches!(self.staff.origin, Origin::Flag(_));
        match (&self.password_file.value, &self.password_file.origin) {
            (Some(path), Origin::Flag(_)) => read_private(path, self.lang.value).map(Some),
            _ if variable.is_some() => Ok(variable),
            (Some(path), origin) if !(another && matches!(origin, Origin::File(_))) => {
                read_private(path, self.lang.value).map(Some)
            }
            _ => Ok(config::credential(PASSWORD).map(|path| read_secret(&path)).transpose()?),
        }
    }
}

/// The file with the key of a machine account. No settings file names one: every command of its user would be the machine's.
fn key_file(places: &Places<'_>, global: &Global) -> Sourced<Option<PathBuf>> {
    let found = places.find(("key_file", "--key-file", "MYKEMPO_KEY_FILE"), global.key_file.clone(), |_| None);
    match (&found.value, config::credential(KEY)) {
        (None, Some(path)) => Sourced { value: Some(path.clone()), origin: Origin::Credential(path) },
        _ => found,
    }
}

/// The address of the database. A password in a flag is refused: every user sees the list of processes.
fn url(places: &Places<'_>, global: &Global, lang: Lang) -> Result<Sourced<DbUrl>, Failure> {
    let texts = &lang.labels().cli.start;
    let mut found =
        places.find(("db", "--db", "MYKEMPO_DB"), global.db.clone().filter(|db| !db.is_empty()), |it| it.db.clone());
    if let (Origin::Default | Origin::File(_), Some(path)) = (&found.origin, config::credential(DB)) {
        let address = read_secret(&path)?.expose().to_owned();
        found = Sourced { value: Some(address), origin: Origin::Credential(path) };
    }
    let address = found.value.unwrap_or_else(|| DATABASE.to_owned());
    let bad_url = |e: UrlError| Failure::new("database_url", texts.bad_url(&e.scheme));
    let value: DbUrl = address.parse().map_err(bad_url)?;
    if let (DbUrl::Postgres(address), Origin::Flag(_)) = (&value, &found.origin)
        && value.for_tools() != *address
    {
        return Err(Failure::new("secret_in_flag", texts.secret_in_flag));
    }
    Ok(Sourced { value, origin: found.origin })
}

/// The language of a settings file is none of the program's.
fn no_such_language(unknown: &crate::domain::UnknownCode) -> Failure {
    let takes = unknown.known.iter().map(|code| (*code).to_owned()).collect();
    let fault =
        crate::labels::cli::UsageFault::Value { value: unknown.code.clone(), of: "lang".to_owned(), takes, why: None };
    Failure::new("config", Lang::default().labels().cli.usage.fault(&fault))
}

/// Why a settings file is not used.
fn unusable(error: ConfigError) -> Failure {
    let fault = match error {
        ConfigError::Unreadable { .. } | ConfigError::Invalid { .. } => SystemFault::Config,
        ConfigError::Foreign(_) => SystemFault::ConfigForeign,
        ConfigError::Closed(_) => SystemFault::ConfigClosed,
    };
    Failure::system(fault, error)
}

/// The secret of a file that the user names, and that only its owner may read.
fn read_private(path: &Path, lang: Lang) -> Result<Passphrase, Failure> {
    let is_file = std::fs::metadata(path).is_ok_and(|facts| facts.is_file());
    if let Some(exposed) = private::exposed([path]).first().filter(|_| is_file) {
        let text = lang.labels().cli.start.secret_file_open(path.display(), exposed.mode);
        return Err(Failure::new("secret_file_open", text));
    }
    Ok(read_secret(path)?)
}

/// The key in the first line of a file.
fn key_of(path: &Path, line: &Passphrase) -> Result<MachineKey, Failure> {
    Ok(MachineKey::parse(line.expose()).ok_or_else(|| MachineRefusal::NotAKey(path.to_owned()))?)
}

/// The first line of a file. Credentials are root's and open to the unit's user by an access list, which their mode shows as
/// a group's.
fn read_secret(path: &Path) -> Result<Passphrase, Refusal> {
    let why = |e: std::io::Error| Refusal::File { path: path.to_owned(), why: e.into() };
    let text = zeroize::Zeroizing::new(std::fs::read_to_string(path).map_err(why)?);
    Ok(Passphrase::new(text.lines().next().unwrap_or_default().to_owned()))
}
