//! Settings of this terminal, and where each comes from. What is nearer to the command wins: the files of the machine, of
//! the user and of the folder, then credentials, the environment and flags.

use rustix::fs::OFlags;
use rustix::io::Errno;
use serde::Deserialize;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The file's name in the current folder.
pub const FILE: &str = "mykempo.toml";
/// The file of the machine.
pub const MACHINE: &str = "/etc/mykempo/mykempo.toml";
/// The database where nothing names another.
pub const DATABASE: &str = "mykempo.db";

/// What a file may say. It holds no secret: passwords come from the environment, a file of their own or a prompt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address of the database, as `--db` takes it.
    pub db: Option<String>,
    /// `ja` or `en`
    pub lang: Option<String>,
    /// The staff ID offered at sign-in.
    pub staff: Option<String>,
    /// Where the diagnostic log goes, as [`crate::telemetry::LogConfig`] reads it.
    pub log: Option<String>,
    /// The name of this terminal in the audit log; the machine's name where not given.
    pub terminal: Option<String>,
    /// A file with the password of who acts, readable by its owner only.
    pub password_file: Option<PathBuf>,
}

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}", path.display())]
    Unreadable {
        /// The settings file that is meant.
        path: PathBuf,
        /// What the operating system answered.
        source: std::io::Error,
    },
    /// It is not TOML, or has a key that the program does not know.
    #[error("{}", path.display())]
    Invalid {
        /// The settings file that is meant.
        path: PathBuf,
        /// Why, with line and column.
        source: toml::de::Error,
    },
    /// The file of the current folder is not this user's: another may have written it.
    #[error("{}", .0.display())]
    Foreign(PathBuf),
    /// The file of the current folder, or the folder, is closed to this user.
    #[error("{}", .0.display())]
    Closed(PathBuf),
}

/// The settings files that exist, the weakest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigFiles(Vec<(PathBuf, Config)>);

impl ConfigFiles {
    /// Reads the file of the machine, that of the user (`$XDG_CONFIG_HOME/mykempo/mykempo.toml`), and the named one, or
    /// else `mykempo.toml` of the current folder, where only this user or root can have written it.
    ///
    /// # Errors
    /// A file that is there and cannot be used, or a named one that is not there.
    pub fn read(named: Option<&Path>) -> Result<Self, ConfigError> {
        Ok(Self(each(&below(), named, Path::new(FILE)).collect::<Result<_, _>>()?))
    }

    /// Those of the files that can be used: for the language in which the others are refused.
    pub fn usable(named: Option<&Path>) -> Self {
        Self(each(&below(), named, Path::new(FILE)).flatten().collect())
    }

    /// A value, with the file that it comes from.
    pub fn get<T>(&self, of: impl Fn(&Config) -> Option<T>) -> Option<(T, PathBuf)> {
        self.0.iter().rev().find_map(|(path, config)| Some((of(config)?, path.clone())))
    }
}

/// The files of the machine and of the user, which need not be there.
fn below() -> Vec<PathBuf> {
    let user = user_folder().map(|folder| folder.join("mykempo").join(FILE));
    [Some(PathBuf::from(MACHINE)), user].into_iter().flatten().collect()
}

type Found = Result<(PathBuf, Config), ConfigError>;

/// Each file that is there, the weakest first. A named one must be there.
fn each<'a>(below: &'a [PathBuf], named: Option<&'a Path>, here: &'a Path) -> impl Iterator<Item = Found> {
    let below = below.iter().filter_map(|path| if_there(path, read(path)));
    let last = match named {
        Some(path) => Some(read(path).map(|config| (path.to_owned(), config))),
        None => if_there(here, read_here(here)),
    };
    below.chain(last)
}

fn if_there(path: &Path, read: Result<Config, ConfigError>) -> Option<Found> {
    match read {
        Err(ConfigError::Unreadable { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => None,
        read => Some(read.map(|config| (path.to_owned(), config))),
    }
}

fn read(path: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(path);
    parse(path, &text.map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?)
}

fn parse(path: &Path, text: &str) -> Result<Config, ConfigError> {
    toml::from_str(text).map_err(|source| ConfigError::Invalid { path: path.to_owned(), source })
}

/// The file of the current folder. Under `sudo` that is a folder of the caller, who must not choose the settings: the file
/// is this user's or root's, no other may write it, and it is no link.
fn read_here(path: &Path) -> Result<Config, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let mut file = match std::fs::OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Ok(file) => file,
        Err(e) if e.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => {
            return Err(ConfigError::Foreign(path.to_owned()));
        }
        Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied => return Err(ConfigError::Closed(path.to_owned())),
        Err(e) => return Err(unreadable(e)),
    };
    let facts = file.metadata().map_err(unreadable)?;
    let own = [0, rustix::process::geteuid().as_raw()].contains(&facts.uid());
    if !own || facts.mode() & 0o022 != 0 {
        return Err(ConfigError::Foreign(path.to_owned()));
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(unreadable)?;
    parse(path, &text)
}

fn user_folder() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")))
}

