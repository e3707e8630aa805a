SELECT query_id AS query, RTRIM(file_name) AS file_name, line_number, RTRIM(column_name) AS column_name,
  error_code, RTRIM(error_message) AS error_message
FROM sys_load_error_detail
WHERE LEFT(file_name, 20) = 's3://landing/in/web/' AND start_time >= getdate() - INTERVAL '62 seconds'
ORDER BY start_time DESC, query_id DESC, file_name, line_number
LIMIT 100
