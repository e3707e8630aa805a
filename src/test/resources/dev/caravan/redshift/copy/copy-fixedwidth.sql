COPY "public"."web_log"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
IAM_ROLE default
MANIFEST
FIXEDWIDTH 'id:3,full name:25'
TRIMBLANKS
NOLOAD
