-- A window function: the first row of each number, newest first.
CREATE TEMP TABLE list(text TEXT);
.mode list
.import LIST list
.output OUT
WITH ranked AS (
  SELECT number, kind, row_number() OVER (PARTITION BY number ORDER BY at DESC, kind = 'withdrawn' DESC, seq DESC) AS place FROM consents
  WHERE kind = 'given' AND channel = 'whatsapp' AND purpose = 'newsletter'
     OR kind = 'withdrawn' AND channel IN ('whatsapp', '') AND purpose IN ('newsletter', '')),
last AS (SELECT number, kind FROM ranked WHERE place = 1)
SELECT l.text || char(9) || CASE last.kind WHEN 'given' THEN 'yes' ELSE 'no' END
FROM (SELECT DISTINCT text, CAST(substr(text, 2) AS INTEGER) AS n FROM list) l LEFT JOIN last ON last.number = l.n;
