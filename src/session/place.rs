//! Places of files as people type them.

use std::path::{Path, PathBuf};

/// The place where a tilde at its beginning stands for the person's home.
pub fn at_home(typed: &Path) -> PathBuf {
    let home = || Some(etcetera::home_dir().ok()?.join(typed.strip_prefix("~").ok()?));
    home().unwrap_or_else(|| typed.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_before_a_slash_is_the_home_and_no_other_is() {
        let home = etcetera::home_dir().unwrap();
        assert_eq!(at_home(Path::new("~/wall.d2")), home.join("wall.d2"));
        assert_eq!(at_home(Path::new("~")), home);
        for other in ["~wall.d2", "wall~/x", "a/~/b", ""] {
            assert_eq!(at_home(Path::new(other)), Path::new(other));
        }
    }
}
