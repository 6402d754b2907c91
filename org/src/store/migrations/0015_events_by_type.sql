-- Events of one type in the order of `published`, which is how a bounded question asks for them.
CREATE INDEX events_by_type_and_time ON events (type, published_at, seq);
