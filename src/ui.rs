//! Building blocks: they lay things out and know nothing of chat, of the network, or of a language. Every text comes from the page.

mod badge;
mod button;
mod copy;
mod dialog;
mod disclosure;
mod empty;
mod field;
mod file_picker;
mod heading;
mod icon;
mod notice;
mod panel;
mod person;
mod secret;
mod segments;
mod skeleton;
mod switch;
mod toast;

pub use badge::{Badge, Tone};
pub use button::{Button, ButtonKind, LinkButton};
pub use copy::{CodeBox, CopyButton, CopyTexts, clipboard_write};
pub use dialog::Dialog;
pub use disclosure::Disclosure;
pub use empty::EmptyState;
pub use field::{Checkbox, Choice, SecretField, TextArea, TextField, focus};
pub use file_picker::FilePicker;
pub use heading::PageHeading;
pub use icon::{Icon, IconName};
pub use notice::Notice;
pub use panel::{Facts, Panel};
pub use person::Person;
pub use secret::MaskedSecret;
pub use segments::Segments;
pub use skeleton::{SkeletonLines, SkeletonTable};
pub use switch::Switch;
pub use toast::{Toaster, Toasts};
