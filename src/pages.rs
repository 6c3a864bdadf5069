//! The pages, one file each; a folder where a page has parts. They ask [`crate::remote`] and [`crate::workspace`], and lay out with [`crate::ui`].

mod activity;
mod add_domain;
mod assignment;
mod bulk;
mod change;
mod confirm;
mod connect;
mod domain;
mod domains;
mod embed;
mod explain;
mod input;
mod not_found;
mod operator;
mod operators;
mod organisation;
mod pager;
mod settings;
mod settle;
mod toggle;
mod values;

pub use activity::ActivityPage;
pub use add_domain::AddDomainPage;
pub use bulk::{RunBar, Runs};
pub use connect::ConnectPage;
pub use domain::{DomainPage, settle_renames};
pub use domains::DomainsPage;
pub use embed::EmbedPage;
pub use not_found::NotFoundPage;
pub use operator::OperatorPage;
pub use operators::OperatorsPage;
pub use organisation::OrganisationPage;
pub use settings::SettingsPage;
