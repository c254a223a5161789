-- Where a database lives. A copy of it, made by whatever means, lies elsewhere and is known by that: it touches no file of
-- exports, sends nothing to the portal and dispatches nothing. The id stands in the folder of exports, too.
CREATE TABLE installation (
    one     INTEGER PRIMARY KEY CONSTRAINT installation_one CHECK (one = 1),
    id      TEXT NOT NULL CONSTRAINT installation_id CHECK (length(id) = 32),
    -- The machine of a file, or the server.
    machine TEXT NOT NULL,
    -- The path of a file, or the database of a server.
    place   TEXT NOT NULL CONSTRAINT installation_place CHECK (place <> ''),
    kind    TEXT NOT NULL CONSTRAINT installation_kind CHECK (kind IN ('live', 'drill'))
) STRICT;
