//! The arguments of the whole program, and what each command runs.

use super::args::Global;
use super::context::CliContext;
use super::output::Failure;
use super::usage::{self, Answers};
use super::{
    address, audit, backup, batch, call, console, database, demo, diagnose, doctor, employer, feed, import, incident,
    init, intake, member, migrate, note, promises, proposal, purge, queue, reply, request, restore, settings, shell,
    staff, stats, status, template,
};
use crate::labels::Lang;
use crate::labels::cli::SystemFault;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use rustix::process::{Resource, Rlimit, setrlimit};
use std::ffi::OsString;
use std::process::ExitCode;
use tracing::Instrument;

/// 健康保険組合の会員ポータル「MyKempo」の職員用コンソール
///
/// The staff console of a health insurance society's member portal.
#[derive(Debug, Parser)]
#[command(name = "mykempo", version = env!("MYKEMPO_VERSION"))]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 組合を登録する / set a society up
    Init(init::Init),
    /// 職員 / staff
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// 設定 / settings
    #[command(subcommand)]
    Settings(settings::SettingsCommand),
    /// 二人で決める変更 / changes that two people decide
    #[command(subcommand)]
    Proposal(proposal::ProposalCommand),
    /// 取込 / files from the registry, the portal and the form
    Import(import::ImportCommand),
    /// フォルダーに届いたファイルを取り込む / import what has arrived in a folder
    Intake(intake::IntakeArgs),
    /// 加入者 / members
    #[command(subcommand)]
    Member(member::MemberCommand),
    /// 事業所 / employers
    #[command(subcommand)]
    Employer(employer::EmployerCommand),
    /// 電話対応 / what to say on the phone
    Diagnose(diagnose::DiagnoseArgs),
    /// 対応記録 / contact notes
    #[command(subcommand)]
    Note(note::NoteCommand),
    /// 電話 / calls, with or without a member
    #[command(subcommand)]
    Call(call::CallCommand),
    /// 漏えい等 / incidents: what happened to members' data
    #[command(subcommand)]
    Incident(incident::IncidentCommand),
    /// お待たせしている方 / what is owed to members
    Promises(promises::PromisesCommand),
    /// 送付依頼 / requests for login data
    #[command(subcommand)]
    Request(request::RequestCommand),
    /// 返信 / replies to requests, until they are sent
    #[command(subcommand)]
    Reply(reply::ReplyCommand),
    /// 発送待ち / the queue
    #[command(subcommand)]
    Queue(queue::QueueCommand),
    /// バッチ / batches
    #[command(subcommand)]
    Batch(batch::BatchCommand),
    /// ポータル連携データ / the portal feed
    Feed(feed::Feed),
    /// 月・年度の統計 / the figures of a month or a fiscal year
    Stats(stats::StatsCommand),
    /// 監査記録 / the audit log
    #[command(subcommand)]
    Audit(audit::Audit),
    /// バックアップ / back the database up
    Backup(backup::BackupArgs),
    /// バックアップから復元する / restore a backup into an empty place
    Restore(restore::Restore),
    /// データベースの所在と写し / where the database lives, and copies of it
    #[command(subcommand)]
    Database(database::DatabaseCommand),
    /// 全体を点検する / check everything
    Doctor(doctor::Doctor),
    /// 対応待ちを一行で表示する / what waits, in one line
    Status(status::StatusCommand),
    /// 監視用の件数と経過時間 / counts and ages for monitoring
    Metrics(status::MetricsCommand),
    /// 保存期間を過ぎた記録を消去する / remove what retention no longer allows
    Purge(purge::Purge),
    /// データベースを新しい版にする / bring the database up to date
    Migrate(migrate::Migrate),
    /// 架空の組合で試す / try it on a made-up society
    Demo(demo::Demo),
    /// はがきの様式 / templates of the cards
    #[command(subcommand)]
    Template(template::TemplateCommand),
    /// 住所 / addresses
    #[command(subcommand)]
    Address(address::AddressCommand),
    /// シェルの補完 / completions of a shell
    Completions(shell::Completions),
    /// マニュアルページを作成する / write the manual pages
    Man(shell::ManPages),
}

/// The whole command line, with the parser's texts in this language.
fn command_line(lang: Lang) -> clap::Command {
    usage::in_language(Cli::command(), lang)
}

/// Parses the arguments and runs the command. The exit code is 0 for done, 2 for wrong arguments, and otherwise that of
/// the failure's kind.
pub fn main() -> ExitCode {
    without_core_dumps();
    let given: Vec<OsString> = std::env::args_os().collect();
    let Answers { lang, json } = Answers::asked(&given);
    let command = command_line(lang);
    // A person gets the help of a noun without its verb, a script one sentence.
    let command = if json { without_help_on_nothing(command) } else { command };
    let parsed = command.try_get_matches_from(given);
    let parsed = parsed.and_then(|matches| Cli::from_arg_matches(&matches).map(|cli| (cli, matches)));
    let (lang, done) = match parsed {
        Ok((args, matches)) => start(args, &matches, lang),
        Err(error) => (lang, Err(usage::failure(error, lang).unwrap_or_else(|error| error.exit()))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report(lang, json);
            ExitCode::from(failure.kind().exit_code())
        }
    }
}

fn without_help_on_nothing(command: clap::Command) -> clap::Command {
    command.arg_required_else_help(false).mut_subcommands(without_help_on_nothing)
}

