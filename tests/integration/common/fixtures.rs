//! A small society to tell stories about.

use super::{Place, open, society};
use chrono::{DateTime, Utc};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::request::{Claim, IdentityCheck};
use mykempo_console::domain::{MemberKey, Permission, Reason, Role, WebDisplay};
use mykempo_console::interchange::FileKind;
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::audit::AuditEntry;
use mykempo_console::store::{Db, DbUrl, StoreError, Tx, employer, member};
use mykempo_console::usecases::portal::{self, PortalEntry};
use mykempo_console::usecases::requests::{self, IncomingCall};
use mykempo_console::usecases::staff::{self, SignIn};
use mykempo_console::usecases::{Actor, AppContext, AuditEvent, Error, Recorded, Refusal, accounts, settings};
use sqlx::{PgPool, SqlitePool};

/// An open society with its three kinds of people, and a connection past the use cases.
pub struct Cast {
    pub ctx: AppContext,
    pub db: Db,
    pub admin: Actor,
    pub clerk: Actor,
    pub supervisor: Actor,
}

/// Cheap hashes: these stories are not about their cost.
pub async fn cast(place: &Place) -> Cast {
    let (mut ctx, admin) = society(place).await;
    for (key, value) in [
        ("hash.memory_kib", "8192"),
        ("hash.passes", "1"),
        ("society.postcode", "1110051"),
        ("society.address", "東京都台東区蔵前一丁目1番1号"),
        ("society.phone", "03-0000-0000"),
        ("society.department", "業務課"),
    ] {
        settings::set(&ctx, &admin, key, value).await.unwrap();
    }
    ctx.refresh().await.unwrap();
    let clerk = person(&ctx, &admin, "sato", Role::Clerk).await;
    let supervisor = person(&ctx, &admin, "suzuki", Role::Supervisor).await;
    let db = open(&ctx).await;
    Cast { ctx, db, admin, clerk, supervisor }
}

async fn person(ctx: &AppContext, admin: &Actor, id: &str, role: Role) -> Actor {
    let password = Passphrase::new("first password".into());
    staff::add(ctx, admin, id, id, role, &password).await.unwrap();
    let (SignIn::MustChange(actor) | SignIn::Ready(actor)) = staff::sign_in(ctx, id, &password).await.unwrap();
    actor
}

/// A reason, as a person gives one.
pub fn why(words: &str) -> Reason {
    Reason::parse(words).unwrap()
}

/// Runs statements as they are, on either engine.
pub async fn sql(ctx: &AppContext, statement: &'static str) {
    let mut tx = open(ctx).await.write().await.unwrap();
    execute(&mut tx, statement).await;
    tx.commit().await.unwrap();
}

pub async fn execute(tx: &mut Tx, statement: &'static str) {
    match tx {
        Tx::Sqlite(t) => drop(sqlx::raw_sql(statement).execute(&mut **t).await.unwrap()),
        Tx::Postgres(t) => drop(sqlx::raw_sql(statement).execute(&mut **t).await.unwrap()),
    }
}

/// The rows of a query of one text.
pub async fn strings(ctx: &AppContext, query: &'static str) -> Vec<String> {
    match &mut open(ctx).await.read().await.unwrap() {
        Tx::Sqlite(t) => sqlx::query_scalar(query).fetch_all(&mut **t).await.unwrap(),
        Tx::Postgres(t) => sqlx::query_scalar(query).fetch_all(&mut **t).await.unwrap(),
    }
}

/// Runs statements as the owner of the tables, on either engine.
pub async fn raw(place: &Place, sql: &'static str) {
    match &place.url {
        DbUrl::Sqlite(path) => {
            let pool = SqlitePool::connect(&path.display().to_string()).await.unwrap();
            sqlx::raw_sql(sql).execute(&pool).await.unwrap();
            pool.close().await;
        }
        DbUrl::Postgres(url) => {
            let pool = PgPool::connect(url).await.unwrap();
            sqlx::raw_sql(sql).execute(&pool).await.unwrap();
            pool.close().await;
        }
    }
}

/// Two employers and six members: 260-1-00 and his wife 260-1-01, 260-2-00, 107-1-00, the voluntary continuation
/// 107-2-00, and 999-1-00 of a withdrawn employer.
pub const PEOPLE: &str = "
INSERT INTO employer (id, code, code_shown, kana, name, postcode, address1, address2, phone, department, contact, withdrawn_on) VALUES
 (1, '260', '260', 'アサヒセイキ', '旭精機株式会社', '1010025', '東京都千代田区神田佐久間町1-1', '旭ビル3階', '03-0000-0001', '人事部', '鈴木', NULL),
 (2, '107', '107', 'ムサシノデンシ', '武蔵野電子工業（株）', '4400893', '愛知県豊橋市札木町1', '', '0532-00-0000', '', '', NULL),
 (3, '999', '999', 'ゼンソウ', '全喪株式会社', '1000001', '東京都千代田区千代田1', '', '', '', '', '2026-03-31');
