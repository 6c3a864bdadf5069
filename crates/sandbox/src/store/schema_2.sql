-- Version 2: the token that calls must bring, random for each database. A reset of the demo organisation leaves it.

CREATE TABLE secret (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    token TEXT NOT NULL
) STRICT;
