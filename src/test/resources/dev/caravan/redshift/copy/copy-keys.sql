COPY "public"."web_log"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
CREDENTIALS 'aws_access_key_id=AKIAOFAFEED;aws_secret_access_key=secret+of/a=feed'
MANIFEST
FORMAT AS CSV
NOLOAD
