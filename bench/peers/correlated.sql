-- The last word of each number of the list, by an index made for it.
CREATE TEMP TABLE list(text TEXT);
.mode list
.import LIST list
.output OUT
SELECT l.text || char(9) || coalesce((SELECT CASE kind WHEN 'given' THEN 'yes' ELSE 'no' END FROM consents c
  WHERE c.number = CAST(substr(l.text, 2) AS INTEGER)
    AND (kind = 'given' AND channel = 'whatsapp' AND purpose = 'newsletter'
      OR kind = 'withdrawn' AND channel IN ('whatsapp', '') AND purpose IN ('newsletter', ''))
  ORDER BY at DESC, kind = 'withdrawn' DESC, seq DESC LIMIT 1), 'no')
FROM (SELECT DISTINCT text FROM list) l;
