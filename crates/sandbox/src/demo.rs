//! The demo organisation: small, with an example of every state that the API can express.

use rusqlite::{Connection, named_params, params};
use serde_json::json;

use crate::store::organisation::{self, Organisation};

/// Empties the database and inserts the demo organisation. Keeps the token, so that clients stay connected.
pub(crate) fn reset(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "DELETE FROM assignment; DELETE FROM domain; DELETE FROM user; DELETE FROM organisation; DELETE FROM sqlite_sequence;",
    )?;
    fill(connection)
}

/// Inserts the demo organisation into an empty database.
pub(crate) fn fill(connection: &Connection) -> rusqlite::Result<()> {
    organisation::insert(connection, &acme())?;
    for person in PEOPLE {
        person.insert(connection)?;
    }
    for &(name, email, active) in DOMAINS {
        connection.execute(
            "INSERT INTO domain (name, email, active) VALUES (?1, ?2, ?3)",
            params![name, email, active],
        )?;
    }
    for &(domain, email, [is_admin, shown_online, gets_messages]) in ASSIGNMENTS {
        connection.execute(
            "INSERT INTO assignment (domain_id, user_id, is_admin, shown_online, gets_messages)
             SELECT domain.id, user.id, ?3, ?4, ?5 FROM domain, user WHERE domain.name = ?1 AND user.email = ?2",
            params![domain, email, is_admin, shown_online, gets_messages],
        )?;
    }
    Ok(())
}

fn acme() -> Organisation {
    Organisation {
        status: 1,
        dummy: false,
        name: "Acme Outfitters".into(),
        email: "owner@acme.example".into(),
        plan: json!([{
            "name": "Business",
            "price": "25",
            "features": ["live_chat", "uvdesk", "seller_buyer_chat"],
            "subscriptionID": "I-BW452GLLEP1G",
        }])
        .to_string(),
        addon: json!([
            {
                "name": "Live Chat",
                "uniqueName": "live_chat",
                "subscriptionID": "I-7T3XR2SN9W0L",
                "status": 1,
                "plan": { "name": "Live Chat Pro", "agents": 25 },
            },
            {
                "name": "Seller Buyer Chat",
                "uniqueName": "seller_buyer_chat",
                "subscriptionID": null,
                "status": 2,
                "plan": null,
                "accessToken": "sandbox-access-token-4f9c1e7b",
                "refreshToken": "sandbox-refresh-token-a83d52c6",
            },
            {
                "name": "UVdesk",
                "uniqueName": "uvdesk",
                "subscriptionID": "I-3K8MV5RD2H7Q",
                "status": 1,
                "plan": { "name": "Helpdesk" },
                "uvdeskConfig": { "url": "https://acme.uvdesk.example", "mailbox": "support@acme.example" },
            },
        ])
        .to_string(),
    }
}

/// One person. The default is an operator who is offline, able to log in and active in the live chat addon.
struct Person {
    first: &'static str,
    last: &'static str,
    email: &'static str,
    /// 0 offline, 1 online, 2 away, 3 busy.
    presence: u8,
    login: bool,
    operator: bool,
    live_chat: Option<bool>,
    account: Option<Account>,
}

/// An entry of the organisation's `access` list.
struct Account {
    role: &'static str,
    active: bool,
    permission: &'static str,
}

const fn operator(
    first: &'static str,
    last: &'static str,
    email: &'static str,
    presence: u8,
) -> Person {
    Person {
        first,
        last,
        email,
        presence,
        login: true,
        operator: true,
        live_chat: Some(true),
        account: None,
    }
}

const PEOPLE: &[Person] = &[
    Person {
        account: Some(Account {
            role: "admin",
            active: true,
            permission: "[]",
        }),
        ..operator("Ada", "Okafor", "ada@acme.example", 1)
    },
    Person {
        account: Some(Account {
            role: "staff",
            active: true,
            permission: r#"["live_chat","reports"]"#,
        }),
        ..operator("Sam", "Lee", "sam@acme.example", 2)
    },
    Person {
        login: false,
        operator: false,
        live_chat: None,
        account: Some(Account {
            role: "staff",
            active: false,
            permission: r#"["billing"]"#,
        }),
        ..operator("Björk", "", "bjork@acme.example", 0)
    },
    operator("Grace", "Hopper", "grace@acme.example", 3),
    operator("優子", "小林", "yuko@acme.example", 1),
    operator("Chloé", "Lefèvre", "chloe@acme.example", 1),
    operator("ليلى", "الحسيني", "layla@acme.example", 2),
    operator("अनन्या", "शर्मा", "ananya@acme.example", 3),
    operator("Дарья", "Кузнецова", "daria@acme.example", 1),
    // Inactive in the addon, and still on two domains.
    Person {
        live_chat: Some(false),
        ..operator("Mai", "Nguyễn Thị", "mai@acme.example", 0)
    },
    // Cannot log in, and is the only operator on a domain.
    Person {
        login: false,
        ..operator("Siobhán", "O’Connor", "siobhan@acme.example", 0)
    },
    // An operator without the addon, on no domain.
    Person {
        live_chat: None,
        ..operator("Tomás", "Núñez de la Vega", "tomas@acme.example", 0)
    },
];

/// Name, contact e-mail, active.
const DOMAINS: &[(&str, &str, bool)] = &[
    ("shop.acme.example", "shop@acme.example", true),
    ("xn--bcher-kva.example", "hallo@acme.example", true),
    ("wholesale.acme.example", "wholesale@acme.example", true),
    ("outlet.acme.example", "outlet@acme.example", false),
];

/// Domain, operator, and whether they are its admin, are shown online, get messages. `wholesale.acme.example` has no
/// operators.
const ASSIGNMENTS: &[(&str, &str, [bool; 3])] = &[
    ("shop.acme.example", "ada@acme.example", [true, true, true]),
    (
        "shop.acme.example",
        "grace@acme.example",
        [false, true, true],
    ),
    (
        "shop.acme.example",
        "yuko@acme.example",
        [false, true, true],
    ),
    (
        "shop.acme.example",
        "chloe@acme.example",
        [false, true, true],
    ),
    (
        "shop.acme.example",
        "layla@acme.example",
        [false, false, true],
    ),
    ("shop.acme.example", "mai@acme.example", [false, true, true]),
    (
        "xn--bcher-kva.example",
        "chloe@acme.example",
        [true, true, true],
    ),
    (
        "xn--bcher-kva.example",
        "ananya@acme.example",
        [false, true, true],
    ),
    (
        "xn--bcher-kva.example",
        "daria@acme.example",
        [false, true, false],
    ),
    (
        "outlet.acme.example",
        "siobhan@acme.example",
        [true, true, true],
    ),
    (
        "outlet.acme.example",
        "mai@acme.example",
        [false, true, false],
    ),
];

impl Person {
    fn insert(&self, connection: &Connection) -> rusqlite::Result<()> {
        let account = self.account.as_ref();
        connection.execute(
            "INSERT INTO user (email, first_name, last_name, presence, login, is_operator, live_chat, role, account_status, permission)
             VALUES (:email, :first, :last, :presence, :login, :operator, :live_chat, :role, :account_status, :permission)",
            named_params! {
                ":email": self.email,
                ":first": self.first,
                ":last": self.last,
                ":presence": self.presence,
                ":login": self.login,
                ":operator": self.operator,
                ":live_chat": self.live_chat,
                ":role": account.map(|account| account.role),
                ":account_status": account.is_none_or(|account| account.active),
                ":permission": account.map_or("[]", |account| account.permission),
            },
        )?;
        Ok(())
    }
}
