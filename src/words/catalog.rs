//! The locale files, read once.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Key, Lang};

type Catalog = HashMap<String, String>;

macro_rules! catalog {
    ($lang:literal) => {
        LazyLock::new(|| {
            read(&[
                include_str!(concat!("../../assets/words/", $lang, "/model.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/command.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/query.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/outline.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/story.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/suggest.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/lint.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/format.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/picture.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/sketch.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/report.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/wire.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/session.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/store.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/relay.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/tui.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/overview.toml")),
                include_str!(concat!("../../assets/words/", $lang, "/cli.toml")),
            ])
        })
    };
}

static EN: LazyLock<Catalog> = catalog!("en");
static KO: LazyLock<Catalog> = catalog!("ko");

fn read(files: &[&str]) -> Catalog {
    files
        .iter()
        .flat_map(|file| toml::from_str::<Catalog>(file).expect("a test keeps the locale files readable"))
        .collect()
}

/// The words of a key that was put together or stands in a table, where there are any.
pub(super) fn find(lang: Lang, key: &str) -> Option<&'static str> {
    of(lang).get(key).map(String::as_str)
}

/// The words of `key`; the key itself where a file lacks it, which a test keeps from happening.
pub(super) fn text(lang: Lang, key: Key) -> &'static str {
    of(lang).get(key.0).map_or(key.0, String::as_str)
}

fn of(lang: Lang) -> &'static Catalog {
    match lang {
        Lang::En => &EN,
        Lang::Ko => &KO,
    }
}
