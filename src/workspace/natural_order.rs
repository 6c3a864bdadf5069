//! The natural order of domains.

use switchboard_api::DomainName;
use switchboard_model::fold::{folded, natural};
use switchboard_model::sort::sort_by;
use switchboard_model::workspace::KnownDomain;

use crate::browser::fold::decompose;
use crate::browser::idna::readable;

/// Returns these domains in the natural order of their names.
#[must_use]
pub fn in_natural_order(domains: &[KnownDomain]) -> Vec<&KnownDomain> {
    let order = natural_order(domains.iter().map(|known| &known.name));
    order.into_iter().map(|at| &domains[at]).collect()
}

/// Returns the indices of domains in the natural order of their names as people read them, without accents: `site-2`
/// before `site-10`, `über` before `zoo`.
pub fn natural_order<'a>(names: impl IntoIterator<Item = &'a DomainName>) -> Vec<usize> {
    let names = names.into_iter();
    let keys = names.map(|name| folded(&readable(name), decompose));
    let mut keyed: Vec<(String, usize)> = keys.zip(0..).collect();
    sort_by(&mut keyed, |(one, _), (other, _)| natural(one, other));
    keyed.into_iter().map(|(_, at)| at).collect()
}
