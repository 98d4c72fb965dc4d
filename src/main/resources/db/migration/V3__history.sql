-- What makes the time that was observed known.

-- How long the sample covers at the most, microseconds; null: as its monitor is configured now.
alter table sample add column reach bigint;

create table pause (
  n integer not null,
  since timestamp(6) with time zone not null,
  until timestamp(6) with time zone, -- null: it goes on
  primary key (n, since)
);
