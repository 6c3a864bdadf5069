//! What the panel asks of the browser besides the page itself and the network: storage, a database, files, the time, work that may take too
//! long, the address parser, locks, the other tabs, what is on the screen, whether the page is being left, a breath in the middle of long work,
//! a value that changes too often to be shown each time.

pub mod breath;
pub mod calm;
pub mod channel;
pub mod clock;
pub mod database;
pub mod files;
pub mod host;
pub mod leaving;
pub mod limit;
pub mod lock;
pub mod screen;
pub mod storage;
