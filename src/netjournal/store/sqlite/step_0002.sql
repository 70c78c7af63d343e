-- Schema 2: what a source said last of somebody's work, what a vCard says beyond what is stored, and views.

-- What the source said of organization and title when it was last read: another word from it is news, the same word
-- is not, whatever was typed here meanwhile.
ALTER TABLE contact_source ADD COLUMN told TEXT CHECK (length(told) BETWEEN 1 AND 2000);

-- Property lines of a vCard that no column holds: they are written back on export.
CREATE TABLE contact_card (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    rest TEXT NOT NULL CHECK (length(rest) BETWEEN 1 AND 100000),
    PRIMARY KEY (contact_id)
) STRICT, WITHOUT ROWID;

-- 1: `forget` took changes of it away, so that it can no longer be undone.
ALTER TABLE action ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1));

-- Read-only views for sqlite3 and Datasette. Their columns are a contract: more may follow, none goes or changes.
CREATE VIEW v_contacts AS
WITH newest (contact_id, on_day, touch_count) AS (
    SELECT contact_id, max(on_day), count(*) FROM touch WHERE exposure = 0 GROUP BY contact_id
), current (contact_id, affiliation_id) AS (
    SELECT contact_id, max(id) FROM affiliation WHERE until IS NULL GROUP BY contact_id
), facts AS (
    SELECT
        c.*, ci.name AS circle,
        coalesce(c.every_days, ci.every_days) AS every,
        CASE
            WHEN c.latest_days IS NOT NULL THEN c.latest_days
            WHEN c.every_days IS NULL THEN coalesce(ci.latest_days, (3 * ci.every_days + 1) / 2)
            ELSE (3 * c.every_days + 1) / 2
        END AS latest,
        nullif(max(coalesce(n.on_day, ''), coalesce(c.told_last_on, '')), '') AS last_on,
        coalesce(n.touch_count, 0) AS touch_count,
        o.name AS organization,
        a.title AS title
    FROM contact AS c
    LEFT JOIN circle AS ci ON ci.id = c.circle_id
    LEFT JOIN newest AS n ON n.contact_id = c.id
    LEFT JOIN current AS w ON w.contact_id = c.id
    LEFT JOIN affiliation AS a ON a.id = w.affiliation_id
    LEFT JOIN organization AS o ON o.id = a.organization_id
)
SELECT
    uid, id, handle AS contact, name, organization, title, circle,
    every AS every_days,
    CASE WHEN every IS NULL THEN NULL ELSE max(every, latest) END AS latest_days,
    last_on,
    CASE
        WHEN every IS NULL THEN NULL
        WHEN last_on IS NULL THEN first_due_on
        ELSE date(last_on, '+' || every || ' days')
    END AS due_on,
    touch_count, location, birthday, met, note, snoozed_until, paused, connected_on, added_on,
    archived_on IS NOT NULL AS archived
FROM facts;

-- Everyone with a cadence, with the standing of the day on which it is asked.
CREATE VIEW v_due AS
WITH today (day) AS (
    SELECT date('now', 'localtime')
), dated AS (
    SELECT
        v.*, t.day AS today,
        CAST(julianday(t.day) - julianday(v.due_on) AS INTEGER) AS days_late,
        CASE
            WHEN v.last_on IS NULL THEN date(v.due_on, '+' || (v.latest_days - v.every_days) || ' days')
            ELSE date(v.last_on, '+' || v.latest_days || ' days')
        END AS latest_on,
        EXISTS (
            SELECT 1 FROM followup AS f
            WHERE f.contact_id = v.id AND f.status = 'open' AND f.owner = 'me' AND f.by_day > t.day
        ) AS promised
    FROM v_contacts AS v, today AS t
    WHERE v.every_days IS NOT NULL AND v.archived = 0
)
SELECT
    uid, contact, name, organization,
    CASE
        WHEN paused THEN 'paused'
        WHEN snoozed_until > today THEN 'snoozed'
        WHEN today > latest_on THEN 'overdue'
        WHEN promised THEN 'planned'
        WHEN days_late >= 0 THEN 'due'
        WHEN -4 * days_late <= min(28, every_days) THEN 'soon'
        ELSE 'on-track'
    END AS standing,
    due_on, days_late, every_days, latest_days, latest_on, last_on
FROM dated;

CREATE VIEW v_interactions AS
SELECT
    i.uid, i.id, i.on_day, i.kind,
    CASE
        WHEN i.kind IN ('coffee', 'meal', 'call', 'video', 'meeting', 'interview') THEN 'conversation'
        WHEN i.kind IN ('event', 'intro', 'chat') THEN 'exchange'
        WHEN i.kind IN ('email', 'message', 'letter') THEN 'message'
        ELSE 'broadcast'
    END AS depth,
    i.direction, i.summary, i.note, i.minutes, i.gave, i.got, i.exposure, i.none_on_purpose, i.source
FROM interaction AS i;

-- One row for each contact's part in each interaction; `exposure` rows are no touches.
CREATE VIEW v_touches AS
SELECT
    c.handle AS contact, c.name, i.uid AS interaction, t.on_day, i.kind, i.direction, i.summary, n.note, t.exposure
FROM touch AS t
JOIN contact AS c ON c.id = t.contact_id
JOIN interaction AS i ON i.id = t.interaction_id
LEFT JOIN touch_note AS n ON n.contact_id = t.contact_id AND n.interaction_id = t.interaction_id;

-- Stated support: which interaction is for which objective.
CREATE VIEW v_supports AS
SELECT i.uid AS interaction, i.on_day, o.key AS objective
FROM support AS s
JOIN interaction AS i ON i.id = s.interaction_id
JOIN objective AS o ON o.id = s.objective_id;

CREATE VIEW v_objectives AS
SELECT
    o.uid, o.key, o.title, o.why, o.looking_for, o.done_when, c.handle AS client, o.status, o.by_day, o.outcome,
    o.opened_on, o.closed_on
FROM objective AS o
LEFT JOIN contact AS c ON c.id = o.client_id;

CREATE VIEW v_followups AS
SELECT
    f.uid, f.id, f.text, f.owner, f.by_day, c.handle AS contact, c.name, o.key AS objective, i.uid AS interaction,
    f.status, f.opened_on, f.closed_on
FROM followup AS f
LEFT JOIN contact AS c ON c.id = f.contact_id
LEFT JOIN objective AS o ON o.id = f.objective_id
LEFT JOIN interaction AS i ON i.id = f.interaction_id;

CREATE VIEW v_opportunities AS
SELECT
    p.uid, p.id, p.title, g.name AS organization, p.stage, p.direction, c.handle AS through, o.key AS objective,
    p.origin, p.note, p.opened_on, p.closed_on
FROM opportunity AS p
LEFT JOIN organization AS g ON g.id = p.organization_id
LEFT JOIN contact AS c ON c.id = p.through_id
LEFT JOIN objective AS o ON o.id = p.objective_id;

-- Who works or worked where.
CREATE VIEW v_affiliations AS
SELECT c.handle AS contact, c.name, o.name AS organization, a.title, a.since, a.until
FROM affiliation AS a
JOIN contact AS c ON c.id = a.contact_id
LEFT JOIN organization AS o ON o.id = a.organization_id;
