-- The sandbox's database, version 1. Later versions are files of their own, listed in `migrations.rs`.
-- Shapes that the reference leaves open are kept as JSON text.

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    status INTEGER NOT NULL CHECK (status IN (0, 1, 2)),
    dummy INTEGER NOT NULL CHECK (dummy IN (0, 1)),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    plan TEXT NOT NULL CHECK (json_valid(plan)),
    addon TEXT NOT NULL CHECK (json_valid(addon))
) STRICT;

-- Everybody of the organisation: operators, and the accounts of its `access` list. One person may be both.
CREATE TABLE user (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    presence INTEGER NOT NULL DEFAULT 0 CHECK (presence BETWEEN 0 AND 3),
    login INTEGER NOT NULL DEFAULT 1 CHECK (login IN (0, 1)),
    is_operator INTEGER NOT NULL DEFAULT 1 CHECK (is_operator IN (0, 1)),
    -- NULL: the person does not have the live chat addon at all.
    live_chat INTEGER CHECK (live_chat IN (0, 1)),
    -- NULL: no account in the `access` list.
    role TEXT CHECK (role IN ('admin', 'staff')),
    account_status INTEGER NOT NULL DEFAULT 1 CHECK (account_status IN (0, 1)),
    permission TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(permission))
) STRICT;

CREATE TABLE domain (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    addon_unique_name TEXT NOT NULL DEFAULT 'live_chat'
) STRICT;

-- An operator on a domain. Both ends are rows, not names: a rename leaves assignments alone, a deletion takes them along.
CREATE TABLE assignment (
    id INTEGER PRIMARY KEY,
    domain_id INTEGER NOT NULL REFERENCES domain (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
    shown_online INTEGER NOT NULL DEFAULT 1 CHECK (shown_online IN (0, 1)),
    gets_messages INTEGER NOT NULL DEFAULT 1 CHECK (gets_messages IN (0, 1)),
    UNIQUE (domain_id, user_id)
) STRICT;

CREATE INDEX assignment_by_user ON assignment (user_id);
