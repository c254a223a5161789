//! `audit`: the log and its chain.

use super::desk::Desk;
use super::output::Failure;
use crate::domain::Anchor;
use crate::usecases::{AuditFilter, audit_anchor, audit_export, audit_verify, audit_verify_against};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Audit {
    /// 連鎖を検査する / check the chain
    Verify {
        /// 控え(番号:ハッシュ) / an anchor that was written down earlier
        #[arg(long, value_name = "SEQ:HASH")]
        anchor: Option<Anchor>,
    },
    /// 連鎖の最後を控える / the end of the chain, to be kept elsewhere
    Anchor,
    /// 出力する / export
    Export {
        /// 記号番号枝番(260-1-00) / member
        #[arg(long)]
        member: Option<String>,
        /// バッチ番号 / batch
        #[arg(long)]
        batch: Option<String>,
        /// 職員ID / staff
        #[arg(long)]
        by: Option<String>,
    },
}

impl Audit {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let (office, actor) = desk.signed_in().await?;
        match self {
            Self::Anchor => {
                let anchor = audit_anchor(&office).await?;
                desk.format.print(&serde_json::json!({ "anchor": anchor.to_string() }), || anchor.to_string())
            }
            Self::Verify { anchor } => {
                let chain = match anchor {
                    Some(anchor) => audit_verify_against(&office, &actor, &anchor).await?,
                    None => audit_verify(&office, &actor).await?,
                };
                if let Some(seq) = chain.broken_at {
                    let ja = format!("監査記録の {seq} 番目が改ざんされているか、欠けています。");
                    let en = format!("Entry {seq} of the audit log was changed, moved or removed.");
                    return Err(Failure::new("audit_broken", desk.say(ja, en)));
                }
                desk.format.print(&chain, || {
                    let n = chain.entries;
                    desk.say(
                        format!("監査記録 {n} 件に異常はありません。"),
                        format!("{n} entries, the chain is whole."),
                    )
                })
            }
            Self::Export { member, batch, by } => {
                let entries = audit_export(&office, &actor, &AuditFilter { member, batch, staff: by }).await?;
                desk.format.print(&serde_json::json!({ "entries": entries }), || {
                    let line = |e: &crate::store::audit::Entry| {
                        let whom = e.member.as_deref().or(e.batch.as_deref()).unwrap_or("-");
                        format!("{} {} {} {} {whom} {}\n", e.seq, e.at.format("%F %T"), e.staff, e.action, e.detail)
                    };
                    entries.iter().map(line).collect()
                })
            }
        }
    }
}
