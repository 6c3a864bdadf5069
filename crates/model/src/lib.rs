//! The panel's rules and data beyond the API, without browser or network.
//!
//! Everything here can be tested natively; the browser is reached only through small traits that the panel
//! implements.

pub mod bulk;
pub mod coverage;
pub mod csv;
pub mod curl;
pub mod deletion;
pub mod directory;
pub mod domain_index;
pub mod domain_input;
pub mod domain_list;
pub mod embed;
pub mod fold;
pub mod journal;
pub mod lookalike;
pub mod preferences;
pub mod sort;
pub mod sweep;
pub mod unicode_domain;
pub mod workspace;
