COPY "public"."web_log"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS AVRO 's3://conf/paths.json'
NOLOAD
