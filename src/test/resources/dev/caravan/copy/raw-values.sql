SELECT query, line_number, RTRIM(raw_field_value) AS raw_value
FROM stl_load_errors
WHERE LEFT(filename, 20) = 's3://landing/in/web/' AND starttime >= getdate() - INTERVAL '62 seconds'
ORDER BY starttime DESC, query DESC
LIMIT 100
