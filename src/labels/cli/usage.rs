//! What the parser of arguments says: headings of the help, and what is wrong with a command line.

use crate::labels::texts::texts;

/// What is wrong with a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UsageFault {
    /// The argument has no such value.
    Value {
        /// What was given; empty where nothing was.
        value: String,
        /// Argument that it was given for.
        of: String,
        /// The values that it takes, where they are few.
        takes: Vec<String>,
        /// Why it does not fit, where the argument says.
        why: Option<WrongValue>,
    },
    /// No such argument.
    Argument(String),
    /// No such command.
    Command(String),
    /// These arguments are missing.
    Missing(Vec<String>),
    /// A command is missing behind this one.
    MissingCommand(String),
    /// More values than the argument takes, or fewer.
    Count(String),
    /// Arguments that exclude each other; the same one twice where both are equal.
    Conflict(String, Vec<String>),
    /// The bytes are no text.
    NoText,
}

/// Why a value does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongValue {
    /// A number is wanted.
    NoNumber,
    /// The argument's own words.
    Said(String),
}

impl WrongValue {
    fn ja(&self) -> String {
        match self {
            Self::NoNumber => "数字で指定してください。".to_owned(),
            Self::Said(why) => format!("({why})"),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::NoNumber => " It must be a number.".to_owned(),
            Self::Said(why) => format!(" ({why})"),
        }
    }
}

texts! {
    /// Help and errors of the parser of arguments.
    pub struct UsageTexts {
        usage = "使い方" | "Usage";
        commands = "コマンド" | "Commands";
        arguments = "引数" | "Arguments";
        options = "オプション" | "Options";
        everywhere = "共通のオプション" | "Options of every command";
        help = "使い方を表示する" | "Print help";
        version = "版を表示する" | "Print the version";
        help_command = "コマンドの使い方を表示する" | "Print the help of a command";
        default(value: &str) = "[既定: {value}]" | "[default: {value}]";
        variable(name: &str) = "[環境変数: {name}]" | "[env: {name}]";
        one_of(values: &str) = "[値: {values}]" | "[possible values: {values}]";
        similar(name: &str) = "「{name}」ではありませんか。" | "Did you mean '{name}'?";
        more = "くわしくは --help をご覧ください。" | "For more, try --help.";
        fault(fault: &UsageFault) = { fault_ja(fault) } | { fault_en(fault) };
    }
}

fn fault_ja(fault: &UsageFault) -> String {
    match fault {
        UsageFault::Value { value, of, takes, why } => {
            let said = match value.as_str() {
                "" => format!("「{of}」の値がありません。"),
                value => format!("「{of}」に「{value}」は指定できません。"),
            };
            let takes = match takes.as_slice() {
                [] => String::new(),
                takes => format!("指定できる値: {}", takes.join("、")),
            };
            format!("{said}{takes}{}", why.as_ref().map(WrongValue::ja).unwrap_or_default())
        }
        UsageFault::Argument(name) => format!("「{name}」という指定はありません。"),
        UsageFault::Command(name) => format!("「{name}」というコマンドはありません。"),
        UsageFault::Missing(names) => format!("次の指定が足りません: {}", names.join("、")),
        UsageFault::MissingCommand(name) => format!("「{name}」の後にコマンドを指定してください。"),
        UsageFault::Count(name) => format!("「{name}」の値の数が違います。"),
        UsageFault::Conflict(name, others) if others.is_empty() => format!("「{name}」は1回だけ指定できます。"),
        UsageFault::Conflict(name, others) => format!("「{name}」は {} と同時に指定できません。", others.join("、")),
        UsageFault::NoText => "文字として読めない指定があります(UTF-8ではありません)。".to_owned(),
    }
}

fn fault_en(fault: &UsageFault) -> String {
    match fault {
        UsageFault::Value { value, of, takes, why } => {
            let said = match value.as_str() {
                "" => format!("'{of}' needs a value."),
                value => format!("'{of}' cannot be '{value}'."),
            };
            let takes = match takes.as_slice() {
                [] => String::new(),
                takes => format!(" It takes: {}.", takes.join(", ")),
            };
            format!("{said}{takes}{}", why.as_ref().map(WrongValue::en).unwrap_or_default())
        }
        UsageFault::Argument(name) => format!("There is no argument '{name}' here."),
        UsageFault::Command(name) => format!("There is no command '{name}'."),
        UsageFault::Missing(names) => format!("These arguments are missing: {}.", names.join(", ")),
        UsageFault::MissingCommand(name) => format!("'{name}' needs a command behind it."),
        UsageFault::Count(name) => format!("'{name}' takes another number of values."),
        UsageFault::Conflict(name, others) if others.is_empty() => format!("'{name}' can be given once only."),
        UsageFault::Conflict(name, others) => format!("'{name}' cannot be given together with {}.", others.join(", ")),
        UsageFault::NoText => "An argument is no text (not UTF-8).".to_owned(),
    }
}
