-- The list of incidents that somebody acknowledged, newest first.
create index incident_acknowledged_by on incident (acknowledged_by, id);
