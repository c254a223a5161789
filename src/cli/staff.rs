//! `staff`: who works here.

use super::context::CliContext;
use super::output::Failure;
use super::proposal;
use super::totp::Totp;
use crate::domain::Role;
use crate::usecases::staff::{self, Passphrase, SignIn, Unlocked};
use crate::usecases::two_people::{self, Deciders};
use crate::usecases::{Actor, AppContext};

#[derive(Debug, clap::Subcommand)]
pub(super) enum StaffCommand {
    /// 職員を登録する / add
    Add {
        /// 職員ID / staff ID
        id: String,
        /// 氏名 / name
        #[arg(long)]
        name: String,
        /// 役割 / clerk, supervisor, admin or auditor
        #[arg(long)]
        role: Role,
    },
    /// 一覧 / list
    List,
    /// ロックを解除する / end a lock
    Unlock {
        /// 職員ID / staff ID
        id: String,
    },
    /// 締め切られた最後の管理者を、データベースのある機械で解除する / open the last admin, on the database's host
    BreakGlass {
        /// 職員ID / staff ID
        id: String,
    },
    /// パスワードを初期化する / set a new first password
    Reset {
        /// 職員ID / staff ID
        id: String,
    },
    /// 利用を停止する / shut out
    Disable {
        /// 職員ID / staff ID
        id: String,
    },
    /// 役割を変更する / give another role
    Role {
        /// 職員ID / staff ID
        id: String,
        /// 役割 / clerk, supervisor, admin or auditor
        role: Role,
    },
    /// 自分のパスワードを変更する / change one's own password
    Password,
    /// 二要素認証 / the second factor
    #[command(subcommand)]
    Totp(Totp),
}

impl StaffCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        match self {
            Self::Password => return password(cli).await,
            Self::Totp(totp) => return totp.run(cli).await,
            Self::BreakGlass { id } => {
                staff::break_glass(&cli.open().await?, &id).await?;
                return cli.done("staff", &id, cli.texts().staff.unlocked(&id));
            }
            _ => {}
        }
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.texts().staff;
        match self {
            Self::Add { id, name, role } => {
                let password = first_password(cli, &ctx, &actor).await?;
                let asked = staff::add(&ctx, &actor, &id, &name, role, password.as_ref()).await?;
                proposal::asked(cli, &asked, &id, texts.added(&id))
            }
            Self::Unlock { id } => {
                let words = match staff::unlock(&ctx, &actor, &id).await? {
                    Unlocked::Opened => texts.unlocked(&id),
                    Unlocked::WasOpen => texts.was_open(&id),
                };
                cli.done("staff", &id, words)
            }
            Self::Reset { id } => {
                let password = first_password(cli, &ctx, &actor).await?;
                let asked = staff::reset(&ctx, &actor, &id, password.as_ref()).await?;
                proposal::asked(cli, &asked, &id, texts.reset(&id))
            }
            Self::Disable { id } => {
                staff::disable(&ctx, &actor, &id).await?;
                cli.done("staff", &id, texts.disabled(&id))
            }
            Self::Role { id, role } => {
                let asked = staff::set_role(&ctx, &actor, &id, role).await?;
                proposal::asked(cli, &asked, &id, texts.role_changed(&id))
            }
            Self::List => cli.list("staff", &staff::list(&ctx, &actor).await?, "", |staff| {
                format!("{:<16} {}  {}", staff.id, cli.lang.labels().words.role(staff.role), staff.name)
            }),
            Self::Password | Self::Totp(_) | Self::BreakGlass { .. } => Ok(()),
        }
    }
}

/// Works at first sign-in, too, when nothing else does.
async fn password(cli: &CliContext) -> Result<(), Failure> {
    let ctx = cli.open().await?;
    let old = cli.password()?;
    let (SignIn::Ready(actor) | SignIn::MustChange(actor)) = cli.sign_in(&ctx, &old).await?;
    staff::change_password(&ctx, &actor, &old, &new_password(cli)?).await?;
    cli.done("staff", &actor.id, cli.texts().staff.password_changed)
}

/// Asked for only where one person decides: else the confirmation makes it.
async fn first_password(cli: &CliContext, ctx: &AppContext, actor: &Actor) -> Result<Option<Passphrase>, Failure> {
    match two_people::deciders(ctx, actor).await? {
        Deciders::One => new_password(cli).map(Some),
        Deciders::Two => Ok(None),
    }
}

fn new_password(cli: &CliContext) -> Result<Passphrase, Failure> {
    cli.secret("MYKEMPO_NEW_PASSWORD", cli.lang.labels().sign_in.new_password)
}
