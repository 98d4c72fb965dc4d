-- What is owed to channels. A row is one change of one incident for one channel; rows that are
-- told together have the id of their message, which is that of the row that holds its body.
create table notification (
  id varchar(36) not null primary key,
  incident varchar(36) not null,
  transition varchar(60) not null,
  event varchar(20) not null,
  channel varchar(63) not null,
  group_key varchar(400) not null,
  group_wait bigint not null,
  group_interval bigint not null,
  created_at timestamp(6) with time zone not null,
  message varchar(36),
  state varchar(10) not null,
  attempts integer not null,
  next_attempt_at timestamp(6) with time zone,
  sent_at timestamp(6) with time zone,
  error varchar(500),
  body text,
  unique (incident, transition, channel)
);
create index notification_message on notification (message);
create index notification_state on notification (state, id);
create index notification_channel on notification (channel, id);
