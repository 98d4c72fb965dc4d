-- One dialect for H2 and PostgreSQL. Times are microseconds exact, ids of incidents are UUIDv7.

create sequence monitor_number start with 1 increment by 1;

create table monitor (
  n integer not null primary key,
  id varchar(63) not null unique,
  document text not null,
  revision bigint not null,
  managed_by_file boolean not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null
);

create table monitor_state (
  n integer not null primary key,
  state varchar(10) not null,
  since timestamp(6) with time zone not null
);

create table sample (
  n integer not null,
  at timestamp(6) with time zone not null,
  outcome smallint not null,
  latency bigint not null,
  resolve_time bigint not null,
  connect_time bigint not null,
  tls_time bigint not null,
  processing_time bigint not null,
  transfer_time bigint not null,
  detail varchar,
  primary key (n, at)
);

create table incident (
  id varchar(36) not null primary key,
  n integer not null,
  monitor varchar(63) not null,
  monitor_group varchar(100),
  tags varchar not null,
  severity varchar(10) not null,
  state varchar(15) not null,
  started_at timestamp(6) with time zone not null,
  opened_at timestamp(6) with time zone not null,
  acknowledged_at timestamp(6) with time zone,
  acknowledged_by varchar(100),
  acknowledged_until timestamp(6) with time zone,
  resolved_at timestamp(6) with time zone,
  ended_at timestamp(6) with time zone,
  cause varchar not null,
  searched varchar not null, -- cause and key in lower case
  detail varchar not null,
  open_key integer unique -- the monitor's number while unresolved: at most one
);
-- Lists go by id, newest first, whatever they are narrowed to.
create index incident_monitor on incident (monitor, id);
create index incident_group on incident (monitor_group, id);
create index incident_state on incident (state, id);
create index incident_number on incident (n);

create table timeline (
  id varchar(36) not null primary key,
  incident varchar(36) not null,
  at timestamp(6) with time zone not null,
  type varchar(30) not null,
  actor varchar(100),
  content varchar
);
create index timeline_incident on timeline (incident, id);

create table app_user (
  name varchar(100) not null primary key,
  role varchar(20) not null,
  password_hash varchar(500) not null,
  enabled boolean not null,
  created_at timestamp(6) with time zone not null
);

create table lease (
  name varchar(20) not null primary key,
  holder varchar(100) not null,
  fence bigint not null,
  expires_at timestamp(6) with time zone not null
);
