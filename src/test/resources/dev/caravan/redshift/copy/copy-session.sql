COPY "public"."web_log"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
CREDENTIALS 'aws_access_key_id=ASIAOWN;aws_secret_access_key=own''secret;token=own/token='
MANIFEST
FORMAT AS CSV
NOLOAD
