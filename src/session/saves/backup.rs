//! The folder `backup/` beside the save files: what was removed, replaced or torn off lies there for a while.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::disk::{folder_of, make_folder};

/// How many files it keeps.
pub const FILES_MAX: usize = 20;
/// How many days it keeps them.
pub const DAYS_MAX: i64 = 30;
/// The folder's name.
pub const FOLDER: &str = "backup";
/// The moment in a file's name, in UTC: `shop.20261122-134002.storm`.
const MOMENT: &str = "%Y%m%d-%H%M%S";

/// Names a new file in the backup folder beside `save`, and lets go of what has lain there long enough.
pub fn place_for(save: &Path, ending: &str, now: Timestamp) -> io::Result<PathBuf> {
    let folder = folder_of(save).join(FOLDER);
    make_folder(&folder)?;
    prune(&folder, now)?;
    let stem = save.file_stem().unwrap_or_default().to_string_lossy();
    let moment = now.strftime(MOMENT);
    let names = (1..).map(|nth| match nth {
        1 => format!("{stem}.{moment}.{ending}"),
        _ => format!("{stem}.{moment}.{nth}.{ending}"),
    });
    let free = names.map(|name| folder.join(name)).find(|path| fs::symlink_metadata(path).is_err());
    Ok(free.expect("a folder has fewer files than there are numbers"))
}

/// Removes what is older than [`DAYS_MAX`], and the oldest above [`FILES_MAX`], leaving room for one more. Files whose
/// names tell no moment are somebody else's and stay.
fn prune(folder: &Path, now: Timestamp) -> io::Result<()> {
    let mut ours: Vec<(Timestamp, PathBuf)> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter_map(|path| Some((moment_of(&path)?, path)))
        .collect();
    ours.sort();
    let too_many = (ours.len() + 1).saturating_sub(FILES_MAX);
    for (nth, (moment, path)) in ours.iter().enumerate() {
        if nth < too_many || now.duration_since(*moment).as_hours() > DAYS_MAX * 24 {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn moment_of(path: &Path) -> Option<Timestamp> {
    let name = path.file_name()?.to_str()?;
    let moment = name.split('.').nth(1)?;
    let moment = DateTime::strptime(MOMENT, moment).ok()?;
    moment.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}