INSERT INTO member (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key, name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary, checkup) VALUES
 (1, '260', '1', '00', '260', '1', '00', 'insured', '本人', 'ショウジ タクヤ', 'ショウジタクヤ', '東海林　拓也', '東海林拓也', '1', '1972-03-12', '2015-02-03', NULL, '', 1, FALSE, FALSE),
 (2, '260', '1', '01', '260', '1', '01', 'dependent', '妻', 'ショウジ ハナコ', 'ショウジハナコ', '東海林　花子', '東海林花子', '2', '1975-05-05', '2015-02-03', NULL, '', 1, FALSE, TRUE),
 (3, '260', '2', '00', '260', '2', '00', 'insured', '本人', 'タカハシ ミホ', 'タカハシミホ', '髙橋　美穂', '高橋美穂', '2', '1980-01-01', '2018-04-01', NULL, '', 1, FALSE, FALSE),
 (4, '107', '1', '00', '107', '1', '00', 'insured', '本人', 'ナカガワ クミコ', 'ナカガワクミコ', '中川　久美子', '中川久美子', '2', '1974-11-27', '2000-06-08', NULL, '', 2, FALSE, FALSE),
 (5, '107', '2', '00', '107', '2', '00', 'insured', '本人', 'クワハラ アオイ', 'クワハラアオイ', '桑原　葵', '桑原葵', '2', '1966-02-02', '2000-06-08', NULL, '', NULL, TRUE, FALSE),
 (6, '999', '1', '00', '999', '1', '00', 'insured', '本人', 'ハヤシ ゴロウ', 'ハヤシゴロウ', '林　五郎', '林五郎', '1', '1970-02-02', '2000-06-08', NULL, '', 3, FALSE, FALSE);
";

/// `260 1 01` as a key.
pub fn key(text: &str) -> MemberKey {
    let mut parts = text.split_whitespace();
    let mut next = || parts.next().unwrap_or_default().to_owned();
    MemberKey::parse(&next(), &next(), &next()).unwrap()
}

/// What an entry says.
pub fn recorded(entry: &AuditEntry) -> AuditEvent {
    match Recorded::of(entry) {
        Recorded::Event(event) => event,
        legacy @ Recorded::Legacy { .. } => panic!("{legacy:?}"),
    }
}

/// The entry that ends what an import would do.
pub fn imported(kind: FileKind) -> AuditEvent {
    let (file, sha256) = (String::new(), String::new());
    AuditEvent::Imported { kind, file, sha256, rows: 1, added: 1, changed: 0, unchanged: 0, rejected: 0 }
}

/// A portal event of a member, now.
pub async fn event(cast: &Cast, who: &str, kind: EventKind, wants: WebDisplay) -> bool {
    event_at(cast, who, kind, wants, cast.ctx.clock.now()).await
}

/// The same of another moment.
pub async fn event_at(cast: &Cast, who: &str, kind: EventKind, wants: WebDisplay, at: DateTime<Utc>) -> bool {
    let Cast { ctx, admin, .. } = cast;
    let mut uow = ctx.begin(&admin.allowed(Permission::Import).unwrap()).await.unwrap();
    let member = member::by_key(&mut uow, &key(who)).await.unwrap().unwrap();
    let login_id = format!("login{}", member.id);
    let email = format!("{login_id}@example.jp");
    let event = PortalEntry { kind, at, login_id: &login_id, email: &email, wants };
    let done = portal::apply(&mut uow, &member, &event).await.unwrap();
    uow.commit(imported(FileKind::PortalEvents)).await.unwrap();
    done.is_ok()
}

/// What a member says of herself on the phone, all of it right; nothing where there is no such member.
pub async fn claim_of(cast: &Cast, who: &str) -> Result<Option<Claim>, Error> {
    let mut tx = cast.db.read().await?;
    let Some(member) = member::by_key(&mut tx, &key(who)).await? else { return Ok(None) };
    let office = match member.employer_id {
        Some(id) => employer::get(&mut tx, id).await?.map(|employer| employer.record.name),
        None => None,
    };
    Ok(Some(Claim {
        symbol: member.key.symbol,
        number: member.key.number,
        branch: member.key.branch,
        name: member.name,
        kana: member.kana,
        born_on: Some(member.born_on),
        employer: office.unwrap_or_default(),
    }))
}

/// A call of a member who asks for login data, identified by birth date and what a supervisor let pass; its
/// receipt number.
pub async fn verified_request(cast: &Cast, who: &str) -> Result<String, Error> {
    let claim = claim_of(cast, who).await?.ok_or_else(|| Refusal::MemberUnknown(who.to_owned()))?;
    let call = IncomingCall { claim, ..IncomingCall::default() };
    let receipt = requests::take_call(&cast.ctx, &cast.clerk, &call).await?.receipt;
    let birth_date = [IdentityCheck::BirthDate].into_iter().collect();
    requests::verify(&cast.ctx, &cast.clerk, &receipt, &birth_date, None).await?;
    let call_back = [IdentityCheck::CallBack].into_iter().collect();
    requests::let_pass(&cast.ctx, &cast.supervisor, &receipt, &call_back, &why("story")).await?;
    Ok(receipt)
}

