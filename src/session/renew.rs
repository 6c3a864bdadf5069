//! Another token for the same connection, in every tab that it is meant for. Nothing on the page is made anew for it.

use leptos::prelude::*;
use switchboard_api::{Connection, Email, Organisation, Token};

use super::kept::Stored;
use super::other_tabs::Message;
use super::{Session, kept, saved};

impl Session {
    /// The connection with the token that has taken the place of its own, tracked; nothing while none has.
    #[must_use]
    pub fn renewed(&self) -> Option<Connection> {
        self.renewed.get()
    }

    /// Puts another token in place of the connection's, wherever that is kept, and tells the other tabs.
    /// False when the connection is kept on this device and the browser did not keep it anew.
    pub fn renew(&self, token: &Token) -> bool {
        let Some(old) = self.connection_now() else {
            return true;
        };
        let had_ended = self.ended.get_untracked();
        let connection = Connection {
            token: token.clone(),
            ..old.clone()
        };
        self.take_over(&connection);
        let mut connections = saved::load();
        let stored = !saved::renew(&mut connections, &connection) || saved::store(&connections);
        self.saved.set(connections);
        self.tell_other_tabs(&Message::Renewed {
            old: (!had_ended).then(|| old.token.reveal().to_owned()),
            session: Stored::named(&connection, &self.organisation()),
        });
        stored
    }

    /// Whether an organisation that answered to another token is the one that this connection was made to. `known` is what the API said of
    /// that one, where it is known. True only where something says so.
    #[must_use]
    pub fn is_same_organisation(&self, known: Option<&Organisation>, other: &Organisation) -> bool {
        match known {
            Some(known) => is_same(&known.name, Some(&known.email), other),
            None => self
                .organisation
                .with_value(|name| is_same(name, None, other)),
        }
    }

    /// Another tab has another token.
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

    /// In this tab alone. The signal of the connection is not touched off: another connection would make the whole page anew.
    fn take_over(&self, connection: &Connection) {
        self.connection
            .update_untracked(|mine| *mine = Some(connection.clone()));
        self.organisation
            .with_value(|name| kept::store(Some((connection, name))));
        self.ended.set(false);
        self.renewed.set(Some(connection.clone()));
    }
}

/// Whether the token of another tab is meant for this one. `old` is the one that it replaces, if it is known: a tab with another token keeps its
/// own. Where it is not known, or this tab has none, the organisation has to be the same.
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

/// The names decide where both organisations have one, else their addresses: an agency may use one address for several organisations. Where
/// neither can be compared, nothing shows that they are the same, and nothing that waits may be sent to the other one.
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

    /// As the API answers: a name or an address that does not come is empty.
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
    fn a_token_of_another_tab_reaches_the_tabs_that_it_is_meant_for() {
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
            // This tab has none.
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
    fn a_token_is_accepted_only_where_something_shows_the_same_organisation() {
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
            // Nothing can be compared.
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
