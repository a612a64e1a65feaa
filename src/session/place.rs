//! Places of files as people type them.

use std::fs;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::query::Offers;

/// A folder is looked through for no more names than these.
const NAMES_MAX: usize = 10_000;

/// The place where a tilde at its beginning stands for the person's home.
pub fn at_home(typed: &Path) -> PathBuf {
    let home = || Some(etcetera::home_dir().ok()?.join(typed.strip_prefix("~").ok()?));
    home().unwrap_or_else(|| typed.into())
}

/// What the last name of a path may become: all in its folder that begins as it does, folders with a slash behind.
pub fn offers(typed: &str) -> Offers {
    let from = typed.rfind('/').map_or(0, |at| at + 1);
    let (folder, begun) = typed.split_at(from);
    let folder = if folder.is_empty() { "." } else { folder };
    let begun: String = begun.nfc().collect();
    let named = |entry: fs::DirEntry| {
        let name: String = entry.file_name().to_str()?.nfc().collect();
        let is_meant = name.starts_with(&begun) && (begun.starts_with('.') || !name.starts_with('.'));
        is_meant.then(|| if entry.path().is_dir() { name + "/" } else { name })
    };
    let entries = fs::read_dir(at_home(Path::new(folder))).into_iter().flatten().flatten();
    let mut texts: Vec<String> = entries.take(NAMES_MAX).filter_map(named).collect();
    texts.sort_unstable();
    Offers { from, texts }
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
