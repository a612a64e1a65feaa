use std::str::FromStr;

/// A language squall speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// All of them, in the order they are offered.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Ko];

    /// The language of a locale name such as `ko_KR.UTF-8`; English when it is no language squall speaks.
    pub fn of_locale(locale: &str) -> Lang {
        if locale.starts_with("ko") { Lang::Ko } else { Lang::En }
    }

    /// `en` or `ko`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ko => "ko",
        }
    }
}

impl FromStr for Lang {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Lang::ALL.into_iter().find(|lang| lang.code() == text).ok_or(())
    }
}
