//! A minimal API for the application: the demo organisation as values, and the fourteen endpoints. It implements only
//! what the screens of the matrix need; the sandbox implements the rest.

use serde_json::{Value, json};

const LIVE_CHAT: &str = "auth/addon/live_chat/";

/// The data of one organisation.
#[derive(Debug)]
pub struct Api {
    /// In the form of endpoint 4.
    operators: Vec<Value>,
    /// In the form of endpoint 7, without their operators.
    domains: Vec<Value>,
    /// In the form of endpoint 13, each with its domain.
    assignments: Vec<(String, Value)>,
}

impl Api {
    /// Returns the demo organisation.
    pub fn demo() -> Self {
        let people = [
            ("Ada", "Okafor", "ada"),
            ("Sam", "Lee", "sam"),
            ("Björk", "", "bjork"),
            ("Grace", "Hopper", "grace"),
            ("優子", "小林", "yuko"),
            ("Chloé", "Lefèvre", "chloe"),
            ("ليلى", "الحسيني", "layla"),
            ("अनन्या", "शर्मा", "ananya"),
            ("Дарья", "Кузнецова", "daria"),
            ("Mai", "Nguyễn Thị", "mai"),
            ("Siobhán", "O’Connor", "siobhan"),
            ("Tomás", "Núñez de la Vega", "tomas"),
        ];
        let operators = people.map(|(first, last, key)| operator(first, last, &address(key)));
        let domains = ["shop.acme.example", "wholesale.acme.example"].map(|name| {
            json!({ "name": name, "email": "web@acme.example", "status": true, "addonUniqueName": "live_chat" })
        });
        let on_shop = [&operators[0], &operators[3]].map(|one| {
            let is_admin = one["email"] == "ada@acme.example";
            ("shop.acme.example".to_owned(), assignment(one, is_admin))
        });
        Self {
            operators: operators.into(),
            domains: domains.into(),
            assignments: on_shop.into(),
        }
    }

    /// Executes a call, and returns the envelope. `path` has no leading slash; `values` has the parameters by name.
    pub fn call(&mut self, method: &str, path: &str, values: &Value) -> Value {
        let end = path.strip_prefix(LIVE_CHAT).unwrap_or(path);
        let done = match (method, end) {
            ("GET", "auth/organisation") => Some(organisation()),
            ("POST", "operator/add") => self.add_operator(values),
            ("GET", "operator/get") => self.operator(&values["email"]).map(|one| {
                let mut one = one.clone();
                one["name"] = json!(full_name(&one));
                one
            }),
            ("GET", "operator/list") => Some(json!(self.operators)),
            ("PUT", "operator/update") => self.update_operator(values),
            ("POST", "domain/add") => self.add_domain(values),
            ("GET", "domain/get") => self.domain(&values["domain"]).map(|domain| {
                let mut domain = domain.clone();
                domain["operators"] = self.on(&values["domain"]);
                domain
            }),
            ("PUT", "domain/update") => self.update_domain(values),
            ("DELETE", "domain/delete") => self.delete_domain(values),
            ("POST", "domain/operator/add") => self.add_assignment(values),
            ("PUT", "domain/operator/update") => self.update_assignment(values),
            ("PUT", "domain/operator/remove") => self.remove_assignment(values),
            ("GET", "domain/operator/list") => {
                let is_there = self.domain(&values["domain"]).is_some();
                is_there.then(|| self.on(&values["domain"]))
            }
            ("DELETE", "auth/user/delete") => self.delete_user(values),
            _ => None,
        };
        match done {
            Some(message) => json!({ "status": 1, "type": "Success", "message": message }),
            None => json!({ "status": 0, "type": "error", "message": refusal(method, end) }),
        }
    }

    fn operator(&self, email: &Value) -> Option<&Value> {
        self.operators.iter().find(|one| one["email"] == *email)
    }

    fn domain(&self, name: &Value) -> Option<&Value> {
        self.domains.iter().find(|one| one["name"] == *name)
    }

    fn on(&self, domain: &Value) -> Value {
        let those = self.assignments.iter().filter(|(on, _)| domain == on);
        those.map(|(_, one)| one.clone()).collect()
    }

    fn assignment(&mut self, values: &Value) -> Option<usize> {
        let mut all = self.assignments.iter();
        all.position(|(on, one)| values["domain"] == *on && one["email"] == values["email"])
    }

    fn add_operator(&mut self, values: &Value) -> Option<Value> {
        if self.operator(&values["email"]).is_some() {
            return None;
        }
        let (first, last) = values["name"].as_str()?.split_once(' ')?;
        let email = values["email"].as_str()?;
        self.operators.push(operator(first, last, email));
        Some(json!({ "name": values["name"], "email": email }))
    }

