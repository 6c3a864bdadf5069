//! What the panel asks of the browser besides the page itself and the network: storage, files, the time, the address parser, locks, the
//! other tabs, what is on the screen, a breath in the middle of long work.

pub mod breath;
pub mod channel;
pub mod clock;
pub mod files;
pub mod host;
pub mod lock;
pub mod screen;
pub mod storage;