/// The file of a credential that systemd hands over (`LoadCredential=`), where there is one of this name.
pub fn credential(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from)?;
    Some(folder.join(name)).filter(|path| path.exists())
}

/// The name of the machine, for the audit log.
pub fn machine() -> String {
    let name = std::fs::read_to_string("/etc/hostname").ok().map(|name| name.trim().to_owned());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "unnamed".to_owned())
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nothing says anything.
    Default,
    /// A settings file.
    File(PathBuf),
    /// A credential of systemd.
    Credential(PathBuf),
    /// An environment variable.
    Variable(&'static str),
    /// A flag of the command line.
    Flag(&'static str),
}

impl Origin {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File(_) => "file",
            Self::Credential(_) => "credential",
            Self::Variable(_) => "environment",
            Self::Flag(_) => "flag",
        }
    }

    /// The file, the variable or the flag.
    pub fn place(&self) -> String {
        match self {
            Self::Default => String::new(),
            Self::File(path) | Self::Credential(path) => path.display().to_string(),
            Self::Variable(name) | Self::Flag(name) => (*name).to_owned(),
        }
    }
}

/// A value with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value that counts.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// A setting of this terminal as it is shown, without any secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalSetting {
    /// Its key in a settings file.
    pub key: &'static str,
    /// Its value; empty where there is none.
    pub shown: Sourced<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_an_error_that_names_the_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.toml");
        std::fs::write(&path, "db = \"x.db\"\npassword = \"p\"\n").unwrap();
        let error = format!("{:#}", anyhow::Error::from(ConfigFiles::read(Some(&path)).unwrap_err()));
        assert!(error.contains("m.toml") && error.contains("line 2"), "{error}");
        assert!(ConfigFiles::read(Some(&folder.path().join("none.toml"))).is_err());
    }

    #[test]
    fn the_nearest_file_wins_value_by_value() {
        let folder = tempfile::tempdir().unwrap();
        let [machine, user, here, named] =
            ["machine", "user", "here", "named"].map(|name| folder.path().join(name).with_extension("toml"));
        std::fs::write(&machine, "db = \"machine.db\"\nlang = \"en\"\nterminal = \"desk\"\n").unwrap();
        std::fs::write(&here, "db = \"here.db\"\n").unwrap();
        std::fs::write(&named, "db = \"named.db\"\nstaff = \"sato\"\n").unwrap();
        let below = [machine.clone(), user];
        let files = |named| ConfigFiles(each(&below, named, &here).collect::<Result<_, _>>().unwrap());
        let files_here = files(None);
        assert_eq!(files_here.get(|config| config.db.clone()), Some(("here.db".to_owned(), here.clone())));
        assert_eq!(files_here.get(|config| config.lang.clone()), Some(("en".to_owned(), machine.clone())));
        assert_eq!(files_here.get(|config| config.staff.clone()), None);
        let files = files(Some(&named));
        assert_eq!(files.get(|config| config.db.clone()), Some(("named.db".to_owned(), named)));
        assert_eq!(files.get(|config| config.terminal.clone()), Some(("desk".to_owned(), machine)));
    }

    #[test]
    fn a_file_here_that_another_may_have_written_is_refused() {
        use std::os::unix::fs::{PermissionsExt, chown, symlink};
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().join(FILE);
        std::fs::write(&here, "terminal = \"desk 3\"\n").unwrap();
        let mode = |mode| std::fs::set_permissions(&here, std::fs::Permissions::from_mode(mode)).unwrap();
        mode(0o644);
        assert_eq!(read_here(&here).unwrap().terminal.as_deref(), Some("desk 3"));
        for open in [0o664, 0o646] {
            mode(open);
            assert!(matches!(read_here(&here), Err(ConfigError::Foreign(_))), "{open:o}");
        }
        mode(0o644);
        let link = folder.path().join("link");
        symlink(&here, &link).unwrap();
        assert!(matches!(read_here(&link), Err(ConfigError::Foreign(_))), "a link shows what another cannot read");
        // Only root can give a file away.
        if chown(&here, Some(65_534), None).is_ok() {
            assert!(matches!(read_here(&here), Err(ConfigError::Foreign(_))), "another user's");
        }
    }
}
