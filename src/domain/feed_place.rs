//! Where the feed is delivered to.

use std::path::PathBuf;

/// `feed.deliver`: a folder that the portal reads, or a program that takes the feed from its standard input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum FeedPlace {
    /// Nowhere: the portal fetches it.
    #[default]
    Nowhere,
    /// `folder:/srv/mykempo/out`
    Folder(PathBuf),
    /// `command:/usr/local/bin/send-feed --to portal`: the program and its arguments, without a shell.
    Command(PathBuf, Vec<String>),
}

impl FeedPlace {
    /// From its text; nothing where it is none. Paths are whole ones: a job may start anywhere.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::Nowhere);
        }
        let whole = |path: &str| Some(PathBuf::from(path)).filter(|path| path.is_absolute());
        let plain = !text.chars().any(char::is_control);
        match text.split_once(':').filter(|_| plain)? {
            ("folder", path) => whole(path).map(Self::Folder),
            ("command", line) => {
                let mut words = line.split_whitespace();
                let program = whole(words.next()?)?;
                Some(Self::Command(program, words.map(str::to_owned).collect()))
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for FeedPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nowhere => Ok(()),
            Self::Folder(path) => write!(f, "folder:{}", path.display()),
            Self::Command(program, arguments) => {
                write!(f, "command:{}", program.display())?;
                arguments.iter().try_for_each(|argument| write!(f, " {argument}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_it_was_written() {
        for text in ["", "folder:/srv/out", "command:/usr/bin/send --to portal"] {
            assert_eq!(FeedPlace::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_whole_path_is_no_place() {
        for text in [
            "/srv/out",
            "folder:out",
            "folder:",
            "command:",
            "command:send",
            "https://portal.example.jp/",
            "folder:/a\nb",
        ] {
            assert_eq!(FeedPlace::parse(text), None, "{text}");
        }
    }
}
