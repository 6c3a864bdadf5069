//! The entries of the cache by what they are about. A look neither allocates nor inserts.

use switchboard_api::{DomainName, Email};

use crate::remote::invalidation::{ReadKey, StaleRead};

/// Holds an entry for each read.
pub(super) struct Entries<T> {
    organisation: Option<T>,
    operators: Option<T>,
    operator: SortedEntries<Email, T>,
    domain: SortedEntries<DomainName, T>,
    assignments: SortedEntries<DomainName, T>,
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self {
            organisation: None,
            operators: None,
            operator: SortedEntries(Vec::new()),
            domain: SortedEntries(Vec::new()),
            assignments: SortedEntries(Vec::new()),
        }
    }
}

impl<T: Clone> Entries<T> {
    /// Returns the entry of a read.
    pub(super) fn get(&self, key: ReadKey<'_>) -> Option<&T> {
        match key {
            ReadKey::Organisation => self.organisation.as_ref(),
            ReadKey::Operators => self.operators.as_ref(),
            ReadKey::Operator(email) => self.operator.get(email),
            ReadKey::Domain(name) => self.domain.get(name),
            ReadKey::Assignments(name) => self.assignments.get(name),
        }
    }

    /// Adds the entry of a read.
    pub(super) fn insert(&mut self, key: ReadKey<'_>, entry: T) {
        match key {
            ReadKey::Organisation => self.organisation = Some(entry),
            ReadKey::Operators => self.operators = Some(entry),
            ReadKey::Operator(email) => self.operator.insert(email, entry),
            ReadKey::Domain(name) => self.domain.insert(name, entry),
            ReadKey::Assignments(name) => self.assignments.insert(name, entry),
        }
    }

    /// Returns all entries.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        let single = self.organisation.iter().chain(&self.operators);
        single.chain(self.operator.values()).chain(self.domains())
    }

    /// Returns the entries whose answers may no longer be true. `mentions` decides whether the answer about a domain
    /// lists an operator.
    pub(super) fn covered(
        &self,
        stale: &StaleRead,
        mentions: impl Fn(&T, &Email) -> bool,
    ) -> Vec<T> {
        let one = |key| self.get(key).cloned().into_iter().collect();
        match stale {
            StaleRead::Organisation => one(ReadKey::Organisation),
            StaleRead::Operators => one(ReadKey::Operators),
            StaleRead::Operator(email) => one(ReadKey::Operator(email)),
            StaleRead::Domain(name) => one(ReadKey::Domain(name)),
            StaleRead::Assignments(name) => one(ReadKey::Assignments(name)),
            StaleRead::DomainsOf(email) => {
                let theirs = self.domains().filter(|entry| mentions(entry, email));
                theirs.cloned().collect()
            }
            StaleRead::EveryDomain => self.domains().cloned().collect(),
        }
    }

    fn domains(&self) -> impl Iterator<Item = &T> {
        self.domain.values().chain(self.assignments.values())
    }
}

/// Entries in the order of their keys. A hash map does the same, but makes the first load larger.
struct SortedEntries<K, T>(Vec<(K, T)>);

impl<K: Clone + Ord, T> SortedEntries<K, T> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(key))
    }

    fn get(&self, key: &K) -> Option<&T> {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    fn insert(&mut self, key: &K, entry: T) {
        match self.place(key) {
            Ok(at) => self.0[at].1 = entry,
            Err(at) => self.0.insert(at, (key.clone(), entry)),
        }
    }

    fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, entry)| entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn write_covers_the_domains_that_list_the_operator() {
        let [ada, grace] = ["ada@x.example", "grace@x.example"]
            .map(|email| email.parse::<Email>().expect("an e-mail of the test"));
        let [a, b] = ["a.example", "b.example"]
            .map(|name| name.parse::<DomainName>().expect("a domain of the test"));
        let mut entries = Entries::default();
        entries.insert(ReadKey::Operators, "operators");
        entries.insert(ReadKey::Operator(&ada), "ada");
        entries.insert(ReadKey::Domain(&a), "a");
        entries.insert(ReadKey::Assignments(&a), "on a: ada");
        entries.insert(ReadKey::Assignments(&b), "on b");
        let mentions = |entry: &&str, email: &Email| entry.ends_with("ada") && *email == ada;
        let covered = |stale| entries.covered(&stale, mentions);
        assert_eq!(covered(StaleRead::DomainsOf(ada.clone())), ["on a: ada"]);
        assert_eq!(covered(StaleRead::DomainsOf(grace)), [""; 0]);
        assert_eq!(covered(StaleRead::EveryDomain).len(), 3);
        assert_eq!(covered(StaleRead::Assignments(b.clone())), ["on b"]);
        assert_eq!(covered(StaleRead::Domain(b)), [""; 0]);
        assert_eq!(entries.iter().count(), 5);
    }
}
