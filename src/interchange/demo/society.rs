//! The made-up society itself.

/// 保険者番号 of the made-up society: valid, and not in use.
pub const INSURER: &str = "06139992";
/// 名称 of the made-up society.
pub const SOCIETY: &str = "架空機械工業健康保険組合";
/// How many members `assets/demo/members.csv` has.
pub const MEMBERS: u64 = 1_500;
