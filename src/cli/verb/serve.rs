use std::path::PathBuf;

use clap::Args;

use super::Verb;
use crate::cli::face::{Face, paint};
use crate::cli::failure::{Done, Outcome};
use crate::cli::hall::{Data, Hall, Log, Purpose, Ways, keep_link, link_in};
use crate::relay::secret::{OPEN, new_token};
use crate::wire::frame::Token;
use crate::words::Said;

/// Runs a relay until it is told to stop.
#[derive(Args)]
#[command(about = "cli-serve", after_help = "cli-serve-after")]
pub(super) struct Serve {
    #[command(flatten)]
    ways: Ways,
    #[arg(long, value_name = "value-folder", help = "arg-data")]
    data: Option<PathBuf>,
    #[arg(long, help = "arg-open")]
    open: bool,
    #[arg(long, value_name = "value-log", help = "arg-log", default_value = "text")]
    log: Log,
}

impl Verb for Serve {
    fn run(self, face: &mut Face) -> Outcome {
        self.log.begin();
        let data = Data::find(self.data)?;
        let place = data.create_link();
        let known = link_in(&place)?.map(|link| link.token);
        let token = known.clone().unwrap_or_else(new_token);
        let purpose = Purpose { create: Some(token.clone()), is_open: self.open, ..Purpose::default() };
        let hall = Hall::open(&data, &self.ways, &purpose)?;
        let stop = hall.stop();
        let link = hall.link().with(None, token);
        keep_link(&place, &link)?;
        let mut said = vec![Said::new("serve-listens").with("address", hall.listens), hall.reach()];
        if self.open {
            let open = hall.link().with(None, Token(OPEN.to_owned()));
            said.push(Said::new("serve-open").with("link", open));
        }
        said.push(Said::new("serve-link").with("path", place.display()));
        said.extend(hall.is_pinned().then(|| Said::new("relay-pinned")));
        said.iter().for_each(|said| self.log.tell(face, said));
        if known.is_none() {
            paint(format!("{link}\n"))?;
        }
        let served = hall.serve(stop);
        hall.close();
        served?;
        self.log.tell(face, &Said::new("serve-over"));
        Ok(Done::Well)
    }
}
