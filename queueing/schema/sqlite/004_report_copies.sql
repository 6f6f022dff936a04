-- Months that are over, added up once: a copy of what the visits say, thrown away when one of
-- them changes. A report of years reads these instead of a million visits.
CREATE TABLE report_copy (
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    -- what decides which moments belong to which day and hour
    timezone TEXT NOT NULL,
    rollover_hour INTEGER NOT NULL,
    figures TEXT NOT NULL,
    PRIMARY KEY (branch_id, first, last)
) STRICT;
CREATE TRIGGER report_copy_old AFTER UPDATE OF outcome, void ON visit
BEGIN
    DELETE FROM report_copy
    WHERE branch_id = NEW.branch_id AND first <= NEW.day AND last >= NEW.day;
END;
