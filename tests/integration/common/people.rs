//! A few people of a small society, put straight into the tables.

use super::fixtures::imported;
use super::open;
use chrono::{DateTime, NaiveDate, Utc};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::{MemberKey, Permission, Role, WebDisplay};
use mykempo_console::interchange::FileKind;
use mykempo_console::store::{self, Tx};
use mykempo_console::text;
use mykempo_console::usecases::portal::{self, PortalEntry};
use mykempo_console::usecases::requests::{self, NewRequest, Taken};
use mykempo_console::usecases::{Actor, AppContext};

/// A member of staff, signed in with this role.
pub fn staff(id: &str, role: Role) -> Actor {
    Actor { id: id.into(), name: id.into(), role }
}

/// A day of 2026.
pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// A moment of 2026, at nine in the morning in Japan.
pub fn moment(month: u32, of: u32) -> DateTime<Utc> {
    day(month, of).and_hms_opt(0, 0, 0).unwrap().and_utc()
}

/// `260-1-00`
pub fn key(text: &str) -> MemberKey {
    let parts: Vec<&str> = text.split('-').collect();
    MemberKey::parse(parts[0], parts[1], parts[2]).unwrap()
}

/// A member of the registry; the defaults are an insured member of employer 260.
pub struct Person {
    pub key: &'static str,
    pub name: &'static str,
    pub kana: &'static str,
    pub born_on: NaiveDate,
    pub relation: &'static str,
    pub lost_on: Option<NaiveDate>,
    pub former: Option<(&'static str, &'static str)>,
    pub checkup: bool,
}

impl Default for Person {
    fn default() -> Self {
        Self {
            key: "260-1-00",
            name: "高橋　花子",
            kana: "タカハシ　ハナコ",
            born_on: NaiveDate::from_ymd_opt(1979, 7, 26).unwrap(),
            relation: "insured",
            lost_on: None,
            former: None,
            checkup: false,
        }
    }
}

macro_rules! execute {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $tx {
            Tx::Sqlite(t) => drop(sqlx::query($sql)$(.bind($arg))*.execute(&mut **t).await.unwrap()),
            Tx::Postgres(t) => drop(sqlx::query($sql)$(.bind($arg))*.execute(&mut **t).await.unwrap()),
        }
    };
}

/// Employer 260, 旭精機株式会社.
pub async fn employer(ctx: &AppContext) {
    let mut tx = open(ctx).await.write().await.unwrap();
    execute!(
        &mut tx,
        "INSERT INTO employer (id, code, code_shown, kana, name, postcode, address1, address2, phone, department, contact)
         VALUES (1, '260', '260', 'アサヒセイキ', '旭精機株式会社', '1010025', '東京都千代田区神田佐久間町1-2', '', '03-0000-0000', '総務部', '鈴木')"
    );
    tx.commit().await.unwrap();
}

/// Puts a member into the registry.
pub async fn person(ctx: &AppContext, person: Person) {
    let key = key(person.key);
    let former = person.former.map(|(old, reason)| (self::key(old), reason));
    let mut tx = open(ctx).await.write().await.unwrap();
    execute!(
        &mut tx,
        "INSERT INTO member (symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key,
         name, name_key, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary, former_symbol, former_number, former_branch,
         change_reason, checkup)
         VALUES ($1, $2, $3, $1, $2, $3, $4, '', $5, $6, $7, $8, $9, $10, $11, '', 1, FALSE, $12, $13, $14, $15, $16)",
        key.symbol.key(),
        key.number.key(),
        key.branch.key(),
        person.relation,
        person.kana,
        text::kana_key(person.kana),
        person.name,
        text::name_key(person.name),
        person.born_on,
        NaiveDate::from_ymd_opt(2015, 4, 1).unwrap(),
        person.lost_on,
        former.as_ref().map(|(old, _)| old.symbol.key().to_owned()),
        former.as_ref().map(|(old, _)| old.number.key().to_owned()),
        former.as_ref().map(|(old, _)| old.branch.key().to_owned()),
        former.as_ref().map(|(_, reason)| *reason),
        person.checkup,
    );
    store::person::join_renumbered(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// Something happened on the portal.
pub async fn event(ctx: &AppContext, whose: &str, kind: EventKind, at: DateTime<Utc>, wants: WebDisplay) {
    let portal = staff("portal", Role::Admin);
    let mut uow = ctx.begin(&portal.allowed(Permission::Import).unwrap()).await.unwrap();
    let member = store::member::by_key(&mut uow, &key(whose)).await.unwrap().unwrap();
    let event = PortalEntry { kind, at, login_id: "hanako1", email: "hanako@example.jp", wants };
    portal::apply(&mut uow, &member, &event).await.unwrap().unwrap();
    uow.commit(imported(FileKind::PortalEvents)).await.unwrap();
}

/// Registers a member on the portal.
pub async fn register(ctx: &AppContext, whose: &str, wants: WebDisplay) {
    event(ctx, whose, EventKind::Registered, moment(10, 3), wants).await;
}

/// A request of the form, as an import takes it.
pub async fn sent(ctx: &AppContext, new: &NewRequest<'_>) -> Taken {
    let importer = staff("portal", Role::Admin);
    let mut uow = ctx.begin(&importer.allowed(Permission::Import).unwrap()).await.unwrap();
    let taken = requests::take(&mut uow, new).await.unwrap();
    uow.commit(imported(FileKind::Requests)).await.unwrap();
    taken
}
