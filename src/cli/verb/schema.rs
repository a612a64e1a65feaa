use clap::{Args, ValueEnum};

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::format::json;
use crate::wire::schemas;

/// Prints the JSON Schema of what squall writes.
#[derive(Args)]
#[command(about = "cli-schema")]
pub(super) struct Schema {
    #[arg(value_name = "value-shape", help = "arg-schema")]
    of: Shape,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shape {
    Board,
    Entry,
    Wire,
}

impl Verb for Schema {
    fn run(self, _: &mut Face) -> Outcome {
        let schema = match self.of {
            Shape::Board => json::schema_board().as_value().clone(),
            Shape::Entry => json::schema_entry().as_value().clone(),
            Shape::Wire => {
                let [client, relay] = schemas().map(|schema| schema.as_value().clone());
                serde_json::json!({ "client": client, "relay": relay })
            }
        };
        print(format!("{schema:#}\n"))?;
        Ok(Done::Well)
    }
}
