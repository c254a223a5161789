//! The parser's own texts in the chosen language: headings of the help, and what is wrong with a command line.

use super::output::Failure;
use crate::config::ConfigFiles;
use crate::domain::UnknownCode;
use crate::labels::Lang;
use crate::labels::cli::{UsageFault, UsageTexts, WrongValue};
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use std::ffi::OsString;
use std::num::ParseIntError;
use std::path::Path;

/// Language and form of the answers, which are needed before the arguments can be parsed, and where the start fails.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answers {
    pub(super) lang: Lang,
    pub(super) json: bool,
}

impl Answers {
    /// As flag, environment or settings file say; what cannot be read is reported once the arguments are known.
    pub(super) fn asked(args: &[OsString]) -> Self {
        let before: Vec<&str> =
            args.iter().skip(1).filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--").collect();
        let given = |flag: &str, variable: &str| {
            let behind = before.iter().position(|arg| *arg == flag).and_then(|at| before.get(at + 1).copied());
            let joined = || before.iter().find_map(|arg| arg.strip_prefix(flag)?.strip_prefix('='));
            behind.or_else(joined).map(str::to_owned).or_else(|| std::env::var(variable).ok())
        };
        let files = || ConfigFiles::usable(given("--config", "MYKEMPO_CONFIG").as_deref().map(Path::new));
        let file = || files().get(|config| config.lang.clone()).map(|(lang, _)| lang);
        let lang = given("--lang", "MYKEMPO_LANG").or_else(file).and_then(|lang| lang.parse().ok());
        Self { lang: lang.unwrap_or_default(), json: before.contains(&"--json") }
    }
}

/// The command line with the parser's headings in this language.
pub(super) fn in_language(mut command: Command, lang: Lang) -> Command {
    command.build();
    localized(command, &lang.labels().cli.usage)
}

fn localized(command: Command, texts: &UsageTexts) -> Command {
    let template =
        format!("{{before-help}}{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", texts.usage);
    let command = match command.get_name() {
        "help" => command.about(texts.help_command),
        _ => command,
    };
    command
        .help_template(template)
        .subcommand_help_heading(texts.commands)
        .mut_args(|arg| argument(arg, texts))
        .mut_subcommands(|command| localized(command, texts))
}

/// Heading and remarks of one argument.
fn argument(arg: Arg, texts: &UsageTexts) -> Arg {
    let heading = match &arg {
        arg if arg.is_positional() => texts.arguments,
        arg if arg.is_global_set() => texts.everywhere,
        _ => texts.options,
    };
    let shown = |values: Vec<String>| values.join(", ");
    let mut remarks = Vec::new();
    let default = shown(arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect());
    let takes_value = !matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::Help | ArgAction::Version);
    if takes_value && !default.is_empty() && !arg.is_hide_default_value_set() {
        remarks.push(texts.default(&default));
    }
    if let Some(variable) = arg.get_env() {
        remarks.push(texts.variable(&variable.to_string_lossy()));
    }
    let values = shown(arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect());
    if takes_value && !values.is_empty() {
        remarks.push(texts.one_of(&values));
    }
    let help = match arg.get_action() {
        ArgAction::Help => texts.help.into(),
        ArgAction::Version => texts.version.into(),
        _ => arg.get_help().cloned().unwrap_or_default(),
    };
    let help = if remarks.is_empty() { help } else { StyledStr::from(format!("{help} {}", remarks.join(" "))) };
    arg.help_heading(heading).help(help).hide_default_value(true).hide_env(true).hide_possible_values(true)
}

/// What the parser refuses, as a failure with exit code 2.
///
/// # Errors
/// The parser's own error where it is no fault: help or version was asked for.
pub(super) fn failure(error: clap::Error, lang: Lang) -> Result<Failure, clap::Error> {
    let texts = &lang.labels().cli.usage;
    let Some(fault) = fault(&error) else { return Err(error) };
    let sentence = texts.fault(&fault);
    let similar = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let similar = similar.into_iter().flat_map(|kind| strings(&error, kind)).next();
    let mut page = sentence.clone();
    if let Some(name) = similar {
        page = format!("{page}\n{}", texts.similar(&name));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        page = format!("{page}\n\n{}: {}", texts.usage, usage.trim_start_matches("Usage:").trim());
    }
    Ok(Failure::Usage { sentence, page: format!("{page}\n\n{}", texts.more) })
}

/// None where the error is no fault.
fn fault(error: &clap::Error) -> Option<UsageFault> {
    let one = |kind| strings(error, kind).into_iter().next().unwrap_or_default();
    let argument = || one(ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return None,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => UsageFault::Value {
            value: one(ContextKind::InvalidValue),
            of: argument(),
            takes: takes(error),
            why: why(error),
        },
        ErrorKind::InvalidSubcommand => UsageFault::Command(one(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => UsageFault::Missing(strings(error, ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => UsageFault::MissingCommand(one(ContextKind::InvalidSubcommand)),
        // Help and version are printed, and end the program. The whole help is of more use to a person than one sentence.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            UsageFault::Count(argument())
        }
        ErrorKind::ArgumentConflict => {
            let (name, mut others) = (argument(), strings(error, ContextKind::PriorArg));
            others.retain(|other| *other != name);
            UsageFault::Conflict(name, others)
        }
        ErrorKind::InvalidUtf8 => UsageFault::NoText,
        _ => UsageFault::Argument(argument()),
    })
}

/// Why a value does not fit, where it is not for being none of a list.
fn why(error: &clap::Error) -> Option<WrongValue> {
    let why = std::error::Error::source(error)?;
    if why.is::<UnknownCode>() {
        return None;
    }
    Some(if why.is::<ParseIntError>() { WrongValue::NoNumber } else { WrongValue::Said(why.to_string()) })
}

/// The values that the argument takes, where they are a list.
fn takes(error: &clap::Error) -> Vec<String> {
    match std::error::Error::source(error).and_then(|why| why.downcast_ref::<UnknownCode>()) {
        Some(unknown) => unknown.known.iter().map(|code| (*code).to_owned()).collect(),
        None => strings(error, ContextKind::ValidValue),
    }
}

fn strings(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
