SELECT query, RTRIM(filename) AS file_name, line_number, RTRIM(colname) AS column_name,
  err_code AS error_code, RTRIM(err_reason) AS error_message, RTRIM(raw_field_value) AS raw_value
FROM stl_load_errors
WHERE LEFT(filename, 20) = 's3://landing/in/web/' AND starttime >= getdate() - INTERVAL '62 seconds'
ORDER BY starttime DESC, query DESC, filename, line_number
LIMIT 100
