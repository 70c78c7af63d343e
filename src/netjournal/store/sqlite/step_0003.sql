-- Schema 3: a touch carries its interaction's kind and direction too, so that what a tie is worth is read from touches;
-- and titles are in the search index.

-- Views over a table that is being replaced stop its renaming: they go first and come again.
DROP VIEW v_due;
DROP VIEW v_contacts;
DROP VIEW v_touches;

-- What a touch refers to must be unique; the order of the columns is that in which days are read.
DROP INDEX interaction_on_day;
CREATE UNIQUE INDEX interaction_on_day ON interaction (on_day, id, exposure, kind, direction);

-- What was exposure, a small part of the log: by kind too, so that all of it is told without reading an interaction.
DROP INDEX interaction_exposure;
CREATE INDEX interaction_exposure ON interaction (kind, on_day) WHERE exposure = 1;

-- One contact's part in one interaction. All but the two ids are copies that the foreign key keeps true.
CREATE TABLE touch_new (
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    interaction_id INTEGER NOT NULL,
    on_day TEXT NOT NULL,
    exposure INTEGER NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT NOT NULL,
    PRIMARY KEY (contact_id, interaction_id),
    FOREIGN KEY (interaction_id, on_day, exposure, kind, direction)
        REFERENCES interaction (id, on_day, exposure, kind, direction)
        ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO touch_new (contact_id, interaction_id, on_day, exposure, kind, direction)
SELECT t.contact_id, t.interaction_id, i.on_day, i.exposure, i.kind, i.direction
FROM touch AS t JOIN interaction AS i ON i.id = t.interaction_id
ORDER BY t.contact_id, t.interaction_id;
DROP TABLE touch;
ALTER TABLE touch_new RENAME TO touch;
-- All that health, dormancy and the newest touch are made of, from one place.
CREATE INDEX touch_contact_day ON touch (contact_id, exposure, on_day, interaction_id, kind, direction);
CREATE INDEX touch_interaction ON touch (interaction_id, on_day, exposure);

-- As they were, the kind and the direction read from the touch.
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

-- One row for each contact's part in each interaction; `exposure` rows are no touches.
CREATE VIEW v_touches AS
SELECT
    c.handle AS contact, c.name, i.uid AS interaction, t.on_day, t.kind, t.direction, i.summary, n.note, t.exposure
FROM touch AS t
JOIN contact AS c ON c.id = t.contact_id
JOIN interaction AS i ON i.id = t.interaction_id
LEFT JOIN touch_note AS n ON n.contact_id = t.contact_id AND n.interaction_id = t.interaction_id;

-- Titles in the search index, as documents of type 9. The organization's name is not with them: where it goes first,
-- nothing could tell the index any more what to forget.
CREATE TRIGGER affiliation_search_insert AFTER INSERT ON affiliation BEGIN
    INSERT INTO search (rowid, title, body)
    VALUES ((9 << 40) + new.id, coalesce(new.title, ''), '');
END;
CREATE TRIGGER affiliation_search_delete AFTER DELETE ON affiliation BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (9 << 40) + old.id, coalesce(old.title, ''), '');
END;
CREATE TRIGGER affiliation_search_update AFTER UPDATE OF title ON affiliation BEGIN
    INSERT INTO search (search, rowid, title, body)
    VALUES ('delete', (9 << 40) + old.id, coalesce(old.title, ''), '');
    INSERT INTO search (rowid, title, body)
    VALUES ((9 << 40) + new.id, coalesce(new.title, ''), '');
END;
INSERT INTO search (rowid, title, body) SELECT (9 << 40) + id, coalesce(title, ''), '' FROM affiliation;
