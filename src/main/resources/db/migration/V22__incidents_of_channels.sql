-- In place of a monitor's key an incident may have a channel's, with a word before it.
alter table incident alter column monitor set data type varchar(80);