    fn update_operator(&mut self, values: &Value) -> Option<Value> {
        let mut all = self.operators.iter_mut();
        let one = all.find(|one| one["email"] == values["email"])?;
        one["addOns"] = json!([{ "status": values["status"] }]);
        Some(json!("Record Updated Successfully"))
    }

    fn delete_user(&mut self, values: &Value) -> Option<Value> {
        let email = &values["email"];
        self.operator(email)?;
        self.operators.retain(|one| one["email"] != *email);
        self.assignments.retain(|(_, one)| one["email"] != *email);
        Some(json!({ "operators": "User Deleted Successfully" }))
    }

    fn add_domain(&mut self, values: &Value) -> Option<Value> {
        let (name, email) = (values["domain"].clone(), values["email"].clone());
        if self.domain(&name).is_some() {
            return None;
        }
        self.domains.push(
            json!({ "name": name, "email": email, "status": true, "addonUniqueName": "live_chat" }),
        );
        Some(
            json!({ "name": name, "email": email, "link": "<script src=\"https://acme.example/widget.js\"></script>", "socketLink": "<script src=\"https://acme.example/socket.js\"></script>" }),
        )
    }

    fn update_domain(&mut self, values: &Value) -> Option<Value> {
        let name = values["domain"].as_str()?;
        let domain = self.domains.iter_mut().find(|one| one["name"] == name)?;
        for (field, value) in [
            ("name", "new_domain"),
            ("status", "status"),
            ("email", "email"),
        ] {
            if !values[value].is_null() {
                domain[field] = values[value].clone();
            }
        }
        if let Some(new) = values["new_domain"].as_str() {
            let on_it = self.assignments.iter_mut().filter(|(on, _)| on == name);
            on_it.for_each(|(on, _)| new.clone_into(on));
        }
        Some(json!("Domain Update Successfully"))
    }

    fn delete_domain(&mut self, values: &Value) -> Option<Value> {
        let name = &values["domain"];
        self.domain(name)?;
        self.domains.retain(|one| one["name"] != *name);
        self.assignments.retain(|(on, _)| name != on);
        Some(json!("Domain Deleted Successfully"))
    }

    fn add_assignment(&mut self, values: &Value) -> Option<Value> {
        let domain = values["domain"].as_str()?.to_owned();
        if self.assignment(values).is_some() {
            return None;
        }
        let one = assignment(self.operator(&values["email"])?, false);
        self.assignments.push((domain, one));
        Some(json!("Operator Added Successfully"))
    }

    fn update_assignment(&mut self, values: &Value) -> Option<Value> {
        let at = self.assignment(values)?;
        let (_, one) = &mut self.assignments[at];
        for (field, value) in [
            ("isAdmin", "is_admin"),
            ("chatStatus", "online_status"),
            ("active", "active"),
        ] {
            if !values[value].is_null() {
                one[field] = values[value].clone();
            }
        }
        Some(json!({ "operators": "Operator Updated Successfully" }))
    }

    fn remove_assignment(&mut self, values: &Value) -> Option<Value> {
        let at = self.assignment(values)?;
        self.assignments.remove(at);
        Some(json!({ "operators": "Operator Updated Successfully" }))
    }
}

fn address(key: &str) -> String {
    format!("{key}@acme.example")
}

fn organisation() -> Value {
    json!({
        "status": 1, "dummyDomain": false, "name": "Acme Outfitters", "email": "owner@acme.example",
        "access": [{ "role": "admin", "status": 1, "permission": [], "name": "Ada Okafor", "email": "ada@acme.example" }],
        "plan": [{ "name": "Business", "price": "25", "features": ["live_chat"], "subscriptionID": "I-BW452GLLEP1G" }],
        "addon": [{ "name": "Live Chat", "uniqueName": "live_chat", "subscriptionID": "I-7T3XR2SN9W0L", "status": 1, "plan": null }],
    })
}

fn operator(first: &str, last: &str, email: &str) -> Value {
    json!({
        "name": { "firstName": first, "lastName": last }, "email": email,
        "status": 1, "active": 1, "operator": true, "addOns": [{ "status": 1 }],
    })
}

fn assignment(operator: &Value, is_admin: bool) -> Value {
    json!({
        "name": operator["name"], "email": operator["email"], "userId": "64b7f0c2a1d3e4f500000001",
        "isAdmin": is_admin, "chatStatus": true, "active": true,
    })
}

fn full_name(operator: &Value) -> String {
    let part = |name: &str| {
        operator["name"][name]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    format!("{} {}", part("firstName"), part("lastName"))
}

/// Returns the API's message about a missing or duplicate object.
fn refusal(method: &str, end: &str) -> String {
    let what = match end {
        "domain/operator/list" => "Domain",
        _ if end.starts_with("domain/operator/") || end.starts_with("operator/") => "Operator",
        _ if end.starts_with("domain/") => "Domain",
        _ => "User",
    };
    let why = match method {
        "POST" => "already exists",
        _ => "does not exist",
    };
    format!("{what} {why}")
}
