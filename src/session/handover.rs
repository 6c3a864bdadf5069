//! A new tab joins the session of another tab of this browser.
//!
//! It asks the other tabs for the organisation that its address names, takes the first answer, and stores it in its
//! own session storage. If the address names no organisation, it asks for the only one with an open session. A tab without
//! a session does not answer. After a while the new tab shows "Connect" instead. Another tab may be slow, so a later answer
//! still counts until the user has begun to connect.
//!
//! "Disconnect" (`end_everywhere.rs`) may arrive between question and answer. So a tab that is asking gives up when "Disconnect" reaches it. A tab that handed its session over and learns of
//! "Disconnect" later withdraws the session.

use std::time::Duration;

use leptos::prelude::*;
use switchboard_api::{BaseUrl, Connection};

use super::kept::{self, Stored};
use super::other_tabs::Message;
use super::{Session, random_name};
use crate::browser::storage::start_over;

/// How long a new tab waits for an answer before it shows "Connect".
pub(super) const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// The same if the address names no organisation: the tab with the session may be closed by now.
pub(super) const GUESSED_WITHIN: Duration = Duration::from_millis(500);

/// The handovers that this tab knows of.
#[derive(Debug, Default)]
pub(super) struct Handovers {
    asking: Option<PendingHandover>,
    /// The id of the handover that gave this tab its session.
    joined: Option<String>,
    /// The ids of the handovers that gave this tab's session to others.
    given: Vec<String>,
}

/// A question that no tab has answered yet.
#[derive(Debug)]
struct PendingHandover {
    id: String,
    base_url: BaseUrl,
    /// Tokens that were replaced since the question, with their successors. A tab may have answered before it learned
    /// of the new token.
    renewed: Vec<(String, String)>,
}

impl Handovers {
    fn ask(&mut self, id: String, base_url: BaseUrl) {
        self.asking = Some(PendingHandover {
            id,
            base_url,
            renewed: Vec::new(),
        });
    }

    /// Takes an answer, unless another one came first or it belongs to another question or organisation.
    fn take(&mut self, id: &str, answer: &Stored) -> Option<(Connection, String)> {
        let asking = self.asking.as_ref().filter(|asking| asking.id == id)?;
        let (mut connection, organisation) = answer.read_with_name()?;
        if connection.base_url != asking.base_url {
            return None;
        }
        for (old, new) in &asking.renewed {
            if connection.token.reveal() == old {
                connection.token = new.parse().ok()?;
            }
        }
        self.asking = None;
        self.joined = Some(id.to_owned());
        Some((connection, organisation))
    }

    /// Returns whether this question is still open.
    fn is_asking(&self, id: &str) -> bool {
        self.asking.as_ref().is_some_and(|asking| asking.id == id)
    }

    /// Stops asking: later answers are ignored.
    fn stop_asking(&mut self) {
        self.asking = None;
    }

    /// Ends a question about a base URL that was disconnected, or any question if there is none. Returns whether this
    /// tab was asking.
    pub(super) fn ended(&mut self, base_url: Option<&str>) -> bool {
        let is_asked_for = self
            .asking
            .as_ref()
            .is_some_and(|asking| base_url.is_none_or(|url| asking.base_url.as_str() == url));
        if is_asked_for {
            self.asking = None;
        }
        is_asked_for
    }

    /// Notes that a token was replaced.
    pub(super) fn renewed(&mut self, base_url: &BaseUrl, old: &str, new: &str) {
        if let Some(asking) = &mut self.asking
            && asking.base_url == *base_url
        {
            asking.renewed.push((old.to_owned(), new.to_owned()));
        }
    }

    /// Forgets all handovers, because this tab has another session or none. Returns the ids by which other tabs got
    /// the former one.
    pub(super) fn reset(&mut self) -> Vec<String> {
        std::mem::take(self).given
    }
}

impl Session {
    /// Returns whether this tab is asking the other tabs for their session, tracked.
    #[must_use]
    pub fn is_joining(&self) -> bool {
        self.joining.get()
    }

    /// Asks the other tabs for their session with an organisation. [`Self::is_joining`] is true until one answers or the
    /// time is over. After that, a tab with a session ignores answers, and one without still takes them.
    pub(super) fn ask_other_tabs(&self, base_url: &BaseUrl, within: Duration) {
        let (session, id) = (*self, random_name());
        self.handovers
            .update_value(|it| it.ask(id.clone(), base_url.clone()));
        self.joining.set(true);
        self.tell_other_tabs(&Message::Ask {
            id: id.clone(),
            base_url: base_url.as_str().to_owned(),
        });
        set_timeout(
            move || {
                let is_open = session.handovers.try_with_value(|it| it.is_asking(&id));
                if is_open == Some(true) {
                    if session.connection_now().is_some() {
                        session.stop_asking();
                    }
                    session.joining.try_set(false);
                }
            },
            within,
        );
    }

    /// Ignores later answers of other tabs, because the user has begun to connect.
    pub fn stop_asking(&self) {
        self.handovers.try_update_value(Handovers::stop_asking);
    }

