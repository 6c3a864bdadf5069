//! Analyses an embed code (endpoint 6: `link` and `socketLink`) and a page's HTML without executing either.
//!
//! - [`hosts`], [`unexpected_hosts`]: the hosts that a code loads from, and which of them are unexpected;
//! - [`content_security_policy`]: what a site's policy has to allow for it;
//! - [`check`]: whether a page contains both codes, complete, once and in the right place;
//! - [`fault`]: why browsers do not run a snippet as it is;
//! - [`doubts`]: reasons why two pasted texts may not be a domain's code;
//! - [`other_domains`]: whether it names another domain than its own;
//! - [`split_both`]: the two parts in a text that contains both;
//! - [`next_script`]: the code for Next.js.
//!
//! Both snippets are opaque: script elements, several lines, a bare URL or anything else. Nothing here fails. Input
//! that cannot be read, or exceeds [`MOST`], yields fewer results.

mod address;
mod attributes;
mod compared_element;
mod doubt;
mod entity;
mod finding;
mod html;
mod installation;
mod jsx;
mod named;
mod next_script;
mod page;
mod policy;
mod script;
mod sighting;
mod site_policy;
mod snippet;
mod source;
mod split;

/// The maximum number of items of one kind that are read: pieces of a snippet, attributes of an element, addresses in
/// a script, hosts, parameters of an address. No code comes near it, and text pasted by mistake must not freeze the
/// page.
const MOST: usize = 200;

pub use address::Scheme;
pub use doubt::{Doubt, Fault, doubts, fault};
pub use finding::{AddedAttribute, Finding, Inert, Part, Severity};
pub use html::Unclosed;
pub use installation::{Installation, check, check_in_slices};
pub use named::{names_domain, other_domains};
pub use next_script::next_script;
pub use policy::{Directive, DirectiveName, content_security_policy, policy_text};
pub use source::{Source, Use, hosts, unexpected_hosts};
pub use split::split_both;
