//! A storage in memory that can be full, blocked, or broken at any write, and records for it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use switchboard_api::{BaseUrl, DomainName, EmbedCode};

use super::store::{KeyValue, StoreError};
use super::{CodeOrigin, HeldCode, KnownDomain, OrganisationKey};

/// A storage that several "tabs" share.
#[derive(Clone, Default)]
pub struct Memory {
    pub texts: Rc<RefCell<BTreeMap<String, String>>>,
    pub full: Rc<Cell<bool>>,
    pub blocked: Rc<Cell<bool>>,
    writes_left: Rc<Cell<Option<usize>>>,
}

impl Memory {
    /// Lets only this many more writes through: the page closes after them.
    pub fn stop_after(&self, writes: usize) {
        self.writes_left.set(Some(writes));
    }

    /// Opens the page again.
    pub fn go_on(&self) {
        self.writes_left.set(None);
    }

    fn open(&self) -> Result<(), StoreError> {
        if self.blocked.get() {
            Err(StoreError::Blocked)
        } else {
            Ok(())
        }
    }

    fn write(&self) -> Result<(), StoreError> {
        self.open()?;
        match self.writes_left.get() {
            Some(0) => Err(StoreError::Blocked),
            left => {
                self.writes_left.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }
}

impl KeyValue for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.open()?;
        Ok(self.texts.borrow().get(key).cloned())
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write()?;
        if self.full.get() {
            return Err(StoreError::Full);
        }
        self.texts
            .borrow_mut()
            .insert(key.to_owned(), value.to_owned());
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.write()?;
        self.texts.borrow_mut().remove(key);
        Ok(())
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.open()?;
        Ok(self.texts.borrow().keys().cloned().collect())
    }
}

pub fn organisation(url: &str) -> OrganisationKey {
    OrganisationKey::of(&url.parse::<BaseUrl>().expect("a base URL of the test"))
}

pub fn domain(name: &str) -> DomainName {
    name.parse().expect("a domain name of the test")
}

pub fn known(name: &str) -> KnownDomain {
    KnownDomain::new(domain(name), "web@acme.example".parse().ok(), 1_000)
}

pub fn with_code(name: &str, link: &str, received_at: u64) -> KnownDomain {
    let code = EmbedCode {
        link: link.to_owned(),
        socket_link: "<script src=\"//x/socket.js\">\n</script>".to_owned(),
    };
    KnownDomain {
        held: Some(HeldCode {
            code,
            origin: CodeOrigin::Added,
            received_at,
        }),
        ..known(name)
    }
}
