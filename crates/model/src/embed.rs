//! What can be told of an embed code (endpoint 6: `link` and `socketLink`) and of a page's HTML without running either.
//!
//! - [`hosts`], [`unexpected_hosts`]: from where a code loads, and which of that is surprising;
//! - [`content_security_policy`]: what a site's policy has to allow for it;
//! - [`check`]: whether a page carries both codes, whole, once and where they belong.
//!
//! Both snippets are opaque: script elements, several lines, a bare URL or anything else. Nothing here fails; what cannot be read yields
//! fewer answers.

mod address;
mod attributes;
mod entity;
mod finding;
mod html;
mod installation;
mod page;
mod policy;
mod sighting;
mod snippet;
mod source;

pub use address::Scheme;
pub use finding::{Finding, Inert, Installation, Part, Severity, Unclosed};
pub use installation::check;
pub use policy::{Directive, DirectiveName, content_security_policy, policy_text};
pub use source::{Source, Use, hosts, unexpected_hosts};
