-- GROUP BY: SQLite takes the other columns from the row that has the maximum. Time, stops last, sequence in one number.
CREATE TEMP TABLE list(text TEXT);
.mode list
.import LIST list
.output OUT
WITH last AS (
  SELECT number, kind, max((at - 1720000000000) * 33554432 + (kind = 'withdrawn') * 16777216 + seq % 16777216) FROM consents
  WHERE kind = 'given' AND channel = 'whatsapp' AND purpose = 'newsletter'
     OR kind = 'withdrawn' AND channel IN ('whatsapp', '') AND purpose IN ('newsletter', '')
  GROUP BY number)
SELECT l.text || char(9) || CASE last.kind WHEN 'given' THEN 'yes' ELSE 'no' END
FROM (SELECT DISTINCT text, CAST(substr(text, 2) AS INTEGER) AS n FROM list) l LEFT JOIN last ON last.number = l.n;
