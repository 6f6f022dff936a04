-- Recalls since the last call; `calls` counts every call of the visit.
ALTER TABLE visit ADD COLUMN recalls INTEGER NOT NULL DEFAULT 0;
