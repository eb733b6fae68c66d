-- Whose data a signal is about, as the processing log has it: the same keyed digest, so that what is done with the signal
-- later can be written there as well. Null for what the existing system wrote past us.
alter table care.sent_signal add column subject text;
grant update (subject) on care.sent_signal to :app;
