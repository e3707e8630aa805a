LOCK "caravan"."public.web_log";
SELECT CAST('already loaded [nonce] ' || MAX("batch") AS INT) FROM "caravan"."public.web_log" WHERE "batch" = 'web-01JD';
COPY "public"."web_log"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS JSON 'auto'
GZIP TIMEFORMAT 'auto';
INSERT INTO "caravan"."public.web_log" ("batch", "files", "bytes", "rows", "manifest")
SELECT 'web-01JD', 100, 123456, pg_last_copy_count(), 's3://ops/manifests/web/web-01JD-1.manifest'
