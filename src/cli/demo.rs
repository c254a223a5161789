//! `demo`: a made-up society to try everything on.

use super::context::CliContext;
use super::output::{Failure, Format};
use super::progress::progress;
use crate::config::Origin;
use crate::domain::BatchNumber;
use crate::files::folder_of;
use crate::usecases::batches::{self, ExportOptions};
use crate::usecases::demo::{self, DemoStaff};
use crate::usecases::queue::QueueFilter;
use crate::usecases::{Actor, AppContext, DbUrl};
use std::io::IsTerminal;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// 作成先のフォルダー(--db でファイルを指定したときは、そのフォルダー) / folder, where --db names no file
    #[arg(long, default_value = "demo", value_name = "DIR")]
    dir: PathBuf,
    /// 加入者の数 / members
    #[arg(long, default_value_t = demo::MEMBERS, value_name = "N")]
    members: u64,
    /// 画面を開かず、発送まで進める / go on to the dispatch without a terminal
    #[arg(long)]
    no_console: bool,
}

const DATABASE: &str = "mykempo.db";
/// Cards of the batch that goes all the way; what is left goes as far as the PDF.
const FIRST_BATCH: usize = 30;

impl Demo {
    /// The file of `--db`, where one is named; otherwise that of the folder.
    fn database(&self, cli: &CliContext) -> Result<PathBuf, Failure> {
        match (&cli.settings.url.origin, &cli.settings.url.value) {
            (Origin::Flag(_), DbUrl::Sqlite(path)) => Ok(path.clone()),
            (Origin::Flag(_), _) => Err(Failure::new("demo_file", cli.texts().demo.wants_a_file)),
            _ => Ok(self.dir.join(DATABASE)),
        }
    }

    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let path = self.database(cli)?;
        let dir = folder_of(&path).to_owned();
        if path.exists() {
            let exists = cli.texts().demo.exists(dir.display(), path.display());
            return Err(Failure::new("demo_exists", exists));
        }
        let cli = cli.at(DbUrl::Sqlite(path));
        let (ctx, people) = demo::society(&cli.url, cli.clock, &cli.terminal, &dir, self.members).await?;
        cli.opened(&ctx);
        let [admin, clerk, supervisor] = &people;
        if matches!(cli.format, Format::Words) {
            println!("{}", greeting(&cli, &ctx, &people));
        }
        if self.no_console {
            let done = main_job(&cli, &ctx, &clerk.actor, &supervisor.actor).await?;
            let staff = people
                .each_ref()
                .map(|person| serde_json::json!({ "id": person.actor.id, "password": person.password.expose() }));
            let db = cli.url.to_string();
            let result = serde_json::json!({ "db": db, "staff": staff, "batches": done.batches, "files": done.files });
            return cli.print(&result, || done.words.join("\n"));
        }
        drop((ctx, admin));
        wait_for_reader(&cli);
        super::console::open(&cli).await
    }
}

/// The passwords stand on the screen that the console is about to cover.
fn wait_for_reader(cli: &CliContext) {
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        println!("{}", cli.texts().demo.note_passwords);
        // Whatever is typed, or nothing at all: the console opens.
        let _ = std::io::stdin().read_line(&mut String::new());
    }
}

fn greeting(cli: &CliContext, ctx: &AppContext, people: &[DemoStaff; 3]) -> String {
    let words = &cli.lang.labels().words;
    let mut lines = vec![cli.texts().demo.ready(&ctx.settings.society.name, &cli.url)];
    for person in people {
        let Actor { id, name, role: is } = &person.actor;
        lines.push(format!("  {id:<8} {}  ({} {name})", person.password.expose(), words.role(*is)));
    }
    lines.join("\n")
}

/// What the main job did.
struct Done {
    words: Vec<String>,
    batches: Vec<BatchNumber>,
    files: Vec<PathBuf>,
}

/// Draft, preview, approval, export, print and dispatch of one batch; then a second one as far as the PDF, because
/// the first one's is destroyed at dispatch (S4).
async fn main_job(cli: &CliContext, ctx: &AppContext, clerk: &Actor, supervisor: &Actor) -> Result<Done, Failure> {
    let mut done = Done { words: Vec::new(), batches: Vec::new(), files: Vec::new() };
    let first = draft(cli, ctx, clerk, Some(FIRST_BATCH), &mut done).await?;
    // Its pages are gone with the export.
    batches::preview(ctx, clerk, &first).await?;
    export(cli, ctx, clerk, supervisor, &first, &mut done).await?;
    let printed = batches::printed(ctx, clerk, &first, "").await?;
    let gate = batches::gate(ctx, clerk, &first).await?;
    let pulled: Vec<&str> = gate.iter().map(|card| card.serial.as_str()).collect();
    batches::letters(ctx, clerk, &first, &pulled.join(",")).await?;
    let sent = batches::dispatch(ctx, clerk, &first, None, &pulled.join(",")).await?;
    done.words.push(cli.texts().demo.sent(&first, printed.printed, sent.cards, sent.on));
    let second = draft(cli, ctx, clerk, None, &mut done).await?;
    let exported = export(cli, ctx, clerk, supervisor, &second, &mut done).await?;
    done.files.extend(exported);
    done.words.push(cli.texts().demo.files.to_owned());
    done.words.extend(done.files.iter().map(|file| format!("  {}", file.display())));
    Ok(done)
}

async fn draft(
    cli: &CliContext,
    ctx: &AppContext,
    clerk: &Actor,
    limit: Option<usize>,
    done: &mut Done,
) -> Result<BatchNumber, Failure> {
    let drafted = batches::draft(ctx, clerk, &QueueFilter::default(), limit).await?;
    let (batch, cards) = (drafted.batch, drafted.cards);
    done.words.push(cli.texts().demo.drafted(&batch, cards));
    done.batches.push(batch.clone());
    Ok(batch)
}

async fn export(
    cli: &CliContext,
    ctx: &AppContext,
    clerk: &Actor,
    supervisor: &Actor,
    batch: &BatchNumber,
    done: &mut Done,
) -> Result<Vec<PathBuf>, Failure> {
    let approval = batches::approve(ctx, supervisor, batch).await?;
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    let exported = batches::export(ctx, clerk, batch, options, progress(cli)).await?;
    let (cards, held) = (exported.cards, approval.held.len() + exported.held.len());
    done.words.push(cli.texts().demo.exported(batch, &supervisor.name, cards, held));
    Ok(exported.files)
}
