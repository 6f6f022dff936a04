-- Timestamps are UTC ISO 8601 text with milliseconds and Z; days are YYYY-MM-DD in branch time.
-- Current state lives in ordinary rows; `event` is the append-only history of the same facts.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE branch (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    authority TEXT,
    hotline TEXT,
    timezone TEXT NOT NULL,
    last_seq INTEGER NOT NULL DEFAULT 0,
    last_at TEXT,
    last_hash TEXT NOT NULL DEFAULT '',
    day TEXT,
    day_doubt TEXT CHECK (day_doubt IN ('jumped', 'behind'))
) STRICT;

CREATE TABLE setting (
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (branch_id, name)
) STRICT;

CREATE TABLE opening_hours (
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    opens TEXT NOT NULL,
    closes TEXT NOT NULL,
    PRIMARY KEY (branch_id, weekday, opens)
) STRICT;

CREATE TABLE closed_day (
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    day TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (branch_id, day)
) STRICT;

CREATE TABLE zone (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    UNIQUE (branch_id, code)
) STRICT;

CREATE TABLE service (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    code TEXT NOT NULL,
    prefix TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',
    summary_en TEXT NOT NULL DEFAULT '',
    target_s INTEGER NOT NULL DEFAULT 600,
    position INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1,
    paused INTEGER NOT NULL DEFAULT 0,
    -- counts finishes and their undoing, so that a cached pace knows when it is out of date
    pace_mark INTEGER NOT NULL DEFAULT 0,
    UNIQUE (branch_id, code)
) STRICT;
CREATE UNIQUE INDEX service_prefix ON service (branch_id, prefix) WHERE active = 1;

CREATE TABLE priority_class (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL DEFAULT '',
    rank INTEGER NOT NULL CHECK (rank >= 1),
    self_declared INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1,
    UNIQUE (branch_id, code)
) STRICT;

CREATE TABLE officer (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('officer', 'supervisor', 'admin')),
    password_hash TEXT,
    disabled_at TEXT,
    created_at TEXT NOT NULL,
    UNIQUE (branch_id, login)
) STRICT;

CREATE TABLE counter (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    number INTEGER NOT NULL CHECK (number > 0),
    name TEXT NOT NULL DEFAULT '',
    zone_id INTEGER REFERENCES zone (id),
    active INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT 'closed' CHECK (state IN ('open', 'paused', 'closed')),
    officer_id INTEGER REFERENCES officer (id),
    token_id INTEGER REFERENCES api_token (id),
    since TEXT,
    ticket_id INTEGER REFERENCES ticket (id),
    UNIQUE (branch_id, number)
) STRICT;
-- A ticket is at one counter at most.
CREATE UNIQUE INDEX counter_ticket ON counter (ticket_id) WHERE ticket_id IS NOT NULL;

CREATE TABLE counter_service (
    counter_id INTEGER NOT NULL REFERENCES counter (id),
    service_id INTEGER NOT NULL REFERENCES service (id),
    tier INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (counter_id, service_id)
) STRICT;
CREATE INDEX counter_service_service ON counter_service (service_id, counter_id);

CREATE TABLE procedure (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    field TEXT NOT NULL DEFAULT '',
    time_limit TEXT NOT NULL DEFAULT '',
    fee TEXT NOT NULL DEFAULT '',
    documents TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL DEFAULT '',
    synonyms TEXT NOT NULL DEFAULT '',
    grade TEXT NOT NULL DEFAULT '',
    portal_url TEXT NOT NULL DEFAULT '',
    checked_as_of TEXT NOT NULL DEFAULT '',
    hidden INTEGER NOT NULL DEFAULT 0,
    folded TEXT NOT NULL DEFAULT '',
    service_id INTEGER REFERENCES service (id),
    UNIQUE (branch_id, code)
) STRICT;

CREATE TABLE series (
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    day TEXT NOT NULL,
    prefix TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (branch_id, day, prefix)
) STRICT;

CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    day TEXT NOT NULL,
    label TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'called', 'serving', 'parked',
        'finished', 'no_show', 'cancelled', 'expired')),
    service_id INTEGER NOT NULL REFERENCES service (id),
    class_id INTEGER REFERENCES priority_class (id),
    visit_id INTEGER,
    counter_id INTEGER REFERENCES counter (id),
    language TEXT NOT NULL DEFAULT 'vi',
    issued_at TEXT NOT NULL,
    postponed INTEGER NOT NULL DEFAULT 0,
    rejoined INTEGER NOT NULL DEFAULT 0,
    quote_low INTEGER,
    quote_high INTEGER,
    quote_model TEXT,
    UNIQUE (branch_id, day, label)
) STRICT;
CREATE INDEX ticket_open ON ticket (branch_id, state)
    WHERE state IN ('waiting', 'called', 'serving', 'parked');

CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    day TEXT NOT NULL,
    service_id INTEGER NOT NULL REFERENCES service (id),
    rank INTEGER NOT NULL DEFAULT 0,
    -- 1 while its ticket waits: what the queue's partial index covers
    queued INTEGER NOT NULL DEFAULT 1,
    place INTEGER NOT NULL,
    -- where the queue's turn is measured from; a transfer may keep an earlier arrival
    turn_from TEXT NOT NULL,
    only_counter_id INTEGER REFERENCES counter (id),
    only_officer_id INTEGER REFERENCES officer (id),
    enqueued_at TEXT NOT NULL,
    first_called_at TEXT,
    called_at TEXT,
    call_seq INTEGER,
    calls INTEGER NOT NULL DEFAULT 0,
    returns INTEGER NOT NULL DEFAULT 0,
    why TEXT,
    -- handling so far from stretches that have ended, and the open stretch's beginning
    handled_ms INTEGER NOT NULL DEFAULT 0,
    handling_from TEXT,
    started_at TEXT,
    start_inferred INTEGER NOT NULL DEFAULT 0,
    parked_at TEXT,
    parked_due TEXT,
    -- parked time after the start, which service time leaves out, and before it
    parked_ms INTEGER NOT NULL DEFAULT 0,
    parked_early_ms INTEGER NOT NULL DEFAULT 0,
    ended_at TEXT,
    outcome TEXT,
    counter_id INTEGER REFERENCES counter (id),
    officer_id INTEGER REFERENCES officer (id),
    procedure_code TEXT,
    -- 1 when an undo took the visit's opening back: it never happened for any figure
    void INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX visit_queue ON visit (service_id, rank, place) WHERE queued = 1;
CREATE INDEX visit_ticket ON visit (ticket_id);
CREATE INDEX visit_day ON visit (branch_id, day, id);
CREATE INDEX visit_calls ON visit (branch_id, day, call_seq) WHERE call_seq IS NOT NULL;
CREATE INDEX visit_pace ON visit (service_id, ended_at, handled_ms)
    WHERE ended_at IS NOT NULL AND started_at IS NOT NULL AND void = 0;
CREATE INDEX visit_counter_ended ON visit (counter_id, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX visit_parked ON visit (branch_id, parked_at) WHERE parked_at IS NOT NULL;

-- Words people type stay out of the history, so that they can be redacted.
CREATE TABLE visit_text (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    note TEXT,
    dossier TEXT,
    park_reason TEXT
) STRICT;

-- How many wait, by service and rank: an answer's "people ahead" reads this, not the queue.
CREATE TABLE queue_load (
    service_id INTEGER NOT NULL REFERENCES service (id),
    rank INTEGER NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting >= 0),
    PRIMARY KEY (service_id, rank)
) STRICT;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    branch_seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ticket_id INTEGER,
    visit_id INTEGER,
    counter_id INTEGER,
    officer_id INTEGER,
    device_id INTEGER,
    at TEXT NOT NULL,
    data TEXT NOT NULL,
    request_id TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (branch_id, branch_seq)
) STRICT;
CREATE INDEX event_ticket ON event (ticket_id, seq) WHERE ticket_id IS NOT NULL;
CREATE INDEX event_counter ON event (counter_id, seq) WHERE counter_id IS NOT NULL;
CREATE INDEX event_request ON event (request_id);
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
-- Retention alone may remove whole oldest days; it names itself in `meta` for that moment.
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'retention_until' AND OLD.at < value)
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

CREATE TABLE answer (
    caller TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (caller, method, path, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_at ON answer (at);

CREATE TABLE printer (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    transport TEXT NOT NULL CHECK (transport IN ('network', 'file', 'virtual', 'dummy')),
    address TEXT NOT NULL,
    width INTEGER NOT NULL CHECK (width IN (576, 384)),
    is_default INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1,
    cut INTEGER NOT NULL DEFAULT 1,
    -- what the printer last said of itself: a cause code, or NULL when well
    trouble TEXT,
    trouble_at TEXT
) STRICT;
CREATE UNIQUE INDEX printer_name ON printer (branch_id, name) WHERE active = 1;
CREATE UNIQUE INDEX printer_default ON printer (branch_id) WHERE is_default = 1 AND active = 1;

CREATE TABLE print_job (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    printer_id INTEGER NOT NULL REFERENCES printer (id),
    ticket_id INTEGER REFERENCES ticket (id),
    kind TEXT NOT NULL CHECK (kind IN ('slip', 'test')),
    copy INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'claimed', 'sending',
        'printed', 'failed', 'unknown')),
    cause TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    lease_until TEXT,
    next_try_at TEXT,
    content TEXT NOT NULL,
    created_at TEXT NOT NULL,
    settled_at TEXT,
    -- one first paper and one of each reprint: never two unmarked papers of a ticket
    UNIQUE (ticket_id, copy)
) STRICT;
CREATE INDEX print_job_due ON print_job (printer_id, id)
    WHERE state IN ('queued', 'claimed', 'sending');
CREATE INDEX print_job_ticket ON print_job (ticket_id);

CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    kind TEXT NOT NULL CHECK (kind IN ('kiosk', 'board', 'counter', 'agent')),
    name TEXT NOT NULL,
    zone_id INTEGER REFERENCES zone (id),
    counter_id INTEGER REFERENCES counter (id),
    printer_id INTEGER REFERENCES printer (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    seen_at TEXT,
    revoked_at TEXT
) STRICT;

CREATE TABLE pairing (
    code TEXT PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    kind TEXT NOT NULL CHECK (kind IN ('kiosk', 'board', 'counter', 'agent')),
    -- only the screen that asked knows the secret that fetches the device's token
    secret_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    confirmed_at TEXT,
    device_id INTEGER REFERENCES device (id),
    fetched_at TEXT
) STRICT;

CREATE TABLE api_token (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('kiosk', 'officer', 'supervisor', 'admin')),
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;

-- One-time links: the first administrator's set-up link.
CREATE TABLE setup_link (
    token_hash TEXT PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

-- Failed guesses (sign-in, pairing codes, ticket tokens) and how long the next must wait.
CREATE TABLE failure (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    fails INTEGER NOT NULL,
    until TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT;
