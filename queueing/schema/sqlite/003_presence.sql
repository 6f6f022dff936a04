-- When counters were open, for occupancy: few events among many, found by their moment.
CREATE INDEX event_presence ON event (branch_id, at)
    WHERE kind IN ('opened', 'taken', 'paused', 'closed');