    /// Answers another tab that asks for the session with this base URL.
    pub(super) fn hand_over(&self, id: String, base_url: &str) {
        let connection = self.connection_now();
        let Some(connection) = connection.filter(|it| it.base_url.as_str() == base_url) else {
            return;
        };
        if self.ended.get_untracked() {
            return;
        }
        self.handovers.update_value(|it| it.given.push(id.clone()));
        let organisation = self.organisation();
        // The session has a name before another tab has it.
        kept::store(Some((&connection, &organisation)));
        let session = Stored::named(&connection, &organisation);
        self.tell_other_tabs(&Message::Answer { id, session });
    }

    /// Takes the session that another tab hands over.
    pub(super) fn take(&self, id: &str, theirs: &Stored) {
        let taken = self
            .handovers
            .try_update_value(|it| it.take(id, theirs))
            .flatten();
        if let Some((connection, organisation)) = taken {
            self.came_late.set_value(!self.joining.get_untracked());
            self.adopt(connection, organisation);
            self.joining.set(false);
        }
    }

    /// Returns, once, whether this tab joined a session after "Connect" was shown.
    pub fn has_come_late(&self) -> bool {
        let late = self.came_late.try_update_value(std::mem::take);
        late.unwrap_or_default()
    }

    /// Ends the session that was handed over to this tab, or that has `id` as its base URL, because the other tab has
    /// withdrawn it.
    pub(super) fn withdrawn(&self, id: &str) {
        self.ended_elsewhere(Some(id));
        let is_mine = self
            .handovers
            .with_value(|it| it.joined.as_deref() == Some(id));
        if is_mine {
            self.suspend();
        }
    }

    /// Makes this tab's connection from one that has been tried already.
    pub(super) fn adopt(&self, connection: Connection, organisation: String) {
        start_over();
        kept::store(Some((&connection, &organisation)));
        self.organisation.set_value(organisation);
        self.renewed.set(None);
        self.ended.set(false);
        self.connection.set(Some(connection));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACME: &str = "https://acme.example/";

    fn base_url(text: &str) -> BaseUrl {
        text.parse().expect("a base URL of the test")
    }

    fn session(url: &str, token: &str) -> Stored {
        let token = token.parse().expect("a token of the test");
        Stored::named(&Connection::new(base_url(url), token), "Acme")
    }

    fn asking(id: &str) -> Handovers {
        let mut handovers = Handovers::default();
        handovers.ask(id.to_owned(), base_url(ACME));
        handovers
    }

    fn token(taken: Option<(Connection, String)>) -> Option<String> {
        taken.map(|(connection, _)| connection.token.reveal().to_owned())
    }

    #[test]
    fn the_first_of_two_answers_counts() {
        let mut tab = asking("1");
        let (connection, name) = tab.take("1", &session(ACME, "a")).expect("an answer");
        assert_eq!(
            (connection.base_url.as_str(), name.as_str()),
            (ACME, "Acme")
        );
        assert_eq!(token(tab.take("1", &session(ACME, "b"))), None);
        assert_eq!(tab.joined.as_deref(), Some("1"));
    }

    #[test]
    fn foreign_handover_answer_is_refused() {
        let mut tab = asking("2");
        assert_eq!(token(tab.take("1", &session(ACME, "a"))), None);
        let other = session("https://other.example/", "a");
        assert_eq!(token(tab.take("2", &other)), None);
        assert_eq!(
            token(tab.take("2", &session(ACME, "b"))).as_deref(),
            Some("b")
        );
        assert_eq!(
            token(Handovers::default().take("2", &session(ACME, "a"))),
            None
        );
    }

    #[test]
    fn an_answer_after_the_user_began_to_connect_is_refused() {
        let mut tab = asking("1");
        assert!(tab.is_asking("1") && !tab.is_asking("another"));
        tab.stop_asking();
        assert!(!tab.is_asking("1"));
        assert_eq!(token(tab.take("1", &session(ACME, "a"))), None);
    }

    #[test]
    fn an_answer_that_a_disconnect_overtook_is_refused() {
        for ended in [Some(ACME), None] {
            let mut tab = asking("1");
            assert!(!tab.ended(Some("https://other.example/")));
            assert!(tab.ended(ended));
            assert_eq!(token(tab.take("1", &session(ACME, "a"))), None);
        }
    }

    #[test]
    fn answer_with_a_replaced_token_gets_the_new_one() {
        let mut tab = asking("1");
        tab.renewed(&base_url(ACME), "a", "b");
        tab.renewed(&base_url("https://other.example/"), "a", "x");
        tab.renewed(&base_url(ACME), "b", "c");
        assert_eq!(
            token(tab.take("1", &session(ACME, "a"))).as_deref(),
            Some("c")
        );
    }

    #[test]
    fn ending_tab_withdraws_its_handovers_once() {
        let mut tab = Handovers {
            given: vec!["1".to_owned(), "2".to_owned()],
            joined: Some("0".to_owned()),
            ..Handovers::default()
        };
        assert_eq!(tab.reset(), ["1", "2"]);
        assert!(tab.reset().is_empty());
        assert_eq!(tab.joined, None);
    }
}
