-- PostgreSQL with the current state alone: one row a number. The list comes by COPY.
CREATE TEMP TABLE list(text TEXT);
\copy list FROM 'LIST'
\copy (SELECT l.text || E'\t' || CASE s.word WHEN 'given' THEN 'yes' ELSE 'no' END FROM (SELECT DISTINCT text FROM list) l LEFT JOIN state s ON s.number = l.text) TO 'OUT' WITH (FORMAT csv, DELIMITER '|', QUOTE E'\b')
