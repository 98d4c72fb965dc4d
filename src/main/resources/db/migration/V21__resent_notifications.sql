-- When somebody last had a message sent again: from then on it has its time anew.
alter table notification add column resent_at timestamp(6) with time zone;
