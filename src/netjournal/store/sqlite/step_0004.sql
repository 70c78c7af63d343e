-- Schema 4: a topic of one contact's part in an interaction, as a line of an evening tells it.

-- What came up with one of those who took part; what came up with all of them is in interaction_topic. In the order of
-- interactions, as an export reads them; of one contact they are found by their touches.
CREATE TABLE touch_topic (
    interaction_id INTEGER NOT NULL,
    contact_id INTEGER NOT NULL,
    topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 64),
    PRIMARY KEY (interaction_id, contact_id, topic),
    FOREIGN KEY (interaction_id, contact_id) REFERENCES touch (interaction_id, contact_id)
        ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX touch_topic_topic ON touch_topic (topic, interaction_id, contact_id);
