-- Deleted monitors whose samples are still to be removed.

create table deleted_monitor (
  n integer not null primary key
);
