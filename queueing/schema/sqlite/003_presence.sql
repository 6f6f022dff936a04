-- When counters were open, for occupancy: few events among many, found by their moment.
CREATE INDEX event_presence ON event (branch_id, at)
    WHERE kind IN ('opened', 'taken', 'paused', 'closed');
-- What a supervisor put right, found by the visit.
CREATE INDEX event_corrected ON event (visit_id) WHERE kind = 'corrected';
