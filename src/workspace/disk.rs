//! The replica of the workspace on disk: one database for the page, which follows what the page changes in
//! `localStorage`.
//!
//! There is one write at a time, and it includes every change made until then: a bulk run is a few writes, not
//! thousands. After a failure the database is not used until the page is reloaded, when everything is compared again.
//! A database that does not answer delays the page only briefly.

use std::cell::RefCell;
use std::time::Duration;

use futures_channel::oneshot;
use leptos::task::spawn_local;
use switchboard_model::workspace::{StoreError, Watcher, Workspace};

use crate::browser::clock;
use crate::browser::database::{Database, Texts};
use crate::browser::storage::{Area, BrowserStorage};
use crate::browser::timeout::with_timeout;

/// The database's name.
const NAME: &str = "switchboard";

/// How long a caller waits for the disk.
const LIMIT: Duration = Duration::from_secs(3);

thread_local! {
    static DISK: RefCell<Disk> = RefCell::default();
}

#[derive(Default)]
struct Disk {
    database: Option<Database>,
    /// The keys that are not yet written to the copy.
    changed: Vec<String>,
    /// The callers that wait until everything is on disk.
    waiting: Vec<oneshot::Sender<bool>>,
    is_at_work: bool,
    /// Whether it has missed a deadline and not answered since.
    is_late: bool,
    /// Whether this page cannot use it any more.
    is_lost: bool,
}

/// Replicates what the page changes in its workspace to the copy on disk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Replicator;

impl Watcher for Replicator {
    fn changed(&self, key: &str) {
        DISK.with_borrow_mut(|disk| disk.changed.push(key.to_owned()));
        start();
    }

    fn now(&self) -> u64 {
        clock::now()
    }
}

/// Returns whether every change until now is on disk; waits for it, but only briefly. Includes a change made in the
/// same turn as the call.
pub(super) async fn is_written() -> bool {
    if DISK.with_borrow(|disk| disk.is_late) {
        return false;
    }
    let written = with_timeout(LIMIT, is_written_at_last()).await;
    if written.is_none() {
        DISK.with_borrow_mut(|disk| disk.is_late = true);
    }
    written == Some(true)
}

/// As [`is_written`], but waits for as long as it takes.
pub(super) async fn is_written_at_last() -> bool {
    if is_lost() {
        return false;
    }
    let (tell, told) = oneshot::channel();
    DISK.with_borrow_mut(|disk| disk.waiting.push(tell));
    start();
    told.await == Ok(true)
}

/// Deletes the copy permanently. Returns false if it may still exist.
///
/// The browser waits until every page has closed the database, which a page does between two tasks. So a write that
/// another page has begun is over by then. No page can open the database before it is deleted.
pub async fn forget_copy() -> bool {
    let database = DISK.with_borrow_mut(|disk| {
        disk.is_lost = true;
        disk.database.take()
    });
    if let Some(database) = database {
        database.close();
    }
    with_timeout(LIMIT, Database::delete(NAME)).await == Some(true)
}

fn start() {
    if !DISK.with_borrow_mut(|disk| std::mem::replace(&mut disk.is_at_work, true)) {
        spawn_local(work());
    }
}

async fn work() {
    loop {
        let (changed, waiting) = DISK.with_borrow_mut(|disk| {
            (
                std::mem::take(&mut disk.changed),
                std::mem::take(&mut disk.waiting),
            )
        });
        if changed.is_empty() && waiting.is_empty() {
            return DISK.with_borrow_mut(|disk| disk.is_at_work = false);
        }
        let is_written = write(&changed).await;
        DISK.with_borrow_mut(|disk| disk.is_late = false);
        for tell in waiting {
            let _ = tell.send(is_written);
        }
    }
}

async fn write(changed: &[String]) -> bool {
    let mut database = DISK.with_borrow(|disk| disk.database.clone());
    while !is_lost() {
        // Everything is compared after a failure, on the page's first write, and when another tab has deleted the
        // database.
        let is_all = database.is_none();
        if is_all {
            database = Database::open(NAME).await;
        }
        let Some(open) = database else { break };
        if !is_lost() && take_over(&open, changed, is_all).await {
            DISK.with_borrow_mut(|disk| disk.database = Some(open));
            return true;
        }
        open.close();
        if is_all {
            break;
        }
        database = None;
    }
    // After "Forget everything" the copy can be used again once the page is reloaded.
    let is_forgotten = matches!(open(), Err(StoreError::Forgotten));
    DISK.with_borrow_mut(|disk| {
        disk.is_lost |= !is_forgotten;
        disk.database = None;
    });
    false
}

/// Writes the changed keys to the copy. With `is_all`, compares everything: restores what only the copy has, and
/// writes what it lacks.
async fn take_over(database: &Database, changed: &[String], is_all: bool) -> bool {
    let mut revision = |copy: Texts| {
        let (workspace, now) = (open().ok()?, clock::now());
        let changes = if is_all {
            workspace.bring_back(&copy, now)
        } else {
            workspace.changes_for_disk(changed, now)
        };
        changes.ok()
    };
    let Some(changes) = database.revise(is_all, &mut revision).await else {
        return false;
    };
    // If the note stays, the next page load handles it without harm.
    let _ = open().and_then(|workspace| workspace.taken_over(&changes));
    true
}

fn is_lost() -> bool {
    DISK.with_borrow(|disk| disk.is_lost)
}

/// Opens the workspace so that reads and writes bypass the replication. After "Forget everything", the copy accepts
/// nothing from this page.
fn open() -> Result<Workspace<BrowserStorage>, StoreError> {
    let storage = Area::Local.open()?;
    storage.check()?;
    Ok(Workspace::new(storage))
}
