-- What people configure beside monitors: channels, maintenance windows, and silences. They are few,
-- are held in memory whole, and are looked for by their id alone.

create table kept_document (
  id varchar(100) not null primary key,
  document text not null,
  revision bigint not null,
  managed_by_file boolean not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null
);
