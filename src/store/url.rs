//! Where the database is.

use super::sqlite_file::{lock_of, with_companions, work_of};
use crate::files::Protected;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// A database address: `sqlite:PATH`, a plain path, or `postgres://…`. `Debug` and `Display` hide the password.
#[derive(Clone, PartialEq, Eq)]
pub enum DbUrl {
    /// A file of the embedded engine.
    Sqlite(PathBuf),
    /// A server that speaks PostgreSQL's protocol.
    Postgres(String),
}

/// Not an address that the console knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown database URL scheme: {scheme}")]
pub struct UrlError {
    /// What stood before the colon.
    pub scheme: String,
}

impl DbUrl {
    /// What people call the database: the name of its file, or its name on the server.
    pub fn name(&self) -> String {
        match self {
            Self::Sqlite(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Postgres(url) => without_password(url).rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }

    /// The database's files, whose place no output may take. SQLite names its companions after the file behind a link.
    pub fn protected(&self) -> Protected {
        let Self::Sqlite(path) = self else { return Protected::default() };
        let names = [Some(path.clone()), path.canonicalize().ok()].into_iter().flatten();
        Protected::new(names.flat_map(|path| [&with_companions(&path)[..], &[lock_of(&path), work_of(&path)]].concat()))
    }
}

impl FromStr for DbUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        match text.split_once(':') {
            Some(("sqlite", path)) => Ok(Self::Sqlite(path.strip_prefix("//").unwrap_or(path).into())),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(text.to_owned())),
            Some((scheme, _)) if scheme.len() > 1 && !scheme.contains(['/', '\\', '.']) => {
                Err(UrlError { scheme: scheme.to_owned() })
            }
            _ => Ok(Self::Sqlite(text.into())),
        }
    }
}

impl fmt::Display for DbUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

impl fmt::Debug for DbUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DbUrl({self})")
    }
}

impl DbUrl {
    /// The whole address without its password, for the server's own tools.
    pub fn for_tools(&self) -> String {
        let Self::Postgres(url) = self else { return self.to_string() };
        let options = url.split_once('?').map_or("", |(_, options)| options);
        let kept: Vec<&str> = options.split('&').filter(|o| !o.is_empty() && !o.starts_with("password=")).collect();
        let start = without_password(url);
        if kept.is_empty() { start } else { format!("{start}?{}", kept.join("&")) }
    }
}

/// Cuts `:password` out of the user part, and everything after `?` (options may carry one, too).
fn without_password(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
        Some((scheme, (user, host))) => format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_sqlite_and_an_unknown_scheme_is_named() {
        assert_eq!("data/kempo.db".parse(), Ok(DbUrl::Sqlite("data/kempo.db".into())));
        assert_eq!("sqlite:///var/kempo.db".parse(), Ok(DbUrl::Sqlite("/var/kempo.db".into())));
        assert_eq!("mysql://host/db".parse::<DbUrl>(), Err(UrlError { scheme: "mysql".into() }));
    }

    #[test]
    fn a_database_is_called_by_its_name_alone() {
        for (url, name) in
            [("/srv/kempo/mykempo.db", "mykempo.db"), ("postgres://kempo:s3cret@db:5432/kempo?x=1", "kempo")]
        {
            let url: DbUrl = url.parse().unwrap();
            assert_eq!(url.name(), name);
        }
    }

    #[test]
    fn s2_the_address_for_tools_keeps_everything_but_the_password() {
        let tools = |url: &str| url.parse::<DbUrl>().unwrap().for_tools();
        assert_eq!(
            tools("postgres://k:s3cret@db/kempo?sslmode=verify-full"),
            "postgres://k@db/kempo?sslmode=verify-full"
        );
        assert_eq!(tools("postgres://k@db/kempo?password=s3cret&host=/run"), "postgres://k@db/kempo?host=/run");
        assert_eq!(tools("postgres://k:s3cret@db/kempo?password=s3cret"), "postgres://k@db/kempo");
    }

    #[test]
    fn s2_a_password_in_the_url_is_never_shown() {
        for url in ["postgres://kempo:s3cret@db/kempo", "postgres://kempo@db/kempo?password=s3cret"] {
            let url: DbUrl = url.parse().unwrap();
            assert_eq!(format!("{url} {url:?}"), "postgres://kempo@db/kempo DbUrl(postgres://kempo@db/kempo)");
        }
    }
}
