//! What can be told of an embed code (endpoint 6: `link` and `socketLink`) and of a page's HTML without running either.
//!
//! - [`hosts`], [`unexpected_hosts`]: from where a code loads, and which of that is surprising;
//! - [`content_security_policy`]: what a site's policy has to allow for it;
//! - [`check`]: whether a page carries both codes, whole, once and where they belong;
//! - [`doubts`]: what speaks against two pasted texts being a domain's code;
//! - [`other_domains`]: whether it names another domain than the one it is kept for;
//! - [`next_script`]: the code as Next.js wants it.
//!
//! Both snippets are opaque: script elements, several lines, a bare URL or anything else. Nothing here fails; what cannot be read, or is too much
//! ([`MOST`]), yields fewer answers.

mod address;
mod attributes;
mod doubt;
mod entity;
mod finding;
mod html;
mod installation;
mod named;
mod next_script;
mod page;
mod policy;
mod sighting;
mod site_policy;
mod snippet;
mod source;

/// More of one kind than this is not read: pieces of a snippet, attributes of an element, addresses in a script, hosts, parameters of an
/// address. No code comes near it, and what was pasted by mistake must not freeze the page.
const MOST: usize = 200;

pub use address::Scheme;
pub use doubt::{Doubt, doubts};
pub use finding::{AddedAttribute, Finding, Inert, Part, Severity};
pub use html::Unclosed;
pub use installation::{Installation, check, check_in_slices};
pub use named::{names_domain, other_domains};
pub use next_script::next_script;
pub use policy::{Directive, DirectiveName, content_security_policy, policy_text};
pub use source::{Source, Use, hosts, unexpected_hosts};
