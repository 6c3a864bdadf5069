//! Tests of the crate's public interface.

mod common;
mod connection;
mod doubt;
mod fixtures;
mod hostile;
mod properties;
mod refusals;
mod requests;
mod secrecy;
mod shapes;
mod slices;
mod values;
mod words;
