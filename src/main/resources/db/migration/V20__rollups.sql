-- Samples that are some minutes old are packed, and added up at several resolutions. Hours are
-- counted from 1970 in UTC.

create table packed_sample (
  n integer not null,
  start_hour integer not null,
  part smallint not null,
  outcomes smallint not null, -- a bit for each outcome in it
  content bytea not null,
  primary key (n, start_hour, part)
);

create table rollup (
  n integer not null,
  step smallint not null, -- 0: minutes of an hour, 1: five minutes, 2: hours of a day, 3: the day
  start_hour integer not null,
  content bytea not null,
  observed bytea, -- with a day: when the monitor was observed
  primary key (n, step, start_hour)
);