/// L1: asks for a login notice by a verified request; the card's row ID.
pub async fn ask_login(cast: &Cast, who: &str) -> Result<i64, Error> {
    let receipt = verified_request(cast, who).await?;
    Ok(requests::queue_for(&cast.ctx, &cast.clerk, &receipt, &key(who), Some(cast.ctx.clock.today())).await?.card)
}

/// Registers members who want the web display: one viewing-password card each (A2).
pub async fn register(cast: &Cast, who: &[&str]) {
    for member in who {
        assert!(event(cast, member, EventKind::Registered, WebDisplay::Wanted).await, "{member}");
    }
}

/// Closes what the registry says is over.
pub async fn close_ended(cast: &Cast) -> accounts::Closed {
    let mut uow = cast.ctx.begin(&cast.admin.allowed(Permission::Import).unwrap()).await.unwrap();
    let ended = accounts::close_ended(&mut uow).await.unwrap();
    uow.commit(imported(FileKind::Members)).await.unwrap();
    accounts::Closed::of(&ended)
}

/// The same society on another day.
pub async fn on_day(place: &Place, cast: &mut Cast, day: (i32, u32, u32)) {
    let clock = super::at(day.0, day.1, day.2);
    cast.ctx = AppContext::open(&place.url, clock, "test".into()).await.unwrap();
    cast.db = Db::open(&place.url).await.unwrap();
}

/// Another connection to the same database.
pub async fn second_terminal(place: &Place) -> Db {
    Db::open(&place.url).await.unwrap()
}

/// 資格喪失 of a member, today, as an import would write it.
pub async fn lose(cast: &Cast, who: &str) -> Result<(), StoreError> {
    let today = cast.ctx.clock.today();
    let key = key(who);
    let mut tx = cast.db.write().await?;
    let statement = "UPDATE member SET lost_on = $1 WHERE symbol = $2 AND number = $3 AND branch = $4";
    macro_rules! on {
        ($tx:expr) => {
            sqlx::query(statement)
                .bind(today)
                .bind(key.symbol.key())
                .bind(key.number.key())
                .bind(key.branch.key())
                .execute(&mut **$tx)
                .await
                .map(|done| done.rows_affected())
        };
    }
    let lost = match &mut tx {
        Tx::Sqlite(t) => on!(t),
        Tx::Postgres(t) => on!(t),
    };
    assert_eq!(lost?, 1, "{who}");
    tx.commit().await
}

/// Forty more members, 300-1-00 to 300-40-00, at the first two employers.
pub const CROWD: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
    INSERT INTO member (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key,
        name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary, checkup)
    SELECT 1000 + i, '300', CAST(i AS TEXT), '00', '300', CAST(i AS TEXT), '00', 'insured', '本人', 'ヤマダ タロウ', 'ヤマダタロウ',
        '山田　太郎', '山田太郎', '1', '1980-01-01', '2010-04-01', NULL, '', 1 + i % 2, FALSE, FALSE FROM n";

/// So many more members of the first employer, registered, each with a card in the queue.
pub async fn crowd(cast: &Cast, count: usize) {
    let statement = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
        INSERT INTO member (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key,
            name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary, checkup)
        SELECT 1000 + i, '300', CAST(i AS TEXT), '00', '300', CAST(i AS TEXT), '00', 'insured', '本人', 'ヤマダ タロウ', 'ヤマダタロウ',
            '山田　太郎', '山田太郎', '1', '1980-01-01', '2010-04-01', NULL, '', 1, FALSE, FALSE FROM n";
    let accounts = "INSERT INTO account (id, member_id, login_id, email, web_display, registered_at)
        SELECT id, id, 'login' || id, 'm@example.jp', 'wanted', '2026-11-01T00:00:00+00:00' FROM member WHERE id > 1000";
    let cards = "INSERT INTO card (kind, state, cause, member_id, account_id, asked_by, asked_at, employer_id)
        SELECT 'viewing', 'queued', 'registered', id, id, 'portal', '2026-11-01T00:00:00+00:00', 1 FROM member WHERE id > 1000";
    let count = i64::try_from(count).unwrap();
    let mut tx = cast.db.write().await.unwrap();
    let Tx::Sqlite(t) = &mut tx else { panic!("a crowd is for SQLite") };
    sqlx::query(statement).bind(count).execute(&mut **t).await.unwrap();
    for statement in [accounts, cards] {
        sqlx::query(statement).execute(&mut **t).await.unwrap();
    }
    tx.commit().await.unwrap();
}
