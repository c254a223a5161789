//! `demo`: a made-up society to try everything on.

use super::batch::progress;
use super::context::CliContext;
use super::output::{Failure, Format};
use crate::domain::{BatchNumber, Role};
use crate::files::private;
use crate::interchange::{FileKind, demo};
use crate::secrets::{Passphrase, PasswordPolicy};
use crate::store::DbUrl;
use crate::usecases::batches::{self, ExportOptions};
use crate::usecases::import::{self, Job, Mode};
use crate::usecases::queue::QueueFilter;
use crate::usecases::setup::{self, Rehearsal, Setup};
use crate::usecases::staff::{self, SignIn};
use crate::usecases::{Actor, AppContext, settings};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// 作成先のフォルダー / folder
    #[arg(long, default_value = "demo", value_name = "DIR")]
    dir: PathBuf,
    /// 加入者の数 / members
    #[arg(long, default_value_t = demo::MEMBERS, value_name = "N")]
    members: u64,
    /// 画面を開かず、発送まで進める / go on to the dispatch without a terminal
    #[arg(long)]
    no_console: bool,
}

/// A member of staff of the demo society, with the password to print.
struct Person {
    actor: Actor,
    password: Passphrase,
}

const DATABASE: &str = "mykempo.db";
/// Cards of the batch that goes all the way; what is left goes as far as the PDF.
const FIRST_BATCH: usize = 30;

impl Demo {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let path = self.dir.join(DATABASE);
        if path.exists() {
            let dir = self.dir.display();
            let ja = format!(
                "{dir} にはデモがすでにあります。上書きはしていません。続きを見るには mykempo --db {0} を、最初からやり直すには {dir} を消すか、--dir で別の場所を指定してください。",
                path.display()
            );
            let en = format!(
                "There is a demo in {dir} already; it was not overwritten. Go on with mykempo --db {0}, or start afresh: remove {dir}, or name another place with --dir.",
                path.display()
            );
            return Err(Failure::new("demo_exists", cli.say(ja, en)));
        }
        let cli = cli.at(DbUrl::Sqlite(path));
        let (ctx, people) = society(&cli, &self.dir, self.members).await?;
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
            return cli.format.print(&result, || done.words.join("\n"));
        }
        drop((ctx, admin));
        wait_for_reader(&cli);
        super::console::open(&cli).await
    }
}

/// The passwords stand on the screen that the console is about to cover.
fn wait_for_reader(cli: &CliContext) {
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        println!(
            "{}",
            cli.say(
                "パスワードを控えたら Enter を押してください。画面を開きます。",
                "Note the passwords, then press Enter to open the console."
            )
        );
        // Whatever is typed, or nothing at all: the console opens.
        let _ = std::io::stdin().read_line(&mut String::new());
    }
}

/// The society with its people and everything imported.
async fn society(cli: &CliContext, dir: &Path, members: u64) -> Result<(AppContext, [Person; 3]), Failure> {
    let unusable = |e: std::io::Error| crate::usecases::Refusal::Folder { path: dir.to_owned(), why: e.to_string() };
    private::create_folder(dir).map_err(unusable)?;
    for (kind, name) in FILES {
        let mut out = cli.output(&dir.join(name), false)?;
        demo::write(kind, members, &mut out).map_err(unusable)?;
        out.finish()?;
    }
    let password = new_password()?;
    let setup = Setup {
        insurer: demo::INSURER,
        society: demo::SOCIETY,
        admin: "admin",
        password: &password,
        export_dir: None,
        rehearsal: Rehearsal::Yes,
    };
    let (mut ctx, actor) = setup::init(&cli.url, cli.clock, cli.terminal.clone(), &setup).await?;
    cli.opened(&ctx);
    for (key, value) in [
        ("society.postcode", "1110051"),
        ("society.address", "東京都台東区蔵前三丁目99番9号"),
        ("society.department", "業務課 適用係"),
        ("society.phone", "03-0000-0100"),
    ] {
        settings::set(&ctx, &actor, key, value).await?;
    }
    ctx.refresh().await?;
    let clerk = person(&ctx, &actor, "sato", "佐藤", Role::Clerk).await?;
    let supervisor = person(&ctx, &actor, "suzuki", "鈴木", Role::Supervisor).await?;
    for (kind, name) in FILES {
        import::import(&ctx, &actor, &job(kind, &dir.join(name))).await?;
    }
    Ok((ctx, [Person { actor, password }, clerk, supervisor]))
}

