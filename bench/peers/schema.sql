-- The one-table schema that is written by hand most often.
CREATE TABLE consents(seq INTEGER PRIMARY KEY, number INTEGER NOT NULL, channel TEXT NOT NULL, purpose TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL);
