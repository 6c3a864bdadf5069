//! What the panel asks of the browser besides the page itself and the network: storage, files, the time, the address parser, locks, what is
//! on the screen.

pub mod clock;
pub mod files;
pub mod host;
pub mod lock;
pub mod screen;
pub mod storage;