fn job(kind: FileKind, path: &Path) -> Job<'_> {
    static NEVER: AtomicBool = AtomicBool::new(false);
    Job {
        kind,
        path,
        mode: Mode::Apply,
        expected: None,
        rejects: None,
        reason: &|_| String::new(),
        progress: &|_| {},
        cancel: &NEVER,
    }
}

/// In the order in which they need each other.
const FILES: [(FileKind, &str); 4] = [
    (FileKind::Employers, "employers.csv"),
    (FileKind::Members, "members.csv"),
    (FileKind::PortalEvents, "portal-events.csv"),
    (FileKind::Requests, "requests.csv"),
];

fn new_password() -> Result<Passphrase, Failure> {
    let password = PasswordPolicy::default().generate().map_err(|e| Failure::new("secrets", e.to_string()))?;
    Ok(Passphrase::new(password.expose().to_owned()))
}

/// Added by the admin and past the first sign-in.
async fn person(ctx: &AppContext, admin: &Actor, id: &str, name: &str, role: Role) -> Result<Person, Failure> {
    let (first, password) = (new_password()?, new_password()?);
    staff::add(ctx, admin, id, name, role, &first).await?;
    let (SignIn::Ready(actor) | SignIn::MustChange(actor)) = staff::sign_in(ctx, id, &first).await?;
    staff::change_password(ctx, &actor, &first, &password).await?;
    Ok(Person { actor, password })
}

fn greeting(cli: &CliContext, ctx: &AppContext, people: &[Person; 3]) -> String {
    let words = &cli.lang.labels().words;
    let mut lines = vec![cli.say(
        format!("{}(架空)を {} に作成しました。", ctx.settings.society.name, cli.url),
        format!("{} (made up) is ready in {}.", ctx.settings.society.name, cli.url),
    )];
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
    done.files.extend(batches::preview(ctx, clerk, &first).await?.into_iter().take(1));
    export(cli, ctx, clerk, supervisor, &first, &mut done).await?;
    let printed = batches::printed(ctx, clerk, &first, "").await?;
    let gate = batches::gate(ctx, clerk, &first).await?;
    let pulled: Vec<&str> = gate.iter().map(|card| card.serial.as_str()).collect();
    let sent = batches::dispatch(ctx, clerk, &first, None, &pulled.join(",")).await?;
    done.words.push(cli.say(
        format!(
            "{first}: 印刷 {}枚、発送 {}枚({})。PDFは発送確定とともに消去しました。",
            printed.printed, sent.cards, sent.on
        ),
        format!(
            "{first}: {} printed, {} dispatched on {}. Its PDF was destroyed with the dispatch.",
            printed.printed, sent.cards, sent.on
        ),
    ));
    let second = draft(cli, ctx, clerk, None, &mut done).await?;
    let exported = export(cli, ctx, clerk, supervisor, &second, &mut done).await?;
    done.files.extend(exported);
    done.words.push(cli.say("PDFと書類:", "PDFs and papers:"));
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
    done.words.push(cli.say(
        format!("{batch}: 発送待ちから{cards}枚で作成しました。"),
        format!("{batch}: drafted with {cards} cards."),
    ));
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
    batches::approve(ctx, supervisor, batch).await?;
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    let exported = batches::export(ctx, clerk, batch, options, progress(cli)).await?;
    let (cards, held) = (exported.cards, exported.held.len());
    done.words.push(cli.say(
        format!("{batch}: {}が承認し、{cards}枚を出力しました(保留 {held}枚)。", supervisor.name),
        format!("{batch}: approved by {}, {cards} cards exported, {held} held.", supervisor.name),
    ));
    Ok(exported.files)
}
