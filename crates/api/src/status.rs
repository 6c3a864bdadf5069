//! The meanings of numbers. The same number means different things in different fields, so each field has its own
//! type.

use crate::loose_scalar::loose_scalar;

loose_scalar! {
    /// The state of the organisation (endpoint 1, `status`).
    OrganisationStatus {
        /// 0: blocked by the super admin.
        Blocked = "0" | "false",
        /// 1: active.
        Active = "1" | "true",
        /// 2: a payment is incomplete.
        IncompletePayment = "2",
    }
    else
    /// Another value, as text.
    Unknown
}

loose_scalar! {
    /// The role of an account (endpoint 1, `access[].role`).
    Role {
        /// Full access.
        Admin = "admin",
        /// Access according to its permissions.
        Staff = "staff",
    }
    else
    /// Another role, as text.
    Other
}

loose_scalar! {
    /// The state of an account (endpoint 1, `access[].status`).
    AccountStatus {
        /// 0.
        Blocked = "0" | "false",
        /// 1.
        Active = "1" | "true",
    }
    else
    /// Another value, as text.
    Unknown
}

loose_scalar! {
    /// The state of an addon of the organisation (endpoint 1, `addon[].status`). Inactive is 2
    /// here: a 0 is unknown.
    AddonStatus {
        /// 1.
        Active = "1" | "true",
        /// 2.
        Inactive = "2" | "false",
    }
    else
    /// Another value, as text.
    Unknown
}

loose_scalar! {
    /// The presence of an operator (endpoints 3 and 4, `status`).
    Presence {
        /// 0.
        Offline = "0" | "false",
        /// 1.
        Online = "1" | "true",
        /// 2.
        Away = "2",
        /// 3.
        Busy = "3",
    }
    else
    /// Another value, as text.
    Unknown
}

loose_scalar! {
    /// Whether an operator can log in (endpoints 3 and 4, `active`).
    Login {
        /// 1.
        Able = "1" | "true",
        /// 0.
        Unable = "0" | "false",
    }
    else
    /// Another value, as text.
    Unknown
}

loose_scalar! {
    /// Whether an operator is active in the live chat addon (endpoints 3 and 4, `addOns[].status`).
    LiveChatStatus {
        /// 1.
        Active = "1" | "true",
        /// 0.
        Inactive = "0" | "false",
    }
    else
    /// Another value, as text.
    Unknown
}
