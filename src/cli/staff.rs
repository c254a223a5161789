//! `staff`: who works here.

use super::context::CliContext;
use super::machine_key::KeyOut;
use super::output::Failure;
use super::proposal;
use super::totp::Totp;
use crate::domain::{MachineTask, NewRole, Role};
use crate::usecases::refusal::MachineRefusal;
use crate::usecases::staff::{self, KeyAsked, Passphrase, SignIn, Unlocked};
use crate::usecases::two_people::{self, Deciders};
use crate::usecases::{Actor, AppContext};
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Subcommand)]
pub(super) enum StaffCommand {
    /// 職員を登録する / add
    Add {
        /// 職員ID / staff ID
        id: String,
        /// 氏名 / name
        #[arg(long)]
        name: String,
        /// 役割 / clerk, supervisor, admin or auditor; machine for a program that runs by itself
        #[arg(long)]
        role: NewRole,
        /// 自動処理の内容 / the one thing that a machine may do: import, feed, backup, draft or export
        #[arg(long, required_if_eq("role", "machine"))]
        may: Option<MachineTask>,
        /// 自動処理の鍵を書くファイル / where the key of a machine is written
        #[arg(long, value_name = "FILE")]
        key_out: Option<PathBuf>,
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
    /// 自動処理の新しい鍵を作る(前の鍵は使えなくなる) / make a new key of a machine; the old one ends
    Key {
        /// 職員ID / staff ID
        id: String,
        /// 鍵を書くファイル / where it is written
        #[arg(long, value_name = "FILE")]
        key_out: Option<PathBuf>,
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
            Self::Add { id, name, role: NewRole::Machine, may: Some(task), key_out } => {
                let out = KeyOut::begin(cli, key_out)?;
                let asked = staff::add_machine(&ctx, &actor, &id, &name, task).await?;
                given(cli, &asked, out, &texts.machine_added(&id))
            }
            Self::Key { id, key_out } => {
                let out = KeyOut::begin(cli, key_out)?;
                let asked = staff::new_key(&ctx, &actor, &id).await?;
                given(cli, &asked, out, &texts.key_made(&id))
            }
            Self::Add { id, name, role, may: None, key_out: None } => {
                let role = role.of_a_person().ok_or(MachineRefusal::May)?;
                let password = first_password(cli, &ctx, &actor).await?;
                let asked = staff::add(&ctx, &actor, &id, &name, role, password.as_ref()).await?;
                proposal::asked(cli, &asked, &id, texts.added(&id))
            }
            Self::Add { .. } => Err(MachineRefusal::May.into()),
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

/// A machine that was added or has a new key: `{"staff","key_file"}`, or what waits for another person.
fn given(cli: &CliContext, asked: &KeyAsked, out: KeyOut, done: &str) -> Result<(), Failure> {
    match asked {
        KeyAsked::Proposed(proposal) => proposal::waits(cli, proposal),
        KeyAsked::Made(key) => {
            let (field, value, words) = out.give(cli, key)?;
            cli.print(&json!({ "staff": key.id(), field: value }), || format!("{done}\n{words}"))
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
