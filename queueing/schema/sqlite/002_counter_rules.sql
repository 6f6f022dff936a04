-- Calling rules beyond the strict one, reasons of pauses, and alerts that were seen.

-- Ordinary tickets this counter still calls before the next priority one (interleaved rule).
ALTER TABLE counter ADD COLUMN owed INTEGER NOT NULL DEFAULT 0;
-- Why it is paused: a code.
ALTER TABLE counter ADD COLUMN reason TEXT;
-- Credit a second of waiting earns under the accumulating rule; an ordinary ticket earns 1.
ALTER TABLE priority_class ADD COLUMN credit REAL NOT NULL DEFAULT 2.0;

CREATE TABLE alert_ack (
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    PRIMARY KEY (branch_id, key)
) STRICT;
