//! The pages, one file each; a folder for a page with parts. They fetch through [`crate::remote`] and
//! [`crate::workspace`], and lay out with [`crate::ui`].

mod activity;
mod add_domain;
mod another_organisation;
mod connect;
mod domain;
mod domains;
mod embed;
mod not_found;
mod operator;
mod operators;
mod organisation;
mod settings;

pub use activity::ActivityPage;
pub use add_domain::{AddDomainPage, UnclearAdditions, UnclearAdditionsNotice};
pub use another_organisation::AnotherOrganisationPage;
pub use connect::ConnectPage;
pub use domain::DomainPage;
pub use domains::DomainsPage;
pub use embed::EmbedPage;
pub use not_found::NotFoundPage;
pub use operator::OperatorPage;
pub use operators::{OperatorsPage, Selection as OperatorSelection};
pub use organisation::OrganisationPage;
pub use settings::SettingsPage;
