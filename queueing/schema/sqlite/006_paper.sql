-- Printers on other cables and on other computers, what they can do, and how much paper is left.
-- The table is written anew because its list of transports was closed; foreign keys are off
-- meanwhile and are checked before the end (see connection.migrate).
CREATE TABLE printer_anew (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    transport TEXT NOT NULL CHECK (transport IN ('network', 'usb', 'serial', 'cups', 'windows',
        'agent', 'file', 'virtual', 'dummy')),
    address TEXT NOT NULL,
    -- what kind of printer it is: a name of printer.profiles, or empty
    profile TEXT NOT NULL DEFAULT '',
    width INTEGER NOT NULL CHECK (width BETWEEN 320 AND 640 AND width % 8 = 0),
    is_default INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1,
    cut INTEGER NOT NULL DEFAULT 1,
    -- where its papers go while it is in trouble
    fallback_id INTEGER REFERENCES printer (id),
    -- the paired print agent on whose computer it is
    agent_id INTEGER REFERENCES device (id),
    -- what the printer last said of itself: a cause code, or NULL when well
    trouble TEXT,
    trouble_at TEXT,
    near_end INTEGER NOT NULL DEFAULT 0,
    -- its last paper may have stopped in the middle: it may still be waiting for the rest
    half_sent INTEGER NOT NULL DEFAULT 0,
    -- paper on a full roll, and what was printed since it was put in; roll_mm NULL is not counted
    roll_mm INTEGER,
    used_mm INTEGER NOT NULL DEFAULT 0,
    used_papers INTEGER NOT NULL DEFAULT 0,
    roll_at TEXT
) STRICT;
INSERT INTO printer_anew (id, branch_id, name, transport, address, width, is_default, active, cut,
        trouble, trouble_at)
    SELECT id, branch_id, name, transport, address, width, is_default, active, cut,
        trouble, trouble_at FROM printer;
DROP TABLE printer;
ALTER TABLE printer_anew RENAME TO printer;
CREATE UNIQUE INDEX printer_name ON printer (branch_id, name) WHERE active = 1;
CREATE UNIQUE INDEX printer_default ON printer (branch_id) WHERE is_default = 1 AND active = 1;

-- millimetres of paper it took, and the printer it was first meant for if another printed it
ALTER TABLE print_job ADD COLUMN length_mm INTEGER;
ALTER TABLE print_job ADD COLUMN moved_from INTEGER REFERENCES printer (id);

-- What a branch's slip shows (JSON, read strictly by printer.layout). None is the plain layout.
CREATE TABLE slip_layout (
    branch_id INTEGER PRIMARY KEY REFERENCES branch (id),
    layout TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;
-- Logos are kept under their digest: a queued slip shows the one it was promised with.
CREATE TABLE slip_logo (
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    digest TEXT NOT NULL,
    image BLOB NOT NULL,
    PRIMARY KEY (branch_id, digest)
) STRICT, WITHOUT ROWID;
