-- Schema 1: everything the design names, including what later commands fill.
-- Never edited after release: a change is a new step.
-- Days are ISO text; absent is NULL, never ''; "key" columns hold folded text for matching.

CREATE TABLE journal (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uid TEXT NOT NULL CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*')
) STRICT;

CREATE TABLE circle (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
    every_days INTEGER NOT NULL CHECK (every_days BETWEEN 1 AND 36500),
    latest_days INTEGER CHECK (latest_days BETWEEN every_days AND 54750),
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE organization (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
    changed_at TEXT NOT NULL
) STRICT;

-- Names an organization also answers to: what a merge leaves behind.
CREATE TABLE organization_alias (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id INTEGER NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 200),
    alias_key TEXT NOT NULL UNIQUE CHECK (alias_key <> '')
) STRICT;
CREATE INDEX organization_alias_organization ON organization_alias (organization_id);

CREATE TABLE contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
    handle TEXT NOT NULL UNIQUE CHECK (length(handle) BETWEEN 1 AND 64 AND handle NOT GLOB '*[^a-z0-9-]*'),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL CHECK (name_key <> ''),
    location TEXT CHECK (length(location) BETWEEN 1 AND 200),
    birthday TEXT CHECK (
        birthday GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' OR birthday GLOB '--[0-1][0-9]-[0-3][0-9]'
    ),
    met TEXT CHECK (length(met) BETWEEN 1 AND 2000),
    introduced_by_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    note TEXT CHECK (length(note) BETWEEN 1 AND 100000),
    circle_id INTEGER REFERENCES circle (id) ON DELETE SET NULL,
    every_days INTEGER CHECK (every_days BETWEEN 1 AND 36500),
    latest_days INTEGER CHECK (latest_days BETWEEN 1 AND 54750),
    -- When the cadence was given, spread over several contacts: due on this day while there is no touch.
    first_due_on TEXT CHECK (first_due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- The last touch as told by `--last`; the log's newest touch wins where it is later.
    told_last_on TEXT CHECK (told_last_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    snoozed_until TEXT CHECK (snoozed_until GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    -- "never" in the walk of `keep`: do not offer this contact a cadence again.
    never INTEGER NOT NULL DEFAULT 0 CHECK (never IN (0, 1)),
    connected_on TEXT CHECK (connected_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    archived_on TEXT CHECK (archived_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    added_on TEXT NOT NULL CHECK (added_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX contact_name_key ON contact (name_key);
CREATE INDEX contact_circle ON contact (circle_id) WHERE circle_id IS NOT NULL;
CREATE INDEX contact_every ON contact (every_days) WHERE every_days IS NOT NULL;
CREATE INDEX contact_birthday ON contact (birthday) WHERE birthday IS NOT NULL;
CREATE INDEX contact_introduced_by ON contact (introduced_by_id) WHERE introduced_by_id IS NOT NULL;

CREATE TABLE contact_alias (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 200),
    alias_key TEXT NOT NULL CHECK (alias_key <> ''),
    UNIQUE (contact_id, alias_key)
) STRICT;
CREATE INDEX contact_alias_key ON contact_alias (alias_key);

-- E-mail addresses, phone numbers and links: how a contact is reached.
CREATE TABLE contact_method (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'url')),
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 2000),
    value_key TEXT NOT NULL CHECK (value_key <> ''),
    position INTEGER NOT NULL CHECK (position >= 0),
    UNIQUE (contact_id, kind, value_key)
) STRICT;
CREATE INDEX contact_method_key ON contact_method (kind, value_key);

CREATE TABLE affiliation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    organization_id INTEGER REFERENCES organization (id) ON DELETE CASCADE,
    title TEXT CHECK (length(title) BETWEEN 1 AND 200),
    since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    until TEXT CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    CHECK (organization_id IS NOT NULL OR title IS NOT NULL)
) STRICT;
CREATE INDEX affiliation_contact ON affiliation (contact_id);
CREATE INDEX affiliation_organization ON affiliation (organization_id);

CREATE TABLE contact_topic (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 64),
    PRIMARY KEY (contact_id, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_topic_topic ON contact_topic (topic);

-- Where a contact came from, so that a second import finds the same one (vCard uid, profile, ...).
CREATE TABLE contact_source (
    source TEXT NOT NULL CHECK (source <> ''),
    external_id TEXT NOT NULL CHECK (length(external_id) BETWEEN 1 AND 2000),
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    PRIMARY KEY (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_source_contact ON contact_source (contact_id);

CREATE TABLE contact_group (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE group_member (
    group_id INTEGER NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_member_contact ON group_member (contact_id);

CREATE TABLE objective (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
    key TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 64 AND key NOT GLOB '*[^a-z0-9-]*'),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    why TEXT CHECK (length(why) BETWEEN 1 AND 2000),
    looking_for TEXT CHECK (length(looking_for) BETWEEN 1 AND 2000),
    done_when TEXT CHECK (length(done_when) BETWEEN 1 AND 2000),
    by_day TEXT CHECK (by_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    client_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'achieved', 'dropped')),
    outcome TEXT CHECK (length(outcome) BETWEEN 1 AND 2000),
    opened_on TEXT NOT NULL CHECK (opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    closed_on TEXT CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX objective_client ON objective (client_id) WHERE client_id IS NOT NULL;

CREATE TABLE objective_ask (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    objective_id INTEGER NOT NULL REFERENCES objective (id) ON DELETE CASCADE,
    ask TEXT NOT NULL CHECK (length(ask) BETWEEN 1 AND 2000),
    position INTEGER NOT NULL CHECK (position >= 0)
) STRICT;
CREATE INDEX objective_ask_objective ON objective_ask (objective_id);

CREATE TABLE objective_topic (
    objective_id INTEGER NOT NULL REFERENCES objective (id) ON DELETE CASCADE,
    topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 64),
    PRIMARY KEY (objective_id, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX objective_topic_topic ON objective_topic (topic);

CREATE TABLE objective_organization (
    objective_id INTEGER NOT NULL REFERENCES objective (id) ON DELETE CASCADE,
    organization_id INTEGER NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    PRIMARY KEY (objective_id, organization_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX objective_organization_organization ON objective_organization (organization_id);

CREATE TABLE contact_objective (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    objective_id INTEGER NOT NULL REFERENCES objective (id) ON DELETE CASCADE,
    PRIMARY KEY (contact_id, objective_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_objective_objective ON contact_objective (objective_id);

CREATE TABLE interaction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
    on_day TEXT NOT NULL CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    kind TEXT NOT NULL CHECK (kind IN (
        'coffee', 'meal', 'call', 'video', 'meeting', 'interview', 'event', 'intro', 'chat',
        'email', 'message', 'letter', 'post', 'talk', 'article'
    )),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out', 'mutual')),
    -- 1: its participants were reached, not touched (a broadcast, one outbound message to many).
    exposure INTEGER NOT NULL DEFAULT 0 CHECK (exposure IN (0, 1)),
    summary TEXT CHECK (length(summary) BETWEEN 1 AND 2000),
    note TEXT CHECK (length(note) BETWEEN 1 AND 100000),
    minutes INTEGER CHECK (minutes BETWEEN 1 AND 10080),
    gave TEXT CHECK (length(gave) BETWEEN 1 AND 2000),
    got TEXT CHECK (length(got) BETWEEN 1 AND 2000),
    none_on_purpose INTEGER NOT NULL DEFAULT 0 CHECK (none_on_purpose IN (0, 1)),
    -- 1: nothing is owed for it, although its direction is `in`.
    no_reply INTEGER NOT NULL DEFAULT 0 CHECK (no_reply IN (0, 1)),
    source TEXT NOT NULL DEFAULT 'log' CHECK (source <> ''),
    changed_at TEXT NOT NULL,
    UNIQUE (id, on_day, exposure)
) STRICT;
CREATE INDEX interaction_on_day ON interaction (on_day, id, exposure);
CREATE INDEX interaction_inbound ON interaction (on_day) WHERE direction = 'in';
CREATE INDEX interaction_exposure ON interaction (on_day) WHERE exposure = 1;

-- One contact's part in one interaction. The day and the exposure flag are copies that the foreign key keeps true.
CREATE TABLE touch (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    interaction_id INTEGER NOT NULL,
    on_day TEXT NOT NULL,
    exposure INTEGER NOT NULL,
    PRIMARY KEY (contact_id, interaction_id),
    FOREIGN KEY (interaction_id, on_day, exposure) REFERENCES interaction (id, on_day, exposure)
        ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX touch_contact_day ON touch (contact_id, exposure, on_day);
CREATE INDEX touch_interaction ON touch (interaction_id, on_day, exposure);

-- What was noted of one participant.
CREATE TABLE touch_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL,
    interaction_id INTEGER NOT NULL,
    note TEXT NOT NULL CHECK (length(note) BETWEEN 1 AND 100000),
    UNIQUE (contact_id, interaction_id),
    FOREIGN KEY (contact_id, interaction_id) REFERENCES touch (contact_id, interaction_id)
        ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;
CREATE INDEX touch_note_interaction ON touch_note (interaction_id);

-- Stated support only; implied support is derived when asked.
CREATE TABLE support (
    interaction_id INTEGER NOT NULL REFERENCES interaction (id) ON DELETE CASCADE,
    objective_id INTEGER NOT NULL REFERENCES objective (id) ON DELETE CASCADE,
    PRIMARY KEY (interaction_id, objective_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX support_objective ON support (objective_id, interaction_id);

CREATE TABLE interaction_topic (
    interaction_id INTEGER NOT NULL REFERENCES interaction (id) ON DELETE CASCADE,
    topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 64),
    PRIMARY KEY (interaction_id, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_topic_topic ON interaction_topic (topic, interaction_id);

CREATE TABLE interaction_source (
    source TEXT NOT NULL CHECK (source <> ''),
    external_id TEXT NOT NULL CHECK (length(external_id) BETWEEN 1 AND 2000),
    interaction_id INTEGER NOT NULL REFERENCES interaction (id) ON DELETE CASCADE,
    PRIMARY KEY (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_source_interaction ON interaction_source (interaction_id);

-- Who was introduced to whom; without `via`, by the journal's owner.
CREATE TABLE introduction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    interaction_id INTEGER NOT NULL REFERENCES interaction (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    to_contact_id INTEGER REFERENCES contact (id) ON DELETE CASCADE,
    via_contact_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    CHECK (to_contact_id IS NULL OR contact_id <> to_contact_id)
) STRICT;
CREATE INDEX introduction_interaction ON introduction (interaction_id);
CREATE INDEX introduction_contact ON introduction (contact_id);
CREATE INDEX introduction_to ON introduction (to_contact_id);
CREATE INDEX introduction_via ON introduction (via_contact_id);

CREATE TABLE followup (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
    owner TEXT NOT NULL CHECK (owner IN ('me', 'them')),
    by_day TEXT NOT NULL CHECK (by_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    contact_id INTEGER REFERENCES contact (id) ON DELETE CASCADE,
    objective_id INTEGER REFERENCES objective (id) ON DELETE SET NULL,
    -- The interaction in which it was made.
    interaction_id INTEGER REFERENCES interaction (id) ON DELETE SET NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'dropped')),
    opened_on TEXT NOT NULL CHECK (opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    closed_on TEXT CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX followup_open ON followup (by_day) WHERE status = 'open';
CREATE INDEX followup_contact ON followup (contact_id);
CREATE INDEX followup_objective ON followup (objective_id);
CREATE INDEX followup_interaction ON followup (interaction_id);

CREATE TABLE opportunity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    organization_id INTEGER REFERENCES organization (id) ON DELETE SET NULL,
    through_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    objective_id INTEGER REFERENCES objective (id) ON DELETE SET NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    stage TEXT NOT NULL CHECK (stage IN (
        'lead', 'talking', 'applied', 'interview', 'offer', 'won', 'lost', 'declined', 'lapsed'
    )),
    origin TEXT CHECK (origin IN ('relationship', 'introduction', 'exposure', 'cold')),
    note TEXT CHECK (length(note) BETWEEN 1 AND 100000),
    opened_on TEXT NOT NULL CHECK (opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    closed_on TEXT CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX opportunity_organization ON opportunity (organization_id);
CREATE INDEX opportunity_through ON opportunity (through_id);
CREATE INDEX opportunity_objective ON opportunity (objective_id);

CREATE TABLE opportunity_interaction (
    opportunity_id INTEGER NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
    interaction_id INTEGER NOT NULL REFERENCES interaction (id) ON DELETE CASCADE,
    PRIMARY KEY (opportunity_id, interaction_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX opportunity_interaction_interaction ON opportunity_interaction (interaction_id);

-- Reasons to reach out that came from outside and cannot be derived: a new job seen on a second import.
CREATE TABLE signal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('job')),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
    on_day TEXT NOT NULL CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    source TEXT NOT NULL CHECK (source <> ''),
    changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX signal_contact ON signal (contact_id);
CREATE INDEX signal_on_day ON signal (on_day);

-- Every command that wrote, and each row it changed: what undo reads. Append-only.
CREATE TABLE action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    on_day TEXT NOT NULL,
    at TEXT NOT NULL,
    command TEXT NOT NULL CHECK (command <> ''),
    -- The action that this one takes back (an undo).
    undoes_id INTEGER REFERENCES action (id)
) STRICT;
CREATE INDEX action_undoes ON action (undoes_id) WHERE undoes_id IS NOT NULL;

CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL REFERENCES action (id),
    table_name TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
    -- JSON: the row's primary key as it is after an insert or update, as it was before a delete.
    key TEXT NOT NULL,
    -- JSON: the whole row as it was before an update or delete.
    before TEXT
) STRICT;
CREATE INDEX change_action ON change (action_id);

-- Text search: one contentless index, kept true by the triggers below in the same transaction.
-- A document's rowid is its type times 2^40 plus its id, so that one type is one range: 1 contact, 2 alias,
-- 3 organization, 4 interaction, 5 touch note, 6 followup, 7 objective,
-- 8 opportunity.
CREATE VIRTUAL TABLE search USING fts5 (
    title, body, content = '', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER contact_search_insert AFTER INSERT ON contact BEGIN
    INSERT INTO search (rowid, title, body)
    VALUES ((1 << 40) + new.id, new.name,
        coalesce(new.location, '') || ' ' || coalesce(new.met, '') || ' ' || coalesce(new.note, ''));
END;
CREATE TRIGGER contact_search_delete AFTER DELETE ON contact BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (1 << 40) + old.id, old.name,
        coalesce(old.location, '') || ' ' || coalesce(old.met, '') || ' ' || coalesce(old.note, ''));
END;
CREATE TRIGGER contact_search_update AFTER UPDATE OF name, location, met, note ON contact BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (1 << 40) + old.id, old.name,
        coalesce(old.location, '') || ' ' || coalesce(old.met, '') || ' ' || coalesce(old.note, ''));
    INSERT INTO search (rowid, title, body)
    VALUES ((1 << 40) + new.id, new.name,
        coalesce(new.location, '') || ' ' || coalesce(new.met, '') || ' ' || coalesce(new.note, ''));
END;

CREATE TRIGGER contact_alias_search_insert AFTER INSERT ON contact_alias BEGIN
    INSERT INTO search (rowid, title, body)
    VALUES ((2 << 40) + new.id, new.alias, '');
END;
CREATE TRIGGER contact_alias_search_delete AFTER DELETE ON contact_alias BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (2 << 40) + old.id, old.alias, '');
END;
CREATE TRIGGER contact_alias_search_update AFTER UPDATE OF alias ON contact_alias BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (2 << 40) + old.id, old.alias, '');
    INSERT INTO search (rowid, title, body)
    VALUES ((2 << 40) + new.id, new.alias, '');
END;

CREATE TRIGGER organization_search_insert AFTER INSERT ON organization BEGIN
    INSERT INTO search (rowid, title, body)
    VALUES ((3 << 40) + new.id, new.name, '');
END;
CREATE TRIGGER organization_search_delete AFTER DELETE ON organization BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (3 << 40) + old.id, old.name, '');
END;
CREATE TRIGGER organization_search_update AFTER UPDATE OF name ON organization BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (3 << 40) + old.id, old.name, '');
    INSERT INTO search (rowid, title, body)
    VALUES ((3 << 40) + new.id, new.name, '');
END;

CREATE TRIGGER interaction_search_insert AFTER INSERT ON interaction BEGIN
    INSERT INTO search (rowid, title, body)
    VALUES ((4 << 40) + new.id, coalesce(new.summary, ''),
        coalesce(new.note, '') || ' ' || coalesce(new.gave, '') || ' ' || coalesce(new.got, ''));
END;
CREATE TRIGGER interaction_search_delete AFTER DELETE ON interaction BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (4 << 40) + old.id, coalesce(old.summary, ''),
        coalesce(old.note, '') || ' ' || coalesce(old.gave, '') || ' ' || coalesce(old.got, ''));
END;
CREATE TRIGGER interaction_search_update AFTER UPDATE OF summary, note, gave, got ON interaction BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (4 << 40) + old.id, coalesce(old.summary, ''),
        coalesce(old.note, '') || ' ' || coalesce(old.gave, '') || ' ' || coalesce(old.got, ''));
    INSERT INTO search (rowid, title, body)
    VALUES ((4 << 40) + new.id, coalesce(new.summary, ''),
        coalesce(new.note, '') || ' ' || coalesce(new.gave, '') || ' ' || coalesce(new.got, ''));
END;

CREATE TRIGGER touch_note_search_insert AFTER INSERT ON touch_note BEGIN
    INSERT INTO search (rowid, title, body)
    VALUES ((5 << 40) + new.id, '', new.note);
END;
CREATE TRIGGER touch_note_search_delete AFTER DELETE ON touch_note BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (5 << 40) + old.id, '', old.note);
END;
CREATE TRIGGER touch_note_search_update AFTER UPDATE OF note ON touch_note BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (5 << 40) + old.id, '', old.note);
    INSERT INTO search (rowid, title, body)
    VALUES ((5 << 40) + new.id, '', new.note);
END;

CREATE TRIGGER followup_search_insert AFTER INSERT ON followup BEGIN
    INSERT INTO search (rowid, title, body)
    VALUES ((6 << 40) + new.id, new.text, '');
END;
CREATE TRIGGER followup_search_delete AFTER DELETE ON followup BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (6 << 40) + old.id, old.text, '');
END;
CREATE TRIGGER followup_search_update AFTER UPDATE OF text ON followup BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (6 << 40) + old.id, old.text, '');
    INSERT INTO search (rowid, title, body)
    VALUES ((6 << 40) + new.id, new.text, '');
END;

CREATE TRIGGER objective_search_insert AFTER INSERT ON objective BEGIN
    INSERT INTO search (rowid, title, body)
    VALUES ((7 << 40) + new.id, new.title,
        coalesce(new.why, '') || ' ' || coalesce(new.looking_for, '') || ' ' || coalesce(new.done_when, '') || ' ' || coalesce(new.outcome, ''));
END;
CREATE TRIGGER objective_search_delete AFTER DELETE ON objective BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (7 << 40) + old.id, old.title,
        coalesce(old.why, '') || ' ' || coalesce(old.looking_for, '') || ' ' || coalesce(old.done_when, '') || ' ' || coalesce(old.outcome, ''));
END;
CREATE TRIGGER objective_search_update AFTER UPDATE OF title, why, looking_for, done_when, outcome ON objective BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (7 << 40) + old.id, old.title,
        coalesce(old.why, '') || ' ' || coalesce(old.looking_for, '') || ' ' || coalesce(old.done_when, '') || ' ' || coalesce(old.outcome, ''));
    INSERT INTO search (rowid, title, body)
    VALUES ((7 << 40) + new.id, new.title,
        coalesce(new.why, '') || ' ' || coalesce(new.looking_for, '') || ' ' || coalesce(new.done_when, '') || ' ' || coalesce(new.outcome, ''));
END;

CREATE TRIGGER opportunity_search_insert AFTER INSERT ON opportunity BEGIN
    INSERT INTO search (rowid, title, body)
    VALUES ((8 << 40) + new.id, new.title,
        coalesce(new.note, ''));
END;
CREATE TRIGGER opportunity_search_delete AFTER DELETE ON opportunity BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (8 << 40) + old.id, old.title,
        coalesce(old.note, ''));
END;
CREATE TRIGGER opportunity_search_update AFTER UPDATE OF title, note ON opportunity BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (8 << 40) + old.id, old.title,
        coalesce(old.note, ''));
    INSERT INTO search (rowid, title, body)
    VALUES ((8 << 40) + new.id, new.title,
        coalesce(new.note, ''));
END;
