-- What a branch puts on its boards (JSON, read strictly by boards.setup). No row: the plain board.
CREATE TABLE board_setup (
    branch_id INTEGER PRIMARY KEY REFERENCES branch (id),
    setup TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

-- Pictures and films for the boards. The files lie in the data folder's media/, under their digest.
CREATE TABLE media (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('image', 'video')),
    mime TEXT NOT NULL,
    digest TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    -- how long a picture is shown; a film plays to its end
    seconds INTEGER NOT NULL DEFAULT 12 CHECK (seconds BETWEEN 3 AND 600),
    position INTEGER NOT NULL DEFAULT 0,
    -- NULL: on every board
    zone_id INTEGER REFERENCES zone (id),
    active INTEGER NOT NULL DEFAULT 1,
    -- when it is shown, in the branch's own time; NULL sets no bound. weekdays are digits, 1 is Monday
    from_day TEXT,
    to_day TEXT,
    weekdays TEXT NOT NULL DEFAULT '1234567',
    from_time TEXT,
    to_time TEXT,
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX media_branch ON media (branch_id, position, id);

-- What staff told the waiting room. `ready` is a code of voice.ready, which has words and clips of
-- its own; else `words` are the sender's. Withdrawn or past `until` it is on no board.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    zone_id INTEGER REFERENCES zone (id),
    ready TEXT,
    words TEXT NOT NULL DEFAULT '',
    officer_id INTEGER REFERENCES officer (id),
    -- the branch's seq when it was sent: announcements are spoken in this order, calls among them
    sent_seq INTEGER NOT NULL,
    sent_at TEXT NOT NULL,
    until TEXT NOT NULL,
    withdrawn_at TEXT,
    -- a sound check: spoken, but on no board
    trial INTEGER NOT NULL DEFAULT 0,
    CHECK ((ready IS NULL) <> (words = ''))
) STRICT;
CREATE INDEX notice_branch ON notice (branch_id, until) WHERE withdrawn_at IS NULL;

-- A branch's own recordings (WAV, brought to the usual loudness), clip by clip.
CREATE TABLE voice_clip (
    branch_id INTEGER NOT NULL REFERENCES branch (id),
    language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    name TEXT NOT NULL,
    sound BLOB NOT NULL,
    digest TEXT NOT NULL,
    ms INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (branch_id, language, name)
) STRICT, WITHOUT ROWID;

-- which recordings there are is asked for with every state of a board: never through their sounds
CREATE INDEX voice_clip_digest ON voice_clip (branch_id, language, name, digest);

-- 0 where a board shall never make a sound
ALTER TABLE device ADD COLUMN speaks INTEGER NOT NULL DEFAULT 1;
