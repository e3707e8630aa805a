SELECT RTRIM(file_name) AS file_name, line_number, RTRIM(column_name) AS column_name, error_code,
  RTRIM(error_message) AS error_message, '' AS raw_value
FROM sys_load_error_detail
WHERE LEFT(file_name, 20) = 's3://landing/in/web/'
ORDER BY start_time DESC, file_name, line_number
LIMIT 100
