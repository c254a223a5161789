//! `audit`: the log and its chain.

use super::desk::Desk;
use super::output::Failure;
use crate::usecases::{AuditFilter, audit_export, audit_verify};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Audit {
    /// 連鎖を検査する / check the chain
    Verify,
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
            Self::Verify => {
                let chain = audit_verify(&office, &actor).await?;
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
