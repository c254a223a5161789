//! One file per verb group; each change and its audit entry in one transaction.
