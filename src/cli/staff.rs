//! `staff`: who works here.

use super::desk::Desk;
use super::output::Failure;
use super::totp::Totp;
use crate::domain::Role;
use crate::usecases::staff::{self, SignIn};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Staff {
    /// 職員を登録する / add
    Add {
        /// 職員ID / staff ID
        id: String,
        /// 氏名 / name
        #[arg(long)]
        name: String,
        /// 役割 / clerk, supervisor or admin
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
        /// 役割 / clerk, supervisor or admin
        role: Role,
    },
    /// 自分のパスワードを変更する / change one's own password
    Password,
    /// 二要素認証 / the second factor
    #[command(subcommand)]
    Totp(Totp),
}

impl Staff {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        match self {
            Self::Password => return password(desk).await,
            Self::Totp(totp) => return totp.run(desk).await,
            _ => {}
        }
        let (office, actor) = desk.signed_in().await?;
        let done = |id: &str, ja: &str, en: &str| {
            desk.format
                .print(&serde_json::json!({ "staff": id }), || desk.say(format!("{id}: {ja}"), format!("{id}: {en}")))
        };
        match self {
            Self::Add { id, name, role } => {
                staff::add(&office, &actor, &id, &name, role, &new_password(desk)?).await?;
                done(
                    &id,
                    "登録しました。次のサインインでパスワードの変更が必要です。",
                    "added; the password must be changed at the next sign-in.",
                )
            }
            Self::Unlock { id } => {
                staff::unlock(&office, &actor, &id).await?;
                done(&id, "ロックを解除しました。", "unlocked.")
            }
            Self::Reset { id } => {
                staff::reset(&office, &actor, &id, &new_password(desk)?).await?;
                done(&id, "パスワードを初期化しました。", "has a new first password.")
            }
            Self::Disable { id } => {
                staff::disable(&office, &actor, &id).await?;
                done(&id, "利用を停止しました。", "disabled.")
            }
            Self::Role { id, role } => {
                staff::set_role(&office, &actor, &id, role).await?;
                done(&id, "役割を変更しました。", "the role was changed.")
            }
            Self::List => {
                let everybody = staff::list(&office, &actor).await?;
                desk.format.print(&serde_json::json!({ "staff": everybody }), || {
                    let role = desk.lang.labels().words.role;
                    everybody.iter().map(|s| format!("{:<16} {}  {}\n", s.id, role(s.role), s.name)).collect()
                })
            }
            Self::Password | Self::Totp(_) => Ok(()),
        }
    }
}

/// Works at first sign-in, too, when nothing else does.
async fn password(desk: &Desk) -> Result<(), Failure> {
    let office = desk.open().await?;
    let old = desk.password()?;
    let (SignIn::Ready(actor) | SignIn::MustChange(actor)) = desk.sign_in(&office, &old).await?;
    staff::change_password(&office, &actor, &old, &new_password(desk)?).await?;
    desk.format.print(&serde_json::json!({ "staff": actor.id }), || {
        desk.say("パスワードを変更しました。", "The password was changed.")
    })
}

fn new_password(desk: &Desk) -> Result<crate::secrets::Passphrase, Failure> {
    desk.secret("MYKEMPO_NEW_PASSWORD", &desk.say("新しいパスワード: ", "New password: "))
}
