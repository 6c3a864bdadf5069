//! What the panel asks of the browser besides the page itself and the network: storage, a database, files, the time, work that may take too
//! long, the address and its history, the address parser, locks, the other tabs, what is on the screen, whether the page is being left, a breath in the middle of long work,
//! a value that changes too often to be shown each time, the body of an answer piece by piece, whether there is a network.

pub mod address_bar;
pub mod body;
pub mod channel;
pub mod clock;
pub mod database;
pub mod files;
pub mod fold;
pub mod history;
pub mod idna;
pub mod lock;
pub mod network;
pub mod page_unload;
pub mod pointer;
pub mod storage;
pub mod throttle;
pub mod time_slice;
pub mod timeout;
pub mod visibility;