/// `lang` is that of a failure before the settings are known.
fn start(args: Cli, matches: &ArgMatches, lang: Lang) -> (Lang, Result<(), Failure>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match (runtime, CliContext::new(&args.global, matches)) {
        (Ok(runtime), Ok(cli)) => {
            let span = tracing::info_span!("command", name = command_name(matches));
            let done = async {
                let done = run(&cli, args.command).await;
                if let Err(failure) = &done {
                    cli.refused(failure).await;
                }
                cli.leave().await;
                done
            };
            (cli.lang, runtime.block_on(done.instrument(span)))
        }
        (Err(e), _) => (lang, Err(Failure::system(SystemFault::Runtime, e))),
        (Ok(_), Err(failure)) => (lang, Err(failure)),
    }
}

/// `batch export`: the names of the subcommands, without their arguments.
fn command_name(matches: &ArgMatches) -> String {
    match matches.subcommand() {
        None => String::new(),
        Some((name, below)) => format!("{name} {}", command_name(below)).trim_end().to_owned(),
    }
}

/// S2: what is in memory while a batch is exported does not land on the disk with a crash. A system that refuses this
/// keeps its own setting.
fn without_core_dumps() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _ = setrlimit(Resource::Core, none);
}

async fn run(cli: &CliContext, command: Option<Command>) -> Result<(), Failure> {
    match command {
        Some(Command::Init(init)) => init.run(cli).await,
        Some(Command::Staff(staff)) => staff.run(cli).await,
        Some(Command::Settings(settings)) => settings.run(cli).await,
        Some(Command::Import(import)) => import.run(cli).await,
        Some(Command::Intake(intake)) => intake.run(cli).await,
        Some(Command::Member(member)) => member.run(cli).await,
        Some(Command::Employer(employer)) => employer.run(cli).await,
        Some(Command::Diagnose(diagnose)) => diagnose.run(cli).await,
        Some(Command::Note(note)) => note.run(cli).await,
        Some(Command::Call(call)) => call.run(cli).await,
        Some(Command::Incident(incident)) => incident.run(cli).await,
        Some(Command::Promises(promises)) => promises.run(cli).await,
        Some(Command::Proposal(proposal)) => proposal.run(cli).await,
        Some(Command::Request(request)) => request.run(cli).await,
        Some(Command::Reply(reply)) => reply.run(cli).await,
        Some(Command::Queue(queue)) => queue.run(cli).await,
        Some(Command::Batch(batch)) => batch.run(cli).await,
        Some(Command::Feed(feed)) => feed.run(cli).await,
        Some(Command::Stats(stats)) => stats.run(cli).await,
        Some(Command::Audit(audit)) => audit.run(cli).await,
        Some(Command::Backup(backup)) => backup.run(cli).await,
        Some(Command::Restore(restore)) => restore.run(cli).await,
        Some(Command::Database(database)) => database.run(cli).await,
        Some(Command::Doctor(doctor)) => doctor.run(cli).await,
        Some(Command::Status(status)) => status.run(cli).await,
        Some(Command::Metrics(metrics)) => metrics.run(cli).await,
        Some(Command::Purge(purge)) => purge.run(cli).await,
        Some(Command::Migrate(migrate)) => migrate.run(cli).await,
        Some(Command::Demo(demo)) => demo.run(cli).await,
        Some(Command::Template(template)) => template.run(cli),
        Some(Command::Address(address)) => address.run(cli),
        Some(Command::Completions(completions)) => completions.run(cli, command_line(cli.lang)),
        Some(Command::Man(man)) => man.run(cli, command_line(cli.lang)),
        None => console::open(cli).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENTS: &[&str] = &["README.md", "docs/installation.md", "docs/operations.md", "docs/runbook.md"];

    /// The program's own commands in the `sh` blocks of a document, without comments, redirections and what takes their output.
    fn commands(document: &str) -> Vec<Vec<String>> {
        let blocks = document.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
        blocks.flat_map(str::lines).filter_map(command).collect()
    }

    fn command(line: &str) -> Option<Vec<String>> {
        let line = line.split(" #").next().unwrap_or(line).split(" > ").next().unwrap_or(line);
        let line = line.split(" | ").next().unwrap_or(line);
        // What stands in quotes is one word.
        let words = line.split('\'').enumerate().flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        let words: Vec<String> = words.collect();
        let program = words.iter().rposition(|word| word == "mykempo")?;
        Some(words[program..].to_vec())
    }

    #[test]
    fn commands_of_the_documents_are_understood() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut tried = 0;
        for document in DOCUMENTS {
            let text = std::fs::read_to_string(root.join(document)).unwrap();
            for words in commands(&text) {
                let parsed = command_line(Lang::En).try_get_matches_from(&words);
                assert!(parsed.is_ok(), "{document}: {}: {}", words.join(" "), parsed.unwrap_err());
                tried += 1;
            }
        }
        assert!(tried > 40, "{tried}");
    }

    #[test]
    fn a_command_of_a_document_is_read_with_its_quotes() {
        let line = "cd / && sudo -u mykempo mykempo init --society 'Your society' # once";
        assert_eq!(command(line).unwrap(), ["mykempo", "init", "--society", "Your society"]);
        assert_eq!(command("man mykempo-batch-export"), None);
    }
}
