//! The application's role on PostgreSQL, set up by the statements of docs/operations.md.

use mykempo_console::store::DbUrl;
use sqlx::{AssertSqlSafe, PgPool};

/// What docs/operations.md tells the owner of the tables to run.
fn grants() -> String {
    let document = include_str!("../../../docs/operations.md");
    let (_, rest) = document.split_once("<!-- grants -->\n\n```sql\n").expect("the document has the grants");
    rest.split_once("```").unwrap().0.to_owned()
}

/// The address of the same database for the application, which may not change what it has logged.
pub async fn application(owner: &str) -> DbUrl {
    let pool = PgPool::connect(owner).await.unwrap();
    // Roles belong to the whole server: another test may be making it in this moment.
    let role = "DO $$ BEGIN CREATE ROLE kempo_app LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";
    sqlx::raw_sql(role).execute(&pool).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(grants())).execute(&pool).await.unwrap();
    pool.close().await;
    owner.replace("postgres://postgres@", "postgres://kempo_app@").parse().unwrap()
}
