-- Deleted monitors whose samples are still to be removed.
create table deleted_monitor (
  n integer not null primary key
);

-- What was under way when a window began.
create index incident_ended on incident (ended_at);
