use clap::{Args, ValueEnum};

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::format::json;

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
}

impl Verb for Schema {
    fn run(self, _: &mut Face) -> Outcome {
        let schema = match self.of {
            Shape::Board => json::schema_board(),
            Shape::Entry => json::schema_entry(),
        };
        print(format!("{:#}\n", schema.as_value()))?;
        Ok(Done::Well)
    }
}
