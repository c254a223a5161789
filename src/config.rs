//! Settings from `mykempo.toml`, the environment and flags.
