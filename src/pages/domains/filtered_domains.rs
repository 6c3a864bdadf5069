//! Searches, filters and sorts the known domains.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use switchboard_api::{DomainName, Tristate};
use switchboard_model::domain_index::DomainIndex;
use switchboard_model::sort::sort_by;
use switchboard_model::workspace::KnownDomain;

use super::domain_query::{DomainColumn, DomainQuery};
use super::domain_status::{DomainStatus, OperatorCount};
use crate::browser::fold::decompose;
use crate::browser::idna::{readable, unicode};
use crate::workspace::in_natural_order;

/// The number of similar names to suggest.
const NEAREST: usize = 3;

/// The known domains in natural order, with the data that the list needs of each.
#[derive(PartialEq)]
pub(super) struct ListedDomains {
    index: DomainIndex,
    has_code: Vec<bool>,
}

impl ListedDomains {
    /// Indexes the known domains.
    pub(super) fn of(domains: &[KnownDomain]) -> Self {
        let ordered = in_natural_order(domains);
        let searched = ordered.iter();
        let searched = searched.map(|known| (known.name.clone(), known.email.clone()));
        Self {
            index: DomainIndex::of(searched.collect(), unicode, decompose),
            has_code: ordered.iter().map(|known| known.held.is_some()).collect(),
        }
    }

    /// Returns all names, in natural order.
    pub(super) fn names(&self) -> &[DomainName] {
        self.index.names()
    }

    /// Returns the names most similar to a search that finds nothing, regardless of the filters.
    pub(super) fn nearest(&self, sought: &str) -> Vec<String> {
        let near = self.index.nearest(sought, NEAREST).into_iter();
        near.map(readable).collect()
    }

    /// Returns the domains that the list shows, in its order. `seen` contains the API's answers. A domain whose answer
    /// is missing is left out by a filter that depends on it, and sorted last.
    pub(super) fn shown(
        &self,
        query: &DomainQuery,
        seen: &BTreeMap<DomainName, DomainStatus>,
    ) -> Vec<DomainName> {
        let status = |at: usize| seen.get(&self.names()[at]);
        let mut shown = self.index.found(&query.search);
        shown.retain(|at| {
            let code = if self.has_code[*at] {
                "saved"
            } else {
                "missing"
            };
            let is = |filter: &str, word: &str| filter.is_empty() || filter == word;
            is(&query.code, code)
                && is(&query.status, status(*at).map_or("", status_word))
                && is(&query.operators, operators_word(status(*at)))
        });
        let (column, backwards) = query.sort;
        let key = |at: usize| match column {
            DomainColumn::Name => Some(at),
            DomainColumn::Status => status(at).and_then(status_rank),
            DomainColumn::Operators => status(at).and_then(operators),
            DomainColumn::Code => Some(usize::from(!self.has_code[at])),
        };
        sort_by(&mut shown, |one, other| match (key(*one), key(*other)) {
            (Some(one), Some(other)) if backwards => other.cmp(&one),
            (Some(one), Some(other)) => one.cmp(&other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        });
        let names = shown.into_iter().map(|at| self.names()[at].clone());
        names.collect()
    }
}

fn status_word(status: &DomainStatus) -> &'static str {
    match status {
        DomainStatus::There { status, .. } => match status {
            Tristate::On => "active",
            Tristate::Off => "inactive",
            Tristate::Unknown(_) => "",
        },
        DomainStatus::Unknown(_) => "unknown",
        DomainStatus::Asked | DomainStatus::Failed(_) => "",
    }
}

fn status_rank(status: &DomainStatus) -> Option<usize> {
    match status_word(status) {
        "active" => Some(0),
        "inactive" => Some(1),
        "unknown" => Some(2),
        _ => None,
    }
}

fn operators_word(status: Option<&DomainStatus>) -> &'static str {
    match status.and_then(operators) {
        Some(0) => "none",
        Some(_) => "some",
        None => "",
    }
}

/// Returns the number of operators of a domain, if it is known.
fn operators(status: &DomainStatus) -> Option<usize> {
    match status {
        DomainStatus::There {
            operators: OperatorCount::Is(count),
            ..
        } => Some(*count),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
