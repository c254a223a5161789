//! `staff totp`: the second factor.

use super::context::CliContext;
use super::output::{Failure, Format};
use super::proposal;
use crate::tui::Drawing;
use crate::usecases::staff::{self, Credentials, Enrolment};
use crate::usecases::staff::{Qr, TotpSecret, grouped};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Totp {
    /// 自分の認証アプリを登録する / enrol one's own device
    ///
    /// スクリプトでは MYKEMPO_TOTP_SECRET(base32)と MYKEMPO_NEW_TOTP(最初のコード)で指定します。
    /// Scripts bring a secret and its first code.
    Enrol,
    /// 登録を取り消す / forget a person's device and recovery codes
    Reset {
        /// 職員ID / staff ID
        id: String,
    },
}

impl Totp {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        match self {
            Self::Enrol => enrol(cli).await,
            Self::Reset { id } => {
                let (ctx, actor) = cli.signed_in().await?;
                let asked = staff::reset_factor(&ctx, &actor, &id).await?;
                proposal::asked(cli, &asked, &id, cli.texts().staff.factor_reset(&id))
            }
        }
    }
}

async fn enrol(cli: &CliContext) -> Result<(), Failure> {
    let ctx = cli.open().await?;
    let password = cli.password()?;
    let begin = async |given: &Credentials<'_>| staff::begin_enrolment(&ctx, given).await;
    let mut enrolment = cli.with_code(&password, begin).await?;
    if let Ok(own) = std::env::var("MYKEMPO_TOTP_SECRET") {
        let short = || Failure::new("totp_secret", cli.texts().staff.short_secret);
        enrolment.secret = TotpSecret::parse(&own).ok_or_else(short)?;
    } else {
        show(cli, &enrolment);
    }
    let codes = staff::enrol(&ctx, &enrolment, &cli.code("MYKEMPO_NEW_TOTP")?).await?;
    let codes: Vec<String> = codes.iter().map(|code| grouped(code.expose())).collect();
    cli.print(&serde_json::json!({ "staff": enrolment.actor.id, "recovery_codes": codes }), || {
        format!("{}\n{}", cli.texts().staff.enrolled, codes.join("\n"))
    })
}

/// On stderr: stdout has the one result. In JSON the secret alone, for a script that talks to a device.
fn show(cli: &CliContext, enrolment: &Enrolment) {
    let secret = grouped(enrolment.secret.base32().expose()).replace('-', " ");
    let code = Qr::of(&enrolment.secret.uri(&enrolment.actor.id));
    if let (Format::Words, Drawing::Lines, Some(code)) = (cli.format, cli.drawing, code) {
        eprintln!("{}", picture(&code));
    }
    eprintln!("{}", cli.texts().staff.enrol(&secret));
}

/// White on black whatever the terminal's colours are: light modules are drawn, dark ones are not.
fn picture(code: &Qr) -> String {
    let light = |x, y| y >= code.side() || !code.is_dark(x, y);
    let cell = |x, y| match (light(x, y), light(x, y + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    let line = |y| format!("\x1b[97;40m{}\x1b[0m\n", (0..code.side()).map(|x| cell(x, y)).collect::<String>());
    (0..code.side()).step_by(2).map(line).collect()
}
