//! Switchboard: the admin panel of a ChatWhizz live-chat organisation, as a single-page application.
//!
//! A URL becomes a [`route::Route`]; a route picks a page of [`pages`]; a page asks [`remote`] for data and [`workspace`] for what only
//! this browser knows, and lays it out with [`ui`]. Arrows run one way: nothing imports [`pages`] but [`app`], and [`ui`] knows nothing of ours.

pub mod app;
pub mod browser;
pub mod changes;
pub mod i18n;
pub mod pages;
pub mod panic_screen;
pub mod preferences;
pub mod readers;
pub mod remote;
pub mod route;
pub mod session;
pub mod ui;
pub mod workspace;
