use clap::Args;
use serde_json::json;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::format::{FORMATS, Format};
use crate::words::{find, say};

/// Lists the formats that boards are read and written in.
#[derive(Args)]
#[command(about = "cli-formats")]
pub(super) struct Formats {
    #[arg(long, help = "arg-json")]
    json: bool,
}

impl Verb for Formats {
    fn run(self, face: &mut Face) -> Outcome {
        let widest =
            |of: fn(&Format) -> &str| FORMATS.iter().map(|format| of(format).len()).max().unwrap_or_default();
        let (named, wide) = (widest(|format| format.name) + 2, widest(|format| format.ending) + 3);
        let row = |format: &Format| {
            let (reads, writes) = (format.read.is_some(), format.write.is_some());
            let about = find(face.lang, format.about).unwrap_or_default();
            if self.json {
                let row =
                    json!({"name": format.name, "ending": format.ending, "import": reads, "export": writes});
                return format!("{row}\n");
            }
            let ways = match (reads, writes) {
                (true, true) => "formats-both",
                (true, false) => "formats-in",
                _ => "formats-out",
            };
            let ending =
                if format.ending.is_empty() { "/".to_owned() } else { format!(".{}", format.ending) };
            format!("{:named$}{ending:wide$}{:16}{about}\n", format.name, say(face.lang, ways))
        };
        print(FORMATS.iter().map(row).collect::<String>())?;
        Ok(Done::Well)
    }
}
