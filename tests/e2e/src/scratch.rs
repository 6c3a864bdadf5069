//! The folder for temporary files of browsers and journeys.

use std::path::{Path, PathBuf};

use nix::sys::statvfs::statvfs;

/// The folder that Linux keeps in memory.
const IN_MEMORY: &str = "/dev/shm";

/// The minimum free space in bytes: in containers it is often too small for a profile.
const ROOM: u64 = 4 << 30;

/// Returns a folder in memory if there is enough space, else the usual temporary folder. Browsers write to their
/// profiles all the time, and a disk makes them wait.
pub(crate) fn folder() -> PathBuf {
    let in_memory = Path::new(IN_MEMORY);
    let room = statvfs(in_memory).map(|there| there.blocks_available() * there.fragment_size());
    if room.is_ok_and(|room| room >= ROOM) {
        in_memory.to_owned()
    } else {
        std::env::temp_dir()
    }
}
