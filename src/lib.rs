//! Switchboard: the admin panel of a ChatWhizz live-chat organisation, as a single-page application.
//!
//! A URL becomes a [`route::Route`], which selects a page of [`pages`]. A page fetches data through [`remote`], reads
//! from [`workspace`] what only this browser stores, and changes things through [`operations`]. Its texts come from
//! [`wording`], its layout from [`widgets`] and [`ui`]. Imports run one way: app → pages → widgets → operations →
//! remote, workspace, session → wording → i18n, ui, route, browser (crates/xtask/src/layers.rs).

#[cfg(all(test, target_arch = "wasm32"))]
#[macro_use]
extern crate switchboard_browser_test;

#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

pub mod app;
pub mod browser;
pub mod i18n;
pub mod journal;
pub mod operations;
pub mod pages;
pub mod panic_screen;
pub mod preferences;
pub mod readers;
pub mod remote;
pub mod route;
pub mod session;
pub mod ui;
pub mod widgets;
pub mod wording;
pub mod workspace;
