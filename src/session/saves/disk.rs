//! What saving needs of a disk.
//!
//! Everything that writes a save file goes through [`Disk`] and [`Sink`], so that a test can put a disk in its place
//! that is full at the very byte it chooses, or that cannot sync.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

/// Where files are made and put in place.
pub trait Disk: Send + Sync {
    /// Makes a file that only its owner may read; it must not be there.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>>;
    /// Opens a file that is there, to write at its end and to cut it.
    fn append(&self, path: &Path) -> io::Result<Box<dyn Sink>>;
    /// Gives a file another name, in place of what had that name.
    fn replace(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file another name that nothing may have yet.
    fn publish(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Keeps the file under a second name that nothing has yet, or a copy of it.
    fn keep(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes what was made, renamed and removed in a folder last.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// A file that is written.
pub trait Sink: Write + Send {
    /// Makes what was written last.
    fn sync(&mut self) -> io::Result<()>;
    /// Drops everything from a byte on.
    fn cut(&mut self, at: u64) -> io::Result<()>;
    /// Takes the lock, as long as this is open; whether nobody else had it.
    fn lock(&self) -> io::Result<bool>;
    /// How long the file is, if it still goes by this name: nobody has put another in its place.
    fn length_at(&self, path: &Path) -> Option<u64>;
}

/// The machine's own disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct MachineDisk;

impl Disk for MachineDisk {
    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        let mut options = OpenOptions::new();
        options.append(true).create_new(true);
        owner_only(&mut options);
        Ok(Box::new(Held(options.open(path)?)))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        Ok(Box::new(Held(OpenOptions::new().append(true).open(path)?)))
    }

    fn replace(&self, from: &Path, to: &Path) -> io::Result<()> {
        if let Ok(old) = fs::metadata(to) {
            fs::set_permissions(from, old.permissions())?;
        }
        fs::rename(from, to)
    }

    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            Ok(()) => fs::remove_file(from),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Some file systems have no hard links; then a name taken in the same instant is not seen.
            Err(_) if fs::symlink_metadata(to).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(from, to),
        }
    }

    fn keep(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            Err(_) => fs::copy(from, to).map(drop),
        }
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }
}

/// A file of the machine, whose lock goes with it. A program that is just being started has a copy of every open file
/// for a moment; without a word a lock would last as long as that copy.
struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.0.unlock());
    }
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Sink for Held {
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn cut(&mut self, at: u64) -> io::Result<()> {
        self.0.set_len(at)
    }

    fn lock(&self) -> io::Result<bool> {
        match self.0.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn length_at(&self, path: &Path) -> Option<u64> {
        let (mine, there) = (self.0.metadata().ok()?, fs::metadata(path).ok()?);
        is_same(&mine, &there).then_some(mine.len())
    }
}

#[cfg(unix)]
fn is_same(mine: &fs::Metadata, there: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (mine.dev(), mine.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn is_same(mine: &fs::Metadata, there: &fs::Metadata) -> bool {
    mine.len() == there.len()
}

/// The folder a file lies in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Makes a folder that only its owner may enter, and those above it.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Has a new file readable by its owner only.
pub fn owner_only(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    #[cfg(not(unix))]
    drop(options);
}

/// Writes a file that only its owner may read, whole or not at all.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    make_folder(folder_of(path))?;
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.into());
    let temp = path.with_extension("new");
    drop(fs::remove_file(&temp));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    owner_only(&mut options);
    let mut file = options.open(&temp)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&temp, &path)?;
    MachineDisk.sync_folder(folder_of(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_gone_with_who_had_it_though_a_program_that_starts_has_the_file_too() {
        let path = std::env::temp_dir().join(format!("squall-lock-{}", std::process::id()));
        let file = File::create(&path).unwrap();
        // What a child has between its fork and its exec.
        let copy = file.try_clone().unwrap();
        let held = Held(file);
        assert!(held.lock().unwrap());
        assert!(!MachineDisk.append(&path).unwrap().lock().unwrap());
        drop(held);
        assert!(MachineDisk.append(&path).unwrap().lock().unwrap());
        drop(copy);
        fs::remove_file(&path).unwrap();
    }
}
