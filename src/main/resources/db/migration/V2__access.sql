-- Who may do what, and who did: revisions of users, bearer tokens, audit.

alter table app_user add column revision bigint default 1 not null;

create table api_token (
  id varchar(36) not null primary key, -- UUIDv7
  name varchar(80) not null,
  role varchar(20) not null,
  hash varchar(64) not null unique, -- SHA-256 of the token, in hexadecimal
  created_at timestamp(6) with time zone not null,
  created_by varchar(100) not null,
  expires_at timestamp(6) with time zone
);

create table audit (
  id varchar(36) not null primary key, -- UUIDv7, so that the list goes by it
  at timestamp(6) with time zone not null,
  actor varchar(100),
  address varchar(45) not null,
  operation varchar(60) not null,
  target varchar(200),
  status smallint not null
);
create index audit_actor on audit (actor, id);
