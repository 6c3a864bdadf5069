//! Replaces the token of the connection in every tab that uses it. The page is not rebuilt.

use leptos::prelude::*;
use switchboard_api::{Connection, Email, Organisation, Token};

use super::kept::Stored;
use super::other_tabs::Message;
use super::{Session, kept, saved};

impl Session {
    /// Returns the connection with its new token, tracked; `None` if the token was not replaced.
    #[must_use]
    pub fn renewed(&self) -> Option<Connection> {
        self.renewed.get()
    }

    /// Replaces the token of the connection wherever it is stored, and notifies the other tabs. Returns false if the
    /// connection is saved on this device and the browser did not save the new token.
    pub fn renew(&self, token: &Token) -> bool {
        let Some(old) = self.connection_now() else {
            return true;
        };
        let (had_ended, is_saved) = (self.ended.get_untracked(), self.is_saved_here());
        let connection = Connection {
            token: token.clone(),
            ..old.clone()
        };
        self.take_over(&connection);
        let mut connections = saved::load();
        let is_saved = saved::renew(&mut connections, is_saved, &connection);
        let stored = !is_saved || saved::store(&connections);
        self.saved.set(connections);
        self.tell_other_tabs(&Message::Renewed {
            old: (!had_ended).then(|| old.token.reveal().to_owned()),
            session: Stored::named(&connection, &self.organisation()),
        });
        stored
    }

    /// Returns whether an organisation that answered to another token is the one of this connection. `known` is the
    /// API's last answer about that one, if there is one. True only if something shows that they are the same.
    #[must_use]
    pub fn is_same_organisation(&self, known: Option<&Organisation>, other: &Organisation) -> bool {
        match known {
            Some(known) => is_same(&known.name, Some(&known.email), other),
            None => self
                .organisation
                .with_value(|name| is_same(name, None, other)),
        }
    }

    /// Handles that another tab has a new token.
    pub(super) fn hear_of_token(&self, old: Option<&str>, theirs: &Stored) {
        let Some((theirs, their_name)) = theirs.read_with_name() else {
            return;
        };
        if let Some(old) = old {
            let new = theirs.token.reveal();
            self.handovers
                .update_value(|it| it.renewed(&theirs.base_url, old, new));
        }
        let has_ended = self.ended.get_untracked();
        let is_meant = self.connection_now().is_some_and(|mine| {
            let same_name =
                !their_name.trim().is_empty() && self.organisation().trim() == their_name.trim();
            is_meant(&mine, has_ended, same_name, old, &theirs)
        });
        if is_meant {
            self.take_over(&theirs);
        }
    }

    /// Takes over the token in this tab alone. The connection's own signal does not change, because that would
    /// rebuild the whole page.
    fn take_over(&self, connection: &Connection) {
        self.connection
            .update_untracked(|mine| *mine = Some(connection.clone()));
        self.organisation
            .with_value(|name| kept::store(Some((connection, name))));
        self.ended.set(false);
        self.renewed.set(Some(connection.clone()));
    }
}

/// Returns whether another tab's token is meant for this one. `old` is the token that it replaces, if known: a tab
/// with a different token keeps its own. If it is unknown, or this tab has no token, the organisation has to be the
/// same.
fn is_meant(
    mine: &Connection,
    has_ended: bool,
    same_name: bool,
    old: Option<&str>,
    theirs: &Connection,
) -> bool {
    if mine.base_url != theirs.base_url {
        return false;
    }
    match old {
        Some(old) if !has_ended => mine.token.reveal() == old,
        _ => same_name && (has_ended || mine != theirs),
    }
}

/// Compares the names if both organisations have one, else their addresses: an agency may use one address for several
/// organisations. If neither can be compared, they count as different, so that no waiting call reaches the wrong
/// organisation.
fn is_same(name: &str, email: Option<&Email>, other: &Organisation) -> bool {
    let (one, another) = (name.trim(), other.name.trim());
    if !one.is_empty() && !another.is_empty() {
        return one == another;
    }
    email.is_some_and(|email| email.is_given() && *email == other.email)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes the API's answer for an organisation; a missing name or address is empty.
    fn organisation(name: &str, email: &str) -> Organisation {
        let body = format!(
            r#"{{"status":1,"type":"Success","message":{{"name":"{name}","email":"{email}","status":1}}}}"#
        );
        let response = switchboard_api::Response {
            status: 200,
            headers: Vec::new(),
            body: body.into_bytes(),
        };
        let answer =
            switchboard_api::decode::<switchboard_api::endpoints::GetOrganisation>(&response);
        answer.expect("an organisation of the test").payload
    }

    #[test]
    fn new_token_reaches_exactly_the_intended_tabs() {
        let connection = |host: &str, token: &str| {
            let base_url = format!("https://{host}/");
            Connection::new(
                base_url.parse().expect("a base URL of the test"),
                token.parse().expect("a token of the test"),
            )
        };
        let (mine, theirs) = (
            connection("a.example", "one"),
            connection("a.example", "two"),
        );
        let other = connection("b.example", "two");
        for (mine, has_ended, same_name, old, theirs, meant) in [
            // Entered in the dialog of a tab with the same token.
            (&mine, false, true, Some("one"), &theirs, true),
            (&mine, false, false, Some("one"), &theirs, true),
            (&mine, false, true, Some("zero"), &theirs, false),
            // Connected again on the page "Connect".
            (&mine, false, true, None, &theirs, true),
            (&mine, false, false, None, &theirs, false),
            (&mine, false, true, None, &mine, false),
            // This tab has no token.
            (&mine, true, true, None, &theirs, true),
            (&mine, true, true, Some("zero"), &theirs, true),
            (&mine, true, false, Some("one"), &theirs, false),
            // Of another organisation.
            (&mine, false, true, Some("one"), &other, false),
            (&mine, true, true, None, &other, false),
        ] {
            let found = is_meant(mine, has_ended, same_name, old, theirs);
            assert_eq!(found, meant, "{has_ended} {same_name} {old:?}");
        }
    }

    #[test]
    fn token_needs_proof_of_the_same_organisation() {
        for (known, other, same) in [
            (
                ("Acme", "a@acme.example"),
                (" Acme ", "a@acme.example"),
                true,
            ),
            (
                ("Acme", "a@acme.example"),
                ("Acme", "new@acme.example"),
                true,
            ),
            (("Acme", ""), ("Acme", ""), true),
            (("", "a@acme.example"), ("", "A@ACME.example"), true),
            (("Acme", "a@acme.example"), ("", "a@acme.example"), true),
            // An agency's two organisations have one address.
            (
                ("Acme", "web@agency.example"),
                ("Other", "web@agency.example"),
                false,
            ),
            // Neither names nor addresses can be compared.
            (("", ""), ("", ""), false),
            (("Acme", ""), ("", ""), false),
            (("", ""), ("Other", "b@other.example"), false),
            (("", " "), ("", " "), false),
        ] {
            let (known, other) = (
                organisation(known.0, known.1),
                organisation(other.0, other.1),
            );
            let found = is_same(&known.name, Some(&known.email), &other);
            assert_eq!(found, same, "{known:?} {other:?}");
        }
        let other = organisation("Acme", "a@acme.example");
        assert!(is_same("Acme", None, &other));
        assert!(!is_same("", None, &other));
    }
}
