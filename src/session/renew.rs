//! Another token for the same connection, in every tab that has the old one. Nothing on the page is made anew for it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use switchboard_api::{Connection, Organisation, Token};

use super::{Session, kept, saved};
use crate::browser::channel::{hear_other_tabs, tell_other_tabs};

const CHANNEL: &str = "switchboard/1/token";

/// What the other tabs are told. It goes from page to page and is stored nowhere.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Renewed {
    base_url: String,
    /// A tab with another token than this one keeps its own.
    old: String,
    new: String,
}

impl Session {
    /// The token that has taken the place of the connection's, tracked; nothing while none has.
    #[must_use]
    pub fn renewed(&self) -> Option<Token> {
        self.renewed.get()
    }

    /// Puts another token in place of the connection's, wherever that is kept, and tells the other tabs.
    /// False when the connection is kept on this device and the browser did not keep it anew.
    pub fn renew(&self, token: &Token) -> bool {
        let Some(old) = self.connection_now() else {
            return true;
        };
        let Some(connection) = self.take_over(token) else {
            return true;
        };
        let mut connections = saved::load();
        let stored = !saved::renew(&mut connections, &connection) || saved::store(&connections);
        self.saved.set(connections);
        let message = serde_json::to_string(&Renewed {
            base_url: connection.base_url.as_str().to_owned(),
            old: old.token.reveal().to_owned(),
            new: token.reveal().to_owned(),
        });
        if let Ok(message) = message {
            tell_other_tabs(CHANNEL, &message);
        }
        stored
    }

    /// Whether an organisation that answered to another token is the one that this connection was made to. Where nothing of that is known,
    /// nothing speaks against it: the base URL is each organisation's own.
    #[must_use]
    pub fn is_same_organisation(&self, known: Option<&Organisation>, other: &Organisation) -> bool {
        match known {
            Some(known) => is_same(&known.name, &other.name) || known.email == other.email,
            None => self
                .organisation
                .with_value(|name| is_same(name, &other.name)),
        }
    }

    /// Hears of tokens that were entered in other tabs.
    pub(super) fn hear_of_tokens(&self) {
        let session = *self;
        hear_other_tabs(CHANNEL, move |message| {
            let Ok(renewed) = serde_json::from_str::<Renewed>(&message) else {
                return;
            };
            let is_ours = session.connection_now().is_some_and(|connection| {
                connection.base_url.as_str() == renewed.base_url
                    && connection.token.reveal() == renewed.old
            });
            if let (true, Ok(token)) = (is_ours, renewed.new.parse()) {
                session.take_over(&token);
            }
        });
    }

    /// In this tab alone. The signal of the connection is not touched off: another connection would make the whole page anew.
    fn take_over(&self, token: &Token) -> Option<Connection> {
        self.connection.update_untracked(|connection| {
            if let Some(connection) = connection {
                connection.token = token.clone();
            }
        });
        let connection = self.connection_now()?;
        self.organisation
            .with_value(|name| kept::store(Some((&connection, name))));
        self.renewed.set(Some(token.clone()));
        Some(connection)
    }
}

/// An organisation without a name may be any.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    one.is_empty() || other.is_empty() || one == other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_are_told_apart_by_their_names() {
        assert!(is_same("Acme", " Acme "));
        assert!(is_same("", "Acme"));
        assert!(!is_same("Acme", "Other"));
    }
}
