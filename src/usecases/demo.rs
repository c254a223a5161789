//! A made-up society to try everything on: its files, its database and its staff.

use super::import::{self, Job, Mode};
use super::setup::{self, Rehearsal, Setup};
use super::staff::{self, SignIn};
use super::{Actor, AppContext, Clock, Error, Refusal, settings};
use crate::domain::Role;
use crate::files::{Existing, OutputFile, private};
use crate::interchange::{FileKind, demo};
use crate::secrets::Passphrase;
use crate::store::DbUrl;
use std::path::Path;
use std::sync::atomic::AtomicBool;

pub use crate::interchange::demo::MEMBERS;

/// A member of staff of the made-up society.
#[derive(Debug)]
pub struct DemoStaff {
    /// Signed in, past the first change of password.
    pub actor: Actor,
    /// To be shown once.
    pub password: Passphrase,
}

/// In the order in which they need each other.
const FILES: [(FileKind, &str); 4] = [
    (FileKind::Employers, "employers.csv"),
    (FileKind::Members, "members.csv"),
    (FileKind::PortalEvents, "portal-events.csv"),
    (FileKind::Requests, "requests.csv"),
];

/// Writes the files of a society of so many members into a folder, and makes a database with everything imported. The
/// staff are an admin, a clerk and a supervisor.
///
/// # Errors
/// A file or database that exists; a folder that cannot be written.
pub async fn society(
    url: &DbUrl,
    clock: Clock,
    terminal: &str,
    dir: &Path,
    members: u64,
) -> Result<(AppContext, [DemoStaff; 3]), Error> {
    let unusable = |e: std::io::Error| Refusal::Folder { path: dir.to_owned(), why: e.into() };
    private::create_folder(dir).map_err(unusable)?;
    for (kind, name) in FILES {
        let mut out = OutputFile::create(&dir.join(name), Existing::Keep, url.protected())?;
        demo::write(kind, members, &mut out).map_err(unusable)?;
        out.finish()?;
    }
    let password = staff::generated()?;
    let setup = Setup {
        insurer: demo::INSURER,
        society: demo::SOCIETY,
        admin: "admin",
        password: &password,
        export_dir: None,
        rehearsal: Rehearsal::Yes,
    };
    let (mut ctx, actor) = setup::init(url, clock, terminal.to_owned(), &setup).await?;
    for (key, value) in [
        ("society.postcode", "1110051"),
        ("society.address", "東京都台東区蔵前三丁目99番9号"),
        ("society.department", "業務課 適用係"),
        ("society.phone", "03-0000-0100"),
        ("society.medical_section", "医療課医療二係"),
        ("society.medical_phone", "03-3843-1457"),
        ("society.health_section", "健康事業課"),
        ("society.health_phone", "03-3843-1453"),
        ("society.hours", "平日 9:00～17:00"),
        ("reply.from", "mykempo@kempo.example.jp"),
        ("society.portal_url", "https://mykempo.example.jp/"),
    ] {
        settings::set(&ctx, &actor, key, value).await?;
    }
    ctx.refresh().await?;
    let clerk = member_of_staff(&ctx, &actor, "sato", "佐藤", Role::Clerk).await?;
    let supervisor = member_of_staff(&ctx, &actor, "suzuki", "鈴木", Role::Supervisor).await?;
    for (kind, name) in FILES {
        import::import(&ctx, &actor, &job(kind, &dir.join(name))).await?;
    }
    Ok((ctx, [DemoStaff { actor, password }, clerk, supervisor]))
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

/// Added by the admin and past the first sign-in.
async fn member_of_staff(
    ctx: &AppContext,
    admin: &Actor,
    id: &str,
    name: &str,
    role: Role,
) -> Result<DemoStaff, Error> {
    let (first, password) = (staff::generated()?, staff::generated()?);
    staff::add(ctx, admin, id, name, role, &first).await?;
    let (SignIn::Ready(actor) | SignIn::MustChange(actor)) = staff::sign_in(ctx, id, &first).await?;
    staff::change_password(ctx, &actor, &first, &password).await?;
    Ok(DemoStaff { actor, password })
}
